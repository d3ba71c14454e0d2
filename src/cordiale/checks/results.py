"""From a validation report of SHACL to problems."""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from rdflib import RDFS, SH, BNode, Dataset, Graph, Literal, URIRef

from cordiale.checks.wording import Names, in_english, parted
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, term_key

__all__ = ["Blame", "Results"]

Blame: TypeAlias = Callable[[Node, Node | None, Node | None], Place | None]

_SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


class Results:
    """The results in a validation report (SHACL, section 3.6.2) on some data by some shapes."""

    def __init__(self, report: Graph, data: Graph, shapes: Graph, names: Names) -> None:
        self._report = report
        self._data = data
        self._shapes = shapes
        self._names = names

    def problems(self, blame: Blame) -> frozenset[Problem]:
        """Each result as a problem, once; a severity that is not one of SHACL's counts as a violation."""
        results = (result for result in self._report.objects(None, SH.result) if isinstance(result, BNode))
        return frozenset(self._problem(result, blame) for result in results)

    def _problem(self, result: BNode, blame: Blame) -> Problem:
        shape = _one(self._report, result, SH.sourceShape)
        subject, path, object_ = self._triple(result, shape)
        wrong, remedy = parted(self._names.shortened(self._message(result, shape)))
        name = self._names.term(subject)
        if not re.search(rf"(?<![\w:-]){re.escape(name)}(?![\w-])", wrong):
            shown = (
                name,
                self._names.path(self._shapes, path) if path is not None else "",
                self._names.term(object_) if object_ is not None else "",
            )
            wrong = f"{' '.join(filter(None, shown))}: {wrong}"
        return Problem(
            code="C301",
            message=wrong,
            remedy=remedy or self._advice(shape),
            severity=_SEVERITIES.get(_one(self._report, result, SH.resultSeverity), Severity.VIOLATION),
            place=blame(subject, path if isinstance(path, URIRef) else None, object_),
        )

    def _triple(self, result: BNode, shape: Node | None) -> tuple[Node, Node | None, Node | None]:
        """The triple that a result is about, as far as it tells: subject, path, object."""
        focus, value, path = (
            _one(self._report, result, part) for part in (SH.focusNode, SH.value, SH.resultPath)
        )
        assert focus is not None  # section 3.6.2.1: each result has one
        if isinstance(path, BNode):  # the report does not have all its parts
            path = _one(self._shapes, shape, SH.path)
            inverse = _one(self._shapes, path, SH.inversePath)
            if inverse is not None and value is not None:
                return value, inverse, focus
        if value == focus:  # of a node shape: the node is wrong, no triple in particular
            return focus, path, None
        if value is not None and isinstance(path, URIRef) and isinstance(self._data, Dataset):
            # Of a shape about files: the focus is a file's graph, the value the subject that is wrong, in it
            # or in another file. Quads are asked for, since `in` uses what rdflib deprecates.
            of_focus = self._data.quads((focus, path, value, None))
            stated = self._stated(value, path, focus) if next(of_focus, None) is None else None
            if stated is not None:
                return value, path, stated
        return focus, path, value

    def _stated(self, subject: Node, predicate: URIRef, file: Node) -> Node | None:
        """An object that the data give, from this file's graph if it has one."""
        quads = self._data.quads((subject, predicate, None, None)) if isinstance(self._data, Dataset) else ()
        found = [
            (graph != file, term_key(object_), object_)
            for _, _, object_, graph in quads
            if isinstance(object_, URIRef | BNode | Literal)
        ]
        return min(found, key=lambda each: each[:2])[2] if found else None

    def _message(self, result: BNode, shape: Node | None) -> str:
        """What the shape says, in English."""
        said = self._report.objects(result, SH.resultMessage)
        constraint = _one(self._report, result, SH.sourceConstraint)
        templates = [
            text
            for speaker in (shape, constraint)
            if speaker is not None
            for text in self._shapes.objects(speaker, SH.message)
        ]
        return in_english(_literals(said), _literals(templates))

    def _advice(self, shape: Node | None) -> str:
        """What to do when the message does not tell."""
        if shape is None:
            return ""
        description = in_english(_literals(self._shapes.objects(shape, SH.description)), ())
        further = _one(self._shapes, shape, RDFS.seeAlso)
        return description or f"see {self._names.term(further if further is not None else shape)}"


def _one(graph: Graph, subject: Node | None, predicate: Node) -> Node | None:
    """The first object in the project's order; ``None`` without subject or object."""
    if subject is None:
        return None
    objects = (o for o in graph.objects(subject, predicate) if isinstance(o, URIRef | BNode | Literal))
    return min(objects, key=term_key, default=None)


def _literals(terms: Iterable[object]) -> list[Literal]:
    return [term for term in terms if isinstance(term, Literal)]
