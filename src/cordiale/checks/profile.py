"""Axioms outside OWL 2 RL, which the rules of the closure do not follow, or follow by half."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.expressions import ClassExpressions, Misfit, Position
from cordiale.checks.wording import Names
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Triple, term_key

__all__ = ["Outside", "check_profile", "outside_rl"]

_TOP_AND_BOTTOM = frozenset(
    (OWL.topObjectProperty, OWL.bottomObjectProperty, OWL.topDataProperty, OWL.bottomDataProperty)
)
_AXIOMS = frozenset(
    (
        *(RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith, OWL.hasKey),
        *(OWL.disjointUnionOf, OWL.members),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A triple that states an axiom, and what in it OWL 2 RL does not take."""

    triple: Triple
    misfit: Misfit


def check_profile(graph: Graph, blame: Blame) -> tuple[Problem, ...]:
    """C306, a warning, for each of the reasons that ``outside_rl`` gives."""
    names = Names(graph)
    problems = []
    for found in outside_rl(graph):
        subject, predicate, object_ = found.triple
        shown = [names.term(term) for term in found.triple if not isinstance(term, BNode)]
        followed = "the rules follow half of it" if found.misfit.is_half else "no rule follows it"
        problems.append(
            Problem(
                code="C306",
                message=f"{' '.join(shown)}: {found.misfit.what} is outside OWL 2 RL; {followed}",
                remedy=found.misfit.remedy,
                severity=Severity.WARNING,
                place=blame(subject, predicate, object_).place,
            )
        )
    return tuple(dict.fromkeys(problems))


def outside_rl(graph: Graph) -> tuple[Outside, ...]:
    """The reasons why axioms are outside OWL 2 RL (OWL 2 Profiles, section 4.2), in a stable order.

    Axioms are read from RDF as OWL 2 Mapping to RDF Graphs has it. Not told is what costs no conclusion:
    ``owl:Thing`` above a class, and the dates, times and durations of RDF 1.1 as datatypes.

    >>> graph = Graph().parse(data='''
    ...   @prefix : <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ...   @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...   :Bridge rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :over ; owl:someValuesFrom :River ] .
    ...   [ owl:onProperty :over ; owl:someValuesFrom :River ] rdfs:subClassOf :Bridge .''')
    >>> [found.misfit.what for found in outside_rl(graph)]
    ['owl:someValuesFrom as a super-class']
    """
    triples = tuple(_triples(graph))
    expressions = ClassExpressions(triples)
    axioms = [triple for triple in triples if _may_be_axiom(triple, expressions)]
    found = (
        Outside(triple=triple, misfit=misfit)
        for triple in sorted(axioms, key=lambda triple: [term_key(term) for term in triple])
        for misfit in _misfits(triple, expressions)
    )
    return tuple(dict.fromkeys(found))


def _may_be_axiom(triple: Triple, expressions: ClassExpressions) -> bool:
    """Whether there can be a misfit in a triple; most are data, which need not be looked at closely."""
    _, predicate, object_ = triple
    return (
        predicate in _AXIOMS
        or expressions.constructs(predicate)
        or (predicate == RDF.type and (isinstance(object_, BNode) or object_ == OWL.ReflexiveProperty))
        or not _TOP_AND_BOTTOM.isdisjoint(triple)
    )


def _misfits(triple: Triple, expressions: ClassExpressions) -> Iterator[Misfit]:
    """What in the axiom that a triple states is outside, by the productions of section 4.2.5."""
    subject, predicate, object_ = triple
    check = expressions.misfits
    if predicate == RDFS.subClassOf:
        yield from check(subject, Position.SUB)
        yield from check(object_, Position.SUPER)
    elif predicate == OWL.equivalentClass:
        both_data = expressions.is_data(subject) or expressions.is_data(object_)
        for term in (subject, object_):
            yield from check(term, Position.DATA if both_data else Position.EQUIVALENT)
    elif predicate == OWL.disjointWith:
        yield from check(subject, Position.SUB)
        yield from check(object_, Position.SUB)
    elif predicate == OWL.hasKey:
        yield from check(subject, Position.SUB)
    elif predicate in (RDFS.domain, RDFS.range):
        is_data = predicate == RDFS.range and expressions.is_data(object_)
        yield from check(object_, Position.DATA if is_data else Position.SUPER)
    elif predicate == OWL.disjointUnionOf:
        yield Misfit(
            what="owl:disjointUnionOf",
            remedy="state rdfs:subClassOf for each part, and the parts as owl:AllDisjointClasses",
        )
    elif predicate == OWL.members and (OWL.AllDisjointClasses in expressions.types(subject)):
        for member in expressions.members(object_):
            yield from check(member, Position.SUB)
    elif predicate == RDF.type and object_ == OWL.ReflexiveProperty:
        yield Misfit(
            what="owl:ReflexiveProperty",
            remedy="state the property of each thing and itself where it matters",
        )
    elif predicate == RDF.type and isinstance(object_, BNode):
        yield from check(object_, Position.SUPER)
    elif isinstance(subject, URIRef) and expressions.constructs(predicate):
        # A name with the parts of an expression is that expression (Mapping to RDF Graphs, table 18).
        is_data = RDFS.Datatype in expressions.types(subject)
        yield from expressions.own_misfits(subject, Position.DATA if is_data else Position.EQUIVALENT)
    yield from (
        Misfit(what=f"owl:{str(term).partition('#')[2]}", remedy="name a property of your own instead")
        for term in sorted(_TOP_AND_BOTTOM.intersection(triple))
    )


def _triples(graph: Graph) -> Iterator[Triple]:
    """The triples, as terms of RDF 1.1: rdflib types what a graph holds more widely."""
    for subject, predicate, object_ in graph.triples((None, None, None)):
        assert isinstance(subject, URIRef | BNode)
        assert isinstance(predicate, URIRef)
        assert isinstance(object_, URIRef | BNode | Literal)
        yield subject, predicate, object_
