"""Proofs of very many triples: most are like one that was made before."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from rdflib import Literal, URIRef

from cordiale.model.places import Place
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Node, Triple, term_key
from cordiale.publish.proof_text import ProofLine, proof_lines, rule_link
from cordiale.publish.site.views import ProofView

if TYPE_CHECKING:
    from cordiale.project.reasoned_graph import ReasonedGraph

__all__ = ["Prover", "Stated", "alike", "renamed"]

_Places: TypeAlias = Callable[[Triple], tuple[Place, ...]]

_MOST = 16  # proofs of a property that others are tried to be like
_MOST_MATCHES = 200  # stated triples of one thing that are searched for a part of a proof


class Prover:
    """Proves the triples of one graph, and tells where what they rest on stands."""

    def __init__(self, kg: ReasonedGraph) -> None:
        self._kg = kg
        self._stated = Stated(triple for triples in kg.stated.values() for triple in triples)
        self._like: dict[tuple[Node, ...], list[Proof]] = {}
        self.places = cache(kg.places_of)

    def view(self, triple: Triple) -> ProofView | None:
        """The proof of an inferred triple with its places; none when it has none."""
        proof = self.proof(triple)
        return None if proof is None else _tree(list(proof_lines(proof)), self.places)

    def proof(self, triple: Triple) -> Proof | None:
        """The proof of a triple: one made before with other names, where that is one, or its own."""
        _, predicate, value = triple
        keys: tuple[tuple[Node, ...], ...] = ((predicate, value), (predicate,))
        for key in keys:
            for known in self._like.get(key, ()):
                found = alike(known, triple, self._stated, self._kg.settings.things)
                if found is not None:
                    return found
        made = self._kg.consequences.why(*triple)
        if made is not None:
            for key in keys:
                shortest = self._like.setdefault(key, [])
                insort(shortest, made, key=lambda proof: len(proof.steps))
                del shortest[_MOST:]
        return made


class Stated:
    """Triples that are stated, by what they are about and by what they name."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = frozenset(triples)
        self._about: dict[Node, list[Triple]] = {}
        self._naming: dict[Node, list[Triple]] = {}
        for triple in self.triples:
            self._about.setdefault(triple[0], []).append(triple)
            if not isinstance(triple[2], Literal):
                self._naming.setdefault(triple[2], []).append(triple)

    def matching(self, subject: Node | None, predicate: Node, value: Node | None) -> list[Triple]:
        """The triples with this property and what is known of subject and value, in order; not very many."""
        if subject is not None:
            found = self._about.get(subject, ())
        else:
            found = () if value is None else self._naming.get(value, ())
        if len(found) > _MOST_MATCHES:
            return []
        fitting = (each for each in found if each[1] == predicate and value in (None, each[2]))
        return sorted(fitting, key=lambda each: (term_key(each[0]), term_key(each[2])))


def alike(proof: Proof, triple: Triple, stated: Stated, things: str) -> Proof | None:
    """A proof of another triple by the same rules, with other things in the place of its own, if any.

    Its subject and value are known; which things stand between them is read off what is stated.
    """
    assert proof.conclusion is not None
    if proof.conclusion[1] != triple[1]:
        return None
    names = {proof.conclusion[0]: triple[0], proof.conclusion[2]: triple[2]}
    if len(names) == 2 or triple[0] == triple[2]:
        for found in _namings(proof.asserted, names, stated, things):
            made = renamed(proof, found, stated.triples)
            if made is not None and made.conclusion == triple:
                return made
    return None


def _namings(
    left: tuple[Triple, ...], names: dict[Node, Node], stated: Stated, things: str
) -> Iterator[dict[Node, Node]]:
    """The ways to name the things of some triples so that all are stated, given the names of some."""

    def is_open(term: Node) -> bool:
        return term not in names and isinstance(term, URIRef) and term.startswith(things)

    def known(term: Node) -> Node | None:
        return None if is_open(term) else names.get(term, term)

    # What has one open end is looked up; what has none is checked in the end.
    unsettled = [each for each in left if is_open(each[0]) or is_open(each[2])]
    if not unsettled:
        yield names
        return
    first = min(unsettled, key=lambda each: (known(each[0]) is None) + 2 * (known(each[2]) is None))
    rest = tuple(each for each in unsettled if each is not first)
    for s, _, o in stated.matching(known(first[0]), names.get(first[1], first[1]), known(first[2])):
        yield from _namings(rest, {**names, first[0]: s, first[2]: o}, stated, things)


def renamed(proof: Proof, names: dict[Node, Node], stated: Collection[Triple]) -> Proof | None:
    """The proof with other names, or none where a triple that it would then rest on is not stated.

    An instance of a rule stays one when one of its things is called otherwise throughout: rules name terms of
    vocabularies only. Rules about the values of literals (dt-…) ask more: their proofs are not renamed.
    """
    if any(type(old) is not type(new) for old, new in names.items()):
        return None
    if any(step.rule.startswith("dt-") for step in proof.steps):
        return None

    def other(triple: Triple) -> Triple:
        s, p, o = triple
        return names.get(s, s), names.get(p, p), names.get(o, o)

    if not all(other(triple) in stated for triple in proof.asserted):
        return None
    steps = tuple(
        Step(
            rule=step.rule,
            premises=tuple(map(other, step.premises)),
            conclusion=None if step.conclusion is None else other(step.conclusion),
        )
        for step in proof.steps
    )
    conclusions = {step.conclusion for step in steps}
    if len(conclusions) != len(steps) or any(each in stated for each in conclusions):
        return None  # two became one: it would be told twice, or what is stated would be proved
    return replace(proof, conclusion=other(cast(Triple, proof.conclusion)), steps=steps)


def _tree(lines: list[ProofLine], places: _Places) -> ProofView | None:
    """The lines of a proof as a tree."""
    stack: list[tuple[ProofLine, list[ProofView]]] = []

    def close(depth: int) -> ProofView | None:
        last = None
        while stack and stack[-1][0].depth >= depth:
            line, below = stack.pop()
            last = _view(line, tuple(below), places)
            if stack:
                stack[-1][1].append(last)
        return last

    for line in lines:
        close(line.depth)
        stack.append((line, []))
    return close(0)


def _view(line: ProofLine, below: tuple[ProofView, ...], places: _Places) -> ProofView:
    assert line.triple is not None
    return ProofView(
        triple=line.triple,
        members=line.members,
        rule=line.rule,
        link=rule_link(line.rule) or "",
        places=() if line.rule else places(line.triple),
        again=line.again,
        below=below,
    )
