"""Terms of the ontology that nothing uses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import cast

from rdflib import OWL, RDF, SH, BNode, Graph, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.wording import Names
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node

__all__ = ["check_unused", "unused_terms"]

_QUERIES = (SH.select, SH.ask, SH.construct)
_CONCLUDING = (OWL.inverseOf, OWL.equivalentProperty, OWL.equivalentClass)
_PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)

# Comments and strings, in which a name means nothing; then IRIs and names.
_TOKENS = re.compile(
    r"""\#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"""|<(?P<iri>[^<>\s]*)>|(?P<prefix>[\w.-]*):(?P<local>[\w.-]*\w)""",
    re.DOTALL | re.VERBOSE,
)


def check_unused(
    graph: Graph, shapes: Graph, queries: Iterable[str], namespace: str, blame: Blame
) -> tuple[Problem, ...]:
    """C305, an info, for each of the ``unused_terms``."""
    names = Names(shapes, graph)
    return tuple(
        Problem(
            code="C305",
            message=f"nothing uses {names.term(term)}: no data, question, shape or used term",
            remedy="use it, delete it, or say owl:deprecated true if it was published",
            severity=Severity.INFO,
            place=blame(term, None, None).place,
        )
        for term in unused_terms(graph, shapes, queries, namespace)
    )


def unused_terms(graph: Graph, shapes: Graph, queries: Iterable[str], namespace: str) -> tuple[URIRef, ...]:
    """The terms of the namespace that ``graph`` describes and nothing uses, by IRI; deprecated ones left out.

    A term is used when data, a shape or a query mentions it; when what ``graph`` says of another used term
    does: a class above a used one, say, or a property in its chain; and when a chain, an inverse or an
    equivalence concludes it from used terms. What else is said of the term itself is no use of it, and
    neither is an axiom about several terms at once, such as ``owl:AllDisjointClasses``.

    >>> graph = Graph().parse(data='''
    ...   @prefix : <https://example.org/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...   :Work a rdfs:Class . :Bridge rdfs:subClassOf :Work . :Tower rdfs:subClassOf :Work .
    ...   <https://example.org/pont-neuf> a :Bridge .''')
    >>> [str(term) for term in unused_terms(graph, Graph(), [], "https://example.org/ns#")]
    ['https://example.org/ns#Tower']
    """
    said: dict[Node, list[Node]] = {}
    for subject, predicate, object_ in _triples(graph):
        said.setdefault(subject, []).extend((predicate, object_))
    terms = {node for node in said if isinstance(node, URIRef) and node.startswith(namespace)}
    prefixes = {prefix: str(space) for each in (graph, shapes) for prefix, space in each.namespaces()}
    used: set[Node] = set()
    waiting: list[Node] = [node for node in said if node not in terms and _is_data(node, said[node])]
    for triple in _triples(shapes):
        waiting.extend(triple)
        if triple[1] in _QUERIES:
            waiting.extend(_named(str(triple[2]), prefixes))
    for text in queries:
        waiting.extend(_named(text, prefixes))
    conclusions = list(_conclusions(graph))
    while waiting:
        _spread(waiting, said, used)
        waiting = [term for term, premises in conclusions if term not in used and premises <= used]
    return tuple(sorted(term for term in terms - used if OWL.deprecated not in said[term]))


def _spread(waiting: list[Node], said: Mapping[Node, list[Node]], used: set[Node]) -> None:
    """Add to the used nodes those that wait, and all that is said of them mentions."""
    while waiting:
        node = waiting.pop()
        if isinstance(node, Literal):
            node = node.datatype or RDF.nil
        if node not in used:
            used.add(node)
            waiting.extend(said.get(node, ()))


def _conclusions(graph: Graph) -> Iterator[tuple[Node, frozenset[Node]]]:
    """Terms that a rule concludes from others, all of which it needs (rules prp-spo2, prp-inv1, ...)."""
    for subject, predicate, object_ in _triples(graph):
        if predicate in _CONCLUDING:
            yield subject, frozenset({object_})
        elif predicate == OWL.propertyChainAxiom:
            with suppress(ValueError):  # a list that is its own tail; reasoning tells of it (C602)
                yield subject, frozenset(cast("Iterator[Node]", graph.items(object_)))


def _is_data(node: Node, said: list[Node]) -> bool:
    """Whether a subject that is no term stands for itself: not a list or an axiom of OWL."""
    if isinstance(node, URIRef):
        return True
    types = [
        object_ for predicate, object_ in zip(said[::2], said[1::2], strict=True) if predicate == RDF.type
    ]
    return any(not str(kind).startswith(str(OWL)) for kind in types)


def _named(text: str, prefixes: Mapping[str, str]) -> Iterator[URIRef]:
    """The IRIs that a query mentions, in full or by a prefix that it declares or that is known."""
    known = {**prefixes, **dict(_PREFIX.findall(text))}
    for found in _TOKENS.finditer(text):
        if found["iri"] is not None:
            yield URIRef(found["iri"])
        elif found["prefix"] in known:
            yield URIRef(known[found["prefix"]] + found["local"])


def _triples(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """The triples, as terms of RDF 1.1: rdflib types what a graph holds more widely."""
    for subject, predicate, object_ in graph.triples((None, None, None)):
        assert isinstance(subject, URIRef | BNode)
        assert isinstance(predicate, URIRef)
        assert isinstance(object_, URIRef | BNode | Literal)
        yield subject, predicate, object_
