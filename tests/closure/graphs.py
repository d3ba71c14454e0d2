"""Graphs for the tests of this room."""

from typing import cast

from rdflib import Graph

from cordiale.model.terms import Triple

__all__ = ["EX", "triples"]

EX = "https://example.org/"

_PREFIXES = f"""
    @prefix : <{EX}> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(text: str) -> frozenset[Triple]:
    """The triples of a Turtle text, in which ``:`` and the usual prefixes are bound."""
    return frozenset(cast(Triple, triple) for triple in Graph().parse(data=_PREFIXES + text))
