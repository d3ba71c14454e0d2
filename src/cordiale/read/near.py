"""What a person may have meant who wrote a name that is not known."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["folded", "near_names", "near_remedy"]

_PLAIN = str.maketrans({"’": "'", "‑": "-", "–": "-", "—": "-", "œ": "oe", "æ": "ae"})


def folded(name: str) -> str:
    """The name as somebody may type it who has no accents, no long dashes and no patience for capitals.

    >>> folded("Éloïc Peyrache"), folded("Queens’ College")
    ('eloic peyrache', "queens' college")
    """
    parts = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def near_names(name: str, known: Iterable[str], *, limit: int = 3, cutoff: float = 0.6) -> list[str]:
    """Up to ``limit`` known names that look like ``name``, the nearest first."""
    plain = {folded(each): each for each in sorted(known, reverse=True)}
    return [plain[each] for each in get_close_matches(folded(name), plain, n=limit, cutoff=cutoff)]


def near_remedy(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """A question that offers up to three known names near to ``name``, or else the other remedy.

    >>> near_remedy("seed-artcle", ["seed-article", "cam"], otherwise="see the list")
    'did you mean "seed-article"?'
    >>> near_remedy("x", ["seed-article", "cam"], otherwise="see the list")
    'see the list'
    """
    choices = " or ".join(f'"{each}"' for each in near_names(name, known))
    return f"did you mean {choices}?" if choices else otherwise
