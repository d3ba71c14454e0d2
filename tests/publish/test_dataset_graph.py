"""What a release says of itself: VoID, DCAT and CITATION.cff."""

from hashlib import sha256

import pytest
import yaml
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, VOID, XSD, Graph, Literal, URIRef

from cordiale.model.terms import Triple
from cordiale.publish.dataset_graph import About, Part, citation, description

EX = "https://example.org/"
THINGS = EX + "id/"
ADA, BOB, KIND, KNOWS = (
    URIRef(THINGS + "ada"),
    URIRef(THINGS + "bob"),
    URIRef(EX + "ns#Person"),
    URIRef(EX + "ns#knows"),
)
TRIPLES: tuple[Triple, ...] = (
    (ADA, RDF.type, KIND),
    (BOB, RDF.type, KIND),
    (ADA, KNOWS, BOB),
    (ADA, KNOWS, Literal("a", lang="en")),
    (ADA, KNOWS, Literal("a", lang="EN")),
    (KIND, RDF.type, URIRef("urn:kinds")),
)
LINKS: dict[str, tuple[Triple, ...]] = {
    EX + "source/links/w": (
        (ADA, SKOS.exactMatch, URIRef("https://w.org/entity/Q1")),
        (BOB, SKOS.exactMatch, URIRef("https://w.org/entity/Q20")),
        (BOB, FOAF.homepage, URIRef("https://a.org/")),
        (ADA, FOAF.homepage, URIRef("https://b.org/")),
        (ADA, SKOS.exactMatch, BOB),
        (KIND, SKOS.exactMatch, URIRef("https://w.org/entity/Q5")),
    )
}
PART = Part(
    path="graph.ttl", media_type="text/turtle", about="all of it", content=b"<a> <b> <c> .\n", whole=True
)
OTHERS = (
    Part(path="graph.nt", media_type="application/n-triples", about="again", content=b"", whole=True),
    Part(path="more.nt", media_type="application/n-triples", about="what follows", content=b"1"),
)


def about(**changes: object) -> About:
    """What the release is called, with some of it changed."""
    told: dict[str, object] = {
        "iri": URIRef(EX + "source/"),
        "titles": (Literal("People", lang="en"), Literal("Les gens", lang="fr")),
        "descriptions": (Literal("Who knows whom: all.", lang="en"),),
        "authors": ("Cy & Co",),
        "licence": URIRef("https://creativecommons.org/licenses/by-sa/4.0/"),
        "version": "1.0",
        "issued": "2026-11-29",
        "url": "",
    }
    return About(**{**told, **changes})  # type: ignore[arg-type]


def described(told: About, *more: Part) -> Graph:
    """The description as a graph."""
    graph = Graph()
    for triple in description(told, [PART, *more], TRIPLES, THINGS, LINKS):
        graph.add(triple)
    return graph


def test_statistics() -> None:
    """Triples, entities and partitions are counted; tags that differ in case are two objects."""
    graph, data = described(about()), about().release
    counts = {
        "triples": 6,
        "entities": 2,
        "distinctSubjects": 3,
        "distinctObjects": 5,
        "classes": 2,
        "properties": 2,
    }
    assert {name: int(str(graph.value(data, VOID[name]))) for name in counts} == counts
    classes = {
        graph.value(part, VOID["class"]): str(graph.value(part, VOID.entities))
        for part in graph.objects(data, VOID.classPartition)
    }
    assert classes == {KIND: "2", URIRef("urn:kinds"): "1"}
    properties = {
        graph.value(part, VOID.property): str(graph.value(part, VOID.triples))
        for part in graph.objects(data, VOID.propertyPartition)
    }
    assert properties == {RDF.type: "3", KNOWS: "3"}
    assert set(graph.objects(data, VOID.vocabulary)) == {URIRef(EX + "ns#"), URIRef(str(RDF))}
    assert graph.value(data, VOID.uriSpace) == Literal(THINGS)


def test_linksets() -> None:
    """A linkset for each predicate of a mapping set, with the namespace that its objects share."""
    graph = described(about())
    found = {
        str(each).removeprefix(f"{about().release}#"): (
            graph.value(each, VOID.linkPredicate),
            str(graph.value(each, VOID.triples)),
            graph.value(graph.value(each, VOID.objectsTarget), VOID.uriSpace),
        )
        for each in graph.subjects(RDF.type, VOID.Linkset)
    }
    assert found == {
        "links/w/exactMatch": (SKOS.exactMatch, "2", Literal("https://w.org/entity/")),
        "links/w/homepage": (FOAF.homepage, "2", None),
    }


@pytest.mark.parametrize("url", ["", "https://example.org/1.0/"])
def test_files(url: str) -> None:
    """Each file has its size, its kind and its SHA-256; an address only when somebody gives one."""
    graph = described(about(url=url))
    (file,) = graph.subjects(RDF.type, DCAT.Distribution)
    spdx = "http://spdx.org/rdf/terms#"
    checksum = graph.value(file, URIRef(spdx + "checksum"))
    assert graph.value(checksum, URIRef(spdx + "algorithm")) == URIRef(spdx + "checksumAlgorithm_sha256")
    value = graph.value(checksum, URIRef(spdx + "checksumValue"))
    assert str(value) == sha256(PART.content).hexdigest()
    assert graph.value(file, DCAT.byteSize) == Literal("14", datatype=XSD.nonNegativeInteger)
    assert str(graph.value(file, DCAT.mediaType)).endswith("/media-types/text/turtle")
    assert graph.value(file, DCTERMS.license) == about().licence
    address = URIRef(url + "graph.ttl") if url else None
    assert graph.value(file, DCAT.downloadURL) == address
    assert graph.value(about().release, VOID.dataDump) == address


def test_a_version_has_an_iri_of_its_own() -> None:
    """Two releases in one catalogue: each says what it is, and the dataset has both."""
    graph = described(about(publishers=("Press",))) + described(about(version="1.1"))
    data, version = URIRef(EX + "source/"), URIRef(f"{DCAT}version")
    releases = set(graph.objects(data, URIRef(f"{DCAT}hasVersion")))
    assert releases == {URIRef(EX + "source/1.0"), URIRef(EX + "source/1.1")}
    for release in releases:
        assert [str(each) for each in graph.objects(release, version)] == [str(release).rpartition("/")[2]]
        assert len(list(graph.objects(release, VOID.triples))) == 1
        assert len(list(graph.objects(release, DCAT.distribution))) == 1
        assert graph.value(release, URIRef(f"{DCAT}isVersionOf")) == data
    publishers = list(graph.subject_objects(DCTERMS.publisher))
    assert [(str(each), str(graph.value(who, FOAF.name))) for each, who in publishers] == [
        (EX + "source/1.0", "Press")
    ]
    for linkset in graph.subjects(RDF.type, VOID.Linkset):
        assert len(list(graph.objects(linkset, VOID.subjectsTarget))) == 1


@pytest.mark.parametrize(
    ("iri", "release", "part"),
    [
        ("x:s/", "x:s/1.0", "x:s/1.0#p"),
        ("x:s#", "x:s#1.0", "x:s#1.0/p"),
        ("x:s", "x:s/1.0", "x:s/1.0#p"),
    ],
)
def test_iris_of_versions(iri: str, release: str, part: str) -> None:
    """Whatever the namespace of sources ends in, they are IRIs, with one # at most."""
    told = about(iri=URIRef(iri))
    assert (str(told.release), str(told.part("p"))) == (release, part)


def test_what_is_no_form_of_the_dataset_is_a_part_of_it() -> None:
    """What follows is a dataset of its own; the dump is one file, and has what was counted."""
    graph = described(about(url="https://example.org/1.0/"), *OTHERS)
    release = about().release
    titles = {str(graph.value(each, DCTERMS.title)) for each in graph.objects(release, DCAT.distribution)}
    assert titles == {"graph.ttl", "graph.nt"}
    (part,) = graph.objects(release, DCTERMS.hasPart)
    assert graph.value(part, DCTERMS.isPartOf) == release
    assert graph.value(part, RDF.type) == DCAT.Dataset
    assert str(graph.value(graph.value(part, DCAT.distribution), DCTERMS.title)) == "more.nt"
    assert [str(each) for each in graph.objects(release, VOID.dataDump)] == [
        "https://example.org/1.0/graph.ttl"
    ]


def test_citation() -> None:
    """CITATION.cff says what its version 1.2.0 wants, odd texts quoted."""
    assert yaml.safe_load(citation(about(url="https://example.org/1.0/"))) == {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": "People",
        "authors": [{"name": "Cy & Co"}],
        "version": "1.0",
        "date-released": "2026-11-29",
        "abstract": "Who knows whom: all.",
        "license": "CC-BY-SA-4.0",
        "identifiers": [{"type": "url", "value": EX + "source/", "description": "The dataset"}],
        "url": "https://example.org/1.0/",
    }
    assert "date-released" not in citation(about(issued=""))


@pytest.mark.parametrize(
    ("licence", "key", "value"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "license", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by-nc/3.0/fr/", "license", "CC-BY-NC-3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "license", "CC0-1.0"),
        ("https://example.org/ours", "license-url", "https://example.org/ours"),
    ],
)
def test_licences(licence: str, key: str, value: str) -> None:
    """Licences of Creative Commons go by their SPDX identifier, others by their address."""
    assert yaml.safe_load(citation(about(licence=URIRef(licence))))[key] == value
