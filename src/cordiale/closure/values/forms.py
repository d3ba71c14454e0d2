"""A proof in the forms in which its literals are written: dt-eq and eq-rep-o where they differ.

While the rules run, the literals of one value have one number. The form of it in a proof is chosen so that
few have to be exchanged: that of a rule's constant, else that of what is shown, else the first asserted.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from cordiale.closure.proofs.equality_proofs import NumberedStep
from cordiale.closure.proofs.rounds import Numbers, Rounds

__all__ = ["WrittenStep", "in_their_forms"]

# Rule, premises and conclusion; literals have the numbers of their forms.
WrittenStep: TypeAlias = tuple[str, tuple[Numbers, ...], Numbers | None]


def in_their_forms(
    rounds: Rounds,
    steps: Sequence[NumberedStep],
    goal: Numbers | None,
    constants: Callable[[str], Iterable[str]],
) -> list[WrittenStep]:
    """The steps with a form for each value, and the steps from one form to another.

    ``goal`` is what is shown, in its form; ``None`` for a clash. ``constants`` gives the literals in rules
    of a name.
    """
    concluded = {step.conclusion for step in steps}
    leaves = dict.fromkeys(
        premise
        for step in steps
        for premise in step.premises
        if premise not in concluded and rounds.told(premise)
    )
    if goal is not None and not steps:
        leaves[goal[0], goal[1], rounds.value(goal[2])] = None
    chosen = _chosen(rounds, steps, leaves, goal, constants)

    def form(number: int) -> int:
        return chosen.get(number, number)

    def written(triple: Numbers) -> Numbers:
        return form(triple[0]), form(triple[1]), form(triple[2])

    found: list[WrittenStep] = []
    for leaf in leaves:
        forms = rounds.told(leaf)
        if form(leaf[2]) not in forms:
            found += _exchanged(rounds, (form(leaf[0]), form(leaf[1]), forms[0]), form(leaf[2]))
    for step in steps:
        found.append(
            (
                step.rule,
                tuple(map(written, step.premises)),
                None if step.conclusion is None else written(step.conclusion),
            )
        )
    if goal is not None and form(rounds.value(goal[2])) != goal[2]:
        found += _exchanged(rounds, written((goal[0], goal[1], rounds.value(goal[2]))), goal[2])
    return found


def _chosen(
    rounds: Rounds,
    steps: Sequence[NumberedStep],
    leaves: Iterable[Numbers],
    goal: Numbers | None,
    constants: Callable[[str], Iterable[str]],
) -> dict[int, int]:
    chosen: dict[int, int] = {}
    for step in steps:
        terms = {
            term
            for triple in (*step.premises, *([step.conclusion] if step.conclusion else []))
            for term in triple
        }
        for text in constants(step.rule):
            number = rounds.constant(text)
            if rounds.value(number) in terms:
                chosen.setdefault(rounds.value(number), number)
    if goal is not None:
        chosen.setdefault(rounds.value(goal[2]), goal[2])
    for leaf in leaves:
        chosen.setdefault(leaf[2], rounds.told(leaf)[0])
    return chosen


def _exchanged(rounds: Rounds, triple: Numbers, form: int) -> list[WrittenStep]:
    """Steps that put another form of the same value in the place of the object."""
    same = (triple[2], rounds.same, form)
    return [("dt-eq", (), same), ("eq-rep-o", (same, triple), (triple[0], triple[1], form))]
