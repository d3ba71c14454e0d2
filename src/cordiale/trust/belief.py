"""Which supports a view believes."""

from collections.abc import Sequence

from cordiale.model.supports import Support
from cordiale.model.views import View
from cordiale.trust.resting import Resting

__all__ = ["believed"]


def believed(
    supports: Sequence[Support], sources: Sequence[str], view: View, resting: Resting
) -> frozenset[int]:
    """The places of the supports that hold in the view; ``sources`` has the names of the numbers in them.

    Those that hold are closed under the rules: whichever sources go, all premises of an instance still hold,
    and so does its conclusion.
    """
    judge = _Judge(sources, resting)
    return frozenset(
        place for place, support in enumerate(supports) if judge.stands(support, view.out, view.least - 1)
    )


class _Judge:
    def __init__(self, sources: Sequence[str], resting: Resting) -> None:
        self._sources = sources
        self._resting = resting
        self._numbers: dict[frozenset[str], frozenset[int]] = {}

    def stands(self, support: Support, out: frozenset[str], more: int) -> bool:
        """Whether a support holds without the sources that are out, and ``more`` of any others."""
        numbers = self._out(out)
        left = next((each for each in support if numbers.isdisjoint(each)), None)
        if left is None or more == 0:
            return left is not None
        # Whatever makes it fall puts one of these out: by itself, or with all that it rests on.
        candidates = {root for number in left for root in self._resting.roots(self._sources[number])}
        return all(
            self.stands(support, self._resting.out(out | {candidate}), more - 1)
            for candidate in sorted(candidates - out)
        )

    def _out(self, names: frozenset[str]) -> frozenset[int]:
        if names not in self._numbers:
            self._numbers[names] = frozenset(
                number for number, name in enumerate(self._sources) if name in names
            )
        return self._numbers[names]
