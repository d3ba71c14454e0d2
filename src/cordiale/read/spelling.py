"""Terms as plain values, to the letter, for what is kept in a file or handed to another process."""

from typing import TypeAlias

from rdflib import BNode, Literal, URIRef

from cordiale.model.terms import Node
from cordiale.read.literals import exact_literal

__all__ = ["Spelled", "spelled", "told"]

# An IRI, "_:" and a label, or text, datatype and language. Not rdflib's own pickles: they write numbers anew.
Spelled: TypeAlias = str | tuple[str, str, str] | list[str]


def spelled(term: Node) -> str | tuple[str, str, str]:
    """The values that a term is made of."""
    if isinstance(term, Literal):
        return str(term), str(term.datatype or ""), term.language or ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def told(term: Spelled) -> Node:
    """The term that is made of these values.

    >>> told(spelled(Literal("01", datatype=URIRef("x:n"))))
    rdflib.term.Literal('01', datatype=rdflib.term.URIRef('x:n'))
    """
    if isinstance(term, str):
        return BNode(term[2:]) if term.startswith("_:") else URIRef(term)
    text, datatype, language = term
    return exact_literal(text, URIRef(datatype) if datatype else None, language or None)
