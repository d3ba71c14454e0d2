"""The real graph as Turtle and JSON-LD: others read the same graph from it, and each run writes the same."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from cordiale.project.knowledge_graph import KnowledgeGraph
from tests.isomorphism import Quad, canonical, normalized, parsed, quads_in

EXPORT = """
import sys
import cordiale
kg = cordiale.open(sys.argv[1])
for fmt in ("turtle", "jsonld"):
    sys.stdout.buffer.write(kg.export(fmt))
"""


@pytest.fixture(scope="module")
def union(kg: KnowledgeGraph) -> list[Quad]:
    """All triples that are asserted, each once, in one graph."""
    return [(s, p, o, None) for s, p, o in kg.graph.triples((None, None, None))]  # type: ignore[misc]


@pytest.fixture(scope="module")
def named(kg: KnowledgeGraph) -> list[Quad]:
    """All triples in their named graphs."""
    return list(kg.graph.quads())  # type: ignore[arg-type] # rdflib's wider types


@pytest.fixture(scope="module")
def turtle(kg: KnowledgeGraph) -> str:
    """The graph in Turtle, which keeps no named graphs."""
    return kg.export("turtle").decode()


@pytest.fixture(scope="module")
def jsonld(kg: KnowledgeGraph) -> str:
    """The graph in JSON-LD."""
    return kg.export("jsonld").decode()


def test_rdflib_reads_the_turtle(turtle: str, union: list[Quad]) -> None:
    """rdflib, which rewrites numbers, has the same triples as it would have of the sources."""
    assert len(union) > 10_000
    assert canonical(quads_in(Graph().parse(data=turtle, format="turtle"))) == canonical(normalized(union))


def test_oxigraph_reads_the_turtle(turtle: str, union: list[Quad]) -> None:
    """Oxigraph, which writes language tags in lower case, has the same triples, forms included."""
    assert canonical(parsed(turtle, ox.RdfFormat.TURTLE), fold_tags=True) == canonical(union, fold_tags=True)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's parser
def test_rdflib_reads_the_jsonld(jsonld: str, named: list[Quad]) -> None:
    """The named graphs are the same too."""
    dataset = Dataset()
    dataset.parse(data=jsonld, format="json-ld")
    read = [(s, p, o, None if g == DATASET_DEFAULT_GRAPH_ID else g) for s, p, o, g in dataset.quads()]
    assert {g for _, _, _, g in named if isinstance(g, URIRef)} <= {g for _, _, _, g in read}
    assert canonical(read) == canonical(normalized(named))  # type: ignore[arg-type]


def test_oxigraph_reads_the_jsonld(jsonld: str, named: list[Quad]) -> None:
    """The named graphs are the same, forms included."""
    assert canonical(parsed(jsonld, ox.RdfFormat.JSON_LD), fold_tags=True) == canonical(named, fold_tags=True)


def test_another_run_writes_the_same_bytes(project_root: Path, turtle: str, jsonld: str) -> None:
    """Another process, in which sets and dictionaries are in another order, writes what this one did."""
    run = subprocess.run(
        [sys.executable, "-c", EXPORT, str(project_root)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
    )
    assert run.stdout == (turtle + jsonld).encode()
