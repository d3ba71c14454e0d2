"""Supports as binary decision diagrams, with the interface of ``cordiale.model.supports.Support``.

A support is a monotone Boolean function of sources; a diagram is a canonical form of it, as an antichain is,
and shares what functions have in common, so that no cap is needed. ``dd.bdd`` is written in Python, as
``Support`` is.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from dd.bdd import BDD

__all__ = ["Diagrams", "Support"]

Sets = tuple[tuple[int, ...], ...]


class Diagrams:
    """Diagrams over the same sources, in the order of their numbers; equal ones are one node."""

    def __init__(self, sources: Iterable[int]) -> None:
        self._bdd = cast(Any, BDD)()  # its stub leaves __eq__ out, and it may not be installed
        self._sources = tuple(sorted(sources))
        for source in self._sources:
            self._bdd.add_var(str(source))
        self._minimal: dict[int, Sets] = {}

    def __len__(self) -> int:
        """How many nodes there are, those of intermediate results included."""
        return len(self._bdd)

    @property
    def zero(self) -> "Support":
        """Of what nothing supports."""
        return Support(self, self._bdd.false)

    @property
    def one(self) -> "Support":
        """Of what needs no source."""
        return Support(self, self._bdd.true)

    def of(self, sets: Iterable[Collection[int]]) -> "Support":
        """The support that some sets make."""
        return self.sum(self._all_of(each) for each in sets)

    def stated(self, sources: Iterable[int]) -> "Support":
        """The support of a triple that each of these sources states."""
        return self.of((source,) for source in sources)

    def sum(self, supports: Iterable["Support"]) -> "Support":
        """The support of what any of several suffices for."""
        made = self.zero
        for support in supports:
            made = made + support
        return made

    def joined(self, operator: Literal["and", "or"], one: int, other: int) -> "Support":
        """Two nodes under ``and`` or ``or``."""
        return Support(self, self._bdd.apply(operator, one, other))

    def nodes(self, supports: Iterable["Support"]) -> int:
        """How many nodes these supports take together."""
        found: set[int] = set()
        agenda = [abs(support.node) for support in supports]
        while agenda:
            node = agenda.pop()
            if node not in found:
                found.add(node)
                if node != 1:
                    _, low, high = self._branches(node)
                    agenda += [abs(low), abs(high)]
        return len(found)

    def holds(self, node: int, out: Collection[int]) -> bool:
        """Whether the function of a node is true when these sources are out, and all others are not."""
        while abs(node) != 1:
            source, low, high = self._branches(node)
            node = low if source in out else high
        return node == 1

    def minimal(self, node: int) -> Sets:
        """The minimal sets of a node: those without its source, and those that do not do without it."""
        if node not in self._minimal:
            if abs(node) == 1:
                self._minimal[node] = ((),) if node == 1 else ()
            else:
                source, low, high = self._branches(node)
                without = self.minimal(low)
                known = [frozenset(each) for each in without]
                more = ((source, *each) for each in self.minimal(high))
                needed = tuple(each for each in more if not any(map(frozenset(each).issuperset, known)))
                self._minimal[node] = (*without, *needed)
        return self._minimal[node]

    def _all_of(self, sources: Collection[int]) -> "Support":
        made = self.one
        for source in sorted(sources, reverse=True):
            made = made * Support(self, self._bdd.var(str(source)))
        return made

    def _branches(self, node: int) -> tuple[int, int, int]:
        """The source that a node asks for, and where to go when it is out and when it is not."""
        level, low, high = self._bdd.succ(abs(node))
        assert low is not None  # as of the leaf alone
        assert high is not None
        sign = 1 if node > 0 else -1
        return self._sources[level], sign * low, sign * high


@dataclass(frozen=True, slots=True)
class Support:
    """A node of diagrams. Nothing is ever cut."""

    diagrams: Diagrams
    node: int

    def __add__(self, other: "Support") -> "Support":
        """The support of what either of two suffices for."""
        return self.diagrams.joined("or", self.node, other.node)

    def __mul__(self, other: "Support") -> "Support":
        """The support of what takes both."""
        return self.diagrams.joined("and", self.node, other.node)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """The minimal sets, those with the fewest sources first."""
        return iter(sorted(self.diagrams.minimal(self.node), key=lambda each: (len(each), each)))

    def holds(self, out: Collection[int] = ()) -> bool:
        """Whether some set has none of the sources that are out."""
        return self.diagrams.holds(self.node, out)

    def minimal(self, limit: int) -> Sets:
        """The ``limit`` sets with the fewest sources."""
        return tuple(self)[:limit]
