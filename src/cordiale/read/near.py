"""What a person may have meant who wrote a name that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["near_remedy"]


def near_remedy(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """A question that offers up to three known names near to ``name``, or else the other remedy.

    >>> near_remedy("seed-artcle", ["seed-article", "cam"], otherwise="see the list")
    'did you mean "seed-article"?'
    >>> near_remedy("x", ["seed-article", "cam"], otherwise="see the list")
    'see the list'
    """
    folded = {each.casefold(): each for each in sorted(known, reverse=True)}
    near = get_close_matches(name.casefold(), folded, n=3)
    choices = " or ".join(f'"{folded[each]}"' for each in near)
    return f"did you mean {choices}?" if near else otherwise
