"""What inferred triples rest on, as a graph in PROV-O."""

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from rdflib import PROV, RDF, Literal, URIRef

from cordiale.model.terms import Triple
from cordiale.publish.term_text import term_text

__all__ = ["SUPPORT_PREFIXES", "supports_prov"]

_SPACE = "urn:cordiale:support:"
SUPPORT_PREFIXES = MappingProxyType({"prov": str(PROV), "support": _SPACE})


def supports_prov(
    supports: Mapping[Triple, tuple[tuple[tuple[str, ...], ...], bool]], sources: str
) -> tuple[Triple, ...]:
    """Each triple with its minimal sets of sources, in PROV-O (https://www.w3.org/TR/prov-o/).

    The triple is an entity, described as an rdf:Statement. Each set is a derivation of its own,
    a prov:Collection whose members are the sources that together suffice; ``sources`` is the namespace of
    their IRIs. What needs no source was derived from an empty collection. What may rest on more
    sets is truncated, and says so.
    """
    found: dict[Triple, None] = {}
    for triple, (sets, truncated) in supports.items():
        told = " ".join(map(term_text, triple))
        name = URIRef(f"{_SPACE}triple-{sha256(told.encode()).hexdigest()[:16]}")
        found[name, RDF.type, PROV.Entity] = None
        found[name, RDF.type, RDF.Statement] = None
        for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
            found[name, predicate, term] = None
        if truncated:
            found[name, URIRef(f"{_SPACE}truncated"), Literal(True)] = None
        for members in sets:
            digest = sha256("\n".join(members).encode()).hexdigest()[:16]
            collection = URIRef(f"{_SPACE}set-{digest}")
            found[name, PROV.wasDerivedFrom, collection] = None
            found[collection, RDF.type, PROV.Collection if members else PROV.EmptyCollection] = None
            for member in members:
                found[collection, PROV.hadMember, URIRef(sources + member)] = None
    return tuple(found)
