"""Of what is stated, the part that a proof of one triple may need."""

from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, RDFS

from cordiale.model.terms import Node, Triple

__all__ = ["slice_for"]

_NOTES = frozenset({RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy})
_VOCABULARIES = (str(RDF), str(RDFS), str(OWL))


def slice_for(goal: Triple, stated: Iterable[Triple], trusted: Iterable[Triple]) -> frozenset[Triple]:
    """What is stated, what is trusted of the things that it is about, and the axioms among what is trusted.

    The premises of each instance of a rule share their terms, down to what is stated: so a proof stays among
    things that are joined to those of the goal.
    """
    chosen = set(stated)
    about: dict[Node, list[Triple]] = {}
    for triple in trusted:
        if _is_axiom(triple):
            chosen.add(triple)
        else:
            about.setdefault(triple[0], []).append(triple)
    agenda = [goal[0], goal[2], *(term for s, _, o in chosen for term in (s, o))]
    seen: set[Node] = set()
    while agenda:
        node = agenda.pop()
        if node not in seen:
            seen.add(node)
            chosen.update(about.get(node, ()))
            agenda.extend(_reached(about.get(node, ())))
    return frozenset(chosen)


def _reached(triples: Iterable[Triple]) -> Iterator[Node]:
    return (o for _, p, o in triples if p != RDF.type)


def _is_axiom(triple: Triple) -> bool:
    """Whether rules take the triple for one about classes, properties, lists or names."""
    _, predicate, value = triple
    if predicate == RDF.type:
        return str(value).startswith(_VOCABULARIES)
    return predicate not in _NOTES and str(predicate).startswith(_VOCABULARIES)
