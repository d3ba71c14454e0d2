"""The views that a project names in ``[tool.cordiale.views]``."""

import re
from collections.abc import Callable
from decimal import Decimal

from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.views import Policy
from cordiale.read.near import near_remedy

__all__ = ["place_of_view", "read_views"]

# What each key must be: a test of its value, in words, and an example.
_KEYS: dict[str, tuple[Callable[[object], bool], str, str]] = {
    "without": (
        lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
        "a list of names",
        '["S01", "cam"]',
    ),
    "min_sources": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
        "a number from 1",
        "2",
    ),
    "min_reliability": (
        lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1,
        "a number from 0 to 1",
        "0.7",
    ),
    "as_of": (
        lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) is not None,
        "a date in quotes",
        '"2025-07-10"',
    ),
    "dated_only": (lambda value: isinstance(value, bool), "true or false", "true"),
}


def read_views(table: object, text: str, path: str) -> tuple[dict[str, Policy], list[Problem]]:
    """The views by name, and what is wrong with their tables in ``text``: C113 and C114."""
    if not isinstance(table, dict) or not all(isinstance(value, dict) for value in table.values()):
        remedy = "write [tool.cordiale.views.NAME], and keys below it"
        return {}, [_problem("C114", "views must be a table of tables", remedy, text, path)]
    views: dict[str, Policy] = {}
    problems: list[Problem] = []
    for name, values in table.items():
        for key, value in values.items():
            if key not in _KEYS:
                remedy = near_remedy(key, _KEYS, otherwise=f"its keys are {', '.join(_KEYS)}")
                message = f'the view "{name}" has no key "{key}"'
                problems.append(_problem("C113", message, remedy, text, path, name))
            elif not _KEYS[key][0](value):
                _, want, example = _KEYS[key]
                message = f'the value of "{key}" of the view "{name}" must be {want}'
                remedy = f"write, for instance: {key} = {example}"
                problems.append(_problem("C114", message, remedy, text, path, name))
        if not problems:
            reliability = values.get("min_reliability")
            views[name] = Policy(
                without=tuple(values.get("without", ())),
                min_sources=values.get("min_sources", 1),
                min_reliability=None if reliability is None else Decimal(str(reliability)),
                as_of=values.get("as_of", ""),
                dated_only=values.get("dated_only", False),
            )
    return views, problems


def _problem(code: str, message: str, remedy: str, text: str, path: str, name: str = "") -> Problem:
    return Problem(code=code, message=message, remedy=remedy, place=place_of_view(name, text, path))


def place_of_view(name: str, text: str, path: str) -> Place:
    """The line on which the table of a view begins in ``text``; no line in other styles of TOML."""
    head = re.compile(rf"^[ \t]*\[[^\]\n]*views[^\]\n]*{re.escape(name)}", re.MULTILINE).search(text)
    return Place(path=path, line=text.count("\n", 0, head.start()) + 1 if head else None)
