"""Conflicts that are known: both sides stay, and somebody has written down why."""

from dataclasses import dataclass

from cordiale.model.places import Place

__all__ = ["Acknowledgement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What ``data/conflicts.toml`` says of one conflict, or of all that a rule finds within some sources.

    ``rule`` found it; ``about`` are the names of what it is about, and ``values`` the values that are
    compared, as one types them. A conflict that has a value more is another. Or ``sources`` are the names of
    sources, or of folders of them, that contradict themselves and each other.
    """

    rule: str
    about: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reason: str
    place: Place

    def holds(self, name: str) -> bool:
        """Whether a source is one of ``sources``, or in a folder that is."""
        return any(name == each or name.startswith(f"{each}/") for each in self.sources)
