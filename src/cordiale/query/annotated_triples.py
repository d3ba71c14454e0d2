"""Triples with what they rest on, and the patterns of SPARQL matched against them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from rdflib import OWL, RDF, RDFS, BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath

from cordiale.model.supports import ONE, Support
from cordiale.model.terms import Node, Triple

__all__ = ["AnnotatedTriples", "NotCovered"]

_Match: TypeAlias = tuple[Node, Node, Support]  # subject, object
_TRANSITIVE = (RDF.type, OWL.TransitiveProperty)
# These the rules make transitive, whatever is stated of them (OWL 2 Profiles, section 4.3, tables 4 and 9).
_ALWAYS_TRANSITIVE = (
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.sameAs,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
)


class NotCovered(Exception):  # no fault: nothing is known of the sources of such a query
    """A part of a query for which the sources of rows are not worked out; its text names it."""


class _Index:
    """The triples of one graph."""

    def __init__(self, triples: Iterable[tuple[Triple, Support]]) -> None:
        self.supports: dict[Triple, Support] = {}
        self.by_subject: defaultdict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self.by_object: defaultdict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self.by_predicate: defaultdict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        self.of: defaultdict[Node, set[Node]] = defaultdict(set)  # predicates of a subject
        self.to: defaultdict[Node, set[Node]] = defaultdict(set)  # and of an object
        for triple, support in triples:
            s, p, o = triple
            known = self.supports.get(triple)
            self.supports[triple] = support if known is None else known + support
            if known is None:
                self.by_subject[s, p].append(o)
                self.by_object[o, p].append(s)
                self.by_predicate[p].append((s, o))
                self.of[s].add(p)
                self.to[o].add(p)

    @cached_property
    def things(self) -> dict[Node, Support]:
        """What stands as subject or object, and rests on what any of its triples rests on."""
        found: defaultdict[Node, list[Support]] = defaultdict(list)
        for (one, _, other), support in self.supports.items():
            found[one].append(support)
            found[other].append(support)
        return {thing: Support.sum(supports) for thing, supports in found.items()}


class AnnotatedTriples:
    """All triples, each with its support, and those of each named graph."""

    def __init__(
        self,
        triples: Iterable[tuple[Triple, Support]],
        graphs: Mapping[URIRef, Iterable[tuple[Triple, Support]]],
    ) -> None:
        self._all = _Index(triples)
        self._told = dict(graphs)
        self._graphs: dict[Node, _Index] = {}

    @property
    def graphs(self) -> tuple[URIRef, ...]:
        """The names of the graphs."""
        return tuple(self._told)

    def matches(
        self, patterns: Sequence[tuple[Any, Any, Any]], terms: Mapping[str, Node], graph: Node | None
    ) -> Iterator[tuple[dict[str, Node], Support]]:
        """Terms for the variables of a basic graph pattern, and what each solution rests on.

        ``terms`` are known already; ``graph`` is the named graph that is asked, ``None`` the union of all.

        Raises:
            NotCovered: a path whose sources are not known.
        """
        index = self._index(graph)
        if index is not None:
            yield from self._extended(index, list(patterns), dict(terms), ONE)

    def _index(self, graph: Node | None) -> _Index | None:
        if graph is None:
            return self._all
        if graph not in self._graphs:
            told = self._told.get(graph) if isinstance(graph, URIRef) else None
            if told is None:
                return None
            self._graphs[graph] = _Index(told)
        return self._graphs[graph]

    def _extended(
        self, index: _Index, patterns: list[Any], terms: dict[str, Node], support: Support
    ) -> Iterator[tuple[dict[str, Node], Support]]:
        if not patterns:
            yield terms, support
            return
        place = min(range(len(patterns)), key=lambda at: self._cost(index, patterns[at], terms))
        s, p, o = patterns[place]
        rest = patterns[:place] + patterns[place + 1 :]
        names = [_name(term) for term in (s, p, o)]
        known_s, known_p, known_o = (
            terms.get(name) if name is not None else term for name, term in zip(names, (s, p, o), strict=True)
        )
        if isinstance(p, Path):
            found: Iterable[tuple[Node, Node | None, Node, Support]] = (
                (one, None, other, each) for one, other, each in self._path(index, known_s, p, known_o)
            )
        else:
            found = self._triples(index, known_s, known_p, known_o)
        for *made, each in found:
            extended = dict(terms)
            if all(
                name is None or term is None or extended.setdefault(name, term) == term
                for name, term in zip(names, made, strict=True)
            ):
                yield from self._extended(index, rest, extended, support * each)

    def _cost(self, index: _Index, pattern: Any, terms: Mapping[str, Node]) -> tuple[int, int]:
        """How many triples a pattern may match, the fewest first."""
        s, p, o = (terms.get(name) if (name := _name(term)) is not None else term for term in pattern)
        if isinstance(p, Path):
            return (1 if s is not None or o is not None else 3), 0
        if p is None:
            return (1 if s is not None or o is not None else 4), 0
        if s is not None and o is not None:
            return 0, 0
        if s is not None:
            return 0, len(index.by_subject.get((s, p), ()))
        if o is not None:
            return 1, len(index.by_object.get((o, p), ()))
        return 2, len(index.by_predicate.get(p, ()))

    def _triples(
        self, index: _Index, s: Node | None, p: Node | None, o: Node | None
    ) -> Iterator[tuple[Node, Node, Node, Support]]:
        if p is not None:
            for one, other, support in self._pairs(index, s, p, o):
                yield one, p, other, support
            return
        if s is not None:
            predicates: Iterable[Node] = index.of.get(s, ())
        elif o is not None:
            predicates = index.to.get(o, ())
        else:
            predicates = index.by_predicate
        for each in sorted(predicates):
            for one, other, support in self._pairs(index, s, each, o):
                yield one, each, other, support

    def _pairs(self, index: _Index, s: Node | None, p: Node, o: Node | None) -> Iterator[_Match]:
        if s is not None and o is not None:
            support = index.supports.get((s, p, o))
            if support is not None:
                yield s, o, support
        elif s is not None:
            for other in index.by_subject.get((s, p), ()):
                yield s, other, index.supports[s, p, other]
        elif o is not None:
            for one in index.by_object.get((o, p), ()):
                yield one, o, index.supports[one, p, o]
        else:
            for one, other in index.by_predicate.get(p, ()):
                yield one, other, index.supports[one, p, other]

    def _path(self, index: _Index, s: Node | None, path: Any, o: Node | None) -> Iterator[_Match]:
        """The pairs that a property path joins (SPARQL 1.1, section 9)."""
        if isinstance(path, URIRef):
            yield from self._pairs(index, s, path, o)
        elif isinstance(path, InvPath):
            for one, other, support in self._path(index, o, path.arg, s):
                yield other, one, support
        elif isinstance(path, AlternativePath):
            for each in path.args:
                yield from self._path(index, s, each, o)
        elif isinstance(path, SequencePath):
            yield from self._sequence(index, s, list(path.args), o)
        elif isinstance(path, MulPath):
            yield from self._repeated(index, s, path, o)
        elif isinstance(path, NegatedPath):
            yield from self._negated(index, s, path, o)
        else:
            raise NotCovered(f"the path {path}")

    def _sequence(self, index: _Index, s: Node | None, steps: list[Any], o: Node | None) -> Iterator[_Match]:
        if len(steps) == 1:
            yield from self._path(index, s, steps[0], o)
        elif s is None and o is not None:
            for middle, other, later in self._path(index, None, steps[-1], o):
                for one, _, earlier in self._sequence(index, None, steps[:-1], middle):
                    yield one, other, earlier * later
        else:
            for one, middle, earlier in self._path(index, s, steps[0], None):
                for _, other, later in self._sequence(index, middle, steps[1:], o):
                    yield one, other, earlier * later

    def _repeated(self, index: _Index, s: Node | None, path: MulPath, o: Node | None) -> Iterator[_Match]:
        if path.mod in ("*", "?"):
            yield from self._nothing(index, s, o)
        if path.mod == "?":
            yield from self._path(index, s, path.path, o)
            return
        if not self._is_transitive(index, path.path):
            name = path.path.n3() if isinstance(path.path, URIRef) else str(path.path)
            raise NotCovered(f"the path {name}{path.mod}: make it an owl:TransitiveProperty in the ontology")
        yield from self._path(index, s, path.path, o)

    def _is_transitive(self, index: _Index, step: Any) -> bool:
        """Whether all that a path of such steps joins is joined by one, whatever source is left out."""
        return (
            index is self._all
            and isinstance(step, URIRef)
            and (step in _ALWAYS_TRANSITIVE or self._all.supports.get((step, *_TRANSITIVE)) == ONE)
        )

    def _nothing(self, index: _Index, s: Node | None, o: Node | None) -> Iterator[_Match]:
        """The path of no step, from each thing of the graph to itself.

        As Oxigraph has it, a term that stands in no triple is no thing, whether or not it is given.
        """
        if s is not None and o is not None and s != o:
            return
        given = s if s is not None else o
        for thing in index.things if given is None else (given,):
            if thing in index.things:
                yield thing, thing, index.things[thing]

    def _negated(self, index: _Index, s: Node | None, path: NegatedPath, o: Node | None) -> Iterator[_Match]:
        forward = {each for each in path.args if isinstance(each, URIRef)}
        backward = {each.arg for each in path.args if isinstance(each, InvPath)}
        if forward or not backward:
            for one, p, other, support in self._triples(index, s, None, o):
                if p not in forward:
                    yield one, other, support
        if backward:
            for one, p, other, support in self._triples(index, o, None, s):
                if p not in backward:
                    yield other, one, support


def _name(term: Any) -> str | None:
    """The name under which a term of a pattern is bound: a variable, or a blank node."""
    if isinstance(term, Variable):
        return str(term)
    return f"_:{term}" if isinstance(term, BNode) else None
