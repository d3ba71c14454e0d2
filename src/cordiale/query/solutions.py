"""Solutions of a query, and what they rest on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cordiale.model.supports import ONE, ZERO, Support
from cordiale.model.terms import Node

__all__ = ["ABSENCE", "HOLDS", "SHADOW", "Annotation", "Lookup", "Solution", "agree", "grouped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What a solution rests on.

    ``absence``: it is there for want of something too, so that more sources might take it away.
    ``aggregate``: its values are drawn from a group, and ``support`` is one set of all sources that have part
    in it.
    """

    support: Support
    absence: bool = False
    aggregate: bool = False

    def __mul__(self, other: "Annotation") -> "Annotation":
        """What both together rest on."""
        if self is HOLDS or other is HOLDS:  # as most are that a filter adds
            return other if self is HOLDS else self
        return Annotation(
            support=self.support * other.support,
            absence=self.absence or other.absence,
            aggregate=self.aggregate or other.aggregate,
        )

    def __add__(self, other: "Annotation") -> "Annotation":
        """What either rests on."""
        return Annotation(
            support=self.support + other.support,
            absence=self.absence or other.absence,
            aggregate=self.aggregate or other.aggregate,
        )


HOLDS = Annotation(support=ONE)
ABSENCE = Annotation(support=ONE, absence=True)
# Of what is no solution here, and may be one where a source is left out.
SHADOW = Annotation(support=ZERO, absence=True)


@dataclass(frozen=True, slots=True)
class Solution:
    """Terms for variables, by name, and what they rest on."""

    terms: Mapping[str, Node]
    annotation: Annotation

    @property
    def is_shadow(self) -> bool:
        """Whether this is no solution of the whole, but may be one where a source is left out.

        A row that has one among the ways to it may stand without any of its sets: it is there for want of
        something, then.
        """
        return self.annotation.support == ZERO

    def times(self, annotation: Annotation) -> "Solution":
        """The same terms, resting on something more."""
        return Solution(self.terms, self.annotation * annotation)


class Lookup:
    """Solutions, by the terms of a variable that all of them bind."""

    def __init__(self, solutions: list[Solution]) -> None:
        self._solutions = solutions
        common = set(solutions[0].terms) if solutions else set()
        for solution in solutions:
            common &= solution.terms.keys()
        self._common = sorted(common)
        self._by: dict[str, dict[Node, list[Solution]]] = {}

    def _compatible(self, one: Solution) -> Iterator[Solution]:
        name = next((name for name in self._common if name in one.terms), None)
        if name is None:
            candidates = self._solutions
        else:
            if name not in self._by:
                self._by[name] = {}
                for solution in self._solutions:
                    self._by[name].setdefault(solution.terms[name], []).append(solution)
            candidates = self._by[name].get(one.terms[name], [])
        return (other for other in candidates if agree(one.terms, other.terms))

    def joined(self, one: Solution) -> Iterator[Solution]:
        """Each of them together with the solution."""
        for other in self._compatible(one):
            yield Solution({**one.terms, **other.terms}, one.annotation * other.annotation)


def agree(one: Mapping[str, Node], other: Mapping[str, Node]) -> bool:
    """Whether no variable has one term here and another there."""
    small, large = sorted((one, other), key=len)
    return all(name not in large or large[name] == term for name, term in small.items())


def grouped(annotations: Sequence[Annotation]) -> Annotation:
    """One set of all sources that a group has anything from."""
    sources = {source for each in annotations for sources in each.support for source in sources}
    truncated = any(each.support.truncated for each in annotations)
    return Annotation(
        support=Support((tuple(sorted(sources)),), truncated),
        absence=any(each.absence for each in annotations),
        aggregate=True,
    )
