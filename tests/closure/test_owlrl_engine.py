"""What follows by owlrl, with which terms, and how contradictions are told."""

import logging
import random

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Literal, URIRef

from cordiale.closure.second_opinion.owlrl_engine import OwlrlEngine
from cordiale.model.errors import SourceError
from cordiale.model.terms import Triple, term_key
from tests.closure.graphs import EX, triples


def inferred(text: str) -> frozenset[Triple]:
    """What follows from a Turtle text."""
    return frozenset(OwlrlEngine().close(triples(text)).inferred)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (":p owl:inverseOf :q . :a :p :b .", ":b :q :a ."),
        (":p a owl:SymmetricProperty . :a :p :b .", ":b :p :a ."),
        (":p a owl:TransitiveProperty . :a :p :b . :b :p :c .", ":a :p :c ."),
        (":q rdfs:subPropertyOf :p . :a :q :b .", ":a :p :b ."),
        (":q owl:propertyChainAxiom ( :p :p ) . :a :p :b . :b :p :c .", ":a :q :c ."),
        (
            ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :a a :C .",
            ":a a :D, :E . :C rdfs:subClassOf :E .",
        ),
        (":p rdfs:domain :C ; rdfs:range :D . :a :p :b .", ":a a :C . :b a :D ."),
    ],
)
def test_inference(given: str, expected: str) -> None:
    """What our ontology is made of leads to what it is meant to, and to nothing else."""
    assert inferred(given) == triples(expected)


def test_nothing_follows_from_nothing() -> None:
    """No axiom of the engine shows."""
    closure = OwlrlEngine().close([])
    assert (closure.inferred, closure.clashes) == ((), ())


def test_literals_keep_their_form() -> None:
    """A literal is inferred as it was written, also beside one of the same value."""
    p, q, a = (URIRef(EX + name) for name in "pqa")
    values = [
        Literal("01", datatype=XSD.integer, normalize=False),
        Literal("1", datatype=XSD.integer, normalize=False),
        Literal("-3", datatype=XSD.negativeInteger, normalize=False),
        Literal("1.50", datatype=XSD.decimal, normalize=False),
        Literal("1.5E0", datatype=XSD.double, normalize=False),
        Literal("pont", lang="fr-CA"),
        Literal(" a  b ", datatype=XSD.token, normalize=False),
        Literal("no number", datatype=XSD.decimal, normalize=False),
    ]
    asserted = [(a, p, value) for value in values] + [(p, RDFS.subPropertyOf, q)]
    got = [triple[2] for triple in OwlrlEngine().close(asserted).inferred if triple[:2] == (a, q)]
    assert [repr(value) for value in got] == [repr(value) for value in sorted(values, key=term_key)]


def test_dates_and_counts_stay_apart() -> None:
    """Two values of one property are not the same, when no axiom says that it has one only."""
    given = ':p a owl:DatatypeProperty . :e :p "2025-07-09"^^xsd:date, "2025-07-10"^^xsd:date, 01, 1 .'
    assert inferred(given) == frozenset()


def test_order_does_not_depend_on_the_order_of_the_input() -> None:
    """Inferred triples and clashes come in one order."""
    given = list(
        triples(""":p a owl:SymmetricProperty, owl:AsymmetricProperty . :a :p :b, :c, :d . :b :p :c .
        :C owl:disjointWith :D . :a a :C, :D . :b a :C, :D .""")
    )
    first = OwlrlEngine().close(given)
    assert len(first.clashes) == 6
    assert list(first.inferred) == sorted(first.inferred, key=lambda t: [term_key(term) for term in t])
    for seed in range(5):
        random.Random(seed).shuffle(given)
        assert OwlrlEngine().close(given) == first


def test_input_is_left_alone() -> None:
    """The collection that was given holds afterwards what it held before."""
    given = set(triples(":p a owl:SymmetricProperty . :a :p :b ."))
    before = set(given)
    assert OwlrlEngine().close(given).inferred
    assert given == before


def test_no_output_and_no_change_to_rdflib(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is printed or logged, and rdflib reads literals afterwards as before."""
    odd = Literal("a b", datatype=XSD.NMTOKEN)
    given = triples(":C owl:disjointWith :D . :a a :C, :D ; :p 'x'^^xsd:NMTOKEN .")
    with caplog.at_level(logging.DEBUG):
        assert OwlrlEngine().close(given).clashes
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])
    assert Literal("a b", datatype=XSD.NMTOKEN).ill_typed == odd.ill_typed


CLASHES = [
    ("eq-diff1", ":a owl:sameAs :b ; owl:differentFrom :b .", "<a> and <b> are the same, and are different"),
    ("eq-diff1", ":a owl:differentFrom :a .", "<a> and <a> are the same, and are different"),
    (
        "eq-diff1",
        ":p a owl:FunctionalProperty . :a :p '2025'^^xsd:gYear, '2026'^^xsd:gYear .",
        '"2025"^^<xsd:gYear> and "2026"^^<xsd:gYear> are made the same, and are different values (dt-diff)',
    ),
    (
        "eq-diff2",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :b owl:sameAs :a .",
        "<a> and <b> are the same, yet stand in one list of different things",
    ),
    (
        "eq-diff3",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) . :b owl:sameAs :a .",
        "<a> and <b> are the same, yet stand in one list of different things",
    ),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :a :p :a .", "<a> is its own <p>, which nothing can be"),
    (
        "prp-asyp",
        ":p a owl:AsymmetricProperty . :b :p :a . :a :p :b .",
        "<p> holds one way only, yet holds from <a> to <b> and back",
    ),
    (
        "prp-pdw",
        ":q owl:propertyDisjointWith :p . :a :p :b ; :q :b .",
        "<p> and <q> exclude each other, yet both hold from <a> to <b>",
    ),
    (
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members ( :q :p :r ) . :a :p :b ; :q :b .",
        "<p> and <q> exclude each other, yet both hold from <a> to <b>",
    ),
    (
        "prp-npa1",
        """[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :a :p :b .""",
        "<a> <p> <b> is stated, and denied",
    ),
    (
        "prp-npa2",
        """[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue "b" . :a :p "b" .""",
        '<a> <p> "b" is stated, and denied',
    ),
    ("cls-nothing2", ":a a owl:Nothing .", "<a> is in <owl:Nothing>, which has no members"),
    (
        "cls-com",
        ":C owl:complementOf :D . :a a :C, :D .",
        "<a> is in <C> and in <D>, and one is all that the other is not",
    ),
    (
        "cls-maxc1",
        ":a a [ owl:onProperty :p ; owl:maxCardinality 0 ] ; :p :b .",
        "<a> may have no <p>, yet has <b>",
    ),
    (
        "cls-maxqc1",
        ":a a [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :C ] ; :p :b . :b a :C .",
        "<a> may have no <p> in <C>, yet has <b>",
    ),
    (
        "cls-maxqc2",
        ":a a [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing ] ; :p :b .",
        "<a> may have no <p>, yet has <b>",
    ),
    ("cax-dw", ":D owl:disjointWith :C . :a a :C, :D .", "<a> is in <C> and in <D>, which are disjoint"),
    (
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( :D :E :C ) . :a a :C, :D .",
        "<a> is in <C> and in <D>, which are disjoint",
    ),
    (
        "dt-not-type",
        ":a :p '2025-13-01'^^xsd:date .",
        '"2025-13-01"^^<xsd:date> is no value of its datatype',
    ),
    ("dt-not-type", ":a :p 'many'^^xsd:decimal .", '"many"^^<xsd:decimal> is no value of its datatype'),
]


@pytest.mark.parametrize(("rule", "given", "message"), CLASHES, ids=lambda text: text[:40])
def test_clash(rule: str, given: str, message: str) -> None:
    """Each rule that concludes ``false`` is named and told once, with premises that were asserted."""
    asserted = triples(given)
    (clash,) = OwlrlEngine().close(asserted).clashes
    told = clash.message.replace(EX, "").replace(str(OWL), "owl:").replace(str(XSD), "xsd:")
    assert (clash.rule, told) == (rule, message)
    assert clash.triples
    assert set(clash.triples) <= asserted


def test_premises_of_a_clash_may_be_inferred() -> None:
    """A premise that is not asserted is there all the same, before the axioms."""
    a, c, d, e = (URIRef(EX + name) for name in "aCDE")
    (clash,) = (
        OwlrlEngine().close(triples(":C owl:disjointWith :D . :E rdfs:subClassOf :D . :a a :C, :E .")).clashes
    )
    assert clash.triples == ((a, RDF.type, c), (a, RDF.type, d), (c, OWL.disjointWith, d))
    assert (a, RDF.type, e) not in clash.triples


def test_merged_values_blame_the_two_statements() -> None:
    """When two dates are made the same, the premises are the two that met, not every use of these dates."""
    given = ":p a owl:FunctionalProperty . :a :p 1, 2 . :b :p 1 . :c :q 2 ."
    (clash,) = OwlrlEngine().close(triples(given)).clashes
    assert set(clash.triples) == triples(":a :p 1, 2 .")


@pytest.mark.parametrize(
    "axiom",
    [
        ":C owl:unionOf _:l . _:l rdf:first :D ; rdf:rest _:l .",
        ":C owl:onProperty :p ; owl:maxCardinality :none .",
    ],
)
def test_axiom_of_no_use(axiom: str) -> None:
    """An axiom at which owlrl stops is told as one problem."""
    with pytest.raises(SourceError) as raised:
        OwlrlEngine().close(triples(axiom))
    (problem,) = raised.value.problems
    assert problem.code == "C602"
    assert f"<{EX}C>" in problem.message


@pytest.mark.xfail(strict=True, reason="owlrl 7.6.2 compares the last member of these lists with nothing")
@pytest.mark.parametrize(
    "given",
    [
        "[] a owl:AllDifferent ; owl:members ( :a :b ) . :a owl:sameAs :b .",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :a :p :b ; :q :b .",
    ],
)
def test_fault_last_member(given: str) -> None:
    """The last member of a list should be compared with the others."""
    assert OwlrlEngine().close(triples(given)).clashes


@pytest.mark.xfail(strict=True, reason="owlrl 7.6.2 leaves the last property of a key out")
def test_fault_key() -> None:
    """Two things with different keys should not be the same."""
    given = ":C owl:hasKey ( :p ) . :a a :C ; :p 1 . :b a :C ; :p 2 ."
    assert (URIRef(EX + "a"), OWL.sameAs, URIRef(EX + "b")) not in inferred(given)


@pytest.mark.xfail(strict=True, reason="owlrl 7.6.2 takes these for values outside their datatype")
@pytest.mark.parametrize(
    "value", ["'0.0'^^xsd:float", "'INF'^^xsd:double", "'NaN'^^xsd:float", "'-0044-03-15'^^xsd:date"]
)
def test_fault_values(value: str) -> None:
    """A value of its datatype should be no clash."""
    assert OwlrlEngine().close(triples(f":a :p {value} .")).clashes == ()
