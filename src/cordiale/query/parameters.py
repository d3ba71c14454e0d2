"""The values that a question is asked with, as terms for its variables."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from rdflib import BNode, Literal, URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.query.questions import Question
from cordiale.query.values import Expand, Parameter, check_term, read_value
from cordiale.read.near import near_remedy

__all__ = ["Value", "bind"]

Value: TypeAlias = str | Node | int | float | Decimal | date


def bind(question: Question, given: Mapping[str, Value], expand: Expand) -> dict[str, Node]:
    """A term for each variable of the question that is a parameter with a value, given or by default.

    A value given as text is read by the parameter's type: ``expand`` makes an IRI of it, or it becomes a
    literal with its lexical form as given. A value given as a term must be of that type. A number, a day or
    a truth value of Python's is read as the text that one would type for it.

    Raises:
        NotFoundError: C431 (the question has no such parameter); what ``expand`` raises.
        UsageError: C432 (no value for a parameter that needs one), C433 (a value of another type). All that
            is wrong with the values is told at once.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise NotFoundError(*(_unknown(question, name, known) for name in unknown))
    bindings: dict[str, Node] = {}
    errors: list[UsageError] = []
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        try:
            if isinstance(value, URIRef | BNode | Literal):
                bindings[parameter.variable] = check_term(parameter, value)
            elif value is not None:
                bindings[parameter.variable] = read_value(parameter, _typed(value), expand)
            elif parameter.required:
                raise _missing(question, parameter)
        except UsageError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise UsageError(*(problem for error in errors for problem in error.problems))
    return bindings


def _typed(value: str | int | float | Decimal | date) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unknown(question: Question, name: str, known: Iterable[str]) -> Problem:
    names = sorted(known)
    otherwise = f"it has {', '.join(names)}" if names else "it has none"
    return Problem(
        code="C431",
        message=f'question "{question.id}" has no parameter "{name}"',
        remedy=near_remedy(name, names, otherwise=otherwise),
    )


def _missing(question: Question, parameter: Parameter) -> UsageError:
    example = f", for example {parameter.name}={parameter.example}" if parameter.example else ""
    return UsageError(
        Problem(
            code="C432",
            message=f'question "{question.id}" must be told "{parameter.name}"',
            remedy=f"give it a value of type {parameter.kind}{example}",
        )
    )
