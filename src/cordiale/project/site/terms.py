"""The terms of the ontology: what is laid down of each, and where it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple, term_key
from cordiale.publish.site.views import Axiom, RuleUse, ShapeUse, TermPage, ThingPage

if TYPE_CHECKING:
    from cordiale.project.site.pages import Pages

__all__ = ["Terms"]

_MOST_EXAMPLES = 10
_DEFINITIONS = (SKOS.definition, RDFS.comment)
# What a triple with the term as subject says, as a key of the site's wording; its value is a term or a list.
_SAID: Mapping[URIRef, str] = {
    OWL.disjointWith: "axiom_disjoint",
    OWL.equivalentClass: "axiom_same",
    OWL.equivalentProperty: "axiom_same",
    OWL.intersectionOf: "axiom_all_of",
    OWL.inverseOf: "axiom_inverse",
    OWL.oneOf: "axiom_members",
    OWL.propertyChainAxiom: "axiom_chain",
    OWL.propertyDisjointWith: "axiom_apart",
    OWL.unionOf: "axiom_any_of",
    RDFS.domain: "axiom_domain",
    RDFS.range: "axiom_range",
    RDFS.subClassOf: "axiom_kind",
    RDFS.subPropertyOf: "axiom_implies",
}
# And one with the term as value.
_SAID_BY_OTHERS: Mapping[URIRef, str] = {
    OWL.disjointWith: "axiom_disjoint",
    OWL.equivalentClass: "axiom_same",
    OWL.equivalentProperty: "axiom_same",
    OWL.inverseOf: "axiom_inverse",
    OWL.propertyDisjointWith: "axiom_apart",
    RDFS.subClassOf: "axiom_kinds",
    RDFS.subPropertyOf: "axiom_implied",
}
_RESTRICTED: Mapping[Node, str] = {
    OWL.allValuesFrom: "axiom_only",
    OWL.hasValue: "axiom_value",
    OWL.someValuesFrom: "axiom_some",
}
_TYPES: Mapping[Node, str] = {
    OWL.AsymmetricProperty: "axiom_asymmetric",
    OWL.FunctionalProperty: "axiom_functional",
    OWL.InverseFunctionalProperty: "axiom_inverse_functional",
    OWL.IrreflexiveProperty: "axiom_irreflexive",
    OWL.SymmetricProperty: "axiom_symmetric",
    OWL.TransitiveProperty: "axiom_transitive",
}
_ORDER = ("axiom_kind", "axiom_kinds", "axiom_implies", "axiom_implied", "axiom_domain", "axiom_range")


class Terms:
    """The terms of one graph's ontology."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._facts = pages.facts
        self._kg = pages.kg

    def page(self, term: URIRef, page: ThingPage) -> TermPage:
        """A term: its definition and axioms, where it is used, with examples."""
        uses = self._uses.get(term, ())
        written = (self._kg.names.shorten(term), f"<{term}>")
        questions = (each for each in self._kg.questions if any(_names(each.text, name) for name in written))
        return TermPage(
            page=page,
            fragment=term.removeprefix(self._kg.settings.terms),
            kind=self._kind(term),
            definitions=self._definitions(term),
            axioms=tuple(self._axioms(term)),
            questions=tuple(map(self._pages.question_iri, questions)),
            shapes=self._shapes.get(term, ()),
            rules=tuple(self._rules(term)),
            uses=len(uses),
            inferred=self._inferred_uses[term],
            examples=tuple(uses[:_MOST_EXAMPLES]),
        )

    def broader(self) -> Mapping[URIRef, tuple[URIRef, ...]]:
        """Each class of the ontology with those of its classes that it is directly a kind of."""
        classes = [term for term in self._pages.terms if self._kind(term) == "class"]
        own = frozenset(classes)
        return {
            each: tuple(o for o in self._values(each, RDFS.subClassOf) if o in own and isinstance(o, URIRef))
            for each in classes
        }

    def _kind(self, term: URIRef) -> str:
        types = {o for _, p, o in self._facts.by_subject.get(term, ()) if p == RDF.type}
        if types & {OWL.Class, RDFS.Class}:
            return "class"
        if types & {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}:
            return "property"
        return "other"

    def _definitions(self, term: URIRef) -> tuple[Literal, ...]:
        for predicate in _DEFINITIONS:
            found = tuple(o for o in self._values(term, predicate) if isinstance(o, Literal))
            if found:
                return found
        return ()

    def _values(self, term: Node, predicate: URIRef) -> list[Node]:
        """The stated values of a property."""
        facts = self._facts
        triples = (each for each in facts.by_subject.get(term, ()) if each[1] == predicate)
        return sorted((each[2] for each in triples if each in facts.stated_by), key=term_key)

    def _axioms(self, term: URIRef) -> Iterator[Axiom]:
        """What is stated of a term in the words of OWL, the hierarchy first."""
        found = [*self._told(term), *self._told_elsewhere(term)]
        order = {key: place for place, key in enumerate(_ORDER)}
        yield from sorted(found, key=lambda each: order.get(each.key, len(_ORDER)))

    def _told(self, term: URIRef) -> Iterator[Axiom]:
        for predicate, key in _SAID.items():
            named: list[Node] = []
            for value in self._values(term, predicate):
                restricted = next(self._restriction(value), None)
                if restricted:
                    yield restricted
                elif members := self._members(value):
                    yield Axiom(key=key, parts=(members,))
                else:
                    named.append(value)
            if named:
                yield Axiom(key=key, parts=(tuple(named),))
        for type_ in self._values(term, RDF.type):
            if type_ in _TYPES:
                yield Axiom(key=_TYPES[type_], parts=())
        if term in self._facts.single_valued:
            yield Axiom(key="axiom_single", parts=())

    def _told_elsewhere(self, term: URIRef) -> Iterator[Axiom]:
        """What other terms, and lists of classes that exclude one another, say of a term."""
        about = [each for each in self._facts.by_value.get(term, ()) if each in self._facts.stated_by]
        for predicate, key in _SAID_BY_OTHERS.items():
            others = tuple(sorted(s for s, p, _ in about if p == predicate and isinstance(s, URIRef)))
            if others:
                yield Axiom(key=key, parts=(others,))
        for members in self._apart:
            if term in members:
                rest = tuple(each for each in members if each != term)
                yield Axiom(key="axiom_disjoint", parts=(rest,))

    @cached_property
    def _apart(self) -> tuple[tuple[Node, ...], ...]:
        """The lists of classes of which nothing is in two."""
        lists = [o for _, p, o in self._facts.stated_by if p == OWL.members]
        return tuple(members for each in sorted(lists, key=term_key) if (members := self._members(each)))

    def _members(self, node: Node) -> tuple[Node, ...]:
        """The members of a list; none where it is no list."""
        found: list[Node] = []
        seen: set[Node] = set()
        while isinstance(node, BNode) and node not in seen:
            seen.add(node)
            said = {p: o for _, p, o in self._facts.by_subject.get(node, ())}
            if RDF.first not in said:
                break
            found.append(said[RDF.first])
            node = said.get(RDF.rest, RDF.nil)
        return tuple(found)

    def _restriction(self, node: Node) -> Iterator[Axiom]:
        said = {p: o for _, p, o in self._facts.by_subject.get(node, ())} if isinstance(node, BNode) else {}
        for predicate, key in _RESTRICTED.items():
            if predicate in said and OWL.onProperty in said:
                yield Axiom(key=key, parts=((said[OWL.onProperty],), (said[predicate],)))

    @cached_property
    def _uses(self) -> Mapping[Node, list[Triple]]:
        """The stated triples about things that use each term, as property or as class."""
        found: dict[Node, list[Triple]] = {}
        about = filter(self._is_about_things, self._facts.stated_by)
        for triple in sorted(about, key=lambda triple: [*map(term_key, triple)]):
            found.setdefault(_used(triple), []).append(triple)
        return found

    @cached_property
    def _inferred_uses(self) -> Counter[Node]:
        """How many inferred triples about things use each term."""
        return Counter(map(_used, filter(self._is_about_things, self._kg.closure.inferred)))

    def _is_about_things(self, triple: Triple) -> bool:
        return str(triple[0]).startswith((self._kg.settings.things, self._kg.settings.sources))

    @cached_property
    def _shapes(self) -> Mapping[Node, tuple[ShapeUse, ...]]:
        """The shapes that name each term, themselves or in a part without a name."""
        graph = self._kg.shapes
        found: dict[Node, list[ShapeUse]] = {}
        for shape in sorted(each for each in set(graph.subjects()) if isinstance(each, URIRef)):
            messages = [o for o in graph.objects(shape, SH.message) if isinstance(o, Literal)]
            use = ShapeUse(shape=shape, messages=tuple(sorted(messages, key=term_key)))
            agenda: list[Node] = [shape]
            named: set[Node] = set()
            while agenda:
                for predicate, value in cast("Iterator[tuple[Node, Node]]", graph[agenda.pop()]):
                    if value not in named:
                        named |= {predicate, value}
                        agenda += [value] if isinstance(value, BNode) else []
            for term in named:
                found.setdefault(term, []).append(use)
        return {term: tuple(uses) for term, uses in found.items()}

    def _rules(self, term: URIRef) -> Iterator[RuleUse]:
        for rule in self._kg.conflict_rules:
            if f"<{term}>" in str(rule):
                yield RuleUse(name=rule.name, text=str(rule), place=rule.place)


def _used(triple: Triple) -> Node:
    """The term that a triple about a thing uses: its class, or its property."""
    return triple[2] if triple[1] == RDF.type else triple[1]


def _names(text: str, name: str) -> bool:
    """Whether a query names a term: not only as the beginning of another name."""
    start = text.find(name)
    while start >= 0:
        after = text[start + len(name) : start + len(name) + 1]
        if not (after.isalnum() or after in ("-", "_")) or name.endswith(">"):
            return True
        start = text.find(name, start + 1)
    return False
