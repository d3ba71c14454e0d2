"""Whether two datasets are the same but for the names of their blank nodes, judged by Oxigraph."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef

from cordiale.model.terms import Node

__all__ = ["canonical", "normalized", "parsed", "quads_in"]

Quad = tuple[Node, Node, Node, URIRef | BNode | None]


def canonical(quads: Iterable[Quad], *, fold_tags: bool = False) -> str:
    """The RDFC-1.0 form of a dataset, equal for isomorphic ones; lexical forms count, and tags unless folded.

    Oxigraph writes language tags in lower case, so a tag goes in as a datatype; when tags are folded, it is
    lower case on both sides.
    """
    dataset = ox.Dataset()
    for subject, predicate, object_, name in quads:
        graph = ox.DefaultGraph() if name is None else _resource(name)
        dataset.add(ox.Quad(_resource(subject), _iri(predicate), _term(object_, fold_tags), graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in dataset))


def parsed(text: str, rdf_format: ox.RdfFormat, *, base: str | None = None) -> list[Quad]:
    """What Oxigraph reads, as rdflib terms."""
    return [
        (_node(q.subject), _node(q.predicate), _node(q.object), _name(q.graph_name))
        for q in ox.parse(text.encode(), rdf_format, base_iri=base)
    ]


def quads_in(graph: Graph) -> list[Quad]:
    """The triples of a graph, as those of a default graph."""
    return [(s, p, o, None) for s, p, o in graph]  # type: ignore[misc]


def normalized(quads: Iterable[Quad]) -> list[Quad]:
    """``quads`` with their literals as rdflib's parsers rewrite them."""
    return [(s, p, _rewritten(o) if isinstance(o, Literal) else o, g) for s, p, o, g in quads]


def _rewritten(literal: Literal) -> Literal:
    return Literal(str(literal), lang=literal.language, datatype=literal.datatype)


def _iri(term: Node) -> ox.NamedNode:
    return ox.NamedNode(str(term))


def _resource(term: Node) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(str(term)) if isinstance(term, BNode) else _iri(term)


def _term(term: Node, fold_tags: bool) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if not isinstance(term, Literal):
        return _resource(term)
    if term.language:
        tag = term.language.lower() if fold_tags else term.language
        return ox.Literal(str(term), datatype=ox.NamedNode(f"tag:{tag}"))
    return ox.Literal(str(term), datatype=None if term.datatype is None else _iri(term.datatype))


def _node(term: object) -> Node:
    if isinstance(term, ox.Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.NamedNode)
    return URIRef(term.value)


def _name(term: object) -> URIRef | BNode | None:
    if isinstance(term, ox.DefaultGraph):
        return None
    node = _node(term)
    assert not isinstance(node, Literal)
    return node
