"""A policy turned into a view: which sources it puts out."""

import re
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.problems import Problem
from cordiale.model.sources import Source
from cordiale.model.views import Policy, View
from cordiale.read.catalogue import find_sources
from cordiale.read.near import near_remedy
from cordiale.trust.resting import Resting

__all__ = ["named_sources", "view_of"]

# A publisher may be called a select committee; only a query has a brace.
_QUERY = re.compile(r"\s*(BASE|PREFIX|SELECT)\b.*\{", re.IGNORECASE | re.DOTALL)


def view_of(
    policy: Policy,
    sources: Sequence[Source],
    resting: Resting,
    selected: Callable[[str], Collection[str]],
) -> View:
    """The view that a policy means. Trusted sources stay in.

    ``sources`` are all that the catalogue has, those without a file included; ``selected`` gives the IRIs
    that a SELECT query finds.

    Raises:
        NotFoundError: C210, a name means no source, with near names; C656, a query selects none.
        UsageError: C211, a name means several; C651, a value of the policy is wrong; C652, nothing is left;
            C657, a name means what is trusted.
    """
    if policy.min_sources < 1:
        raise _wrong(f"the number of sources cannot be {policy.min_sources}", "write 1 or more")
    if policy.min_reliability is not None and not 0 <= policy.min_reliability <= 1:
        raise _wrong(f"the reliability cannot be {policy.min_reliability}", "write a decimal from 0 to 1")
    if policy.dated_only and not policy.as_of:
        raise _wrong("only dated sources are asked for, and no date is given", "add --as-of DATE")
    open_to_doubt = [source for source in sources if not source.trusted]
    withdrawn = {name for each in policy.without for name in _withdrawn(each, sources, selected)}
    if policy.min_reliability is not None:
        withdrawn |= {each.name for each in open_to_doubt if _less_reliable(each, policy.min_reliability)}
    undated: list[str] = []
    if policy.as_of:
        _check_date(policy.as_of)
        withdrawn |= {each.name for each in open_to_doubt if _is_later(each.issued, policy.as_of)}
        undated = [each.name for each in open_to_doubt if not each.issued and each.path]
        if policy.dated_only:
            withdrawn.update(undated)
            undated = []
    out = resting.out(withdrawn)
    if all(source.name in out for source in open_to_doubt if source.path):
        raise UsageError(
            Problem(
                code="C652",
                message="this view believes no source: all of them are out",
                remedy="leave some in: `cordiale sources` lists them with dates and tiers",
            )
        )
    return View(
        out=out,
        least=policy.min_sources,
        undated=tuple(sorted(name for name in undated if name not in out)),
    )


def named_sources(
    name: str, sources: Sequence[Source], selected: Callable[[str], Collection[str]]
) -> tuple[Source, ...]:
    """The sources that a name, a publisher, a tier or a SELECT query means.

    Raises:
        NotFoundError, UsageError: as ``view_of``.
    """
    if _QUERY.match(name):
        iris = selected(name)
        found = tuple(source for source in sources if str(source.iri) in iris)
        if not found:
            raise NotFoundError(
                Problem(
                    code="C656",
                    message="the query selects no source",
                    remedy="let it find what `cordiale sources` lists, by their IRIs",
                )
            )
        return found
    try:
        return find_sources(name, sources)
    except NotFoundError as error:
        folded = name.casefold()
        found = tuple(
            source for source in sources if folded in (source.publisher.casefold(), source.tier.casefold())
        )
        if found:
            return found
        others = {each for source in sources for each in (source.publisher, source.tier) if each}
        first = error.problems[0]
        nearest = near_remedy(name, others, otherwise=first.remedy)
        remedy = first.remedy if first.remedy.startswith("did you mean") else nearest
        raise NotFoundError(Problem(code=first.code, message=first.message, remedy=remedy)) from error


def _withdrawn(
    name: str, sources: Sequence[Source], selected: Callable[[str], Collection[str]]
) -> frozenset[str]:
    """The names of what can be withdrawn of what a name means: all that is not trusted."""
    found = frozenset(source.name for source in named_sources(name, sources, selected) if not source.trusted)
    if not found:
        raise UsageError(
            Problem(
                code="C657",
                message=f'"{name}" is trusted, and stays',
                remedy="take it out of `trusted` in [tool.cordiale] to see what rests on it",
            )
        )
    return found


def _less_reliable(source: Source, least: Decimal) -> bool:
    return source.reliability is None or source.reliability < least


def _is_later(issued: str, date: str) -> bool:
    """Whether a day, month or year certainly begins after another ends; what is unknown is not later."""
    shorter = min(len(issued), len(date))
    return issued[:shorter] > date[:shorter]


def _check_date(text: str) -> None:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text):
        raise _wrong(f'"{text}" is no date', "write a year, a month or a day: 2025, 2025-07, 2025-07-10")


def _wrong(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C651", message=message, remedy=remedy))
