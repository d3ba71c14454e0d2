"""What is left out of a closure, and what is not."""

import pytest
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.model.terms import Node
from tests.closure.graphs import EX

A, B, CLASS, PROPERTY = (URIRef(EX + name) for name in ("a", "b", "C", "p"))


@pytest.mark.parametrize(
    "triple",
    [
        (A, OWL.sameAs, A),
        (CLASS, RDFS.subClassOf, CLASS),
        (CLASS, OWL.equivalentClass, CLASS),
        (CLASS, RDFS.subClassOf, OWL.Thing),
        (CLASS, RDFS.subClassOf, RDFS.Resource),
        (OWL.Nothing, RDFS.subClassOf, CLASS),
        (PROPERTY, RDFS.subPropertyOf, PROPERTY),
        (PROPERTY, OWL.equivalentProperty, PROPERTY),
        (A, RDF.type, OWL.Thing),
        (BNode(), RDF.type, RDFS.Resource),
        (PROPERTY, RDFS.domain, OWL.Thing),
        (PROPERTY, RDFS.range, OWL.Thing),
        (OWL.Thing, RDF.type, OWL.Class),
        (OWL.Nothing, RDF.type, OWL.Class),
        (RDFS.label, RDF.type, OWL.AnnotationProperty),
        (XSD.date, RDF.type, RDFS.Datatype),
        (A, RDF.type, RDFS.Datatype),
        (Literal("a"), RDF.type, XSD.string),
        (Literal("a"), PROPERTY, A),
        (Literal("a"), OWL.sameAs, Literal("b")),
        (XSD.string, OWL.disjointWith, XSD.date),
        (RDF.PlainLiteral, OWL.disjointWith, RDF.XMLLiteral),
    ],
)
def test_trivial(triple: tuple[Node, Node, Node]) -> None:
    """Each form in the list is left out."""
    assert is_trivial(triple)


@pytest.mark.parametrize(
    "triple",
    [
        (A, OWL.sameAs, B),
        (CLASS, RDFS.subClassOf, OWL.Nothing),
        (CLASS, RDFS.subClassOf, BNode()),
        (CLASS, OWL.equivalentClass, OWL.Thing),
        (OWL.Thing, RDFS.subClassOf, CLASS),
        (A, RDF.type, OWL.Class),
        (A, RDF.type, CLASS),
        (A, RDF.type, OWL.Nothing),
        (A, PROPERTY, A),
        (A, PROPERTY, OWL.Thing),
        (PROPERTY, RDF.type, OWL.AnnotationProperty),
        (CLASS, OWL.disjointWith, XSD.date),
        (A, RDF.type, XSD.date),
    ],
)
def test_not_trivial(triple: tuple[Node, Node, Node]) -> None:
    """What is near a form of the list, and says something, is kept."""
    assert not is_trivial(triple)


def test_axioms_of_owlrl_are_trivial() -> None:
    """All that owlrl concludes from nothing is in the list."""
    graph = Graph()
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    assert len(graph) > 50
    assert [triple for triple in graph if not is_trivial(triple)] == []  # type: ignore[arg-type] # rdflib's Node
