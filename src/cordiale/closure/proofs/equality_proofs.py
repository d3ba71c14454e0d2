"""Why things are the same, and why what is said of one is said of the other: the rules eq-* of table 4.

The closure folds equal names onto one (equality.py); here the names are apart again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cordiale.closure.proofs.rounds import Numbers, Rounds, Row
from cordiale.closure.sql.compiler import TYPE
from cordiale.closure.values.literals import DATATYPE_MAP

__all__ = ["NumberedStep", "different_name", "equal_things", "replaced", "typed_value", "unlikeness"]

_REPLACING = ("eq-rep-s", "eq-rep-p", "eq-rep-o")


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """A step of a proof, in numbers; ``None`` for ``false``."""

    rule: str
    premises: tuple[Numbers, ...]
    conclusion: Numbers | None


def equal_things(rounds: Rounds, one: int, other: int, below: int | None) -> list[NumberedStep]:
    """Steps to ``one owl:sameAs other`` from equalities that were there before a round (of all, if ``None``).

    Along the shortest way from one to the other, joined in halves: n links take log n steps in height.
    Empty where there is no way.
    """
    way = _way(rounds.links(one, below), one, other)
    steps: list[NumberedStep] = []
    same = rounds.same

    def is_known(name: int, near: int) -> bool:
        known = rounds.round((name, same, near))
        return known is not None and (below is None or known < below)

    def join(start: int, end: int) -> Numbers:
        triple = (way[start], same, way[end])
        if end - start == 1:
            if not is_known(way[start], way[end]):
                steps.append(NumberedStep("eq-sym", ((way[end], same, way[start]),), triple))
            return triple
        middle = (start + end) // 2
        steps.append(NumberedStep("eq-trans", (join(start, middle), join(middle, end)), triple))
        return triple

    if len(way) > 1:
        turned = sum(not is_known(name, near) for name, near in pairwise(way))
        if turned > 1 and turned == len(way) - 1:  # all told the other way round: turn the whole
            way.reverse()
            steps.append(NumberedStep("eq-sym", (join(0, len(way) - 1),), (one, same, other)))
        else:
            join(0, len(way) - 1)
    return steps


def _way(links: Mapping[int, Sequence[int]], one: int, other: int) -> list[int]:
    """The shortest way between two; the least numbers of several."""
    came_from: dict[int, int] = {one: one}
    front = [one]
    while front and other not in came_from:
        following: list[int] = []
        for name in front:
            for near in sorted(links.get(name, ())):
                if near not in came_from:
                    came_from[near] = name
                    following.append(near)
        front = following
    if other not in came_from:
        return []
    way = [other]
    while way[-1] != one:
        way.append(came_from[way[-1]])
    return way[::-1]


def different_name(rounds: Rounds, goal: Numbers, below: int) -> list[NumberedStep]:
    """Steps to a triple from one that was there before a round and says the same by other names."""
    found = rounds.variants(goal, below)
    if not found and goal[1] != rounds.same and goal[1] in rounds.names(rounds.same):
        # Another name of owl:sameAs, between names that were only now made the same.
        same = (goal[0], rounds.same, goal[2])
        known = rounds.round(same)
        found = [(*same, known)] if known is not None and known <= below else []
    if not found:
        return []
    *start, _ = min(
        found,
        key=lambda row: (
            *unlikeness(rounds, row, goal, below),
            row[3],
            [rounds.text(term) for term in row[:3]],
        ),
    )
    return replaced(rounds, (start[0], start[1], start[2]), goal)


def unlikeness(rounds: Rounds, row: Row, goal: Numbers, by: int) -> tuple[int, int]:
    """How far a triple is from saying the same: terms not yet the same by a round, and terms that differ.

    By an equality that came later the proof might go round in a circle: that may rest on the goal.
    """
    changes = [(old, new) for old, new in zip(row, goal, strict=False) if old != new]
    known = [rounds.round((old, rounds.same, new)) for old, new in changes]
    return sum(round_ is None or round_ > by for round_ in known), len(changes)


def replaced(rounds: Rounds, start: Numbers, goal: Numbers) -> list[NumberedStep]:
    """Steps that put the terms of one triple in the place of equal terms of another."""
    steps: list[NumberedStep] = []
    current = start
    for at, rule in enumerate(_REPLACING):
        if current[at] != goal[at]:
            same = (current[at], rounds.same, goal[at])
            changed = (
                (goal[0], current[1], current[2])
                if at == 0
                else (goal[0], goal[1], goal[2] if at == 2 else current[2])
            )
            steps.append(NumberedStep(rule, (same, current), changed))
            current = changed
    return steps


def typed_value(rounds: Rounds, goal: Numbers) -> list[NumberedStep]:
    """Steps by rule dt-type2 (table 8) to ``x rdf:type datatype``; x is a literal, or the same as one."""
    subject, predicate, object_ = goal
    if predicate != rounds.number(TYPE) or rounds.text(object_)[1:-1] not in DATATYPE_MAP:
        return []
    for name in sorted(rounds.names(subject), key=lambda name: (name != subject, name)):
        if rounds.is_value(name, rounds.text(object_)[1:-1]):
            typing = (name, predicate, object_)
            return [NumberedStep("dt-type2", (), typing), *replaced(rounds, typing, goal)]
    return []
