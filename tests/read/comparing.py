"""Triples of ours beside what Oxigraph reads, up to the names of blank nodes."""

from collections.abc import Iterable

import pyoxigraph
from rdflib import BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple

__all__ = ["canonical", "judged"]


def canonical(triples: Iterable[Triple]) -> pyoxigraph.Dataset:
    """The triples with canonical blank nodes, and language tags in lower case, as Oxigraph has them."""
    dataset = pyoxigraph.Dataset(_quad(triple) for triple in triples)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def judged(text: str, *, base: str) -> pyoxigraph.Dataset:
    """What Oxigraph reads in the text, with canonical blank nodes."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _quad(triple: Triple) -> pyoxigraph.Quad:
    subject, predicate, value = triple
    assert isinstance(subject, URIRef | BNode)
    return pyoxigraph.Quad(_named(subject), pyoxigraph.NamedNode(str(predicate)), _term(value))


def _named(node: URIRef | BNode) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode:
    return pyoxigraph.NamedNode(str(node)) if isinstance(node, URIRef) else pyoxigraph.BlankNode(str(node))


def _term(node: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    if not isinstance(node, Literal):
        return _named(node)
    if node.language:
        return pyoxigraph.Literal(str(node), language=node.language.lower())
    datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype else None
    return pyoxigraph.Literal(str(node), datatype=datatype)
