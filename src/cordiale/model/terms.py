"""RDF terms, and the order in which the project writes and compares them."""

from typing import TypeAlias

from rdflib import BNode, Literal, URIRef

__all__ = ["Node", "Triple", "term_key"]

Node: TypeAlias = URIRef | BNode | Literal
Triple: TypeAlias = tuple[Node, Node, Node]


def term_key(term: Node) -> tuple[int, str, str, str]:
    """A total, stable order: IRIs, blank nodes, literals; literals by text, datatype and language tag.

    Two literals of equal value and different lexical form stay apart, as they do in RDF 1.1 Concepts,
    section 3.3 (literal term equality).

    >>> sorted([Literal("b"), Literal("a", lang="en"), URIRef("x:a")], key=term_key)[0]
    rdflib.term.URIRef('x:a')
    """
    if isinstance(term, Literal):
        return 2, str(term), str(term.datatype or ""), term.language or ""
    return (0 if isinstance(term, URIRef) else 1), str(term), "", ""
