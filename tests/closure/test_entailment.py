"""What follows from a graph by the rules, by what goes without saying, and by refutation."""

from collections.abc import Collection

import pytest
from pyoxigraph import RdfFormat

from cordiale.closure.engine import Closure
from cordiale.closure.entailments.entailment import Entailment, How, entails, follows
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from cordiale.model.terms import Triple
from tests.suites.cases import read_rdf
from tests.suites.scoring import Remembering

__all__: list[str] = []

_PREFIXES = """
    @prefix : <https://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_ENGINE = Remembering(DuckdbEngine())


def _graph(text: str, *, prefix: str) -> tuple[Triple, ...]:
    return read_rdf(_PREFIXES + text, rdf_format=RdfFormat.TURTLE, base="https://example.org/", prefix=prefix)


def _ask(premises: str, conclusion: str) -> Entailment:
    # The blank nodes of both graphs have the same names, which must not matter.
    return entails(_ENGINE, _graph(premises, prefix="b"), _graph(conclusion, prefix="b"))


def _by_rules(premises: str, conclusion: str) -> Entailment:
    return follows(_ENGINE, _graph(premises, prefix="b"), _graph(conclusion, prefix="b"))


@pytest.mark.parametrize(
    ("premises", "conclusion"),
    [
        (":a :p :b .", ":a owl:sameAs :a . :a a owl:Thing ."),
        (":c a owl:Class .", ":c rdfs:subClassOf :c , owl:Thing . owl:Nothing rdfs:subClassOf :c ."),
        (":p a owl:ObjectProperty .", ":p rdfs:subPropertyOf :p ; rdfs:domain owl:Thing ."),
        (":c a owl:Class ; owl:sameAs :d .", ":c owl:equivalentClass :d ."),
        ("owl:Thing rdfs:subClassOf :everything . :x :p :y .", ":y a :everything ."),
        (":v owl:sameAs 42 . :w owl:sameAs 42.0 .", ":v owl:sameAs :w ; a xsd:decimal , rdfs:Literal ."),
        (":v owl:sameAs 42 . :w owl:sameAs true .", ":v owl:differentFrom :w ."),
        (":a :p 042 .", ":a :p 42.0 ."),
        (':a :p \'<b c="1" d="2"/>\'^^rdf:XMLLiteral .', ':a :p \'<b d="2" c="1"></b>\'^^rdf:XMLLiteral .'),
        ("", "rdfs:label a owl:AnnotationProperty . xsd:byte a rdfs:Datatype ; rdfs:subClassOf xsd:int ."),
        (":a :p [ :q 1 ] , [ :q 2 ; :r 3 ] .", ":a :p [ :q 2 ; :r [] ] . [] :q 1 ."),
    ],
)
def test_what_goes_without_saying(premises: str, conclusion: str) -> None:
    """What a closure leaves out on purpose is decided when it is asked for, without refutation."""
    assert _by_rules(premises, conclusion).is_entailed


@pytest.mark.parametrize(
    ("premises", "conclusion"),
    [
        ("", ":c rdfs:subClassOf owl:Thing ."),
        ("", ":p rdfs:subPropertyOf :p ."),
        (":a :p :b .", ":a owl:sameAs :b ."),
        (":v owl:sameAs 42 .", ":v a xsd:byte , xsd:string ."),
        (":v owl:sameAs 1 . :w owl:sameAs '1'^^:unknown .", ":v owl:differentFrom :w ."),
        (":a :p [ :q 1 ] , [ :r 2 ] .", ":a :p [ :q 1 ; :r 2 ] ."),
        (":a :p :b .", ":a :p [ :p [] ] ."),
    ],
)
def test_what_does_not(premises: str, conclusion: str) -> None:
    """What is not known to be a class, a value or one and the same thing is not taken to be."""
    assert not _ask(premises, conclusion).is_entailed


_FAMILY = """
    :Boy a owl:Class ; owl:disjointWith :Girl . :Girl a owl:Class ; rdfs:subClassOf :Child .
    :hasParent a owl:ObjectProperty ; rdfs:range :Adult . :Adult owl:disjointWith :Child .
    :hasMother rdfs:subPropertyOf :hasParent ; a owl:FunctionalProperty ; rdfs:range :Woman .
    :hasAncestor owl:propertyChainAxiom ( :hasAncestor :hasAncestor ) .
    :knows a owl:ReflexiveProperty . :knows rdfs:subPropertyOf :hasHeardOf .
    :Mother owl:equivalentClass [ owl:onProperty :motherOf ; owl:someValuesFrom owl:Thing ] .
    :motherOf owl:inverseOf :hasMother .
    :stewie a :Boy ; :hasMother :lois . :meg a :Girl .
"""


@pytest.mark.parametrize(
    "conclusion",
    [
        ":stewie owl:differentFrom :meg .",
        ":meg owl:differentFrom :stewie .",
        ":stewie a [ owl:complementOf :Girl ] .",
        ":stewie a [ owl:intersectionOf ( :Boy [ owl:complementOf :Girl ] ) ] .",
        ":meg a [ owl:unionOf ( :Boy :Girl ) ] .",
        ":meg a [ a owl:Restriction ; owl:onProperty :hasMother ; owl:allValuesFrom :Woman ] .",
        ":meg a [ owl:onProperty :hasMother ; owl:maxCardinality 1 ] .",
        ":stewie a [ owl:onProperty :hasMother ; owl:minCardinality 1 ] .",
        ":stewie a [ owl:onProperty :hasMother ; owl:someValuesFrom :Adult ] .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :lois :meg ) .",
        "[] a owl:AllDisjointClasses ; owl:members ( :Boy :Girl ) .",
        "[] owl:sourceIndividual :stewie ; owl:assertionProperty :hasMother ; owl:targetIndividual :meg .",
        ":hasMother rdfs:range :Adult , [ owl:complementOf :Girl ] .",
        ":Girl owl:disjointWith :Adult .",
        ":Girl rdfs:subClassOf [ owl:complementOf :Adult ] .",
        ":hasAncestor a owl:TransitiveProperty .",
        ":motherOf a owl:InverseFunctionalProperty ; rdfs:domain :Mother .",
        "[] a owl:Restriction ; owl:onProperty :hasMother ; owl:minCardinality 2 .",
        ":new :knows :new ; :hasHeardOf :new .",
        ":hasHeardOf a owl:ReflexiveProperty .",
        ":hasMother owl:inverseOf :motherOf .",
        "_:someone a :Boy ; owl:differentFrom :meg .",
    ],
)
def test_what_refutation_shows(conclusion: str) -> None:
    """What the rules do not reach is shown by a clash of the opposite, or of names that may be anything."""
    assert _ask(_FAMILY, conclusion).is_entailed


@pytest.mark.parametrize(
    "conclusion",
    [
        ":stewie owl:differentFrom :lois .",
        ":lois owl:differentFrom :Lois .",
        ":meg a [ owl:complementOf :Woman ] .",
        ":meg a [ owl:onProperty :hasMother ; owl:minCardinality 1 ] .",
        ":Boy rdfs:subClassOf :Child .",
        ":Adult rdfs:subClassOf :Woman .",
        ":Woman owl:disjointWith :Girl .",
        ":hasParent a owl:TransitiveProperty .",
        ":hasParent a owl:AsymmetricProperty .",
        ":Unheard rdfs:subClassOf :Child .",
        "_:girl a :Girl ; owl:differentFrom :meg .",
        "_:c owl:complementOf _:c .",
        ":x a _:c . _:c owl:complementOf _:c .",
        "[] a owl:Restriction ; owl:onProperty rdf:type ; owl:hasSelf true .",
        ":stewie a [ owl:oneOf ( _:b0 ) ] .",
    ],
)
def test_what_refutation_does_not_show(conclusion: str) -> None:
    """What may be otherwise is not shown, and no paradox is a class."""
    answer = _ask(_FAMILY, conclusion)
    assert not answer.is_entailed
    assert set(answer.missing) <= set(_graph(conclusion, prefix="b"))
    assert not answer.is_limited


@pytest.mark.parametrize(
    ("ranges", "wanted", "expected"),
    [
        ("xsd:byte", "xsd:short", True),
        ("xsd:short , xsd:unsignedInt", "xsd:unsignedShort", True),
        ("xsd:nonNegativeInteger , xsd:nonPositiveInteger", "xsd:short", True),
        ("xsd:string , xsd:integer", "xsd:float", True),
        ("xsd:short", "xsd:unsignedByte", False),
        ("xsd:decimal", "xsd:integer", False),
        ("xsd:integer", ":unknown", False),
    ],
)
def test_ranges_of_datatypes(ranges: str, wanted: str, expected: bool) -> None:
    """A range holds when the ranges together leave no value outside it."""
    answer = _ask(f":p a owl:DatatypeProperty ; rdfs:range {ranges} .", f":p rdfs:range {wanted} .")
    assert answer.is_entailed is expected


def test_a_reason_says_how() -> None:
    """Each triple of the conclusion has its reason, in the order of the conclusion."""
    answer = _ask(
        _FAMILY,
        ":meg a :Girl . :meg a :Child . :meg a owl:Thing . :stewie a [ owl:complementOf :Girl ] .",
    )
    assert [reason.how for reason in answer.reasons] == [
        How.STATED,
        How.INFERRED,
        How.DECIDED,
        How.DEFINED,
        How.SHOWN,
    ]
    (shown,) = (reason for reason in answer.reasons if reason.how is How.SHOWN)
    assert [clash.rule for clash in shown.clashes] == ["cax-dw"]
    assert len(shown.assumed) == 1


def test_from_a_contradiction_follows_what_the_rules_reach() -> None:
    """Premises that clash entail everything in the strict sense; here only what follows by the rules."""
    premises = ":a a :C , :D . :C owl:disjointWith :D . :C rdfs:subClassOf :E ."
    assert _ask(premises, ":a a :E .").is_entailed
    answer = _ask(premises, ":a owl:differentFrom :b .")
    assert not answer.is_entailed
    assert [clash.rule for clash in answer.clashes] == ["cax-dw"]


def test_the_work_is_limited() -> None:
    """A pattern that would take for ever is given up, and the answer says so."""
    knows = " ".join(f":n{i} :p :n{j} ." for i in range(12) for j in range(12) if i != j)
    clique = " ".join(f"_:n{i} :p _:n{j} ." for i in range(13) for j in range(13) if i != j)
    answer = _by_rules(knows, clique)
    assert not answer.is_entailed
    assert answer.is_limited


def test_many_ways_are_not_tried() -> None:
    """A class with too many alternatives is not shown, rather than tried for ever."""
    union = "[ owl:unionOf ( :A :B ) ]"
    many = f"[ owl:complementOf [ owl:intersectionOf ( {f'{union} ' * 30} ) ] ]"
    premises = ":A a owl:Class . :B a owl:Class . :x a :A ."
    assert not _ask(premises, f":x a {many} .").is_entailed


def test_long_conclusions_are_read_in_one_go() -> None:
    """Neither a long chain of blank nodes nor a deep expression is too deep."""
    chain = " ".join(f"_:n{i} :p _:n{i + 1} ." for i in range(1100))
    assert _by_rules(":a :p :a .", chain).is_entailed
    deep = f"{'[ owl:complementOf ' * 60} :A {']' * 60}"
    assert not _ask(":x a :A .", f":x a {deep} .").is_entailed


def test_a_closure_is_made_only_when_it_is_needed() -> None:
    """What is stated or follows by the rules costs one closure."""

    class Counting:
        name = "counting"
        closures = 0

        def close(self, triples: Collection[Triple]) -> Closure:
            self.closures += 1
            return DuckdbEngine().close(triples)

    engine = Counting()
    entails(engine, _graph(_FAMILY, prefix="p"), _graph(":meg a :Child , owl:Thing .", prefix="c"))
    assert engine.closures == 1
