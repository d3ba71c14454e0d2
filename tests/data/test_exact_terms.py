"""What a source writes comes out as it is written, all the way; docs/reference/literals.md says where not."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import XSD, Literal, URIRef

from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.cli.conftest import Cordiale, cordiale
from tests.isomorphism import parsed
from tests.read.project import HEAD, write_project

__all__ = ["cordiale"]  # the fixture that runs the command

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "reference" / "literals.md").read_text(encoding="utf-8")
CHANGED = re.findall(r'^\| `(".*)` \| `(".*)` \|$', DOCUMENT, flags=re.MULTILINE)
KEPT = re.findall(r'^\| `("[^|]*)` \|$', DOCUMENT, flags=re.MULTILINE)
WRITTEN = [*(written for written, _ in CHANGED), *KEPT]

VALUE, SHOWN = URIRef("https://example.org/ns#value"), URIRef("https://example.org/ns#shown")
THING = URIRef("https://example.org/id/thing")
FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "jsonld-expanded": ox.RdfFormat.JSON_LD,
    "jsonld-compacted": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "canonical": ox.RdfFormat.N_QUADS,
}


def literal(text: str) -> Literal:
    """A literal to the letter, from how the document writes it."""
    found = re.fullmatch(r'"(.*)"(?:@([\w-]+)|\^\^xsd:(\w+))?', text)
    assert found, text
    datatype = XSD[found[3]] if found[3] else None
    return Literal(found[1], lang=found[2], datatype=datatype, normalize=False)


def forms(terms: Iterable[object]) -> set[tuple[str, str, str]]:
    """Lexical form, datatype and language tag of each literal; a string may say so or not."""
    return {
        (str(term), "" if term.datatype == XSD.string else str(term.datatype or ""), term.language or "")
        for term in terms
        if isinstance(term, Literal)
    }


def lowered(found: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """The same with language tags in lower case."""
    return {(text, datatype, tag.lower()) for text, datatype, tag in found}


EXPECTED = forms(literal(text) for text in WRITTEN)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one source, which says of one thing all that the document lists."""
    values = " ,\n        ".join(WRITTEN)
    ontology = "@prefix ex: <https://example.org/ns#> .\nex:value rdfs:subPropertyOf ex:shown .\n"
    return write_project(
        tmp_path_factory.mktemp("exact"),
        {
            "ontology/values.ttl": HEAD + ontology,
            "data/sources.ttl": HEAD + "<letters/exact> rdfs:label 'Letters'@en .\n",
            "data/letters/exact.ttl": HEAD + f":thing <{VALUE}> {values} .\n",
        },
    )


@pytest.fixture(scope="module")
def kg(project: Path) -> KnowledgeGraph:
    """The project, opened."""
    return open_project(project)


def test_the_document_lists_enough() -> None:
    """The tables were found, and name what was promised."""
    assert len(CHANGED) >= 30
    assert len(KEPT) >= 15
    assert len(EXPECTED) == len(WRITTEN)
    assert {'"01"^^xsd:integer', '"-3"^^xsd:negativeInteger', '"1.50"^^xsd:decimal', '"x"@en-GB'} <= set(
        WRITTEN
    )
    assert '"2025-07-09Z"^^xsd:date' in KEPT


def test_opened_as_written(kg: KnowledgeGraph) -> None:
    """The graph has each form, and no other."""
    assert forms(kg.graph.objects(THING, VALUE)) == EXPECTED


def test_inferred_as_written(kg: KnowledgeGraph) -> None:
    """What follows for a wider property has each form, and no other."""
    inferred = [o for s, p, o in kg.closure.inferred if (s, p) == (THING, SHOWN)]
    assert forms(inferred) == EXPECTED


def test_shown_as_written(kg: KnowledgeGraph) -> None:
    """``show`` has each form, stated and inferred."""
    facts = kg.show("thing").facts
    for predicate in (VALUE, SHOWN):
        assert forms(fact.object for fact in facts if fact.predicate == predicate) == EXPECTED


@pytest.mark.parametrize("fmt", FORMATS)
def test_exported_as_written(kg: KnowledgeGraph, fmt: str) -> None:
    """Every format has each form; Oxigraph's parser keeps them, but for the case of language tags."""
    text = kg.export(fmt, triples="both").decode()
    for predicate in (VALUE, SHOWN):
        found = [o for s, p, o, _ in parsed(text, FORMATS[fmt]) if (s, p) == (THING, predicate)]
        assert lowered(forms(found)) == lowered(EXPECTED)
    assert len(re.findall(r"\ben-GB\b", text)) == 2
    assert len(re.findall(r"\bzh-Hans\b", text)) == 2


def test_rdflib_answers_as_written(kg: KnowledgeGraph) -> None:
    """The engine rdflib gives each form."""
    for predicate in (VALUE, SHOWN):
        answer = kg.query(f"SELECT ?value {{ <{THING}> <{predicate}> ?value }}", engine="rdflib")
        assert forms(row[0] for row in answer.rows) == EXPECTED


def test_the_command_answers_as_written(project: Path, cordiale: Cordiale) -> None:
    """``cordiale query --engine rdflib`` prints them so; without it, what the document says instead."""
    query = ("query", "-C", project, "-e", f"SELECT ?v {{ <{THING}> <{VALUE}> ?v }}", "--format", "json")

    def told(*more: str) -> set[tuple[str, str, str]]:
        rows = json.loads(cordiale(*query, *more).out)["results"]["bindings"]
        terms = [row["v"] for row in rows]
        return {(term["value"], term.get("datatype", ""), term.get("xml:lang", "")) for term in terms}

    assert told("--engine", "rdflib") == EXPECTED
    assert told() == forms(literal(text) for text in (*(answered for _, answered in CHANGED), *KEPT))


NO_VALUES = ('"2025-02-30"^^xsd:date', '"five"^^xsd:integer', '"TRUE"^^xsd:boolean')


@pytest.mark.parametrize(("written", "answered"), [*CHANGED, *((kept, kept) for kept in (*KEPT, *NO_VALUES))])
def test_the_default_engine_answers_as_documented(tmp_path: Path, written: str, answered: str) -> None:
    """Each line of the tables in docs/reference/literals.md, alone in a graph; and what is no value."""
    write_project(tmp_path, {"data/sources.ttl": HEAD + f":thing <{VALUE}> {written} .\n"})
    kg = open_project(tmp_path)
    ((value,),) = kg.query("SELECT ?value { ?thing ?predicate ?value }", triples="asserted").rows
    assert forms([value]) == forms([literal(answered)])


def test_two_forms_of_one_value(tmp_path: Path) -> None:
    """Graph and export hold both, the default engine counts one; both engines compare by value."""
    text = HEAD + f':thing <{VALUE}> "01"^^xsd:integer , "1"^^xsd:integer .\n'
    kg = open_project(write_project(tmp_path, {"data/sources.ttl": text}))
    assert len(kg.export("ntriples").splitlines()) == 2
    values = "SELECT ?value { ?thing ?predicate ?value FILTER (?value = 1.0) }"
    assert len(kg.query(values, engine="rdflib", triples="asserted").rows) == 2
    assert len(kg.query(values, triples="asserted").rows) == 1
