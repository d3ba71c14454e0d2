"""The pages of documents: what each says alone and with others, and what falls without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rdflib import DCTERMS, RDF, URIRef

from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.site.facts import CORD
from cordiale.publish.site.views import Claim, DocumentPage, RestingOn, Statement
from cordiale.trust.withdrawal import Withdrawal, withdrawal

if TYPE_CHECKING:
    from cordiale.project.site.pages import Pages

__all__ = ["MOST_LISTED", "document_page", "document_triples"]

MOST_LISTED = 400  # of one list; the twin in Turtle has all


def document_page(pages: Pages, source: Source) -> DocumentPage:
    """The page of a document, or of one that only the catalogue knows."""
    facts, name = pages.facts, source.name
    stated = sorted(set(facts.kg.stated.get(name, ())), key=_key)
    others = {each: tuple(n for n in facts.stated_by[each] if n != name) for each in stated}
    alone = [Statement(triple=each, others=()) for each in stated if not others[each]]
    shared = [Statement(triple=each, others=others[each]) for each in stated if others[each]]
    found = _without(pages, source)
    falls = sorted(found.falls, key=lambda each: (each.asserted, _key(each.triple)))
    return DocumentPage(
        source=source,
        page=next(iter(pages.thing_pages(source.iri))),
        claims=tuple(_claim(pages, each) for each in _claims(pages, source)),
        alone=tuple(alone[:MOST_LISTED]),
        alone_count=len(alone),
        shared=tuple(shared[:MOST_LISTED]),
        shared_count=len(shared),
        falls=tuple(
            RestingOn(triple=each.triple, asserted=each.asserted, before=each.before)
            for each in falls[:MOST_LISTED]
        ),
        falls_count=len(falls),
        inferred_alone=sum(not each.asserted for each in falls),
        survives_count=len(found.survives),
        chains=found.chains,
    )


def document_triples(pages: Pages, source: Source) -> tuple[Triple, ...]:
    """What is known of a document, and what it states."""
    stated = pages.facts.kg.stated.get(source.name, ())
    return tuple(dict.fromkeys((*pages.described(source.iri), *stated)))


def _without(pages: Pages, source: Source) -> Withdrawal:
    if source.trusted:
        return Withdrawal(withdrawn=(), chains=(), falls=(), survives=())
    kg = pages.facts.kg
    return withdrawal(kg.supported, frozenset({source.name}), kg.resting, kg.closed_without)


def _claims(pages: Pages, source: Source) -> list[URIRef]:
    made_in = URIRef(CORD + "madeIn")
    claims = {s for s, p, _ in pages.facts.by_value.get(source.iri, ()) if p == made_in}
    return sorted((each for each in claims if isinstance(each, URIRef)), key=lambda each: _order(pages, each))


def _order(pages: Pages, claim: URIRef) -> tuple[list[tuple[int, str]], str]:
    """By number: P4.2 comes before P4.10."""
    number = str(pages.facts.value(claim, DCTERMS.identifier) or "")
    parts = number.replace("-", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts], str(claim)


def _claim(pages: Pages, claim: URIRef) -> Claim:
    facts = pages.facts
    triples = facts.by_subject.get(claim, ())
    cited = [cast(URIRef, o) for _, p, o in triples if p == URIRef(CORD + "cites")]
    return Claim(
        claim=claim,
        number=str(facts.value(claim, DCTERMS.identifier) or ""),
        kinds=tuple(o for _, p, o in triples if p == URIRef(CORD + "claimKind")),
        cites=tuple((each, facts.value(each, URIRef(CORD + "access"))) for each in cited),
    )


def _key(triple: Triple) -> tuple[bool, list[tuple[int, str, str, str]]]:
    subject, predicate, value = triple
    terms: tuple[Node, ...] = (subject, predicate, value)
    return predicate == RDF.type, [term_key(term) for term in terms]
