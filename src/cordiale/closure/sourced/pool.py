"""Supports as numbers: each distinct one is kept once, and no product or sum is made twice."""

from collections.abc import Collection, Iterable

from cordiale.model.supports import ONE, ZERO, Support

__all__ = ["ONE_ID", "ZERO_ID", "Pool"]

ZERO_ID, ONE_ID = 0, 1  # least, so that the lesser of two numbers tells whether one of them is such


class Pool:
    """The supports that came up while a closure was made."""

    def __init__(self) -> None:
        self.supports: list[Support] = []
        self._numbers: dict[Support, int] = {}
        self._products: dict[tuple[int, ...], int] = {}
        self._sums: dict[tuple[int, ...], tuple[int, int]] = {}
        for known in (ZERO, ONE):
            self.number(known)

    def number(self, support: Support) -> int:
        """The number of a support."""
        known = self._numbers.setdefault(support, len(self.supports))
        if known == len(self.supports):
            self.supports.append(support)
        return known

    def product(self, numbers: Iterable[int]) -> int:
        """What it takes to have all of several premises."""
        key = tuple(sorted(set(numbers) - {ONE_ID}))
        if len(key) < 2:
            return key[0] if key else ONE_ID
        if key not in self._products:
            made = self.supports[key[0]]
            for other in key[1:]:
                made = made * self.supports[other]
            self._products[key] = self.number(made)
        return self._products[key]

    def improved(self, old: int, others: Collection[int]) -> tuple[int, int]:
        """A support with more that suffices, and what of it is new: ``ZERO_ID`` when nothing is."""
        key = (old, *sorted(others))
        if key not in self._sums:
            before = self.supports[old]
            made = Support.sum((before, *(self.supports[other] for other in others)))
            fresh = set(made.sets) - set(before.sets)
            # A support that only came to be truncated is news as well: whatever rests on it is truncated too.
            news = Support(tuple(each for each in made.sets if each in fresh), made.truncated)
            if made == before:
                news = ZERO
            elif not fresh:
                news = made
            self._sums[key] = self.number(made), self.number(news)
        return self._sums[key]
