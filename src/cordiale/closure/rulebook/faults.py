"""What is wrong with a rule that can be read and followed: it finds nothing, or everything."""

from dataclasses import dataclass

from cordiale.model.places import Place

__all__ = ["EVERYTHING", "NEVER", "RuleFault"]

NEVER, EVERYTHING = "never", "everything"  # the kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFault:
    """A rule of the project's own that can never fire, or fires on all that it looks at.

    ``kind`` is ``NEVER`` or ``EVERYTHING``; ``detail`` says in words how that is known.
    """

    rule: str
    kind: str
    detail: str
    place: Place
