"""Proofs: every triple and every clash of a closure has one, and its steps are instances of their rules."""

import gzip
import random
from pathlib import Path
from typing import cast

from hypothesis import given, settings
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from cordiale.closure.loading.nodes import node_of, text_of
from cordiale.closure.proofs.proofs import Proofs
from cordiale.closure.rulebook.rule_parser import parse_rules, read_rule_set
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sql.duckdb_engine import close_triples
from cordiale.closure.sql.materialise import ClosedGraph, Options
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Triple
from tests.closure.graphs import EX, triples
from tests.closure.naive import TextTriple
from tests.closure.ontologies import consistent_graphs, graphs, odd_graphs
from tests.closure.proof_checker import check_proof, wrong_step

RULES = read_rule_set("owl2rl")


_MOST = 300  # proofs of one graph that are worth checking; odd graphs have thousands of triples


def _closed(
    asserted: frozenset[Triple], rules: tuple[Rule, ...] = RULES, *, full: bool = False
) -> tuple[ClosedGraph, Proofs]:
    closed, nodes = close_triples(sorted(asserted), rules, Options(full=full))
    return closed, Proofs(closed, rules, text_of, nodes)


def _nodes(graph: tuple[TextTriple, ...]) -> frozenset[Triple]:
    return frozenset((node_of(s), node_of(p), node_of(o)) for s, p, o in graph)


def _check_all(asserted: frozenset[Triple], *, full: bool = False) -> None:
    closed, proofs = _closed(asserted, full=full)
    told = sorted(closed)
    for s, p, o in told if len(told) <= _MOST else random.Random(0).sample(told, _MOST):
        triple = (node_of(s), node_of(p), node_of(o))
        proof = proofs.why(triple)
        assert proof is not None, triple
        assert proof.conclusion == triple
        check_proof(proof, asserted)
    for clash in closed.clashes[:_MOST]:
        proof = proofs.clash(clash.rule, clash.message)
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


def _one(turtle: str, triple: Triple, rules: tuple[Rule, ...] = RULES) -> Proof:
    """The checked proof of a triple of a graph."""
    asserted = triples(turtle)
    _, proofs = _closed(asserted, rules)
    proof = proofs.why(triple)
    assert proof is not None
    if rules is RULES:
        check_proof(proof, asserted)
    return proof


def _iri(name: str) -> URIRef:
    return URIRef(EX + name)


def test_an_asserted_triple_is_its_own_proof() -> None:
    """It has no steps and rests on itself, even where rules conclude it as well."""
    stated = (_iri("a"), _iri("p"), _iri("b"))
    proof = _one(":a :p :b . :b :q :a . :q owl:inverseOf :p .", stated)
    assert (proof.steps, proof.asserted, proof.height) == ((), (stated,), 0)


def test_what_does_not_follow_has_no_proof() -> None:
    """Nor has what is about terms that stand nowhere."""
    _, proofs = _closed(triples(":a :p :b ."))
    assert proofs.why((_iri("b"), _iri("p"), _iri("a"))) is None
    assert proofs.why((_iri("nobody"), _iri("p"), _iri("a"))) is None


def test_the_least_proof_is_told() -> None:
    """Of a long and a short way, the short one, which needs no other inference."""
    turtle = (
        "".join(f":C{at} rdfs:subClassOf :C{at + 1} . " for at in range(6))
        + ":a a :C0 , :D . :D rdfs:subClassOf :C6 ."
    )
    assert _one(turtle, (_iri("a"), RDF.type, _iri("C6"))).height == 1


def test_a_list_is_told_by_its_cells() -> None:
    """A chain of three is one step of prp-spo2, with the axiom, six cell triples and three links."""
    proof = _one(
        ":q owl:propertyChainAxiom ( :p :p :r ) . :a :p :b . :b :p :c . :c :r :d .",
        (_iri("a"), _iri("q"), _iri("d")),
    )
    assert [step.rule for step in proof.steps] == ["prp-spo2"]
    assert len(proof.steps[0].premises) == 10


def test_an_axiom_that_shares_its_list_is_no_premise() -> None:
    """Two unions over one list: only the one that is needed is told."""
    turtle = ":C owl:unionOf _:l . :D owl:unionOf _:l . _:l rdf:first :E ; rdf:rest () . :a a :E ."
    for name in "CD":
        assert len(_one(turtle, (_iri("a"), RDF.type, _iri(name))).asserted) == 4


def test_a_key_has_one_step() -> None:
    """prp-key, with the values of both things."""
    turtle = ':K owl:hasKey ( :p :q ) . :a a :K ; :p :x ; :q 1 . :b a :K ; :p :x ; :q "1"^^xsd:int .'
    rules = [step.rule for step in _one(turtle, (_iri("a"), OWL.sameAs, _iri("b"))).steps]
    assert rules.count("prp-key") == 1
    assert set(rules) == {"prp-key", "dt-eq", "eq-rep-o"}


def test_literals_of_one_value_are_exchanged_in_steps() -> None:
    """A constant of a rule that is written in another form is the same by dt-eq."""
    turtle = """[] a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality "01"^^xsd:int ; rdfs:label "r" .
        :C rdfs:subClassOf :R . :R owl:onProperty :p ; owl:maxCardinality 1 . :a a :C ; :p :x , :y ."""
    rules = [step.rule for step in _one(turtle, (_iri("x"), OWL.sameAs, _iri("y"))).steps]
    assert sorted(rules) == ["cax-sco", "cls-maxc2", "dt-eq", "eq-rep-o"]


def test_a_long_way_of_equalities_is_joined_in_halves() -> None:
    """128 links: seven steps of eq-trans above one another, one turn, and one name for another."""
    turtle = " ".join(f":n{at} owl:sameAs :n{at + 1} ." for at in range(128)) + " :n128 :p :x ."
    proof = _one(turtle, (_iri("n0"), _iri("p"), _iri("x")))
    assert (proof.height, len(proof.steps)) == (9, 127 + 2)
    assert proof.steps[-1].rule == "eq-rep-s"


def test_things_made_the_same_one_after_another_are_told_in_that_order() -> None:
    """What is said of d is true of b before d is the same as "x", which rests on it."""
    turtle = ':r a owl:FunctionalProperty . :c :r :b , :c . :b :r :d . :d :r "x" .'
    assert _one(turtle, (_iri("b"), _iri("r"), Literal("x"))).height > 0


def test_a_refused_equality_has_a_proof_of_its_clash() -> None:
    """Two values of a functional property: prp-fp makes them the same, dt-diff says that they are not."""
    asserted = triples(":p a owl:FunctionalProperty . :a :p 1 , 2 .")
    closed, proofs = _closed(asserted)
    (clash,) = closed.clashes
    proof = proofs.clash(clash.rule, clash.message)
    assert proof is not None
    check_proof(proof, asserted)
    assert {step.rule for step in proof.steps} == {"prp-fp", "dt-diff", "eq-diff1"}


def test_ill_typed_literals_are_traced_to_where_they_stand() -> None:
    """dt-not-type rests on the triple that has the literal."""
    asserted = triples(':a :p "ten"^^xsd:integer .')
    closed, proofs = _closed(asserted)
    (clash,) = closed.clashes
    assert proofs.clash(clash.rule, clash.message) == Proof(
        conclusion=None, steps=(Step(rule="dt-not-type", premises=tuple(asserted), conclusion=None),)
    )


def test_what_is_left_out_has_a_proof_when_asked_for() -> None:
    """By the rules that were not followed, from what is there."""
    for triple in (
        (_iri("a"), OWL.sameAs, _iri("a")),
        (_iri("a"), RDF.type, OWL.Thing),
        (OWL.Thing, RDF.type, OWL.Class),
    ):
        assert _one(":a a :C . :C a owl:Class .", triple).steps


def test_users_rules_are_told_by_name() -> None:
    """Helper relations of a user's rules are worked out, recursive ones too."""
    own = parse_rules(
        f"@prefix : <{EX}>\n"
        "near: ?x :p ?y -> reach(?x, ?y)\nfar: reach(?x, ?y), ?y :p ?z -> reach(?x, ?z)\n"
        "tied: ?x :start ?s, reach(?x, ?y), ?x != ?y -> ?x :tied ?y\n".replace(":p", "<x:p>"),
        path="own.rules",
    )
    rules = (*RULES, *own)
    graph = frozenset({(_iri(f"n{at}"), URIRef("x:p"), _iri(f"n{(at + 1) % 5}")) for at in range(5)})
    asserted = graph | {(_iri("n0"), _iri("start"), Literal("here"))}
    _, proofs = _closed(asserted, rules)
    proof = proofs.why((_iri("n0"), _iri("tied"), _iri("n3")))
    assert proof is not None
    assert [step.rule for step in proof.steps] == ["tied"]
    assert len(proof.asserted) == 4


def test_checker_finds_what_is_wrong() -> None:
    """A wrong conclusion, a missing premise, one too many, another rule."""
    a, b, c, d = (_iri(name) for name in "abcd")
    sub, typed = (b, RDFS.subClassOf, c), (a, RDF.type, b)
    assert wrong_step(Step(rule="cax-sco", premises=(sub, typed), conclusion=(a, RDF.type, c))) is None
    for wrong in (
        Step(rule="cax-sco", premises=(sub, typed), conclusion=(a, RDF.type, d)),
        Step(rule="cax-sco", premises=(sub,), conclusion=(a, RDF.type, c)),
        Step(rule="cax-sco", premises=(sub, typed, (d, RDF.type, b)), conclusion=(a, RDF.type, c)),
        Step(rule="cax-eqc1", premises=(sub, typed), conclusion=(a, RDF.type, c)),
        Step(rule="no-such", premises=(sub, typed), conclusion=(a, RDF.type, c)),
        Step(rule="cax-dw", premises=(sub, typed), conclusion=None),
        Step(rule="dt-eq", premises=(), conclusion=(Literal(1), OWL.sameAs, Literal(2))),
    ):
        assert wrong_step(wrong) is not None


def test_lubm_proofs_are_right(shared: Path) -> None:
    """A sample of what follows from a department of LUBM."""
    text = gzip.decompress((shared / "bench" / "lubm-dept.nt.gz").read_bytes()).decode()
    asserted = frozenset(cast(Triple, triple) for triple in Graph().parse(data=text, format="nt"))
    closed, proofs = _closed(asserted)
    sample = random.Random(4).sample(sorted(closed), 200)
    for s, p, o in sample:
        proof = proofs.why((node_of(s), node_of(p), node_of(o)))
        assert proof is not None
        check_proof(proof, asserted)
