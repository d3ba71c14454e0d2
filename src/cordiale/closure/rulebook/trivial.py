"""Which consequences are left out of a closure, because they say nothing about the graph they follow from."""

from rdflib import OWL, RDF, RDFS, XSD, Literal, URIRef

from cordiale.model.terms import Node, Triple

__all__ = ["ANNOTATIONS", "is_trivial"]

_EVERYTHING = frozenset({OWL.Thing, RDFS.Resource})

_REFLEXIVE = frozenset(
    {OWL.sameAs, RDFS.subClassOf, OWL.equivalentClass, RDFS.subPropertyOf, OWL.equivalentProperty}
)

# The properties by which something is put into a class.
_CLASSIFYING = frozenset({RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range})

# The annotation properties of OWL 2 (Profiles, section 4.3, table 5: prp-ap).
ANNOTATIONS = frozenset(
    {
        RDFS.comment,
        RDFS.isDefinedBy,
        RDFS.label,
        RDFS.seeAlso,
        OWL.backwardCompatibleWith,
        OWL.deprecated,
        OWL.incompatibleWith,
        OWL.priorVersion,
        OWL.versionInfo,
    }
)

_AXIOMATIC_TYPES = frozenset(
    {(OWL.Thing, OWL.Class), (OWL.Nothing, OWL.Class)}
    | {(annotation, OWL.AnnotationProperty) for annotation in ANNOTATIONS}
)

_OWL_DATATYPES = frozenset({RDF.HTML, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, RDFS.Literal})


def is_trivial(triple: Triple) -> bool:
    """Whether an inferred triple is left out; an asserted one never is.

    This is the whole list. Rule names are those of OWL 2 Profiles, section 4.3, tables 4 to 9
    (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).

    - eq-ref: ``x owl:sameAs x``.
    - scm-cls: ``c rdfs:subClassOf c``, ``c owl:equivalentClass c``, ``c rdfs:subClassOf owl:Thing``,
      ``owl:Nothing rdfs:subClassOf c``.
    - scm-op, scm-dp: ``p rdfs:subPropertyOf p``, ``p owl:equivalentProperty p``.
    - What scm-cls leads to by cax-sco, scm-dom1 and scm-rng1: ``x rdf:type owl:Thing``,
      ``p rdfs:domain owl:Thing``, ``p rdfs:range owl:Thing``; and the same with ``rdfs:Resource``.
    - cls-thing, cls-nothing1: ``owl:Thing rdf:type owl:Class``, ``owl:Nothing rdf:type owl:Class``.
    - prp-ap: the annotation properties of OWL are ``owl:AnnotationProperty``.
    - dt-type1: ``dt rdf:type rdfs:Datatype``, whatever ``dt`` is, because owlrl also types data so.
    - dt-type2, dt-eq, dt-diff: all that has a literal as subject (also by eq-sym, prp-inv1 and the like),
      for it is no RDF.
    - The disjointness of built-in datatypes, which owlrl adds: ``dt owl:disjointWith dt``.

    Nothing else is: a type that is a blank node (a restriction), an inherited domain or an equivalence that
    a cycle of sub-classes makes is told.

    >>> from rdflib import URIRef
    >>> bridge, arch = URIRef("https://example.org/bridge"), URIRef("https://example.org/arch")
    >>> is_trivial((bridge, OWL.sameAs, bridge)), is_trivial((bridge, OWL.sameAs, arch))
    (True, False)
    """
    subject, predicate, object_ = triple
    if isinstance(subject, Literal):
        return True
    return (
        (predicate in _REFLEXIVE and subject == object_)
        or (predicate in _CLASSIFYING and object_ in _EVERYTHING)
        or (predicate == RDFS.subClassOf and subject == OWL.Nothing)
        or (predicate == RDF.type and (object_ == RDFS.Datatype or (subject, object_) in _AXIOMATIC_TYPES))
        or (predicate == OWL.disjointWith and _is_datatype(subject) and _is_datatype(object_))
    )


def _is_datatype(term: Node) -> bool:
    """Whether the term is a datatype of the OWL 2 RL datatype map (OWL 2 Profiles, section 4.2.1)."""
    return isinstance(term, URIRef) and (term.startswith(str(XSD)) or term in _OWL_DATATYPES)
