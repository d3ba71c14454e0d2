"""Which names of an index a text may hold: whole, in any order of words, or for the most part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordiale.link.index import Index, Ints, word_numbers
from cordiale.link.names import Word

__all__ = ["Found", "Lookup"]

_LONGEST = 14  # words of a window
_COMMON = 3000  # a word that more names hold leads nowhere by itself
_PARTLY = 0.6  # of a name's weight must be in the text
_MOST = 60  # names found in part, the heaviest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name that a text holds, and between which of its words."""

    name: int
    start: int  # first word
    end: int  # after the last
    coverage: float  # of the name's weight, 0 to 1
    whole: bool  # whether these words are the name, and nothing else


class Lookup:
    """Finds the names of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._numbers = word_numbers(len(index.vocabulary))
        self._said = np.zeros(len(index.vocabulary), dtype=bool)

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """The names that these words hold, each where it fits best."""
        ids = self.index.number_of(tuple(word.text for word in words))
        found: dict[int, Found] = {}
        # Within one part of an address rather than across its commas; the first of equals.
        for each in sorted(
            self._windows(ids),
            key=lambda each: (words[each.end - 1].part - words[each.start].part, each.start),
        ):
            found.setdefault(each.name, each)
        for each in self._partly(ids):
            found.setdefault(each.name, each)
        return tuple(found.values())

    def _windows(self, ids: Ints) -> list[Found]:
        index, count = self.index, len(ids)
        if not count or not len(index.keys):
            return []
        each = np.where(ids >= 0, self._numbers[ids], np.uint64(0x5851F42D4C957F2D))
        sums = np.concatenate([[np.uint64(0)], np.cumsum(each, dtype=np.uint64)])
        starts = np.repeat(np.arange(count), _LONGEST)
        ends = starts + np.tile(np.arange(1, _LONGEST + 1), count)
        inside = ends <= count
        starts, ends = starts[inside], ends[inside]
        keys = sums[ends] - sums[starts]
        at = np.searchsorted(index.keys, keys)
        hits = np.flatnonzero(index.keys[np.minimum(at, len(index.keys) - 1)] == keys)
        found = []
        for hit in hits.tolist():
            key, row = keys[hit], int(at[hit])
            while row < len(index.keys) and index.keys[row] == key:
                start, end = int(starts[hit]), int(ends[hit])
                found.append(
                    Found(name=int(index.key_names[row]), start=start, end=end, coverage=1.0, whole=True)
                )
                row += 1
        return found

    def _partly(self, ids: Ints) -> list[Found]:
        index = self.index
        known = np.unique(ids[ids >= 0])
        lists = [
            index.postings[index.posting_starts[word] : index.posting_starts[word + 1]]
            for word in known
            if index.posting_starts[word + 1] - index.posting_starts[word] <= _COMMON
        ]
        if not lists:
            return []
        names = np.unique(np.concatenate(lists))
        sizes = index.word_starts[names + 1] - index.word_starts[names]
        slots = np.repeat(index.word_starts[names] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        held = index.word_ids[slots + np.arange(len(slots))]
        self._said[known] = True
        gained = np.where(self._said[held], index.rarity[held], 0)
        self._said[known] = False
        coverage = np.add.reduceat(gained, np.concatenate([[0], np.cumsum(sizes)[:-1]])) / index.weight[names]
        enough = np.flatnonzero(coverage >= _PARTLY)
        best = enough[np.argsort(-(coverage * index.weight[names])[enough], kind="stable")[:_MOST]]
        return [self._place(int(names[row]), ids, float(coverage[row])) for row in best]

    def _place(self, name: int, ids: Ints, coverage: float) -> Found:
        """The shortest stretch that holds all the words of the name that the text has."""
        wanted = set(self.index.words_of(name).tolist())
        at = [(place, word) for place, word in enumerate(ids.tolist()) if word in wanted]
        need = len({word for _, word in at})
        best, held, left = (0, len(ids)), dict[int, int](), 0
        for place, word in at:
            held[word] = held.get(word, 0) + 1
            while held[at[left][1]] > 1:
                held[at[left][1]] -= 1
                left += 1
            if len(held) == need and place + 1 - at[left][0] < best[1] - best[0]:
                best = (at[left][0], place + 1)
        return Found(name=name, start=best[0], end=best[1], coverage=min(coverage, 1.0), whole=False)
