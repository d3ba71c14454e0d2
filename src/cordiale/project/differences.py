"""What is different between two states of a project: triples, conflicts, answers, each with its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import BNode

from cordiale.model.errors import CordialeError
from cordiale.model.places import Place
from cordiale.model.sources import source_of
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.project.same_nodes import by_content
from cordiale.query.answers import Answer
from cordiale.query.limits import Limits
from cordiale.query.questions import Question
from cordiale.trust.conflicts import Conflict

__all__ = ["AnswerChange", "Change", "ConflictChange", "Differences", "differences"]

_Row = tuple[Node | None, ...]
_Line = tuple[str, Triple]  # the name of a source, and what it states


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A triple that is gained or lost, and the lines responsible.

    ``remains``: a triple that is no longer stated and still follows, or is now stated and followed before.
    """

    triple: Triple
    places: tuple[Place, ...]
    remains: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictChange:
    """A conflict that is opened or closed, and the lines of what it is about that are new or gone."""

    conflict: Conflict
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """A stored question whose answer is another.

    ``loses`` and ``gains`` are rows; ``places`` are changed lines of the sources that these rest on, those
    that name what the rows name, or all changed files where there are none. ``note`` says more: that the
    question is new, gone, other or fails.
    """

    question: str
    summary: str
    variables: tuple[str, ...]
    loses: tuple[_Row, ...] = ()
    gains: tuple[_Row, ...] = ()
    places: tuple[Place, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All differences; triples in the order of their terms.

    ``more_sources`` and ``fewer_sources`` are stated before and after, and by other sources.
    """

    stated_gained: tuple[Change, ...]
    stated_lost: tuple[Change, ...]
    more_sources: tuple[Change, ...]
    fewer_sources: tuple[Change, ...]
    inferred_gained: tuple[Change, ...]
    inferred_lost: tuple[Change, ...]
    opened: tuple[ConflictChange, ...]
    closed: tuple[ConflictChange, ...]
    answers: tuple[AnswerChange, ...]


class _State:
    """One of the two, with blank nodes named by what is said of them."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.iris: dict[str, Node] = {source.name: source.iri for source in kg.sources}
        self.own: dict[Triple, Triple] = {}  # as the files have them, by what they are called here
        labels = by_content(triple for triples in kg.stated.values() for triple in triples)
        self.by_source = {name: self._renamed(triples, labels) for name, triples in kg.stated.items()}
        self.lines = frozenset((name, triple) for name, each in self.by_source.items() for triple in each)
        self.stated = frozenset(triple for _, triple in self.lines)
        self.inferred = self._renamed(kg.closure.inferred, labels) - self.stated

    def _renamed(self, triples: Iterable[Triple], labels: Mapping[BNode, BNode]) -> frozenset[Triple]:
        found = set()
        for triple in triples:
            s, p, o = (labels.get(term, term) if isinstance(term, BNode) else term for term in triple)
            self.own[s, p, o] = triple
            found.add((s, p, o))
        return frozenset(found)

    def places(self, triple: Triple) -> tuple[Place, ...]:
        return self.kg.places_of(self.own[triple])

    def places_in(self, line: _Line) -> tuple[Place, ...]:
        """Where one source states a triple."""
        name, triple = line
        return tuple(place for place in self.places(triple) if source_of(place) == name)

    def leaves(self, triple: Triple) -> tuple[Triple, ...]:
        """What is stated that a proof of an inferred triple rests on."""
        proof = self.kg.consequences.why(*self.own[triple])
        return () if proof is None else proof.asserted

    @cached_property
    def answers(self) -> dict[str, tuple[Question, Answer | str]]:
        """The answers of the stored questions, or why one has none."""
        return {
            question.id: (
                question,
                answer.problems[0].message if isinstance(answer, CordialeError) else answer,
            )
            for question, answer in self.kg.ask_all(limits=Limits())
        }

    def resting(self, question: Question, rows: Collection[_Row]) -> dict[_Row, frozenset[str]]:
        """The sources that each of some rows rests on, trusted ones with them; no row that has an absence."""
        asked = self.kg.ask(question.id, question.examples, sources=True, limits=Limits())
        return {
            row: self.kg.trusted.union(*each.sets)
            for row, each in zip(asked.triples or asked.rows, asked.sources, strict=True)
            if row in rows and not each.not_covered and not each.absence
        }


def differences(before: KnowledgeGraph, after: KnowledgeGraph) -> Differences:
    """What the later state has that the earlier has not, and the other way round.

    Raises:
        CordialeError: a conflict rule or an acknowledgement of one of them is wrong.
    """
    old, new = _State(before), _State(after)
    gained, lost = new.stated - old.stated, old.stated - new.stated
    added, removed = new.lines - old.lines, old.lines - new.lines
    return Differences(
        stated_gained=_stated(gained, new, old.inferred),
        stated_lost=_stated(lost, old, new.inferred),
        more_sources=_lines(added, old.stated, new),
        fewer_sources=_lines(removed, new.stated, old),
        inferred_gained=_inferred(new.inferred - old.inferred - old.stated, new, gained),
        inferred_lost=_inferred(old.inferred - new.inferred - new.stated, old, lost),
        opened=_opened(before.conflicts(), after.conflicts(), added),
        closed=_opened(after.conflicts(), before.conflicts(), removed),
        answers=tuple(_answers(old, new, added, removed)),
    )


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: [term_key(term) for term in triple])


def _stated(triples: Iterable[Triple], state: _State, inferred: Collection[Triple]) -> tuple[Change, ...]:
    return tuple(
        Change(triple=triple, places=state.places(triple), remains=triple in inferred)
        for triple in _sorted(triples)
    )


def _lines(lines: Iterable[_Line], others: Collection[Triple], state: _State) -> tuple[Change, ...]:
    """Lines of triples that stand in the other state too, there in other sources alone."""
    places: dict[Triple, list[Place]] = {}
    for line in sorted(lines, key=lambda each: each[0]):
        if line[1] in others:
            places.setdefault(line[1], []).extend(state.places_in(line))
    return tuple(Change(triple=triple, places=tuple(places[triple])) for triple in _sorted(places))


def _inferred(triples: Iterable[Triple], state: _State, changed: Collection[Triple]) -> tuple[Change, ...]:
    """Each with the changed lines that a proof of it rests on; where none changed, with all of its lines."""
    ours = {state.own[triple] for triple in changed}
    found = []
    for triple in _sorted(triples):
        leaves = state.leaves(triple)
        chosen = [leaf for leaf in leaves if leaf in ours] or leaves
        places = dict.fromkeys(place for leaf in chosen for place in state.kg.places_of(leaf))
        found.append(Change(triple=triple, places=tuple(places)))
    return tuple(found)


def _opened(
    before: Iterable[Conflict], after: Iterable[Conflict], changed: Collection[_Line]
) -> tuple[ConflictChange, ...]:
    """The conflicts of a matter that was in none, or that have a value more."""
    known = {_matter(each): set(each.values) for each in before}
    found = []
    for each in after:
        values = known.get(_matter(each))
        if values is not None and set(each.values) <= values:
            continue
        told = [(place, (name, said.triple)) for said in each.statements for place, name in said.by_place]
        places = [place for place, line in told if line in changed] or [place for place, _ in told]
        found.append(ConflictChange(conflict=each, places=tuple(dict.fromkeys(places))))
    return tuple(found)


def _matter(conflict: Conflict) -> tuple[object, ...]:
    return conflict.is_logical, conflict.rule, frozenset(conflict.about)


def _answers(
    old: _State, new: _State, added: Collection[_Line], removed: Collection[_Line]
) -> Iterator[AnswerChange]:
    lines = [*((line, new) for line in added), *((line, old) for line in removed)]
    for name in sorted(old.answers.keys() | new.answers.keys()):
        told = new.answers.get(name) or old.answers[name]
        summary, given = next(iter(told[0].summary.values()), ""), told[1]
        variables = given.variables if isinstance(given, Answer) else ()
        if name not in old.answers or name not in new.answers:
            note = "a new question" if name in new.answers else "the question is gone"
            yield AnswerChange(question=name, summary=summary, variables=variables, note=note)
            continue
        (asked, first), (asks, second) = old.answers[name], new.answers[name]
        if isinstance(first, str) or isinstance(second, str):
            if first != second:
                note = f"it fails: {second}" if isinstance(second, str) else "it no longer fails"
                yield AnswerChange(question=name, summary=summary, variables=variables, note=note)
            continue
        loses, gains = _rows(first) - _rows(second), _rows(second) - _rows(first)
        if loses or gains:
            yield AnswerChange(
                question=name,
                summary=summary,
                variables=variables,
                loses=_in_order(first, loses),
                gains=_in_order(second, gains),
                places=_places_of(
                    [*_with_sources(old, asked, loses, removed), *_with_sources(new, asks, gains, added)],
                    lines,
                ),
                note="" if asked.text == asks.text else "the question is another",
            )


def _rows(answer: Answer) -> frozenset[_Row]:
    if answer.kind == "graph":
        return frozenset(answer.triples)
    return frozenset(answer.rows)


def _in_order(answer: Answer, rows: Collection[_Row]) -> tuple[_Row, ...]:
    return tuple(row for row in (answer.triples or answer.rows) if row in rows)


_Marked = tuple[_Line, _State]


def _with_sources(
    state: _State, question: Question, rows: Collection[_Row], changed: Collection[_Line]
) -> Iterator[tuple[_Row, list[_Marked]]]:
    """Each row with the changed lines of the sources that it rests on, none where these are not known."""
    resting = state.resting(question, rows) if rows else {}
    for row in rows:
        names = resting.get(row, frozenset())
        yield row, [(line, state) for line in changed if line[0] in names]


def _places_of(rows: Iterable[tuple[_Row, list[_Marked]]], lines: list[_Marked]) -> tuple[Place, ...]:
    """For each row those of its lines, or of all where it has none, that name the most of what it names."""
    chosen: dict[Place, None] = {}
    for row, own in rows:
        terms = {term for term in row if term is not None}
        named = [
            (len(terms & {*triple, state.iris[name]}), (name, triple), state)
            for (name, triple), state in own or lines
        ]
        best = max((score for score, _, _ in named), default=0)
        for score, line, state in named:
            if score == best and (best or own):
                chosen.update(dict.fromkeys(state.places_in(line)))
    if chosen:
        return tuple(sorted(chosen, key=_by_place))
    files = {place.path for line, state in lines for place in state.places_in(line)}
    return tuple(Place(path=path) for path in sorted(files))


def _by_place(place: Place) -> tuple[str, int, int]:
    return place.path, place.line or 0, place.column or 0
