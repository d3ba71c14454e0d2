"""Queries over triples that carry their support: each solution rests on what its triples rest on.

SPARQL's algebra read as in Green, Karvounarakis and Tannen, "Provenance Semirings" (PODS 2007): what is
joined is multiplied, what is alternative is added. The algebra is rdflib's, and so are expressions and
aggregates; patterns are matched here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Any, cast

from rdflib import Graph, Literal, Variable
from rdflib.plugins.sparql.aggregates import Aggregator
from rdflib.plugins.sparql.evalutils import _ebv, _eval
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext, SPARQLError

from cordiale.model.supports import ZERO
from cordiale.model.terms import Node
from cordiale.query.annotated_triples import AnnotatedTriples, NotCovered
from cordiale.query.solutions import (
    ABSENCE,
    HOLDS,
    SHADOW,
    Annotation,
    Lookup,
    Solution,
    agree,
    grouped,
)

__all__ = ["Evaluation"]

_EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")
_BY_ROW = ("Builtin_BNODE", "Builtin_RAND", "Builtin_STRUUID", "Builtin_UUID")  # SPARQL 1.1, section 17.4


class Evaluation:
    """Evaluates one query over annotated triples; ``given`` are terms that stand for variables everywhere."""

    def __init__(self, triples: AnnotatedTriples, given: Mapping[str, Node]) -> None:
        self._triples = triples
        self._given = dict(given)
        # By the identity of an expression, all of which the query holds.
        self._exists: dict[int, bool] = {}
        self._parted: dict[int, tuple[Any, ...]] = {}
        self._depends: dict[int, tuple[str, ...] | None] = {}
        self._truths: dict[tuple[object, ...], bool] = {}
        self._context = QueryContext(Graph())
        self._context.initBindings = {}  # what is given is in every solution

    def solutions(self, part: CompValue) -> list[Solution]:
        """The solutions of the algebra below a query form, whatever LIMIT and ORDER BY say.

        Raises:
            NotCovered: the algebra has a part of which nothing is known.
        """
        if part.name == "Slice":
            part = part.p
        return self._evaluated(part, None)

    def _evaluated(self, part: CompValue, graph: Node | Variable | None) -> list[Solution]:
        evaluate: Callable[[CompValue, Node | Variable | None], Iterable[Solution]] | None
        evaluate = getattr(self, f"_{part.name.lower()}", None)
        if evaluate is None:
            # Of a sub-SELECT with LIMIT, what passes depends on what else is there.
            raise NotCovered("LIMIT in a sub-SELECT" if part.name == "Slice" else part.name)
        return list(evaluate(part, graph))

    def _bgp(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        return self._matched(part, graph, Solution(self._given, HOLDS))

    def _matched(self, part: CompValue, graph: Node | Variable | None, start: Solution) -> Iterator[Solution]:
        name = str(graph) if isinstance(graph, Variable) else None
        found = start.terms.get(name) if name is not None else graph
        graphs = cast("list[Node | None]", [found])
        if name is not None and found is None:
            graphs = [*self._triples.graphs]
        for each in graphs:
            terms = {**start.terms, name: each} if name is not None and each is not None else start.terms
            for made, support in self._triples.matches(part.triples, terms, each):
                annotation = SHADOW if support == ZERO else Annotation(support=support)
                yield Solution(made, start.annotation * annotation)

    def _graph(self, part: CompValue, _: Node | Variable | None) -> Iterable[Solution]:
        return self._evaluated(part.p, part.term)

    def _join(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        left = self._evaluated(part.p1, graph)
        yield from self._joined(left, part.p2, graph)

    def _joined(
        self, left: list[Solution], part: CompValue, graph: Node | Variable | None
    ) -> Iterator[Solution]:
        within = graph
        inner = part
        if part.name == "Graph" and part.p.name == "BGP":
            inner, within = part.p, part.term
        if inner.name == "BGP":  # patterns alone may know what is bound already
            for one in left:
                yield from self._matched(inner, within, one)
            return
        right = Lookup(self._evaluated(part, graph))
        for one in left:
            yield from right.joined(one)

    def _leftjoin(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        left = self._evaluated(part.p1, graph)
        right = None if part.p2.name == "BGP" else Lookup(self._evaluated(part.p2, graph))
        for one in left:
            met = False
            others = self._joined([one], part.p2, graph) if right is None else right.joined(one)
            for both in others:
                passed = self._filtered(both, part.expr, graph)
                if passed is not None:
                    met = met or not passed.is_shadow
                    yield passed
            yield one.times(SHADOW if met else ABSENCE)

    def _union(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        yield from self._evaluated(part.p1, graph)
        yield from self._evaluated(part.p2, graph)

    def _minus(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        right = self._evaluated(part.p2, graph)
        own = set(self._given)
        for one in self._evaluated(part.p1, graph):
            is_out = any(
                (one.terms.keys() & other.terms.keys()) - own and agree(one.terms, other.terms)
                for other in right
                if not other.is_shadow
            )
            yield one.times(SHADOW if is_out else ABSENCE)

    def _filter(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        condition = part.expr  # to name a part of rdflib's algebra takes it some time
        for solution in self._evaluated(part.p, graph):
            passed = self._filtered(solution, condition, graph)
            if passed is not None:
                yield passed

    def _filtered(
        self, solution: Solution, expression: Any, graph: Node | Variable | None
    ) -> Solution | None:
        """The solution with what it takes to pass; ``None`` when it does not."""
        passed = self._passed(solution, expression, graph)
        return None if passed is None else solution.times(passed)

    def _passed(self, solution: Solution, condition: Any, graph: Node | Variable | None) -> Annotation | None:
        """What a condition that a solution meets adds: EXISTS what it rests on, NOT EXISTS an absence."""
        name = condition.name if isinstance(condition, CompValue) else ""
        if name == "TrueFilter":
            return HOLDS
        if name == "ConditionalAndExpression":  # true where each part is, whatever is an error elsewhere
            passed = HOLDS
            for each in self._sides(condition):
                met = self._passed(solution, each, graph)
                if met is None:
                    return None
                passed *= met
            return passed
        if name == "ConditionalOrExpression":  # true where one is; rdflib makes it an error where one is
            every = (self._passed(solution, each, graph) for each in self._sides(condition))
            alternatives = [each for each in every if each is not None]
            return reduce(add, alternatives) if alternatives else None
        if name in _EXISTS:
            found = self._existing(solution, condition, graph)
            if name == "Builtin_EXISTS":
                return found
            return ABSENCE if found is None or found.support == ZERO else SHADOW
        self._refuse_exists(condition)
        return HOLDS if self._is_true(condition, solution) else None

    def _sides(self, condition: CompValue) -> tuple[Any, ...]:
        """What stands on the sides of && or of ||."""
        if id(condition) not in self._parted:
            self._parted[id(condition)] = (condition.expr, *(condition.other or ()))
        return self._parted[id(condition)]

    def _has_exists(self, expression: Any) -> bool:
        """Whether EXISTS stands somewhere in an expression, which is asked for every solution."""
        if id(expression) not in self._exists:
            self._exists[id(expression)] = _exists_in(expression)
        return self._exists[id(expression)]

    def _refuse_exists(self, expression: Any) -> None:
        """Within an expression, whether EXISTS is wanted or not depends on the rest."""
        if self._has_exists(expression):
            raise NotCovered("EXISTS within an expression")

    def _existing(
        self, solution: Solution, condition: CompValue, graph: Node | Variable | None
    ) -> Annotation | None:
        """What a pattern rests on, with a solution's terms for its variables (SPARQL 1.1, section 18.6)."""
        within = Evaluation(self._triples, {**self._given, **solution.terms})
        found = within._evaluated(condition.graph, graph)
        return reduce(add, (other.annotation for other in found)) if found else None

    def _is_true(self, expression: Any, solution: Solution) -> bool:
        """Whether an expression is true; asked once for each choice of terms for its variables."""
        names = self._variables(expression)
        if names is None:
            return self._worked_out(expression, solution)
        terms = [solution.terms.get(name) for name in names]
        # Beside a literal its language tag, which rdflib compares without regard to case.
        key = (id(expression), *terms, *(getattr(term, "language", None) for term in terms))
        if key not in self._truths:
            self._truths[key] = self._worked_out(expression, solution)
        return self._truths[key]

    def _worked_out(self, expression: Any, solution: Solution) -> bool:
        try:
            return bool(_ebv(expression, self._frozen(solution)))
        except SPARQLError:
            return False

    def _variables(self, expression: Any) -> tuple[str, ...] | None:
        """What the truth of an expression depends on; nothing, where it depends on chance or on the row."""
        if id(expression) not in self._depends:
            parts = tuple(_parts(expression))
            names = dict.fromkeys(str(part) for part in parts if isinstance(part, Variable))
            is_fixed = not any(isinstance(part, CompValue) and part.name in _BY_ROW for part in parts)
            self._depends[id(expression)] = tuple(names) if is_fixed else None
        return self._depends[id(expression)]

    def _extend(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        for solution in self._evaluated(part.p, graph):
            for value, annotation in self._values(solution, part.expr, graph):
                if value is None:
                    yield solution.times(annotation)
                elif solution.terms.get(str(part.var), value) == value:
                    made = Solution({**solution.terms, str(part.var): value}, solution.annotation)
                    yield made.times(annotation)

    def _values(
        self, solution: Solution, expression: Any, graph: Node | Variable | None
    ) -> Iterator[tuple[Node | None, Annotation]]:
        """The value of an expression, none where there is an error; and what it takes to have that."""
        if isinstance(expression, CompValue) and expression.name in _EXISTS:
            found = self._existing(solution, expression, graph)
            is_found = found is not None and found.support != ZERO
            when_found = expression.name == "Builtin_EXISTS"
            if found is not None:
                yield Literal(when_found), found
            yield Literal(not when_found), SHADOW if is_found else ABSENCE
            return
        self._refuse_exists(expression)
        try:
            made = _eval(expression, self._frozen(solution))
        except SPARQLError:
            made = None
        yield (None if isinstance(made, SPARQLError | Variable) else made), HOLDS

    def _tomultiset(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        inner = part.p
        if inner.name != "values":
            yield from self._evaluated(inner, graph)  # a sub-SELECT
            return
        for row in inner.res:
            terms = {str(name): term for name, term in row.items() if str(term) != "UNDEF"}
            if agree(terms, self._given):
                yield Solution({**self._given, **terms}, HOLDS)

    def _passed_on(self, part: CompValue, graph: Node | Variable | None) -> Iterable[Solution]:
        return self._evaluated(part.p, graph)

    _orderby = _distinct = _reduced = _passed_on

    def _project(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        names = {str(name) for name in part.PV} | set(self._given)
        for solution in self._evaluated(part.p, graph):
            terms = {name: term for name, term in solution.terms.items() if name in names}
            yield Solution(terms, solution.annotation)

    def _aggregatejoin(self, part: CompValue, graph: Node | Variable | None) -> Iterator[Solution]:
        groups: dict[tuple[object, ...], tuple[Aggregator, list[Annotation]]] = {}
        keys = list(part.p.expr or ())
        for each in keys:
            self._refuse_exists(each)
        for solution in self._evaluated(part.p.p, graph):
            if solution.is_shadow:
                continue
            frozen = self._frozen(solution)
            key = tuple(self._key(each, frozen) for each in keys)
            aggregator, annotations = groups.setdefault(key, (Aggregator(aggregations=part.A), []))
            aggregator.update(frozen)
            annotations.append(solution.annotation)
        if not groups and part.p.expr is None:
            groups[()] = (Aggregator(aggregations=part.A), [])
        for aggregator, annotations in groups.values():
            made = {str(name): cast(Node, term) for name, term in aggregator.get_bindings().items()}
            yield Solution({**self._given, **made}, grouped(annotations))

    def _key(self, expression: Any, frozen: FrozenBindings) -> object:
        try:
            value = _eval(expression, frozen, False)
        except SPARQLError:
            return None
        return None if isinstance(value, SPARQLError) else value

    def _frozen(self, solution: Solution) -> FrozenBindings:
        terms = {Variable(name): term for name, term in solution.terms.items()}
        return FrozenBindings(self._context, terms)


def _exists_in(expression: Any) -> bool:
    return any(isinstance(part, CompValue) and part.name in _EXISTS for part in _parts(expression))


def _parts(expression: Any) -> Iterator[Any]:
    """An expression, and all that it is made of."""
    yield expression
    if isinstance(expression, CompValue | list | tuple):
        inner = expression.values() if isinstance(expression, CompValue) else expression
        for each in inner:
            yield from _parts(each)
