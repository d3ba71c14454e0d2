"""Parameters that are variables, the way of grlc: ``?_name_type``, or ``?__name_type`` for an optional one.

The convention: https://github.com/CLARIAH/grlc/wiki/Parameter-Mapping. Of its types we know those of
``KINDS``, also as ``xsd_date`` and the like, ``literal`` (a string), and any language of two letters.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cordiale.model.problems import Problem
from cordiale.query.tokens import QueryText
from cordiale.query.values import KINDS, Kind, Parameter

__all__ = ["grlc_parameters"]

_VARIABLE = re.compile(r"(?P<underscores>__?)(?P<name>[^_]+)(?:_(?P<type>[A-Za-z0-9]+(?:_[A-Za-z0-9]+)?))?")
_KINDS: Mapping[str | None, Kind] = MappingProxyType(
    {
        None: "string",
        "literal": "string",
        **{kind: kind for kind in KINDS},
        **{f"xsd_{kind}": kind for kind in KINDS},
    }
)


def grlc_parameters(query: QueryText) -> tuple[tuple[Parameter, ...], tuple[Problem, ...]]:
    """The parameters that the query's variables name, and what is wrong with them.

    Problems: C414 (a type that is not known; one name with two variables).
    """
    found: dict[str, Parameter] = {}
    problems: list[Problem] = []
    for variable in query.variables:
        parts = _VARIABLE.fullmatch(variable)
        if not parts:
            continue
        language = parts["type"] if re.fullmatch("[a-z]{2}", parts["type"] or "") else None
        kind = "string" if language else _KINDS.get(parts["type"])
        if kind is None:
            message = f'the type "{parts["type"]}" of ?{variable} is not known'
            remedy = f"known are {', '.join(KINDS)}, and languages such as en"
            problems.append(_wrong(query, variable, message, remedy))
        elif parts["name"] in found:
            message = f"?{variable} and ?{found[parts['name']].variable} are one parameter"
            problems.append(_wrong(query, variable, message, "use one variable, or two names"))
        else:
            found[parts["name"]] = Parameter(
                name=parts["name"],
                variable=variable,
                kind=kind,
                language=language,
                optional=parts["underscores"] == "__",
            )
    return tuple(found.values()), tuple(problems)


def _wrong(query: QueryText, variable: str, message: str, remedy: str) -> Problem:
    place = query.place(query.first_use(variable))
    return Problem(code="C414", message=message, remedy=remedy, place=place)
