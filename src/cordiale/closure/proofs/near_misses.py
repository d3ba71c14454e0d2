"""Why not: instances of rules that would conclude a triple, if it were not for one premise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cordiale.closure.proofs.backward import Backward, Bindings
from cordiale.closure.proofs.rounds import Numbers, Rounds
from cordiale.closure.rulebook.rules import TRIPLE, Atom, Constant, Rule, Variable

__all__ = ["NearMiss", "near_misses"]

_MOST = 50  # instances of one rule without one premise, that are looked at
_EVER = 1 << 30  # a round after all


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A rule, the premises that hold, and the one that does not; ``None`` in it may be anything."""

    rule: str
    holds: tuple[Numbers, ...]
    missing: tuple[int | None, int | None, int | None]


def near_misses(goal: Numbers, rounds: Rounds, rules: tuple[Rule, ...]) -> tuple[NearMiss, ...]:
    """The instances that lack one premise, those first that say most exactly which.

    Of rules all of whose premises but the axioms are missing nothing is told: they could conclude anything.
    """
    backward = Backward(rounds, rules)
    found: dict[NearMiss, None] = {}
    for rule in rules:
        for head in rule.head:
            if head.relation != TRIPLE or rule.marks & {"equal", "values", "trivial"}:
                continue
            bindings = backward.unified(head, goal, {})
            if bindings is not None:
                for miss in _of_rule(rule, bindings, goal, backward, rounds):
                    found.setdefault(miss)
    return tuple(sorted(found, key=_vagueness))


def _of_rule(
    rule: Rule, bindings: Bindings, goal: Numbers, backward: Backward, rounds: Rounds
) -> Iterator[NearMiss]:
    facts = [at for at, atom in enumerate(rule.body) if atom.relation == TRIPLE]
    for at in facts:
        rest = replace(rule, body=(*rule.body[:at], *rule.body[at + 1 :]))
        if not rest.body:
            continue
        for number, instance in enumerate(backward.instances(rest, bindings, _EVER)):
            if number == _MOST:
                break
            missing = _pattern(rule.body[at], instance.bindings, rounds)
            s, p, o = missing
            if p is not None and missing != goal and not rounds.matching(s, p, o):
                yield NearMiss(rule=rule.name, holds=instance.premises, missing=missing)


def _pattern(atom: Atom, bindings: Bindings, rounds: Rounds) -> tuple[int | None, int | None, int | None]:
    def value(term: object) -> int | None:
        if isinstance(term, Constant):
            return rounds.number(term.text)
        found = bindings.get(term.name) if isinstance(term, Variable) else None
        return found if isinstance(found, int) else None

    s, p, o = map(value, atom.terms)
    return s, p, o


def _vagueness(miss: NearMiss) -> tuple[int, int, str]:
    return miss.missing.count(None), -len(miss.holds), miss.rule
