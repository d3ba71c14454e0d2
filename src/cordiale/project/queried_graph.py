"""Questions asked of a project's graph, and things looked up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias, get_args
from typing import Literal as OneOf

from cordiale.model.errors import CordialeError, SourceError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.project.reasoned_graph import Choice, ReasonedGraph, check_choice
from cordiale.project.warm import KEPT, QUADS, kept_of, load_quads, quads_bytes
from cordiale.query.oxigraph import OxigraphEngine
from cordiale.query.parameters import Value, bind
from cordiale.query.questions import Question, find_question, read_questions

if TYPE_CHECKING:
    from cordiale.project.description import Description
    from cordiale.query.annotated_triples import AnnotatedTriples
    from cordiale.query.answers import Answer
    from cordiale.query.engines import QueryEngine
    from cordiale.query.limits import Limits

__all__ = ["Engine", "QueriedGraph"]

Engine = OneOf["oxigraph", "rdflib"]
_Asked: TypeAlias = "Callable[[str, Mapping[str, Node], str, int | None], Answer]"


class QueriedGraph(ReasonedGraph):
    """A graph that answers queries and stored questions, and can be written."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The stored questions, in order of name."""
        return self._read_questions[0]

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Node] | None = None,
        *,
        engine: Engine = "oxigraph",
        triples: Choice = "both",
        path: str = "query",
        limits: Limits | None = None,
        sources: bool = False,
    ) -> Answer:
        """The answer to a SPARQL 1.1 query, over what was stated and what was inferred.

        ``bindings`` gives terms for variables of the query; ``path`` names the query in messages. Held to
        ``limits``, it is asked in a process of its own, which is killed when it takes too long. With
        ``sources``, each row tells the minimal sets of sources that it rests on.

        >>> kg.query("ASK { cord:University rdfs:subClassOf cord:Institution }").truth
        True
        >>> tied = "SELECT ?who { ?who cord:tiedTo :university-of-cambridge } ORDER BY ?who LIMIT 1"
        >>> kg.query(tied, sources=True).sources[0].sets[0]
        ('cam/maths-shadow-secretary',)

        Raises:
            QuerySyntaxError: the query is not SPARQL, updates, or reaches outside by SERVICE.
            UsageError: C592, no such engine or choice of triples; C594, too many rows.
            MachineError: C593, C595, it was killed.
        """
        check_choice("engine", engine, get_args(Engine))
        asked = self._asked(engine, triples, sources=sources)
        if limits is None:
            return asked(sparql, bindings or {}, path, None)
        from cordiale.query.limits import held_to

        return held_to(limits, lambda: asked(sparql, bindings or {}, path, limits.rows))

    def ask(
        self,
        question: str,
        given: Mapping[str, Value] | None = None,
        /,
        *,
        engine: Engine = "oxigraph",
        triples: Choice = "both",
        limits: Limits | None = None,
        sources: bool = False,
        **parameters: Value,
    ) -> Answer:
        """The answer to a stored question; parameters are terms, values, or names as one types them.

        A parameter that is called as another argument here is told in ``given``.

        >>> parts = kg.ask("parts", institution="university-of-cambridge")
        >>> parts.variables, "ai@cam" in {str(name) for part, name in parts.rows}
        (('part', 'name'), True)

        Raises:
            NotFoundError: no such question or parameter, with near names.
            UsageError: a parameter is missing or of another type.
            SourceError: there is such a question, but it cannot be read.
        """
        found, bindings = self.bound(question, {**(given or {}), **parameters})
        return self.query(
            found.text,
            bindings,
            engine=engine,
            triples=triples,
            path=found.path,
            limits=limits,
            sources=sources,
        )

    def ask_all(
        self, *, limits: Limits, sources: bool = False
    ) -> Iterator[tuple[Question, Answer | CordialeError]]:
        """Each stored question with its answer for its default or example values, or why it has none.

        All are asked in one process that is held to the limits, which is much faster than one for each.
        """
        from cordiale.query.limits import each_held_to

        if not self.questions:
            return
        asked = self._asked("oxigraph", "both", sources=sources)

        def answer(question: Question) -> Answer:
            bindings = bind(question, question.examples, self.names.expand)
            return asked(question.text, bindings, question.path, limits.rows)

        asks = [partial(answer, question) for question in self.questions]
        yield from zip(self.questions, each_held_to(limits, asks), strict=True)

    def bound(self, question: str, given: Mapping[str, Value]) -> tuple[Question, dict[str, Node]]:
        """A stored question, and the terms that stand for its variables.

        Raises:
            NotFoundError, UsageError, SourceError: as ``ask``.
        """
        found = self._find_question(question)
        return found, bind(found, given, self.names.expand)

    def show(self, name: str, *, triples: Choice = "both") -> Description:
        """What is known of the thing that a label, CURIE, slug or IRI names.

        >>> kg.show("Geraint Rees").thing
        rdflib.term.URIRef('https://w3id.org/cordiale/id/geraint-rees')
        >>> sorted(str(fact.object) for fact in kg.show("Geraint Rees", triples="asserted").types)
        ['https://w3id.org/cordiale/ns#Person']

        Raises:
            NotFoundError: nothing is called so, with near names.
            UsageError: several things are called so; C592, no such choice of triples.
        """
        from cordiale.project.description import describe_thing

        check_choice("triples", triples, get_args(Choice))
        thing = self.names.expand(name)
        iris = {source.name: source.iri for source in self._files.listed}
        asserted = {} if triples == "inferred" else {iris[name]: told for name, told in self.believed.items()}
        inferred = () if triples == "asserted" else self.closure.inferred
        description = describe_thing(thing, asserted, inferred)
        if not (description.labels or description.types or description.facts or self.names.holds(thing)):
            raise self.names.unknown(name)
        return description

    def export(self, fmt: str, *, triples: Choice = "asserted", frame: str = "") -> bytes:
        """The graph in a format, of ``publish.formats.FORMATS`` or jsonld-compacted; same graph, same bytes.

        With ``frame``, the name of one of the project's, the format is jsonld, of the things of one kind. The
        format context is the JSON-LD context alone; csv-entities and csv-roles are tables of what holds,
        inferred or not.

        Raises:
            NotFoundError: C591, C581, no such format or frame.
            CordialeError: C191 to C197, C582, the format cannot hold the graph, or the frame is none.
        """
        from cordiale.project import exporting
        from cordiale.publish.formats import write

        if frame:
            return exporting.framed(self, frame, triples)
        if fmt == "jsonld-compacted":
            return exporting.compacted(self, triples)
        if fmt == "context":
            return exporting.context_bytes(self)
        if fmt == "csv-entities":
            return exporting.entities_csv(self)
        if fmt == "csv-roles":
            return exporting.roles_csv(self)
        return write(self.dataset(triples), fmt, self.all_prefixes)

    def keep(self) -> dict[str, bytes]:
        """What a build leaves for the next command, by file name; nothing where clashes were found."""
        if self.closure.clashes or not self.keeps_supports:
            return {}
        asked = self._engine("oxigraph", "both")
        assert isinstance(asked, OxigraphEngine)
        return {
            KEPT: kept_of(self._files, self.closure_key, self.closure.inferred),
            QUADS: quads_bytes(asked.dump(), self.closure_key),
        }

    def _find_question(self, name: str) -> Question:
        """The question of that id, whose file alone is read when there is one."""
        named = [path for path in self._files.question_paths if path.stem == name]
        found, refused = read_questions(
            named,
            self.root,
            language=self.settings.languages[0],
            contents=self._files.question_contents,
        )
        if refused and not found:
            raise SourceError(*refused)
        return found[0] if found else find_question(name, self.questions)

    @cached_property
    def _read_questions(self) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
        return read_questions(
            self._files.question_paths,
            self.root,
            language=self.settings.languages[0],
            contents=self._files.question_contents,
        )

    def _asked(self, engine: Engine, triples: Choice, *, sources: bool) -> _Asked:
        """What asks some triples; all that it needs is made now, by this process."""
        chosen = self._engine(engine, triples)
        if not sources:
            return lambda sparql, given, path, most: chosen.ask(sparql, given, path=path, most=most)
        from cordiale.query.row_sources import with_sources

        annotated, names, prefixes = self._annotated(triples), self.supported.names, self.all_prefixes

        def asked(sparql: str, given: Mapping[str, Node], path: str, most: int | None) -> Answer:
            answer = chosen.ask(sparql, given, path=path, most=most)
            return with_sources(answer, sparql, annotated, names, given=given, prefixes=prefixes)

        return asked

    def _annotated(self, triples: Choice) -> AnnotatedTriples:
        if triples not in self._annotations:
            from cordiale.project.row_sources import annotated_triples

            self._annotations[triples] = annotated_triples(self, triples)
        return self._annotations[triples]

    @cached_property
    def _annotations(self) -> dict[Choice, AnnotatedTriples]:
        return {}

    @cached_property
    def _engines(self) -> dict[tuple[Engine, Choice], QueryEngine]:
        return {}

    def _engine(self, engine: Engine, triples: Choice) -> QueryEngine:
        if (engine, triples) not in self._engines:
            self._engines[engine, triples] = self._made_engine(engine, triples)
        return self._engines[engine, triples]

    def _made_engine(self, engine: Engine, triples: Choice) -> QueryEngine:
        """An engine for some triples; that of everything is made from what the last build kept for it."""
        if engine == "rdflib":
            from cordiale.query.rdflib_engine import RdflibEngine

            return RdflibEngine(self.dataset(triples), self.all_prefixes)
        if triples == "both" and self._closure is None and self.keeps_supports:
            quads = load_quads(self.root / "build" / QUADS, self.closure_key)
            if quads is not None:
                return OxigraphEngine.kept(quads, self.all_prefixes)
        return OxigraphEngine.of(self.quads(triples), self.all_prefixes)
