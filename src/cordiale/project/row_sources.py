"""The triples of a project with what they rest on, for questions about the sources of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rdflib import URIRef

from cordiale.model.supports import ONE, Support
from cordiale.model.terms import Triple
from cordiale.query.annotated_triples import AnnotatedTriples

if TYPE_CHECKING:
    from cordiale.project.reasoned_graph import Choice, ReasonedGraph

__all__ = ["annotated_triples"]


def annotated_triples(kg: ReasonedGraph, triples: Choice) -> AnnotatedTriples:
    """The triples that a query of the graph is asked of, with their supports.

    A stated triple of a source's graph rests on that source, or on none where it is trusted; what is inferred
    rests on what it follows from.

    Raises:
        UsageError: C653, the engine is not duckdb.
    """
    supported = kg.supported
    number = {name: place for place, name in enumerate(supported.sources)}

    def of(source: str) -> Support:
        return ONE if source in kg.trusted else Support.stated([number[source]])

    stated = [(triple, of(name)) for name, told in kg.believed.items() for triple in told]
    inferred = list(_inferred(kg)) if triples != "asserted" else []
    graphs: dict[URIRef, Iterable[tuple[Triple, Support]]] = {URIRef(kg.settings.inferred): inferred}
    if triples == "inferred":
        return AnnotatedTriples(inferred, graphs)
    iris = {source.name: source.iri for source in kg.sources}
    for name, told in kg.believed.items():
        graphs[iris[name]] = [(triple, of(name)) for triple in told]
    if triples == "asserted":
        del graphs[URIRef(kg.settings.inferred)]
        return AnnotatedTriples(stated, graphs)
    # What is stated may follow from other sources as well.
    believed = {triple for triple, _ in stated}
    both = ((triple, support) for triple, support in supported.consistent.items() if triple in believed)
    return AnnotatedTriples([*stated, *both, *inferred], graphs)


def _inferred(kg: ReasonedGraph) -> Iterator[tuple[Triple, Support]]:
    """What is inferred in this graph or view, with its support."""
    known = set(kg.closure.inferred)
    return ((triple, support) for triple, support in kg.supported.consistent.items() if triple in known)
