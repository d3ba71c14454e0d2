"""What other reasoners get wrong, and this one must not: owlrl 7.6.2 and reasonable 0.4.4."""

import pytest

from cordiale.closure.engine import Closure
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from cordiale.read.turtle import read_turtle

PREFIXES = """
@prefix : <http://e/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def close(turtle: str) -> Closure:
    """The closure of a graph in Turtle."""
    return DuckdbEngine().close(read_turtle(PREFIXES + turtle, path="x.ttl", base="http://e/").triples)


def lines(closure: Closure) -> set[str]:
    """The inferred triples, the namespace of the tests left out."""
    return {" ".join(term.n3() for term in triple).replace("http://e/", "") for triple in closure.inferred}


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("[] a owl:AllDifferent ; owl:members (:a :b :c) . :b owl:sameAs :c .", "eq-diff2"),
        ("[] a owl:AllDifferent ; owl:distinctMembers (:a :b :c) . :a owl:sameAs :c .", "eq-diff3"),
        ("[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :a :q :b ; :r :b .", "prp-adp"),
        ("[] a owl:AllDisjointClasses ; owl:members (:C :D :E) . :a a :D , :E .", "cax-adc"),
    ],
)
def test_the_last_member_of_a_list_counts(turtle: str, rule: str) -> None:
    """owlrl never compares the last member of AllDifferent and AllDisjointProperties with another."""
    assert [clash.rule for clash in close(turtle).clashes] == [rule]


@pytest.mark.parametrize("form", ["0.0", "-0.0", "INF", "-INF", "NaN", "1e-45"])
@pytest.mark.parametrize("datatype", ["float", "double"])
def test_zero_infinity_and_nan_are_floats(form: str, datatype: str) -> None:
    """owlrl calls them ill-typed."""
    assert close(f':a :p "{form}"^^xsd:{datatype} .').clashes == ()


def test_individuals_are_not_typed_as_datatypes() -> None:
    """owlrl types data as rdfs:Datatype."""
    closure = close(':a :p "1"^^xsd:integer . :p rdfs:range xsd:integer . :b a :C .')
    assert lines(closure) == set()


def test_different_values_clash() -> None:
    """owlrl skips dt-diff: a functional property with two values is no clash there."""
    closure = close(":p a owl:FunctionalProperty . :a :p 1 , 2 .")
    assert [clash.rule for clash in closure.clashes] == ["eq-diff1"]


def test_equal_values_do_not_clash() -> None:
    """owlrl skips dt-eq: what is said of one form of a value holds for all."""
    closure = close(
        ':p a owl:FunctionalProperty . :a :p "1"^^xsd:int , "01"^^xsd:byte , 1.0 .'
        ' :R owl:onProperty :q ; owl:hasValue "1"^^xsd:integer . :b :q "01"^^xsd:integer .'
    )
    assert closure.clashes == ()
    assert "<b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <R>" in lines(closure)


def test_an_inverse_functional_property_compares_its_values() -> None:
    """reasonable makes any two subjects of an inverse-functional property the same."""
    closure = close(":p a owl:InverseFunctionalProperty . :a :p :x . :b :p :y . :c :p :y .")
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    assert lines(closure) == {f"<b> {same} <c>", f"<c> {same} <b>"}


def test_a_key_of_one_property_compares_it() -> None:
    """owlrl ignores the last property of a key."""
    closure = close(":C owl:hasKey (:k) . :a a :C ; :k 1 . :b a :C ; :k 2 . :c a :C ; :k 1.0 .")
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    assert {line for line in lines(closure) if same in line} == {f"<a> {same} <c>", f"<c> {same} <a>"}


def test_a_cardinality_of_another_type_counts() -> None:
    """Equal values are equal, whatever the datatype: "1"^^xsd:int is xsd:nonNegativeInteger's 1."""
    closure = close(':R owl:onProperty :p ; owl:maxCardinality "1"^^xsd:int . :a a :R ; :p :x , :y .')
    assert any("sameAs" in line for line in lines(closure))


def test_ill_typed_literals_clash_once_and_crash_nothing() -> None:
    """A decimal that is none stops owlrl with an exception."""
    closure = close(':a :p "abc"^^xsd:decimal , "x"^^xsd:unknown , "y"^^:own .')
    assert [(clash.rule, len(clash.triples)) for clash in closure.clashes] == [("dt-not-type", 1)]
