"""Hypothesis strategies for RDF terms, triples, graphs and datasets."""

import random
from collections.abc import Sequence
from typing import TypeAlias

from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple

__all__ = [
    "blank_nodes",
    "datasets",
    "graphs",
    "iris",
    "literals",
    "predicates",
    "renamed",
    "triples",
    "xml_datasets",
]

Quad: TypeAlias = tuple[Node, Node, Node, URIRef | BNode | None]

_NAMESPACES = (
    "https://example.org/ns#",
    "https://example.org/id/",
    "https://example.org/id/deep/",
    "urn:x:",
    "ex:",
)
_PIECES = (*"aB1é漢_-.~:'(),;=!@&$*+?", "%20", "\U00010000", "\u00b7", "\u200d", "xml")
_LEXICAL_FORMS = {
    XSD.integer: ("1", "01", "-0", "+5", "-12", "9" * 120, " 5 ", "x"),
    XSD.negativeInteger: ("-3", "-03"),
    XSD.decimal: ("1.50", "5", ".5", "5.", "-0.0", "+1.0", "0.000000001", "01.5"),
    XSD.double: ("1.5", "1e0", "1.0E0", "INF", "NaN", "1e+100", "-0.0E0"),
    XSD.boolean: ("true", "false", "1", "0", "TRUE"),
    XSD.date: ("2025-07-09", "2025-07-09Z", "2025-02-30"),
    XSD.string: ("", "plain"),
    URIRef("https://example.org/ns#grade&mark"): ("A", "a < b"),
}
_LANGUAGES = ("en", "fr", "EN", "en-GB", "fr-CA", "de", "zh-Hans")
_HOUSE = (
    RDF.type,
    RDF.first,
    RDF.rest,
    RDFS.label,
    RDFS.subClassOf,
    SKOS.definition,
    SKOS.exactMatch,
    OWL.onProperty,
    URIRef("http://purl.org/dc/terms/source"),
)

#: Characters that are Unicode scalar values; controls and the like come up often.
_CHARACTERS = st.one_of(
    st.sampled_from("\x00\x07\b\t\n\f\r\x1f \"'\\é\x7f\x85\u2028\u202e\ufeff\uffff\U0001f600"),
    st.characters(exclude_categories=["Cs"]),
)


def iris() -> st.SearchStrategy[URIRef]:
    """Absolute IRIs (RFC 3987) in a few namespaces, some with local names that no prefix can shorten."""
    local = st.lists(st.sampled_from(_PIECES), max_size=4).map("".join)
    built = st.builds(lambda namespace, name: URIRef(namespace + name), st.sampled_from(_NAMESPACES), local)
    # A reader may take "." and ".." out of a path (RFC 3986, section 5.2.4).
    return built.filter(lambda iri: iri.rpartition("/")[2].partition("?")[0] not in {".", ".."})


def predicates() -> st.SearchStrategy[URIRef]:
    """Predicates: those that have a place in the house style, and any other."""
    return st.one_of(st.sampled_from(_HOUSE), iris())


def blank_nodes() -> st.SearchStrategy[BNode]:
    """One of five blank nodes, so that they meet."""
    return st.sampled_from("pqrst").map(BNode)


def literals(characters: st.SearchStrategy[str] = _CHARACTERS) -> st.SearchStrategy[Literal]:
    """Literals, plain, in a language, or of a datatype, with lexical forms that are easily rewritten."""
    texts = st.text(characters, max_size=6)
    typed = st.sampled_from(list(_LEXICAL_FORMS)).flatmap(
        lambda datatype: st.sampled_from(_LEXICAL_FORMS[datatype]).map(
            lambda text: Literal(text, datatype=datatype, normalize=False)
        )
    )
    return st.one_of(
        texts.map(Literal),
        st.builds(lambda text, tag: Literal(text, lang=tag), texts, st.sampled_from(_LANGUAGES)),
        typed,
    )


def triples() -> st.SearchStrategy[Triple]:
    """RDF triples."""
    return _triples(predicates(), literals())


def graphs() -> st.SearchStrategy[tuple[Triple, ...]]:
    """Small graphs, each triple once: loose triples, and lists and brackets that hang from some subject."""
    return _graphs(predicates(), literals())


def datasets() -> st.SearchStrategy[tuple[Quad, ...]]:
    """Small datasets: a graph whose triples stand in the default graph and in named ones."""
    return _spread(graphs())


def xml_datasets() -> st.SearchStrategy[tuple[Quad, ...]]:
    """Small datasets that RDF/XML can hold: predicates that are XML names, characters that XML has."""
    names = st.text("abcé_.-9", max_size=3).map(lambda name: f"x{name}")
    verbs = st.one_of(
        st.sampled_from(_HOUSE),
        st.builds(lambda namespace, name: URIRef(namespace + name), st.sampled_from(_NAMESPACES), names),
    )
    legal = _CHARACTERS.filter(lambda c: c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    return _spread(_graphs(verbs, literals(legal)))


def _triples(
    verbs: st.SearchStrategy[URIRef], values: st.SearchStrategy[Literal]
) -> st.SearchStrategy[Triple]:
    return st.tuples(st.one_of(iris(), blank_nodes()), verbs, st.one_of(iris(), blank_nodes(), values))


@st.composite
def _graphs(
    draw: st.DrawFn, verbs: st.SearchStrategy[URIRef], values: st.SearchStrategy[Literal]
) -> tuple[Triple, ...]:
    found = draw(st.lists(_triples(verbs, values), max_size=6))
    for number, shape in enumerate(draw(st.lists(_shapes(values), max_size=3))):
        top = _hang(shape, f"n{number}x", found)
        found.append((draw(st.one_of(iris(), blank_nodes())), draw(verbs), top))
    return tuple(dict.fromkeys(found))


def _spread(found: st.SearchStrategy[tuple[Triple, ...]]) -> st.SearchStrategy[tuple[Quad, ...]]:
    names = st.one_of(st.none(), st.none(), iris(), blank_nodes())
    return found.flatmap(
        lambda graph: st.lists(names, min_size=len(graph), max_size=len(graph)).map(
            lambda drawn: tuple((*triple, name) for triple, name in zip(graph, drawn, strict=True))
        )
    )


_Shape: TypeAlias = "Node | tuple[str, Sequence[_Shape]]"


def _shapes(values: st.SearchStrategy[Literal]) -> st.SearchStrategy[_Shape]:
    """Terms, lists of shapes and brackets of shapes."""
    leaves: st.SearchStrategy[_Shape] = st.one_of(iris(), blank_nodes(), values)
    return st.recursive(
        leaves,
        lambda inner: st.tuples(st.sampled_from(["list", "bracket"]), st.lists(inner, max_size=3)),
        max_leaves=6,
    )


def _hang(shape: _Shape, name: str, found: list[Triple]) -> Node:
    """The node that stands for a shape, whose triples are added to ``found``."""
    if not isinstance(shape, tuple):
        return shape
    kind, members = shape
    parts = [_hang(member, f"{name}{number}x", found) for number, member in enumerate(members)]
    if kind == "bracket":
        found.extend((BNode(name), RDFS.seeAlso, part) for part in parts)
        return BNode(name)
    rest: Node = RDF.nil
    for number, part in reversed(list(enumerate(parts))):
        cell = BNode(f"{name}cell{number}")
        found.extend([(cell, RDF.first, part), (cell, RDF.rest, rest)])
        rest = cell
    return rest


def renamed(quads: Sequence[Quad], seed: int) -> list[Quad]:
    """The same dataset with other names for its blank nodes, in another order."""
    rng = random.Random(seed)
    nodes = sorted({term for quad in quads for term in quad if isinstance(term, BNode)})
    names = rng.sample(range(1000), len(nodes))
    other = {node: BNode(f"z{name}") for node, name in zip(nodes, names, strict=True)}

    def rename(term: Node) -> Node:
        return other[term] if isinstance(term, BNode) else term

    changed = [(rename(s), p, rename(o), other[g] if isinstance(g, BNode) else g) for s, p, o, g in quads]
    rng.shuffle(changed)
    return changed
