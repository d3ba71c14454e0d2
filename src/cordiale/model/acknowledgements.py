"""A conflict that is known: both sides stay, and somebody has written down why."""

from dataclasses import dataclass

from cordiale.model.places import Place

__all__ = ["Acknowledgement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What ``data/conflicts.toml`` says of one conflict.

    ``rule`` found it; ``about`` are the names of what it is about, and ``values`` the values that are
    compared, as one types them. A conflict that has a value more is another.
    """

    rule: str
    about: tuple[str, ...]
    values: tuple[str, ...]
    reason: str
    place: Place
