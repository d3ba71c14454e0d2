"""What Python's reader of TOML says of a text that is none, for people."""

import re

from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["not_toml"]

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def not_toml(said: str, text: str, *, code: str, path: str) -> Problem:
    """The problem with a text of which ``tomllib`` says this; at its last line where it is cut short."""
    found = _PLACE.search(said)
    line, column = (found["line"], found["column"]) if found else (None, None)
    what = said[: found.start()] if found else said
    return Problem(
        code=code,
        message=f"not TOML: {what[:1].lower()}{what[1:]}",
        remedy="see https://toml.io/en/v1.0.0",
        place=Place(
            path=path,
            line=int(line) if line else len(text.splitlines()),
            column=int(column) if column else None,
        ),
    )
