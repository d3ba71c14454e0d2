"""Which axioms are outside OWL 2 RL, by good and bad examples and by the cases of the OWL Working Group."""

import pytest
from rdflib import Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.profile import check_profile, outside_rl
from cordiale.model.places import Place
from cordiale.model.problems import Severity
from cordiale.model.terms import Node
from tests.suites.suites import working_group

PREFIXES = """
    @prefix : <https://example.org/ns#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

GOOD = {
    "names": ":A rdfs:subClassOf :B . :A owl:equivalentClass :C . :A owl:disjointWith :D .",
    "some values below": "[ owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :A .",
    "some thing below": "[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A .",
    "some datum below": "[ owl:onProperty :p ; owl:someValuesFrom xsd:integer ] rdfs:subClassOf :A .",
    "union below": "[ owl:unionOf ( :B [ owl:oneOf ( :x :y ) ] ) ] rdfs:subClassOf :A .",
    "all values above": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "complement above": ":A rdfs:subClassOf [ owl:complementOf [ owl:unionOf ( :B :C ) ] ] .",
    "value on both sides": ":A owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :x ] .",
    "intersection": ":A owl:equivalentClass [ owl:intersectionOf ( :B [ owl:hasValue 1 ] ) ] .",
    "at most one": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .",
    "at most one of a union": """:A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ;
        owl:onClass [ owl:unionOf ( :B :C ) ] ] .""",
    "at most no thing": """:A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ;
        owl:onClass owl:Thing ] .""",
    "a domain's part": ":p rdfs:domain [ owl:onProperty :q ; owl:allValuesFrom [ owl:complementOf :B ] ] .",
    "datatypes": ":p rdfs:range xsd:integer . :q rdfs:range xsd:gYear . :r rdfs:range rdfs:Literal .",
    "keys": ":A owl:hasKey ( :p :q ) . [ a owl:AllDisjointClasses ; owl:members ( :A :B ) ] .",
    "what says nothing": ":A rdfs:subClassOf owl:Thing . :p rdfs:domain owl:Thing . :x a owl:Thing .",
    "properties": ":p a owl:TransitiveProperty , owl:IrreflexiveProperty . :p owl:propertyChainAxiom (:q).",
    "axioms about axioms": """[ a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ;
        owl:annotatedTarget [ owl:unionOf ( :B :C ) ] ] .""",
}

# ABOVE, BELOW, EQUAL and DATA stand for the words of the messages.
BAD = {
    ":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .": "owl:unionOf ABOVE",
    ":A rdfs:subClassOf [ owl:oneOf ( :x :y ) ] .": "owl:oneOf ABOVE",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .": "owl:someValuesFrom ABOVE",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .": "owl:hasSelf ABOVE",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .": "owl:minCardinality 1 ABOVE",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .": "owl:maxCardinality 2 ABOVE",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality 1 ] .": "owl:cardinality 1 ABOVE",
    ":p rdfs:domain [ owl:unionOf ( :B :C ) ] .": "owl:unionOf ABOVE",
    ":p rdfs:range [ owl:intersectionOf ( :B [ owl:unionOf ( :C :D ) ] ) ] .": "owl:unionOf ABOVE",
    ":x a [ owl:onProperty :p ; owl:minCardinality 2 ] .": "owl:minCardinality 2 ABOVE",
    "[ owl:complementOf :B ] rdfs:subClassOf :A .": "owl:complementOf BELOW",
    "[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .": "owl:allValuesFrom BELOW",
    "[ owl:onProperty :p ; owl:maxCardinality 1 ] rdfs:subClassOf :A .": "owl:maxCardinality 1 BELOW",
    "owl:Thing rdfs:subClassOf :A .": "owl:Thing BELOW",
    ":A rdfs:subClassOf [ owl:complementOf [ owl:complementOf :B ] ] .": "owl:complementOf BELOW",
    ":A owl:disjointWith [ owl:onProperty :p ; owl:hasSelf true ] .": "owl:hasSelf BELOW",
    "[ a owl:AllDisjointClasses ; owl:members ( :A [ owl:complementOf :B ] ) ] .": "owl:complementOf BELOW",
    ":A owl:equivalentClass [ owl:unionOf ( :B :C ) ] .": "owl:unionOf EQUAL",
    ":A owl:unionOf ( :B :C ) .": "owl:unionOf EQUAL",
    ":A owl:equivalentClass [ owl:onProperty :p ; owl:minCardinality 1 ] .": "owl:minCardinality 1 EQUAL",
    ":A owl:disjointUnionOf ( :B :C ) .": "owl:disjointUnionOf",
    ":p a owl:ReflexiveProperty .": "owl:ReflexiveProperty",
    ":p rdfs:subPropertyOf owl:topObjectProperty .": "owl:topObjectProperty",
    ":p rdfs:range owl:rational .": "owl:rational DATA",
    ":p rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] .": "owl:oneOf DATA",
    ":p rdfs:range [ owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ] .": (
        "owl:withRestrictions DATA"
    ),
    ":D a rdfs:Datatype ; owl:equivalentClass [ owl:unionOf ( xsd:integer xsd:string ) ] .": (
        "owl:unionOf DATA"
    ),
}

WORDS = {
    "ABOVE": "as a super-class",
    "BELOW": "as a sub-class",
    "EQUAL": "in an equivalence",
    "DATA": "as a datatype",
}

# Declared RL by the Working Group's file, while section 4.2.5 leaves reflexive properties out.
DECLARED_ALL_THE_SAME = {"New-Feature-ReflexiveProperty-001"}
# Not declared RL for nothing but ``x a owl:Thing``, which costs no conclusion, or for their conclusion.
OUTSIDE_FOR_NOTHING = {
    "New-Feature-SelfRestriction-002",
    "WebOnt-Ontology-001",
    "WebOnt-disjointWith-001",
    "WebOnt-equivalentClass-001",
    "WebOnt-equivalentProperty-001",
    "WebOnt-miscellaneous-302",
    "WebOnt-miscellaneous-302-Direct",
    "bnode2somevaluesfrom",
}


def parse(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_rl_takes_is_not_told(text: str) -> None:
    """Axioms of the profile pass."""
    assert outside_rl(parse(text)) == ()


@pytest.mark.parametrize(("text", "what"), BAD.items(), ids=BAD)
def test_what_rl_leaves_out_is_told(text: str, what: str) -> None:
    """Each axiom outside gives its one reason, with something to write instead."""
    found = outside_rl(parse(text))
    construct, _, position = what.rpartition(" ")
    expected = f"{construct} {WORDS[position]}" if construct else what
    assert [each.misfit.what for each in found] == [expected]
    assert found[0].misfit.remedy


def test_half_of_an_equivalence_is_followed() -> None:
    """A union is followed towards the name, and a problem says so; a lower bound is not followed at all."""
    half = outside_rl(parse(":A owl:equivalentClass [ owl:unionOf ( :B :C ) ] ."))
    none = outside_rl(parse(":A owl:equivalentClass [ owl:onProperty :p ; owl:minCardinality 1 ] ."))
    assert [each.misfit.is_half for each in (*half, *none)] == [True, False]


def test_a_problem_has_place_code_and_remedy() -> None:
    """A warning at the axiom, in short names."""
    graph = parse(":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .")

    def blame(subject: Node, _predicate: Node | None, _value: Node | None) -> Blamed:
        known = subject == URIRef("https://example.org/ns#A")
        return Blamed(places=(Place(path="x.ttl", line=7),) if known else ())

    (problem,) = check_profile(graph, blame)
    assert problem.severity is Severity.WARNING
    assert str(problem).splitlines()[0] == (
        "x.ttl:7: C306 :A rdfs:subClassOf: owl:unionOf as a super-class is outside OWL 2 RL;"
        " no rule follows it"
    )


def test_lists_and_expressions_without_end() -> None:
    """A list that is its own tail and a class that is its own part are judged as far as they go."""
    graph = parse("""
        :A rdfs:subClassOf [ owl:unionOf _:l ] . _:l rdf:first :B ; rdf:rest _:l .
        _:c rdfs:subClassOf :A ; owl:unionOf ( _:c [ owl:complementOf :B ] ) .""")
    assert {each.misfit.what for each in outside_rl(graph)} == {
        "owl:unionOf as a super-class",
        "owl:complementOf as a sub-class",
    }


@pytest.mark.usefixtures("shared")
def test_the_working_group_agrees() -> None:
    """What the cases declare as their profile is what is found, but for written exceptions."""
    inside: dict[bool, set[str]] = {True: set(), False: set()}
    declared: dict[bool, set[str]] = {True: set(), False: set()}
    for case in {case.iri: case for case in working_group() if case.profiles}.values():
        graph = Graph()
        for triple in case.premise:
            graph.add(triple)
        inside[not outside_rl(graph)].add(case.iri)
        declared["RL" in case.profiles].add(case.iri)
    assert len(declared[True]) >= 89
    assert len(declared[False]) >= 20
    assert declared[True] & inside[False] == DECLARED_ALL_THE_SAME
    assert declared[False] & inside[True] == OUTSIDE_FOR_NOTHING
