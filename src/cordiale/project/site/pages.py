"""The pages of the site: which there are, and what stands on each."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, BNode, Literal, URIRef

from cordiale.link.things import SAME
from cordiale.model.errors import CordialeError
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.site.conflicts import Conflicts
from cordiale.project.site.facts import CORD, Facts, label_first
from cordiale.project.site.terms import Terms
from cordiale.publish.site.addresses import addresses
from cordiale.publish.site.terms_html import LONGEST
from cordiale.publish.site.views import (
    AnswerView,
    FactView,
    FilePage,
    IndexPage,
    QuestionPage,
    SourceRow,
    ThingPage,
    TimeRow,
)
from cordiale.query.limits import Limits
from cordiale.read.text import lines_of

if TYPE_CHECKING:
    from cordiale.project.knowledge_graph import KnowledgeGraph
    from cordiale.query.answers import Answer
    from cordiale.query.questions import Question

__all__ = ["MOST_FACTS", "Pages"]

MOST_FACTS = 500  # on one page
_MOST_INCOMING = 200
_MOST_NEIGHBOURS = 12
_MOST_TIMES = 24
_DATES = (XSD.date, XSD.gYearMonth, XSD.gYear)
_YEAR = re.compile("[0-9]{4}")  # other digits than these make no date
_LIMITS = Limits()


class Pages:
    """What stands on the pages of things, terms, questions and files, and on the lists."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.facts = Facts(kg)
        self.conflicts = Conflicts(kg)

    @cached_property
    def things(self) -> tuple[URIRef, ...]:
        """The things that have a page: those of the project's namespace of which something is known."""
        return self._subjects_in(self.kg.settings.things)

    @cached_property
    def terms(self) -> tuple[URIRef, ...]:
        """The terms of the project's ontology."""
        return self._subjects_in(self.kg.settings.terms)

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The path of each page without language and ending, by IRI; of files by "file:" and the path."""
        settings = self.kg.settings
        questions: dict[str, str] = {self.question_iri(each): each.id for each in self.kg.questions}
        return {
            **addresses("thing", {each: each.removeprefix(settings.things) for each in self.things}),
            **addresses("term", {each: each.removeprefix(settings.terms) for each in self.terms}),
            **addresses("document", {each.iri: each.name for each in self.kg.documents}),
            **addresses("question", questions),
            **self.conflicts.paths,
            **addresses("file", {f"file:{path}": path for path in self.kg.texts}),
        }

    def question_iri(self, question: Question) -> URIRef:
        """The IRI of a question: its path, named as a source is."""
        return URIRef(self.kg.settings.sources + question.path.removesuffix(".rq"))

    def thing_pages(self, thing: URIRef) -> Iterator[ThingPage]:
        """The page of a thing, or several where it has very many facts."""
        triples = sorted(self.facts.by_subject.get(thing, ()), key=label_first)
        path = self.paths[thing]
        starts = range(0, max(len(triples), 1), MOST_FACTS)
        parts = tuple(path if not start else f"{path}--{number}" for number, start in enumerate(starts, 1))
        # The sides of a dispute stand together on the first page, wherever the facts do.
        disputed = self.facts.disputed(triples)
        disputes = self.facts.views(filter(disputed.__contains__, triples), disputed)
        for number, start in enumerate(starts, 1):
            views = self.facts.views(triples[start : start + MOST_FACTS], disputed)
            yield self._thing_page(thing, parts, number, views, disputes if number == 1 else ())

    @cached_property
    def header(self) -> tuple[Triple, ...]:
        """What is known of the ontology as such; of the first one, where several are stated."""
        headers = (s for s, p, o in self.facts.stated_by if p == RDF.type and o == OWL.Ontology)
        first = min(headers, key=term_key, default=None)
        return () if first is None else self.facts.by_subject.get(first, ())

    @cached_property
    def dataset(self) -> tuple[Triple, ...]:
        """What trusted files say of the dataset, whose name is the namespace of the sources."""
        said = self.facts.by_subject.get(URIRef(self.kg.settings.sources), ())
        return tuple(each for each in said if set(self.kg.trusted) & set(self.facts.stated_by.get(each, ())))

    @cached_property
    def ontology(self) -> Terms:
        """What is laid down of the terms."""
        return Terms(self)

    def question_pages(self) -> Iterator[QuestionPage]:
        """Each question with its answer for the default or example values."""
        for question, answer in self.kg.ask_all(limits=_LIMITS, sources=True):
            yield self._question_page(question, answer)

    def _question_page(self, question: Question, answer: Answer | CordialeError) -> QuestionPage:
        shown = [(each.name, each.default or each.example or "") for each in question.parameters]
        given = [word for name, value in shown if value for word in ("-p", f"{name}={value}")]
        iri = self.question_iri(question)
        return QuestionPage(
            id=question.id,
            iri=iri,
            path=self.paths[iri],
            summary=question.summary,
            description=question.description,
            parameters=tuple(shown),
            text=question.text,
            file=question.path,
            command=shlex.join(["cordiale", "query", question.id, *given]),
            answer=_answer_view(answer),
        )

    def file_pages(self) -> Iterator[FilePage]:
        """The files that facts stand in, line by line."""
        for path, text in sorted(self.kg.texts.items()):
            yield FilePage(file=path, path=self.paths[f"file:{path}"], lines=lines_of(text))

    def index(self, questions: Iterable[QuestionPage]) -> IndexPage:
        """What the front page and the lists are made from."""
        kg, value = self.kg, self.facts.value
        rows = [
            SourceRow(
                source=share.source,
                tier=_iri(value(share.source.iri, URIRef(CORD + "tier"))),
                access=_iri(value(share.source.iri, URIRef(CORD + "access"))),
                publisher=_iri(value(share.source.iri, URIRef("http://purl.org/dc/terms/publisher"))),
                states=share.states,
                states_alone=share.states_alone,
                infers_alone=share.infers_alone,
            )
            for share in kg.shares()
        ]
        groups: dict[Node | None, list[URIRef]] = {}
        for thing in self.things:
            stated = [o for _, p, o in self.facts.by_subject.get(thing, ()) if p == RDF.type]
            stated = [o for o in stated if (thing, RDF.type, o) in self.facts.stated_by]
            groups.setdefault(min(stated, key=term_key, default=None), []).append(thing)
        return IndexPage(
            asserted=len(self.facts.stated_by),
            inferred=len(kg.closure.inferred),
            groups=tuple((key, tuple(found)) for key, found in groups.items()),
            terms=self.terms,
            sources=tuple(rows),
            questions=tuple(questions),
            conflicts=self.conflicts.pages,
        )

    def described(self, iri: Node) -> tuple[Triple, ...]:
        """The triples of a thing, with what its blank nodes say."""
        found: dict[Triple, None] = {}
        agenda = [iri]
        while agenda:
            for triple in self.facts.by_subject.get(agenda.pop(), ()):
                if triple not in found:
                    found[triple] = None
                    if isinstance(triple[2], BNode):
                        agenda.append(triple[2])
        return tuple(found)

    def _subjects_in(self, space: str) -> tuple[URIRef, ...]:
        stated = {s for s, _, _ in self.facts.stated_by if isinstance(s, URIRef) and s.startswith(space)}
        return tuple(sorted(each for each in stated if each != URIRef(space)))

    def _thing_page(
        self,
        thing: URIRef,
        parts: tuple[str, ...],
        number: int,
        views: tuple[FactView, ...],
        disputes: tuple[FactView, ...],
    ) -> ThingPage:
        spaces = (self.kg.settings.terms, str(RDFS), str(SKOS))
        types = tuple(
            each
            for each in views
            if each.predicate == RDF.type
            and (each.stated_by or each.value.startswith(self.kg.settings.terms))
        )
        kinds = {each.anchor for each in types}
        rest = [each for each in views if each.anchor not in kinds]
        own = [each for each in rest if _is_own(each, spaces)]
        incoming = self.facts.by_value.get(thing, ())
        first = number == 1
        return ThingPage(
            thing=thing,
            path=parts[number - 1],
            types=types,
            own=_by_property(own),
            other=_by_property(each for each in rest if not _is_own(each, spaces)),
            disputes=_by_property(disputes),
            conflicts=self._conflicts(thing) if first else (),
            incoming=incoming[:_MOST_INCOMING] if first else (),
            incoming_count=len(incoming),
            neighbours=self._neighbours(thing) if first else (),
            times=self._times(thing) if first else (),
            about=self._about(thing, views) if first else "",
            part=number,
            parts=parts if len(parts) > 1 else (),
        )

    def _conflicts(self, thing: URIRef) -> tuple[URIRef, ...]:
        """The conflicts in which something is said of a thing."""
        said = {(s, p): None for s, p, _ in self.facts.by_subject.get(thing, ())}
        found = (iri for each in said for iri in self.conflicts.by_statement.get(each, ()))
        return tuple(dict.fromkeys(found))

    def _neighbours(self, thing: URIRef) -> tuple[tuple[Node, Node, bool], ...]:
        """Some things that it is linked to: the thing, the property, and whether it is the subject there."""
        found: dict[Node, tuple[bool, Node, bool]] = {}
        outgoing = ((s, p, o, o) for s, p, o in self.facts.by_subject.get(thing, ()) if p != RDF.type)
        inverse = ((s, p, o, s) for s, p, o in self.facts.by_value.get(thing, ()))
        for s, p, o, other in (*outgoing, *inverse):
            if other == thing or other not in self._linkable or not p.startswith(self.kg.settings.terms):
                continue
            inferred = (s, p, o) not in self.facts.stated_by
            known = found.get(other)
            if known is None or (known[0] and not inferred):
                found[other] = (inferred, p, s == thing)
        chosen = sorted(found.items(), key=lambda pair: (pair[1][0], term_key(pair[0])))[:_MOST_NEIGHBOURS]
        return tuple((other, p, out) for other, (_, p, out) in chosen)

    @cached_property
    def _linkable(self) -> frozenset[Node]:
        """The things that tell something as neighbours: no claims, no concepts of a scheme."""
        dull = {URIRef(CORD + "Claim"), SKOS.Concept}
        return frozenset(
            thing
            for thing in self.things
            if not any(p == RDF.type and o in dull for _, p, o in self.facts.by_subject[thing])
        )

    def _times(self, thing: URIRef) -> tuple[TimeRow, ...]:
        """The thing and what it is linked to, where documents date them, in order of time."""
        linked = [o for s, p, o in self.facts.by_subject.get(thing, ()) if (s, p, o) in self.facts.stated_by]
        rows = (self._time(other) for other in dict.fromkeys([thing, *linked]) if other in self._linkable)
        dated = sorted((row for row in rows if row.marks), key=lambda row: min(each[1] for each in row.marks))
        return tuple(dated[:_MOST_TIMES])

    def _time(self, thing: Node) -> TimeRow:
        dates = [
            (p, str(o))
            for _, p, o in self.facts.by_subject.get(thing, ())
            if isinstance(o, Literal) and o.datatype in _DATES and _YEAR.match(o)
        ]
        starts = [text for p, text in dates if p == SDO.startDate]
        ends = [text for p, text in dates if p == SDO.endDate]
        own = [(p, text) for p, text in dates if p.startswith(self.kg.settings.terms)]
        return TimeRow(
            thing=cast(URIRef, thing),
            marks=tuple(sorted(own, key=lambda mark: (mark[1], mark[0]))),
            start=min(starts, default=""),
            end=max(ends, default=""),
        )

    def _about(self, thing: URIRef, views: Iterable[FactView]) -> str:
        """What schema.org has words for, as JSON-LD that asks no other host for its context."""
        node: dict[str, object] = {"@context": {"@vocab": str(SDO)}, "@id": str(thing)}
        values: dict[str, list[object]] = {}
        for view in views:
            predicate, value = view.predicate, view.value
            if len(value) > LONGEST:
                continue  # as on the page itself, the twin has all of it
            if predicate == RDF.type and value.startswith(str(SDO)):
                values.setdefault("@type", []).append(value.removeprefix(str(SDO)))
            elif predicate == RDFS.label:
                values.setdefault("name", []).append(_json(value))
            elif predicate in SAME:
                values.setdefault("sameAs", []).append(_json(value))
            elif predicate.startswith(str(SDO)):
                values.setdefault(predicate.removeprefix(str(SDO)), []).append(_json(value))
        return json.dumps({**node, **values}, ensure_ascii=False, sort_keys=True)


def _answer_view(answer: Answer | CordialeError) -> AnswerView:
    if isinstance(answer, CordialeError):
        return AnswerView(failed=answer.problems[0].message)
    if answer.kind == "boolean":
        return AnswerView(truth=answer.truth, sources=answer.sources)
    if answer.kind == "graph":
        columns = ("subject", "predicate", "object")
        return AnswerView(columns=columns, rows=answer.triples, sources=answer.sources)
    return AnswerView(columns=answer.variables, rows=answer.rows, sources=answer.sources)


def _by_property(views: Iterable[FactView]) -> tuple[tuple[Node, tuple[FactView, ...]], ...]:
    found: dict[Node, list[FactView]] = {}
    for view in views:
        found.setdefault(view.predicate, []).append(view)
    return tuple((predicate, tuple(each)) for predicate, each in found.items())


def _json(term: Node) -> object:
    if isinstance(term, Literal):
        return {"@value": str(term), "@language": term.language} if term.language else str(term)
    return {"@id": str(term)}


def _iri(term: Node | None) -> URIRef | None:
    return term if isinstance(term, URIRef) else None


def _is_own(view: FactView, spaces: tuple[str, ...]) -> bool:
    """Whether a fact is stated, or inferred in the project's own words."""
    return bool(view.stated_by) or str(view.predicate).startswith(spaces)
