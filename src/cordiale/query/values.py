"""Parameters of questions, and the terms that their values stand for."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal as OneOf
from typing import TypeAlias, get_args

from rdflib import XSD, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.read.literals import exact_literal

__all__ = ["KINDS", "Expand", "Kind", "Parameter", "check_term", "check_value", "read_value"]

Kind: TypeAlias = OneOf["iri", "string", "integer", "decimal", "date", "boolean"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Expand: TypeAlias = Callable[[str], URIRef]  # from a CURIE, a label, a slug or an IRI

_FORMS = MappingProxyType(
    {
        "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number, such as 12"),
        "decimal": (re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"), "a number, such as 1.5"),
        "date": (
            re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
            "a day, such as 2025-07-09",
        ),
        "boolean": (re.compile(r"true|false|1|0"), "true or false"),
    }
)
_DATATYPES: Mapping[str, URIRef] = MappingProxyType(
    {"integer": XSD.integer, "decimal": XSD.decimal, "date": XSD.date, "boolean": XSD.boolean}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question must or may be told: a name, and the variable of the query that it stands for."""

    name: str
    variable: str  # without "?"; the name, but for grlc's _name_type
    kind: Kind
    language: str | None = None  # of a string
    optional: bool = False  # without a value the variable stays one
    default: str | None = None
    example: str | None = None
    description: str = ""

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None and not self.optional


def check_value(parameter: Parameter, value: str) -> None:
    """Pass when ``value`` has the form of the parameter's kind; an IRI's form is for ``expand`` to judge.

    Raises:
        UsageError: C433.
    """
    if parameter.kind not in _FORMS:
        return
    form, wanted = _FORMS[parameter.kind]
    if not form.fullmatch(value.strip()) or (parameter.kind == "date" and not _is_day(value.strip())):
        raise _ill_typed(parameter, f'"{value}"', wanted)


def read_value(parameter: Parameter, value: str, expand: Expand) -> Node:
    """The term that ``value`` stands for, its lexical form as given.

    >>> date = Parameter(name="on", variable="on", kind="date")
    >>> read_value(date, "2025-07-09", expand=URIRef).n3()
    '"2025-07-09"^^<http://www.w3.org/2001/XMLSchema#date>'

    Raises:
        UsageError: C433; and what ``expand`` raises.
    """
    check_value(parameter, value)
    if parameter.kind == "iri":
        return expand(value)
    if parameter.kind == "string":
        return exact_literal(value, None, parameter.language)
    return exact_literal(value.strip(), _DATATYPES[parameter.kind], None)


def check_term(parameter: Parameter, term: Node) -> Node:
    """The term itself, when it is of the parameter's kind; a string may have any language.

    Raises:
        UsageError: C433.
    """
    if parameter.kind == "iri":
        if isinstance(term, URIRef):
            return term
    elif isinstance(term, Literal):
        if parameter.kind == "string" and term.datatype in (None, XSD.string):
            return term
        if parameter.kind != "string" and term.datatype == _DATATYPES[parameter.kind]:
            return term
    wanted = "an IRI" if parameter.kind == "iri" else f"a literal of kind {parameter.kind}"
    raise _ill_typed(parameter, term.n3(), wanted)


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _ill_typed(parameter: Parameter, value: str, wanted: str) -> UsageError:
    message = f"{parameter.name} is of type {parameter.kind}, and {value} is not"
    example = f"; for example {parameter.name}={parameter.example}" if parameter.example else ""
    return UsageError(Problem(code="C433", message=message, remedy=f"give {wanted}{example}"))
