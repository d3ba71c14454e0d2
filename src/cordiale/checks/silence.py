"""Shapes that find nothing because they say nothing: SHACL calls data that they pass over conforming."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pyshacl
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.wording import Names
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple, term_key
from cordiale.read.near import near_remedy

__all__ = ["check_silence"]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
# What is said of a shape and asks nothing of a node.
_SAYING_NOTHING = {
    *(*_TARGETS, SH.target, SH.path, SH.name, SH.description, SH.message, SH.severity, SH.order, SH.group),
    *(SH.defaultValue, SH.deactivated, SH.prefixes, SH.declare, SH.ignoredProperties, SH.flags),
    *(SH.select, SH.ask, SH.construct),
}
_TO_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_TO_SHAPES = (SH["and"], SH["or"], SH.xone)
_PATHS = (
    *(SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath),
    *(RDF.first, RDF.rest),
)
_TERM = re.compile(re.escape(str(SH)) + r"[A-Za-z]+")


def check_silence(shapes: Graph, data: Graph, blame: Blame) -> tuple[Problem, ...]:
    """Warnings of shapes that check nothing, without a word.

    C307 is a term in the namespace of SHACL that SHACL does not have, C308 a target that matches nothing in
    the data, C309 a shape without constraints, C310 a property that stands in the path of a shape and in no
    data.
    """
    found = _Silence(shapes, data, blame)
    return (
        *found.unknown_terms(),
        *found.empty_targets(),
        *found.without_constraints(),
        *found.unused_paths(),
    )


class _Silence:
    def __init__(self, shapes: Graph, data: Graph, blame: Blame) -> None:
        self._shapes = shapes
        self._data = data
        self._blame = blame
        self._names = Names(shapes, data)
        triples = map(_triple, shapes.triples((None, None, None)))
        self._triples = sorted(triples, key=lambda triple: [term_key(term) for term in triple])

    def unknown_terms(self) -> Iterator[Problem]:
        for triple in self._triples:
            for term in triple[1:]:
                # rdflib lists most of the terms; the vocabulary is read only when one is not there.
                if not isinstance(term, URIRef) or not _TERM.fullmatch(term) or term in SH:
                    continue
                if term not in _vocabulary():
                    local = term.removeprefix(str(SH))
                    near = near_remedy(
                        local,
                        [each.removeprefix(str(SH)) for each in _vocabulary()],
                        otherwise="see https://www.w3.org/TR/shacl/ for the terms that there are",
                    )
                    message = f'SHACL has no term "sh:{local}", so nothing is checked by it'
                    yield self._warning("C307", message, near, triple)

    def empty_targets(self) -> Iterator[Problem]:
        for triple in self._triples:
            shape, predicate, target = triple
            if predicate not in _TARGETS or isinstance(target, Literal) or self._matches(predicate, target):
                continue
            message = (
                f"{self._names.term(shape)} has the target {self._names.term(target)}, which matches nothing"
            )
            remedy = "correct the name, write data that it is about, or delete the shape"
            yield self._warning("C308", message, remedy, triple)

    def without_constraints(self) -> Iterator[Problem]:
        components = set(self._shapes.objects(None, SH.parameter))
        own = {path for parameter in components for path in self._shapes.objects(parameter, SH.path)}
        for shape in self._all_shapes():
            said = set(self._shapes.predicates(shape))
            if said & own or any(str(p).startswith(str(SH)) for p in said - _SAYING_NOTHING):
                continue
            # In a closed shape a property that may be there is named, and nothing else said of it.
            owners = self._shapes.subjects(SH.property, shape)
            if any((owner, SH.closed, None) in self._shapes for owner in owners):
                continue
            message = f"{self._names.term(shape)} is a shape without constraints: every node conforms to it"
            yield self._warning("C309", message, "say what it asks for, or delete it", (shape, None, None))

    def unused_paths(self) -> Iterator[Problem]:
        targets = {target for predicate in _TARGETS[2:] for target in self._shapes.objects(None, predicate)}
        for triple in self._triples:
            subject, predicate, head = triple
            if predicate != SH.path or (None, SH.parameter, subject) in self._shapes:
                continue
            missing = [p for p in self._properties(head) if p not in targets and not self._is_used(p)]
            for each in missing:
                # A path that is a term stands there itself; in a longer one the term has a place of its own.
                where = triple if head == each else self._inside(head, each) or triple
                message = (
                    f"{self._names.term(subject)} has a path by {self._names.term(each)}, which no data uses"
                )
                remedy = "correct the name, write data that use it, or delete the shape"
                yield self._warning("C310", message, remedy, where)

    def _warning(
        self, code: str, message: str, remedy: str, triple: tuple[Node, Node | None, Node | None]
    ) -> Problem:
        place = self._blame(*triple).place
        return Problem(code=code, message=message, remedy=remedy, severity=Severity.WARNING, place=place)

    def _matches(self, predicate: Node, target: Node) -> bool:
        if predicate == SH.targetClass:
            kinds = map(_node, self._data.transitive_subjects(RDFS.subClassOf, target))
            return any(self._has(None, RDF.type, kind) for kind in (target, *kinds))
        if predicate == SH.targetNode:
            named = isinstance(target, URIRef) and target in {graph for *_, graph in self._quads(target)}
            return named or self._has(target, None, None) or self._has(None, None, target)
        return self._has(None, target, None)

    def _quads(self, graph: Node) -> Iterator[tuple[object, ...]]:
        """A quad of the named graph, if the data have graphs and there is one of this name."""
        quads = getattr(self._data, "quads", None)
        for quad in quads((None, None, None, graph)) if quads else ():
            yield quad
            return

    def _has(self, subject: Node | None, predicate: Node | None, object_: Node | None) -> bool:
        return next(iter(self._data.triples((subject, predicate, object_))), None) is not None

    def _is_used(self, predicate: Node) -> bool:
        """Whether data have it, or one below it or inverse to it: what follows has it then."""
        seen: set[Node] = set()
        waiting = [predicate]
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            if self._has(None, each, None):
                return True
            seen.add(each)
            waiting += map(_node, self._data.subjects(RDFS.subPropertyOf, each))
            waiting += map(_node, self._data.subjects(OWL.inverseOf, each))
            waiting += map(_node, self._data.objects(each, OWL.inverseOf))
        return False

    def _all_shapes(self) -> list[Node]:
        found: dict[Node, None] = {}
        for subject, predicate, object_ in self._triples:
            if (
                predicate in _TARGETS
                or predicate == SH.target
                or (predicate == RDF.type and object_ in (SH.NodeShape, SH.PropertyShape))
            ):
                found[subject] = None
            elif predicate in _TO_SHAPE and (object_, None, None) in self._shapes:
                found[object_] = None
            elif predicate in _TO_SHAPES:
                members = [_node(member) for member in self._shapes.items(object_)]
                found.update(dict.fromkeys(member for member in members if not isinstance(member, Literal)))
        return [shape for shape in found if not isinstance(shape, Literal)]

    def _properties(self, path: Node) -> list[URIRef]:
        """The properties in a path."""
        if isinstance(path, URIRef):
            return [path]
        found: dict[URIRef, None] = {}
        waiting: list[Node] = [path]
        while waiting:
            node = waiting.pop()
            for part in _PATHS:
                for each in map(_node, self._shapes.objects(node, part)):
                    if isinstance(each, BNode):
                        waiting.append(each)
                    elif isinstance(each, URIRef) and each != RDF.nil:
                        found[each] = None
        return list(found)

    def _inside(self, path: Node, term: URIRef) -> Triple | None:
        """The triple in a path whose object is the term."""
        waiting: list[Node] = [path]
        while waiting:
            node = waiting.pop()
            for part in _PATHS:
                for each in map(_node, self._shapes.objects(node, part)):
                    if each == term:
                        return node, part, each
                    if isinstance(each, BNode):
                        waiting.append(each)
        return None


@cache
def _vocabulary() -> frozenset[URIRef]:
    """The terms of SHACL and its advanced features, as pySHACL's copy of the vocabulary has them."""
    text = files(pyshacl).joinpath("assets/shacl.ttl").read_text("utf-8")
    graph = Graph().parse(data=text, format="turtle")
    defined = {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(str(SH))}
    return frozenset({*defined, URIRef(f"{SH}values")})  # of SHACL-AF, left out there


def _triple(triple: tuple[object, object, object]) -> Triple:
    subject, predicate, object_ = map(_node, triple)
    return subject, predicate, object_


def _node(term: object) -> Node:
    assert isinstance(term, URIRef | BNode | Literal)  # rdflib types what a graph holds more widely
    return term
