"""What a reasoner is given and what it hands back, whichever engine does the work."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from cordiale.model.terms import Triple

__all__ = ["Clash", "Closure", "Engine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Triples that cannot all be true: a rule of OWL 2 RL/RDF whose conclusion is ``false``.

    ``rule`` is its name in OWL 2 Profiles, section 4.3, tables 4 to 8. ``message`` is one sentence in which
    every IRI stands in angle brackets, so that whoever prints it can shorten them. ``triples`` are the
    premises, asserted or inferred, those about individuals before the axioms; a premise about a literal
    (``lt rdf:type dt``) is replaced by the asserted triples that have this literal as object, for those
    have a place in a file.
    """

    rule: str
    message: str
    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What follows from a graph: triples in the order of ``term_key``, and clashes in a stable order.

    ``inferred`` holds no asserted triple, none that ``is_trivial`` names, and only RDF 1.1 triples: no
    literal is a subject, no blank node a predicate.
    """

    inferred: tuple[Triple, ...] = ()
    clashes: tuple[Clash, ...] = ()


class Engine(Protocol):
    """A reasoner over OWL 2 RL/RDF rules."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    def close(self, triples: Collection[Triple]) -> Closure:
        """What follows from the triples, with their literals as they are written.

        Raises:
            SourceError: an axiom among them has a form that the engine cannot work with.
        """
        ...
