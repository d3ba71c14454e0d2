"""Class expressions: read from a graph where blank nodes define them, negated, and written back as triples.

OWL 2 Mapping to RDF Graphs, table 13. An expression that a blank node of a conclusion defines is taken to
exist, as in OWL 2 Direct Semantics; under the RDF-Based Semantics this is a comprehension condition (its
section 8, informative), which is granted only for expressions that are trees over names.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef

from cordiale.closure.entailments.facts import Facts
from cordiale.model.terms import Node, Triple

__all__ = [
    "All",
    "And",
    "AtLeast",
    "AtMost",
    "Expression",
    "HasSelf",
    "HasValue",
    "Not",
    "OneOf",
    "Or",
    "Some",
    "negated",
    "read_expressions",
    "read_list",
]


@dataclass(frozen=True, slots=True)
class Not:
    """owl:complementOf."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """owl:intersectionOf."""

    of: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """owl:unionOf."""

    of: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """owl:oneOf."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """owl:someValuesFrom."""

    of: "Expression"
    on: Node


@dataclass(frozen=True, slots=True)
class All:
    """owl:allValuesFrom."""

    of: "Expression"
    on: Node


@dataclass(frozen=True, slots=True)
class HasValue:
    """owl:hasValue."""

    of: Node
    on: Node


@dataclass(frozen=True, slots=True)
class HasSelf:
    """owl:hasSelf."""

    on: Node


@dataclass(frozen=True, slots=True)
class AtLeast:
    """owl:minCardinality and owl:minQualifiedCardinality."""

    count: int
    of: "Expression"
    on: Node


@dataclass(frozen=True, slots=True)
class AtMost:
    """owl:maxCardinality and owl:maxQualifiedCardinality."""

    count: int
    of: "Expression"
    on: Node


Expression: TypeAlias = Node | Not | And | Or | OneOf | Some | All | HasValue | HasSelf | AtLeast | AtMost

_DEEPEST = 50
_COUNT = re.compile("[0-9]{1,9}")
_KINDS = frozenset({OWL.Class, RDFS.Class, OWL.Restriction})
_CARDINALITIES: Mapping[Node, tuple[bool, bool]] = {  # at least, at most
    OWL.minCardinality: (True, False),
    OWL.maxCardinality: (False, True),
    OWL.cardinality: (True, True),
    OWL.minQualifiedCardinality: (True, False),
    OWL.maxQualifiedCardinality: (False, True),
    OWL.qualifiedCardinality: (True, True),
}
_LISTS = frozenset({OWL.intersectionOf, OWL.unionOf, OWL.oneOf})
_RESTRICTIONS = frozenset({OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf, *_CARDINALITIES})
_BUILT_IN: tuple[str, ...] = (str(RDF), str(RDFS), str(OWL))


def negated(expression: Expression) -> Expression:
    """What is not in the expression, with the negation pushed down to names."""
    match expression:
        case Not(inner):
            return inner
        case And(inners):
            return Or(tuple(negated(inner) for inner in inners))
        case Or(inners):
            return And(tuple(negated(inner) for inner in inners))
        case Some(inner, on):
            return All(negated(inner), on)
        case All(inner, on):
            return Some(negated(inner), on)
        case AtLeast(count, inner, on) if count > 0:
            return AtMost(count - 1, inner, on)
        case AtMost(count, inner, on):
            return AtLeast(count + 1, inner, on)
        case _:
            return Not(expression)


def read_expressions(graph: Collection[Triple]) -> tuple[dict[Node, Expression], tuple[Triple, ...]]:
    """The expressions that blank nodes of the graph define, and the triples that define none of them."""
    reader = _Reader(graph)
    read = {
        node: expression for node in reader.roots() if (expression := reader.expression(node)) is not None
    }
    used = {triple for node in read for triple in reader.definition(node)}
    return read, tuple(triple for triple in graph if triple not in used)


def read_list(facts: Facts, head: Node) -> tuple[tuple[Node, ...], tuple[Triple, ...]] | None:
    """The members of a well-formed list, and the triples of its cells; else ``None``."""
    members: list[Node] = []
    cells: list[Triple] = []
    visited: set[Node] = set()
    while head != RDF.nil:
        firsts, rests = facts.objects(head, RDF.first), facts.objects(head, RDF.rest)
        if len(firsts) != 1 or len(rests) != 1 or head in visited:
            return None
        visited.add(head)
        members += firsts
        cells += [(head, RDF.first, firsts[0]), (head, RDF.rest, rests[0])]
        if (head, RDF.type, RDF.List) in facts:
            cells.append((head, RDF.type, RDF.List))
        head = rests[0]
    return tuple(members), tuple(cells)


class _Reader:
    """Expressions of one graph; a blank node that is no clean definition is no expression."""

    def __init__(self, graph: Collection[Triple]) -> None:
        self._facts = Facts(graph)
        self._of: dict[Node, list[Triple]] = {}
        for triple in graph:
            self._of.setdefault(triple[0], []).append(triple)
        self._reading: set[Node] = set()

    def roots(self) -> Iterator[Node]:
        """The blank nodes that define something."""
        return (node for node in self._of if isinstance(node, BNode) and self._defining(node) is not None)

    def definition(self, node: Node) -> Iterator[Triple]:
        """The triples that define the expression of the node: its own, and those of its lists."""
        for triple in self._of[node]:
            yield triple
            listed = read_list(self._facts, triple[2]) if triple[1] in _LISTS else None
            yield from listed[1] if listed else ()

    def expression(self, node: Node) -> Expression | None:
        """What the term stands for as a class; ``None`` for a blank node that defines nothing, or itself."""
        if not isinstance(node, BNode):
            return None if isinstance(node, Literal) else node
        defining = self._defining(node)
        if defining is None or node in self._reading or len(self._reading) == _DEEPEST:
            return None
        self._reading.add(node)
        try:
            _, predicate, object_ = defining
            if predicate in _RESTRICTIONS:
                return self._restriction(node, predicate, object_)
            if predicate == OWL.complementOf:
                inner = self.expression(object_)
                return None if inner is None else negated(inner)
            return self._combination(predicate, object_)
        finally:
            self._reading.discard(node)

    def _defining(self, node: Node) -> Triple | None:
        """The one triple that defines the node, if nothing else than what belongs to it is said of it."""
        said = [t for t in self._of.get(node, []) if t[1] != RDF.type or t[2] not in _KINDS]
        found = [t for t in said if t[1] in _LISTS | _RESTRICTIONS or t[1] == OWL.complementOf]
        besides = [t for t in said if t not in found and t[1] not in (OWL.onProperty, OWL.onClass)]
        return found[0] if len(found) == 1 and not besides else None

    def _combination(self, predicate: Node, head: Node) -> Expression | None:
        listed = read_list(self._facts, head)
        if listed is None:
            return None
        members, _ = listed
        if predicate == OWL.oneOf:
            return None if any(isinstance(member, BNode) for member in members) else OneOf(members)
        inners = [self.expression(member) for member in members]
        known = tuple(inner for inner in inners if inner is not None)
        if len(known) < len(inners):
            return None
        return And(known) if predicate == OWL.intersectionOf else Or(known)

    def _restriction(self, node: Node, predicate: Node, object_: Node) -> Expression | None:
        properties = self._facts.objects(node, OWL.onProperty)
        classes = self._facts.objects(node, OWL.onClass)
        if len(properties) != 1 or len(classes) > 1:
            return None
        on = properties[0]
        # A restriction on what the rules themselves are written in may not exist (Russell's paradox).
        if not isinstance(on, URIRef) or str(on).startswith(_BUILT_IN):
            return None
        if predicate in _CARDINALITIES:
            return self._cardinality(predicate, object_, on, classes[0] if classes else OWL.Thing)
        if predicate == OWL.hasSelf:
            return HasSelf(on) if str(object_) in ("true", "1") else None
        if predicate == OWL.hasValue:
            return None if isinstance(object_, BNode) else HasValue(object_, on)
        inner = OWL.Thing if object_ == RDFS.Resource else self.expression(object_)
        if inner is None:
            return None
        return Some(inner, on) if predicate == OWL.someValuesFrom else All(inner, on)

    def _cardinality(self, predicate: Node, number: Node, on: Node, class_: Node) -> Expression | None:
        inner = self.expression(class_)
        if inner is None or not isinstance(number, Literal) or not _COUNT.fullmatch(str(number)):
            return None
        at_least, at_most = _CARDINALITIES[predicate]
        count = int(number)
        bounds: list[Expression] = [AtLeast(count, inner, on)] if at_least else []
        bounds += [AtMost(count, inner, on)] if at_most else []
        return bounds[0] if len(bounds) == 1 else And(tuple(bounds))
