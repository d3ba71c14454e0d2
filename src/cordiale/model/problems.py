"""What is wrong, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cordiale.model.places import Place

__all__ = ["Problem", "Severity", "has_violation"]

_SHOWN = 5  # of the other places of a problem


class Severity(StrEnum):
    """How grave a problem is, in the words of SHACL (section 2.1.4)."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: place, code, one sentence, and a remedy.

    >>> print(Problem(code="C104", message='prefix "orgg" is not bound', remedy='did you mean "org"?',
    ...               place=Place(path="data/cam/entente-cordiale.ttl", line=14, column=5)))
    data/cam/entente-cordiale.ttl:14:5: C104 prefix "orgg" is not bound
      did you mean "org"?
    """

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.VIOLATION
    place: Place | None = None
    related: tuple[Place, ...] = ()  # other places that it stands in, or follows from
    supports: tuple[frozenset[str], ...] = ()  # sets of sources that suffice for what is wrong

    def __str__(self) -> str:
        """The problem on one line, its remedy indented on the next, and other places below."""
        where = f"{self.place}: " if self.place else ""
        also = f"\n  also {', '.join(str(place) for place in self.related[:_SHOWN])}" if self.related else ""
        more = f" and {len(self.related) - _SHOWN} more" if len(self.related) > _SHOWN else ""
        return f"{where}{self.code} {self.message}\n  {self.remedy}{also}{more}"


def has_violation(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is a violation, on which nothing may be written.

    >>> warning = Problem(code="C320", message="m", remedy="r", severity=Severity.WARNING)
    >>> has_violation([warning]), has_violation([warning, Problem(code="C301", message="m", remedy="r")])
    (False, True)
    """
    return any(problem.severity is Severity.VIOLATION for problem in problems)
