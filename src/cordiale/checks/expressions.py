"""Class expressions and data ranges in RDF, and which of them OWL 2 RL takes in which position.

OWL 2 Profiles, sections 4.2.3 and 4.2.4, https://www.w3.org/TR/owl2-profiles/#Class_Expressions_3.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple

__all__ = ["ClassExpressions", "Misfit", "Position"]


class Position(StrEnum):
    """Where an expression stands, in the words of a message."""

    SUB = "as a sub-class"
    SUPER = "as a super-class"
    EQUIVALENT = "in an equivalence"
    DATA = "as a datatype"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """What cannot stand where it stands, and what to write instead; of half of it rules may take account."""

    what: str
    remedy: str
    is_half: bool = False


_EXACT = (OWL.cardinality, OWL.qualifiedCardinality)
_LEAST = (OWL.minCardinality, OWL.minQualifiedCardinality)
_MOST = (OWL.maxCardinality, OWL.maxQualifiedCardinality)
_CONSTRUCTORS = (
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.complementOf,
    OWL.oneOf,
    OWL.datatypeComplementOf,
    OWL.withRestrictions,
    OWL.someValuesFrom,
    OWL.allValuesFrom,
    OWL.hasValue,
    OWL.hasSelf,
    *_EXACT,
    *_LEAST,
    *_MOST,
)
_CONSTRUCTING = frozenset(_CONSTRUCTORS)
_OF_DATA = (OWL.withRestrictions, OWL.datatypeComplementOf, OWL.onDatatype)
_IN_RDF = (RDF.PlainLiteral, RDF.XMLLiteral, RDF.HTML, RDF.langString, RDFS.Literal)
_UNKNOWN = (OWL.real, OWL.rational)  # datatypes of OWL 2 that its profile RL leaves out

_SHAPE = "keep it if readers need it, and check the data by a SHACL shape"
_SUPER = {
    OWL.unionOf: "no rule can tell which one it is: name a class above them, or state the one that holds",
    OWL.oneOf: f"no rule can tell which one it is: {_SHAPE} (sh:in)",
    OWL.someValuesFrom: f"no rule invents a value: state it, or {_SHAPE} (sh:minCount)",
    OWL.hasSelf: "state the property of each thing and itself",
    **dict.fromkeys(_LEAST, f"no rule invents a value: {_SHAPE} (sh:minCount)"),
    **dict.fromkeys(_EXACT, f"write owl:maxCardinality 1 if one is meant, and {_SHAPE} (sh:minCount)"),
    **dict.fromkeys(_MOST, f"only 0 and 1 are followed: {_SHAPE} (sh:maxCount)"),
}
_SUB = {
    OWL.complementOf: "what is not stated is not false: name a class of its own, and state who is in it",
    OWL.allValuesFrom: "there may be values that are not stated: state the class of each thing",
    OWL.hasSelf: "name a class, and state who is in it",
    **dict.fromkeys(_LEAST, "write owl:someValuesFrom owl:Thing if one value is enough"),
    **dict.fromkeys(
        (*_EXACT, *_MOST), "there may be values that are not stated: state the class of each thing"
    ),
}
_DATA = f"name one of the datatypes of XML Schema, and {_SHAPE} (sh:in, sh:pattern, sh:minInclusive)"


class ClassExpressions:
    """The class expressions and data ranges of some triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object_ in triples:
            self._said[subject][predicate].append(object_)

    def types(self, node: Node) -> frozenset[Node]:
        """The classes that a node is stated to be in."""
        return frozenset(self._of(node).get(RDF.type, ()))

    def constructs(self, predicate: Node) -> bool:
        """Whether a predicate leads from an expression to what it is made of."""
        return predicate in _CONSTRUCTING

    def is_data(self, node: Node) -> bool:
        """Whether a node is a datatype or a data range, as far as the triples tell."""
        if isinstance(node, URIRef) and (node.startswith(str(XSD)) or node in (*_IN_RDF, *_UNKNOWN)):
            return True
        said = self._of(node)
        members = [each for head in said.get(OWL.oneOf, ()) for each in self.members(head)]
        return (
            RDFS.Datatype in said.get(RDF.type, ())
            or any(predicate in said for predicate in _OF_DATA)
            or any(isinstance(member, Literal) for member in members)
        )

    def members(self, head: Node) -> Iterator[Node]:
        """The members of a list, as far as it goes."""
        seen: set[Node] = set()
        while head != RDF.nil and head not in seen:
            seen.add(head)
            yield from self._of(head).get(RDF.first, ())
            head = next(iter(self._of(head).get(RDF.rest, ())), RDF.nil)

    def misfits(self, node: Node, position: Position) -> Iterator[Misfit]:
        """What is outside in an expression in a position; a name is judged by its own axioms."""
        if position is Position.DATA and node in _UNKNOWN:
            yield Misfit(what=f"{_short(node)} {position}", remedy="write xsd:decimal")
        elif node == OWL.Thing and position in (Position.SUB, Position.EQUIVALENT):
            remedy = "name a class, and state who is in it"
            yield Misfit(what=f"owl:Thing {position}", remedy=remedy)
        elif isinstance(node, BNode):
            yield from self.own_misfits(node, position)

    def own_misfits(self, node: Node, position: Position) -> Iterator[Misfit]:
        """What is outside in the expression that the triples about a node make."""
        yield from self._own_misfits(node, position, frozenset())

    def _own_misfits(self, node: Node, position: Position, above: frozenset[Node]) -> Iterator[Misfit]:
        if node in above:  # an expression that is a part of itself
            return
        above = above | {node}
        for constructor in _CONSTRUCTORS:
            for value in self._of(node).get(constructor, ()):
                parts = self._parts(node, constructor, value, position)
                if parts is None:
                    yield self._misfit(node, constructor, value, position, above)
                    continue
                for part, where in parts:
                    if isinstance(part, BNode):
                        yield from self._own_misfits(part, where, above)
                    elif not (part == OWL.Thing and constructor != OWL.unionOf):
                        yield from self.misfits(part, where)

    def _parts(
        self, node: Node, constructor: Node, value: Node, position: Position
    ) -> list[tuple[Node, Position]] | None:
        """The parts of an expression that is allowed, each with its position; ``None`` when it is not."""
        if constructor == OWL.intersectionOf:
            return [(member, position) for member in self.members(value)]
        if position is Position.DATA:
            return None
        if constructor == OWL.hasValue:
            return []
        filler = Position.DATA if self.is_data(value) else position
        if position is Position.SUB:
            if constructor == OWL.unionOf:
                return [(member, position) for member in self.members(value)]
            if constructor == OWL.oneOf:
                return []
            return [(value, filler)] if constructor == OWL.someValuesFrom else None
        if position is Position.SUPER:
            if constructor == OWL.complementOf:
                return [(value, Position.SUB)]
            if constructor == OWL.allValuesFrom:
                return [(value, filler)]
            if constructor in _MOST and isinstance(value, Literal) and str(value).strip() in ("0", "1"):
                said = self._of(node)
                classes = [(each, Position.SUB) for each in said.get(OWL.onClass, ())]
                return classes + [(each, Position.DATA) for each in said.get(OWL.onDataRange, ())]
        return None

    def _misfit(
        self, node: Node, constructor: Node, value: Node, position: Position, above: frozenset[Node]
    ) -> Misfit:
        number = f" {value}" if constructor in (*_EXACT, *_LEAST, *_MOST) else ""
        what = f"{_short(constructor)}{number} {position}"
        if position is Position.DATA:
            return Misfit(what=what, remedy=_DATA)
        if position is Position.SUB:
            return Misfit(what=what, remedy=_SUB[URIRef(constructor)])
        if position is Position.SUPER:
            return Misfit(what=what, remedy=_SUPER[URIRef(constructor)])
        inside = above - {node}
        if not any(self._own_misfits(node, Position.SUB, inside)):
            remedy = "write it as a sub-class of the name, which is what the rules take from it"
            return Misfit(what=what, remedy=remedy, is_half=True)
        if not any(self._own_misfits(node, Position.SUPER, inside)):
            remedy = "write the name as a sub-class of it, which is what the rules take from it"
            return Misfit(what=what, remedy=remedy, is_half=True)
        return Misfit(what=what, remedy=(_SUPER | _SUB)[URIRef(constructor)])

    def _of(self, node: Node) -> Mapping[Node, list[Node]]:
        return self._said.get(node, {})


def _short(term: Node) -> str:
    return f"owl:{str(term).partition('#')[2]}"
