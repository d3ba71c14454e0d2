"""What one file of the project states, whatever it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordiale.model.places import Place
from cordiale.model.terms import Node, Triple

__all__ = ["SourceFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The statements of one file, and where each of them stands."""

    path: str  # relative to the project's folder
    triples: tuple[Triple, ...]  # in document order, each once
    prefixes: Mapping[str, str]
    places: Mapping[Triple, tuple[Place, ...]]  # where its object starts; more than one if stated again
    subjects: Mapping[Node, Place]  # where a subject is first one; for a blank node, its first object
