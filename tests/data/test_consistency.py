"""What documents dispute stands side by side: the union of the data stays a consistent OWL graph."""

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, XSD, Graph, Literal, Namespace, URIRef

from cordiale.model.terms import Node
from cordiale.project.knowledge_graph import KnowledgeGraph
from tests.data.bare import CORD as TERMS

CORD = Namespace(TERMS)

# Axioms by which owl:sameAs follows from two values (OWL 2 Profiles, section 4.3, tables 4 to 6).
MERGING_TYPES = {OWL.FunctionalProperty, OWL.InverseFunctionalProperty}
MERGING_PREDICATES = {
    OWL.hasKey,
    OWL.cardinality,
    OWL.maxCardinality,
    OWL.maxQualifiedCardinality,
    OWL.qualifiedCardinality,
    OWL.sameAs,
}
SINGLE_DATATYPES = {XSD.date, XSD.decimal, XSD.gYear, XSD.gYearMonth, XSD.integer}
# A document may show on several days that a role was held.
SEVERAL = {CORD.attestedOn}


def single_valued(kg: KnowledgeGraph) -> set[Node]:
    """The properties that take one value."""
    return {
        URIRef(str(subject))
        for subject, value in kg.graph.subject_objects(CORD.singleValued)
        if value == Literal(True)
    }


def merged(graph: Graph) -> list[tuple[object, object]]:
    """The literals that the closure of a graph by owlrl makes the same as others; the graph grows."""
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return [
        (one, other)
        for one, other in graph.subject_objects(OWL.sameAs)
        if isinstance(one, Literal | URIRef)
        if isinstance(other, Literal) and one != other
    ]


def test_nothing_clashes(kg: KnowledgeGraph) -> None:
    """What all documents state and what the ontology says can be true together."""
    assert len(kg.closure.inferred) > 1000
    assert kg.closure.clashes == ()


def test_no_value_is_written_where_another_stands(kg: KnowledgeGraph) -> None:
    """Of a property that takes one value no value is inferred: each is what some document says."""
    single = single_valued(kg)
    assert len(single) >= 20
    assert [triple for triple in kg.closure.inferred if triple[1] in {*single, OWL.sameAs}] == []


@pytest.mark.slow
def test_owlrl_alone_makes_no_two_values_the_same(kg: KnowledgeGraph) -> None:
    """owlrl on the plain union: no date or count has become another, and it reports no error."""
    union = Graph()
    for triple in kg.graph.triples((None, None, None)):
        union.add(triple)
    assert merged(union) == []
    assert [s for s, p in union.subject_predicates() if str(p).endswith("agent-ont#error")] == []


def test_owlrl_would_merge_the_dates_of_a_functional_property() -> None:
    """Why no property is functional: two dates of one election become the same, and the search finds it."""
    election, on = URIRef("x:election"), URIRef("x:on")
    dates = [Literal(day, datatype=XSD.date) for day in ("2024-06-11", "2024-06-14")]
    graph = Graph()
    for date in dates:
        graph.add((election, on, date))
    assert merged(graph) == []
    graph.add((on, RDF.type, OWL.FunctionalProperty))
    assert sorted(merged(graph)) == [(dates[0], dates[1]), (dates[1], dates[0])]


def test_no_axiom_merges(kg: KnowledgeGraph) -> None:
    """Neither ontology nor data hold an axiom that makes two values, or two things, the same."""
    held = {(p, o) for p, o in kg.graph.predicate_objects()}
    assert {o for p, o in held if p == RDF.type} & MERGING_TYPES == set()
    assert {p for p, _ in held} & MERGING_PREDICATES == set()


def test_dates_and_counts_take_a_single_value(kg: KnowledgeGraph) -> None:
    """Each of our properties with dates or numbers says ``cord:singleValued true``, or is known not to."""
    with_values = {
        URIRef(str(predicate))
        for _, predicate, value, _ in kg.graph.quads()
        if isinstance(value, Literal)
        and value.datatype in SINGLE_DATATYPES
        and str(predicate).startswith(TERMS)
    }
    assert len(with_values) >= 20
    assert with_values - single_valued(kg) == SEVERAL


def test_two_dates_of_one_election(kg: KnowledgeGraph) -> None:
    """Each of the two stands in the files of the documents that give it, and in no other."""
    election = URIRef(kg.settings.things + "election-galap-2024")
    stated = {
        (str(graph).removeprefix(kg.settings.sources), str(date))
        for _, _, date, graph in kg.graph.quads((election, CORD.onDate, None, None))
    }
    assert stated == {
        ("ens-paris-saclay/galap-election", "2024-06-11"),
        ("le-parisien/2024-06-12", "2024-06-11"),
        ("universite-paris-saclay/governance", "2024-06-14"),
    }
