"""The triples of a project with what they rest on, for questions about the sources of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from cordiale.model.supports import ONE, ZERO, Support
from cordiale.model.terms import Triple
from cordiale.query.annotated_triples import AnnotatedTriples

if TYPE_CHECKING:
    from cordiale.project.reasoned_graph import Choice, ReasonedGraph

__all__ = ["annotated_triples"]


def annotated_triples(kg: ReasonedGraph, triples: Choice) -> AnnotatedTriples:
    """The triples that a query of the graph is asked of, with their supports.

    A stated triple of a source's graph rests on that source, or on none where it is trusted; what is inferred
    rests on what it follows from. What is stated, and follows from other sources as well, is in the graph of
    what is inferred as soon as nobody states it any more: there it is a shadow until then.

    Raises:
        UsageError: C653, the engine is not duckdb.
    """
    places = {name: place for place, name in enumerate(kg.supported.sources)}
    iris = {source.name: source.iri for source in kg.sources}
    graphs: dict[URIRef, list[tuple[Triple, Support]]] = {}
    if triples != "inferred":
        for name, told in kg.believed.items():
            if told:  # what a view leaves out states nothing, and has no place
                support = ONE if name in kg.trusted else Support.stated([places[name]])
                graphs[iris[name]] = [(triple, support) for triple in told]
    stated = [each for told in graphs.values() for each in told]
    if triples == "asserted":
        return AnnotatedTriples(stated, graphs)
    carried = dict(kg.supported.consistent.items())
    inferred = [(triple, carried[triple]) for triple in kg.closure.inferred if triple in carried]
    stating: dict[Triple, Support] = {}
    for triple, support in stated:
        stating[triple] = stating.get(triple, ZERO) + support
    shadows = [(triple, ZERO) for triple, support in stating.items() if carried[triple] != support]
    graphs[URIRef(kg.settings.inferred)] = [*inferred, *shadows]
    both = ((triple, carried[triple]) for triple in stating)
    return AnnotatedTriples([*stated, *both, *inferred], graphs)
