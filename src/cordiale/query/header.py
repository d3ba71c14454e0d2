"""The header of a stored question: the decorators of grlc, and our ``params``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import yaml

from cordiale.model.errors import QueryHeaderError, UsageError
from cordiale.model.problems import Problem, Severity
from cordiale.query.grlc import grlc_parameters
from cordiale.query.header_yaml import HeaderYaml
from cordiale.query.tokens import QueryText
from cordiale.query.values import KINDS, Kind, Parameter, check_value
from cordiale.read.near import near_remedy

__all__ = ["Header", "read_header"]

_KEYS = ("summary", "summary_fr", "description", "tags", "params", "defaults")
# How grlc serves a question on the web; nothing that we do.
_UNUSED = ("endpoint", "endpoint_in_url", "enumerate", "method", "pagination", "transform")
_PARAMETER_KEYS = ("type", "example", "default", "description")
_SUMMARY = re.compile(r"summary_(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header of a question says."""

    summary: Mapping[str, str]  # by language
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    notes: tuple[Problem, ...]  # of severity info: keys that are not used


def read_header(query: QueryText, *, language: str) -> Header:
    """The header of the question; ``language`` is that of ``summary``, and ``summary_fr`` says its own.

    A parameter stands in ``params`` under the name of its variable. A variable such as ``?_name_iri`` is one
    by itself, and ``params`` or grlc's ``defaults`` may say more of it under ``name``.

    Raises:
        QueryHeaderError: all that is wrong at once: C410 (no YAML), C411 (an unknown key), C412 (a value of
            another shape), C413 (a parameter that is no variable), C414 (its type), C433 (its default or
            example).
    """
    reader = _Reader(query)
    header = reader.read(language)
    if reader.yaml.problems:
        raise QueryHeaderError(*reader.yaml.problems)
    return header


class _Reader:
    """Makes sense of one header."""

    def __init__(self, query: QueryText) -> None:
        self.yaml = HeaderYaml(query)
        self._variables = query.variables
        named, problems = grlc_parameters(query)
        self.yaml.problems.extend(problems)
        self._parameters = {parameter.name: parameter for parameter in named}

    def read(self, language: str) -> Header:
        texts: dict[str, str] = {}
        summary: dict[str, str] = {}
        tags: tuple[str, ...] = ()
        notes: list[Problem] = []
        for key, node in self.yaml.top():
            name = key.value
            translated = _SUMMARY.fullmatch(name)
            if name == "summary" or translated:
                summary[translated["language"] if translated else language] = self.yaml.text(node)
            elif name == "description":
                texts[name] = self.yaml.text(node)
            elif name == "tags":
                tags = tuple(self.yaml.text(tag) for tag in self.yaml.items(node))
            elif name == "params":
                for parameter, entry in self.yaml.pairs(node):
                    self._add(parameter, dict(self._entry(entry)))
            elif name == "defaults":
                for entry in self.yaml.items(node):
                    for parameter, default in self.yaml.pairs(entry):
                        self._add(parameter, {"default": default})
            elif name in _UNUSED:
                notes.append(self._note(key))
            else:
                self._unknown_key(key, "the header", _KEYS)
        return Header(
            summary=MappingProxyType(summary),
            description=texts.get("description", ""),
            tags=tags,
            parameters=tuple(self._parameters.values()),
            notes=tuple(notes),
        )

    def _entry(self, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
        """What ``params`` says of one parameter."""
        found: list[tuple[str, yaml.Node]] = []
        for key, value in self.yaml.pairs(node):
            if key.value in _PARAMETER_KEYS:
                found.append((key.value, value))
            else:
                self._unknown_key(key, "a parameter", _PARAMETER_KEYS)
        return found

    def _add(self, key: yaml.ScalarNode, entry: Mapping[str, yaml.Node]) -> None:
        """Take in what the header says of the parameter ``key``."""
        parameter = self._find(key, entry.get("type"))
        if parameter is None:
            return
        said = {name: self.yaml.text(node) for name, node in entry.items() if name != "type"}
        parameter = replace(
            parameter,
            default=said.get("default", parameter.default),
            example=said.get("example", parameter.example),
            description=said.get("description", parameter.description),
        )
        self._parameters[parameter.name] = parameter
        for name in ("default", "example"):
            if said.get(name):
                self._check(parameter, said[name], entry[name])

    def _find(self, key: yaml.ScalarNode, type_node: yaml.Node | None) -> Parameter | None:
        """The parameter of that name and type, if it can be one."""
        name = key.value
        kind = self._kind(type_node)
        for known in self._parameters.values():
            if name in (known.name, known.variable):
                if kind and kind != known.kind and type_node is not None:
                    message = f'"{name}" is of type {known.kind}'
                    remedy = f"leave the type out, or rename ?{known.variable}"
                    self.yaml.wrong(type_node, "C414", message, remedy)
                return known
        if name not in self._variables:
            otherwise = "use it in the query, or take it out of the header"
            remedy = near_remedy(name, self._variables, otherwise=otherwise)
            self.yaml.wrong(key, "C413", f"the query has no variable ?{name}", remedy)
            return None
        if type_node is None:
            remedy = f"write {name}: {{type: iri}}, or one of {', '.join(KINDS)}"
            self.yaml.wrong(key, "C414", f'parameter "{name}" has no type', remedy)
        return Parameter(name=name, variable=name, kind=kind) if kind else None

    def _kind(self, node: yaml.Node | None) -> Kind | None:
        """The kind that a type names."""
        if node is None:
            return None
        text = self.yaml.text(node)
        found = next((kind for kind in KINDS if kind == text), None)
        if text and found is None:
            remedy = near_remedy(text, KINDS, otherwise=f"known are {', '.join(KINDS)}")
            self.yaml.wrong(node, "C414", f'the type "{text}" is not known', remedy)
        return found

    def _check(self, parameter: Parameter, value: str, node: yaml.Node) -> None:
        try:
            check_value(parameter, value)
        except UsageError as error:
            place = self.yaml.place(node)
            self.yaml.problems.extend(replace(problem, place=place) for problem in error.problems)

    def _note(self, key: yaml.ScalarNode) -> Problem:
        return Problem(
            code="C415",
            message=f'"{key.value}" tells grlc how to serve the question, and is not used here',
            remedy="it may stay for grlc's sake",
            severity=Severity.INFO,
            place=self.yaml.place(key),
        )

    def _unknown_key(self, key: yaml.ScalarNode, where: str, known: tuple[str, ...]) -> None:
        remedy = near_remedy(key.value, known, otherwise=f"known are {', '.join(known)}")
        self.yaml.wrong(key, "C411", f'{where} has no key "{key.value}"', remedy)
