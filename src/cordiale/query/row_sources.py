"""What each row of an answer rests on, through inference."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from cordiale.model.supports import ZERO, Support
from cordiale.model.terms import Node, Triple
from cordiale.query.annotated import Evaluation
from cordiale.query.annotated_triples import AnnotatedTriples, NotCovered
from cordiale.query.answers import Answer, RowSources
from cordiale.query.solutions import Annotation, Solution
from cordiale.read.literals import quiet_literals

__all__ = ["with_sources"]


def with_sources(
    answer: Answer,
    text: str,
    triples: AnnotatedTriples,
    names: Callable[[Support], tuple[tuple[str, ...], ...]],
    *,
    given: Mapping[str, Node],
    prefixes: Mapping[str, str],
) -> Answer:
    """The answer to a query, with the sources of each row, or triple, or of yes.

    ``names`` tells the sets of a support by the names of the sources; ``given`` stands for variables, and the
    query need not declare the ``prefixes``. A *no* rests on the absence of what was asked for.
    """
    size = {"rows": len(answer.rows), "graph": len(answer.triples), "boolean": 1}[answer.kind]
    try:
        with quiet_literals():
            found = _found(answer, text, triples, given, prefixes)
    except NotCovered as part:
        return replace(answer, sources=(RowSources(not_covered=str(part)),) * size)
    return replace(answer, sources=tuple(_told(each, names) for each in found))


def _found(
    answer: Answer,
    text: str,
    triples: AnnotatedTriples,
    given: Mapping[str, Node],
    prefixes: Mapping[str, str],
) -> list[Annotation | None]:
    algebra = translateQuery(parseQuery(text), initNs={**prefixes}).algebra
    if algebra.name == "DescribeQuery":
        raise NotCovered("DESCRIBE")
    solutions = Evaluation(triples, given).solutions(algebra.p)
    annotations: dict[Any, Annotation] = {}

    def add(key: object, solution: Solution) -> None:
        known = annotations.get(key)
        annotations[key] = solution.annotation if known is None else known + solution.annotation

    if answer.kind == "boolean":
        for solution in solutions:
            add(True, solution)
        return [annotations.get(True) if answer.truth else Annotation(support=ZERO, absence=True)]
    if answer.kind == "graph":
        template = algebra.template if algebra.template is not None else algebra.p.p.triples
        for solution in solutions:
            for triple in _made(template, solution):
                add(_key(triple), solution)
        return [annotations.get(_key(triple)) for triple in answer.triples]
    for solution in solutions:
        add(_key(tuple(solution.terms.get(name) for name in answer.variables)), solution)
    return [annotations.get(_key(row)) for row in answer.rows]


def _made(template: Sequence[Any], solution: Solution) -> Iterator[Triple]:
    """The triples of CONSTRUCT for a solution, but for those with blank nodes of its own."""
    for pattern in template:
        terms = [solution.terms.get(str(term)) if isinstance(term, Variable) else term for term in pattern]
        if None not in terms:
            yield cast(Triple, tuple(terms))


def _told(
    annotation: Annotation | None, names: Callable[[Support], tuple[tuple[str, ...], ...]]
) -> RowSources:
    if annotation is None:
        return RowSources(not_covered="a term that only this answer has")
    return RowSources(
        sets=names(annotation.support),
        absence=annotation.absence,
        aggregate=annotation.aggregate,
        truncated=annotation.support.truncated,
    )


def _key(terms: tuple[Node | None, ...]) -> tuple[object, ...]:
    """A row, whichever engine gave it: one writes numbers and language tags in other forms."""
    return tuple(map(_value, terms))


def _value(term: Node | None) -> object:
    if not isinstance(term, Literal):
        return None if term is None else (isinstance(term, URIRef), str(term))
    if term.language is not None:
        return str(term), term.language.lower()
    value = Literal(str(term), datatype=term.datatype).value
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return str(term), None
    return "number", float(value)
