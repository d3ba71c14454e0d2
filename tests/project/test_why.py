"""``kg.why``: facts of this repository's own graph, and of a small project."""

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

import cordiale
from cordiale.model.errors import NotFoundError, UnprovenError, UsageError
from cordiale.model.terms import Triple, term_key
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.closure.proof_checker import check_proof

THINGS = "https://example.org/id/"
ONTOLOGY = """@prefix ex: <https://example.org/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:crosses rdfs:subPropertyOf ex:touches .
ex:spans owl:propertyChainAxiom ( ex:crosses ex:touches ) .
ex:Bridge owl:disjointWith ex:River .
"""
FIRST = """@prefix : <https://example.org/id/> .
@prefix ex: <https://example.org/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:pont rdfs:label "Pont Neuf"@fr ; ex:crosses :seine ; ex:opened 1607 .
:seine ex:touches :paris .
"""
SECOND = """@prefix : <https://example.org/id/> .
@prefix ex: <https://example.org/ns#> .
:pont ex:crosses :seine .
"""
CONFIG = """[tool.cordiale]
terms = "https://example.org/ns#"
things = "https://example.org/id/"
sources = "https://example.org/source/"
languages = ["en"]
catalogue = "sources"
trusted = ["ontology"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of three files."""
    for name, text in {
        "pyproject.toml": CONFIG,
        "ontology/bridges.ttl": ONTOLOGY,
        "data/survey/first.ttl": FIRST,
        "data/survey/second.ttl": SECOND,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def small(folder: Path) -> KnowledgeGraph:
    """The project, opened."""
    return open_project(folder)


def test_a_proof_goes_down_to_its_places(small: KnowledgeGraph) -> None:
    """The rule behind what is inferred, and every place of what is stated."""
    assert str(small.why("Pont Neuf", "ex:touches", "seine")) == (
        ":pont ex:touches :seine  [prp-spo1]\n"
        "  ex:crosses rdfs:subPropertyOf ex:touches  [ontology/bridges.ttl:4:31]\n"
        "  :pont ex:crosses :seine  [data/survey/first.ttl:4:46, data/survey/second.ttl:3:18]\n"
        "\n"
        "prp-spo1: https://www.w3.org/TR/owl2-profiles/"
        "#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules\n"
        "\n"
        "rests on any of 2 sets of sources\n"
        "  survey/first\n"
        "  survey/second\n"
    )


def test_a_proof_for_each_minimal_set(small: KnowledgeGraph) -> None:
    """Each ends in the files of its set alone, and in those that are trusted."""
    proofs = small.why_all("Pont Neuf", "ex:touches", "seine")
    assert [proof.support for proof in proofs] == [("survey/first",), ("survey/second",)]
    for proof in proofs:
        files = {place.path for places in proof.places.values() for place in places}
        assert files == {"ontology/bridges.ttl", f"data/{(proof.support or ())[0]}.ttl"}


def test_a_list_is_told_in_one_line(small: KnowledgeGraph) -> None:
    """Not cell by cell."""
    lines = str(small.why("pont", "ex:spans", "paris")).splitlines()
    assert sum("rdf:first" in line or "rdf:rest" in line for line in lines) == 0
    assert sum("is the list ( ex:crosses ex:touches )" in line for line in lines) == 1


def test_a_stated_fact_is_told_with_its_places(small: KnowledgeGraph) -> None:
    """It needs no reasoning; literals are typed as in Turtle."""
    why = small.why("pont", "ex:opened", "1607")
    assert why.proof.steps == ()
    assert str(why) == (
        ':pont ex:opened "1607"^^xsd:integer  [data/survey/first.ttl:4:65]\n\nrests on\n  survey/first\n'
    )
    assert small.why("pont", "rdfs:label", '"Pont Neuf"@fr').sources == (
        URIRef("https://example.org/source/survey/first"),
    )


def test_terms_are_taken_as_well_as_names(small: KnowledgeGraph) -> None:
    """As a notebook has them."""
    pont, touches, seine = (
        URIRef(THINGS + "pont"),
        URIRef("https://example.org/ns#touches"),
        URIRef(THINGS + "seine"),
    )
    assert small.why(pont, touches, seine).proof == small.why("pont", "ex:touches", ":seine").proof
    assert small.why(
        pont,
        URIRef("https://example.org/ns#opened"),
        Literal("1607", datatype=URIRef("http://www.w3.org/2001/XMLSchema#integer")),
    ).places


def test_what_does_not_follow_is_told_with_what_is_near(small: KnowledgeGraph) -> None:
    """What holds between the two, else what the subject has."""
    with pytest.raises(
        UnprovenError, match="what holds: :pont ex:crosses :seine; :pont ex:touches :seine"
    ) as error:
        small.why("seine", "ex:crosses", "pont")
    assert error.value.exit_code == 1
    with pytest.raises(UnprovenError, match="what holds: :pont ex:spans :paris"):
        small.why("pont", "ex:crosses", "paris")
    with pytest.raises(UnprovenError, match="nothing like it holds"):
        small.why("paris", "ex:crosses", '"x"')


def test_names_that_mean_nothing_are_wrong_use(small: KnowledgeGraph) -> None:
    """Of a thing, of a property, and a literal that is none."""
    for names in (("nobody", "a", "pont"), ("pont", "crosse", "seine"), ("pont", "a", "nothing-of-it")):
        with pytest.raises(NotFoundError):
            small.why(*names)
    with pytest.raises(UsageError, match='C514 "x is no literal'):
        small.why("pont", "ex:opened", '"x')
    with pytest.raises(UsageError, match="C514"):
        small.why("pont", "ex:opened", '"x" , "y"')


def test_trivial_facts_have_a_proof(small: KnowledgeGraph) -> None:
    """Terms of OWL need not stand in any file."""
    assert [step.rule for step in small.why("pont", "owl:sameAs", "pont").proof.steps] == ["eq-ref"]
    assert small.why("owl:Thing", "a", "owl:Class").proof.asserted == ()


def test_another_engine_keeps_no_proofs(folder: Path) -> None:
    """Said plainly; what is stated is told all the same."""
    kg = open_project(folder, engine="owlrl")
    assert kg.why("pont", "ex:crosses", "seine").places
    with pytest.raises(UsageError, match="C633"):
        kg.why("pont", "ex:touches", "seine")


def test_a_clash_has_a_proof_with_places(folder: Path) -> None:
    """Down to the lines that cannot all be right."""
    with (folder / "data/survey/second.ttl").open("a", encoding="utf-8") as file:
        file.write(":pont a ex:Bridge , ex:River .\n")
    kg = open_project(folder)
    (clash,) = kg.closure.clashes
    lines = str(kg.why_clash(clash)).splitlines()
    assert lines[0] == "false  [cax-dw]"
    assert "  :pont rdf:type ex:River  [data/survey/second.ttl:4:21]" in lines


def test_json_has_the_steps_in_order(small: KnowledgeGraph) -> None:
    """Every premise is asserted, or concluded before."""
    content = json.loads(small.why("pont", "ex:spans", "paris").write("json"))
    known = [each["triple"] for each in content["asserted"]]
    for step in content["steps"]:
        assert all(premise in known for premise in step["premises"])
        known.append(step["conclusion"])
    assert content["conclusion"] == known[-1]
    assert {"path": "data/survey/first.ttl", "line": 4, "column": 46} in [
        place for each in content["asserted"] for place in each["places"]
    ]


def test_prov_says_what_was_derived_from_what(small: KnowledgeGraph) -> None:
    """Valid Turtle, in which the conclusion leads to every source."""
    text = small.why("pont", "ex:spans", "paris").write("prov")
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT DISTINCT ?source WHERE {"
        " <urn:cordiale:proof:triple-1> prov:wasDerivedFrom+/prov:wasQuotedFrom ?source } ORDER BY ?source"
    )
    found = [row["source"].value for row in rows]  # type: ignore[union-attr]
    assert found == [
        f"https://example.org/source/{name}" for name in ("ontology/bridges", "survey/first", "survey/second")
    ]


def test_mermaid_has_an_arrow_for_each_premise(small: KnowledgeGraph) -> None:
    """And a link to the specification for each step; quotes are escaped."""
    text = small.why("pont", "ex:touches", "seine").write("mermaid")
    assert text.splitlines()[0] == "flowchart TD"
    assert [line.strip() for line in text.splitlines() if "-->" in line] == [
        "t2 --> s1",
        "t3 --> s1",
        "s1 --> t1",
    ]
    assert 'click s1 "https://www.w3.org/TR/owl2-profiles/' in text
    assert "#34;1607#34;" in small.why("pont", "ex:opened", "1607").write("mermaid")


def _triples(kg: KnowledgeGraph) -> list[Triple]:
    return sorted(kg.closure.inferred, key=lambda triple: [term_key(term) for term in triple])


def _check(kg: KnowledgeGraph, inferred: list[Triple]) -> None:
    stated = {source.name: set(kg.graph.graph(source.iri)) for source in kg.sources}
    trusted = set().union(*(stated[source.name] for source in kg.sources if source.trusted))
    for triple in inferred:
        why = kg.why(*triple)
        asserted = frozenset(trusted.union(*(stated[name] for name in why.supports[0])))
        check_proof(why.proof, asserted)  # type: ignore[arg-type]
        assert why.proof.conclusion == triple
        assert all(why.places[leaf] for leaf in why.proof.asserted), triple


def test_inferred_facts_have_checked_proofs(project_root: Path) -> None:
    """A sample of what follows in this repository's own graph."""
    kg = cordiale.open(project_root)
    _check(kg, random.Random(11).sample(_triples(kg), 40))


@pytest.mark.slow
def test_more_inferred_facts_have_checked_proofs(project_root: Path) -> None:
    """A larger sample: each proof is made from the sources of its own, a third of a second each."""
    kg = cordiale.open(project_root)
    _check(kg, random.Random(12).sample(_triples(kg), 500))
