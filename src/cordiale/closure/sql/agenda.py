"""Which rules can fire in a round, and on which of their premises, without asking each of them."""

from collections.abc import Mapping

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Constant, Rule, Variable
from cordiale.closure.sql.compiler import TYPE, Compiler, Pattern
from cordiale.closure.sql.store import Store

__all__ = ["Agenda"]

_MOST_PREDICATES = 10_000  # of one rule, that are worth looking at before it is fired
_WORTH_A_LOOK = (
    20_000  # triples; with fewer, it costs less to fire a rule in vain than to ask whether it will
)


class Agenda:
    """What there is of each relation, and what of it is new.

    ``rows`` and ``new_rows`` count the facts of helper relations; ``is_first`` tells the round in which
    everything is new. ``structural`` are the relations that rest on axioms alone.
    """

    def __init__(self, store: Store, compiler: Compiler, structural: frozenset[str]) -> None:
        self._store = store
        self._compiler = compiler
        self._structural = structural
        self._predicates: dict[Rule, dict[str, frozenset[int]]] = {}
        self.rows: dict[str, int] = {}
        self.new_rows: dict[str, int] = {}
        self.is_first = True

    def new_premises(self, rule: Rule) -> list[int] | None:
        """Which premises can match something new; ``None`` when everything is."""
        if not self.can_fire(rule):
            return []
        if self.is_first:
            return None
        return [at for at, atom in enumerate(rule.body) if self.is_new(atom) and self._concerns(rule, atom)]

    def can_fire(self, rule: Rule) -> bool:
        """Whether each premise can match something, and the axioms among them together."""
        return all(self.has(atom) for atom in rule.body) and (
            self._store.size < _WORTH_A_LOOK or self._predicates_of(rule) != {"": frozenset()}
        )

    def has(self, atom: Atom) -> bool:
        """Whether a premise can match something."""
        if atom.relation != TRIPLE:
            return self.rows.get(atom.relation, 0) > 0
        return self._matches(atom, self._store.counts)

    def is_new(self, atom: Atom) -> bool:
        """Whether a premise can match something new."""
        if self.is_first:
            return True
        if atom.relation != TRIPLE:
            return self.new_rows.get(atom.relation, 0) > 0
        return self._matches(atom, self._store.new_counts)

    def _concerns(self, rule: Rule, atom: Atom) -> bool:
        """Whether there is a new triple with a predicate that the axioms leave for a premise."""
        if (
            self._store.size < _WORTH_A_LOOK
            or atom.relation != TRIPLE
            or not isinstance(atom.terms[1], Variable)
        ):
            return True
        wanted = self._predicates_of(rule).get(atom.terms[1].name)
        return wanted is None or any(p in wanted for p, _ in self._store.new_counts)

    def _matches(self, atom: Atom, counts: Mapping[Pattern, int]) -> bool:
        _, predicate, object_ = atom.terms
        if not isinstance(predicate, Constant):
            return bool(counts)
        number = self._store.number(predicate.text)
        if isinstance(object_, Constant) and predicate.text == TYPE:
            return (number, self._store.number(object_.text)) in counts
        return any(p == number for p, _ in counts)

    def _predicates_of(self, rule: Rule) -> dict[str, frozenset[int]]:
        """For each variable in the place of a predicate, those that the axioms leave, unless too many.

        ``{"": frozenset()}`` when no axioms match the rule.
        """
        axioms = tuple(
            atom
            for atom in rule.body
            if self._compiler.kind(atom) == "axiom" or atom.relation in self._structural
        )
        if not axioms or len(axioms) == len(rule.body):
            return {}
        known = frozenset(name for atom in axioms for name in atom.variables)
        names = sorted(
            {
                atom.terms[1].name
                for atom in rule.body
                if atom.relation == TRIPLE and isinstance(atom.terms[1], Variable)
            }
            & known
        )
        if rule not in self._predicates or any(self.is_new(atom) for atom in axioms):
            static = Rule(name=rule.name, head=(), body=axioms)
            sql = self._compiler.selects(static, None, names)
            rows = self._store.rows(f"SELECT DISTINCT * FROM ({sql}) x LIMIT {_MOST_PREDICATES}")
            if not rows:
                self._predicates[rule] = {"": frozenset()}
            elif len(rows) == _MOST_PREDICATES:
                self._predicates[rule] = {}
            else:
                self._predicates[rule] = {
                    name: frozenset(row[at] for row in rows) for at, name in enumerate(names)
                }
        return self._predicates[rule]
