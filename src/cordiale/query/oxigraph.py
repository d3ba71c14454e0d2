"""Questions answered by an embedded Oxigraph: fast, with numbers and dates in canonical form."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import pyoxigraph
from rdflib import XSD, BNode, Dataset, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.query.answers import Answer
from cordiale.query.limits import too_many_rows
from cordiale.query.roles import in_order
from cordiale.query.substitution import check_bindings
from cordiale.query.syntax import read_query, run, unanswered
from cordiale.query.tokens import QueryText
from cordiale.read.literals import exact_literal, quiet_literals

__all__ = ["OxigraphEngine", "Quad"]

_Resource: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode
Quad: TypeAlias = tuple[Any, Any, Any, Any]  # of rdflib: terms, and an IRI for the graph
_Results: TypeAlias = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

_Found = TypeVar("_Found")

_STRING = pyoxigraph.NamedNode(str(XSD.string))


class OxigraphEngine:
    """A store in memory, filled once from a dataset; later changes of the dataset are not seen.

    Oxigraph's own union of graphs counts a triple once for each graph that has it. So the default graph is
    filled with each triple once, and the named graphs stand beside it. The store writes numbers and dates in
    canonical form and language tags in lower case, and answers give them so.
    """

    name = "oxigraph"

    def __init__(self, dataset: Dataset, prefixes: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take in the dataset; a query need not declare the ``prefixes``."""
        self._fill(_quads(dataset.quads()), prefixes)

    @classmethod
    def of(
        cls, quads: Iterable[Quad], prefixes: Mapping[str, str] = MappingProxyType({})
    ) -> "OxigraphEngine":
        """An engine for quads as rdflib's Dataset gives them, which need not stand in one."""
        engine = cls.__new__(cls)
        engine._fill(_quads(quads), prefixes)
        return engine

    @classmethod
    def kept(cls, quads: bytes, prefixes: Mapping[str, str] = MappingProxyType({})) -> "OxigraphEngine":
        """An engine that holds what another once wrote with ``dump``."""
        engine = cls.__new__(cls)
        engine._fill(pyoxigraph.parse(quads, format=pyoxigraph.RdfFormat.N_QUADS), prefixes)
        return engine

    def _fill(self, quads: Iterable[pyoxigraph.Quad], prefixes: Mapping[str, str]) -> None:
        self._prefixes = {**prefixes}
        self._store = pyoxigraph.Store()
        self._store.bulk_extend(quads)

    def dump(self) -> bytes:
        """All that it holds, as sorted lines of N-Quads; each triple in the default graph too."""
        dumped = self._store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
        assert dumped is not None  # it is given back where no file is named
        return b"".join(sorted(dumped.splitlines(keepends=True)))

    def ask(
        self,
        text: str,
        bindings: Mapping[str, Node] = MappingProxyType({}),
        *,
        path: str = "query",
        most: int | None = None,
    ) -> Answer:
        """See ``QueryEngine.ask``."""
        query = read_query(text, path=path)
        check_bindings(query, bindings)
        try:
            results = run(self._store, query, bindings, self._prefixes)
            with quiet_literals():
                return _answer(results, query, most)
        except (OSError, RuntimeError, ValueError) as error:
            raise unanswered(query, str(error)) from error


def _answer(results: _Results, query: QueryText, most: int | None) -> Answer:
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Answer(kind="boolean", truth=bool(results))
    if isinstance(results, pyoxigraph.QueryTriples):
        triples = (
            (_from_oxigraph(s), _from_oxigraph(p), _from_oxigraph(o)) for s, p, o in _first(results, most)
        )
        return Answer(kind="graph", triples=tuple(dict.fromkeys(triples)))
    names = in_order(query, [variable.value for variable in results.variables])
    rows = tuple(
        tuple(None if solution[name] is None else _from_oxigraph(solution[name]) for name in names)
        for solution in _first(results, most)
    )
    return Answer(kind="rows", variables=names, rows=rows)


def _first(results: Iterable[_Found], most: int | None) -> Iterator[_Found]:
    """The results, as long as they are not more than ``most``."""
    for number, result in enumerate(results):
        if most is not None and number >= most:
            raise too_many_rows(most)
        yield result


def _from_oxigraph(term: object) -> Node:
    """The term for rdflib; a plain string has no datatype, as rdflib's parsers have it."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return exact_literal(term.value, None, term.language)
        datatype = None if term.datatype == _STRING else URIRef(term.datatype.value)
        return exact_literal(term.value, datatype, None)
    raise ValueError(f"the answer holds {term}, which RDF 1.1 has not")


def _quads(quads: Iterable[Quad]) -> Iterator[pyoxigraph.Quad]:
    """Each triple in the default graph, and in each of its named graphs."""
    resources: dict[object, _Resource] = {}  # most of them stand in many triples
    default = pyoxigraph.DefaultGraph()

    def resource(node: object) -> _Resource:
        known = resources.get(node)
        if known is None:
            known = resources[node] = _resource(node)
        return known

    for subject, predicate, value, graph in quads:
        try:
            s, p = resource(subject), resource(predicate)
            if not isinstance(p, pyoxigraph.NamedNode):
                raise TypeError("a predicate must be an IRI")
            o = _literal(value) if isinstance(value, Literal) else resource(value)
            yield pyoxigraph.Quad(s, p, o, default)
            if graph != DATASET_DEFAULT_GRAPH_ID:
                yield pyoxigraph.Quad(s, p, o, resource(graph))
        except (TypeError, ValueError) as error:
            told = " ".join(repr(str(node)) for node in (subject, predicate, value))
            problem = Problem(
                code="C450",
                message=f"this is no triple of RDF 1.1: {told}",
                remedy="IRIs are absolute and without spaces, subjects are no literals, predicates are IRIs",
            )
            raise SourceError(problem) from error


def _resource(node: object) -> _Resource:
    if isinstance(node, URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, BNode):
        return pyoxigraph.BlankNode(str(node))
    raise TypeError("neither an IRI nor a blank node")


def _literal(literal: Literal) -> pyoxigraph.Literal:
    text = str(literal)
    if literal.language is not None:
        return pyoxigraph.Literal(text, language=literal.language)
    if literal.datatype is None:
        return pyoxigraph.Literal(text)
    return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(str(literal.datatype)))
