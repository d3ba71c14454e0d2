"""Every term is named and explained in both languages, checked by a shape, and used."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from cordiale.checks.unused import unused_terms
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.data.bare import CORD, read_shapes
from tests.read.project import write_project

KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


@pytest.fixture(scope="module")
def shapes(project_root: Path) -> Graph:
    """All shapes, as rdflib reads them."""
    return read_shapes(project_root)


@pytest.fixture(scope="module")
def terms(kg: KnowledgeGraph) -> dict[URIRef, set[object]]:
    """Each term that ontology/ declares, with its types."""
    found: dict[URIRef, set[object]] = {}
    for term, kind in kg.graph.subject_objects(RDF.type):
        if isinstance(term, URIRef) and term.startswith(CORD):
            found.setdefault(term, set()).add(kind)
    return found


def texts(kg: KnowledgeGraph, term: URIRef, predicate: URIRef) -> dict[str | None, list[str]]:
    """What the predicate gives for the term, by language."""
    found: dict[str | None, list[str]] = {}
    for text in kg.graph.objects(term, predicate):
        assert isinstance(text, Literal)
        found.setdefault(text.language, []).append(str(text))
    return found


def test_every_term_is_declared_as_one_kind(terms: dict[URIRef, set[object]]) -> None:
    """A term is a class or a property of one kind; more types only say how a property behaves."""
    assert len(terms) >= 200
    assert {term: kinds for term, kinds in terms.items() if len(kinds & KINDS) != 1} == {}


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_is_explained(
    kg: KnowledgeGraph, terms: dict[URIRef, set[object]], predicate: URIRef
) -> None:
    """Each has one label and one definition in English, and one of each in French."""
    wrong = {}
    for term in terms:
        found = texts(kg, term, predicate)
        if {language: len(given) for language, given in found.items()} != {"en": 1, "fr": 1}:
            wrong[str(term)] = found
    assert wrong == {}


def test_a_definition_says_more_than_the_label(kg: KnowledgeGraph, terms: dict[URIRef, set[object]]) -> None:
    """A definition is a sentence, and no two terms have the same one."""
    for language in kg.settings.languages:
        given = {term: texts(kg, term, SKOS.definition)[language][0] for term in terms}
        assert [term for term, text in given.items() if not re.fullmatch(r"[A-ZÀ-Ý].{10,}\.", text)] == []
        assert len(set(given.values())) == len(given)


def test_every_term_that_is_written_is_declared(
    kg: KnowledgeGraph, shapes: Graph, terms: dict[URIRef, set[object]]
) -> None:
    """Data, shapes and questions name no term that the ontology does not have."""
    named = {str(node) for quad in kg.graph.quads() for node in quad[:3] if isinstance(node, URIRef)}
    named |= {str(node) for triple in shapes for node in triple if isinstance(node, URIRef)}
    queries = [question.text for question in kg.questions]
    queries += [str(text) for part in (SH.select, SH.ask) for text in shapes.objects(None, part)]
    named |= {CORD + local for text in queries for local in re.findall(r"\bcord:([\w-]+)", text)}
    assert {name for name in named if name.startswith(CORD)} == {str(term) for term in terms}


def test_every_thing_that_is_written_is_described(kg: KnowledgeGraph) -> None:
    """Data and ontology name no thing that has no type."""
    things = {
        node
        for quad in kg.graph.quads()
        for node in quad[:3]
        if isinstance(node, URIRef) and node.startswith(kg.settings.things)
    }
    assert len(things) >= 400
    assert {thing for thing in things if kg.graph.value(thing, RDF.type) is None} == set()


def test_every_class_is_checked_by_a_shape(
    kg: KnowledgeGraph, shapes: Graph, terms: dict[URIRef, set[object]]
) -> None:
    """A class, or one above it, is the target of a shape."""
    targets = set(shapes.objects(None, SH.targetClass))
    classes = {term for term, kinds in terms.items() if OWL.Class in kinds}
    assert len(classes) >= 50
    unchecked = {
        str(term) for term in classes if not targets & set(kg.graph.transitive_objects(term, RDFS.subClassOf))
    }
    assert unchecked == set()
    # A target that is no class of the graph would check nothing, silently.
    known = {URIRef(str(kind)) for _, kind in kg.graph.subject_objects(RDF.type)}
    assert {str(target) for target in targets - classes - known} == set()


def test_every_term_is_used(kg: KnowledgeGraph, shapes: Graph) -> None:
    """None is left that no data, question, shape or used term uses."""
    queries = [question.text for question in kg.questions]
    unused = unused_terms(kg.graph, shapes, queries, CORD)
    assert [term.removeprefix(CORD) for term in unused] == []


def test_check_tells_what_nothing_uses(tmp_path: Path) -> None:
    """``check`` lists an unused term with its place, and does not call it grave."""
    prefixes = (
        "@prefix ex: <https://example.org/ns#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix id: <https://example.org/id/> .\n"
    )
    write_project(
        tmp_path,
        {
            "ontology/works.ttl": prefixes + "ex:Bridge a owl:Class .\nex:Tower a owl:Class .\n",
            "data/sources.ttl": prefixes + "id:pont-neuf a ex:Bridge .\n",
        },
    )
    told = [problem for problem in open_project(tmp_path).check() if problem.code == "C305"]
    assert [str(problem.place) for problem in told] == ["ontology/works.ttl:5:1"]
    assert told[0].message.startswith("nothing uses ex:Tower: ")
    assert told[0].severity == "info"
