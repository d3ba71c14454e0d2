"""A precision-recall plot as SVG."""

from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.typing import NDArray

__all__ = ["plot"]

_COLOURS = ("#0b5394", "#b45f06", "#38761d")
_SIDE, _MARGIN = 400, 60


def plot(curves: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]) -> str:
    """The curves, each with its name; recall to the right, precision upwards, both from 0 to 1."""
    size = _SIDE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" '
        'font-size="13">',
        f'<rect width="{size}" height="{size}" fill="white"/>',
    ]
    for tenth in range(0, 11, 2):
        at = tenth / 10
        parts += [
            f'<path d="M{_x(0)} {_y(at)}H{_x(1)}M{_x(at)} {_y(0)}V{_y(1)}" stroke="#ddd"/>',
            f'<text x="{_x(0) - 8}" y="{_y(at) + 4}" text-anchor="end">{at:g}</text>',
            f'<text x="{_x(at)}" y="{_y(0) + 18}" text-anchor="middle">{at:g}</text>',
        ]
    parts += [
        f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">recall</text>',
        f'<text transform="translate(18 {_y(0.5)}) rotate(-90)" text-anchor="middle">precision</text>',
    ]
    for number, (name, (recall, precision)) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        step = max(1, len(recall) // 400)
        line = " ".join(
            f"{_x(right):.1f},{_y(up):.1f}"
            for right, up in zip(recall[::step], precision[::step], strict=True)
        )
        parts += [
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
            f'<text x="{_x(0.04)}" y="{_y(0.06 + 0.06 * number)}" fill="{colour}">{escape(name)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(share: float) -> float:
    return _MARGIN + share * _SIDE


def _y(share: float) -> float:
    return _MARGIN + (1 - share) * _SIDE
