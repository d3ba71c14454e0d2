"""Proofs of clashes: instances of rules that conclude ``false``, and equalities that were not followed."""

from collections.abc import Iterator

from cordiale.closure.proofs.backward import Backward, Bindings, Instance
from cordiale.closure.proofs.equality_proofs import NumberedStep, equal_things
from cordiale.closure.proofs.lean import lean
from cordiale.closure.proofs.rounds import Numbers, Rounds
from cordiale.closure.rulebook.rules import TRIPLE, Constant, Rule, Variable
from cordiale.closure.sql.clashes import FoundClash
from cordiale.closure.sql.compiler import SAME, TYPE
from cordiale.closure.sql.equality import name_order
from cordiale.closure.sql.materialise import ClosedGraph
from cordiale.closure.values.literals import split_literal

__all__ = ["ClashProofs"]

_DIFFERENT = "<http://www.w3.org/2002/07/owl#differentFrom>"
_EVER = 1 << 30  # after every round


class ClashProofs:
    """Explains the clashes of one closure."""

    def __init__(self, closed: ClosedGraph, rounds: Rounds, backward: Backward) -> None:
        self._closed = closed
        self._rounds = rounds
        self._backward = backward

    def steps(self, clash: FoundClash) -> list[NumberedStep]:
        """Steps from what the closure has, the last to ``false``; empty if it is no clash of it."""
        if clash.rule == "dt-not-type":
            return self._not_typed(clash)
        found = [
            instance
            for rule in self._closed.rules
            if rule.is_clash and rule.name == clash.rule
            for instance in self._instances(rule, clash)
        ]
        best = self._backward.least(found)
        if best is not None:
            return [NumberedStep(best.rule.name, lean(self._rounds, self._closed.rules, best, None), None)]
        return self._refused(clash)

    def _instances(self, rule: Rule, clash: FoundClash) -> Iterator[Instance]:
        """The instances that the sentence of the clash tells of; equal names are one there."""
        for bindings in self._seeds(rule, clash):
            for instance in self._backward.instances(rule, bindings, _EVER):
                if self._sentence(rule, instance.bindings) == clash.message:
                    yield instance

    def _seeds(self, rule: Rule, clash: FoundClash) -> Iterator[Bindings]:
        """What the premises of a clash say of the variables."""
        if any(atom.relation == TRIPLE and atom.terms[1] == Constant(SAME) for atom in rule.body):
            yield {}
            return
        atoms = [atom for atom in rule.body if atom.relation == TRIPLE]

        def assigned(at: int, bindings: Bindings, left: tuple[Numbers, ...]) -> Iterator[Bindings]:
            if at == len(atoms):
                yield bindings
                return
            for premise in dict.fromkeys(left):
                known = self._backward.unified(atoms[at], premise, bindings)
                if known is not None:
                    yield from assigned(at + 1, known, left)

        premises = []
        for premise in clash.premises:
            numbers = [self._rounds.find(text) for text in premise]
            if None in numbers:
                return
            s, p, o = (self._rounds.value(number) for number in numbers if number is not None)
            premises.append((s, p, o))
        yield from assigned(0, {}, tuple(premises))

    def _sentence(self, rule: Rule, bindings: Bindings) -> str:
        texts = {
            name: min(map(self._rounds.text, self._rounds.names(value)), key=name_order)
            for name, value in bindings.items()
            if isinstance(value, int)
        }
        message = rule.message
        for name in sorted(texts, key=len, reverse=True):
            message = message.replace(f"?{name}", texts[name])
        return message

    def _not_typed(self, clash: FoundClash) -> list[NumberedStep]:
        """Rule dt-not-type (table 8): a literal in a datatype that it is no value of."""
        (literal_text, _, datatype_text), *_ = clash.premises
        literal, type_ = self._rounds.find(literal_text), self._rounds.number(TYPE)
        datatype = self._rounds.find(datatype_text)
        if literal is None:
            return []
        if datatype is not None:
            typing = (self._rounds.value(literal), type_, datatype)
            if self._rounds.round(typing) is not None:
                return [NumberedStep(clash.rule, (typing,), None)]
        # As it is written, it claims to be a value of its own datatype.
        if f"<{split_literal(literal_text)[1]}>" == datatype_text:
            return [NumberedStep(clash.rule, (use,), None) for use in self._rounds.tellings(literal)[:1]]
        return []

    def _refused(self, clash: FoundClash) -> list[NumberedStep]:
        """An equality that was not followed: two things are joined by equalities, and are different."""
        for refusal in self._closed.equality.refusals:
            one, other = sorted(refusal.pair)
            if self._rounds.round((other, self._rounds.same, one)) is not None:
                one, other = other, one
            link = tuple(self._rounds.text(number) for number in sorted(refusal.link))
            if (link[0], SAME, link[1]) != clash.premises[0]:
                continue
            if refusal.literals and self._are_told(clash, one, other):
                different = (one, self._rounds.number(_DIFFERENT), other)
                apart = [NumberedStep("dt-diff", (), different)]
                return [
                    *self._joined(one, other),
                    *apart,
                    self._false((one, self._rounds.same, other), different),
                ]
            if clash.rule == "eq-diff1" and not refusal.literals:
                for a, b in ((one, other), (other, one)):
                    denial = (a, self._rounds.number(_DIFFERENT), b)
                    if self._rounds.round(denial) is not None:
                        return [*self._joined(a, b), self._false((a, self._rounds.same, b), denial)]
            elif not refusal.literals and (steps := self._listed(one, other)):
                return steps
        return []

    def _are_told(self, clash: FoundClash, one: int, other: int) -> bool:
        return self._rounds.text(one) in clash.message and self._rounds.text(other) in clash.message

    def _listed(self, one: int, other: int) -> list[NumberedStep]:
        """Two things that are joined by equalities, and stand in one list of different things."""
        for rule in self._closed.rules:
            if not rule.is_clash or rule.name not in ("eq-diff2", "eq-diff3"):
                continue
            same = next(
                atom for atom in rule.body if atom.relation == TRIPLE and atom.terms[1] == Constant(SAME)
            )
            apart = Rule(
                name=rule.name,
                head=(),
                body=tuple(atom for atom in rule.body if atom != same),
                comparisons=rule.comparisons,
            )
            left, _, right = same.terms
            for a, b in ((one, other), (other, one)):
                if isinstance(left, Variable) and isinstance(right, Variable):
                    bindings = {left.name: a, right.name: b}
                    found = self._backward.least(list(self._backward.instances(apart, bindings, _EVER)))
                    if found is not None:
                        equality = (a, self._rounds.same, b)
                        whole = Instance(
                            rule=rule,
                            bindings=found.bindings,
                            premises=(*found.premises, equality),
                            round=found.round,
                        )
                        last = NumberedStep(
                            rule.name, lean(self._rounds, self._closed.rules, whole, None), None
                        )
                        return [*self._joined(a, b), last]
        return []

    def _joined(self, one: int, other: int) -> list[NumberedStep]:
        return equal_things(self._rounds, one, other, None)

    def _false(self, same: Numbers, different: Numbers) -> NumberedStep:
        return NumberedStep("eq-diff1", (same, different), None)
