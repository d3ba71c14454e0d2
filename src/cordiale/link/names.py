"""A name as the words that tell it from others: folded, abbreviations written out, particles dropped."""

import html
import re
import unicodedata
from dataclasses import dataclass

from cordiale.link.word_families import DROPPED, FAMILIES, LEGAL_FORMS

__all__ = ["Word", "bag", "fold", "is_acronym", "mend", "words"]

# What does not decompose into a letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_MARKUP = re.compile(r"#(?:TAB|N|R)#|<[^>]{1,20}>|[​-‏﻿]")
_FOOTNOTE = re.compile(r"(?<![\w.])(?:\d{1,2}|[a-z])(?=[A-Z][A-Za-z])|(?<=[a-z])\d(?=[\s,;.]|$)")
# Inside a word it is no break, but for an article or a preposition that it cut short: d'Évry, l'Université.
_APOSTROPHE = re.compile(r"(?<=\w\w)[’'`´ʼ‘](?=\w)")
_WORD = re.compile(r"\w+")
# Where one part of an address ends and the next begins.
_BREAK = re.compile(r"[,;:|/\\\[\]()\n–—]|\s-\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a text that counts, and where it stands."""

    text: str  # canonical
    written: str  # as it stands in the text
    start: int  # offset in the mended text
    end: int
    part: int  # number of the part of the address, from 0


def mend(text: str) -> str:
    """The text without what publishing systems left in it: entities, markup, footnote marks, dots."""
    text = html.unescape(html.unescape(text)) if "&" in text else text
    text = _MARKUP.sub(" ", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    return _APOSTROPHE.sub("", _FOOTNOTE.sub("", text))


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms.

    >>> fold("École Ørsted, Łódź")
    'ecole orsted, lodz'
    """
    if text.isascii():
        return text.lower()
    # Letters of mathematics and the like have a case only once they are plain.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> tuple[Word, ...]:
    """The words of a text that count, in canonical form and in order; the text is mended first.

    >>> [word.text for word in words("Dept. of Physics, Univ. de Genève, Écoles")]
    ['department', 'physic', 'university', 'geneve', 'school']
    """
    text = mend(text)
    breaks = [found.end() for found in _BREAK.finditer(text)]
    found: list[Word] = []
    part = 0
    for match in _WORD.finditer(text):
        while breaks and breaks[0] <= match.start():
            part += 1
            del breaks[0]
        folded = fold(match[0])
        if folded in DROPPED:
            continue
        found.append(
            Word(text=_canonical(folded), written=match[0], start=match.start(), end=match.end(), part=part)
        )
    return tuple(found)


def bag(name: str) -> tuple[str, ...]:
    """The canonical words of a name, legal forms left out where something else remains."""
    texts = tuple(word.text for word in words(name))
    return tuple(text for text in texts if text not in LEGAL_FORMS) or texts


def is_acronym(written: str) -> bool:
    """Whether a word looks like one: mostly capitals, no longer than ten letters."""
    return 2 <= len(written) <= 10 and sum(char.isupper() for char in written) * 2 > len(written)


def _canonical(word: str) -> str:
    family = FAMILIES.get(word)
    if family is not None:
        return family
    # The English plural; what ends in -ss, -us or -is is none.
    if len(word) > 4 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word
