"""Proofs of what a closure holds: from a triple back to what is asserted, by instances of the rules.

Each triple is explained by premises that were there in an earlier round, so that no proof goes in a circle,
and one of least height, counted in rounds, is found without a search among proofs. Equalities are told name
by name, and literals in the forms in which they are written.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from cordiale.closure.proofs.backward import Backward
from cordiale.closure.proofs.clash_proofs import ClashProofs
from cordiale.closure.proofs.equality_proofs import (
    NumberedStep,
    different_name,
    equal_things,
    replaced,
    typed_value,
    unlikeness,
)
from cordiale.closure.proofs.lean import lean
from cordiale.closure.proofs.near_misses import near_misses
from cordiale.closure.proofs.on_demand_proofs import OnDemand
from cordiale.closure.proofs.rounds import Numbers, Rounds
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sql.materialise import ClosedGraph
from cordiale.closure.values.forms import in_their_forms
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Node, Triple

__all__ = ["Pattern", "Proofs", "no_proofs"]

Pattern: TypeAlias = tuple[Node | None, Node | None, Node | None]  # ``None``: any term


def no_proofs() -> UsageError:
    """The error C633: another engine than duckdb tells nothing that a proof could be made from."""
    return UsageError(
        Problem(
            code="C633",
            message="proofs need to know what followed when, which only the engine duckdb keeps",
            remedy='use the engine "duckdb", which is the default',
        )
    )


class Proofs:
    """Explains the triples and the clashes of one closure.

    ``rules`` are all rules of the rule set, those that were left out of the closure included; ``text`` and
    ``node`` turn rdflib terms into N-Triples and back.
    """

    def __init__(
        self,
        closed: ClosedGraph,
        rules: Iterable[Rule],
        text: Callable[[Node], str],
        node: Callable[[str], Node],
    ) -> None:
        self._closed = closed
        self._rounds = Rounds(closed)
        self._backward = Backward(self._rounds, closed.rules)
        self._demand = OnDemand(self._rounds, tuple(rules))
        self._clashes = ClashProofs(closed, self._rounds, self._backward)
        self._text = text
        self._node = node

    def why(self, triple: Triple) -> Proof | None:
        """The proof of a triple; ``None`` when it does not follow by the rules."""
        numbers = self._numbers(triple)
        if numbers is None:
            return None
        goal = (numbers[0], numbers[1], self._rounds.value(numbers[2]))
        if numbers[2] in self._rounds.told(goal):
            return Proof(conclusion=triple)
        steps: dict[Numbers, NumberedStep] = {}
        if not self._rounds.told(goal):
            if self._rounds.round(goal) is None and not self._demand.steps(goal):
                return None
            self._explain([goal], steps)
        ordered = _in_order(goal, steps)
        written = in_their_forms(self._rounds, ordered, numbers, self._constants)
        return self._proof(triple, written)

    def why_not(self, triple: Triple, most: int) -> tuple[tuple[str, tuple[Triple, ...], Pattern], ...]:
        """The rules that would conclude a triple but for one premise: each rule, what holds, what is missing.

        A term of what is missing is ``None`` where any would do. At most ``most``, the most exact first.
        """
        numbers = self._numbers(triple)
        if numbers is None:
            return ()
        goal = (numbers[0], numbers[1], self._rounds.value(numbers[2]))
        found = near_misses(goal, self._rounds, self._closed.rules)[:most]

        def node(number: int) -> Node:
            return self._node(self._rounds.text(number))

        return tuple(
            (
                miss.rule,
                tuple((node(s), node(p), node(o)) for s, p, o in miss.holds),
                _pattern(*(None if number is None else node(number) for number in miss.missing)),
            )
            for miss in found
        )

    def clash(self, rule: str, message: str) -> Proof | None:
        """The proof of the clash with such a rule and message; ``None`` when there is none."""
        clashes = (clash for clash in self._closed.clashes if (clash.rule, clash.message) == (rule, message))
        found = next((made for clash in clashes if (made := self._clashes.steps(clash))), None)
        if not found:
            return None
        *before, last = found
        steps = {_concluded(step): step for step in before}
        self._explain([each for step in found for each in step.premises], steps)
        ordered: dict[Numbers | None, NumberedStep] = {}
        for premise in last.premises:
            for step in _in_order(premise, steps):
                ordered.setdefault(step.conclusion, step)
        written = in_their_forms(self._rounds, [*ordered.values(), last], None, self._constants)
        return self._proof(None, written)

    def _explain(self, goals: Iterable[Numbers], steps: dict[Numbers, NumberedStep]) -> None:
        """Add a step for each goal that is not asserted, and for what these steps rest on."""
        agenda = list(goals)
        done: set[Numbers] = set()
        while agenda:
            goal = agenda.pop()
            if goal in done:
                continue
            done.add(goal)
            if goal not in steps:
                if self._rounds.told(goal):
                    continue
                for step in self._steps(goal):
                    steps.setdefault(_concluded(step), step)
                    agenda.extend(step.premises)
            agenda.extend(steps[goal].premises)

    def _steps(self, goal: Numbers) -> list[NumberedStep]:
        """Steps to a triple that is not asserted, from what was there before it."""
        rounds = self._rounds
        round_ = rounds.round(goal)
        if round_ is not None:
            instance = self._backward.best(goal, round_)
            if instance is not None:
                premises = lean(rounds, self._closed.rules, instance, goal)
                return [NumberedStep(instance.rule.name, premises, goal)]
            is_equality = goal[1] == rounds.same and goal[0] != goal[2]
            if is_equality and (steps := equal_things(rounds, goal[0], goal[2], round_)):
                return steps
            if steps := different_name(rounds, goal, round_) or self._concluded_by_another_name(goal, round_):
                return steps
        if steps := typed_value(rounds, goal) or self._demand.steps(goal):
            return steps
        told = " ".join(map(rounds.text, goal))
        raise AssertionError(f"no rule explains {told}, which the closure has since round {round_}")

    def _concluded_by_another_name(self, goal: Numbers, round_: int) -> list[NumberedStep]:
        """Steps to a triple that a rule concludes in the words of OWL, which were made the same as others."""
        rows = self._rounds.variants(goal, round_ + 1)
        for s, p, o, _ in sorted(rows, key=lambda row: (*unlikeness(self._rounds, row, goal, round_), row)):
            instance = self._backward.best((s, p, o), round_)
            if instance is not None:
                premises = lean(self._rounds, self._closed.rules, instance, (s, p, o))
                first = NumberedStep(instance.rule.name, premises, (s, p, o))
                return [first, *replaced(self._rounds, (s, p, o), goal)]
        return []

    def _numbers(self, triple: Triple) -> Numbers | None:
        """The numbers of the terms, literals in their forms; ``None`` where one stands nowhere."""
        subject, predicate, object_ = (self._rounds.find(self._text(term)) for term in triple)
        if subject is None or predicate is None or object_ is None:
            return None
        return subject, predicate, object_

    def _constants(self, rule: str) -> tuple[str, ...]:
        return self._backward.literals(rule)

    def _proof(
        self, conclusion: Triple | None, steps: Iterable[tuple[str, tuple[Numbers, ...], Numbers | None]]
    ) -> Proof:
        def triple(numbers: Numbers) -> Triple:
            s, p, o = (self._node(self._rounds.text(number)) for number in numbers)
            return s, p, o

        return Proof(
            conclusion=conclusion,
            steps=tuple(
                Step(
                    rule=rule,
                    premises=tuple(map(triple, premises)),
                    conclusion=None if shown is None else triple(shown),
                )
                for rule, premises, shown in steps
            ),
        )


def _pattern(subject: Node | None, predicate: Node | None, value: Node | None) -> Pattern:
    return subject, predicate, value


def _concluded(step: NumberedStep) -> Numbers:
    assert step.conclusion is not None
    return step.conclusion


def _in_order(goal: Numbers, steps: dict[Numbers, NumberedStep]) -> list[NumberedStep]:
    """The steps to a goal, each after those that it rests on."""
    ordered: list[NumberedStep] = []
    begun: set[Numbers] = set()
    done: set[Numbers] = set()
    stack: list[tuple[Numbers, bool]] = [(goal, False)]
    while stack:
        triple, is_ready = stack.pop()
        step = steps.get(triple)
        if step is None or triple in done:
            continue
        if is_ready:
            done.add(triple)
            ordered.append(step)
        else:
            assert triple not in begun, f"{step.rule} proves a triple by itself"
            begun.add(triple)
            stack.append((triple, True))
            stack.extend((premise, False) for premise in reversed(step.premises))
    return ordered
