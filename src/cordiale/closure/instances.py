"""Simple entailment: whether a graph with blank nodes has an instance among what is known.

RDF 1.1 Semantics, section 5: blank nodes of the graph are variables, those of what is known are names.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, BNode

from cordiale.closure.facts import Facts
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
    part_of: dict[Node, list[Triple]] = {}
    parts: dict[int, list[Triple]] = {}
    for triple in graph:
        merged = [triple]
        for blank in {term for term in triple if isinstance(term, BNode)}:
            other = part_of.get(blank)
            if other is not None and other is not merged and parts.pop(id(other), None) is not None:
                merged = other + merged
        for term in (term for each in merged for term in each if isinstance(term, BNode)):
            part_of[term] = merged
        parts[id(merged)] = merged
    return tuple(tuple(part) for part in parts.values())


def instance(
    pattern: Collection[Triple], facts: Facts, shown: Callable[[Triple], bool], budget: Budget
) -> Mapping[Node, Node] | None:
    """What the blank nodes of the pattern stand for, if each triple is a fact or is shown; else ``None``.

    ``shown`` decides a triple whose blank nodes all stand for something and that is no fact. Blank nodes are
    filled from facts only, so that an instance is missed of which a blank node occurs in no fact.
    """
    return next(_fillings(tuple(pattern), {}, facts, shown, budget), None)


def _fillings(
    pattern: tuple[Triple, ...],
    chosen: dict[Node, Node],
    facts: Facts,
    shown: Callable[[Triple], bool],
    budget: Budget,
) -> Iterator[Mapping[Node, Node]]:
    """Every way to fill the blank nodes, the most bound triples first."""
    open_triples = []
    for triple in pattern:
        if _free(triple, chosen):
            open_triples.append(triple)
        elif not budget.spend():
            return
        else:
            filled = _filled(triple, chosen)
            if filled not in facts and not shown(filled):
                return
    if not open_triples:
        yield dict(chosen)
        return
    triple, offered = _narrowest(open_triples, chosen, facts)
    rest = tuple(other for other in open_triples if other is not triple)
    for fact in offered:
        if not budget.spend():
            return
        more = dict(chosen)
        if all(_binds(term, value, more) for term, value in zip(triple, fact, strict=True)):
            yield from _fillings(rest, more, facts, shown, budget)


def _binds(term: Node, value: Node, chosen: dict[Node, Node]) -> bool:
    """Whether the term of the pattern can stand for the value; a blank node does from now on."""
    if isinstance(term, BNode):
        return chosen.setdefault(term, value) == value
    return term == value


def _free(triple: Triple, chosen: Mapping[Node, Node]) -> bool:
    return any(isinstance(term, BNode) and term not in chosen for term in triple)


def _filled(triple: Triple, chosen: Mapping[Node, Node]) -> Triple:
    subject, predicate, object_ = triple
    return chosen.get(subject, subject), chosen.get(predicate, predicate), chosen.get(object_, object_)


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
