"""Small interpretations, enumerated: an oracle for what does not follow.

Names are A, B, C (classes), p, q (properties), a, b (individuals); the domain has two things. An axiom is a
tuple of its kind and terms; a class is a name or a nested tuple. Truth is as in OWL 2 Direct Semantics,
sections 2.2 and 2.3, over finite sets, independent of the rules. A conclusion that is false in one
interpretation where the premises are true does not follow from them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, Namespace

from cordiale.model.terms import Node, Triple

__all__ = ["CLASSES", "INDIVIDUALS", "PROPERTIES", "Axiom", "countermodel", "written"]

EX = Namespace("https://example.org/")
CLASSES, PROPERTIES, INDIVIDUALS = ("A", "B"), ("p", "q"), ("a", "b")
_DOMAIN = (0, 1)

Class: TypeAlias = "str | tuple[object, ...]"
Axiom: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What the names stand for."""

    things: dict[str, int]
    members: dict[str, frozenset[int]]
    pairs: dict[str, frozenset[tuple[int, int]]]

    def extension(self, class_: object) -> frozenset[int]:
        """The things that are in the class."""
        match class_:
            case "Thing":
                return frozenset(_DOMAIN)
            case "Nothing":
                return frozenset()
            case str():
                return self.members[class_]
            case ("not", inner):
                return frozenset(_DOMAIN) - self.extension(inner)
            case ("and", one, other):
                return self.extension(one) & self.extension(other)
            case ("or", one, other):
                return self.extension(one) | self.extension(other)
            case ("one of", *names):
                return frozenset(self.things[str(name)] for name in names)
            case ("some", str(on), inner):
                return frozenset(x for x in _DOMAIN if self._values(on, x) & self.extension(inner))
            case ("all", str(on), inner):
                return frozenset(x for x in _DOMAIN if self._values(on, x) <= self.extension(inner))
            case ("value", str(on), str(name)):
                return frozenset(x for x in _DOMAIN if self.things[name] in self._values(on, x))
            case ("self", str(on)):
                return frozenset(x for x in _DOMAIN if x in self._values(on, x))
            case ("at most", int(count), str(on), inner):
                return frozenset(
                    x for x in _DOMAIN if len(self._values(on, x) & self.extension(inner)) <= count
                )
            case ("at least", int(count), str(on), inner):
                return frozenset(
                    x for x in _DOMAIN if len(self._values(on, x) & self.extension(inner)) >= count
                )
        raise AssertionError(class_)

    def holds(self, axiom: Axiom) -> bool:
        """Whether the axiom is true."""
        match axiom:
            case ("type", str(name), class_):
                return self.things[name] in self.extension(class_)
            case ("triple", str(one), str(on), str(other)):
                return (self.things[one], self.things[other]) in self.pairs[on]
            case ("not triple", str(one), str(on), str(other)):
                return (self.things[one], self.things[other]) not in self.pairs[on]
            case ("same", str(one), str(other)):
                return self.things[one] == self.things[other]
            case ("different", str(one), str(other)):
                return self.things[one] != self.things[other]
            case ("sub class", one, other):
                return self.extension(one) <= self.extension(other)
            case ("same class", one, other):
                return self.extension(one) == self.extension(other)
            case ("disjoint", one, other):
                return not self.extension(one) & self.extension(other)
            case ("complement", one, other):
                return self.extension(one) == frozenset(_DOMAIN) - self.extension(other)
            case ("sub property", str(one), str(other)):
                return self.pairs[one] <= self.pairs[other]
            case ("same property", str(one), str(other)):
                return self.pairs[one] == self.pairs[other]
            case ("disjoint properties", str(one), str(other)):
                return not self.pairs[one] & self.pairs[other]
            case ("inverse", str(one), str(other)):
                return self.pairs[one] == _turned(self.pairs[other])
            case ("domain", str(on), class_):
                return {x for x, _ in self.pairs[on]} <= self.extension(class_)
            case ("range", str(on), class_):
                return {y for _, y in self.pairs[on]} <= self.extension(class_)
            case ("chain", str(on), str(one), str(other)):
                return _composed(self.pairs[one], self.pairs[other]) <= self.pairs[on]
            case ("key", class_, str(on)):
                keyed = self.extension(class_)
                return all(
                    x == y or not self._values(on, x) & self._values(on, y) for x, y in product(keyed, keyed)
                )
            case ("property", str(kind), str(on)):
                return self._is(kind, self.pairs[on])
        raise AssertionError(axiom)

    def _values(self, on: str, thing: int) -> frozenset[int]:
        return frozenset(y for x, y in self.pairs[on] if x == thing)

    @staticmethod
    def _is(kind: str, pairs: frozenset[tuple[int, int]]) -> bool:
        turned = _turned(pairs)
        match kind:
            case "Functional":
                return len({x for x, _ in pairs}) == len(pairs)
            case "InverseFunctional":
                return len({y for _, y in pairs}) == len(pairs)
            case "Symmetric":
                return pairs == turned
            case "Asymmetric":
                return not pairs & turned
            case "Transitive":
                return _composed(pairs, pairs) <= pairs
            case "Reflexive":
                return {(x, x) for x in _DOMAIN} <= pairs
            case "Irreflexive":
                return all(x != y for x, y in pairs)
        raise AssertionError(kind)


def _turned(pairs: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((y, x) for x, y in pairs)


def _composed(
    one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    return frozenset((x, z) for x, y in one for y2, z in other if y == y2)


def _interpretations() -> Iterator[Interpretation]:
    """All of them, up to which thing is which."""
    sets = [frozenset(x for x in _DOMAIN if bits >> x & 1) for bits in range(4)]
    relations = [
        frozenset(pair for i, pair in enumerate(product(_DOMAIN, _DOMAIN)) if bits >> i & 1)
        for bits in range(16)
    ]
    for b, (in_a, in_b), (p, q) in product(_DOMAIN, product(sets, sets), product(relations, relations)):
        yield Interpretation({"a": 0, "b": b}, {"A": in_a, "B": in_b}, {"p": p, "q": q})


_ALL = tuple(_interpretations())


def models(premises: Collection[Axiom]) -> Iterator[Interpretation]:
    """The interpretations where all premises are true."""
    return (each for each in _ALL if all(each.holds(axiom) for axiom in premises))


def countermodel(premises: Collection[Axiom], conclusion: Axiom) -> Interpretation | None:
    """An interpretation where the premises are true and the conclusion is not, of two things."""
    return next((each for each in models(premises) if not each.holds(conclusion)), None)


_DECLARED: tuple[Triple, ...] = (
    *((EX[name], RDF.type, OWL.Class) for name in CLASSES),
    *((EX[name], RDF.type, OWL.ObjectProperty) for name in PROPERTIES),
    *((EX[name], RDF.type, OWL.NamedIndividual) for name in INDIVIDUALS),
)

_BETWEEN: dict[str, Node] = {
    "type": RDF.type,
    "same": OWL.sameAs,
    "different": OWL.differentFrom,
    "sub class": RDFS.subClassOf,
    "same class": OWL.equivalentClass,
    "disjoint": OWL.disjointWith,
    "complement": OWL.complementOf,
    "sub property": RDFS.subPropertyOf,
    "same property": OWL.equivalentProperty,
    "disjoint properties": OWL.propertyDisjointWith,
    "inverse": OWL.inverseOf,
    "domain": RDFS.domain,
    "range": RDFS.range,
}


def written(axioms: Collection[Axiom], *, prefix: str, declared: bool) -> tuple[Triple, ...]:
    """The axioms as OWL 2 Mapping to RDF Graphs has them; ``prefix`` begins the names of blank nodes."""
    writer = _Writer(prefix)
    for axiom in axioms:
        writer.axiom(axiom)
    return (*(_DECLARED if declared else ()), *writer.triples)


class _Writer:
    def __init__(self, prefix: str) -> None:
        self.triples: list[Triple] = []
        self._prefix = prefix
        self._blanks = 0

    def axiom(self, axiom: Axiom) -> None:
        kind, *terms = axiom
        if kind == "triple":
            one, on, other = terms
            self.triples.append((EX[str(one)], EX[str(on)], EX[str(other)]))
        elif kind == "not triple":
            node, (one, on, other) = self._blank(), terms
            self.triples += [
                (node, RDF.type, OWL.NegativePropertyAssertion),
                (node, OWL.sourceIndividual, EX[str(one)]),
                (node, OWL.assertionProperty, EX[str(on)]),
                (node, OWL.targetIndividual, EX[str(other)]),
            ]
        elif kind == "property":
            self.triples.append((EX[str(terms[1])], RDF.type, OWL[f"{terms[0]}Property"]))
        elif kind == "chain":
            head = self._list([EX[str(name)] for name in terms[1:]])
            self.triples.append((EX[str(terms[0])], OWL.propertyChainAxiom, head))
        elif kind == "key":
            class_ = self._class(terms[0])
            self.triples.append((class_, OWL.hasKey, self._list([EX[str(terms[1])]])))
        else:
            one, other = (self._class(term) for term in terms)
            self.triples.append((one, _BETWEEN[str(kind)], other))

    def _class(self, class_: object) -> Node:
        if isinstance(class_, str):
            return OWL[class_] if class_ in ("Thing", "Nothing") else EX[class_]
        assert isinstance(class_, tuple)
        node = self._blank()
        kind: Node = OWL.Class
        match class_:
            case ("not", inner):
                self.triples.append((node, OWL.complementOf, self._class(inner)))
            case ("and" | "or" as how, *inners):
                predicate = OWL.intersectionOf if how == "and" else OWL.unionOf
                self.triples.append((node, predicate, self._list([self._class(inner) for inner in inners])))
            case ("one of", *names):
                self.triples.append((node, OWL.oneOf, self._list([EX[str(name)] for name in names])))
            case ("some" | "all" as how, str(on), inner):
                predicate = OWL.someValuesFrom if how == "some" else OWL.allValuesFrom
                kind = self._restriction(node, on, (predicate, self._class(inner)))
            case ("value", str(on), str(name)):
                kind = self._restriction(node, on, (OWL.hasValue, EX[name]))
            case ("self", str(on)):
                kind = self._restriction(node, on, (OWL.hasSelf, Literal(True)))
            case ("at most" | "at least" as how, int(count), str(on), inner):
                number = Literal(str(count), datatype=XSD.nonNegativeInteger)
                predicate = OWL.maxQualifiedCardinality if how == "at most" else OWL.minQualifiedCardinality
                kind = self._restriction(node, on, (predicate, number), (OWL.onClass, self._class(inner)))
            case _:
                raise AssertionError(class_)
        self.triples.append((node, RDF.type, kind))
        return node

    def _restriction(self, node: Node, on: str, *parts: tuple[Node, Node]) -> Node:
        self.triples.append((node, OWL.onProperty, EX[on]))
        self.triples += [(node, predicate, value) for predicate, value in parts]
        return OWL.Restriction

    def _list(self, members: list[Node]) -> Node:
        head: Node = RDF.nil
        for member in reversed(members):
            cell = self._blank()
            self.triples += [(cell, RDF.first, member), (cell, RDF.rest, head)]
            head = cell
        return head

    def _blank(self) -> BNode:
        self._blanks += 1
        return BNode(f"{self._prefix}{self._blanks}")
