"""Decision trees that were grown elsewhere: their sum for rows of numbers, as a probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Forest"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Binary trees, all nodes of all trees in one row; a leaf leads to itself."""

    start: float  # log odds before any tree
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]  # what a node asks
    bound: Floats  # up to which it goes left
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats  # of a leaf: what it adds to the log odds; 0 elsewhere
    depth: int

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Forest":
        """The forest that was written as the members of a JSON object."""

        def whole(name: str) -> NDArray[np.int32]:
            return np.array(content[name], dtype=np.int32)

        return cls(
            start=content["start"],
            roots=whole("roots"),
            feature=whole("feature"),
            bound=np.array(content["bound"], dtype=np.float32),
            left=whole("left"),
            right=whole("right"),
            value=np.array(content["value"], dtype=np.float32),
            depth=content["depth"],
        )

    def probability(self, rows: Sequence[Sequence[float]] | Floats) -> Floats:
        """The probability of each row, between 0 and 1."""
        given = np.asarray(rows, dtype=np.float32)
        if not len(given):
            return np.zeros(0, dtype=np.float32)
        numbers = np.arange(len(given))[:, None]
        node = np.repeat(self.roots[None, :], len(given), axis=0)
        for _ in range(self.depth):
            goes_left = given[numbers, self.feature[node]] <= self.bound[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        odds = self.start + self.value[node].sum(axis=1, dtype=np.float32)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)
