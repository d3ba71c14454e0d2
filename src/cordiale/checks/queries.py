"""The queries of shapes, asked of Oxigraph, in a hundredth of rdflib's time; of rdflib where that cannot be.

Oxigraph is asked when it holds each term of the data as it is written (docs/adr/0015).
"""

import re
from collections.abc import Iterator, Mapping, MutableSequence

import pyoxigraph as ox
from rdflib import XSD, BNode, Dataset, Graph, Literal, URIRef, Variable
from rdflib.query import Result
from rdflib.term import Identifier

from cordiale.checks.limits import aside, within
from cordiale.model.terms import Node
from cordiale.read.literals import exact_literal

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
        self._terms: dict[object, Node] = {}  # what Oxigraph's literals are in the data
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
        if (answer := self._by_oxigraph(query, bound)) is not None:
            return answer
        with within(self._seconds):
            result = self._graph(query).query(query, initBindings=bound)
            # Rows are made as they are read: read here, they are within the time.
            return _select(result.bindings) if result.type == "SELECT" else result

    def _by_oxigraph(self, query: str, bindings: Mapping[str, Node]) -> Result | None:
        """Oxigraph's answer; ``None`` where rdflib has to be asked."""
        if SHAPES_GRAPH in query or any(isinstance(term, BNode) for term in bindings.values()):
            return None
        if not isinstance(self._data, Dataset) and "GRAPH" in query.upper():
            return None  # which rdflib refuses, so that nobody believes that there are graphs
        if self._store is None:
            self._store = self._filled()
        if not self._is_exact:
            return None
        store = self._store

        def run() -> Result:
            answer = store.query(_bound(query, bindings), use_default_graph_as_union=True)
            if isinstance(answer, ox.QueryBoolean):
                return _truth(bool(answer))
            assert isinstance(answer, ox.QuerySolutions)
            names = [variable.value for variable in answer.variables]
            return _select([self._row(names, solution) for solution in answer])

        try:
            return aside(run, self._seconds)
        except (SyntaxError, ValueError, OSError, RuntimeError):
            return None  # rdflib says what is wrong with it

    def _row(self, names: list[str], solution: ox.QuerySolution) -> Mapping[Variable, Identifier]:
        return {Variable(name): self._node(term) for name in names if (term := solution[name]) is not None}

    def _node(self, term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(term.value)
        assert isinstance(term, ox.Literal)
        if term in self._terms:
            return self._terms[term]
        datatype = None if term.language or term.datatype.value == str(XSD.string) else term.datatype.value
        return exact_literal(term.value, URIRef(datatype) if datatype else None, term.language)

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
                yield self._quad((subject, predicate, object_), _DEFAULT if graph is None else _term(graph))
        else:
            for triple in self._data:
                yield self._quad(triple, _DEFAULT)

    def _quad(self, triple: tuple[object, object, object], graph: object) -> ox.Quad:
        subject, predicate, object_ = map(_term, triple)
        assert not isinstance(subject, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        assert isinstance(graph, ox.NamedNode | ox.BlankNode | ox.DefaultGraph)
        if isinstance(object_, ox.Literal):
            assert isinstance(triple[2], Literal)
            self._terms[object_] = triple[2]
        return ox.Quad(subject, predicate, object_, graph)


def _bound(query: str, bindings: Mapping[str, Node]) -> str:
    """The query with its variables bound in each group (SHACL, section 5.3.1 and appendix A)."""
    values = "".join(f" VALUES ?{name} {{ {_term(term)} }}" for name, term in bindings.items())
    return _TOKENS.sub(lambda found: found[0] + values if found["group"] else found[0], query)


def _truth(answer: bool) -> Result:
    result = Result("ASK")
    result.askAnswer = answer
    return result


def _select(bindings: MutableSequence[Mapping[Variable, Identifier]]) -> Result:
    result = Result("SELECT")
    result.vars = list(dict.fromkeys(name for row in bindings for name in row))
    result.bindings = bindings
    return result


def _term(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)
