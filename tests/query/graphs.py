"""A small dataset for the tests of this room."""

from rdflib import Dataset, Namespace, URIRef

__all__ = ["EX", "ONE", "PREFIX", "TWO", "dataset"]

EX = Namespace("https://example.org/kg/")
ONE = URIRef("https://example.org/source/one")
TWO = URIRef("https://example.org/source/two")
PREFIX = "PREFIX : <https://example.org/kg/>\n"

_ONE = """
@prefix : <https://example.org/kg/> .
:seine :length 777 ; :name "Seine"@en , "la Seine"@fr ; :crossedBy :pont-neuf , :pont-marie .
:marne :length 514 ; :name "Marne"@en ; :flowsInto :seine ; :crossedBy :pont-de-joinville .
:seine :flowsInto :channel .
:pont-neuf :opened 1607 .
:pont-marie :opened 1635 .
"""
# States one fact again, and one of its own.
_TWO = """
@prefix : <https://example.org/kg/> .
:seine :crossedBy :pont-neuf .
:pont-neuf :opened 1604 .
"""


def dataset() -> Dataset:
    """Rivers and bridges in two named graphs that share one triple."""
    made = Dataset(default_union=True)
    made.graph(ONE).parse(data=_ONE, format="turtle")
    made.graph(TWO).parse(data=_TWO, format="turtle")
    return made
