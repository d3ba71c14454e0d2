"""Which blank nodes of one graph are written inside the one place that refers to them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rdflib import RDF, BNode, URIRef

from cordiale.model.terms import Node, Triple

__all__ = ["Nesting", "by_subject", "nest"]

Properties = Sequence[tuple[URIRef, Node]]

# Deeper text is past reading, and the parsers of rdflib and others call themselves once a level.
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """How the blank nodes of a graph are written; those in no field need a label."""

    inline: frozenset[BNode]  # as [ … ] where they are referred to
    lists: Mapping[BNode, tuple[Node, ...]]  # as ( … ): first cell to members
    cells: frozenset[BNode]  # the cells of those lists, first ones included
    roots: frozenset[BNode]  # as [] before their own statements: nothing refers to them

    @property
    def unlabelled(self) -> frozenset[BNode]:
        """The blank nodes that can be written without a label."""
        return self.inline | self.cells | self.roots


def by_subject(triples: Iterable[Triple]) -> dict[Node, list[tuple[URIRef, Node]]]:
    """Each subject with its predicates and objects."""
    grouped: defaultdict[Node, list[tuple[URIRef, Node]]] = defaultdict(list)
    for subject, predicate, object_ in triples:
        grouped[subject].append((URIRef(predicate), object_))
    return dict(grouped)


def nest(properties: Mapping[Node, Properties], shared: AbstractSet[BNode]) -> Nesting:
    """The nesting of a graph.

    A blank node is written inside when one triple refers to it, it is not part of a circle, it is nested no
    deeper than eight levels, and it is not ``shared`` with another graph. Such a node starts a list when each
    cell has one rdf:first, one rdf:rest and nothing else (RDF Schema 1.1, section 5.2), one triple refers to
    each cell, and rdf:nil ends it.
    """
    uses = Counter(o for pairs in properties.values() for _, o in pairs if isinstance(o, BNode))
    single = {node for node, count in uses.items() if count == 1 and node not in shared}
    inline: set[BNode] = set()
    lists: dict[BNode, tuple[Node, ...]] = {}
    cells: set[BNode] = set()
    broken: set[Node] = set()  # cells that lead to no end of a list

    def descend(tops: Iterable[Node]) -> None:
        todo: list[tuple[Node, int]] = [(object_, 1) for top in tops for _, object_ in properties[top]]
        while todo:
            node, depth = todo.pop()
            if not isinstance(node, BNode) or node not in single:
                continue
            if depth > _DEEPEST:
                single.discard(node)
                depth = 0
            elif chain := _chain(node, properties, single, broken):
                cells.update(chain)
                lists[node] = tuple(_first(properties[cell]) for cell in chain)
                todo.extend((member, depth + 1) for member in lists[node])
                continue
            else:
                inline.add(node)
            todo.extend((object_, depth + 1) for _, object_ in properties.get(node, ()))

    descend([subject for subject in properties if subject not in single])
    # What no top leads to hangs from a circle of nodes that are each referred to once: label the circle.
    circles = _circles(properties, single - inline - cells)
    single -= circles
    descend(circles)
    roots = {n for n in properties if isinstance(n, BNode) and not uses[n] and n not in shared}
    return Nesting(inline=frozenset(inline), lists=lists, cells=frozenset(cells), roots=frozenset(roots))


def _chain(
    head: BNode, properties: Mapping[Node, Properties], single: AbstractSet[BNode], broken: set[Node]
) -> list[BNode]:
    """The cells of the well-formed list that starts here; none when it is not one."""
    chain: list[BNode] = []
    cell: Node = head
    while cell != RDF.nil:
        pairs = properties.get(cell, ())
        is_cell = len(pairs) == 2 and {predicate for predicate, _ in pairs} == {RDF.first, RDF.rest}
        if not isinstance(cell, BNode) or cell not in single or cell in broken or not is_cell:
            broken.update(chain)
            return []
        chain.append(cell)
        cell = next(object_ for predicate, object_ in pairs if predicate == RDF.rest)
    return chain


def _first(pairs: Properties) -> Node:
    return next(object_ for predicate, object_ in pairs if predicate == RDF.first)


def _circles(properties: Mapping[Node, Properties], left: AbstractSet[BNode]) -> set[BNode]:
    """The nodes among ``left``, each referred to by one other of them, that lead back to themselves."""
    above = {o: s for s in left for _, o in properties.get(s, ()) if isinstance(o, BNode) and o in left}
    circles: set[BNode] = set()
    known: set[BNode] = set()
    for start in left:
        path: list[BNode] = []
        node = start
        while node not in known:
            known.add(node)
            path.append(node)
            node = above[node]
        if node in path:
            circles.update(path[path.index(node) :])
    return circles
