"""The fewest withdrawals after which nothing is left of some sets of sources."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cordiale.trust.resting import Resting

__all__ = ["Withdrawals", "smallest_withdrawals"]

_MOST = 20  # withdrawals of one size that are told
_MOST_STEPS = 20_000  # of the search, which takes a power of them where many sets have nothing in common


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawals:
    """Sets of sources: each withdrawn as a whole is enough, and no smaller set is.

    ``more``: there may be others as small; the search was cut, or they are too many to be told.
    """

    sets: tuple[tuple[str, ...], ...]
    more: bool = False


def smallest_withdrawals(sets: Sequence[Collection[str]], resting: Resting) -> Withdrawals:
    """The smallest sets of sources without which none of the given sets is whole.

    A source that rests on others goes with all of them, so that one withdrawal may do for several sets. Where
    a set is empty, nothing needs to be believed for it, and no withdrawal helps.

    >>> smallest_withdrawals([{"a", "b"}, {"a", "c"}], Resting({})).sets
    (('a',),)
    """
    if not all(sets):
        return Withdrawals(sets=())
    for size in range(len({source for each in sets for source in each}) + 1):
        search = _Search(sets, resting)
        search.extend(frozenset(), size)
        if search.found or search.steps > _MOST_STEPS:
            found = sorted(map(sorted, search.found))
            return Withdrawals(
                sets=tuple(map(tuple, found[:_MOST])), more=len(found) > _MOST or search.steps > _MOST_STEPS
            )
    return Withdrawals(sets=())


class _Search:
    """Tries, for the first set that is whole, each source that may break it."""

    def __init__(self, sets: Sequence[Collection[str]], resting: Resting) -> None:
        self._sets = [frozenset(each) for each in sets]
        self._resting = resting
        self._seen: set[frozenset[str]] = set()
        self.found: set[frozenset[str]] = set()
        self.steps = 0

    def extend(self, withdrawn: frozenset[str], left: int) -> None:
        """Find what hits all sets with so many more withdrawals."""
        self.steps += 1
        if withdrawn in self._seen or self.steps > _MOST_STEPS:
            return
        self._seen.add(withdrawn)
        out = self._resting.out(withdrawn)
        whole = next((each for each in self._sets if out.isdisjoint(each)), None)
        if whole is None:
            self.found.add(withdrawn)
        elif left:
            # A set is broken by one of its own sources, or by all that one of them rests on.
            candidates = {root for source in whole for root in self._resting.roots(source)}
            for candidate in sorted(candidates - withdrawn):
                self.extend(withdrawn | {candidate}, left - 1)
