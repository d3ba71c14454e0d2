"""The clashes of a closure as problems, each with its places."""

from collections.abc import Callable, Iterable

from cordiale.closure.engine import Clash
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node

__all__ = ["clash_problems", "closure_problems"]


def clash_problems(
    clashes: Iterable[Clash], blame: Callable[[Node, Node, Node], Place | None]
) -> tuple[Problem, ...]:
    """Each clash as a problem, at the place of its first premise that stands in a file, with the others."""
    return tuple(_clash_problem(clash, blame) for clash in clashes)


def closure_problems(
    clashes: Callable[[], Iterable[Clash]], blame: Callable[[Node, Node, Node], Place | None]
) -> tuple[Problem, ...]:
    """Clashes as problems, or why there can be none: an axiom that the engine cannot reason with."""
    try:
        return clash_problems(clashes(), blame)
    except SourceError as error:
        return error.problems


def _clash_problem(clash: Clash, blame: Callable[[Node, Node, Node], Place | None]) -> Problem:
    places = tuple(dict.fromkeys(place for triple in clash.triples if (place := blame(*triple))))
    return Problem(
        code="C601",
        message=f"{clash.message} (rule {clash.rule})",
        remedy="withdraw or correct one of the statements that it follows from",
        place=places[0] if places else None,
        related=places[1:],
    )
