"""``cordiale conflicts``: which sources cannot all be right, and what each side says."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import AsOf, DatedOnly, MinReliability, Project, ViewName, Without
from cordiale.cli.printing import messages, write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.model.sources import Source
from cordiale.project.conflicts import said_in_short, stub
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.trust.conflicts import Conflict, Said

__all__ = ["ConflictsFormat", "conflicts"]

_SHOWN = 5  # sets of sources, and withdrawals, of one conflict; JSON has all


class ConflictsFormat(StrEnum):
    """How conflicts are told."""

    TEXT = "text"
    JSON = "json"


def conflicts(
    fmt: Annotated[
        ConflictsFormat, typer.Option("--format", help="How they are written.")
    ] = ConflictsFormat.TEXT,
    without: Without = None,
    min_reliability: MinReliability = None,
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    project: Project = Path(),
) -> None:
    """Show which sources cannot all be right.

    And what each side says, where.

    By the rules of OWL 2 RL and those of ontology/conflicts.rules. What data/conflicts.toml acknowledges is
    told with its reason; a build fails on the others.
    """
    whole = open_project(project)
    policy = policy_of(
        whole,
        view=view,
        without=without,
        min_sources=None,  # how many would have to go is told of each conflict
        min_reliability=min_reliability,
        as_of=as_of,
        dated_only=dated_only,
    )
    kg = seen_by(whole, policy)
    found = kg.conflicts()
    about = {source.name: source for source in kg.documents}
    if fmt is ConflictsFormat.JSON:
        listed = [_as_json(each, kg, about) for each in found]
        write_out(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    else:
        write_out("\n".join("\n".join(_as_text(each, kg, about)) + "\n" for each in found))
    new = sum(each.known is None for each in found)
    messages.print(f"{len(found)} conflict{'s' if len(found) != 1 else ''}, {new} of them not acknowledged")


def _as_text(each: Conflict, kg: KnowledgeGraph, about: dict[str, Source]) -> Iterator[str]:
    for message in each.messages:
        yield said_in_short(kg, message)
    by = "OWL 2 RL" if each.is_logical else "ontology/conflicts.rules"
    yield f"  rule {each.rule} of {by}"
    for said in each.statements:
        yield f"  {' '.join(map(kg.names.written, said.triple))}"
        yield from (f"    {line}" for line in _sides(said, about))
    yield "  cannot all be right" + (" (and maybe others: no more are kept)" if each.truncated else "")
    yield from _listed([" + ".join(sources) or "what is trusted alone" for sources in each.sets])
    if each.withdrawals:
        size = len(each.withdrawals[0])
        yield f"  resolved without {'any one of' if size == 1 else f'any of these {size} together'}"
        yield from _listed([" + ".join(sources) for sources in each.withdrawals], more=each.more_withdrawals)
    if each.known is not None:
        yield f"  acknowledged: {each.known.reason}"
    elif not each.is_logical:
        yield "  not acknowledged: data/conflicts.toml may say"
        yield from (f"    {line}" for line in stub(kg, each).splitlines())


def _sides(said: Said, about: dict[str, Source]) -> Iterator[str]:
    """Who says it, where, of which tier and date."""
    for place, name in said.by_place:
        yield f"{place}  {_described(name, about)}"
    if not said.places:
        for sources in said.supports[:_SHOWN]:
            yield f"inferred from {' + '.join(_described(name, about) for name in sources)}"
        if len(said.supports) > _SHOWN:
            yield f"and from {len(said.supports) - _SHOWN} other sets"


def _described(name: str, about: dict[str, Source]) -> str:
    source = about[name]
    told = ", ".join(part for part in (source.tier, source.issued or "no date") if part)
    return f"{name} ({'trusted' if source.trusted else told})"


def _listed(texts: Sequence[str], *, more: bool = False) -> Iterator[str]:
    yield from (f"    {text}" for text in texts[:_SHOWN])
    left = len(texts) - _SHOWN
    if left > 0 or more:
        yield f"    and {f'{left} ' if left > 0 and not more else ''}more"


def _as_json(each: Conflict, kg: KnowledgeGraph, about: dict[str, Source]) -> dict[str, object]:
    return {
        "rule": each.rule,
        "by": "OWL 2 RL" if each.is_logical else "ontology/conflicts.rules",
        "messages": [said_in_short(kg, message) for message in each.messages],
        "about": [term.n3() for term in each.about],
        "values": [term.n3() for term in each.values],
        "statements": [
            {
                "subject": said.triple[0].n3(),
                "predicate": said.triple[1].n3(),
                "object": said.triple[2].n3(),
                "stated": [
                    {
                        "source": name,
                        "tier": about[name].tier or None,
                        "issued": about[name].issued or None,
                        "path": place.path,
                        "line": place.line,
                        "column": place.column,
                    }
                    for place, name in said.by_place
                ],
                "supports": said.supports,
            }
            for said in each.statements
        ],
        "sets": each.sets,
        "truncated": each.truncated,
        "withdrawals": each.withdrawals,
        "more_withdrawals": each.more_withdrawals,
        "acknowledged": each.known.reason if each.known else None,
    }
