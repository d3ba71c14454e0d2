"""The pages of conflicts: what cannot all be right of one matter, and where else on the site it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from rdflib import DCTERMS, PROV, RDF, RDFS, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.project.conflicts import said_in_short
from cordiale.publish.site.addresses import addresses
from cordiale.publish.site.views import ConflictPage, RuleUse
from cordiale.publish.term_text import term_text

if TYPE_CHECKING:
    from cordiale.project.knowledge_graph import KnowledgeGraph
    from cordiale.trust.conflicts import Conflict

__all__ = ["Conflicts"]


class Conflicts:
    """The conflicts of one graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg

    @cached_property
    def pages(self) -> tuple[ConflictPage, ...]:
        """A page for each conflict, in the order in which they are listed."""
        rules = {
            rule.name: RuleUse(name=rule.name, text=said_in_short(self._kg, str(rule)), place=rule.place)
            for rule in self._kg.conflict_rules
        }
        return tuple(self._page(iri, conflict, rules) for iri, conflict in self._conflicts.items())

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The path of the page of each, by its IRI."""
        return addresses("conflict", {iri: self._name(each) for iri, each in self._conflicts.items()})

    @cached_property
    def by_statement(self) -> Mapping[tuple[Node, Node], tuple[URIRef, ...]]:
        """The conflicts in which something is said, by its subject and property."""
        found: dict[tuple[Node, Node], dict[URIRef, None]] = {}
        for iri, conflict in self._conflicts.items():
            for said in conflict.statements:
                found.setdefault(said.triple[:2], {})[iri] = None
        return {key: tuple(iris) for key, iris in found.items()}

    def triples(self, page: ConflictPage) -> Iterator[Triple]:
        """A conflict as RDF: what it is about, and its statements, each with the documents that make it."""
        yield page.iri, RDF.type, PROV.Entity
        for message in page.conflict.messages:
            yield page.iri, RDFS.label, Literal(message, lang="en")
        for term in page.conflict.about:
            yield page.iri, DCTERMS.subject, term
        for number, said in enumerate(page.conflict.statements, start=1):
            statement = BNode(f"statement{number}")
            subject, predicate, value = said.triple
            yield page.iri, DCTERMS.hasPart, statement
            yield statement, RDF.type, RDF.Statement
            yield statement, RDF.subject, subject
            yield statement, RDF.predicate, predicate
            yield statement, RDF.object, value
            for name in said.sources:
                yield statement, PROV.wasDerivedFrom, URIRef(self._kg.settings.sources + name)

    @cached_property
    def _conflicts(self) -> Mapping[URIRef, Conflict]:
        """The conflicts by IRI: that of their rule, and a digest of what they are about."""
        found = {}
        for each in self._kg.conflicts():
            about = sha256("\n".join((str(each.is_logical), *map(term_text, each.about))).encode())
            iri = f"{self._kg.settings.sources}conflict/{each.rule}/{about.hexdigest()[:12]}"
            found[URIRef(iri)] = each
        return found

    def _name(self, conflict: Conflict) -> str:
        """What a person reads in the address: the rule, and what it is about."""
        spaces = (self._kg.settings.things, self._kg.settings.terms)
        about = [str(term) for term in conflict.about]
        for space in spaces:
            about = [text.removeprefix(space) for text in about]
        return f"{conflict.rule}/{'-'.join(about).replace('/', '-')}"

    def _page(self, iri: URIRef, conflict: Conflict, rules: Mapping[str, RuleUse]) -> ConflictPage:
        sides = groupby(conflict.statements, key=lambda said: said.triple[:2])
        return ConflictPage(
            iri=iri,
            path=self.paths[iri],
            conflict=conflict,
            rule=None if conflict.is_logical else rules.get(conflict.rule),
            sides=tuple((subject, predicate, tuple(said)) for (subject, predicate), said in sides),
        )
