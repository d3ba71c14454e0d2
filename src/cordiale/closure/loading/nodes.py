"""Terms of rdflib as texts (N-Triples) and back, and their triples as numbers."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
from rdflib import BNode, Literal, URIRef

from cordiale.closure.loading.coding import Coded, Encoder, TermBlock
from cordiale.closure.values.literals import split_literal
from cordiale.closure.values.value_coding import escaped
from cordiale.model.terms import Node, Triple
from cordiale.read.literals import exact_literal

__all__ = ["encoded", "node_of", "text_of"]


def encoded(triples: Iterable[Triple], vocabulary: Sequence[str], nodes: dict[str, Node]) -> Coded:
    """Triples of rdflib terms as numbers; the terms are put into ``nodes`` by their texts."""
    places: dict[Node, int] = {}
    texts: dict[str, int] = {}
    rows: list[int] = []
    for triple in triples:
        for node in triple:
            place = places.get(node)
            if place is None:
                text = text_of(node)
                nodes.setdefault(text, node)
                place = places[node] = texts.setdefault(text, len(texts))
            rows.append(place)
    encoder = Encoder(vocabulary)
    encoder.add(TermBlock(pa.array(texts, pa.string()), pa.array(rows, pa.int32())))
    return encoder.coded()


def text_of(node: Node) -> str:
    """The term in canonical N-Triples, the language tag as it is.

    >>> text_of(Literal("a\\tb", lang="en")), text_of(Literal("01", datatype=URIRef("x:n")))
    ('"a\\\\tb"@en', '"01"^^<x:n>')
    """
    if isinstance(node, Literal):
        form = f'"{escaped(str(node))}"'
        if node.language:
            return f"{form}@{node.language}"
        plain = node.datatype is None or str(node.datatype) == "http://www.w3.org/2001/XMLSchema#string"
        return form if plain else f"{form}^^<{node.datatype}>"
    return f"<{node}>" if isinstance(node, URIRef) else f"_:{node}"


def node_of(text: str) -> Node:
    """The term that an N-Triples text is, a literal in the form it has there."""
    if text.startswith("<"):
        return URIRef(text[1:-1])
    if text.startswith("_:"):
        return BNode(text[2:])
    form, datatype, language = split_literal(text)
    if language:
        return Literal(form, lang=language)
    return exact_literal(form, URIRef(datatype) if text[-1] == ">" else None, None)
