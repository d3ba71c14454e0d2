"""Rules read backwards: the instances that conclude a triple, and rest on what was there before it.

Premises about triples are looked up in the rounds of a closure. Helper relations are worked out for the
arguments that are asked for, and only for those: what is asked is a call, and premises that wait for the
answers of another call are taken up again with each of them (Chen & Warren 1996, tabled evaluation,
without negation).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cordiale.closure.proofs.rounds import Numbers, Rounds
from cordiale.closure.rulebook.rules import TRIPLE, Atom, Comparison, Constant, Rule, Term, Variable
from cordiale.closure.sql.compiler import SAME
from cordiale.closure.values.literals import DATATYPE_MAP, Order, is_less, order_of

__all__ = ["Backward", "Bindings", "Instance"]

# A term's number, or the values of a tuple.
Value: TypeAlias = "int | tuple[Value, ...]"
Bindings: TypeAlias = Mapping[str, Value]
_Pattern: TypeAlias = "tuple[Value | None, ...]"
_Call: TypeAlias = "tuple[str, _Pattern]"

_MOST_INSTANCES = 500  # of all rules, that are compared to choose the best


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A fact of a helper relation, and what it was made from."""

    arguments: tuple[Value, ...]
    round: int
    premises: tuple["_Premise", ...]


_Premise: TypeAlias = "Numbers | _Made | None"  # None: needs no premise


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """A rule of a helper relation on its way: which premises are left, and what is known of its variables."""

    call: _Call
    rule: Rule
    head: Atom
    bindings: Bindings
    left: tuple[int, ...]
    premises: tuple[_Premise, ...]
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """An instance of a rule; ``round`` is that of its latest premise.

    Helper facts stand as the triples that they rest on.
    """

    rule: Rule
    bindings: Bindings
    premises: tuple[Numbers, ...]
    round: int


class Backward:
    """Finds instances of the rules of one closure."""

    def __init__(self, rounds: Rounds, rules: tuple[Rule, ...]) -> None:
        self._rounds = rounds
        self._order = {rule: at for at, rule in enumerate(rules)}
        self._literals: dict[str, dict[str, None]] = {}
        self._concluding: list[tuple[Rule, Atom]] = []
        self._making: dict[str, list[tuple[Rule, Atom]]] = {}
        for rule in rules:
            for atom in (*rule.body, *rule.head):
                for term in atom.terms:
                    if isinstance(term, Constant) and term.text.startswith('"'):
                        self._literals.setdefault(rule.name, {})[term.text] = None
            for head in rule.head:
                if head.relation != TRIPLE:
                    self._making.setdefault(head.relation, []).append((rule, head))
                elif not rule.marks & {"equal", "values"}:
                    self._concluding.append((rule, head))
        self._answers: dict[_Call, dict[tuple[Value, ...], _Made]] = {}
        self._waiting: dict[_Call, list[tuple[_Task, int]]] = {}
        self._tasks: list[_Task] = []

    def best(self, goal: Numbers, below: int) -> Instance | None:
        """The instance that concludes the triple from the earliest premises, all before a round.

        Of several the one with the fewest premises that are not asserted, and the fewest premises.
        """
        found: list[Instance] = []
        for rule, head in self._concluding:
            bindings = self._unified(head.terms, goal, {})
            if bindings is not None:
                found.extend(self._some(rule, bindings, below, _MOST_INSTANCES - len(found)))
            if len(found) >= _MOST_INSTANCES:
                break
        return self.least(found)

    def least(self, found: list[Instance]) -> Instance | None:
        """The instance that is told when there are several."""
        if len(found) < 2:
            return found[0] if found else None
        keys = [self._key(instance) for instance in found]
        least = [instance for instance, key in zip(found, keys, strict=True) if key == min(keys)]
        return min(least, key=self._texts) if len(least) > 1 else least[0]

    def instances(self, rule: Rule, bindings: Bindings, below: int) -> Iterator[Instance]:
        """The instances of a rule with these values of variables, from what was there before a round."""
        for known, premises, round_ in self._solved(
            rule, bindings, tuple(range(len(rule.body))), (None,) * len(rule.body), 0, below
        ):
            yield Instance(rule=rule, bindings=known, premises=_flat(premises), round=round_)

    def unified(self, atom: Atom, triple: Numbers, bindings: Bindings) -> Bindings | None:
        """The bindings with those that make the premise this triple."""
        return self._unified(atom.terms, triple, bindings)

    def literals(self, rule: str) -> tuple[str, ...]:
        """The literals that stand in rules of this name."""
        return tuple(self._literals.get(rule, ()))

    def _some(self, rule: Rule, bindings: Bindings, below: int, most: int) -> Iterator[Instance]:
        for number, instance in enumerate(self.instances(rule, bindings, below), start=1):
            yield instance
            if number >= most or instance.round == 0:
                return  # nothing is earlier than what is asserted

    def _key(self, instance: Instance) -> tuple[int, int, int, int]:
        later = sum(bool(self._rounds.round(premise)) for premise in instance.premises)
        return instance.round, later, len(instance.premises), self._order.get(instance.rule, 0)

    def _texts(self, instance: Instance) -> list[str]:
        return [self._rounds.text(term) for premise in instance.premises for term in premise]

    def _solved(
        self,
        rule: Rule,
        bindings: Bindings,
        left: tuple[int, ...],
        premises: tuple[_Premise, ...],
        round_: int,
        below: int,
    ) -> Iterator[tuple[Bindings, tuple[_Premise, ...], int]]:
        if not left:
            if self._holds(rule, bindings):
                yield bindings, premises, round_
            return
        at = self._next(rule, left, bindings)
        atom = rule.body[at]
        rest = tuple(other for other in left if other != at)
        if atom.relation in self._making:
            call = (atom.relation, self._pattern(atom, bindings))
            matches: Iterator[tuple[Bindings, _Premise, int]] = self._answered(
                atom, self._call(call), bindings
            )
        else:
            matches = self._matches(atom, bindings)
        for known, premise, when in matches:
            if when < below:
                filled = (*premises[:at], premise, *premises[at + 1 :])
                yield from self._solved(rule, known, rest, filled, max(round_, when), below)

    def _call(self, call: _Call) -> list[_Made]:
        """All facts of a helper relation with some arguments."""
        if call not in self._answers:
            self._open(call)
            while self._tasks:
                self._work(self._tasks.pop())
        return list(self._answers[call].values())

    def _open(self, call: _Call) -> None:
        self._answers[call] = {}
        self._waiting[call] = []
        relation, pattern = call
        for rule, head in self._making[relation]:
            bindings = self._unified(head.terms, pattern, {})
            if bindings is not None:
                size = len(rule.body)
                self._tasks.append(_Task(call, rule, head, bindings, tuple(range(size)), (None,) * size, 0))

    def _work(self, task: _Task) -> None:
        if not task.left:
            if self._holds(task.rule, task.bindings):
                self._add(task)
            return
        at = self._next(task.rule, task.left, task.bindings)
        atom = task.rule.body[at]
        if atom.relation not in self._making:
            for known, premise, when in self._matches(atom, task.bindings):
                self._tasks.append(_advanced(task, at, known, premise, when))
            return
        call = (atom.relation, self._pattern(atom, task.bindings))
        if call not in self._answers:
            self._open(call)
        self._waiting[call].append((task, at))
        for made in list(self._answers[call].values()):
            self._resume(task, at, made)

    def _add(self, task: _Task) -> None:
        arguments = tuple(self._made(term, task.bindings) for term in task.head.terms)
        known = self._answers[task.call].get(arguments)
        if known is not None and known.round <= task.round:
            return
        made = _Made(arguments, task.round, task.premises)
        self._answers[task.call][arguments] = made
        for waiting, at in list(self._waiting[task.call]):
            self._resume(waiting, at, made)

    def _resume(self, task: _Task, at: int, made: _Made) -> None:
        bindings = self._unified(task.rule.body[at].terms, made.arguments, task.bindings)
        if bindings is not None:
            self._tasks.append(_advanced(task, at, bindings, made, made.round))

    def _answered(
        self, atom: Atom, answers: list[_Made], bindings: Bindings
    ) -> Iterator[tuple[Bindings, _Premise, int]]:
        for made in answers:
            known = self._unified(atom.terms, made.arguments, bindings)
            if known is not None:
                yield known, made, made.round

    def _matches(self, atom: Atom, bindings: Bindings) -> Iterator[tuple[Bindings, _Premise, int]]:
        """The ways in which a premise about triples, or about datatypes, holds."""
        if atom.relation == TRIPLE:
            s, p, o = (value if isinstance(value, int) else None for value in self._pattern(atom, bindings))
            for row in self._rounds.matching(s, p, o):
                known = self._unified(atom.terms, row[:3], bindings)
                if known is not None:
                    yield known, row[:3], row[3]
            yield from self._of_itself(atom, (s, p, o), bindings)
        elif atom.relation == "datatype":
            for datatype in sorted(DATATYPE_MAP):
                known = self._unified(atom.terms, (self._rounds.number(f"<{datatype}>"),), bindings)
                if known is not None:
                    yield known, None, 0

    def _of_itself(
        self, atom: Atom, pattern: tuple[int | None, int | None, int | None], bindings: Bindings
    ) -> Iterator[tuple[Bindings, _Premise, int]]:
        """Rule eq-ref (table 4), whose conclusions are not stored: a thing is the same as itself."""
        s, p, o = pattern
        thing = s if s is not None else o
        if p != self._rounds.same or thing is None or o not in (thing, None):
            return
        triple = (thing, p, thing)
        known = self._unified(atom.terms, triple, bindings)
        if known is not None and self._rounds.round(triple) is None:
            mention = self._rounds.mention(thing)
            if mention is not None:
                yield known, triple, mention[3]

    def _next(self, rule: Rule, left: tuple[int, ...], bindings: Bindings) -> int:
        """The premise that most is known of."""
        if len(left) == 1:
            return left[0]
        return min(left, key=lambda at: self._looseness(rule.body[at], bindings))

    def _looseness(self, atom: Atom, bindings: Bindings) -> int:
        pattern = self._pattern(atom, bindings)
        if atom.relation != TRIPLE:
            return 1 if None not in pattern else 4 if pattern[0] is not None else 8
        s, p, o = (value is not None for value in pattern)
        axiom = isinstance(atom.terms[1], Constant)
        if s:
            return 0 if p and o else 2 if p or o else 5
        if o and p:
            return 3 if axiom and isinstance(atom.terms[2], Constant) else 4
        if atom.terms[1] == Constant(SAME):
            return 8  # of large classes there are very many
        return 6 if o or (p and axiom) else 7 if p else 9

    def _pattern(self, atom: Atom, bindings: Bindings) -> _Pattern:
        return tuple(
            bindings.get(term.name) if isinstance(term, Variable) else self._made(term, bindings)
            for term in atom.terms
        )

    def _made(self, term: Term, bindings: Bindings) -> Value:
        if isinstance(term, Variable):
            return bindings[term.name]
        if isinstance(term, Constant):
            return self._rounds.number(term.text)
        return tuple(self._made(part, bindings) for part in term.parts)

    def _unified(
        self, terms: tuple[Term, ...], values: "tuple[Value | None, ...]", bindings: Bindings
    ) -> Bindings | None:
        """The bindings with those that make the terms these values; ``None`` may be any value."""
        known = dict(bindings)
        for term, value in zip(terms, values, strict=True):
            if value is None:
                continue
            if isinstance(term, Variable):
                if known.setdefault(term.name, value) != value:
                    return None
            elif isinstance(term, Constant):
                if self._rounds.number(term.text) != value:
                    return None
            else:
                if not isinstance(value, tuple) or len(value) != len(term.parts):
                    return None
                parts = self._unified(term.parts, value, known)
                if parts is None:
                    return None
                known = dict(parts)
        return known

    def _holds(self, rule: Rule, bindings: Bindings) -> bool:
        return all(self._compares(comparison, bindings) for comparison in rule.comparisons)

    def _compares(self, comparison: Comparison, bindings: Bindings) -> bool:
        left, right = self._made(comparison.left, bindings), self._made(comparison.right, bindings)
        if comparison.operator == "!=":
            return left != right
        return is_less(_order(left, self._rounds.text), _order(right, self._rounds.text))


def _advanced(task: _Task, at: int, bindings: Bindings, premise: _Premise, when: int) -> _Task:
    left = tuple(other for other in task.left if other != at)
    premises = (*task.premises[:at], premise, *task.premises[at + 1 :])
    return _Task(task.call, task.rule, task.head, bindings, left, premises, max(task.round, when))


def _flat(premises: tuple[_Premise, ...]) -> tuple[Numbers, ...]:
    """The triples that premises rest on, each once, in the order of the rules."""
    found: dict[Numbers, None] = {}
    seen: set[int] = set()
    stack: list[_Premise] = list(reversed(premises))
    while stack:
        premise = stack.pop()
        if isinstance(premise, tuple):
            found.setdefault(premise)
        elif premise is not None and id(premise) not in seen:
            seen.add(id(premise))
            stack.extend(reversed(premise.premises))
    return tuple(found)


def _order(value: Value, text: Callable[[int], str]) -> Order | None:
    """What ``<`` compares a term by."""
    written = text(value) if isinstance(value, int) else ""
    return order_of(written) if written.startswith('"') else None
