"""Decision trees that were grown elsewhere: their sum for rows of numbers, as a probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Forest"]

Floats = NDArray[np.float32]
_FIRST = 100  # trees that see all rows
_HOPELESS = -5.0  # log odds after them: one in a hundred and fifty


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
        """The probability of each row, between 0 and 1.

        Rows that the first trees find hopeless, which are most, are not shown to the others.
        """
        given = np.asarray(rows, dtype=np.float32)
        if not len(given):
            return np.zeros(0, dtype=np.float32)
        odds = self.start + self._sum(given, self.roots[:_FIRST])
        hopeful = np.flatnonzero(odds > _HOPELESS)
        if len(hopeful) and len(self.roots) > _FIRST:
            odds[hopeful] += self._sum(given[hopeful], self.roots[_FIRST:])
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)

    def _sum(self, given: Floats, roots: NDArray[np.int32]) -> Floats:
        """What these trees add to the log odds of each row."""
        trees, wide = len(roots), given.shape[1]
        start, flat = np.repeat(np.arange(len(given), dtype=np.int32) * wide, trees), given.ravel()
        node = np.tile(roots, len(given))
        # Only those that have not come to a leaf go on; a leaf leads to itself.
        going, at = np.arange(len(node), dtype=np.int32), node
        for _ in range(self.depth):
            goes_left = flat[start[going] + self.feature[at]] <= self.bound[at]
            after = np.where(goes_left, self.left[at], self.right[at])
            node[going] = after
            inner = self.left[after] != after
            going, at = going[inner], after[inner]
        return np.asarray(self.value[node].reshape(len(given), trees).sum(axis=1, dtype=np.float32))
