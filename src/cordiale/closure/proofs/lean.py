"""Instances of rules without premises that they can do without.

A helper fact may rest on more than one triple that says enough, such as two axioms that share a list; the
one that it was made from need not be among the other premises.
"""

from collections.abc import Sequence

from cordiale.closure.proofs.backward import Backward, Instance
from cordiale.closure.proofs.rounds import Numbers, Rounds, Row
from cordiale.closure.rulebook.rules import TRIPLE, Rule

__all__ = ["lean"]

_MOST_PREMISES = 60  # of those, each is left out once to see whether the rest suffices
_CELLS = ("first>", "rest>")


class _Few(Rounds):
    """A few triples in the place of all that a closure holds."""

    def __init__(self, rounds: Rounds, triples: Sequence[Numbers]) -> None:
        self.same = rounds.same
        self.number = rounds.number  # type: ignore[method-assign]
        self.text = rounds.text  # type: ignore[method-assign]
        self._triples = triples

    def round(self, triple: Numbers) -> int | None:
        return 0 if triple in self._triples else None

    def matching(self, s: int | None, p: int | None, o: int | None) -> tuple[Row, ...]:
        return tuple(
            (*triple, 0)
            for triple in self._triples
            if (s is None or triple[0] == s)
            and (p is None or triple[1] == p)
            and (o is None or triple[2] == o)
        )

    def mention(self, _number: int) -> Row | None:
        return None  # so that x owl:sameAs x is a premise like any other


def lean(
    rounds: Rounds, rules: Sequence[Rule], instance: Instance, goal: Numbers | None
) -> tuple[Numbers, ...]:
    """The premises of an instance that are needed; ``goal`` is what it concludes, ``None`` for ``false``."""
    if all(atom.relation == TRIPLE for atom in instance.rule.body) or len(instance.premises) > _MOST_PREMISES:
        return instance.premises
    usable = tuple(
        rule for rule in rules if rule.name == instance.rule.name or any(head.relation for head in rule.head)
    )
    kept = list(instance.premises)
    # Cells of a plain list are needed; only where something else was idle, they are looked at too.
    for all_of_them in (False, True):
        if all_of_them and len(kept) == len(instance.premises):
            break
        for premise in tuple(kept):
            if all_of_them or _may_be_idle(rounds, premise, kept):
                rest = [other for other in kept if other != premise]
                if _suffices(rounds, usable, instance.rule.name, rest, goal):
                    kept = rest
    return tuple(kept)


def _may_be_idle(rounds: Rounds, premise: Numbers, premises: Sequence[Numbers]) -> bool:
    """Not so a cell of a list that has one item and one rest."""
    if not rounds.text(premise[1]).endswith(_CELLS):
        return True
    return sum(other[:2] == premise[:2] for other in premises) > 1


def _suffices(
    rounds: Rounds, rules: Sequence[Rule], name: str, premises: Sequence[Numbers], goal: Numbers | None
) -> bool:
    backward = Backward(_Few(rounds, premises), tuple(rules))
    if goal is not None:
        return backward.best(goal, 1) is not None
    named = (rule for rule in rules if rule.name == name)
    return any(next(backward.instances(rule, {}, 1), None) is not None for rule in named)
