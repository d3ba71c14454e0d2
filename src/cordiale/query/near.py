"""The name that was probably meant."""

import difflib
from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """A remedy: up to three known names near to ``name``, or else the sentence ``otherwise``.

    >>> did_you_mean("partnrs", ["partners", "people"], otherwise="list them with --list")
    'did you mean "partners"?'
    """
    by_small = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name.lower(), by_small, n=3)
    if not near:
        return otherwise
    return "did you mean " + " or ".join(f'"{by_small[found]}"' for found in near) + "?"
