"""Quads that can be written: checked once, each term in its one spelling, each quad once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, cast

from rdflib import XSD, BNode, Dataset, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.publish.term_text import term_text

__all__ = ["GraphName", "Quad", "by_graph", "checked", "merged", "node_number", "quads_of", "shared_nodes"]

GraphName: TypeAlias = URIRef | BNode | None  # None is the default graph
Quad: TypeAlias = tuple[Node, Node, Node, GraphName]
_Key: TypeAlias = tuple[Quad, str | None]

_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_SURROGATE = re.compile("[\ud800-\udfff]")


def quads_of(dataset: Dataset) -> Iterator[Quad]:
    """The quads of a dataset, as its store has them."""
    for subject, predicate, object_, graph in dataset.quads((None, None, None, None)):
        name = None if graph == DATASET_DEFAULT_GRAPH_ID else graph
        yield cast(Quad, (subject, predicate, object_, name))


def checked(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """``quads`` in the order in which they came, each once.

    ``"a"^^xsd:string`` and ``"a"`` are one term (RDF 1.1 Concepts, section 3.3): the short one stays.

    Raises:
        CordialeError: C191 (not an RDF triple), C192 (a relative IRI), C193 (text that is not Unicode).
    """
    kept: dict[_Key, Quad] = {}
    known: set[Node] = set()  # the terms that were looked at: most stand in many quads
    for subject, predicate, object_, graph in quads:
        quad = (subject, predicate, _plain(object_), graph)
        if (key := _key(quad)) in kept:
            continue
        if isinstance(subject, Literal) or not isinstance(predicate, URIRef) or isinstance(graph, Literal):
            told = " ".join(term_text(term) for term in quad if term is not None)
            raise CordialeError(
                Problem(
                    code="C191",
                    message=f"{told} is not an RDF triple",
                    remedy="a subject is an IRI or a blank node, a predicate is an IRI",
                )
            )
        for term in (*quad, quad[2].datatype if isinstance(quad[2], Literal) else None):
            if term is not None and term not in known:
                _check(term)
                known.add(term)
        kept[key] = quad
    return tuple(kept.values())


def merged(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The triples of all graphs as those of the default graph, each once."""
    triples: Iterable[Quad] = ((s, p, o, None) for s, p, o, _ in quads)
    return tuple({_key(triple): triple for triple in triples}.values())


def by_graph(quads: Iterable[Quad]) -> dict[GraphName, list[Triple]]:
    """The triples of each graph: the default graph first, then those named by IRI, then by blank node."""
    graphs: dict[GraphName, list[Triple]] = {}
    for subject, predicate, object_, name in quads:
        graphs.setdefault(name, []).append((subject, predicate, object_))
    return dict(sorted(graphs.items(), key=lambda item: _name_key(item[0])))


def shared_nodes(graphs: Mapping[GraphName, Iterable[Triple]]) -> frozenset[BNode]:
    """The blank nodes that name a graph or stand in more than one."""
    home: dict[BNode, GraphName] = {}
    shared = {name for name in graphs if isinstance(name, BNode)}
    for name, triples in graphs.items():
        for subject, _, object_ in triples:
            for term in (subject, object_):
                if isinstance(term, BNode) and home.setdefault(term, name) != name:
                    shared.add(term)
    return frozenset(shared)


def node_number(node: BNode) -> int:
    """The number that is the label of a blank node, ``b…`` in decimals or ``n…`` in hexadecimal digits."""
    return int(node[1:], 16 if node.startswith("n") else 10)


def _key(quad: Quad) -> _Key:
    """What tells a quad from others: rdflib takes "a"@en and "a"@EN for equal, which would make two one."""
    return quad, quad[2].language if isinstance(quad[2], Literal) else None


def _name_key(name: GraphName) -> tuple[int, int, str]:
    if isinstance(name, BNode):
        return 2, node_number(name), ""
    return (0, 0, "") if name is None else (1, 0, str(name))


def _plain(term: Node) -> Node:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term), normalize=False)
    return term


def _check(term: Node) -> None:
    if _SURROGATE.search(term):
        raise CordialeError(
            Problem(
                code="C193",
                message=f"{str(term)!r} holds half of a surrogate pair, which is no character",
                remedy="read the text again with its right encoding",
            )
        )
    if isinstance(term, URIRef) and not _SCHEME.match(term):
        raise CordialeError(
            Problem(
                code="C192",
                message=f"<{term}> is a relative IRI, which every reader would complete in its own way",
                remedy="write the whole IRI, or read the file with a base",
            )
        )
