"""How a claim stands to the plain triples beside it."""

from collections.abc import Iterator
from itertools import product

from rdflib import RDF, Graph, Namespace
from rdflib.term import Node

from cordiale.project.knowledge_graph import KnowledgeGraph

CORD = Namespace("https://w3id.org/cordiale/ns#")
THING = Namespace("https://w3id.org/cordiale/id/")


def told(kg: KnowledgeGraph, claim: Node) -> Iterator[tuple[Node, Node, Node]]:
    """The triples that a claim names by its subject, predicate and object."""
    parts = (kg.graph.objects(claim, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    yield from product(*parts)


def own_graph(kg: KnowledgeGraph, claim: Node) -> Graph:
    """The named graph of the document that makes the claim."""
    return kg.graph.graph(str(kg.graph.value(claim, CORD.madeIn)))


def test_a_claim_stands_in_the_file_that_makes_it(kg: KnowledgeGraph) -> None:
    """``cord:madeIn`` names the graph in which the claim is written."""
    claims = list(kg.graph.quads((None, RDF.type, CORD.Claim, None)))
    assert len(claims) >= 156
    for claim, _, _, graph in claims:
        assert kg.graph.value(claim, CORD.madeIn) == graph


def test_a_fact_is_told_in_plain_triples_too(kg: KnowledgeGraph) -> None:
    """What a factual claim names stands as triples in the same file."""
    facts = list(kg.graph.subjects(CORD.claimKind, THING["claim-kind-fact"]))
    assert len(facts) >= 110
    for claim in facts:
        triples = list(told(kg, claim))
        assert triples, claim
        for triple in triples:
            assert triple in own_graph(kg, claim), (claim, triple)


def test_what_is_no_fact_is_told_by_no_triple(kg: KnowledgeGraph) -> None:
    """Aims, speech and judgements are claims alone: no source's triples say what they say."""
    for kind in ("aim", "speech", "judgement"):
        claims = list(kg.graph.subjects(CORD.claimKind, THING[f"claim-kind-{kind}"]))
        assert claims
        for claim in claims:
            for triple in told(kg, claim):
                assert triple not in own_graph(kg, claim), (claim, triple)


def test_aims_speech_and_judgements_say_whose_voice_and_how(kg: KnowledgeGraph) -> None:
    """Each has one manner and a voice."""
    for kind in ("aim", "speech", "judgement"):
        for claim in kg.graph.subjects(CORD.claimKind, THING[f"claim-kind-{kind}"]):
            assert len(list(kg.graph.objects(claim, CORD.manner))) == 1, claim
            assert list(kg.graph.objects(claim, CORD.voicedBy)), claim
