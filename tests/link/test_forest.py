"""Trees are summed as they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.evidence import FEATURES
from cordiale.link.forest import Forest
from cordiale.link.model import read_model
from cordiale.link.pair_evidence import PAIR_FEATURES
from cordiale.link.rivals import STANDING

# x <= 1 ? (y <= 5 ? -1 : 2) : 3, and a tree that is one leaf.
_WRITTEN = {
    "start": 0.5,
    "depth": 2,
    "roots": [0, 5],
    "feature": [0, 1, 0, 0, 0, 0],
    "bound": [1.0, 5.0, 0.0, 0.0, 0.0, 0.0],
    "left": [1, 2, 2, 3, 4, 5],
    "right": [4, 3, 2, 3, 4, 5],
    "value": [0.0, 0.0, -1.0, 2.0, 3.0, 0.25],
}


@given(st.lists(st.tuples(st.floats(-9, 9, width=32), st.floats(-9, 9, width=32)), min_size=1, max_size=20))
def test_a_forest_is_the_sum_of_its_leaves(rows: list[tuple[float, float]]) -> None:
    """Each row goes down each tree as it would by hand."""
    found = Forest.from_json(_WRITTEN).probability(rows)
    for (x, y), probability in zip(rows, found.tolist(), strict=True):
        odds = 0.5 + 0.25 + ((-1 if y <= 5 else 2) if x <= 1 else 3)
        assert probability == pytest.approx(1 / (1 + np.exp(-odds)), rel=1e-5)


def test_no_rows_have_no_probabilities() -> None:
    """An empty table is no error."""
    assert len(Forest.from_json(_WRITTEN).probability([])) == 0


def test_shipped_models_fit_what_is_measured() -> None:
    """No tree asks for a number that the evidence does not have, and leaves lead to themselves."""
    affiliations, pairs = read_model("affiliations"), read_model("pairs")
    assert affiliations.among is not None
    for forest, numbers in (
        (affiliations.alone, FEATURES),
        (affiliations.among, STANDING),
        (pairs.alone, PAIR_FEATURES),
    ):
        assert int(forest.feature.max()) < len(numbers)
        leaves = forest.left == forest.right
        assert (forest.left[leaves] == np.flatnonzero(leaves)).all()
    assert 0.3 < pairs.accept < affiliations.accept < 0.95
