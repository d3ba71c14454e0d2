"""Pictures of a page as SVG: the things around a thing, and dates in order of time."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Bar", "Branch", "Neighbour", "hierarchy", "neighbourhood", "timeline"]

_WIDTH = 720  # of a timeline
_WIDE = 860  # of a neighbourhood
_UNKNOWN = 36  # of a bar whose other end is not known
_ROW = 46
_TOP = 18
_STEP = 215  # from a class to its kinds
_LEAF = 21
_LETTER = 7.4  # the width of one, on the average, at the size of the text
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A thing beside another: its label, that of the property, and whether it is the property's value."""

    label: str
    link: str
    is_value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of a timeline: its label, its marks (what, and a date), and the first and last day if any."""

    label: str
    marks: tuple[tuple[str, str], ...]
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A class with those that are kinds of it."""

    label: str
    branches: tuple["Branch", ...] = ()


def neighbourhood(
    name: str, neighbours: Sequence[Neighbour], title: str, shown: Callable[[str], str]
) -> Markup:
    """A thing in the middle, on its left what leads to it, on its right what it leads to."""
    left = [each for each in neighbours if not each.is_value]
    right = [each for each in neighbours if each.is_value]
    rows = max(len(left), len(right), 1)
    height = rows * _ROW + 2 * _TOP
    middle = height / 2
    parts = []
    for side, column in ((-1, left), (1, right)):
        top = middle - len(column) * _ROW / 2 + _ROW / 2
        for number, each in enumerate(column):
            y = top + number * _ROW
            inner, outer = _WIDE / 2 + side * 95, _WIDE / 2 + side * 150
            anchor = "start" if side > 0 else "end"
            x = outer + side * 6
            bend = (inner + outer) / 2
            parts.append(
                f'<path class="edge" d="M{inner:g} {middle:g}'
                f'C{bend:g} {middle:g} {bend:g} {y:g} {outer:g} {y:g}"/>'
                f'<circle class="node" cx="{outer:g}" cy="{y:g}" r="3.5"/>'
                f'<text class="link" x="{x:g}" y="{y - 4:g}" text-anchor="{anchor}">'
                f"{escape(_short(shown(each.link), 40))}</text>"
                f'<text x="{x:g}" y="{y + 11:g}" text-anchor="{anchor}">'
                f"{escape(_short(shown(each.label), 36))}</text>"
            )
    lines = _wrapped(shown(name), 22)
    box = 20 + 17 * len(lines)
    parts.append(
        f'<rect class="centre" x="{_WIDE / 2 - 95:g}" y="{middle - box / 2:g}"'
        f' width="190" height="{box}" rx="8"/>'
    )
    for number, line in enumerate(lines):
        y = middle - box / 2 + 24 + 17 * number
        parts.append(
            f'<text class="name" x="{_WIDE / 2:g}" y="{y:g}" text-anchor="middle">{escape(line)}</text>'
        )
    # Without a side, the picture has half the width.
    start = 0 if left else _WIDE / 2 - 100
    end = _WIDE if right else _WIDE / 2 + 100
    kind = "neighbourhood" if left and right else "neighbourhood half"
    return _svg(kind, start, end - start, height, title, parts)


def timeline(bars: Sequence[Bar], title: str, shown: Callable[[str], str]) -> Markup:
    """A row for each thing that has dates, under one axis of years."""
    told = [text for bar in bars for _, text in bar.marks]
    first = int(min(_position(text) for text in told))
    last = int(max(_position(text, end=True) for text in told)) + 1
    scale = (_WIDTH - 40) / max(last - first, 1)

    def x(position: float) -> float:
        return 20 + (position - first) * scale

    height = _TOP + 30 + len(bars) * _ROW
    parts = []
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10_000) if (last - first) / s <= 9)
    for year in range(-(-first // step) * step, last + 1, step):
        parts.append(
            f'<line class="grid" x1="{x(year):g}" x2="{x(year):g}" y1="24" y2="{height - 4}"/>'
            f'<text class="link" x="{x(year):g}" y="16" text-anchor="middle">{year}</text>'
        )
    for number, bar in enumerate(bars):
        y = 50 + number * _ROW
        if bar.start or bar.end:
            # An end that nobody tells is a short faint one: it is neither the first year here nor the last.
            start = x(_position(bar.start)) if bar.start else x(_position(bar.end)) - _UNKNOWN
            end = x(_position(bar.end, end=True)) if bar.end else x(_position(bar.start)) + _UNKNOWN
            kind = "bar" if bar.start and bar.end else "bar open"
            width = max(end - start, 3)
            parts.append(
                f'<rect class="{kind}" x="{start:g}" y="{y + 6:g}" width="{width:g}" height="8" rx="4"/>'
            )
        parts += [
            f'<circle class="mark" cx="{x(_position(text)):g}" cy="{y + 10:g}" r="5"/>'
            for _, text in bar.marks
        ]
        at = min(x(_position(text)) for _, text in bar.marks)
        dates = ", ".join(dict.fromkeys(text for _, text in bar.marks))
        label = f"{_short(shown(bar.label), 54)} · {_short(dates, 34)}"  # fits into the whole width
        start = max(at - 5, 20)
        fits = start + len(label) * _LETTER <= _WIDTH - 20
        anchor, at = ("start", start) if fits else ("end", _WIDTH - 20)
        parts.append(f'<text x="{at:g}" y="{y - 2:g}" text-anchor="{anchor}">{escape(label)}</text>')
    return _svg("timeline", 0, _WIDTH, height, title, parts)


def hierarchy(branches: Sequence[Branch], title: str, shown: Callable[[str], str]) -> Markup:
    """Trees that grow to the right: a row for each leaf, what has branches beside the middle of them."""
    parts: list[str] = []
    row = deepest = 0

    def draw(branch: Branch, depth: int) -> float:
        nonlocal row, deepest
        deepest = max(deepest, depth)
        ends = [draw(each, depth + 1) for each in branch.branches]
        y = (ends[0] + ends[-1]) / 2 if ends else _TOP + row * _LEAF
        row += not ends
        x = 10 + depth * _STEP
        label = _short(shown(branch.label), 26)
        start = x + 7.8 * len(label) + 14
        for end in ends:
            bend = x + _STEP - 14
            middle = (min(start, bend) + bend) / 2
            parts.append(
                f'<path class="edge" d="M{min(start, bend):g} {y:g}'
                f'C{middle:g} {y:g} {middle:g} {end:g} {bend + 8:g} {end:g}"/>'
            )
        parts.append(
            f'<circle class="node" cx="{x:g}" cy="{y:g}" r="3.5"/>'
            f'<text x="{x + 8:g}" y="{y + 4:g}">{escape(label)}</text>'
        )
        return y

    for each in branches:
        draw(each, 0)
    return _svg("hierarchy", 0, (deepest + 1) * _STEP, row * _LEAF + _TOP, title, parts)


def _svg(kind: str, start: float, width: float, height: float, title: str, parts: Sequence[str]) -> Markup:
    return Markup(
        f'<svg class="{kind}" viewBox="{start:g} 0 {width:g} {height:g}"'
        f' role="img" aria-label="{escape(title)}"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _position(text: str, *, end: bool = False) -> float:
    """Where an XSD date, month or year lies, in years; with ``end`` where it is over."""
    found = _DATE.match(text)
    assert found is not None, text
    year, month, day = found.groups()
    position = int(year) + (int(month) - 1) / 12 if month else float(year)
    if day:
        position += (int(day) - 1) / 366
    return position + ((1 / 366 if day else 1 / 12 if month else 1) if end else 0)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in _short(text, 3 * width).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [_short(line, width + 4) for line in lines]
