"""Odd and hostile input: an answer, a clash or a refusal that says why; never a wrong closure."""

import pytest

from cordiale.closure.engine import Closure
from cordiale.closure.loading.coding import Encoder, term_texts
from cordiale.closure.loading.nodes import text_of
from cordiale.closure.rulebook.rule_parser import parse_rules, read_rule_set
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from cordiale.closure.sql.materialise import Options, close_coded, vocabulary_of
from cordiale.model.errors import SourceError
from cordiale.read.turtle import read_turtle
from tests.closure.test_known_faults import PREFIXES, close, lines

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SAME = "<http://www.w3.org/2002/07/owl#sameAs>"


@pytest.mark.parametrize(
    "cells",
    [
        "_:c rdf:first :A ; rdf:rest _:c .",  # a circle
        "_:c rdf:first :A ; rdf:rest _:d . _:d rdf:first :B .",  # no end
        "_:c rdf:first :A ; rdf:rest _:d . _:d rdf:rest () .",  # nothing in a cell
        "_:c rdf:rest () .",
    ],
)
def test_a_list_that_is_none_makes_nothing_follow(cells: str) -> None:
    """A class that is the union or intersection of a broken list has no members by it."""
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    closure = close(f"{rdf} :U owl:unionOf _:c . :I owl:intersectionOf _:c . :a a :A , :B , :I . {cells}")
    assert {line for line in lines(closure) if TYPE in line} == set()


def test_a_list_that_branches_is_each_of_its_lists() -> None:
    """Two ends of one cell are two lists, and each has to be fulfilled as a whole."""
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    tree = "_:c rdf:first :A ; rdf:rest (:B :C) , (:D :E) ."
    closure = close(f"{rdf} :I owl:intersectionOf _:c . {tree} :x a :A , :B , :E . :y a :A , :D , :E .")
    assert f"<y> {TYPE} <I>" in lines(closure)
    assert f"<x> {TYPE} <I>" not in lines(closure)


def test_a_key_that_goes_in_a_circle_is_each_of_its_lists() -> None:
    """Its cells can be walked without end; what the walks ask for is the same again and again."""
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    key = ":C owl:hasKey _:c . _:c rdf:first :p ; rdf:rest _:d . _:d rdf:first :q ; rdf:rest _:c , rdf:nil ."
    closure = close(f"{rdf} {key} :a a :C ; :p 1 ; :q 2 . :b a :C ; :p 1 ; :q 2 . :c a :C ; :p 1 ; :q 3 .")
    assert lines(closure) == {f"<a> {SAME} <b>", f"<b> {SAME} <a>"}


def test_tuples_without_end_are_refused() -> None:
    """A rule of one's own that puts tuples into tuples along a circle of data is named."""
    text = (
        "@prefix : <http://e/>\nstart: ?x :next ?y -> path(?y, tuple(?x, ?y))\n"
        "more: path(?y, ?t), ?y :next ?z -> path(?z, tuple(?t, ?z))\n"
    )
    with pytest.raises(SourceError, match=r"own.rules:3:1: C640 the rule more "):
        DuckdbEngine(parse_rules(text, path="own.rules")).close(
            read_turtle(f"{PREFIXES} :a :next :a .", path="x.ttl", base="http://e/").triples
        )


def test_a_long_list_takes_no_round_a_member() -> None:
    """A list of two thousand is there at once."""
    members = " ".join(f":m{number}" for number in range(2000))
    encoder = Encoder(vocabulary_of(read_rule_set("owl2rl")))
    graph = read_turtle(f"{PREFIXES} :E owl:oneOf ({members}) .", path="x.ttl", base="http://e/").triples
    encoder.add(term_texts(tuple(map(text_of, triple)) for triple in graph))  # type: ignore[misc]
    closed = close_coded(encoder.coded(), read_rule_set("owl2rl"))
    assert len(closed) == 2000
    assert closed.rounds < 5


def test_literals_as_subjects_are_told_to_nobody() -> None:
    """What holds of a literal makes other things follow, and is no RDF itself."""
    closure = close(":p owl:inverseOf :q . :q rdfs:range :C . :p rdfs:range :D . :a :p 1 .")
    assert lines(closure) == {f"<a> {TYPE} <C>"}


def test_a_literal_may_have_a_name() -> None:
    """A name that is the same as a value stands wherever the value stands."""
    closure = close(':p a owl:FunctionalProperty . :a :p "x" , :n . :b :q "x" .')
    assert closure.clashes == ()
    assert "<b> <q> <n>" in lines(closure)


def test_equalities_that_only_together_are_wrong_are_not_followed() -> None:
    """A name between two values makes them the same; nothing else may come of it."""
    closure = close(
        ':n owl:sameAs "1"^^xsd:integer , "2"^^xsd:integer . :a :p 1 . :b :p 2 . :c owl:sameAs :d .'
    )
    assert [clash.rule for clash in closure.clashes] == ["eq-diff1"]
    assert "<b> <p> 1" not in " ".join(lines(closure))
    assert f"<d> {SAME} <c>" in lines(closure)


def test_an_equality_of_different_things_is_told_and_not_followed() -> None:
    """Two things declared different, and made the same, stay two."""
    closure = close(":a owl:differentFrom :b . :a owl:sameAs :b . :a :p :x .")
    assert [clash.rule for clash in closure.clashes] == ["eq-diff1"]
    assert "<b> <p> <x>" not in lines(closure)


def test_terms_of_owl_can_be_redefined() -> None:
    """Another name for rdf:type or rdfs:subClassOf works as it does."""
    closure = close(
        ":is rdfs:subPropertyOf <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> . :a :is :C ."
        " :under owl:sameAs rdfs:subClassOf . :C :under :D ."
    )
    assert {f"<a> {TYPE} <C>", f"<a> {TYPE} <D>"} <= lines(closure)


def test_types_can_be_transitive() -> None:
    """If rdf:type is transitive, the members of a class are members of its classes."""
    closure = close(
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> a owl:TransitiveProperty . :a a :C . :C a :M ."
    )
    assert f"<a> {TYPE} <M>" in lines(closure)


def test_too_large_a_closure_is_refused() -> None:
    """The refusal names the rule and the axiom."""
    hub = " ".join(f":hub :p :b{number} . :a{number} :p :hub ." for number in range(200))
    graph = read_turtle(
        f"{PREFIXES} :p a owl:TransitiveProperty . {hub}", path="x.ttl", base="http://e/"
    ).triples
    with pytest.raises(SourceError) as caught:
        DuckdbEngine(options=Options(most_rows=10_000)).close(graph)
    assert "prp-trp" in str(caught.value)
    assert "<http://e/p>" in str(caught.value)


def test_too_many_conclusions_of_simple_rules_are_refused() -> None:
    """Rules with one premise about data are counted together; the one that makes the most is named."""
    axioms = " ".join(f":p rdfs:domain :C{number} ." for number in range(200))
    facts = " ".join(f":a{number} :p :b ." for number in range(200))
    graph = read_turtle(f"{PREFIXES} {axioms} {facts}", path="x.ttl", base="http://e/").triples
    with pytest.raises(SourceError, match="prp-dom"):
        DuckdbEngine(options=Options(most_rows=10_000)).close(graph)


@pytest.mark.parametrize(("length", "rows"), [(60, 10_000), (120, 8000)])
def test_many_ways_to_few_triples_are_gone_or_refused(length: int, rows: int) -> None:
    """What counts is how many triples there are; only where the ways are far more, they are not all gone."""
    steps = " ".join(f":a{number} :p :a{number + 1} ." for number in range(length))
    graph = read_turtle(
        f"{PREFIXES} :p a owl:TransitiveProperty . {steps}", path="x.ttl", base="http://e/"
    ).triples
    engine = DuckdbEngine(options=Options(most_rows=rows))
    if length == 60:
        assert len(engine.close(graph).inferred) == 59 * 60 // 2
        return
    with pytest.raises(
        SourceError, match=r"prp-trp .*TransitiveProperty.* would find its triples in more than 32,000 ways"
    ):
        engine.close(graph)


def test_many_names_of_one_thing() -> None:
    """A thousand names are a million pairs, and every triple about the thing a thousand."""
    rules = read_rule_set("owl2rl")
    encoder = Encoder(vocabulary_of(rules))
    same = [("<x:n0>", SAME, f"<x:n{number}>") for number in range(1, 1000)]
    encoder.add(term_texts([*same, ("<x:n7>", "<x:p>", '"v"'), ("<x:a>", "<x:q>", "<x:n8>")]))
    closed = close_coded(encoder.coded(), rules)
    assert len(closed) == 1000 * 999 - 999 + 2 * 999


def test_rounds_grow_with_the_proof() -> None:
    """A triple is there later than what it follows from."""
    rules = read_rule_set("owl2rl")
    encoder = Encoder(vocabulary_of(rules))
    sub = "<http://www.w3.org/2000/01/rdf-schema#subPropertyOf>"
    encoder.add(term_texts([("<x:p>", sub, "<x:q>"), ("<x:a>", "<x:p>", "<x:b>"), ("<x:b>", SAME, "<x:c>")]))
    closed = close_coded(encoder.coded(), rules)
    rounds = dict(zip(closed, closed.inferred.column("r").to_pylist(), strict=True))
    assert rounds["<x:a>", "<x:p>", "<x:c>"] < rounds["<x:a>", "<x:q>", "<x:c>"]


def test_own_rules_compare_values() -> None:
    """Rules of one's own, with < and != and relations of their own."""
    text = (
        "@prefix : <http://e/>\n"
        "older: ?x :born ?a, ?y :born ?b, ?a < ?b -> elder(?x, ?y)\n"
        "elder: elder(?x, ?y), ?x :knows ?y, ?x != ?y -> ?x :elderOf ?y\n"
        'twice: ?x :born ?a, ?x :born ?b, ?a < ?b -> false "?x is born at ?a and at ?b"\n'
    )
    rules = (*read_rule_set("owl2rl"), *parse_rules(text, path="own.rules"))
    data = ':a :born 1900 ; :knows :b . :b :born "1901"^^xsd:short ; :knows :a . :c :born 1 , 2 .'
    closure: Closure = DuckdbEngine(rules).close(
        read_turtle(PREFIXES + data, path="x.ttl", base="http://e/").triples
    )
    assert lines(closure) == {"<a> <elderOf> <b>"}
    assert [clash.rule for clash in closure.clashes] == ["twice"]


def test_own_rules_compare_with_values_that_stand_nowhere() -> None:
    """The order of values is asked for a term of the rule, and for a name that is the same as a value."""
    text = (
        "@prefix : <http://e/>\n"
        'early: ?x :born ?a, ?a < "1850"^^xsd:integer -> ?x a :Early\n'
        'late: ?x :born ?a, "1850.0"^^xsd:decimal < ?a -> ?x a :Late\n'
    )
    rules = (*read_rule_set("owl2rl"), *parse_rules(text, path="own.rules"))
    data = ":a :born 1900 . :b :born 1800 . :c :born :n . :n owl:sameAs 1800 . :d :born 1850 ."
    closure = DuckdbEngine(rules).close(read_turtle(PREFIXES + data, path="x.ttl", base="http://e/").triples)
    found = {line for line in lines(closure) if line.endswith(("<Early>", "<Late>"))}
    assert found == {f"<a> {TYPE} <Late>", f"<b> {TYPE} <Early>", f"<c> {TYPE} <Early>"}


def test_a_cardinality_may_have_a_name() -> None:
    """A value in another form than the rule has it, and then the same as a name, is still that value."""
    closure = close(
        ":f a owl:FunctionalProperty . :c :f :e , 1 . :R owl:onProperty :p ; owl:hasValue :a ;"
        ' owl:maxCardinality "1"^^xsd:nonNegativeInteger . :a :p :a , :b .'
    )
    assert f"<a> {SAME} <b>" in lines(closure)
