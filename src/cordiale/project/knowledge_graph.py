"""A project's knowledge graph, opened: what a notebook or the command line works with."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePath
from typing import Literal as OneOf
from typing import cast, get_args

from rdflib import Dataset, Graph, URIRef

from cordiale.closure.consequences import Consequences, EngineName, close, engine_named
from cordiale.closure.engine import Clash, Closure
from cordiale.closure.engine import Engine as Reasoner
from cordiale.closure.entailment import Entailment, entails
from cordiale.closure.faults import duckdb_faults
from cordiale.closure.proofs import no_proofs
from cordiale.model.errors import NotFoundError, SourceError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof
from cordiale.model.settings import Settings
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.blame import Blamer
from cordiale.project.checking import CheckReport, check_project
from cordiale.project.closure_store import CLOSURE, closure_key, load_closure
from cordiale.project.description import Description, describe_thing
from cordiale.project.names import Names
from cordiale.project.reasoning import closure_problems
from cordiale.project.why import Why, read_object, read_predicate, read_subject, unproven
from cordiale.publish.formats import write
from cordiale.query.answers import Answer
from cordiale.query.engines import OxigraphEngine, QueryEngine, RdflibEngine
from cordiale.query.parameters import Value, bind
from cordiale.query.questions import Question, find_question, read_questions
from cordiale.read.folder import ProjectFiles, read_project
from cordiale.read.near import near_remedy
from cordiale.read.settings import find_root

__all__ = ["Choice", "Engine", "KnowledgeGraph", "open_project"]

Choice = OneOf["asserted", "inferred", "both"]
Engine = OneOf["oxigraph", "rdflib"]


def open_project(path: str | Path = ".", *, engine: EngineName = "duckdb") -> "KnowledgeGraph":
    """The knowledge graph of the project that ``path`` lies in; ``engine`` reasons, when it has to.

    >>> kg = open_project("data")
    >>> kg.settings.terms
    'https://w3id.org/cordiale/ns#'

    Raises:
        NotFoundError: no ``[tool.cordiale]`` here or above.
        SourceError: files that cannot be read as they stand, all of them in one error.
        MachineError: files that the machine does not hand over.
    """
    files = read_project(find_root(Path(path)))
    if files.unreadable:
        raise SourceError(*files.unreadable)
    return KnowledgeGraph(files, engine_named(engine))


class KnowledgeGraph:
    """Sources, triples, questions and checks of one project. Nothing here writes to the disk."""

    def __init__(self, files: ProjectFiles, reasoner: Reasoner) -> None:
        self._files = files
        self._reasoner = reasoner
        self._questions, self._question_problems = read_questions(files.question_paths, files.root)
        self._engines: dict[tuple[Engine, Choice], QueryEngine] = {}

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._files.root

    @property
    def settings(self) -> Settings:
        """What ``[tool.cordiale]`` says."""
        return self._files.settings

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file as a source, with what the catalogue says of it, in order of name."""
        return self._files.sources

    @property
    def graph(self) -> Dataset:
        """What the sources state: one named graph a source, the default graph their union."""
        return self._files.dataset

    @property
    def questions(self) -> tuple[Question, ...]:
        """The stored questions, in order of name."""
        return self._questions

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that the project's files declare."""
        return self._files.prefixes

    @cached_property
    def names(self) -> Names:
        """The names under which its things are known."""
        return Names(self.graph, self.settings, self.prefixes)

    @cached_property
    def closure_key(self) -> str:
        """A digest of all that the closure depends on."""
        return closure_key(self._triples, self._reasoner.name)

    @cached_property
    def closure(self) -> Closure:
        """What follows by OWL 2 RL: read from the last build when nothing has changed, else reasoned now."""
        stored = load_closure(self.root / "build" / CLOSURE, self.closure_key)
        if stored is not None:
            return stored
        with duckdb_faults():
            return self._reasoner.close(self._triples)

    def entails(self, conclusion: Graph) -> Entailment:
        """Whether another graph follows from what the sources state: by the rules, or by refutation.

        >>> from rdflib import RDFS, Graph
        >>> wanted = Graph()
        >>> school, institution = map(kg.names.expand, ("cord:School", "cord:Institution"))
        >>> _ = wanted.add((school, RDFS.subClassOf, institution))
        >>> kg.entails(wanted).is_entailed
        True
        """
        triples = tuple(cast(Triple, triple) for triple in conclusion.triples((None, None, None)))
        return entails(self._reasoner, self._triples, triples, closure=self.closure)

    def dataset(self, triples: Choice = "both") -> Dataset:
        """The sources' named graphs, the graph of what was inferred, or all of them.

        Raises:
            UsageError: C592, no such choice.
        """
        _check_choice("triples", triples, get_args(Choice))
        if triples == "asserted":
            return self.graph
        chosen = Dataset(default_union=True)
        if triples == "both":
            chosen.addN((s, p, o, chosen.graph(g)) for s, p, o, g in self.graph.quads())
        inferred = chosen.graph(URIRef(self.settings.inferred))
        inferred.addN((s, p, o, inferred) for s, p, o in self.closure.inferred)
        return chosen

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Node] | None = None,
        *,
        engine: Engine = "oxigraph",
        triples: Choice = "both",
        path: str = "query",
    ) -> Answer:
        """The answer to a SPARQL 1.1 query, over what was stated and what was inferred.

        ``bindings`` gives terms for variables of the query; ``path`` names the query in messages.

        >>> kg.query("ASK { cord:University rdfs:subClassOf cord:Institution }").truth
        True

        Raises:
            QuerySyntaxError: the query is not SPARQL, updates, or reaches outside by SERVICE.
            UsageError: C592, no such engine or choice of triples.
        """
        _check_choice("engine", engine, get_args(Engine))
        if (engine, triples) not in self._engines:
            make = OxigraphEngine if engine == "oxigraph" else RdflibEngine
            self._engines[engine, triples] = make(self.dataset(triples), self.all_prefixes)
        return self._engines[engine, triples].ask(sparql, bindings or {}, path=path)

    def ask(
        self,
        question: str,
        given: Mapping[str, Value] | None = None,
        /,
        *,
        engine: Engine = "oxigraph",
        triples: Choice = "both",
        **parameters: Value,
    ) -> Answer:
        """The answer to a stored question; parameters are terms, values, or names as one types them.

        A parameter that is called ``engine`` or ``triples`` is told in ``given``.

        >>> parts = kg.ask("parts", institution="university-of-cambridge")
        >>> parts.variables, "ai@cam" in {str(name) for part, name in parts.rows}
        (('part', 'name'), True)

        Raises:
            NotFoundError: no such question or parameter, with near names.
            UsageError: a parameter is missing or of another type.
            SourceError: there is such a question, but it cannot be read.
        """
        found = self._find_question(question)
        bindings = bind(found, {**(given or {}), **parameters}, self.names.expand)
        return self.query(found.text, bindings, engine=engine, triples=triples, path=found.path)

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong, the graver first: catalogue, shapes, house rules, questions, clashes.

        >>> kg.check()
        ()
        """
        return self.check_report().problems

    def check_report(
        self, *, triples: Choice = "asserted", clashes: bool = True, house: Iterable[str] = ()
    ) -> CheckReport:
        """The same, with what is waived; ``house`` are codes of house rules besides those of the settings.

        The shapes are held against what is stated, or with ``triples="both"`` against what follows too.

        Raises:
            UsageError: C592, no such choice of triples; C633, the engine is not duckdb and cannot prove any.
        """
        problems = [*self._question_problems]
        if clashes:
            problems += closure_problems(lambda: self.closure, self.blame)
        prove = None if triples == "asserted" else self._prove
        return check_project(
            self._files,
            self.questions,
            problems,
            data=self.dataset(triples),
            blame=Blamer(files=self._files, prove=prove),
            house=house,
        )

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
        _check_choice("triples", triples, get_args(Choice))
        thing = self.names.expand(name)
        inferred = Graph()
        if triples != "asserted":
            inferred.addN((s, p, o, inferred) for s, p, o in self.closure.inferred if s == thing)
        asserted = self.graph if triples != "inferred" else Dataset(default_union=True)
        description = describe_thing(thing, asserted, inferred)
        if not (description.labels or description.types or description.facts or self.names.holds(thing)):
            raise self.names.unknown(name)
        return description

    def why(self, subject: str | Node, predicate: str | Node, value: str | Node) -> Why:
        """Why a triple holds: the places of its statements, or its proof down to such places.

        Terms are given as such or as one types them, see ``show``; a literal is typed as in Turtle.

        >>> print(kg.why("Cambridge", "cord:tiedTo", "Entente CordIAle"))  # doctest: +SKIP

        Raises:
            UnprovenError: C605, no source states it and it does not follow; with what is nearest.
            UsageError: C633, the engine is not duckdb.
            NotFoundError, UsageError: a name means nothing, or several things.
        """
        triple: Triple = (
            read_subject(subject, self.names, self.all_prefixes)
            if type(subject) is str
            else cast(Node, subject),
            read_predicate(predicate, self.names, self.all_prefixes)
            if type(predicate) is str
            else cast(Node, predicate),
            read_object(value, self.names, self.all_prefixes) if type(value) is str else cast(Node, value),
        )
        if self._files.places_of(triple):
            return self._explained(Proof(conclusion=triple))
        proof = self._consequences.why(*triple)
        if proof is None:
            raise unproven(triple, self.graph, iter(self.closure.inferred), self.names)
        return self._explained(proof)

    def why_clash(self, clash: Clash) -> Why:
        """Why statements cannot all be true: the proof of one of ``closure.clashes``.

        Raises:
            UsageError: C633, the engine is not duckdb.
            KeyError: it is none of them.
        """
        proof = self._consequences.why_clash(clash)
        if proof is None:
            raise KeyError(clash)
        return self._explained(proof)

    def _prove(self, triple: Triple) -> Proof | None:
        return self._consequences.why(*triple)

    def _explained(self, proof: Proof) -> Why:
        places = {triple: self._files.places_of(triple) for triple in proof.asserted}
        return Why(
            proof=proof,
            places=places,
            _names=self.names,
            _settings=self.settings,
            _prefixes=self.all_prefixes,
        )

    @cached_property
    def _consequences(self) -> Consequences:
        """The closure with the rounds that proofs are made from, which no build keeps."""
        if self._reasoner.name != "duckdb":
            raise no_proofs()
        return close(sorted(self._triples, key=lambda triple: [term_key(term) for term in triple]))

    def export(self, fmt: str, *, triples: Choice = "asserted") -> bytes:
        """The graph in a format: turtle, trig, ntriples, nquads, jsonld or rdfxml; same graph, same bytes."""
        return write(self.dataset(triples), fmt, self.all_prefixes)

    @property
    def all_prefixes(self) -> dict[str, str]:
        """The declared prefixes, and the empty one for the project's things."""
        return {**self.prefixes, "": self.settings.things}

    def blame(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """The nearest place in the files to a triple, or to part of one."""
        return self._files.blame(subject, predicate, value)

    def _find_question(self, name: str) -> Question:
        try:
            return find_question(name, self.questions)
        except NotFoundError as error:
            refused = [p for p in self._question_problems if p.place and PurePath(p.place.path).stem == name]
            if refused:
                raise SourceError(*refused) from error
            raise

    @property
    def _triples(self) -> tuple[Triple, ...]:
        # rdflib types terms more widely than what the reader puts in.
        return tuple(cast(Triple, triple) for triple in self.graph.triples((None, None, None)))


def _check_choice(name: str, given: str, choices: tuple[str, ...]) -> None:
    """Refuse a misspelt choice, which would otherwise pass for another and give another answer."""
    if given not in choices:
        remedy = near_remedy(given, choices, otherwise=f"the choices are {', '.join(choices)}")
        raise UsageError(Problem(code="C592", message=f'{name} cannot be "{given}"', remedy=remedy))
