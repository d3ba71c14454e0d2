"""The names of a register, so that a text finds those it may mean in about a millisecond.

Each name is a bag of words. A bag has a number, the sum of those of its words, so all windows of a text are
looked up at once; words also lead to the names that hold them, for texts that write a name otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Index", "word_numbers"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Names of records in arrays; a row number stands for a name, a record or a word."""

    vocabulary: dict[str, int]  # word to its number
    rarity: Floats  # of each word: log(names / names that hold it)
    record_of: Ints  # of each name
    kind_of: NDArray[np.int8]  # of each name: 0 label, 1 alias, 2 acronym
    word_starts: NDArray[np.int64]  # of each name, into word_ids; one more than names
    word_ids: Ints
    weight: Floats  # of each name: the sum of its words' rarity
    keys: Hashes  # of the names, sorted
    key_names: Ints  # the names in the order of keys
    posting_starts: NDArray[np.int64]  # of each word, into postings
    postings: Ints  # names

    def words_of(self, name: int) -> Ints:
        """The words of a name, each once, in order."""
        return self.word_ids[self.word_starts[name] : self.word_starts[name + 1]]

    def number_of(self, words: tuple[str, ...]) -> Ints:
        """The numbers of words; -1 where the index holds none."""
        return np.array([self.vocabulary.get(word, -1) for word in words], dtype=np.int32)


def word_numbers(count: int) -> Hashes:
    """One well-mixed number for each word, so that sums of few of them differ (splitmix64)."""
    mixed = (np.arange(1, count + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
