"""Our use of owlrl gives what owlrl gives by itself, less what is trivial."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.closure.second_opinion.owlrl_engine import OwlrlEngine
from cordiale.model.terms import Node, Triple
from tests.closure.graphs import EX

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def by_owlrl(triples: Iterable[Triple]) -> tuple[set[Triple], set[str]]:
    """The closure and the error messages as owlrl makes them, without anything of ours."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    DeductiveClosure(OWLRL_Semantics, improved_datatypes=False).expand(graph)
    errors = dict(graph.subject_objects(ERROR))
    told = {cast(Triple, triple) for triple in graph if triple[0] not in errors}
    return told, {str(message) for message in errors.values()}


def compare(triples: Iterable[Triple]) -> None:
    """Fail unless both closures of the triples are the same."""
    asserted = set(triples)
    expected, errors = by_owlrl(asserted)
    closure = OwlrlEngine().close(asserted)
    new = {t for t in expected - asserted if isinstance(t[1], URIRef) and not is_trivial(t)}
    assert set(closure.inferred) == new
    ours = [clash for clash in closure.clashes if "(dt-diff)" not in clash.message]
    assert bool(ours) == bool(errors)
    assert not [clash for clash in ours if clash.rule == "owlrl"]  # each was understood
    known = {term for triple in asserted for term in triple}
    assert all(repr(o) in {repr(term) for term in known} for _, _, o in new if isinstance(o, Literal))


NAMES: list[Node] = [URIRef(EX + name) for name in "abCDpq"]
THINGS: list[Node] = [*NAMES, BNode("x"), OWL.Thing, OWL.Nothing, OWL.sameAs, RDFS.label, XSD.integer]
VALUES: list[Node] = [
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("1", datatype=XSD.integer, normalize=False),
    Literal("x", lang="en-GB"),
]
CLASSES: list[Node] = [
    OWL.AsymmetricProperty,
    OWL.Class,
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.ObjectProperty,
    OWL.SymmetricProperty,
    OWL.TransitiveProperty,
]
AXIOMS: list[Node] = [
    OWL.complementOf,
    OWL.differentFrom,
    OWL.disjointWith,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.inverseOf,
    OWL.propertyDisjointWith,
    OWL.sameAs,
    RDF.type,
    RDFS.domain,
    RDFS.range,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
]

GRAPHS = st.sets(
    st.one_of(
        st.tuples(st.sampled_from(THINGS), st.sampled_from(AXIOMS), st.sampled_from(THINGS)),
        st.tuples(st.sampled_from(NAMES), st.just(RDF.type), st.sampled_from(CLASSES)),
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([*NAMES, *VALUES])),
    ),
    max_size=9,
)


@settings(max_examples=50)
@given(GRAPHS)
def test_random_graphs(graph: set[Triple]) -> None:
    """Leaving reflexive sameAs out changes nothing, not even where axioms are about owl:sameAs."""
    compare(graph)


@settings(max_examples=50)
@given(GRAPHS)
def test_closing_again_adds_nothing(graph: set[Triple]) -> None:
    """What follows from a closure is in it, and so are the clashes.

    But for a fault of owlrl: it asks once, before the rounds, which things are typed by a datatype, and gives
    only those the wider datatypes too.
    """
    first = OwlrlEngine().close(graph)
    assume(not any(p == RDF.type and o == XSD.integer for _, p, o in first.inferred))
    second = OwlrlEngine().close(graph.union(first.inferred))
    assert second.inferred == ()
    assert {(clash.rule, clash.message) for clash in second.clashes} == {
        (clash.rule, clash.message) for clash in first.clashes
    }


@pytest.mark.slow
def test_suite(shared: Path) -> None:
    """All graphs of the OWL 2 RL conformance suite close as by owlrl alone."""
    folder = shared / "suites" / "owl2-rdfbased" / "subsuites" / "owl2rl"
    paths = sorted([*folder.glob("*/*.premisegraph.ttl"), *folder.glob("*/*.graph.ttl")])
    assert len(paths) == 273
    refused = []
    for path in paths:
        graph = [cast(Triple, triple) for triple in Graph().parse(path)]
        try:
            compare(graph)
        except AssertionError as error:
            refused.append((path.name, str(error).splitlines()[0]))
    assert refused == []
