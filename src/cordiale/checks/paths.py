"""Which triples a path of SHACL walks last (SHACL, section 2.3.1)."""

from collections.abc import Iterator

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from cordiale.model.terms import Node, Triple, term_key

__all__ = ["last_triples"]

_REPEATED = (SH.zeroOrMorePath, SH.oneOrMorePath)


def last_triples(data: Graph, shapes: Graph, path: Node, focus: Node) -> tuple[tuple[Node, Triple], ...]:
    """The value nodes of a path with the triples that lead to them, in a stable order.

    A value node that is the focus itself, by a path of no steps, has none.

    >>> shapes = Graph().parse(data=f"<x:s> <{SH.path}> ( <x:builder> <x:name> ) .")
    >>> data = Graph().parse(data='<x:arch> <x:builder> <x:b> . <x:b> <x:name> "Trézaguet" .')
    >>> path = shapes.value(URIRef("x:s"), SH.path)
    >>> ((value, triple),) = last_triples(data, shapes, path, URIRef("x:arch"))
    >>> str(triple[0]), str(value)
    ('x:b', 'Trézaguet')
    """
    found = {
        (end, triple) for end, triple in _Walk(data, shapes).ends(path, focus, False) if triple is not None
    }
    return tuple(sorted(found, key=lambda each: [term_key(term) for term in (each[0], *each[1])]))


class _Walk:
    """Walks paths of some shapes through some data."""

    def __init__(self, data: Graph, shapes: Graph) -> None:
        self._data = data
        self._shapes = shapes

    def ends(self, path: Node, start: Node, back: bool) -> Iterator[tuple[Node, Triple | None]]:
        """Where a path leads, each with the last triple on the way; ``back`` walks from its end."""
        if isinstance(path, URIRef):
            yield from self._step(path, start, back)
        elif (path, RDF.first, None) in self._shapes:
            steps = [_node(step) for step in self._shapes.items(path)]
            yield from self._sequence(steps[::-1] if back else steps, start, back)
        for kind, inner in self._shapes.predicate_objects(path) if isinstance(path, BNode) else ():
            if kind == SH.inversePath:
                yield from self.ends(_node(inner), start, not back)
            elif kind == SH.alternativePath:
                for way in self._shapes.items(inner):
                    yield from self.ends(_node(way), start, back)
            elif kind == SH.zeroOrOnePath:
                yield start, None
                yield from self.ends(_node(inner), start, back)
            elif kind in _REPEATED:
                if kind == SH.zeroOrMorePath:
                    yield start, None
                yield from self._repeated(_node(inner), start, back)

    def _step(self, predicate: URIRef, start: Node, back: bool) -> Iterator[tuple[Node, Triple]]:
        pattern = (None, predicate, start) if back else (start, predicate, None)
        for subject, _, object_ in self._data.triples(pattern):
            triple = (_node(subject), predicate, _node(object_))
            yield triple[0] if back else triple[2], triple

    def _sequence(self, steps: list[Node], start: Node, back: bool) -> Iterator[tuple[Node, Triple | None]]:
        ends: dict[tuple[Node, Triple | None], None] = {(start, None): None}
        for step in steps:
            ends = {
                (end, triple or before): None
                for here, before in ends
                for end, triple in self.ends(step, here, back)
            }
        yield from ends

    def _repeated(self, inner: Node, start: Node, back: bool) -> Iterator[tuple[Node, Triple | None]]:
        seen: set[Node] = set()
        waiting = [start]
        while waiting:
            for end, triple in self.ends(inner, waiting.pop(), back):
                yield end, triple
                if end not in seen:
                    seen.add(end)
                    waiting.append(end)


def _node(term: object) -> Node:
    assert isinstance(term, URIRef | BNode | Literal)  # rdflib types what a graph holds more widely
    return term
