"""Records of Wikidata, from its RDF (truthy statements) or entity JSON, as far as they tell things apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from cordiale.link.names import words
from cordiale.link.places import Places, places_of
from cordiale.link.records import Name, Record
from cordiale.link.turtle_blocks import Blocks
from cordiale.link.wikidata_graph import add_entity, add_truthy
from cordiale.link.wikidata_model import Entity, Text
from cordiale.link.wikidata_names import NAMESPACES

__all__ = ["LANGUAGES", "triples_of", "wikidata_records"]

LANGUAGES = ("en", "fr")

_ENTITY = "http://www.wikidata.org/entity/"
_DIRECT = "http://www.wikidata.org/prop/direct/"
_LABELS = {
    "http://www.w3.org/2000/01/rdf-schema#label": "label",
    "http://www.w3.org/2004/02/skos/core#prefLabel": "label",
    "http://www.w3.org/2004/02/skos/core#altLabel": "alias",
    f"{_DIRECT}P1448": "alias",  # official name
    f"{_DIRECT}P1705": "alias",  # native label
    f"{_DIRECT}P1813": "acronym",  # short name
}
_SCHEMES = {"P6782": "ror", "P2427": "grid", "P213": "isni", "P496": "orcid"}
_KINDS = {
    "Q5": "person",
    "Q2385804": "education",
    "Q3918": "education",
    "Q3914": "education",
    "Q31855": "facility",
    "Q483242": "facility",
    "Q16917": "healthcare",
    "Q4287745": "healthcare",
    "Q783794": "company",
    "Q4830453": "company",
    "Q6881511": "company",
    "Q327333": "government",
    "Q192350": "government",
    "Q43229": "organisation",
    "Q163740": "organisation",
    "Q2221906": "place",
    "Q486972": "place",
    "Q15642541": "place",
    "Q386724": "work",
    "Q16521": "taxon",
}


def triples_of(entities: Iterable[Entity], *, languages: Iterable[str] = LANGUAGES) -> Iterator[Quad]:
    """What Wikidata's RDF says of entities: names in these languages, or in any, and truthy statements."""
    wanted = frozenset(languages)

    def chosen(texts: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(text for text in texts if text[0].split("-")[0] in wanted)

    for entity in entities:
        blocks = Blocks()
        told = replace(
            entity,
            labels=chosen(entity.labels) or entity.labels[:1],
            descriptions=chosen(entity.descriptions),
            aliases=chosen(entity.aliases),
            sitelinks=(),
        )
        add_entity(blocks, told)
        add_truthy(blocks, told)
        yield from parse(blocks.text(NAMESPACES, entity.id), format=RdfFormat.TURTLE)


def wikidata_records(triples: Iterable[Quad], *, languages: Iterable[str] = LANGUAGES) -> Iterator[Record]:
    """The items that have a name, in the order of their numbers.

    Raises:
        SyntaxError: the triples cannot be read, when they are parsed on the way.
    """
    wanted = frozenset(languages)
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: defaultdict[str, list[Name]] = defaultdict(list)
    for quad in triples:
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(_ENTITY):
            continue
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        item = subject.removeprefix(_ENTITY)
        kind = _LABELS.get(predicate)
        if kind and isinstance(value, Literal):
            if not value.language or value.language.split("-")[0] in wanted or kind != "alias":
                names[item].append(Name(text=value.value, kind=kind, language=value.language))
        elif isinstance(value, Literal | NamedNode):
            facts[item][predicate.rsplit("/", 1)[-1] if predicate.startswith(_DIRECT) else predicate].append(
                value.value
            )
    above = {
        item: [value.removeprefix(_ENTITY) for value in held["P279"]]
        for item, held in facts.items()
        if "P279" in held
    }
    countries = places_of(())
    for item in sorted(names, key=lambda item: (len(item), item)):
        yield _record(
            item, sorted(names[item], key=lambda name: name.kind != "label"), facts[item], above, countries
        )


def _record(
    item: str,
    names: Sequence[Name],
    held: Mapping[str, Sequence[str]],
    above: Mapping[str, Sequence[str]],
    countries: Places,
) -> Record:
    """The record of an item; years before 1 are left out; a description that names one country places it."""
    kinds = {kind for value in held["P31"] for kind in _kinds(value.removeprefix(_ENTITY), above)}
    description = " ".join(held["http://schema.org/description"][:1])
    where = {code for place in countries.said(words(description)) for code in place.countries}
    years = [value.lstrip("+")[:4] for value in held["P571"] if not value.startswith("-")]
    identifiers = [(scheme, value) for number, scheme in _SCHEMES.items() for value in held[number]]
    return Record(
        id=_ENTITY + item,
        names=tuple(names),
        types=tuple(sorted(kinds)),
        countries=tuple(sorted(where)) if len(where) == 1 else (),
        established=int(years[0]) if years and years[0].isdigit() else None,
        identifiers=(("wikidata", item), *identifiers),
        websites=tuple(held["P856"]),
        description=description,
    )


def _kinds(start: str, above: Mapping[str, Sequence[str]]) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += above.get(each, [])
    return {_KINDS[each] for each in seen if each in _KINDS}
