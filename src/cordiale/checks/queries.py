"""The queries of shapes: Oxigraph says whether one finds anything, rdflib what.

Most find nothing, and Oxigraph knows that in a hundredth of rdflib's time. What is found is asked of rdflib
again, so that its terms are those of the data (docs/adr/0015).
"""

import re
from collections.abc import Iterator, Mapping, MutableSequence

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef, Variable
from rdflib.query import Result
from rdflib.term import Identifier

from cordiale.checks.limits import aside, within
from cordiale.model.terms import Node

__all__ = ["SHAPES_GRAPH", "Asked"]

SHAPES_GRAPH = "the_shapes_graph"  # the variable that is bound to the graph of shapes

_SHAPES = URIRef("urn:cordiale:shapes-graph")
_DEFAULT = ox.DefaultGraph()

# Comments, strings and IRIs, in which a brace opens nothing; then the braces that open a group.
_TOKENS = re.compile(
    r"""\#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>|(?P<group>\{)""",
    re.DOTALL,
)


class Asked:
    """Data that queries of shapes are asked of, each for at most some ``seconds``."""

    def __init__(self, data: Graph, shapes: Graph, seconds: float) -> None:
        self._data = data
        self._shapes = shapes
        self._seconds = seconds
        self._store: ox.Store | None = None
        self._is_exact = True  # until the store is made
        self._with_shapes: Dataset | None = None

    def ask(self, query: str, bindings: Mapping[str, Node]) -> Result:
        """The answer, of which nothing is needed but rows of SELECT and the truth of ASK.

        Raises:
            OutOfTimeError: it takes too long.
            Exception: whatever rdflib raises for a query that is wrong.
        """
        bound = {str(name).lstrip("?$"): term for name, term in bindings.items()}
        if SHAPES_GRAPH in query:
            bound[SHAPES_GRAPH] = _SHAPES
        if (sound := self._finds_nothing(query, bound)) is not None:
            return sound
        with within(self._seconds):
            result = self._graph(query).query(query, initBindings=bound)
            # Rows are made as they are read: read here, they are within the time.
            return _select(result.bindings) if result.type == "SELECT" else result

    def _finds_nothing(self, query: str, bindings: Mapping[str, Node]) -> Result | None:
        """The answer when Oxigraph finds nothing wrong; else rdflib is asked."""
        if SHAPES_GRAPH in query or any(isinstance(term, BNode) for term in bindings.values()):
            return None
        if not isinstance(self._data, Dataset) and "GRAPH" in query.upper():
            return None  # which rdflib refuses, so that nobody believes that there are graphs
        if self._store is None:
            self._store = self._filled()
        if not self._is_exact:
            return None
        store = self._store

        def run() -> Result | None:
            answer = store.query(_bound(query, bindings), use_default_graph_as_union=True)
            if isinstance(answer, ox.QueryBoolean):
                return _true() if answer else None
            return _select([]) if next(iter(answer), None) is None else None

        try:
            return aside(run, self._seconds)
        except (SyntaxError, ValueError, OSError, RuntimeError):
            return None  # rdflib says what is wrong with it

    def _graph(self, query: str) -> Graph:
        """The data, with the shapes as a graph beside them where the query names it."""
        if SHAPES_GRAPH not in query:
            return self._data
        if self._with_shapes is None:
            made = Dataset()
            made.addN((*triple, made.default_graph) for triple in self._data.triples((None, None, None)))
            if isinstance(self._data, Dataset):
                made.addN((s, p, o, made.graph(g)) for s, p, o, g in self._data.quads() if g is not None)
            shapes = made.graph(_SHAPES)
            shapes.addN((*triple, shapes) for triple in self._shapes)
            self._with_shapes = made
        return self._with_shapes

    def _filled(self) -> ox.Store:
        store = ox.Store()
        try:
            quads = set(self._quads())
        except ValueError:  # a term that Oxigraph has not
            self._is_exact = False
            return store
        store.bulk_extend(quads)
        # It keeps numbers and dates by value and language tags in small letters: a query could tell.
        self._is_exact = set(store) == quads
        return store

    def _quads(self) -> Iterator[ox.Quad]:
        if isinstance(self._data, Dataset):
            for subject, predicate, object_, graph in self._data.quads():
                yield _quad((subject, predicate, object_), _DEFAULT if graph is None else _term(graph))
        else:
            for triple in self._data:
                yield _quad(triple, _DEFAULT)


def _bound(query: str, bindings: Mapping[str, Node]) -> str:
    """The query with its variables bound in each group (SHACL, section 5.3.1 and appendix A)."""
    values = "".join(f" VALUES ?{name} {{ {_term(term)} }}" for name, term in bindings.items())
    return _TOKENS.sub(lambda found: found[0] + values if found["group"] else found[0], query)


def _true() -> Result:
    result = Result("ASK")
    result.askAnswer = True
    return result


def _select(bindings: MutableSequence[Mapping[Variable, Identifier]]) -> Result:
    result = Result("SELECT")
    result.vars = list(dict.fromkeys(name for row in bindings for name in row))
    result.bindings = bindings
    return result


def _quad(triple: tuple[object, object, object], graph: object) -> ox.Quad:
    subject, predicate, object_ = map(_term, triple)
    assert not isinstance(subject, ox.Literal)
    assert isinstance(predicate, ox.NamedNode)
    assert isinstance(graph, ox.NamedNode | ox.BlankNode | ox.DefaultGraph)
    return ox.Quad(subject, predicate, object_, graph)


def _term(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)
