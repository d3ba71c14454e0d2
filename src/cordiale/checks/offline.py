"""Queries in shapes that would reach outside."""

import re
from collections.abc import Iterator

from rdflib import SH, BNode, Graph, URIRef

from cordiale.model.terms import Node

__all__ = ["QUERIES", "reaching_outside"]

QUERIES = (SH.select, SH.ask, SH.construct)

# Comments, strings and IRIs, in which a keyword is none; then variables and names, then the keywords.
_TOKENS = re.compile(
    r"""\#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>"""
    r"""|[?$]\w+|[\w.-]*:[\w.-]*|\b(?P<keyword>SERVICE|FROM|LOAD)\b""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def reaching_outside(shapes: Graph) -> Iterator[tuple[Node, str]]:
    """Subject and keyword of each query in the shapes that rdflib would go to the network for.

    >>> shapes = Graph().parse(data='''
    ...   @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
    ...   ex:near sh:select "SELECT ?this { ?this ex:from ?from }" .
    ...   ex:far sh:select "SELECT ?this { SERVICE <https://example.org/sparql> { ?this ?p ?o } }" .''')
    >>> [(str(subject), keyword) for subject, keyword in reaching_outside(shapes)]
    [('https://example.org/far', 'SERVICE')]
    """
    for predicate in QUERIES:
        for subject, text in shapes.subject_objects(predicate):
            keywords = [found["keyword"] for found in _TOKENS.finditer(str(text)) if found["keyword"]]
            if keywords and isinstance(subject, URIRef | BNode):
                yield subject, keywords[0].upper()
