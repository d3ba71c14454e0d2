"""The rules of OWL 2 RL/RDF that conclude ``false``: which clashes a triple of a closed graph takes part in.

OWL 2 Profiles, section 4.3, tables 4 to 7. Each function below is one rule, or two that differ in one
premise. It is given the premise by which owlrl finds the rule, the axiom mostly, and looks for the others.
A clash names what is said of the individuals first and the axioms after.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

from rdflib import OWL, RDF, Literal

from cordiale.closure.engine import Clash
from cordiale.closure.entailments.facts import Facts
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["clashes_at", "ordered", "written"]

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})

_Rule = Callable[[Facts, Triple], Iterator[Clash]]


def clashes_at(facts: Facts, premise: Triple) -> tuple[Clash, ...]:
    """The clashes in a closed graph that rest on this axiom, ``owl:sameAs`` or ``owl:Nothing``; often none.

    The sentence of a clash does not depend on which of two symmetric premises was met first.
    """
    _, predicate, object_ = premise
    rule = _BY_CLASS.get(object_) if predicate == RDF.type else _BY_PREDICATE.get(predicate)
    return tuple(rule(facts, premise)) if rule else ()


def ordered(one: Node, other: Node) -> tuple[Node, Node]:
    """The two terms in the project's order."""
    return (one, other) if term_key(one) <= term_key(other) else (other, one)


def written(term: Node) -> str:
    """The term as in N-Triples, where an IRI stands in angle brackets.

    >>> from rdflib import URIRef
    >>> written(Literal("many", datatype=URIRef("x:count")))
    '"many"^^<x:count>'
    """
    if not isinstance(term, Literal):
        return term.n3()
    text = f'"{term.translate(_ESCAPES)}"'  # Literal.n3() writes numbers anew and warns of ill-typed ones
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _clash(rule: str, sentence: str, *premises: Triple, **terms: Node) -> Clash:
    """A clash whose sentence names the terms."""
    named = {name: written(term) for name, term in terms.items()}
    return Clash(rule=rule, message=sentence.format_map(named), triples=premises)


def _eq_diff1(facts: Facts, premise: Triple) -> Iterator[Clash]:
    a, b = ordered(premise[0], premise[2])
    if a == b and any(other != a for other in facts.objects(a, OWL.sameAs)):
        return  # by eq-rep-o it is different from that other too, which tells more
    for denial in ((a, OWL.differentFrom, b), (b, OWL.differentFrom, a)):
        if denial in facts:
            yield _clash("eq-diff1", "{a} and {b} are the same, and are different", premise, denial, a=a, b=b)


def _eq_diff2_3(facts: Facts, premise: Triple) -> Iterator[Clash]:
    sentence = "{a} and {b} are the same, yet stand in one list of different things"
    for rule, predicate in (("eq-diff2", OWL.members), ("eq-diff3", OWL.distinctMembers)):
        for head in facts.objects(premise[0], predicate):
            for one, other in combinations(facts.items(head), 2):
                a, b = ordered(one, other)
                for same in ((a, OWL.sameAs, b), (b, OWL.sameAs, a)):
                    if a != b and same in facts:
                        members = (premise[0], predicate, head)
                        yield _clash(rule, sentence, same, premise, members, a=a, b=b)


def _prp_irp(facts: Facts, premise: Triple) -> Iterator[Clash]:
    p = premise[0]
    for x, y in facts.pairs(p):
        if x == y:
            yield _clash("prp-irp", "{x} is its own {p}, which nothing can be", (x, p, x), premise, x=x, p=p)


def _prp_asyp(facts: Facts, premise: Triple) -> Iterator[Clash]:
    p = premise[0]
    sentence = "{p} holds one way only, yet holds from {x} to {y} and back"
    for x, y in facts.pairs(p):
        if (y, p, x) in facts and (x, y) == ordered(x, y):
            yield _clash("prp-asyp", sentence, (x, p, y), (y, p, x), premise, x=x, y=y, p=p)


def _disjoint_uses(facts: Facts, rule: str, pair: tuple[Node, Node], *axioms: Triple) -> Iterator[Clash]:
    p, q = ordered(*pair)
    sentence = "{p} and {q} exclude each other, yet both hold from {x} to {y}"
    for x, y in facts.pairs(p):
        if (x, q, y) in facts:
            yield _clash(rule, sentence, (x, p, y), (x, q, y), *axioms, p=p, q=q, x=x, y=y)


def _prp_pdw(facts: Facts, premise: Triple) -> Iterator[Clash]:
    yield from _disjoint_uses(facts, "prp-pdw", (premise[0], premise[2]), premise)


def _prp_adp(facts: Facts, premise: Triple) -> Iterator[Clash]:
    for head in facts.objects(premise[0], OWL.members):
        for pair in combinations(facts.items(head), 2):
            yield from _disjoint_uses(facts, "prp-adp", pair, premise, (premise[0], OWL.members, head))


def _prp_npa1_2(facts: Facts, premise: Triple) -> Iterator[Clash]:
    denial, _, s = premise
    for p in facts.objects(denial, OWL.assertionProperty):
        for rule, target in (("prp-npa1", OWL.targetIndividual), ("prp-npa2", OWL.targetValue)):
            for o in facts.objects(denial, target):
                if (s, p, o) in facts:
                    axioms = (premise, (denial, OWL.assertionProperty, p), (denial, target, o))
                    yield _clash(rule, "{s} {p} {o} is stated, and denied", (s, p, o), *axioms, s=s, p=p, o=o)


def _cls_nothing2(_facts: Facts, premise: Triple) -> Iterator[Clash]:
    yield _clash("cls-nothing2", "{x} is in {c}, which has no members", premise, x=premise[0], c=OWL.Nothing)


def _common_members(
    facts: Facts, rule: str, sentence: str, pair: tuple[Node, Node], *axioms: Triple
) -> Iterator[Clash]:
    c, d = ordered(*pair)
    for x in facts.subjects(RDF.type, c):
        if (x, RDF.type, d) in facts:
            yield _clash(rule, sentence, (x, RDF.type, c), (x, RDF.type, d), *axioms, x=x, c=c, d=d)


def _cls_com(facts: Facts, premise: Triple) -> Iterator[Clash]:
    sentence = "{x} is in {c} and in {d}, and one is all that the other is not"
    yield from _common_members(facts, "cls-com", sentence, (premise[0], premise[2]), premise)


def _cax_dw(facts: Facts, premise: Triple) -> Iterator[Clash]:
    sentence = "{x} is in {c} and in {d}, which are disjoint"
    yield from _common_members(facts, "cax-dw", sentence, (premise[0], premise[2]), premise)


def _cax_adc(facts: Facts, premise: Triple) -> Iterator[Clash]:
    sentence = "{x} is in {c} and in {d}, which are disjoint"
    for head in facts.objects(premise[0], OWL.members):
        for pair in combinations(facts.items(head), 2):
            members = (premise[0], OWL.members, head)
            yield from _common_members(facts, "cax-adc", sentence, pair, premise, members)


def _cls_maxc1(facts: Facts, premise: Triple) -> Iterator[Clash]:
    c = premise[0]
    for p in facts.objects(c, OWL.onProperty):
        for x in facts.subjects(RDF.type, c):
            for y in facts.objects(x, p):
                premises = ((x, p, y), (x, RDF.type, c), premise, (c, OWL.onProperty, p))
                yield _clash("cls-maxc1", "{x} may have no {p}, yet has {y}", *premises, x=x, p=p, y=y)


def _cls_maxqc1_2(facts: Facts, premise: Triple) -> Iterator[Clash]:
    c = premise[0]
    for p in facts.objects(c, OWL.onProperty):
        for d in facts.objects(c, OWL.onClass):
            axioms = (premise, (c, OWL.onProperty, p), (c, OWL.onClass, d))
            for x in facts.subjects(RDF.type, c):
                for y in facts.objects(x, p):
                    uses = ((x, p, y), (x, RDF.type, c))
                    member = (y, RDF.type, d)
                    if d == OWL.Thing:
                        sentence = "{x} may have no {p}, yet has {y}"
                        yield _clash("cls-maxqc2", sentence, *uses, *axioms, x=x, p=p, y=y)
                    elif member in facts:
                        sentence = "{x} may have no {p} in {d}, yet has {y}"
                        yield _clash("cls-maxqc1", sentence, *uses, member, *axioms, x=x, p=p, y=y, d=d)


_BY_PREDICATE: dict[Node, _Rule] = {
    OWL.complementOf: _cls_com,
    OWL.disjointWith: _cax_dw,
    OWL.maxCardinality: _cls_maxc1,
    OWL.maxQualifiedCardinality: _cls_maxqc1_2,
    OWL.propertyDisjointWith: _prp_pdw,
    OWL.sameAs: _eq_diff1,
    OWL.sourceIndividual: _prp_npa1_2,
}

_BY_CLASS: dict[Node, _Rule] = {
    OWL.AllDifferent: _eq_diff2_3,
    OWL.AllDisjointClasses: _cax_adc,
    OWL.AllDisjointProperties: _prp_adp,
    OWL.AsymmetricProperty: _prp_asyp,
    OWL.IrreflexiveProperty: _prp_irp,
    OWL.Nothing: _cls_nothing2,
}
