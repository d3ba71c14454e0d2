"""Small edits of a text: its parts change places or go, and all else stays as it is."""

from collections.abc import Sequence
from typing import TypeAlias

__all__ = ["Span", "permuted", "with_comments", "without"]

Span: TypeAlias = tuple[int, int]  # from an offset, counted from 0, to before another


def permuted(text: str, spans: Sequence[Span], order: Sequence[int]) -> str:
    """The text with the span ``order[i]`` in the place of the span ``i``; spans are in the text's order.

    >>> permuted("b, a.", [(0, 1), (3, 4)], [1, 0])
    'a, b.'
    """
    parts: list[str] = []
    end = 0
    for (start, after), number in zip(spans, order, strict=True):
        parts += [text[end:start], text[slice(*spans[number])]]
        end = after
    return "".join((*parts, text[end:]))


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without these spans, which stand in its order."""
    parts: list[str] = []
    end = 0
    for start, after in spans:
        parts.append(text[end:start])
        end = after
    return "".join((*parts, text[end:]))


def with_comments(text: str, start: int, end: int, *, after: int = 0) -> Span | None:
    """The whole lines of a part, its comments directly above among them; ``None`` if it shares a line.

    Comments before the offset ``after`` are not its own.

    >>> text = "# head\\n\\n# about a\\na b c .\\n"
    >>> text[slice(*with_comments(text, 18, 25))]
    '# about a\\na b c .\\n'
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    behind = text[end:last].strip()
    if text[first:start].strip() or (behind and not behind.startswith("#")):
        return None
    while first > after:
        above = text.rfind("\n", 0, first - 1) + 1
        if above < after or not text[above:first].lstrip().startswith("#"):
            break
        first = above
    return first, last
