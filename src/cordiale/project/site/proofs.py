"""Proofs of very many triples: most are like one that was made before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from cordiale.model.places import Place
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Node, Triple
from cordiale.publish.proof_text import ProofLine, proof_lines, rule_link
from cordiale.publish.site.views import ProofView

if TYPE_CHECKING:
    from cordiale.project.reasoned_graph import ReasonedGraph

__all__ = ["Prover", "renamed"]

_Places: TypeAlias = Callable[[Triple], tuple[Place, ...]]

_MOST = 40  # proofs of a property that others are tried to be like


class Prover:
    """Proves the triples of one graph, and tells where what they rest on stands."""

    def __init__(self, kg: ReasonedGraph) -> None:
        self._kg = kg
        self._stated = frozenset(triple for triples in kg.stated.values() for triple in triples)
        self._like: dict[tuple[Node, ...], list[Proof]] = {}
        self.places = cache(kg.places_of)

    def view(self, triple: Triple) -> ProofView | None:
        """The proof of an inferred triple with its places; none when it has none."""
        proof = self.proof(triple)
        return None if proof is None else _tree(list(proof_lines(proof)), self.places)

    def proof(self, triple: Triple) -> Proof | None:
        """The proof of a triple: one made before with other names, where that is one, or its own."""
        subject, predicate, value = triple
        keys: tuple[tuple[Node, ...], ...] = ((predicate, value), (predicate,))
        for key in keys:
            for known in self._like.get(key, ()):
                assert known.conclusion is not None
                names = {known.conclusion[0]: subject, known.conclusion[2]: value}
                found = renamed(known, names, self._stated)
                if found is not None and found.conclusion == triple:
                    return found
        made = self._kg.consequences.why(*triple)
        if made is not None:
            for key in keys:
                alike = self._like.setdefault(key, [])
                if len(alike) < _MOST:
                    alike.append(made)
        return made


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
