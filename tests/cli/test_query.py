"""``cordiale query``: stored questions and one's own, in every format."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from tests.cli.conftest import Cordiale
from tests.small_project import SOURCES, TERMS, THINGS

_ROWS = [("1844", f"{SOURCES}almanac/1901"), ("1845", f"{SOURCES}harbour-board/report")]
_NEIGHBOURS = "CONSTRUCT { ?b sea:isNear ?a } WHERE { ?a sea:neighbourOf ?b }"
_GRAPHS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


def test_an_answer_is_a_table(cordiale: Cordiale, small: Path) -> None:
    """Without a format rows are a table of short names, without colours, as wide as what it holds."""
    done = cordiale("query", "disputed", "-C", small)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.strip("│┃ ").split() for line in (lines[1], *lines[3:5])] == [
        ["year", "┃", "source"],
        ["1844", "│", "almanac/1901"],
        ["1845", "│", "harbour-board/report"],
    ]
    assert len({len(line) for line in lines}) == 1
    assert "\x1b" not in done.out


def test_a_wide_table_is_not_cut(cordiale: Cordiale, small: Path) -> None:
    """Where there is no terminal, no cell is folded or cut, however long it is."""
    long = "word " * 60
    done = cordiale("query", "-C", small, "-e", f'SELECT ?text {{ BIND ("{long}end" AS ?text) }}')
    assert f"│ {long}end │" in done.out


def test_csv_and_tsv(cordiale: Cordiale, small: Path) -> None:
    """CSV has values, TSV has terms; lines end in a line feed."""
    done = cordiale("query", "disputed", "--format", "csv", "-C", small)
    assert list(csv.reader(io.StringIO(done.out))) == [["year", "source"], *map(list, _ROWS)]
    assert "\r" not in done.out
    done = cordiale("query", "disputed", "--format", "tsv", "-C", small)
    assert done.out.splitlines()[1].split("\t") == [
        '"1844"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        f"<{SOURCES}almanac/1901>",
    ]


def test_json_and_xml(cordiale: Cordiale, small: Path) -> None:
    """JSON and XML are the SPARQL results formats."""
    done = cordiale("query", "disputed", "--format", "json", "-C", small)
    found = json.loads(done.out)
    assert found["head"]["vars"] == ["year", "source"]
    assert [(row["year"]["value"], row["source"]["value"]) for row in found["results"]["bindings"]] == _ROWS
    done = cordiale("query", "disputed", "--format", "xml", "-C", small)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [node.text for node in ET.fromstring(done.out).iter(f"{space}uri")] == [row[1] for row in _ROWS]


@pytest.mark.parametrize(
    ("fmt", "text"), [("table", "no\n"), ("csv", "false\n"), ("json", '"boolean": false'), ("xml", ">false<")]
)
def test_yes_or_no(cordiale: Cordiale, small: Path, fmt: str, text: str) -> None:
    """ASK is answered in each format; a no is an answer, so the command ends well."""
    done = cordiale("query", "taller", "-p", "metres=99.5", "--format", fmt, "-C", small)
    assert done.code == 0
    assert text in done.out
    if fmt == "json":
        assert json.loads(done.out) == {"head": {}, "boolean": False}


@pytest.mark.parametrize("fmt", [None, *_GRAPHS])
def test_a_query_makes_a_graph(cordiale: Cordiale, small: Path, fmt: str | None) -> None:
    """CONSTRUCT gives triples in any format for graphs, Turtle without saying; inferred ones count."""
    done = cordiale("query", "-C", small, "-e", _NEIGHBOURS, *(("--format", fmt) if fmt else ()))
    assert (done.code, done.err) == (0, "")
    found = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in pyoxigraph.parse(done.out.encode(), _GRAPHS[fmt or "turtle"])
    }
    assert found == {
        (f"{THINGS}{one}-light", f"{TERMS}isNear", f"{THINGS}{other}-light")
        for one, other in (("harbour", "skerry"), ("skerry", "harbour"))
    }


@pytest.mark.parametrize(
    ("query", "fmt", "message"),
    [
        (_NEIGHBOURS, "csv", "this query makes a graph, which csv cannot hold"),
        ("ASK { ?s ?p ?o }", "turtle", "this query gives rows, which turtle cannot hold"),
        ("SELECT ?s { ?s ?p ?o }", "nquads", "this query gives rows, which nquads cannot hold"),
    ],
)
def test_a_format_must_fit(cordiale: Cordiale, small: Path, query: str, fmt: str, message: str) -> None:
    """Rows in a format for graphs, or a graph in one for rows, is wrong use."""
    done = cordiale("query", "-C", small, "-e", query, "--format", fmt)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"C511 {message}\n  write --format ")


@pytest.mark.parametrize("area", ["inner-isles", ":inner-isles", "Inner Isles", f"<{THINGS}inner-isles>"])
def test_parameters_are_names(cordiale: Cordiale, small: Path, area: str) -> None:
    """A parameter is given by any name of a thing."""
    done = cordiale("query", "standing-in", "-p", f"area={area}", "--format", "csv", "-C", small)
    assert done.out == f"light\n{THINGS}skerry-light\n"


def test_a_parameter_may_be_called_as_an_option(cordiale: Cordiale, small: Path) -> None:
    """Parameters called question, engine or triples are told as any other."""
    (small / "queries/odd.rq").write_text(
        "#+ summary: Odd?\n#+ params:\n#+   engine: {type: iri}\n#+   question: {type: string}\n"
        "ASK { ?engine ?p ?label FILTER (STR(?label) = ?question) }\n"
    )
    done = cordiale("query", "odd", "-C", small, "-p", "engine=skerry-light", "-p", "question=Skerry Light")
    assert (done.code, done.out) == (0, "yes\n")


def test_the_engine_decides_on_forms(cordiale: Cordiale, small: Path) -> None:
    """Oxigraph gives canonical forms, rdflib the forms and language tags as they are written."""
    query = "SELECT ?h ?l ?c { :skerry-light sea:height ?h ; sea:lamps ?l ; rdfs:comment ?c }"
    ask = ("query", "-C", small, "--format", "tsv", "-e", query)
    assert cordiale(*ask).out.splitlines()[1].split("\t") == ["41.5", "7", '"A tower, grey."@en-gb']
    assert cordiale(*ask, "--engine", "oxigraph").out == cordiale(*ask).out
    written = cordiale(*ask, "--engine", "rdflib").out.splitlines()[1]
    assert written.split("\t") == ["041.50", "007", '"A tower, grey."@en-GB']


@pytest.mark.parametrize(("triples", "count"), [("asserted", 1), ("inferred", 1), ("both", 2)])
def test_triples_can_be_chosen(cordiale: Cordiale, small: Path, triples: str, count: int) -> None:
    """A query sees what was stated, what was inferred, or both."""
    query = "SELECT ?a ?b { ?a sea:neighbourOf ?b }"
    done = cordiale("query", "-C", small, "--triples", triples, "--format", "csv", "-e", query)
    assert len(done.out.splitlines()) == 1 + count


def test_a_query_comes_from_a_file_or_stdin(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """-f reads a file, and stdin when it is -; UTF-8 whatever the locale."""
    query = 'ASK { ?s rdfs:label "Feu du récif"@fr }'
    (tmp_path / "ask.rq").write_text(query, encoding="utf-8")
    assert cordiale("query", "-C", small, "-f", tmp_path / "ask.rq").out == "yes\n"
    assert cordiale("query", "-C", small, "-f", "-", stdin=query.encode()).out == "yes\n"


def test_a_bad_query_is_told_with_its_place(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """The message names the file, or where the query came from, with line and column."""
    text = "ASK {\n  ?s see:within ?o\n}"
    (tmp_path / "ask.rq").write_text(text)
    remedy = 'C402 prefix "see" is not bound\n  did you mean "sea"?\n'
    for arguments, place in (
        (("-f", tmp_path / "ask.rq"), f"{tmp_path / 'ask.rq'}"),
        (("-f", "-"), "stdin"),
        (("-e", text), "query"),
    ):
        done = cordiale("query", "-C", small, *arguments, stdin=text.encode())
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0].startswith(f"{place}:2:6: {remedy.splitlines()[0]}")
        assert "sea" in done.err.splitlines()[1]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("disputed", "-e", "ASK {}"),
        ("-e", "ASK {}", "-f", "-"),
        ("disputed", "--list"),
        ("-e", "ASK {}", "-p", "light=x"),
        ("disputed", "-p", "light"),
    ],
)
def test_one_question_at_a_time(cordiale: Cordiale, small: Path, arguments: tuple[str, ...]) -> None:
    """No question, two of them, or a parameter without one, is wrong use that says what to write."""
    done = cordiale("query", *arguments, "-C", small)
    assert (done.code, done.out) == (2, "")
    first, second, *more = done.err.splitlines()
    assert first.startswith("C511 ")
    assert second.startswith("  ")
    assert more == []


def test_an_empty_query_is_no_query(cordiale: Cordiale, small: Path) -> None:
    """-e with nothing is told as a query that ends too early."""
    done = cordiale("query", "-C", small, "-e", "")
    assert done.code == 2
    assert done.err.startswith("query:1:1: C401 the query ends too early\n")


def test_questions_are_listed(cordiale: Cordiale, small: Path) -> None:
    """--list shows each question with what it asks and its parameters, in any format for rows."""
    done = cordiale("query", "--list", "--format", "csv", "-C", small)
    assert list(csv.reader(io.StringIO(done.out))) == [
        ["question", "asks", "parameters"],
        ["disputed", "In which years was a light lit, and who says so?", "light"],
        ["standing-in", "Which lights stand in this area?", "area"],
        ["taller", "Is any light taller than this, in metres?", "metres"],
    ]
    assert "│ standing-in │ Which lights" in cordiale("query", "--list", "-C", small).out


def test_an_answer_goes_to_a_file(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """-o writes to a file what would be printed; - is stdout."""
    for fmt in ("table", "csv", "json"):
        ask = ("query", "disputed", "--format", fmt, "-C", small)
        shown = cordiale(*ask).out
        done = cordiale(*ask, "-o", tmp_path / "answer")
        assert (done.code, done.out, done.err) == (0, "", "")
        assert (tmp_path / "answer").read_text(encoding="utf-8") == shown
        assert cordiale(*ask, "-o", "-").out == shown


def test_partners_of_the_real_graph(cordiale: Cordiale, project_root: Path) -> None:
    """The first question of the README: five partners, each once."""
    done = cordiale("query", "partners", "--format", "csv", "-C", project_root)
    assert (done.code, done.err) == (0, "")
    names = [row["name"] for row in csv.DictReader(io.StringIO(done.out))]
    assert names == [
        "HEC Paris",
        "Institut Polytechnique de Paris",
        "University of Cambridge",
        "University of Oxford",
        "Université Paris-Saclay",
    ]


def test_a_graph_of_the_real_graph_is_plain_rdf(cordiale: Cordiale, project_root: Path) -> None:
    """What CONSTRUCT makes of the project's own graph, rdflib reads."""
    query = "CONSTRUCT { ?c a cord:Claim ; rdfs:label ?l } WHERE { ?c a cord:Claim ; rdfs:label ?l }"
    done = cordiale("query", "-C", project_root, "--triples", "asserted", "-e", query)
    found = rdflib.Graph().parse(data=done.out, format="turtle")
    assert len(set(found.subjects())) > 100
