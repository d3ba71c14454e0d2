"""Scores as probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.calibration import calibrate, isotonic

_SCORED = st.lists(st.tuples(st.integers(0, 50).map(lambda each: each / 50), st.booleans()), min_size=1)


@given(_SCORED)
def test_the_curve_rises_and_keeps_the_sum(scored: list[tuple[float, bool]]) -> None:
    """No higher score has a lower probability, and pooled shares are means: their sum is what was right."""
    scores, right = zip(*scored, strict=True)
    corners = isotonic(scores, right)
    shares = [share for _, share in corners]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    found = calibrate(sorted(scores), corners)
    assert list(found) == sorted(found)


def test_a_perfect_score_is_left_nearly_certain_never_quite() -> None:
    """Even where all were right, a probability is below 1."""
    assert calibrate([1.0], isotonic([0.0, 1.0], [False, True])) == pytest.approx(0.999)
    assert calibrate([0.0], isotonic([0.0, 1.0], [False, True])) == pytest.approx(0.001)


def test_it_agrees_with_the_least_squares_by_search() -> None:
    """On a small case, no rising step curve of tenths is nearer to what was right."""
    scores, right = [0.1, 0.2, 0.3, 0.4, 0.5], [False, True, False, False, True]
    corners = isotonic(scores, right)
    ours = np.interp(scores, [score for score, _ in corners], [share for _, share in corners])
    error = float(((ours - np.array(right)) ** 2).sum())
    grid = np.arange(0, 13) / 12
    best = min(
        float(((np.array([a, b, c, d, e]) - np.array(right)) ** 2).sum())
        for a in grid for b in grid[grid >= a] for c in grid[grid >= b] for d in grid[grid >= c]
        for e in grid[grid >= d]
    )  # fmt: skip
    assert error <= best + 1e-9
