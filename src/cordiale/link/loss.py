"""The loss report: each thing that an import could not say in our words, by line, and how many of each kind.

A loss is a problem as any other. Its severity says what became of it: a violation was refused, a warning was
mended, an info is kept as the register has it, but says nothing in our vocabulary.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity

__all__ = ["LossKind", "Losses", "loss", "unless_empty"]

_T = TypeVar("_T")
_OUTCOMES = {Severity.VIOLATION: "refused", Severity.WARNING: "mended", Severity.INFO: "kept"}
_SHOWN = 3  # lines of each kind that the table shows


@dataclass(slots=True, kw_only=True)
class LossKind:
    """How often one thing was lost, and where first."""

    code: str
    outcome: str  # refused, mended or kept
    message: str
    remedy: str
    count: int
    places: list[Place]  # the first, each once


# What a message says of one thing alone: its id, its text, and what follows a colon.
_NAMED = re.compile(r'(?s)\b[QLM][0-9]+([-$][\w-]+)?|\b0[a-z0-9]{6}[0-9]{2}\b|".*"|(?<=: ).*$')


class Losses:
    """A count of losses by kind, which stays small however many there are, and the rows as they come."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], LossKind] = {}

    def add(self, problem: Problem) -> str:
        """Count a loss, under what its message says of things of its kind; its row in the report."""
        message = _NAMED.sub("…", problem.message)
        found = self._kinds.get((problem.code, message))
        if found is None:
            found = LossKind(
                code=problem.code,
                outcome=_OUTCOMES[problem.severity],
                message=message,
                remedy=problem.remedy,
                count=0,
                places=[],
            )
            self._kinds[problem.code, message] = found
        found.count += 1
        place = problem.place or Place(path="")
        if problem.place is not None and place not in found.places and len(found.places) < _SHOWN:
            found.places.append(place)
        cells = (place.path, str(place.line or ""), problem.code, found.outcome, problem.message)
        return "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells) + "\n"

    def kinds(self) -> Iterator[LossKind]:
        """The kinds: what was refused first, then what was mended, and of each the most frequent first."""
        order = tuple(_OUTCOMES.values())
        yield from sorted(
            self._kinds.values(), key=lambda kind: (order.index(kind.outcome), -kind.count, kind.message)
        )

    def count(self, outcome: str) -> int:
        """How many were refused, mended or kept."""
        return sum(kind.count for kind in self._kinds.values() if kind.outcome == outcome)

    @staticmethod
    def head() -> str:
        """The first line of the report's file, which has tabs between its columns."""
        return "\t".join(("file", "line", "code", "outcome", "what")) + "\n"


def loss(code: str, severity: Severity, message: str, remedy: str, place: Place | None) -> Problem:
    """A loss as a problem."""
    return Problem(code=code, message=message, remedy=remedy, severity=severity, place=place)


def unless_empty(found: Iterable[_T], path: str) -> Iterator[_T | Problem]:
    """What is found in a file; where that is nothing, C700, refused."""
    is_empty = True
    for each in found:
        is_empty = False
        yield each
    if is_empty:
        remedy = "fetch it again; what was to be sent may have failed"
        yield loss("C700", Severity.VIOLATION, "the file holds nothing", remedy, Place(path=path))
