"""Questions answered by rdflib's own SPARQL: slow, with lexical forms as they are written in the sources."""

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import BNode, Dataset, Literal, URIRef, Variable
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.operators import Builtin_BOUND
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from cordiale.model.errors import QuerySyntaxError
from cordiale.model.terms import Node
from cordiale.query.answers import Answer
from cordiale.query.limits import too_many_rows
from cordiale.query.roles import in_order
from cordiale.query.substitution import check_bindings
from cordiale.query.syntax import judge, read_query, unanswered
from cordiale.query.tokens import QueryText, query_error
from cordiale.read.literals import quiet_literals

__all__ = ["RdflibEngine"]


class RdflibEngine:
    """rdflib's SPARQL over the dataset itself, whose changes it sees.

    Oxigraph's parser judges the grammar first, so that both engines refuse alike. Parameters are rdflib's
    ``initBindings``, which hold in sub-SELECTs, ``OPTIONAL``, ``MINUS`` and aggregates too.

    What differs from Oxigraph: ``DESCRIBE`` gives what rdflib thinks fit (SPARQL 1.1, section 16.4), and of a
    sub-SELECT that it joins, rdflib 7.6 may lose duplicates.
    """

    name = "rdflib"

    def __init__(self, dataset: Dataset, prefixes: Mapping[str, str] = MappingProxyType({})) -> None:
        """Look at the dataset; a query need not declare the ``prefixes``."""
        self._prefixes = {**prefixes}
        self._dataset = Dataset(store=dataset.store, default_union=True)

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
        judge(query, bindings, self._prefixes)
        with quiet_literals():
            try:
                prepared = translateQuery(parseQuery(text), initNs=self._prefixes)
                _refuse_remote(prepared, query)
                traverse(prepared.algebra, visitPost=_drop_empty_group)
                if prepared.algebra.name == "DescribeQuery":
                    # rdflib forgets initBindings here.
                    prepared.algebra["PV"] = [bindings.get(str(name), name) for name in prepared.algebra.PV]
                answer = _answer(self._dataset.query(prepared, initBindings={**bindings}), query)
            except QuerySyntaxError:
                raise
            except Exception as error:  # rdflib raises whatever comes up, also while rows are fetched
                raise unanswered(query, str(error) or type(error).__name__) from error
        if most is not None and len(answer.rows) + len(answer.triples) > most:
            raise too_many_rows(most)
        return answer


def _refuse_remote(prepared: Query, query: QueryText) -> None:
    """rdflib reads escapes otherwise than the tokens do; so what it understood is looked at again."""

    def visit(part: object) -> None:
        if isinstance(part, CompValue) and (
            part.name == "ServiceGraphPattern" or dict.get(part, "datasetClause")
        ):
            message, remedy = "rdflib would ask a machine elsewhere", "leave out SERVICE, FROM and escapes"
            raise query_error(query, 0, "C403", message, remedy)

    traverse(prepared.algebra, visitPre=visit)


def _drop_empty_group(part: object) -> CompValue | None:
    """What takes the place of a ``GROUP BY``: where there is no group, rdflib gives one row all the same."""
    if not isinstance(part, CompValue) or part.name != "AggregateJoin" or part.p.expr is None:
        return None
    members = Variable("__members__")
    part.A.append(CompValue("Aggregate_Count", vars="*", distinct="", res=members))
    is_group = Expr("Builtin_BOUND", Builtin_BOUND, arg=members)
    return CompValue("Filter", expr=is_group, p=part, _vars=part._vars)


def _answer(result: Result, query: QueryText) -> Answer:
    if result.type == "ASK":
        return Answer(kind="boolean", truth=bool(result.askAnswer))
    if result.graph is not None:
        triples = ((_term(s), _term(p), _term(o)) for s, p, o in result.graph)
        return Answer(kind="graph", triples=tuple(triples))
    names = in_order(query, [str(variable) for variable in result.vars or ()])
    columns = [Variable(name) for name in names]
    rows = tuple(
        # rdflib 7.6 has None where a variable of GROUP BY has no value.
        tuple(None if binding.get(column) is None else _term(binding[column]) for column in columns)
        for binding in result.bindings
    )
    return Answer(kind="rows", variables=names, rows=rows)


def _term(term: object) -> Node:
    if isinstance(term, URIRef | BNode | Literal):
        return term
    raise TypeError(f"the answer holds {term!r}, which RDF 1.1 has not")
