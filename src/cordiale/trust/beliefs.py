"""A view turned into a graph: the triples that it believes, stated and inferred."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cordiale.model.terms import Triple
from cordiale.model.views import View
from cordiale.trust.belief import believed
from cordiale.trust.resting import Resting

if TYPE_CHECKING:  # it takes a second library to read one, and only its values are used here
    from cordiale.closure.sourced.supported import SupportedClosure

__all__ = ["Beliefs", "beliefs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """What a view believes.

    ``shaken`` are stated triples that it does not, though one of their sources is in: too few carry them.
    ``carried`` are stated triples that it does, whether or not one of those who state them is in: where none
    is, they are inferred here.
    ``decided`` counts the triples whose support was not known in full, so that a closure had to tell.
    """

    inferred: tuple[Triple, ...]
    shaken: frozenset[Triple]
    carried: tuple[Triple, ...]
    decided: int = 0


def beliefs(
    closure: SupportedClosure,
    view: View,
    resting: Resting,
    closed_without: Callable[[frozenset[str]], Collection[Triple]],
    *,
    contested: bool = False,
) -> Beliefs:
    """What a view believes, read off the supports; with ``contested``, also what sources at odds alone carry.

    ``closed_without`` closes what is stated without sources; it is asked where a support is not known in full
    and the view needs no more than one source. Where it needs more, the sets that are known count alone.
    """
    chosen = closure if contested else closure.consistent
    stands = believed(chosen.supports, chosen.sources, view, resting)
    inferred = [triple for triple, _ in chosen.with_supports(stands, asserted=False)]
    out = {number for number, name in enumerate(chosen.sources) if name in view.out}
    touched = {place for place in stands if any(not out.isdisjoint(each) for each in chosen.supports[place])}
    carried = [triple for triple, _ in chosen.with_supports(touched, asserted=True)]
    doubtful = chosen.truncated - stands - (frozenset() if contested else closure.contested)
    decided = 0
    if doubtful and view.least == 1:
        still = set(closed_without(view.out))
        for asserted, into in ((False, inferred), (True, carried)):
            asked = chosen.with_supports(doubtful, asserted=asserted)
            into += [triple for triple, _ in asked if triple in still]
            decided += len(asked)
    shaken: frozenset[Triple] = frozenset()
    if view.least > 1:
        fallen = set(range(len(chosen.supports))) - stands
        shaken = frozenset(triple for triple, _ in chosen.with_supports(fallen, asserted=True))
    return Beliefs(inferred=tuple(inferred), shaken=shaken, carried=tuple(carried), decided=decided)
