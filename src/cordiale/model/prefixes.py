"""The prefixes that the project writes, each with its one namespace."""

from types import MappingProxyType

__all__ = ["PREFIXES"]

# Alphabetical. Checked against the W3C documents: dcterms ends in "/", schema is the https form.
PREFIXES = MappingProxyType(
    {
        "cord": "https://w3id.org/cordiale/ns#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "wd": "http://www.wikidata.org/entity/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
