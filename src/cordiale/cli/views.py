"""The view that the flags of a command mean."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cordiale.cli.printing import messages
from cordiale.model.views import EVERYTHING, Policy
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.project.outlook import named_policy

__all__ = ["policy_of", "seen_by"]


def policy_of(
    kg: KnowledgeGraph,
    *,
    view: str,
    without: Sequence[str] | None,
    min_sources: int | None,
    min_reliability: float | None,
    as_of: str,
    dated_only: bool,
) -> Policy:
    """The policy of a named view, with what the other flags say in its place.

    Raises:
        NotFoundError: C654, no such view.
    """
    policy = named_policy(view, kg.settings.views) if view else EVERYTHING
    changes: dict[str, object] = {}
    if without:
        changes["without"] = (*policy.without, *without)
    if min_sources is not None:
        changes["min_sources"] = min_sources
    if min_reliability is not None:
        changes["min_reliability"] = Decimal(str(min_reliability))
    if as_of:
        changes["as_of"] = as_of
    if dated_only:
        changes["dated_only"] = True
    return replace(policy, **changes)  # type: ignore[arg-type] # each has the type of its field


def seen_by(kg: KnowledgeGraph, policy: Policy, *, contested: bool = False) -> KnowledgeGraph:
    """The graph that a policy believes; sources of unknown date that stay in are told on stderr.

    Raises:
        CordialeError: as ``KnowledgeGraph.view``.
    """
    if policy == EVERYTHING and not contested:
        return kg
    view = kg.outlook(policy)
    if view.undated:
        messages.print(
            f"undated, and believed: {', '.join(view.undated)} (--dated-only leaves them out)", soft_wrap=True
        )
    if kg.supported.truncated:
        told = (
            "a closure without these sources decides" if view.least == 1 else "only the kept ones count here"
        )
        messages.print(f"some triples rest on more sets of sources than are kept: {told}")
    return kg.seen(view, contested=contested)
