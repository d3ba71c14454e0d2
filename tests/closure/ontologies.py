"""Small ontologies with much in them that meets, for tests that compare reasoners."""

from hypothesis import strategies as st

from tests.closure.naive import TextTriple

__all__ = ["INDIVIDUALS", "consistent_graphs", "graphs", "iri", "odd_graphs"]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAMESPACES = {"owl": _OWL, "rdf": _RDF, "rdfs": _RDFS, "xsd": _XSD}


def iri(name: str) -> str:
    """``owl:Thing`` or ``a`` in N-Triples."""
    prefix, colon, local = name.partition(":")
    return f"<{_NAMESPACES[prefix]}{local}>" if colon else f"<http://e/{name}>"


INDIVIDUALS = tuple(map(iri, "abcde"))
PROPERTIES = tuple(map(iri, "pqr"))
CLASSES = tuple(map(iri, "CDE"))
LITERALS = (
    '"1"',
    f'"01"^^<{_XSD}integer>',
    f'"1"^^<{_XSD}integer>',
    f'"1.0"^^<{_XSD}decimal>',
    '"x"@en',
    '"x"@EN',
)
NUMBERS = (f'"0"^^<{_XSD}nonNegativeInteger>', f'"1"^^<{_XSD}nonNegativeInteger>', f'"1"^^<{_XSD}int>')
NIL = iri("rdf:nil")

individual = st.sampled_from(INDIVIDUALS)
property_ = st.sampled_from(PROPERTIES)
restriction = st.sampled_from(tuple(map(iri, ("R1", "R2"))))
class_ = st.one_of(st.sampled_from(CLASSES), restriction)
filler = st.one_of(class_, st.sampled_from((iri("owl:Thing"), iri("owl:Nothing"))))
value = st.one_of(individual, st.sampled_from(LITERALS))

_Group = list[TextTriple]


def _triple(s: object, p: object, o: object) -> st.SearchStrategy[_Group]:
    return st.tuples(*(x if isinstance(x, st.SearchStrategy) else st.just(x) for x in (s, p, o))).map(
        lambda triple: [triple]
    )


def _vocabulary(s: object, name: str, o: object) -> st.SearchStrategy[_Group]:
    return _triple(s, iri(name), o)


@st.composite
def _list(
    draw: st.DrawFn, item: st.SearchStrategy[str], *, least: int = 1, most: int = 4
) -> tuple[str, _Group]:
    items = draw(st.lists(item, min_size=least, max_size=most))
    name = draw(st.integers(0, 2))
    cells = [f"_:l{name}c{at}" for at in range(len(items))]
    triples: _Group = []
    for cell, held, following in zip(cells, items, [*cells[1:], NIL], strict=True):
        triples += [(cell, iri("rdf:first"), held), (cell, iri("rdf:rest"), following)]
    return cells[0], triples


@st.composite
def _listed(draw: st.DrawFn, s: object, name: str, item: st.SearchStrategy[str]) -> _Group:
    head, triples = draw(_list(item))
    subject = draw(s) if isinstance(s, st.SearchStrategy) else s
    return [*triples, (str(subject), iri(name), head)]


@st.composite
def _restricted(draw: st.DrawFn, name: str, filler: st.SearchStrategy[str]) -> _Group:
    node = draw(restriction)
    return [(node, iri("owl:onProperty"), draw(property_)), (node, iri(name), draw(filler))]


@st.composite
def _qualified(draw: st.DrawFn) -> _Group:
    node = draw(restriction)
    return [
        (node, iri("owl:onProperty"), draw(property_)),
        (node, iri("owl:maxQualifiedCardinality"), draw(st.sampled_from(NUMBERS))),
        (node, iri("owl:onClass"), draw(st.one_of(class_, st.just(iri("owl:Thing"))))),
    ]


@st.composite
def _denied(draw: st.DrawFn) -> _Group:
    return [
        ("_:n", iri("owl:sourceIndividual"), draw(individual)),
        ("_:n", iri("owl:assertionProperty"), draw(property_)),
        ("_:n", iri(draw(st.sampled_from(["owl:targetIndividual", "owl:targetValue"]))), draw(value)),
    ]


@st.composite
def _all_of(draw: st.DrawFn, kind: str, name: str, item: st.SearchStrategy[str]) -> _Group:
    return [("_:all", iri("rdf:type"), iri(kind)), *draw(_listed("_:all", name, item))]


_FACTS = [
    _triple(individual, property_, value),
    _triple(individual, property_, individual),
    _vocabulary(individual, "rdf:type", class_),
]
_AXIOMS = [
    _vocabulary(class_, "rdfs:subClassOf", class_),
    _vocabulary(class_, "owl:equivalentClass", class_),
    _vocabulary(property_, "rdfs:subPropertyOf", property_),
    _vocabulary(property_, "owl:equivalentProperty", property_),
    _vocabulary(property_, "owl:inverseOf", property_),
    _vocabulary(property_, "rdfs:domain", class_),
    _vocabulary(property_, "rdfs:range", class_),
    *(
        _vocabulary(property_, "rdf:type", iri(f"owl:{kind}Property"))
        for kind in ("Transitive", "Symmetric", "Functional", "InverseFunctional", "Object", "Datatype")
    ),
    _vocabulary(class_, "rdf:type", iri("owl:Class")),
    _vocabulary(individual, "owl:sameAs", individual),
    _listed(property_, "owl:propertyChainAxiom", property_),
    _listed(class_, "owl:intersectionOf", class_),
    _listed(class_, "owl:unionOf", class_),
    _listed(class_, "owl:oneOf", individual),
    _listed(class_, "owl:hasKey", property_),
    _restricted("owl:someValuesFrom", st.one_of(filler, st.just(iri("xsd:integer")))),
    _restricted("owl:allValuesFrom", filler),
    _restricted("owl:hasValue", value),
    _restricted("owl:maxCardinality", st.sampled_from(NUMBERS)),
    _qualified(),
]
_DENIALS = [
    _vocabulary(individual, "owl:differentFrom", individual),
    _vocabulary(class_, "owl:disjointWith", class_),
    _vocabulary(class_, "owl:complementOf", class_),
    _vocabulary(property_, "owl:propertyDisjointWith", property_),
    *(
        _vocabulary(property_, "rdf:type", iri(f"owl:{kind}Property"))
        for kind in ("Irreflexive", "Asymmetric")
    ),
    _vocabulary(property_, "rdfs:range", iri("xsd:integer")),
    _denied(),
    _all_of("owl:AllDifferent", "owl:members", individual),
    _all_of("owl:AllDifferent", "owl:distinctMembers", individual),
    _all_of("owl:AllDisjointClasses", "owl:members", class_),
    _all_of("owl:AllDisjointProperties", "owl:members", property_),
    _vocabulary(individual, "rdf:type", iri("owl:Nothing")),
]
_META = [
    _vocabulary(
        property_,
        "rdfs:subPropertyOf",
        st.sampled_from([iri("rdf:type"), iri("owl:sameAs"), iri("rdfs:subClassOf")]),
    ),
    _vocabulary(
        st.sampled_from([iri("rdf:type"), iri("owl:sameAs"), iri("rdfs:subClassOf")]),
        "rdfs:subPropertyOf",
        property_,
    ),
    _vocabulary(
        iri("rdf:type"),
        "rdf:type",
        st.sampled_from([iri("owl:TransitiveProperty"), iri("owl:SymmetricProperty")]),
    ),
    _vocabulary(iri("owl:Thing"), "rdfs:subClassOf", class_),
    _vocabulary(class_, "owl:sameAs", class_),
    _vocabulary(property_, "owl:sameAs", property_),
    _vocabulary(iri("rdfs:subClassOf"), "owl:sameAs", property_),
    _vocabulary(iri("xsd:integer"), "rdfs:subClassOf", class_),
    _vocabulary(class_, "rdfs:subClassOf", iri("owl:Nothing")),
    _triple(individual, property_, st.sampled_from([iri("owl:Thing"), iri("owl:Nothing"), iri("rdf:type")])),
    _triple("_:l0c0", iri("rdf:rest"), st.sampled_from(["_:l0c0", "_:l0c1", "_:l1c0", NIL])),
    _triple("_:l0c0", iri("owl:sameAs"), "_:l1c0"),
]


def _graph(*groups: list[st.SearchStrategy[_Group]]) -> st.SearchStrategy[tuple[TextTriple, ...]]:
    chosen = [group for several in groups for group in several]
    return st.lists(st.one_of(*chosen), min_size=2, max_size=9).map(
        lambda found: tuple(dict.fromkeys(triple for group in found for triple in group))
    )


def _more(facts: st.SearchStrategy[tuple[TextTriple, ...]], rest: st.SearchStrategy[tuple[TextTriple, ...]]):  # type: ignore[no-untyped-def]
    return st.tuples(facts, rest).map(lambda pair: tuple(dict.fromkeys((*pair[0], *pair[1]))))


graphs = _more(_graph(_FACTS), _graph(_AXIOMS, _DENIALS))
consistent_graphs = _more(_graph(_FACTS), _graph(_AXIOMS))
odd_graphs = _more(_graph(_FACTS), _graph(_AXIOMS, _META))
