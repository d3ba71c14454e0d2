"""What a closure leaves out because it is endless, quadratic or trivial: decided when a triple is asked for.

OWL 2 Profiles, section 4.3: eq-ref (table 4), prp-ap (table 5), cls-thing and cls-nothing1 (table 6), the
rules on datatypes (table 8), the reflexive and outermost conclusions of scm-cls, scm-op and scm-dp (table 9).
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import OWL, RDF, RDFS, XSD, Literal

from cordiale.closure.entailments.facts import Facts
from cordiale.closure.rulebook.trivial import ANNOTATIONS
from cordiale.closure.values.literals import DATATYPE_MAP, canonical, is_value_of
from cordiale.closure.values.value_spaces import DATATYPES, are_disjoint, includes
from cordiale.model.terms import Node, Triple

__all__ = ["Known"]

_EVERYTHING = frozenset({OWL.Thing, RDFS.Resource})

_CLASS_TYPES = frozenset({OWL.Class, RDFS.Class, RDFS.Datatype, OWL.DataRange, OWL.Restriction})
_CLASS_TO_CLASS = frozenset({RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith, OWL.complementOf})
_CLASS_AS_OBJECT = frozenset({RDF.type, RDFS.domain, RDFS.range, OWL.someValuesFrom, OWL.allValuesFrom})

_PROPERTY_TYPES = frozenset(
    {
        RDF.Property,
        OWL.AnnotationProperty,
        OWL.AsymmetricProperty,
        OWL.DatatypeProperty,
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.IrreflexiveProperty,
        OWL.ObjectProperty,
        OWL.OntologyProperty,
        OWL.ReflexiveProperty,
        OWL.SymmetricProperty,
        OWL.TransitiveProperty,
    }
)
_PROPERTY_TO_PROPERTY = frozenset(
    {RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith}
)


class Known:
    """A closed graph, and what goes without saying in it.

    Two literals of one value are one here, whichever is asked for.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_value: dict[str, Literal] = {}
        self.facts = Facts(self.canonical(triple, learn=True) for triple in triples)

    def canonical(self, triple: Triple, *, learn: bool = False) -> Triple:
        """The triple with the literal that stands for all of its value."""
        subject, predicate, object_ = triple
        return (
            self._canonical_term(subject, learn=learn),
            predicate,
            self._canonical_term(object_, learn=learn),
        )

    def rule(self, triple: Triple) -> str | None:
        """The rule by which the triple holds, an empty name when it is there, ``None`` when it does not."""
        subject, predicate, object_ = triple = self.canonical(triple)
        if triple in self.facts:
            return ""
        if predicate == RDF.type:
            return self._type_rule(subject, object_)
        if predicate == OWL.sameAs:
            return self._same_rule(subject, object_)
        if predicate == OWL.differentFrom:
            return self._different_rule(subject, object_)
        return self._schema_rule(subject, predicate, object_)

    def is_class(self, term: Node) -> bool:
        """Whether the term is known to be a class."""
        facts = self.facts
        return (
            term in _EVERYTHING
            or term == OWL.Nothing
            or term in DATATYPES
            or any((term, RDF.type, kind) in facts for kind in _CLASS_TYPES)
            or any(facts.objects(term, p) or facts.subjects(p, term) for p in _CLASS_TO_CLASS)
            or any(facts.subjects(p, term) for p in _CLASS_AS_OBJECT)
        )

    def is_property(self, term: Node) -> bool:
        """Whether the term is known to be a property."""
        facts = self.facts
        return (
            term in ANNOTATIONS
            or any((term, RDF.type, kind) in facts for kind in _PROPERTY_TYPES)
            or any(facts.objects(term, p) or facts.subjects(p, term) for p in _PROPERTY_TO_PROPERTY)
            or bool(facts.objects(term, RDFS.domain) or facts.objects(term, RDFS.range))
            or bool(facts.subjects(OWL.onProperty, term) or facts.objects(term, OWL.propertyChainAxiom))
            or next(facts.pairs(term), None) is not None
        )

    def literals(self, term: Node) -> Iterator[Literal]:
        """The literals that have the term's value: itself, and those it is the same as."""
        if isinstance(term, Literal):
            yield term
        for other in (*self.facts.objects(term, OWL.sameAs), *self.facts.subjects(OWL.sameAs, term)):
            if isinstance(other, Literal):
                yield other

    def datatypes(self, term: Node) -> set[Node]:
        """The datatypes that the term is known to be in."""
        types = {kind for kind in self.facts.objects(term, RDF.type) if kind in DATATYPES}
        for value in self._values(term):
            types |= {
                kind for kind in DATATYPES if str(kind) in DATATYPE_MAP and is_value_of(value, str(kind))
            }
        return types

    def has_no_value(self, term: Node) -> bool:
        """Whether the term is in datatypes that share no value, so that the graph cannot be true."""
        return are_disjoint(self.datatypes(term))

    @cached_property
    def _universal(self) -> frozenset[Node]:
        """The classes that are known to have everything."""
        found: set[Node] = set(_EVERYTHING)
        queue = list(found)
        while queue:
            one = queue.pop()
            wider = {*self.facts.objects(one, RDFS.subClassOf), *self.facts.objects(one, OWL.equivalentClass)}
            queue.extend(wider - found)
            found |= wider
        return frozenset(found)

    def _canonical_term(self, term: Node, *, learn: bool = False) -> Node:
        if not isinstance(term, Literal):
            return term
        value = _value(term)
        if value is None:
            return term
        return self._by_value.setdefault(value, term) if learn else self._by_value.get(value, term)

    def _values(self, term: Node) -> set[str]:
        """The values that the term is known to have; more than one where the graph cannot be true."""
        return {value for literal in self.literals(term) if (value := _value(literal)) is not None}

    def _type_rule(self, subject: Node, class_: Node) -> str | None:
        if class_ in self._universal:
            return "scm-cls"
        if class_ == OWL.Class and subject in (OWL.Thing, OWL.Nothing):
            return "cls-thing" if subject == OWL.Thing else "cls-nothing1"
        if class_ == OWL.AnnotationProperty and subject in ANNOTATIONS:
            return "prp-ap"
        if class_ == RDFS.Datatype and subject in DATATYPES:
            return "dt-type1"
        return "dt-type2" if includes(class_, self.datatypes(subject)) else None

    def _same_rule(self, one: Node, other: Node) -> str | None:
        if one == other:
            return "eq-ref"
        if (other, OWL.sameAs, one) in self.facts:
            return "eq-sym"
        return "dt-eq" if self._values(one) & self._values(other) else None

    def _different_rule(self, one: Node, other: Node) -> str | None:
        pairs = ((a, b) for a in self._values(one) for b in self._values(other))
        return "dt-diff" if any(a != b for a, b in pairs) else None

    def _are_one(self, one: Node, other: Node) -> bool:
        return (
            one == other or (one, OWL.sameAs, other) in self.facts or (other, OWL.sameAs, one) in self.facts
        )

    def _schema_rule(self, subject: Node, predicate: Node, object_: Node) -> str | None:
        if predicate in (RDFS.subClassOf, OWL.equivalentClass):
            if self._are_one(subject, object_) and self.is_class(subject):
                return "scm-cls"
            if predicate == RDFS.subClassOf:
                return self._subclass_rule(subject, object_)
        elif predicate in (RDFS.subPropertyOf, OWL.equivalentProperty):
            if self._are_one(subject, object_) and self.is_property(subject):
                return "scm-op"
        elif predicate in (RDFS.domain, RDFS.range) and object_ in self._universal:
            return "scm-cls" if self.is_property(subject) else None
        elif predicate == OWL.disjointWith and {subject, object_} <= DATATYPES:
            return "dt-diff" if are_disjoint((subject, object_)) else None
        return None

    def _subclass_rule(self, subject: Node, object_: Node) -> str | None:
        if (object_ in self._universal and self.is_class(subject)) or (
            subject == OWL.Nothing and self.is_class(object_)
        ):
            return "scm-cls"
        return "dt-type2" if includes(object_, (subject,)) else None


def _value(literal: Literal) -> str | None:
    """What stands for the literal's value; ``None`` where it has none or its datatype is unknown."""
    return canonical(str(literal), str(literal.datatype or XSD.string), literal.language or "")
