"""The W3C's SPARQL 1.0 and 1.1 suites: what is SPARQL, and the CSV, TSV and JSON results formats."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph
from rdflib import RDF, Dataset, Graph, Namespace, Node, URIRef

from cordiale.model.errors import QuerySyntaxError
from cordiale.query.answers import Answer, write_answer
from cordiale.query.engines import OxigraphEngine
from cordiale.query.syntax import judge, read_query

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")

# Queries that we judge otherwise than the suites do, by code or reason.
OTHERWISE = {
    "C403": {f"service0{n}.rq" for n in (1, 2, 3, "4a", 5, 6, 7)}
    | {f"syntax-service-0{n}.rq" for n in (1, 2, 3)},
    "C405": {
        f"dataset-{n}.rq" for n in ("01", "02", "03", "04", "05", "06", "07", "08", "09b", "10b", "11", "12b")
    }
    | {f"syntax-dataset-0{n}.rq" for n in (1, 2, 3, 4)}
    | {"constructwhere04.rq", "syntax-construct-where-02.rq"},
    # Escapes outside strings and IRIs, which SPARQL 1.2 gives up.
    "C406": {"syntax-esc-04.rq", "syntax-esc-05.rq"},
    # Oxigraph wants true and false in lower case.
    "C401": {"case-insensitive-booleans.rq"},
    # Oxigraph lets a blank node's label stand in two patterns.
    "accepted": {"syn-bad-26.rq"},
}


def path_of(iri: Node | None) -> Path:
    """The file that a file: IRI names."""
    return Path(unquote(urlparse(str(iri)).path))


def entries(manifest: Path) -> Iterator[tuple[Graph, Node, set[str]]]:
    """The tests of a manifest with the names of their types."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for test in sorted(set(graph.subjects(MF.action)), key=str):
        yield graph, test, {str(kind).rpartition("#")[2] for kind in graph.objects(test, RDF.type)}


def test_queries_are_judged_as_the_suites_say(shared: Path) -> None:
    """Every query of the suites is accepted or refused as it should be, but for those listed."""
    suites = shared / "suites" / "rdf-tests" / "sparql"
    found: dict[str, set[str]] = {name: set() for name in OTHERWISE}
    count = 0
    for manifest in sorted(suites.glob("sparql1[01]/*/manifest.ttl")):
        for graph, test, kinds in entries(manifest):
            action = graph.value(test, MF.action)
            bad = bool(kinds & {"NegativeSyntaxTest", "NegativeSyntaxTest11"})
            if "QueryEvaluationTest" in kinds and action is not None:
                action = graph.value(action, QT.query)
            elif not bad and not kinds & {"PositiveSyntaxTest", "PositiveSyntaxTest11"}:
                continue
            count += 1
            path = path_of(action)
            text = f"BASE <{URIRef(path.as_uri())}>\n{path.read_bytes().decode()}"
            try:
                judge(read_query(text, path=path.name), {}, {})
            except QuerySyntaxError as error:
                if not bad:
                    found[error.problems[0].code].add(path.name)
            else:
                if bad:
                    found["accepted"].add(path.name)
    assert found == OTHERWISE
    assert count >= 900


def answer_to(folder: Path, query: str, data: str) -> Answer:
    """What our engine answers to a query file over a data file."""
    dataset = Dataset(default_union=True)
    dataset.graph(URIRef("https://example.org/source")).parse(folder / data)
    return OxigraphEngine(dataset).ask((folder / query).read_text(encoding="utf-8"))


def cases(shared: Path, folder: str) -> dict[str, tuple[Path, Answer]]:
    """The expected result file of each test of a folder, and our answer."""
    manifest = shared / "suites" / "rdf-tests" / "sparql" / "sparql11" / folder / "manifest.ttl"
    found: dict[str, tuple[Path, Answer]] = {}
    for graph, test, _ in entries(manifest):
        action = graph.value(test, MF.action)
        assert action is not None
        query, data = (path_of(graph.value(action, name)).name for name in (QT.query, QT.data))
        name = str(test).rpartition("#")[2]
        found[name] = (path_of(graph.value(test, MF.result)), answer_to(manifest.parent, query, data))
    return found


def test_csv_results(shared: Path) -> None:
    """CSV as the suite has it, but for the blank node's label and a number in canonical form."""
    tests = {name: case for name, case in cases(shared, "csv-tsv-res").items() if name.startswith("csv")}
    assert len(tests) == 3
    for expected, answer in tests.values():
        wanted = expected.read_text(encoding="utf-8").replace("_:a", "_:b0").replace("1.0E6", "1000000")
        assert write_answer(answer, "csv") == wanted


def terms(text: bytes) -> list[list[str]]:
    """The header and the rows of a TSV file, each term in N-Triples."""
    solutions = pyoxigraph.parse_query_results(text, format=pyoxigraph.QueryResultsFormat.TSV)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [names, *([str(row[name]) for name in names] for row in solutions)]


def test_tsv_results(shared: Path) -> None:
    """TSV as the suite has it, term by term, but for two numbers that Oxigraph keeps by value."""
    tests = {name: case for name, case in cases(shared, "csv-tsv-res").items() if name.startswith("tsv")}
    assert len(tests) == 3
    for expected, answer in tests.values():
        wanted = expected.read_bytes().replace(
            b"1.0e6", b'"1000000"^^<http://www.w3.org/2001/XMLSchema#double>'
        )
        wanted = wanted.replace(b"negativeInteger", b"integer")
        assert terms(write_answer(answer, "tsv").encode()) == terms(wanted)


def test_json_results(shared: Path) -> None:
    """JSON as the suite has it."""
    tests = cases(shared, "json-res")
    assert len(tests) == 4
    for expected, answer in tests.values():
        wanted: object = json.loads(expected.read_text(encoding="utf-8"))
        assert json.loads(write_answer(answer, "json")) == wanted
