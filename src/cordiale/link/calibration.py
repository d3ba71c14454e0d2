"""From a score to the share of like scores that were right (isotonic regression)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["calibrate", "isotonic"]


def isotonic(scores: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """The rising curve nearest to what was right, as corners of (score, share): adjacent violators pooled.

    >>> isotonic([0.1, 0.2, 0.3, 0.4], [False, True, False, True])
    ((0.1, 0.0), (0.2, 0.5), (0.3, 0.5), (0.4, 1.0))
    """
    pools: list[tuple[float, int, float, float]] = []  # sum, count, lowest score, highest score
    for score, truth in sorted(zip(scores, right, strict=True)):
        pools.append((float(truth), 1, score, score))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            later, earlier = pools.pop(), pools.pop()
            pools.append((earlier[0] + later[0], earlier[1] + later[1], earlier[2], later[3]))
    corners = []
    for total, count, lowest, highest in pools:
        corners += [(lowest, total / count)] + ([(highest, total / count)] if highest > lowest else [])
    return tuple(corners)


def calibrate(
    scores: Sequence[float] | NDArray[np.float32], corners: Sequence[Sequence[float]]
) -> NDArray[np.float64]:
    """The probabilities of scores, on the straight lines between the corners; never 0, never 1."""
    at, share = np.array(corners, dtype=np.float64).T
    sure: NDArray[np.float64] = np.clip(
        np.interp(np.asarray(scores, dtype=np.float64), at, share), 0.001, 0.999
    )
    return sure
