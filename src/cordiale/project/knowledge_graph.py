"""A project's knowledge graph, opened: what a notebook or the command line works with."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Literal as OneOf
from typing import cast, get_args

from rdflib import Dataset, Graph, URIRef

from cordiale.closure.consequences import Consequences, EngineName, close, engine_named
from cordiale.closure.engine import Clash, Closure
from cordiale.closure.engine import Engine as Reasoner
from cordiale.closure.entailment import Entailment, entails
from cordiale.closure.faults import duckdb_faults
from cordiale.closure.proofs import no_proofs
from cordiale.closure.rule_parser import read_rule_set
from cordiale.closure.sourced.supported import SupportedClosure, close_supported, no_supports
from cordiale.model.errors import NotFoundError, SourceError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof
from cordiale.model.settings import Settings
from cordiale.model.sources import Source, source_name
from cordiale.model.terms import Node, Triple, term_key
from cordiale.model.views import Policy, View
from cordiale.project.blame import Blamer, Explained
from cordiale.project.checking import CheckReport, check_project
from cordiale.project.closure_store import CLOSURE, closure_key, load_closure
from cordiale.project.description import Description, describe_thing
from cordiale.project.names import Names
from cordiale.project.outlook import (
    WithdrawalReport,
    answers_without,
    named_policy,
    selected,
    stated_in,
    withdraw,
)
from cordiale.project.reasoning import clash_problems
from cordiale.project.why import Why, read_object, read_predicate, read_subject, unproven
from cordiale.publish.formats import write
from cordiale.publish.support_graph import supports_prov
from cordiale.query.answers import Answer
from cordiale.query.engines import OxigraphEngine, QueryEngine, RdflibEngine
from cordiale.query.parameters import Value, bind
from cordiale.query.questions import Question, find_question, read_questions
from cordiale.read.catalogue import catalogued
from cordiale.read.folder import ProjectFiles, read_project
from cordiale.read.near import near_remedy
from cordiale.read.settings import find_root
from cordiale.trust.belief import believed
from cordiale.trust.beliefs import beliefs
from cordiale.trust.policies import named_sources, view_of
from cordiale.trust.resting import Resting, resting
from cordiale.trust.shares import Share, shares
from cordiale.trust.slices import slice_for

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

    def __init__(
        self,
        files: ProjectFiles,
        reasoner: Reasoner,
        *,
        closure: Closure | None = None,
        stated: Mapping[str, tuple[Triple, ...]] | None = None,
    ) -> None:
        """``closure`` is what follows, where that is known; ``stated`` what a view reads, believed or not."""
        self._files = files
        self._reasoner = reasoner
        self._closure = closure
        self._known_stated = stated
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
        return closure_key(self._stated, self._trusted)

    @cached_property
    def closure(self) -> Closure:
        """What follows by OWL 2 RL, without what only sources at odds carry."""
        if self._closure is not None:
            return self._closure
        if not self.keeps_supports:
            return self._reasoner.close(self._triples)
        clashes = tuple(found.clash for found in self.supported.clashes)
        return Closure(inferred=self.supported.inferred(), clashes=clashes)

    @property
    def keeps_supports(self) -> bool:
        """Whether the engine tells what triples rest on."""
        return self._reasoner.name == "duckdb"

    @cached_property
    def supported(self) -> SupportedClosure:
        """All triples with what they rest on: read from the last build when nothing has changed, else now.

        Raises:
            UsageError: C653, the engine is not duckdb.
            SourceError: C611, C650, there is too much of something.
        """
        if not self.keeps_supports:
            raise no_supports()
        stored = load_closure(self.root / "build" / CLOSURE, self.closure_key)
        if stored is not None:
            return stored
        with duckdb_faults():
            return close_supported(self._stated, self._trusted, read_rule_set("owl2rl"))

    def supports(self, subject: Node, predicate: Node, value: Node) -> tuple[tuple[str, ...], ...]:
        """The minimal sets of sources that a triple rests on; none when it is not there.

        What needs no source, being trusted, rests on the empty set.

        >>> from rdflib import RDFS
        >>> p4 = kg.names.expand("P4")
        >>> kg.supports(p4, RDFS.subClassOf, p4)
        ()

        Raises:
            UsageError: C653, the engine is not duckdb.
        """
        support = self.supported.support_of((subject, predicate, value))
        return () if support is None else self.supported.names(support)

    def is_truncated(self, subject: Node, predicate: Node, value: Node) -> bool:
        """Whether a triple may rest on more sets of sources than are kept and ``supports`` tells."""
        support = self.supported.support_of((subject, predicate, value))
        return support is not None and support.truncated

    @cached_property
    def documents(self) -> tuple[Source, ...]:
        """The sources, and those that only the catalogue knows because others rest on them."""
        return catalogued(self.sources, self.graph, self.settings)

    @cached_property
    def resting(self) -> Resting:
        """Which documents rest on which others."""
        return resting(self.documents)

    def find_documents(self, name: str) -> tuple[Source, ...]:
        """What a source's name, a folder, an identifier, a publisher, a tier or a SELECT query means.

        Raises:
            NotFoundError: C210, nothing is meant, with near names.
            UsageError: C211, a name means several things.
        """
        return named_sources(name, self.documents, lambda query: selected(self, query))

    def view(self, policy: Policy | str, *, contested: bool = False) -> "KnowledgeGraph":
        """The graph as somebody sees it who believes only some sources; a name is one of the settings' views.

        With ``contested``, also what is inferred from sources alone that cannot all be right.

        >>> kg.view(Policy(without=("edtechinnovationhub",))).ask("single-sourced-claims").rows[:0]
        ()

        Raises:
            NotFoundError: C654, no such view; C210, no such source.
            UsageError: C211, a name means several sources; C651, C652, the view cannot be.
        """
        chosen = named_policy(policy, self.settings.views) if isinstance(policy, str) else policy
        return self.seen(self.outlook(chosen), contested=contested)

    def outlook(self, policy: Policy) -> View:
        """Which sources a policy puts out.

        Raises:
            NotFoundError, UsageError: as ``view``.
        """
        return view_of(policy, self.documents, self.resting, lambda query: selected(self, query))

    def seen(self, view: View, *, contested: bool = False) -> "KnowledgeGraph":
        """The graph with just the triples that a view believes."""
        found = beliefs(self.supported, view, self.resting, self.closed_without, contested=contested)
        dataset = stated_in(self, view, found.shaken)
        led_to = (triple for triple in found.carried if triple not in dataset)
        clashes = tuple(
            each.clash
            for each in self.supported.clashes
            if believed([each.support], self.supported.sources, view, self.resting)
        )
        return KnowledgeGraph(
            replace(self._files, dataset=dataset),
            self._reasoner,
            closure=Closure(inferred=(*found.inferred, *led_to), clashes=clashes),
            stated={name: triples for name, triples in self._stated.items() if name not in view.out},
        )

    def without(self, *names: str, answers: bool = False, checks: bool = False) -> WithdrawalReport:
        """What falls without sources, and what survives on what; which answers and checks change, if asked.

        >>> report = kg.without("edtechinnovationhub")
        >>> report.withdrawal.withdrawn
        ('edtechinnovationhub/2025-07-14',)

        Raises:
            NotFoundError, UsageError: as ``find_documents``.
        """
        return withdraw(self, names, answers=answers, checks=checks)

    def shares(self, changed: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> tuple[Share, ...]:
        """What each source carries; ``changed`` are the answers that depend on each, where they are known.

        Raises:
            UsageError: C653, the engine is not duckdb.
        """
        stated = {name: len(triples) for name, triples in self._stated.items()}
        return shares(self.supported, self.sources, stated, changed)

    def changed_without(self, name: str) -> tuple[str, ...]:
        """The ids of the stored questions whose answers are others without a source.

        Raises:
            NotFoundError, UsageError: as ``find_documents``.
        """
        left = self.view(Policy(without=(name,)))
        return tuple(changed.question for changed in answers_without(self, left))

    def export_supports(self) -> bytes:
        """What each inferred triple rests on, as PROV-O in Turtle.

        Raises:
            UsageError: C653, the engine is not duckdb.
        """
        every = dict(self.supported.with_supports(range(len(self.supported.supports)), asserted=False))
        found = {triple: every[triple] for triple in self.closure.inferred}
        chosen = {triple: (self.supported.names(each), each.truncated) for triple, each in found.items()}
        return supports_prov(chosen, self.settings.sources, self.all_prefixes)

    def closed_without(self, out: frozenset[str]) -> frozenset[Triple]:
        """All that holds when sources are out, by a closure of the others: slow, and always right."""
        stated = {name: triples for name, triples in self._stated.items() if name not in out}
        triples = frozenset(triple for each in stated.values() for triple in each)
        with duckdb_faults():
            return triples.union(self._reasoner.close(triples).inferred)

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
            problems += clash_problems(self.closure.clashes, self.blame)
        explain = None if triples == "asserted" or not self.keeps_supports else self._explain
        return check_project(
            self._files,
            self.questions,
            problems,
            data=self.dataset(triples),
            blame=Blamer(files=self._files, explain=explain),
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
        triple = self._read_triple(subject, predicate, value)
        if not self.keeps_supports:
            if self._files.places_of(triple):
                return self._explained(Proof(conclusion=triple))
            raise no_proofs()
        proof = self._proof_under(triple, self._supports_of(triple)[0])
        return self._explained(proof, self.supports(*triple))

    def why_all(self, subject: str | Node, predicate: str | Node, value: str | Node) -> tuple[Why, ...]:
        """A proof for each minimal set of sources that suffices for a triple, those with the fewest first.

        Raises:
            CordialeError: as ``why``.
        """
        triple = self._read_triple(subject, predicate, value)
        if not self.keeps_supports:
            raise no_proofs()
        found = self._supports_of(triple)
        return tuple(self._explained(self._proof_under(triple, each), found, each) for each in found)

    def _read_triple(self, subject: str | Node, predicate: str | Node, value: str | Node) -> Triple:
        triple: Triple = (
            read_subject(subject, self.names, self.all_prefixes)
            if type(subject) is str
            else cast(Node, subject),
            read_predicate(predicate, self.names, self.all_prefixes)
            if type(predicate) is str
            else cast(Node, predicate),
            read_object(value, self.names, self.all_prefixes) if type(value) is str else cast(Node, value),
        )
        return triple

    def _supports_of(self, triple: Triple) -> tuple[tuple[str, ...], ...]:
        supports = self.supports(*triple)
        if supports or not self.keeps_supports:
            return supports
        # What is too trivial to be kept in a closure has a proof all the same, by an axiom of the rules.
        proof = self._consequences.why(*triple)
        if proof is not None:
            return ((),)
        misses = self._consequences.why_not(*triple)
        raise unproven(triple, self.graph, iter(self.closure.inferred), self.names, misses)

    def _proof_under(self, triple: Triple, support: tuple[str, ...]) -> Proof:
        """The proof of a triple from what some sources state, and what is trusted."""
        believed = {name: triples for name, triples in self._stated.items() if name in support}
        trusted = [each for name in self._trusted for each in self._stated[name]]
        stated = [each for triples in believed.values() for each in triples]
        if triple in stated or triple in trusted:
            return Proof(conclusion=triple)
        part = sorted(slice_for(triple, stated, trusted), key=lambda one: [term_key(term) for term in one])
        proof = close(part).why(*triple) or close([*stated, *trusted]).why(*triple)
        if proof is None:  # trivial, or of names that only the whole graph has
            proof = self._consequences.why(*triple)
        if proof is None:
            raise unproven(triple, self.graph, iter(self.closure.inferred), self.names)
        return proof

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

    def _explain(self, triple: Triple) -> Explained | None:
        supports = self.supports(*triple)
        return (self._proof_under(triple, supports[0]), supports) if supports else None

    def _explained(
        self, proof: Proof, supports: tuple[tuple[str, ...], ...] = (), support: tuple[str, ...] | None = None
    ) -> Why:
        """The proof with its places; with a support, only those in its sources and in what is trusted."""
        within = None if support is None else {*support, *self._trusted}
        places = {
            triple: tuple(
                place
                for place in self._files.places_of(triple)
                if within is None or source_name(place.path) in within
            )
            for triple in proof.asserted
        }
        return Why(
            proof=proof,
            places=places,
            supports=supports,
            truncated=bool(supports) and self.is_truncated(*cast(Triple, proof.conclusion)),
            support=support,
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
    def _trusted(self) -> frozenset[str]:
        return frozenset(source.name for source in self.sources if source.trusted)

    @property
    def _stated(self) -> Mapping[str, tuple[Triple, ...]]:
        """What each source states; in a view also what too few of them do: supports and proofs need it."""
        return self._known_stated or {
            source.name: tuple(cast(Triple, triple) for triple in self.graph.graph(source.iri))
            for source in self.sources
        }

    @property
    def _triples(self) -> tuple[Triple, ...]:
        # rdflib types terms more widely than what the reader puts in.
        return tuple(cast(Triple, triple) for triple in self.graph.triples((None, None, None)))


def _check_choice(name: str, given: str, choices: tuple[str, ...]) -> None:
    """Refuse a misspelt choice, which would otherwise pass for another and give another answer."""
    if given not in choices:
        remedy = near_remedy(given, choices, otherwise=f"the choices are {', '.join(choices)}")
        raise UsageError(Problem(code="C592", message=f'{name} cannot be "{given}"', remedy=remedy))
