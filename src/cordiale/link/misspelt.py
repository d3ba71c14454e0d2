"""Words that no name of a register holds, read as one that does: run together, transliterated, misspelt."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from cordiale.link.names import Word, words

__all__ = ["Speller"]

_JOINT = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-zà-ÿ]{2})")
_UMLAUTS = re.compile(r"(?<![aeiouq])([aou])e")
_SHORTEST = 6  # letters of a word that may be misspelt
_ALIKE = 0.84  # of the letters, at least


class Speller:
    """Reads the unknown words of a text by the vocabulary of a register."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._known = vocabulary
        # The first two letters and the length are taken to be right, within one.
        self._like: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= _SHORTEST - 1 and not word[0].isdigit():
                self._like[word[:2], len(word)].append(word)

    def read(self, text: Sequence[Word]) -> tuple[Word, ...]:
        """The text, its unknown words replaced where one is meant beyond doubt."""
        if all(word.text in self._known for word in text):
            return tuple(text)
        return tuple(meant for word in text for meant in self._meant(word))

    def _meant(self, word: Word) -> Sequence[Word]:
        if word.text in self._known or any(char.isdigit() for char in word.text):
            return (word,)
        pieces = words(_JOINT.sub(" ", word.written))
        if len(pieces) > 1 and sum(piece.text in self._known for piece in pieces) * 2 > len(pieces):
            return [replace(piece, part=word.part) for piece in pieces]
        plain = _UMLAUTS.sub(r"\1", word.text)
        if plain in self._known:
            return (replace(word, text=plain),)
        if len(word.text) >= _SHORTEST:
            near = [
                other for size in (-1, 0, 1) for other in self._like[word.text[:2], len(word.text) + size]
            ]
            best = process.extract(
                word.text, near, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE, limit=2
            )
            if best and (len(best) == 1 or best[0][1] > best[1][1]):
                return (replace(word, text=best[0][0]),)
        return (word,)
