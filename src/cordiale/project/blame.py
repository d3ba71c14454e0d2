"""Who is to blame for a triple of a project: its places, and the sources that suffice for it.

``supports_of`` is where the supports of the closure are plugged in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cordiale.checks.blame import Blamed
from cordiale.model.proofs import Proof
from cordiale.model.sources import source_name
from cordiale.model.terms import Node, Triple
from cordiale.read.folder import ProjectFiles

__all__ = ["Blamer", "supports_of"]


def supports_of(triple: Triple, files: ProjectFiles, proof: Proof) -> Blamed:
    """The places and supports of a triple: each source that states it, or those of one proof of it.

    A trusted source is in no support, and its places come last.
    """
    trusted = {source.name for source in files.sources if source.trusted}
    stated = files.places_of(triple)
    if stated:
        supports = dict.fromkeys(frozenset({source_name(place.path)}) - trusted for place in stated)
        return Blamed(places=stated, supports=tuple(supports))
    leaves = dict.fromkeys(place for leaf in proof.asserted for place in files.places_of(leaf)[:1])
    places = sorted(leaves, key=lambda place: source_name(place.path) in trusted)
    support = frozenset(source_name(place.path) for place in places) - trusted
    return Blamed(places=tuple(places), supports=(support,), is_inferred=True) if places else Blamed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamer:
    """Tells who is to blame; without a way to prove triples, of what is stated alone."""

    files: ProjectFiles
    prove: Callable[[Triple], Proof | None] | None = None

    def __call__(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Blamed:
        """The places and supports of a triple, or the place where its subject is described."""
        if predicate is not None and value is not None:
            triple = (subject, predicate, value)
            is_stated = bool(self.files.places_of(triple))
            proof = None if is_stated or self.prove is None else self.prove(triple)
            blamed = supports_of(triple, self.files, proof or Proof(conclusion=triple))
            if blamed.places:
                return blamed
        place = self.files.place_of_subject(subject)
        return Blamed(places=(place,) if place else ())
