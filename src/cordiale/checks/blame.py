"""Who is to blame for a triple: where it stands, and which sources suffice for it."""

from dataclasses import dataclass
from typing import Protocol

from cordiale.model.places import Place
from cordiale.model.terms import Node

__all__ = ["Blame", "Blamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamed:
    """What is known of a triple: its places, the nearest first, and its supports.

    A support is a set of sources, by name, that suffices for the triple. Of an inferred triple the places are
    those of the statements that it follows from.
    """

    places: tuple[Place, ...] = ()
    supports: tuple[frozenset[str], ...] = ()
    is_inferred: bool = False

    @property
    def place(self) -> Place | None:
        """The nearest place."""
        return self.places[0] if self.places else None


class Blame(Protocol):
    """Tells who is to blame for a triple, or for what is said of its subject when a part is not given."""

    def __call__(self, subject: Node, predicate: Node | None, value: Node | None, /) -> Blamed:
        """The nearest that is known."""
