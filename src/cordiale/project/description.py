"""What the graph knows of one thing, fact by fact, each with the sources that state it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from rdflib import RDF, RDFS, URIRef

from cordiale.model.terms import Node, Triple, term_key

__all__ = ["Description", "Fact", "describe_thing"]

_Said: TypeAlias = tuple[URIRef, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One triple of a thing; ``sources`` are the named graphs that state it, none when it is inferred."""

    predicate: URIRef
    object: Node
    sources: tuple[URIRef, ...]

    @property
    def inferred(self) -> bool:
        """Whether no source states it: it follows from what they state."""
        return not self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A thing with its labels, its types, and its other facts, in a stable order."""

    thing: URIRef
    labels: tuple[Fact, ...]
    types: tuple[Fact, ...]
    facts: tuple[Fact, ...]


def describe_thing(
    thing: URIRef, asserted: Mapping[URIRef, Iterable[Triple]], inferred: Iterable[Triple]
) -> Description:
    """All that has ``thing`` as subject, asserted in named graphs or inferred."""
    stated: dict[_Said, set[URIRef]] = {}
    for graph, triples in asserted.items():
        for subject, predicate, value in triples:
            if subject == thing:
                stated.setdefault(cast(_Said, (predicate, value)), set()).add(graph)
    for subject, predicate, value in inferred:
        if subject == thing:
            stated.setdefault(cast(_Said, (predicate, value)), set())
    facts = [
        Fact(predicate=predicate, object=value, sources=tuple(sorted(graphs)))
        for (predicate, value), graphs in stated.items()
    ]
    facts.sort(key=lambda fact: (str(fact.predicate), term_key(fact.object)))
    return Description(
        thing=thing,
        labels=tuple(fact for fact in facts if fact.predicate == RDFS.label),
        types=tuple(fact for fact in facts if fact.predicate == RDF.type),
        facts=tuple(fact for fact in facts if fact.predicate not in (RDFS.label, RDF.type)),
    )
