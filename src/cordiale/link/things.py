"""The things of a graph as records, so that they can be held against those of a register."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Literal, URIRef
from rdflib.term import Node as RdfNode

from cordiale.link.identifiers import identifier
from cordiale.link.records import Name, Record

__all__ = ["records_of_graph"]

# Public classes that a project's own are aligned to.
_KINDS = {
    FOAF.Person: "person",
    SDO.Person: "person",
    FOAF.Organization: "organisation",
    ORG.Organization: "organisation",
    SDO.Organization: "organisation",
    ORG.FormalOrganization: "organisation",
    FOAF.Agent: "",
    SDO.CollegeOrUniversity: "education",
    SDO.EducationalOrganization: "education",
    SDO.Corporation: "company",
    SDO.GovernmentOrganization: "government",
    SDO.Hospital: "healthcare",
    PROV.Activity: "event",
    SDO.Event: "event",
    SDO.Place: "place",
    FOAF.Document: "work",
}
_SAME = (SKOS.exactMatch, OWL.sameAs)
_PAGES = (FOAF.homepage, SDO.url)
_ABOVE = (ORG.subOrganizationOf, ORG.unitOf)

Triples = Iterable[tuple[RdfNode, RdfNode, RdfNode]]


def records_of_graph(triples: Triples, *, space: str) -> tuple[Record, ...]:
    """The named things whose IRI begins with ``space``, in order of IRI; classes are followed upwards."""
    facts: defaultdict[RdfNode, defaultdict[RdfNode, list[RdfNode]]] = defaultdict(lambda: defaultdict(list))
    above: defaultdict[RdfNode, set[RdfNode]] = defaultdict(set)
    for subject, predicate, value in triples:
        facts[subject][predicate].append(value)
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            above[subject].add(value)
    part_of = tuple(
        sorted(
            term
            for term in {*above, *_ABOVE}
            if isinstance(term, URIRef) and _reach((term,), above) & {*_ABOVE}
        )
    )
    things = sorted(
        str(thing)
        for thing, held in facts.items()
        if isinstance(thing, URIRef) and thing.startswith(space) and RDFS.label in held and RDF.type in held
    )
    return tuple(_record(thing, facts[URIRef(thing)], above, part_of) for thing in things)


def _record(
    thing: str,
    held: Mapping[RdfNode, list[RdfNode]],
    above: Mapping[RdfNode, set[RdfNode]],
    part_of: tuple[URIRef, ...],
) -> Record:
    known = [str(each) for predicate in _SAME for each in held.get(predicate, ())]
    return Record(
        id=thing,
        names=tuple(_names(held)),
        types=_kinds(held.get(RDF.type, ()), above),
        identifiers=tuple((found.scheme, iri) for iri in sorted(known) if (found := identifier(iri))),
        websites=tuple(sorted(str(each) for predicate in _PAGES for each in held.get(predicate, ()))),
        parents=tuple(sorted({str(each) for predicate in part_of for each in held.get(predicate, ())})),
    )


def _names(held: Mapping[RdfNode, list[RdfNode]]) -> Iterable[Name]:
    seen: set[str] = set()
    for predicate, kind in ((RDFS.label, "label"), (SKOS.prefLabel, "label"), (SKOS.altLabel, "alias")):
        for value in sorted(
            held.get(predicate, ()), key=lambda each: (getattr(each, "language", None) or "", each)
        ):
            if isinstance(value, Literal) and str(value) not in seen:
                seen.add(str(value))
                short = " " not in str(value) and str(value).isupper()
                yield Name(
                    text=str(value),
                    kind="acronym" if short and kind == "alias" else kind,
                    language=value.language,
                )


def _kinds(types: Iterable[RdfNode], above: Mapping[RdfNode, set[RdfNode]]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                kind
                for each in _reach(types, above)
                if isinstance(each, URIRef) and (kind := _KINDS.get(each, ""))
            }
        )
    )


def _reach(starts: Iterable[RdfNode], above: Mapping[RdfNode, set[RdfNode]]) -> set[RdfNode]:
    """The classes or properties themselves, and all above them."""
    seen: set[RdfNode] = set()
    waiting = list(starts)
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += above.get(each, ())
    return seen
