"""Shapes that lead back to themselves."""

from graphlib import CycleError, TopologicalSorter

from rdflib import RDF, SH, BNode, Graph, URIRef

from cordiale.model.terms import Node

__all__ = ["cycles"]

_TO_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_TO_SHAPES = (SH["and"], SH["or"], SH.xone)


def cycles(shapes: Graph) -> tuple[tuple[Node, ...], ...]:
    """The ways by which a shape refers to itself (SHACL, section 3.4.3), the first shape not repeated.

    >>> shapes = Graph().parse(data='''
    ...   @prefix : <x:> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...   :Person sh:property :Person-knows . :Person-knows sh:node :Person .''')
    >>> [[str(node) for node in cycle] for cycle in cycles(shapes)]
    [['x:Person', 'x:Person-knows']]
    """
    references: dict[Node, set[Node]] = {}
    for subject, predicate, object_ in sorted(shapes):
        if predicate in _TO_SHAPE:
            _refer(references, subject, object_)
        elif predicate in _TO_SHAPES:
            for member in _members(shapes, object_):
                _refer(references, subject, member)
    found = []
    while cycle := _cycle(references):
        references[cycle[0]].discard(cycle[1 % len(cycle)])
        found.append(cycle)
    return tuple(found)


def _refer(references: dict[Node, set[Node]], subject: object, object_: object) -> None:
    if isinstance(subject, URIRef | BNode) and isinstance(object_, URIRef | BNode):
        references.setdefault(subject, set()).add(object_)


def _cycle(references: dict[Node, set[Node]]) -> tuple[Node, ...]:
    try:
        TopologicalSorter(references).prepare()
    except CycleError as error:
        nodes: list[Node] = error.args[1][:0:-1]  # it lists them the other way round, the first twice
        start = nodes.index(min(nodes))
        return (*nodes[start:], *nodes[:start])
    return ()


def _members(shapes: Graph, head: object) -> list[Node]:
    members: list[Node] = []
    seen: set[object] = set()
    while isinstance(head, URIRef | BNode) and head not in seen:
        seen.add(head)
        members += [m for m in shapes.objects(head, RDF.first) if isinstance(m, URIRef | BNode)]
        head = shapes.value(head, RDF.rest)
    return members
