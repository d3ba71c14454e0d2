"""``cordiale.closure(...)``: what it takes, and what it gives back."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef

import cordiale
import cordiale.closure.engine
from cordiale.closure.consequences import Consequences, EngineName, close
from cordiale.model.errors import MachineError, SourceError, UsageError
from cordiale.model.terms import Triple

EX = "https://example.org/"
TURTLE = f"""
@prefix : <{EX}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Bridge rdfs:subClassOf :Work .
:pont-neuf a :Bridge .
"""
CLASH = TURTLE + ":Work owl:disjointWith :Bridge .\n"
FOLLOWS = {(URIRef(EX + "pont-neuf"), RDF.type, URIRef(EX + "Work"))}


def as_dataset() -> Dataset:
    dataset = Dataset()
    for number, triple in enumerate(Graph().parse(data=TURTLE)):
        dataset.graph(URIRef(f"{EX}g{number}")).add(triple)
    return dataset


def as_store() -> ox.Store:
    store = ox.Store()
    store.load(TURTLE, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(EX + "g"))
    return store


def test_the_package_is_the_function() -> None:
    """The package can be called, its modules can be imported, and a typed name does the same."""
    found = cordiale.closure(Graph().parse(data=TURTLE))  # type: ignore[operator]
    assert isinstance(found, Consequences)
    assert set(found) == set(cordiale.reason(Graph().parse(data=TURTLE))) == FOLLOWS
    assert cordiale.closure.engine.Closure.__name__ == "Closure"


@pytest.mark.parametrize("engine", ["duckdb", "owlrl"])
def test_what_is_taken(tmp_path: Path, engine: EngineName) -> None:
    """Graphs, datasets with all their graphs, stores, triples, and paths of every kind."""
    (tmp_path / "a.ttl").write_text(TURTLE)
    (tmp_path / "b.nt.gz").write_bytes(gzip.compress(b"<x:a> <x:b> <x:c> .\n"))
    graph = Graph().parse(data=TURTLE)
    paths = [tmp_path / "a.ttl", str(tmp_path / "b.nt.gz")]
    for given in (
        graph,
        as_dataset(),
        as_store(),
        list(graph),
        tmp_path / "a.ttl",
        str(tmp_path / "a.ttl"),
        paths,
    ):
        assert set(close(given, engine=engine)) == FOLLOWS  # type: ignore[arg-type]
    assert set(close([], engine=engine)) == set()


def test_what_is_given_back() -> None:
    """Triples with the terms of the graph, a graph with its prefixes, a store, and how many there are."""
    found = close(Graph().parse(data=TURTLE))
    assert (len(found), set(found), set(found.to_graph())) == (1, FOLLOWS, FOLLOWS)
    assert found.prefixes[""] == EX
    assert [str(quad.object.value) for quad in found.to_store()] == [EX + "Work"]
    assert (found.clashes, bool(found.left_out)) == ((), True)
    assert found.entails(Graph().parse(data=f"<{EX}pont-neuf> a <{EX}Work> .")).is_entailed
    assert not found.entails(Graph().parse(data=f"<{EX}pont-neuf> a <{EX}Tower> .")).is_entailed


@pytest.mark.parametrize("engine", ["duckdb", "owlrl"])
def test_clashes(tmp_path: Path, engine: EngineName) -> None:
    """A clash has its rule and premises, from a graph and from a file; the rest is inferred all the same."""
    (tmp_path / "a.ttl").write_text(CLASH)
    for given in (Graph().parse(data=CLASH), tmp_path / "a.ttl"):
        found = close(given, engine=engine)
        (clash,) = found.clashes
        assert clash.rule == "cax-dw"
        assert (URIRef(EX + "pont-neuf"), RDF.type, URIRef(EX + "Bridge")) in clash.triples
        assert set(found) == FOLLOWS


def test_literals_and_blank_nodes_stay() -> None:
    """Inferred triples have the literals to the letter, and the blank nodes of the graph."""
    triple: Triple = (BNode("b"), URIRef("x:p"), Literal("01", datatype=XSD.integer, normalize=False))
    axiom: Triple = (URIRef("x:p"), RDFS.subPropertyOf, URIRef("x:q"))
    (inferred,) = close([triple, axiom])
    assert (inferred[0], str(inferred[2])) == (BNode("b"), "01")


def test_full_and_rules_need_duckdb() -> None:
    """owlrl has its own rules: nothing is ignored in silence."""
    with pytest.raises(UsageError, match="C630"):
        close([], engine="owlrl", full=True)


def test_bad_files(tmp_path: Path) -> None:
    """What is cut short, ill-formed, absent, of no format or refers to the network is refused by code."""
    packed = gzip.compress(b"<x:a> <x:b> <x:c> .\n" * 1000)
    cases: dict[str, tuple[bytes | None, type[Exception], str]] = {
        "cut.nt.gz": (packed[:-9], MachineError, "C920"),
        "garbled.ttl.gz": (packed[:20] + b"\xff" * 20 + packed[40:], MachineError, "C920"),
        "plain.nt.gz": (b"<x:a> <x:b> <x:c> .\n", MachineError, "C920"),
        "bad.ttl": (b"<x:a> <x:b> .", SourceError, "C621"),
        "bad.nt": (b"<x:a> <x:b> .", SourceError, "C620"),
        "remote.jsonld": (b'{"@context": "https://schema.org/", "name": "a"}', SourceError, "C624"),
        "absent.ttl": (None, MachineError, "C920"),
        "a.txt": (b"", UsageError, "C623"),
    }
    for name, (data, error, code) in cases.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(error, match=code):
            close(tmp_path / name)
