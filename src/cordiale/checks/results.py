"""From a validation report of SHACL to problems."""

import re
from collections.abc import Iterable, Iterator

from rdflib import RDFS, SH, BNode, Dataset, Graph, Literal, URIRef

from cordiale.checks.blame import Blame, Blamed
from cordiale.checks.paths import last_triples
from cordiale.checks.wording import Names, in_english, parted
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["Results"]

_SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}
# Of these a result names no value: all values of the path together are wrong.
_TOGETHER = (
    SH.MaxCountConstraintComponent,
    SH.QualifiedMaxCountConstraintComponent,
    SH.UniqueLangConstraintComponent,
)


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
        if name not in wrong or not re.search(rf"(?<![\w:-]){re.escape(name)}(?![\w-])", wrong):
            shown = (
                name,
                self._names.path(self._shapes, path) if path is not None else "",
                self._names.term(object_) if object_ is not None else "",
            )
            wrong = f"{' '.join(filter(None, shown))}: {wrong}"
        blamed = self._blamed(result, shape, (subject, path, object_), blame)
        return Problem(
            code="C301",
            message=f"{wrong} (this is inferred)" if blamed.is_inferred else wrong,
            remedy=remedy or self._advice(shape),
            severity=_SEVERITIES.get(_one(self._report, result, SH.resultSeverity), Severity.VIOLATION),
            place=blamed.place,
            related=blamed.places[1:],
            supports=blamed.supports,
        )

    def _blamed(
        self, result: BNode, shape: Node | None, about: tuple[Node, Node | None, Node | None], blame: Blame
    ) -> Blamed:
        """The places of the triples that are wrong; where something is missing, that of the subject."""
        subject, path, object_ = about
        component = _one(self._report, result, SH.sourceConstraintComponent)
        if object_ is None and path is not None and component in _TOGETHER:
            found = list(self._together(shape, subject, path, component, blame))
            return _joined(found) if found else blame(subject, None, None)
        if isinstance(path, BNode) and object_ is not None:
            leading = [
                triple
                for value, triple in last_triples(self._data, self._shapes, path, subject)
                if value == object_
            ]
            if leading:
                return _joined(blame(*triple) for triple in leading)
        if path is None and object_ is None and not self._holds(subject, None, None):
            # A literal, or a node that is only spoken of: what speaks of it is wrong.
            spoken = sorted(
                self._speaking_of(subject), key=lambda triple: [term_key(term) for term in triple]
            )
            if spoken:
                return _joined(blame(*triple) for triple in spoken)
        if isinstance(path, URIRef) and object_ is not None and not self._holds(subject, path, object_):
            # sh:equals finds a value of the other property.
            return blame(subject, _one(self._shapes, shape, SH.equals) or path, object_)
        return blame(subject, path if isinstance(path, URIRef) else None, object_)

    def _together(
        self, shape: Node | None, subject: Node, path: Node, component: Node | None, blame: Blame
    ) -> Iterator[Blamed]:
        """The triples of too many values: those past the allowed number first, in order of place."""
        triples = list(last_triples(self._data, self._shapes, path, subject))
        if component == SH.UniqueLangConstraintComponent:
            tags = [str(getattr(value, "language", None) or "").lower() for value, _ in triples]
            triples = [each for each, tag in zip(triples, tags, strict=True) if tag and tags.count(tag) > 1]
            allowed = 1
        else:
            most = _one(self._shapes, shape, SH.maxCount)
            allowed = int(most) if component == SH.MaxCountConstraintComponent and most is not None else 0
        blamed = sorted((blame(*triple) for _, triple in triples), key=_by_place)
        yield from (*blamed[allowed:], *blamed[:allowed])

    def _speaking_of(self, node: Node) -> Iterator[Triple]:
        """The triples that a node is the object of, by predicates that make it a target if there are any."""
        predicates = set(self._shapes.objects(None, SH.targetObjectsOf))
        triples = [
            (s, p, node)
            for s, p in self._data.subject_predicates(node)
            if isinstance(s, URIRef | BNode) and isinstance(p, URIRef)
        ]
        yield from [triple for triple in triples if triple[1] in predicates] or triples

    def _triple(self, result: BNode, shape: Node | None) -> tuple[Node, Node | None, Node | None]:
        """The triple that a result is about, as far as it tells: subject, path, object."""
        focus, value, path = (
            _one(self._report, result, part) for part in (SH.focusNode, SH.value, SH.resultPath)
        )
        assert focus is not None  # section 3.6.2.1: each result has one
        if isinstance(path, BNode):  # the report does not have all its parts
            path = _one(self._shapes, shape, SH.path)
            inverse = _one(self._shapes, path, SH.inversePath)
            if isinstance(inverse, URIRef) and value is not None:
                return value, inverse, focus
        if value == focus and not isinstance(path, BNode) and not self._holds(focus, path, value):
            return focus, path, None  # of a node shape: the node is wrong, no triple in particular
        if value is not None and isinstance(path, URIRef) and isinstance(self._data, Dataset):
            # Of a shape about files: the focus is a file's graph, the value the subject that is wrong, in it
            # or in another file.
            stated = None if self._holds(focus, path, value) else self._stated(value, path, focus)
            if stated is not None:
                return value, path, stated
        return focus, path, value

    def _holds(self, subject: Node, predicate: Node | None, object_: Node | None) -> bool:
        """Whether there is such a triple; `in` would use what rdflib deprecates."""
        return next(iter(self._data.triples((subject, predicate, object_))), None) is not None

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


def _joined(found: Iterable[Blamed]) -> Blamed:
    """Several triples as one to blame: their places in order, and their supports."""
    each = list(found)
    return Blamed(
        places=tuple(dict.fromkeys(place for one in each for place in one.places)),
        supports=tuple(dict.fromkeys(support for one in each for support in one.supports)),
        is_inferred=any(one.is_inferred for one in each),
    )


def _by_place(blamed: Blamed) -> tuple[bool, str, int, int]:
    place = blamed.place or Place(path="")
    return blamed.place is None, place.path, place.line or 0, place.column or 0


def _one(graph: Graph, subject: Node | None, predicate: Node) -> Node | None:
    """The first object in the project's order; ``None`` without subject or object."""
    if subject is None:
        return None
    objects = (o for o in graph.objects(subject, predicate) if isinstance(o, URIRef | BNode | Literal))
    return min(objects, key=term_key, default=None)


def _literals(terms: Iterable[object]) -> list[Literal]:
    return [term for term in terms if isinstance(term, Literal)]
