"""The catalogue's text with entries put in and taken out; what a person wrote stays to the letter."""

import re
from collections.abc import Callable, Mapping

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.read.syntax import check_syntax

__all__ = ["is_based", "need_prefixes", "with_entries"]

_HEAD = re.compile(r"^(?:#.*\n)*<([^>]+)>\r?$", re.MULTILINE)


def is_based(text: str, sources: str) -> bool:
    """Whether names of sources may stand in the catalogue as they are, by its @base."""
    return f"@base <{sources}>" in text


def need_prefixes(text: str, needed: frozenset[str], *, path: str, base: str) -> None:
    """See to it that the catalogue declares the prefixes that an entry is written with.

    Raises:
        UsageError: C524, it lacks some.
        TurtleSyntaxError: it is no Turtle.
    """
    missing = sorted(needed - dict(check_syntax(text, path=path, base=base)).keys())
    if missing:
        message = f"{path} does not declare {', '.join(missing)}"
        raise UsageError(Problem(code="C524", message=message, remedy="declare them with @prefix"))


def with_entries(
    text: str, entries: Mapping[str, str], sources: str, *, replaces: Callable[[str], bool]
) -> str:
    """The catalogue with these entries, each by its name, and without the others that ``replaces`` names.

    Each comes before the first that is after it by name. Comments right above an entry belong to it.

    >>> text = "# Mine.\\n\\n<b>\\n    a :X ;\\n.\\n"
    >>> print(with_entries(text, {"a": "<a>\\n.\\n"}, "", replaces=lambda name: False), end="")
    # Mine.
    <BLANKLINE>
    <a>
    .
    <BLANKLINE>
    <b>
        a :X ;
    .
    """
    heads = list(_HEAD.finditer(text))
    starts = [head.start() for head in heads] + [len(text)]
    pieces = [text[: starts[0]]]
    waiting = sorted(entries, reverse=True)
    for head, end in zip(heads, starts[1:], strict=True):
        name = head[1].removeprefix(sources)
        while waiting and waiting[-1] < name:
            _append(pieces, entries[waiting.pop()])
        if name not in entries and not replaces(name):
            _append(pieces, text[head.start() : end])
    while waiting:
        _append(pieces, entries[waiting.pop()])
    return f"{''.join(pieces).rstrip()}\n"


def _append(pieces: list[str], piece: str) -> None:
    """One more piece, after an empty line."""
    before = pieces[-1]
    pieces.append(piece if before.endswith("\n\n") or not before else f"\n{piece}")
