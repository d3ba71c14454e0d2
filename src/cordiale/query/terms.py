"""How a term is written in a query and in a table: N-Triples, on one line."""

import re

from rdflib import XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node

__all__ = ["UNSAID", "is_writable", "written"]

UNSAID = (None, XSD.string)  # datatypes that go without saying

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_writable(term: Node) -> bool:
    """Whether RDF can write the term: an absolute IRI, a literal with a sound tag, no lone surrogate."""
    if _SURROGATE.search(term):
        return False
    if isinstance(term, URIRef):
        return bool(_IRI.fullmatch(term))
    if isinstance(term, Literal):
        if term.language is not None:
            return bool(_LANGUAGE.fullmatch(term.language))
        return term.datatype is None or bool(_IRI.fullmatch(term.datatype))
    return True


def written(term: Node) -> str:
    r"""The term in N-Triples (https://www.w3.org/TR/n-triples/), a tab as ``\t``; xsd:string goes unsaid.

    >>> print(written(Literal('a "b"\n', lang="en")))
    "a \"b\"\n"@en
    """
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    quoted = f'"{term.translate(_ESCAPES)}"'
    if term.language is not None:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype in UNSAID else f"{quoted}^^<{term.datatype}>"
