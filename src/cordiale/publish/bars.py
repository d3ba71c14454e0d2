"""A bar chart as SVG: a bar a row, in parts, with its numbers as text."""

from collections.abc import Sequence
from html import escape

__all__ = ["bar_chart"]

_ROW, _LETTER, _WIDTH = 22, 8, 420  # pixels: the height of a row, the width of a letter, of the longest bar
_COLOURS = ("#1b5e8c", "#e0a030")


def bar_chart(title: str, parts: tuple[str, str], bars: Sequence[tuple[str, int, int]]) -> str:
    """A picture of bars, each of a label and two numbers that are laid end to end; ``parts`` names the two.

    >>> chart = bar_chart("Fruit", ("red", "green"), [("apples <b>", 2, 1)])
    >>> "apples &lt;b&gt;" in chart, chart.count("<rect")
    (True, 4)
    """
    longest = max((one + other for _, one, other in bars), default=0) or 1
    labels = _LETTER * max((len(label) for label, _, _ in bars), default=0) + 16
    height = _ROW * (len(bars) + 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{labels + _WIDTH + 90}" height="{height}"'
        f' role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
    ]
    for at, (name, colour) in enumerate(zip(parts, _COLOURS, strict=True)):
        x = labels + at * 120
        lines.append(f'<rect x="{x}" y="5" width="12" height="12" fill="{colour}"/>')
        lines.append(f'<text x="{x + 18}" y="16">{escape(name)}</text>')
    for at, (label, one, other) in enumerate(bars):
        y = _ROW * (at + 1) + 5
        first, second = (round(_WIDTH * number / longest, 1) for number in (one, other))
        lines += [
            f'<text x="{labels - 8}" y="{y + 12}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{labels}" y="{y}" width="{first}" height="15" fill="{_COLOURS[0]}"/>',
            f'<rect x="{labels + first}" y="{y}" width="{second}" height="15" fill="{_COLOURS[1]}"/>',
            f'<text x="{labels + first + second + 6}" y="{y + 12}">{one} + {other}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
