"""The things of a graph as records, so that they can be held against those of a register."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Dataset, Literal, Namespace, URIRef
from rdflib.term import Node as RdfNode

from cordiale.link.identifiers import identifier
from cordiale.link.names import words
from cordiale.link.places import places_of
from cordiale.link.records import Name, Record
from cordiale.model.prefixes import PREFIXES

__all__ = ["SAME", "Triples", "kinds_in", "linked_pairs", "records_of_graph"]

_CORD = Namespace(PREFIXES["cord"])

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
SAME = (SKOS.exactMatch, OWL.sameAs)  # a link to a record, the second where the settings ask for it
_PAGES = (FOAF.homepage, SDO.url)
_ABOVE = (ORG.subOrganizationOf, ORG.unitOf)
_BEGUN = (SDO.foundingDate, _CORD.foundedOn, _CORD.createdOn)
_PLACED = (SDO.location, SDO.containedInPlace, _CORD.locatedAt)
_YEAR = re.compile("[0-9]{4}(?![0-9])")
_COUNTRIES = places_of(())

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
    return tuple(_record(thing, facts, above, part_of) for thing in things)


def linked_pairs(dataset: Dataset) -> Iterator[tuple[RdfNode, RdfNode]]:
    """Each thing and each record that a dataset links it to."""
    for predicate in SAME:
        for subject, _, value, _ in dataset.quads((None, predicate, None, None)):
            yield subject, value


def kinds_in(triples: Triples, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Of what kinds (person, organisation, ...) things are by their classes and those above them."""
    types: defaultdict[RdfNode, list[RdfNode]] = defaultdict(list)
    above: defaultdict[RdfNode, set[RdfNode]] = defaultdict(set)
    for subject, predicate, value in triples:
        if predicate == RDF.type:
            types[subject].append(value)
        elif predicate == RDFS.subClassOf:
            above[subject].add(value)
    return {thing: _kinds(types.get(URIRef(thing), ()), above) for thing in things}


def _record(
    thing: str,
    facts: Mapping[RdfNode, Mapping[RdfNode, list[RdfNode]]],
    above: Mapping[RdfNode, set[RdfNode]],
    part_of: tuple[URIRef, ...],
) -> Record:
    held = facts[URIRef(thing)]
    countries, cities = _places(URIRef(thing), facts, above)
    known = [str(each) for predicate in SAME for each in held.get(predicate, ())]
    return Record(
        id=thing,
        names=tuple(_names(held)),
        types=_kinds(held.get(RDF.type, ()), above),
        countries=countries,
        cities=cities,
        established=_year(held),
        identifiers=tuple((found.scheme, iri) for iri in sorted(known) if (found := identifier(iri))),
        websites=tuple(sorted(str(each) for predicate in _PAGES for each in held.get(predicate, ()))),
        parents=tuple(sorted({str(each) for predicate in part_of for each in held.get(predicate, ())})),
    )


def _places(
    thing: URIRef,
    facts: Mapping[RdfNode, Mapping[RdfNode, list[RdfNode]]],
    above: Mapping[RdfNode, set[RdfNode]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries in which a thing is, by their codes, and the names of the other places."""
    countries: set[str] = set()
    cities: set[str] = set()
    seen: set[RdfNode] = {thing}
    waiting: list[RdfNode] = [thing]
    while waiting:
        at = facts.get(waiting.pop(), {})
        for place in {each for predicate in _PLACED for each in at.get(predicate, ())} - seen:
            seen.add(place)
            waiting.append(place)
            said = facts.get(place, {})
            if "place" in _kinds(said.get(RDF.type, ()), above):
                names = [str(name) for name in said.get(RDFS.label, ())]
                codes = {code for name in names if (code := _COUNTRIES.country(words(name)))}
                countries |= codes
                cities |= set() if codes else set(names)
    return tuple(sorted(countries)), tuple(sorted(cities))


def _year(held: Mapping[RdfNode, list[RdfNode]]) -> int | None:
    """The year in which a thing began, where all who say so agree."""
    years = {
        int(found[0])
        for predicate in _BEGUN
        for value in held.get(predicate, ())
        if isinstance(value, Literal) and (found := _YEAR.match(value))
    }
    return years.pop() if len(years) == 1 else None


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
