"""The JSON-LD context of a project: a short name for each term of its ontology."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.publish.jsonld import Json, usable_prefixes
from cordiale.publish.quads import Quad

__all__ = ["Context", "context_of", "fitting"]

Context: TypeAlias = dict[str, Json]

_ALIASES: dict[str, Json] = {"id": "@id", "type": {"@id": "@type", "@container": "@set"}}
# What is said in many languages: an object with a key a language, rather than a list of objects.
_TEXTS = (
    DCTERMS.description,
    DCTERMS.title,
    RDFS.comment,
    RDFS.label,
    SKOS.altLabel,
    SKOS.definition,
    SKOS.example,
    SKOS.scopeNote,
)
_KINDS = (OWL.Class, RDFS.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def context_of(triples: Iterable[Triple], terms: str, prefixes: Mapping[str, str]) -> Context:
    """The context of an ontology whose terms are in the namespace ``terms`` (JSON-LD 1.1, section 4.1).

    A class or property is called by its local name. The values of an object property are IRIs, those of a
    property with one datatype as its range have that datatype; any other value keeps its own, so nothing is
    lost. Labels and the like are objects with a key a language. All other IRIs are shortened by ``prefixes``.
    """
    kinds: defaultdict[URIRef, set[Node]] = defaultdict(set)
    ranges: defaultdict[URIRef, set[Node]] = defaultdict(set)
    for subject, predicate, object_ in triples:
        if isinstance(subject, URIRef) and subject.startswith(terms):
            if predicate == RDF.type and object_ in _KINDS:
                kinds[subject].add(object_)
            elif predicate == RDFS.range:
                ranges[subject].add(object_)
    short = usable_prefixes(prefixes, ())
    context: Context = {"@version": 1.1, **_ALIASES, **dict(sorted(short.items()))}
    for term in sorted(kinds):
        name = term.removeprefix(terms)
        if name.isidentifier() and name not in context:
            context[name] = _definition(term, kinds[term], ranges[term])
    for text in _TEXTS:
        name = text.rpartition("#")[2].rpartition("/")[2]
        context.setdefault(name, {"@id": str(text), "@container": ["@language", "@set"]})
    return context


def fitting(context: Context, quads: Collection[Quad]) -> Context:
    """``context`` without the prefixes that an IRI of ``quads`` would be mistaken for."""
    plain = {name: iri for name, iri in context.items() if isinstance(iri, str) and name not in _ALIASES}
    kept = usable_prefixes(plain, quads)
    return {name: told for name, told in context.items() if name not in plain or name in kept}


def _definition(term: URIRef, kinds: Collection[Node], ranges: Collection[Node]) -> Json:
    if OWL.ObjectProperty in kinds:
        return {"@id": str(term), "@type": "@id"}
    if OWL.DatatypeProperty in kinds and len(ranges) == 1:
        (only,) = ranges
        if only == RDF.langString:
            return {"@id": str(term), "@container": ["@language", "@set"]}
        if only.startswith(str(XSD)) and only != XSD.string:
            return {"@id": str(term), "@type": str(only)}
    # As an object, a term is never taken for a prefix.
    return {"@id": str(term)}
