"""The W3C tests of SHACL Core and SHACL-SPARQL: 118 as pySHACL alone passes them, and the two it misses."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from cordiale.checks.engine import validate
from cordiale.model.terms import Node
from cordiale.read.literals import quiet_literals
from cordiale.read.text import decode
from cordiale.read.turtle import read_turtle

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
SHARED = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TESTS = SHARED / "suites" / "data-shapes" / "tests"
FIELDS = (
    SH.focusNode,
    SH.resultPath,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)
# Where pySHACL 0.40.1 alone is wrong (docs/reference/shacl.md).
PUT_RIGHT = ("core/property/uniqueLang-002", "sparql/pre-binding/shapesGraph-001")


@cache
def read(path: Path) -> Graph:
    """The graph of a file of the suite, its terms to the letter."""
    graph = Graph()
    file = read_turtle(decode(path.read_bytes(), path=path.name), path=path.name, base=path.as_uri())
    graph.addN((*triple, graph) for triple in file.triples)
    for prefix, space in file.prefixes.items():
        graph.bind(prefix, space)
    return graph


def entries(manifest: Path) -> Iterator[tuple[Path, URIRef]]:
    """The tests of a manifest and of those that it includes: the file that each stands in, and its name."""
    graph = read(manifest)
    for included in graph.objects(None, MF.include):
        yield from entries(Path(str(included).removeprefix("file://")))
    for head in graph.objects(None, MF.entries):
        for entry in Collection(graph, head):
            assert isinstance(entry, URIRef)
            yield manifest, entry


def named(found: tuple[Path, URIRef]) -> str:
    """A test's name: where its file stands in the suite."""
    return found[0].relative_to(TESTS).with_suffix("").as_posix()


CASES = sorted(entries(TESTS / "manifest.ttl"), key=named) if TESTS.is_dir() else []


def results(report: Graph) -> list[dict[URIRef, Node]]:
    """The results of a report, each as its fields; what is in a blank node is not compared."""
    return [
        {
            field: value
            for field in FIELDS
            for value in report.objects(result, field)
            if isinstance(value, URIRef | Literal)
        }
        for result in report.objects(None, SH.result)
    ]


def same(wanted: list[dict[URIRef, Node]], found: list[dict[URIRef, Node]]) -> bool:
    """Whether each wanted result is one of the found, field by field, and none is left."""
    rest = list(found)
    for each in sorted(wanted, key=len, reverse=True):
        fitting = [result for result in rest if all(result.get(field) == each[field] for field in each)]
        if not fitting:
            return False
        rest.remove(min(fitting, key=len))
    return not rest


@pytest.mark.usefixtures("shared")
def test_suite_is_whole() -> None:
    """The manifests list 98 tests of Core and 22 of SPARQL, among them those that are put right."""
    names = [named(case) for case in CASES]
    assert (len(names), sum(name.startswith("core/") for name in names)) == (120, 98)
    assert set(PUT_RIGHT) <= set(names)


def alone(data: Graph, shapes: Graph) -> Graph:
    """The report of pySHACL as it comes."""
    options = {"logger": logging.Logger("silent", level=logging.CRITICAL + 1)}
    with warnings.catch_warnings(), quiet_literals():
        warnings.simplefilter("ignore", DeprecationWarning)
        validator = Validator(DataGraph.from_rdflib(data), shacl_graph=shapes, options=options)
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    assert isinstance(report, Graph)
    return report


def passes(case: tuple[Path, URIRef], validate: Callable[[Graph, Graph], Graph]) -> bool:
    """Whether a test gives the results that it expects, or fails where it expects a failure."""
    file, entry = case
    graph = read(file)
    action, wanted = graph.value(entry, MF.action), graph.value(entry, MF.result)
    data, shapes = (
        read(Path(str(graph.value(action, part)).removeprefix("file://")))
        for part in (SHT.dataGraph, SHT.shapesGraph)
    )
    try:
        report = validate(data, shapes)
    except Exception:
        return wanted == SHT.Failure
    if not isinstance(wanted, BNode):
        return False
    expected = Graph()
    for node in (wanted, *graph.objects(wanted, SH.result)):
        expected += graph.triples((node, None, None))
    conforms, found = ([str(text) for text in each.objects(None, SH.conforms)] for each in (expected, report))
    return conforms == found and same(results(expected), results(report))


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("case", CASES, ids=named)
def test_verdict(case: tuple[Path, URIRef]) -> None:
    """Each of the 120 passes."""
    assert passes(case, partial(validate, seconds=20))


@pytest.mark.usefixtures("shared")
def test_what_is_put_right() -> None:
    """pySHACL alone misses two: when it no longer does, ``prepared`` has less to do."""
    assert tuple(named(case) for case in CASES if not passes(case, alone)) == PUT_RIGHT
