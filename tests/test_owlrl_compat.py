"""The drop-in for owlrl's users: the same call, the same closure less what says nothing."""

import owlrl
import pytest
from rdflib import RDF, Graph, URIRef

from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.model.errors import UsageError
from cordiale.owlrl_compat import DeductiveClosure

TURTLE = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Bridge rdfs:subClassOf :Work . :pont-neuf a :Bridge ; :spans :seine .
:spans rdfs:domain :Crossing ; a owl:SymmetricProperty .
"""
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


@pytest.mark.parametrize("semantics", [owlrl.OWLRL_Semantics, owlrl.RDFS_Semantics])
def test_same_closure_as_owlrl(semantics: type) -> None:
    """Both expand a graph in place to the same triples, trivial ones left out."""
    ours, theirs = Graph().parse(data=TURTLE), Graph().parse(data=TURTLE)
    DeductiveClosure(semantics).expand(ours)
    owlrl.DeductiveClosure(semantics).expand(theirs)
    before = set(Graph().parse(data=TURTLE))
    assert set(ours) > before
    assert set(ours) <= set(theirs)
    assert [triple for triple in set(theirs) - set(ours) if not is_trivial(triple)] == []  # type: ignore[arg-type]


def test_options() -> None:
    """RDF Schema beside OWL 2 RL, axiomatic triples, no closure at all, and results in another graph."""
    expected = (URIRef("https://example.org/spans"), RDF.type, RDF.Property)
    for closure in (
        DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True),
        DeductiveClosure(owlrl.RDFS_OWLRL_Semantics, improved_datatypes=False),
        DeductiveClosure(owlrl.RDFS_Semantics, axiomatic_triples=True),
    ):
        graph, apart = Graph().parse(data=TURTLE), Graph()
        closure.expand(graph, apart)
        assert expected in apart
        assert len(graph) == 5
    graph = Graph().parse(data=TURTLE)
    DeductiveClosure(None).expand(graph)
    assert len(graph) == 5


def test_clashes_are_error_nodes() -> None:
    """A clash is told as owlrl tells it."""
    graph = Graph().parse(data=TURTLE + ":Work owl:disjointWith :Bridge .")
    DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    (node,) = graph.subjects(RDF.type, ERROR)
    (message,) = graph.objects(node, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))
    assert "cax-dw" in str(message)


def test_what_cannot_be_done_is_refused() -> None:
    """Extensions of owlrl's and datatype axioms are not left out in silence."""
    with pytest.raises(UsageError, match="OWLRL_Extension"):
        DeductiveClosure(owlrl.OWLRL_Extension)
    with pytest.raises(UsageError, match="C632"):
        DeductiveClosure(owlrl.OWLRL_Semantics, datatype_axioms=True)
