"""What a triple rests on: the minimal sets of sources that suffice for it.

A support is an antichain of sets of sources: no set contains another. It is the value of the triple in the
semiring of positive Boolean expressions over sources, written as its prime implicants: the why-provenance of
Buneman, Khanna and Tan (2001) and Green, Karvounarakis and Tannen (2007), minimal; and the label of a node in
an assumption-based truth maintenance system (de Kleer 1986). A source is a number here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, groupby

__all__ = ["MOST_SETS", "ONE", "ZERO", "Support"]

MOST_SETS = 256  # of one support; those with the fewest sources are kept


@dataclass(frozen=True, slots=True)
class Support:
    """Sets of sources, each sorted, those with the fewest sources first.

    Each set suffices. When ``truncated``, there may be others that suffice as well.
    """

    sets: tuple[tuple[int, ...], ...]
    truncated: bool = False

    @classmethod
    def of(
        cls, sets: Iterable[Collection[int]], *, most: int = MOST_SETS, truncated: bool = False
    ) -> "Support":
        """The support that the least of some sets make; at most ``most`` are kept.

        >>> Support.of([{3, 1}, {1}, {2, 4}])
        Support(sets=((1,), (2, 4)), truncated=False)
        """
        distinct = set(map(frozenset, sets))
        if frozenset() in distinct:
            return ONE
        single = frozenset(source for each in distinct if len(each) == 1 for source in each)
        kept: list[tuple[int, ...]] = [(source,) for source in sorted(single)]
        known: list[frozenset[int]] = []
        larger = [each for each in distinct if len(each) > 1 and single.isdisjoint(each)]
        for _, alike in groupby(sorted(larger, key=len), key=len):
            # Of two different sets of one size neither contains the other.
            least = [each for each in alike if not any(map(each.issuperset, known))]
            kept += nsmallest(most + 1 - len(kept), [tuple(sorted(each)) for each in least])
            known += least
            if len(kept) > most:
                break
        return cls(tuple(kept[:most]), truncated or len(kept) > most)

    @classmethod
    def sum(cls, supports: Iterable["Support"]) -> "Support":
        """The support of what any of several suffices for."""
        every = tuple(supports)
        return cls.of(
            (each for support in every for each in support),
            truncated=any(support.truncated for support in every),
        )

    @classmethod
    def stated(cls, sources: Iterable[int]) -> "Support":
        """The support of a triple that each of these sources states."""
        return cls.of((source,) for source in sources)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """The sets, those with the fewest sources first."""
        return iter(self.sets)

    def __len__(self) -> int:
        """How many sets are known."""
        return len(self.sets)

    def __add__(self, other: "Support") -> "Support":
        """The support of what either of two suffices for: the least sets of both."""
        return Support.sum((self, other))

    def __mul__(self, other: "Support") -> "Support":
        """The support of what takes both: the least unions of one set from each.

        >>> Support.of([{1}, {2}]) * Support.of([{2}, {3}])
        Support(sets=((2,), (1, 3)), truncated=False)
        """
        if ZERO in (self, other):
            return ZERO  # whole, whatever was cut of the other
        if ONE in (self, other):
            return other if self == ONE else self
        ones, others = list(map(frozenset, self)), list(map(frozenset, other))
        # A set of one that contains a set of the other is a union by itself, and absorbs its other unions.
        left = [each for each in ones if not any(map(each.issuperset, others))]
        right = [each for each in others if not any(map(each.issuperset, ones))]
        enough = {*ones, *others}.difference(left, right)
        unions = (one | another for one in left for another in right)
        return Support.of(chain(enough, unions), truncated=self.truncated or other.truncated)

    def holds(self, out: Collection[int] = ()) -> bool:
        """Whether some set has none of the sources that are out.

        Where it does not, and the support is truncated, one that is not known may.
        """
        return any(not any(source in out for source in sources) for sources in self)

    def minimal(self, limit: int) -> "Support":
        """The ``limit`` sets with the fewest sources; truncated when there are more.

        >>> Support.of([{1}, {2, 3}]).minimal(1)
        Support(sets=((1,),), truncated=True)
        """
        return Support.of(self.sets, most=limit, truncated=self.truncated)


ZERO = Support(())  # of what nothing supports
ONE = Support(((),))  # of what needs no source: the trusted base, and all that follows from it
