"""Refutation: that something must be in a class, shown by a clash when the opposite is assumed.

Each of the worlds below is a closure of the graph with more triples. They speak of witnesses, names that
stand in no graph and so may be anything: what follows for them follows for everything.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product

from rdflib import OWL, RDF, XSD, BNode, Literal, URIRef

from cordiale.closure.engine import Clash, Closure, Engine
from cordiale.closure.entailments.expressions import (
    All,
    And,
    AtLeast,
    AtMost,
    Expression,
    HasSelf,
    HasValue,
    Not,
    OneOf,
    Or,
    Some,
    negated,
)
from cordiale.closure.entailments.instances import Budget
from cordiale.closure.entailments.on_demand import Known
from cordiale.model.terms import Node, Triple

__all__ = ["Refuted", "TooManyWays", "World", "Worlds", "joined"]

_WITNESS = "urn:cordiale:witness:"
_MOST_WITNESSES = 4
_MOST_WAYS = 16


class TooManyWays(Exception):
    """A class has more alternatives than are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted:
    """What was assumed, and the clashes that it led to, one for each way in which it could be true."""

    assumed: tuple[Triple, ...]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The closure of a graph and of what was assumed."""

    assumed: tuple[Triple, ...]
    known: Known
    clashes: tuple[Clash, ...]


class Worlds:
    """The closures of one graph under assumptions, each made once, and no more than the budget has."""

    def __init__(self, engine: Engine, graph: Collection[Triple], budget: Budget) -> None:
        self._engine = engine
        self._graph = frozenset(graph)
        self._names = {term for triple in graph for term in triple}
        self._made: dict[tuple[Triple, ...], World] = {}
        self._witnesses = 0
        self.budget = budget

    def base(self, closure: Closure | None = None) -> World:
        """The world where no more is assumed, by the closure of the graph if given; it costs nothing."""
        if () not in self._made:
            self._made[()] = self._close((), closure)
        return self._made[()]

    def world(self, *assumed: Triple) -> World | None:
        """The world where this holds as well; ``None`` when the budget is spent."""
        key = tuple(dict.fromkeys(assumed))
        if not key:
            return self.base()
        if key not in self._made:
            if not self.budget.spend():
                return None
            self._made[key] = self._close(key)
        return self._made[key]

    def witness(self) -> URIRef:
        """A name that may stand for anything."""
        while True:
            self._witnesses += 1
            name = URIRef(f"{_WITNESS}{self._witnesses}")
            if name not in self._names:
                return name

    def refuted(self, world: World, *branches: tuple[Triple, ...]) -> Refuted | None:
        """The clashes when every branch, assumed in the world, has one; else ``None``."""
        clashes = []
        for branch in branches:
            other = self.world(*world.assumed, *branch)
            if other is None or not other.clashes:
                return None
            clashes.append(other.clashes[0])
        assumed = (*world.assumed, *(triple for branch in branches for triple in branch))
        return Refuted(assumed=assumed, clashes=tuple(clashes))

    def membership(self, world: World, thing: Node, class_: Expression) -> Refuted | None:
        """Why the thing is in the class in this world; without clashes when it is known there."""
        plain = Refuted(assumed=world.assumed, clashes=())
        if world.clashes:
            return Refuted(assumed=world.assumed, clashes=world.clashes[:1])
        known = world.known
        match class_:
            case And(inners):
                each = [self.membership(world, thing, inner) for inner in inners]
                return joined(each)
            case Or(inners):
                found = next((why for inner in inners if (why := self._known(world, thing, inner))), None)
                return found or self._by_refutation(world, thing, class_)
            case All(inner, on):
                witness = self.witness()
                with_value = self.world(*world.assumed, (thing, on, witness))
                return self.membership(with_value, witness, inner) if with_value else None
            case HasValue(value, on):
                return plain if known.rule((thing, on, value)) is not None else None
            case HasSelf(on):
                return plain if known.rule((thing, on, thing)) is not None else None
            case AtLeast(0, _, _):
                return plain
            case AtLeast(1, inner, on):
                return self.membership(world, thing, Some(inner, on))
            case _:
                return self._known(world, thing, class_) or self._by_refutation(world, thing, class_)

    def _known(self, world: World, thing: Node, class_: Expression) -> Refuted | None:
        """Why the thing is in the class, without a further assumption."""
        known = world.known
        match class_:
            case URIRef() | BNode():
                holds = known.rule((thing, RDF.type, class_)) is not None
            case OneOf(members):
                holds = any(known.rule((thing, OWL.sameAs, member)) is not None for member in members)
            case Some(inner, on):
                values = known.facts.objects(thing, on)
                holds = any(self._known(world, value, inner) for value in values)
            case _:
                holds = False
        return Refuted(assumed=world.assumed, clashes=()) if holds else None

    def _by_refutation(self, world: World, thing: Node, class_: Expression) -> Refuted | None:
        return self.refuted(world, *self.ways(thing, negated(class_)))

    def ways(self, thing: Node, class_: Expression) -> tuple[tuple[Triple, ...], ...]:
        """The ways in which a thing can be in a class, as triples that say so; none when it cannot.

        Where the rules know no way, the triples say less than the class does, or nothing.

        Raises:
            TooManyWays: there are more than can be tried.
        """
        found = tuple(tuple(way) for way in islice(self._ways(thing, class_), _MOST_WAYS + 1))
        if len(found) > _MOST_WAYS:
            raise TooManyWays
        return found

    def _ways(self, thing: Node, class_: Expression) -> Iterator[list[Triple]]:
        match class_:
            case And(inners):
                for parts in product(*(self.ways(thing, inner) for inner in inners)):
                    yield [triple for part in parts for triple in part]
            case Or(inners):
                for inner in inners:
                    yield from self._ways(thing, inner)
            case OWL.Nothing | Not(OWL.Thing):
                return
            case OneOf(members):
                for member in members:
                    yield [(thing, OWL.sameAs, member)]
            case Not(OneOf(members)):
                yield [(thing, OWL.differentFrom, member) for member in members]
            case Not(HasValue(value, on)):
                yield self._denial(thing, on, value)
            case Not(HasSelf(on)):
                yield self._denial(thing, on, thing)
            case Not(URIRef() | BNode() as name):
                class_node = self.witness()
                yield [
                    (class_node, RDF.type, OWL.Class),
                    (class_node, OWL.complementOf, name),
                    (thing, RDF.type, class_node),
                ]
            case HasValue(value, on):
                yield [(thing, on, value)]
            case HasSelf(on):
                yield [(thing, on, thing)]
            case Some(inner, on):
                yield from self._values(thing, on, inner, 1)
            case AtLeast(count, inner, on):
                yield from self._values(thing, on, inner, count)
            case All() | AtMost():
                definition: list[Triple] = []
                node = self._write(class_, definition)
                yield [*definition, (thing, RDF.type, node)]
            case URIRef() | BNode():
                yield [(thing, RDF.type, class_)]
            case _:
                yield []

    def _values(self, thing: Node, on: Node, class_: Expression, count: int) -> Iterator[list[Triple]]:
        """The ways in which a thing has so many values in the class."""
        if count > _MOST_WITNESSES:
            count = _MOST_WITNESSES  # it has at least so many
        values = [self.witness() for _ in range(count)]
        said: list[Triple] = [(thing, on, value) for value in values]
        said += [(one, OWL.differentFrom, other) for one, other in combinations(values, 2)]
        for parts in product(*(self.ways(value, class_) for value in values)):
            yield [*said, *(triple for part in parts for triple in part)]

    def _denial(self, thing: Node, on: Node, value: Node) -> list[Triple]:
        """That the property does not hold, as a negative property assertion."""
        node = self.witness()
        target = OWL.targetValue if isinstance(value, Literal) else OWL.targetIndividual
        return [
            (node, RDF.type, OWL.NegativePropertyAssertion),
            (node, OWL.sourceIndividual, thing),
            (node, OWL.assertionProperty, on),
            (node, target, value),
        ]

    def _write(self, class_: Expression, definition: list[Triple]) -> Node:
        """A name for the class, with the triples that say what the rules can use of it."""
        if isinstance(class_, URIRef | BNode):
            return class_
        node = self.witness()
        kind = OWL.Class
        match class_:
            case Not(inner):
                definition.append((node, OWL.complementOf, self._write(inner, definition)))
            case And(inners):
                parts = [self._write(inner, definition) for inner in inners]
                definition += [(node, OWL.intersectionOf, head := self.witness())]
                definition += self._list(head, parts)
            case All(inner, on):
                kind = OWL.Restriction
                definition += [(node, OWL.onProperty, on)]
                definition += [(node, OWL.allValuesFrom, self._write(inner, definition))]
            case HasValue(value, on):
                kind = OWL.Restriction
                definition += [(node, OWL.onProperty, on), (node, OWL.hasValue, value)]
            case AtMost(count, inner, on):
                kind = OWL.Restriction
                number = Literal(str(count), datatype=XSD.nonNegativeInteger)
                definition += [(node, OWL.onProperty, on), (node, OWL.maxQualifiedCardinality, number)]
                definition += [(node, OWL.onClass, self._write(inner, definition))]
            case _:
                pass  # a class of which nothing is said
        definition.append((node, RDF.type, kind))
        return node

    def _list(self, head: Node, members: Collection[Node]) -> Iterator[Triple]:
        cell = head
        for index, member in enumerate(members, 1):
            rest = self.witness() if index < len(members) else RDF.nil
            yield cell, RDF.first, member
            yield cell, RDF.rest, rest
            cell = rest

    def _close(self, assumed: tuple[Triple, ...], closure: Closure | None = None) -> World:
        graph = self._graph.union(assumed)
        closure = closure or self._engine.close(graph)
        known = Known([*graph, *closure.inferred])
        named = dict.fromkeys(term for triple in assumed for term in (triple[0], triple[2]))
        empty = tuple(_no_value(known, term) for term in named if known.has_no_value(term))
        return World(assumed=assumed, known=known, clashes=closure.clashes + empty)


def _no_value(known: Known, term: Node) -> Clash:
    types = sorted(known.datatypes(term))
    message = f"{term.n3()} is in datatypes that share no value: {', '.join(kind.n3() for kind in types)}"
    return Clash(rule="dt-not-type", message=message, triples=tuple((term, RDF.type, kind) for kind in types))


def joined(each: Collection[Refuted | None]) -> Refuted | None:
    """All reasons as one; ``None`` when one is missing."""
    found = [why for why in each if why is not None]
    if len(found) < len(each):
        return None
    return Refuted(
        assumed=tuple(dict.fromkeys(triple for why in found for triple in why.assumed)),
        clashes=tuple(clash for why in found for clash in why.clashes),
    )
