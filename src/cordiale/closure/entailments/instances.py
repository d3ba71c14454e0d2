"""Simple entailment: whether a graph with blank nodes has an instance among what is known.

RDF 1.1 Semantics, section 5: blank nodes of the graph are variables, those of what is known are names.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import OWL, BNode

from cordiale.closure.entailments.facts import Facts
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["Budget", "components", "instance"]

_SHOWN_LATE = frozenset({OWL.sameAs, OWL.differentFrom})


@dataclass(slots=True, kw_only=True)
class Budget:
    """How many steps may still be done; a search that runs out finds nothing."""

    left: int

    def spend(self) -> bool:
        """Whether one more step may be done, which is then counted."""
        self.left -= 1
        return self.left >= 0


def components(graph: Iterable[Triple]) -> tuple[tuple[Triple, ...], ...]:
    """The graph in parts that share no blank node, each of which can be looked for alone; in its order."""
    leaders: dict[Node, Node] = {}

    def leader(blank: Node) -> Node:
        while leaders.setdefault(blank, blank) != blank:
            leaders[blank] = leaders[leaders[blank]]
            blank = leaders[blank]
        return blank

    triples = tuple(dict.fromkeys(graph))
    for triple in triples:
        blanks = [term for term in triple if isinstance(term, BNode)]
        for other in blanks[1:]:
            leaders[leader(other)] = leader(blanks[0])
    parts: dict[Node | Triple, list[Triple]] = {}
    for triple in triples:
        blank = next((term for term in triple if isinstance(term, BNode)), None)
        parts.setdefault(triple if blank is None else leader(blank), []).append(triple)
    return tuple(tuple(part) for part in parts.values())


def instance(
    pattern: Collection[Triple], facts: Facts, shown: Callable[[Triple], bool], budget: Budget
) -> Mapping[Node, Node] | None:
    """What the blank nodes of the pattern stand for, if each triple is a fact or is shown; else ``None``.

    ``shown`` decides a triple whose blank nodes all stand for something and that is no fact. Blank nodes are
    filled from facts only, so that an instance is missed of which a blank node occurs in no fact.
    """
    start = _open(tuple(pattern), {}, facts, shown, budget)
    if not start:
        return start if start is None else {}
    tries = [_try(start, {}, facts)]
    while tries:
        triple, rest, chosen, offered = tries[-1]
        for fact in offered:
            if not budget.spend():
                return None
            more = dict(chosen)
            if not all(_binds(term, value, more) for term, value in zip(triple, fact, strict=True)):
                continue
            left = _open(rest, more, facts, shown, budget)
            if left == ():
                return more
            if left:
                tries.append(_try(left, more, facts))
                break
        else:
            tries.pop()
    return None


# A triple of the pattern, those left besides, what is chosen so far, and the facts still to be tried.
_Try: TypeAlias = tuple[Triple, tuple[Triple, ...], dict[Node, Node], Iterator[Triple]]


def _try(open_triples: tuple[Triple, ...], chosen: dict[Node, Node], facts: Facts) -> _Try:
    triple, offered = _narrowest(open_triples, chosen, facts)
    return triple, tuple(other for other in open_triples if other is not triple), chosen, iter(offered)


def _open(
    pattern: tuple[Triple, ...],
    chosen: Mapping[Node, Node],
    facts: Facts,
    shown: Callable[[Triple], bool],
    budget: Budget,
) -> tuple[Triple, ...] | None:
    """The triples with blank nodes to fill; ``None`` when one of the others does not hold."""
    free = []
    for triple in pattern:
        if any(isinstance(term, BNode) and term not in chosen for term in triple):
            free.append(triple)
            continue
        filled = (chosen.get(triple[0], triple[0]), triple[1], chosen.get(triple[2], triple[2]))
        if not budget.spend() or (filled not in facts and not shown(filled)):
            return None
    return tuple(free)


def _binds(term: Node, value: Node, chosen: dict[Node, Node]) -> bool:
    """Whether the term of the pattern can stand for the value; a blank node does from now on."""
    if isinstance(term, BNode):
        return chosen.setdefault(term, value) == value
    return term == value


def _narrowest(
    open_triples: Collection[Triple], chosen: Mapping[Node, Node], facts: Facts
) -> tuple[Triple, list[Triple]]:
    """The triple to fill next, with the facts to try, in a stable order; none when no triple can be filled.

    A triple that no fact matches may still be shown once others have filled it. So may one that says what is
    the same or different, even where facts match it. All facts of a property are listed as a last resort.
    """
    order: dict[tuple[bool, bool], list[Triple]] = {}
    for triple in open_triples:
        unbound = all(isinstance(term, BNode) and term not in chosen for term in (triple[0], triple[2]))
        order.setdefault((triple[1] in _SHOWN_LATE, unbound), []).append(triple)
    for _, triples in sorted(order.items()):
        offers = [(triple, offered) for triple in triples if (offered := _offers(triple, chosen, facts))]
        if offers:
            triple, offered = min(offers, key=lambda offer: len(offer[1]))
            return triple, sorted(offered, key=lambda fact: [term_key(term) for term in fact])
    return next(iter(open_triples)), []


def _offers(triple: Triple, chosen: Mapping[Node, Node], facts: Facts) -> list[Triple]:
    """The facts that may be an instance of the triple."""
    subject, predicate, object_ = triple
    if not isinstance(subject, BNode) or subject in chosen:
        one = chosen.get(subject, subject)
        return [(one, predicate, other) for other in facts.objects(one, predicate)]
    if not isinstance(object_, BNode) or object_ in chosen:
        other = chosen.get(object_, object_)
        return [(one, predicate, other) for one in facts.subjects(predicate, other)]
    return [(one, predicate, other) for one, other in facts.pairs(predicate)]
