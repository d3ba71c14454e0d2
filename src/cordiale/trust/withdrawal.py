"""What falls when sources are withdrawn, and what the rest then rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cordiale.model.supports import Support
from cordiale.model.terms import Triple
from cordiale.trust.resting import Resting

if TYPE_CHECKING:  # it takes a second library to read one, and only its values are used here
    from cordiale.closure.sourced.supported import SupportedClosure

__all__ = ["Carried", "Withdrawal", "withdrawal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A triple that sources carry: whether one of them states it, and the sets that it rested on before.

    ``left`` are those of them that are still there.
    """

    triple: Triple
    asserted: bool
    before: tuple[tuple[str, ...], ...]
    left: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What happens without some sources.

    ``withdrawn`` are those that were named, ``chains`` how each further one came to be out: it, what it rests
    on, … and one that was named. ``falls`` has the triples that no longer hold, ``survives`` those that did
    rest on what is out, and hold all the same. ``decided`` counts those whose support was not known in full,
    so that a closure without the sources had to tell.
    """

    withdrawn: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    falls: tuple[Carried, ...]
    survives: tuple[Carried, ...]
    decided: int = 0


def withdrawal(
    closure: SupportedClosure,
    withdrawn: frozenset[str],
    resting: Resting,
    closed_without: Callable[[frozenset[str]], Collection[Triple]],
) -> Withdrawal:
    """What falls without sources, read off the supports.

    ``closed_without`` closes what is stated without sources; it is asked where a support is not fully known.
    What sources lead to that cannot all be right does not count: neither as holding before, nor as left.
    """
    closure = closure.consistent
    out = resting.out(withdrawn)
    numbers = {number for number, name in enumerate(closure.sources) if name in out}
    touched = {
        place
        for place, support in enumerate(closure.supports)
        if support.truncated or any(not numbers.isdisjoint(each) for each in support)
    }
    falls: list[Carried] = []
    survives: list[Carried] = []
    doubtful: list[Carried] = []
    for asserted in (True, False):
        for triple, support in closure.with_supports(touched, asserted=asserted):
            left = Support(tuple(each for each in support if numbers.isdisjoint(each)))
            if left == Support(support.sets):
                continue
            carried = Carried(
                triple=triple, asserted=asserted, before=closure.names(support), left=closure.names(left)
            )
            (survives if left.sets else doubtful if support.truncated else falls).append(carried)
    if doubtful:
        still = set(closed_without(out))
        survives += [each for each in doubtful if each.triple in still]
        falls += [each for each in doubtful if each.triple not in still]
    return Withdrawal(
        withdrawn=tuple(sorted(withdrawn)),
        chains=tuple(resting.chain(name, withdrawn) for name in sorted(out - withdrawn)),
        falls=tuple(falls),
        survives=tuple(survives),
        decided=len(doubtful),
    )
