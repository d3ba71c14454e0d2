"""One order for problems."""

from collections.abc import Iterable

from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["in_order"]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place, the ones without a place last; then by what is said."""
    return tuple(sorted(problems, key=_key))


def _key(problem: Problem) -> tuple[object, ...]:
    place = problem.place or Place(path="")
    where = (problem.place is None, place.path, place.line or 0, place.column or 0)
    return (*where, problem.code, problem.message, problem.remedy)
