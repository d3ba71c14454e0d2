"""Clashes about literals, and how any clash is tied to what was asserted."""

from collections.abc import Collection, Iterable, Iterator

from rdflib import OWL, RDF, Literal

from cordiale.closure.engine import Clash
from cordiale.closure.entailments.facts import Facts
from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.closure.second_opinion.false_rules import ordered, written
from cordiale.closure.values.values import are_different
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["ill_typed", "merged_values", "settled"]


def ill_typed(literals: Iterable[Literal]) -> Iterator[Clash]:
    """A clash for each literal that is no value of its datatype: rule dt-not-type (table 8)."""
    for literal in literals:
        if literal.datatype is not None:
            message = f"{written(literal)} is no value of its datatype"
            typing = (literal, RDF.type, literal.datatype)
            yield Clash(rule="dt-not-type", message=message, triples=(typing,))


def merged_values(facts: Facts) -> Iterator[Clash]:
    """A clash for each two literals of a closed graph that are the same and are different values.

    Rules dt-diff (table 8) and eq-diff1 (table 4).
    """
    for one, other in facts.pairs(OWL.sameAs):
        if isinstance(one, Literal) and isinstance(other, Literal) and are_different(one, other):
            a, b = ordered(one, other)
            message = f"{written(a)} and {written(b)} are made the same, and are different values (dt-diff)"
            yield Clash(rule="eq-diff1", message=message, triples=((a, OWL.sameAs, b),))


def settled(clashes: Iterable[Clash], asserted: Collection[Triple]) -> tuple[Clash, ...]:
    """Each clash once, by rule and message, with premises that can be in a file.

    Trivial premises are left out, and those about a literal replaced by the asserted triples with it. Where a
    clash was found twice, the premises of which more are asserted are told.
    """

    def distance(premises: tuple[Triple, ...]) -> tuple[object, ...]:
        inferred = sum(triple not in asserted for triple in premises)
        return inferred, [_triple_key(triple) for triple in premises]

    uses: dict[Node, list[Triple]] = {}
    for triple in sorted(asserted, key=_triple_key):
        if isinstance(triple[2], Literal):
            uses.setdefault(triple[2], []).append(triple)
    told: dict[tuple[str, str], tuple[Triple, ...]] = {}
    for clash in clashes:
        premises = tuple(
            dict.fromkeys(ground for premise in clash.triples for ground in _grounds(premise, uses))
        )
        key = (clash.rule, clash.message)
        told[key] = min(told.get(key, premises), premises, key=distance)
    return tuple(Clash(rule=rule, message=text, triples=told[rule, text]) for rule, text in sorted(told))


def _grounds(premise: Triple, uses: dict[Node, list[Triple]]) -> list[Triple]:
    """What stands for a premise in a clash."""
    subject, _, object_ = premise
    if not isinstance(subject, Literal):
        return [] if is_trivial(premise) else [premise]
    first, second = uses.get(subject, []), uses.get(object_, [])
    # Of two literals made the same, the values of one property are the ones to look at.
    beside = [(one, other) for one in first for other in second if one[:2] == other[:2]]
    return [use for pair in beside for use in pair] or first + second


def _triple_key(triple: Triple) -> tuple[tuple[int, str, str, str], ...]:
    return tuple(term_key(term) for term in triple)
