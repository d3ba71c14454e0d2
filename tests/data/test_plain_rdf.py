"""The folders are plain RDF, SHACL and SPARQL: other tools read, check and ask them without this program."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, Dataset, Graph
from rdflib.plugins.sparql import prepareQuery

from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.query.parameters import bind
from cordiale.query.questions import find_question
from tests.data.bare import read_graphs, read_shapes, turtle_files
from tests.isomorphism import canonical, normalized

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = sorted((ROOT / "queries").rglob("*.rq"))


@pytest.fixture(scope="module")
def graphs(project_root: Path) -> Dataset:
    """data/ and ontology/, one named graph a file."""
    return read_graphs(project_root)


def test_rdflib_alone_reads_the_same_graphs(graphs: Dataset, kg: KnowledgeGraph) -> None:
    """Every Turtle file has triples, and they are those that the program reads, in the same named graphs."""
    theirs = list(graphs.quads())
    names = {graph for _, _, _, graph in theirs}
    assert len(names) >= 120
    assert names == {source.iri for source in kg.sources if source.path.endswith(".ttl")}
    ours = [quad for quad in kg.graph.quads() if quad[3] in names]
    assert canonical(normalized(theirs)) == canonical(normalized(ours))  # type: ignore[arg-type]


def test_every_shape_file_is_turtle(project_root: Path) -> None:
    """Each file in shapes/ has triples of its own."""
    paths = turtle_files(project_root, "shapes")
    assert len(paths) >= 8
    assert [path.name for path in paths if not Graph().parse(path)] == []


@pytest.mark.parametrize("form", ["files", pytest.param("named graphs", marks=pytest.mark.slow)])
def test_the_pyshacl_command_finds_nothing_grave(
    project_root: Path, graphs: Dataset, form: str, tmp_path: Path
) -> None:
    """``pyshacl`` conforms on the files as they lie there, and on one TriG file with a graph for each.

    In the first, shapes about a file find no graph of that name, and nothing in it.
    """
    shapes, trig = tmp_path / "shapes.ttl", tmp_path / "graph.trig"
    read_shapes(project_root).serialize(shapes, format="turtle")
    data = turtle_files(project_root, "data", "ontology")
    if form == "named graphs":
        graphs.serialize(trig, format="trig")
        data = [trig]
    command = [sys.executable, "-m", "pyshacl", "--advanced", "--allow-warnings", "--shacl", str(shapes)]
    report = subprocess.run(
        [*command, *(str(path) for path in data)], capture_output=True, text=True, timeout=120
    )
    violations = [
        line for line in report.stdout.splitlines() if line.startswith(("Constraint Violation", "\tMessage:"))
    ]
    assert violations == []
    assert report.stdout.startswith("Validation Report\nConforms: True\n"), report.stderr
    assert report.returncode == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_bare_dataset_answers_the_question(graphs: Dataset, kg: KnowledgeGraph, path: Path) -> None:
    """rdflib alone parses the file, which declares all its prefixes, and runs it within a minute.

    Only what is asserted is there, so the rows may be fewer than ours.
    """
    question = find_question(path.stem, kg.questions)
    examples = {p.name: p.example for p in question.parameters if p.default is None and p.example is not None}
    bindings = bind(question, examples, kg.names.expand)
    result = graphs.query(prepareQuery(path.read_text(encoding="utf-8")), initBindings=dict(bindings))
    assert result.type in ("ASK", "SELECT", "CONSTRUCT")
    if result.type == "SELECT":
        rows = list(result)
        assert result.vars
        assert all(len(row) == len(result.vars) for row in rows)  # type: ignore[arg-type]


def test_there_are_questions() -> None:
    """The questions above were found."""
    assert len(QUESTIONS) >= 28


def test_the_ontology_opens_offline(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It imports nothing, and reading it asks no other machine."""

    def refuse(*_arguments: object, **_more: object) -> None:
        raise AssertionError("something would ask the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for path in turtle_files(project_root, "ontology"):
        graph = Graph().parse(path)
        assert len(graph) > 0
        assert list(graph.subject_objects(OWL.imports)) == []
