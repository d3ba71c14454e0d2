"""A set of triples that can be asked by any of their terms."""

from collections.abc import Iterable, Iterator

from rdflib import RDF

from cordiale.model.terms import Node, Triple

__all__ = ["Facts"]


class Facts:
    """Triples by predicate and subject, and by predicate and object. Subjects may be literals."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[Node, dict[Node, list[Node]]] = {}
        self._subjects: dict[Node, dict[Node, list[Node]]] = {}
        self._all = frozenset(triples)
        for subject, predicate, object_ in self._all:
            self._objects.setdefault(predicate, {}).setdefault(subject, []).append(object_)
            self._subjects.setdefault(predicate, {}).setdefault(object_, []).append(subject)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._all

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._all)

    def objects(self, subject: Node, predicate: Node) -> tuple[Node, ...]:
        """The objects that the subject has for the predicate, in no order."""
        return tuple(self._objects.get(predicate, {}).get(subject, ()))

    def subjects(self, predicate: Node, object_: Node) -> tuple[Node, ...]:
        """The subjects that have the object for the predicate, in no order."""
        return tuple(self._subjects.get(predicate, {}).get(object_, ()))

    def pairs(self, predicate: Node) -> Iterator[tuple[Node, Node]]:
        """Subject and object of every triple with the predicate, in no order."""
        for subject, objects in self._objects.get(predicate, {}).items():
            for object_ in objects:
                yield subject, object_

    def items(self, head: Node) -> Iterator[Node]:
        """The members of an RDF list, each cell visited once.

        >>> from rdflib import BNode, Literal
        >>> cell = BNode()
        >>> list(Facts([(cell, RDF.first, Literal("a")), (cell, RDF.rest, RDF.nil)]).items(cell))
        [rdflib.term.Literal('a')]
        """
        visited: set[Node] = set()
        cells = [head]
        while cells:
            cell = cells.pop()
            if cell not in visited:
                visited.add(cell)
                yield from self.objects(cell, RDF.first)
                cells.extend(self.objects(cell, RDF.rest))
