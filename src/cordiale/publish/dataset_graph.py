"""What a release says of itself: VoID and DCAT in one graph, and CITATION.cff."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile

import yaml
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, BNode, Literal, Namespace, URIRef

from cordiale.model.terms import Node, Triple, term_key

__all__ = ["DESCRIPTION_PREFIXES", "About", "Part", "citation", "description"]

_SPDX = Namespace("http://spdx.org/rdf/terms#")
# Of DCAT 3, which rdflib does not know yet.
_VERSION, _HAS_VERSION, _IS_VERSION_OF = (
    URIRef(str(DCAT) + name) for name in ("version", "hasVersion", "isVersionOf")
)
_MEDIA = "https://www.iana.org/assignments/media-types/"
_DUMPS = ("text/turtle", "application/n-triples", "application/rdf+xml")  # without named graphs
_SPACE = re.compile(".+[#/]")  # an IRI but for its local name
_WITH_HOST = re.compile(r"[a-z][a-z0-9+.-]*://[^/]+/|[a-z][a-z0-9+.-]*:[^/]")
_LICENCES = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)/?(?:[a-z]{2}/?)?")
_ZERO = re.compile(r"https?://creativecommons\.org/publicdomain/zero/1\.0/?.*")
DESCRIPTION_PREFIXES = {
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "spdx": str(_SPDX),
    "void": str(VOID),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a release is called, and by whom, under which licence."""

    iri: URIRef  # of the dataset, whatever its version
    titles: tuple[Literal, ...]  # the one in the project's first language first
    descriptions: tuple[Literal, ...]
    authors: tuple[str, ...]
    licence: URIRef
    version: str
    issued: str  # an XSD date; empty when nobody says
    url: str  # of the folder in which the files will be found; empty when nobody says
    publishers: tuple[str, ...] = ()

    @property
    def release(self) -> URIRef:
        """The IRI of the dataset in this version: docs/reference/addresses.md."""
        return URIRef(f"{self.iri}{self.version}" if self.iri[-1] in "/#" else f"{self.iri}/{self.version}")

    def part(self, name: str) -> URIRef:
        """The IRI of a part of this version, of which nothing is said elsewhere."""
        return URIRef(f"{self.release}{'/' if '#' in self.release else '#'}{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of a release."""

    path: str
    media_type: str
    about: str  # a phrase of what it holds
    content: bytes
    whole: bool = False  # it is the dataset itself, in one of its forms

    @property
    def digest(self) -> str:
        """Its SHA-256, in hexadecimal."""
        return sha256(self.content).hexdigest()


def description(
    about: About,
    parts: Iterable[Part],
    triples: Collection[Triple],
    things: str,
    links: Mapping[str, Collection[Triple]],
) -> Iterator[Triple]:
    """The release as a void:Dataset and a dcat:Dataset, with its files, its partitions and its linksets.

    What is said is said of this version, which has an IRI of its own. A file that has something else in it
    than the dataset, such as what follows from it, is the distribution of a dataset that is part of it.
    ``triples`` are the dataset, each once; ``things`` the namespace of its things; ``links`` what each
    mapping set states, by the IRI of its graph. https://www.w3.org/TR/void/,
    https://www.w3.org/TR/vocab-dcat-3/.
    """
    yield from _head(about)
    parts = tuple(parts)
    for part in parts:
        yield from _distribution(about, part)
    # One alone: the union of several would have each blank node several times.
    dump = next((part for part in parts if part.whole and part.media_type in _DUMPS), None)
    if about.url and dump:
        yield about.release, VOID.dataDump, URIRef(about.url + dump.path)
    yield from _statistics(about.release, triples, things)
    for graph, linked in sorted(links.items()):
        yield from _linksets(about, graph.removeprefix(about.iri), linked, things)


def citation(about: About) -> str:
    """CITATION.cff (https://citation-file-format.github.io/, version 1.2.0)."""
    told: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": str(about.titles[0]),
        "authors": [{"name": name} for name in about.authors],
        "version": about.version,
    }
    if about.issued:
        told["date-released"] = about.issued
    if about.descriptions:
        told["abstract"] = str(about.descriptions[0])
    spdx = _spdx(about.licence)
    told.update({"license": spdx} if spdx else {"license-url": str(about.licence)})
    told["identifiers"] = [{"type": "url", "value": str(about.iri), "description": "The dataset"}]
    if about.url:
        told["url"] = about.url
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)


def _spdx(licence: str) -> str:
    """The SPDX identifier of a licence of Creative Commons; of others, nothing."""
    if found := _LICENCES.fullmatch(licence):
        return f"CC-{found[1].upper()}-{found[2]}"
    return "CC0-1.0" if _ZERO.fullmatch(licence) else ""


def _head(about: About) -> Iterator[Triple]:
    release = about.release
    yield about.iri, RDF.type, DCAT.Dataset
    yield about.iri, _HAS_VERSION, release
    yield release, _IS_VERSION_OF, about.iri
    yield release, RDF.type, DCAT.Dataset
    yield release, RDF.type, VOID.Dataset
    for title in about.titles:
        yield about.iri, DCTERMS.title, title
        yield release, DCTERMS.title, title
    for text in about.descriptions:
        yield release, DCTERMS.description, text
    for predicate, names in ((DCTERMS.creator, about.authors), (DCTERMS.publisher, about.publishers)):
        for name in names:
            agent = BNode()
            yield release, predicate, agent
            yield agent, RDF.type, FOAF.Agent
            yield agent, FOAF.name, Literal(name)
    yield release, DCTERMS.license, about.licence
    yield release, _VERSION, Literal(about.version)
    if about.issued:
        yield release, DCTERMS.issued, Literal(about.issued, datatype=XSD.date, normalize=False)


def _distribution(about: About, part: Part) -> Iterator[Triple]:
    file, checksum = about.part(part.path), BNode()
    dataset = about.release
    if not part.whole:
        dataset = about.part(f"{part.path}/data")
        yield about.release, DCTERMS.hasPart, dataset
        yield dataset, RDF.type, DCAT.Dataset
        yield dataset, DCTERMS.isPartOf, about.release
        yield dataset, DCTERMS.title, Literal(part.about, lang="en")
        yield dataset, DCTERMS.license, about.licence
    yield dataset, DCAT.distribution, file
    yield file, RDF.type, DCAT.Distribution
    yield file, DCTERMS.title, Literal(part.path)
    yield file, DCTERMS.description, Literal(part.about, lang="en")
    yield file, DCTERMS.license, about.licence
    yield file, DCAT.mediaType, URIRef(_MEDIA + part.media_type)
    yield file, DCAT.byteSize, _count(len(part.content), XSD.nonNegativeInteger)
    yield file, _SPDX.checksum, checksum
    yield checksum, RDF.type, _SPDX.Checksum
    yield checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256
    yield checksum, _SPDX.checksumValue, Literal(part.digest, datatype=XSD.hexBinary, normalize=False)
    if about.url:
        yield file, DCAT.accessURL, URIRef(about.url)
        yield file, DCAT.downloadURL, URIRef(about.url + part.path)


def _statistics(dataset: URIRef, triples: Collection[Triple], things: str) -> Iterator[Triple]:
    subjects = {s for s, _, _ in triples}
    types: defaultdict[Node, set[Node]] = defaultdict(set)
    for s, p, o in triples:
        if p == RDF.type and isinstance(o, URIRef):
            types[o].add(s)
    uses = Counter(p for _, p, _ in triples)
    yield dataset, VOID.uriSpace, Literal(things)
    yield dataset, VOID.triples, _count(len(triples))
    yield (
        dataset,
        VOID.entities,
        _count(sum(isinstance(s, URIRef) and s.startswith(things) for s in subjects)),
    )
    yield dataset, VOID.distinctSubjects, _count(len(subjects))
    yield dataset, VOID.distinctObjects, _count(len({term_key(o) for _, _, o in triples}))
    yield dataset, VOID.classes, _count(len(types))
    yield dataset, VOID.properties, _count(len(uses))
    for kind, members in types.items():
        part = BNode()
        yield dataset, VOID.classPartition, part
        yield part, VOID["class"], kind
        yield part, VOID.entities, _count(len(members))
    for predicate, number in uses.items():
        part = BNode()
        yield dataset, VOID.propertyPartition, part
        yield part, VOID.property, predicate
        yield part, VOID.triples, _count(number)
    spaces = {found.group() for term in (*types, *uses) if (found := _SPACE.match(str(term)))}
    for space in spaces:
        yield dataset, VOID.vocabulary, URIRef(space)


def _linksets(about: About, name: str, triples: Collection[Triple], things: str) -> Iterator[Triple]:
    """A linkset for each predicate by which a mapping set links things to something elsewhere."""
    dataset = about.release
    links: defaultdict[Node, list[str]] = defaultdict(list)
    for s, p, o in triples:
        if (
            isinstance(s, URIRef)
            and s.startswith(things)
            and isinstance(o, URIRef)
            and not o.startswith(things)
        ):
            links[p].append(o)
    for predicate, objects in links.items():
        local = re.split("[#/]", str(predicate))[-1]
        linkset, target = about.part(f"{name}/{local}"), BNode()
        yield dataset, VOID.subset, linkset
        yield linkset, RDF.type, VOID.Linkset
        yield linkset, VOID.linkPredicate, predicate
        yield linkset, VOID.triples, _count(len(objects))
        yield linkset, VOID.subjectsTarget, dataset
        yield linkset, VOID.objectsTarget, target
        yield target, RDF.type, VOID.Dataset
        if space := _common_space(objects):
            yield target, VOID.uriSpace, Literal(space)


def _common_space(iris: Sequence[str]) -> str:
    """The namespace that all have in common, up to its last / or #; nothing that is less than a host."""
    # What the first and the last in order have in common, all between them have.
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(iris), max(iris), strict=False))
    prefix = "".join(one for one, _ in alike)
    space = prefix[: max(prefix.rfind("/"), prefix.rfind("#")) + 1]
    return space if _WITH_HOST.match(space) else ""


def _count(number: int, datatype: URIRef = XSD.integer) -> Literal:
    return Literal(str(number), datatype=datatype, normalize=False)
