"""Who is to blame for a triple of a project: its places, and the sources that suffice for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cordiale.checks.blame import Blamed
from cordiale.model.proofs import Proof
from cordiale.model.sources import source_of
from cordiale.model.terms import Node, Triple
from cordiale.read.folder import ProjectFiles

__all__ = ["Blamer", "Explained"]

Explained: TypeAlias = tuple[Proof, tuple[tuple[str, ...], ...]]  # a proof of a triple, and all its supports


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamer:
    """Tells who is to blame; without a way to explain triples, of what is stated alone."""

    files: ProjectFiles
    explain: Callable[[Triple], Explained | None] | None = None

    def __call__(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Blamed:
        """The places and supports of a triple, or the place where its subject is described."""
        if predicate is not None and value is not None:
            triple = (subject, predicate, value)
            blamed = self._of_statement(triple) or self._of_conclusion(triple)
            if blamed is not None:
                return blamed
        place = self.files.place_of_subject(subject)
        return Blamed(places=(place,) if place else ())

    def _of_statement(self, triple: Triple) -> Blamed | None:
        """Each source that states the triple; one that is trusted is in no support."""
        places = self.files.places_of(triple)
        supports = dict.fromkeys(frozenset({source_of(place)}) - self._trusted for place in places)
        return Blamed(places=places, supports=tuple(supports)) if places else None

    def _of_conclusion(self, triple: Triple) -> Blamed | None:
        """The leaves of a proof, those in trusted files last, and all supports."""
        explained = None if self.explain is None else self.explain(triple)
        if explained is None:
            return None
        proof, supports = explained
        leaves = dict.fromkeys(place for leaf in proof.asserted for place in self.files.places_of(leaf)[:1])
        places = sorted(leaves, key=lambda place: source_of(place) in self._trusted)
        if not places:
            return None
        return Blamed(places=tuple(places), supports=tuple(map(frozenset, supports)), is_inferred=True)

    @property
    def _trusted(self) -> frozenset[str]:
        return frozenset(source.name for source in self.files.sources if source.trusted)
