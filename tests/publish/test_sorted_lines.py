"""Large graphs in sorted lines: the same graph as by the house style, and the same bytes each time."""

import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import given
from rdflib import URIRef

from cordiale.closure.loading.nodes import encoded
from cordiale.model.terms import Triple
from cordiale.publish.formats import write_triples
from cordiale.publish.sorted_lines import SORTED_FORMATS, write_sorted
from tests.isomorphism import canonical, parsed
from tests.strategies import graphs

PREFIXES = {"ex": "https://example.org/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
}


def _written(triples: tuple[Triple, ...], fmt: str) -> bytes:
    coded = encoded(triples, (), {})
    half = len(triples) // 2
    tables: list[pa.Table] = [
        coded.triples.slice(0, half),
        coded.triples.slice(half),
        coded.triples.slice(0, half),
    ]
    return b"".join(write_sorted(coded.texts, tables, fmt, PREFIXES))


@pytest.mark.parametrize("fmt", SORTED_FORMATS)
@given(graph=graphs())
def test_same_graph_as_the_house_style(fmt: str, graph: tuple[Triple, ...]) -> None:
    """Both writings of a graph read as the same graph."""
    ours = parsed(_written(graph, fmt).decode(), OXIGRAPH[fmt])
    house = parsed(write_triples(graph, fmt, PREFIXES).decode(), OXIGRAPH[fmt])
    assert canonical(ours) == canonical(house)
    assert len(ours) == len(house)


@given(graph=graphs())
def test_lines_are_those_of_the_house_style(graph: tuple[Triple, ...]) -> None:
    """Where there are no blank nodes, N-Triples are the same bytes."""
    named = tuple(t for t in graph if isinstance(t[0], URIRef) and not str(t[2]).startswith("b"))
    named = tuple(t for t in named if t[2].__class__.__name__ != "BNode")
    assert _written(named, "ntriples") == write_triples(named, "ntriples", PREFIXES)


def test_turtle_has_a_line_a_triple() -> None:
    """Prefixes that are used, subjects in order, types as a."""
    ns = PREFIXES["ex"]
    type_ = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph = (
        (URIRef(ns + "b"), URIRef(ns + "p"), URIRef(ns + "a")),
        (URIRef(ns + "a"), type_, URIRef(ns + "B")),
    )
    assert _written(graph, "turtle").decode() == (
        "@prefix ex: <https://example.org/ns#> .\n\nex:a\n    a ex:B ;\n.\n\nex:b\n    ex:p ex:a ;\n.\n"
    )
