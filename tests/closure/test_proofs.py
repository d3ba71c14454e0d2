"""Proofs: every triple and every clash of a closure has one, and its steps are instances of their rules."""

import gzip
import random
from pathlib import Path
from typing import cast

from hypothesis import given, settings
from rdflib import OWL, RDF, BNode, Graph, Literal, URIRef

from cordiale.closure.duckdb_engine import close_triples, node_of, text_of
from cordiale.closure.materialise import ClosedGraph, Options
from cordiale.closure.proofs import Proofs
from cordiale.closure.rule_parser import parse_rules, read_rule_set
from cordiale.closure.rules import Rule
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Triple
from tests.closure.graphs import EX, triples
from tests.closure.naive import TextTriple
from tests.closure.ontologies import consistent_graphs, graphs, odd_graphs
from tests.closure.proof_checker import check_proof, wrong_step

RULES = read_rule_set("owl2rl")


def _closed(
    asserted: frozenset[Triple], rules: tuple[Rule, ...] = RULES, *, full: bool = False
) -> tuple[ClosedGraph, Proofs]:
    closed, nodes = close_triples(sorted(asserted), rules, Options(full=full))
    return closed, Proofs(closed, rules, text_of, nodes)


def _nodes(graph: tuple[TextTriple, ...]) -> frozenset[Triple]:
    return frozenset((node_of(s), node_of(p), node_of(o)) for s, p, o in graph)


def _check_all(asserted: frozenset[Triple], *, full: bool = False) -> None:
    closed, proofs = _closed(asserted, full=full)
    for s, p, o in closed:
        triple = (node_of(s), node_of(p), node_of(o))
        proof = proofs.why(triple)
        assert proof is not None, triple
        assert proof.conclusion == triple
        check_proof(proof, asserted)
    for clash in closed.clashes:
        proof = proofs.clash(clash)
        assert proof is not None, clash
        assert proof.conclusion is None
        check_proof(proof, asserted)


@settings(max_examples=40)
@given(graphs)
def test_everything_has_a_checked_proof(graph: tuple[TextTriple, ...]) -> None:
    """Inferred triples and clashes."""
    _check_all(_nodes(graph))


@settings(max_examples=40)
@given(consistent_graphs)
def test_equal_names_are_told_apart(graph: tuple[TextTriple, ...]) -> None:
    """In graphs with many equalities that are followed."""
    _check_all(_nodes(graph))


@settings(max_examples=40)
@given(odd_graphs)
def test_odd_graphs_have_checked_proofs(graph: tuple[TextTriple, ...]) -> None:
    """Even where terms of OWL are made equal to others, and lists are broken."""
    _check_all(_nodes(graph))


@settings(max_examples=10)
@given(graphs)
def test_a_full_closure_has_checked_proofs(graph: tuple[TextTriple, ...]) -> None:
    """What is trivial included."""
    _check_all(_nodes(graph), full=True)
