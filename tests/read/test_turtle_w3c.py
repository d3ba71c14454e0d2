"""The W3C's tests of Turtle 1.1: what they accept we read as Oxigraph does, what they refuse we refuse."""

import os
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from cordiale.model.errors import TurtleSyntaxError
from cordiale.read.turtle import read_turtle
from tests.read.comparing import canonical, judged

BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
SUITE = Path("suites", "rdf-tests", "rdf", "rdf11", "rdf-turtle")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
RDFT = Namespace("http://www.w3.org/ns/rdftest#")

_NUL = "the character NUL is refused on purpose: XML cannot hold it, and files in UTF-16 are full of it"
GAPS = {
    BASE + "manifest.ttl#LITERAL1_all_controls": _NUL,
    BASE + "manifest.ttl#LITERAL1_ascii_boundaries": _NUL,
    BASE + "manifest.ttl#LITERAL2_ascii_boundaries": _NUL,
    BASE + "manifest.ttl#LITERAL_LONG1_ascii_boundaries": _NUL,
    BASE + "manifest.ttl#LITERAL_LONG2_ascii_boundaries": _NUL,
}


def _suite() -> Path:
    default = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("CORDIALE_SHARED", default)) / SUITE


def _cases(*kinds: str) -> list[object]:
    """The tests of these kinds; none where the suite is missing (``test_all_cases_are_found`` tells)."""
    manifest = _suite() / "manifest.ttl"
    if not manifest.is_file():
        return []
    graph = Graph().parse(manifest, publicID=BASE + "manifest.ttl")
    found = (entry for kind in kinds for entry in graph.subjects(RDF.type, RDFT[kind]))
    cases: list[object] = []
    for entry in sorted(found, key=str):
        name = str(entry).partition("#")[2]
        marks = [pytest.mark.xfail(strict=True, reason=GAPS[str(entry)])] if str(entry) in GAPS else []
        action = graph.value(entry, MF.action)
        assert isinstance(action, URIRef)
        cases.append(pytest.param(str(action), id=name, marks=marks))
    return cases


EVALUATED = _cases("TestTurtleEval")
ACCEPTED = _cases("TestTurtlePositiveSyntax")
REFUSED = _cases("TestTurtleNegativeSyntax")


def _text(action: str) -> str:
    return (_suite() / action.removeprefix(BASE)).read_bytes().decode("utf-8")


def test_all_cases_are_found(shared: Path) -> None:
    """The manifest was read whole."""
    assert (shared / SUITE).is_dir()
    assert (len(EVALUATED), len(ACCEPTED), len(REFUSED)) == (145, 74, 94)


@pytest.mark.parametrize("action", [*EVALUATED, *ACCEPTED])
def test_good_turtle_is_read_as_oxigraph_reads_it(action: str) -> None:
    """The graph is the same, up to blank nodes; language tags are compared in lower case."""
    text = _text(action)
    assert canonical(read_turtle(text, path="data/x.ttl", base=action).triples) == judged(text, base=action)


@pytest.mark.parametrize("action", REFUSED)
def test_bad_turtle_is_refused_with_a_place(action: str) -> None:
    """One problem, with line and column, a sentence and a remedy."""
    with pytest.raises(TurtleSyntaxError) as caught:
        read_turtle(_text(action), path="data/x.ttl", base=action)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.line is not None
    assert problem.place.column is not None
    assert problem.message
    assert "Parser error" not in problem.message
    assert problem.remedy
