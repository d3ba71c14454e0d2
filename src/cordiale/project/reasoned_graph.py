"""What a project's sources state, and what follows: the part of a knowledge graph that others build on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args
from typing import Literal as OneOf

from rdflib import Dataset, Graph, URIRef

from cordiale.closure.engine import Closure
from cordiale.model.errors import UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.names import Names
from cordiale.project.warm import closure_key
from cordiale.read.acknowledged import ACKNOWLEDGED
from cordiale.read.folder import CONFLICT_RULES, ProjectFiles
from cordiale.read.near import near_remedy

# A command must not wait for libraries that it does not need: each room beyond these is imported by the
# method that enters it.
if TYPE_CHECKING:
    from cordiale.closure.consequences import Consequences, EngineName
    from cordiale.closure.engine import Engine as Reasoner
    from cordiale.closure.entailments.entailment import Entailment
    from cordiale.closure.rulebook.rules import Rule
    from cordiale.closure.sourced.supported import SupportedClosure
    from cordiale.project.stamp import BuildReport
    from cordiale.trust.resting import Resting

__all__ = ["Choice", "ReasonedGraph", "check_choice"]

Choice = OneOf["asserted", "inferred", "both"]


class ReasonedGraph:
    """Sources, their triples with what they rest on, and what follows from them."""

    def __init__(
        self,
        files: ProjectFiles,
        reasoner: EngineName,
        *,
        graph: Dataset | None = None,
        closure: Closure | None = None,
        stated: Mapping[str, tuple[Triple, ...]] | None = None,
        whole: ReasonedGraph | None = None,
        out: frozenset[str] = frozenset(),
    ) -> None:
        """``graph`` is what a view believes of what is stated, and ``closure`` of what follows.

        ``stated`` is what the sources that are in state, believed or not: supports and proofs need it.
        ``whole`` is the graph that it is a view of, without the sources that are ``out``.
        """
        self._files = files
        self._reasoner_name = reasoner
        self._graph = graph
        self._closure = closure
        self._known_stated = stated
        self.whole = self if whole is None else whole
        self.out = out

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
        return self._files.dataset if self._graph is None else self._graph

    @property
    def shapes(self) -> Graph:
        """What the files of shapes state."""
        return self._files.shapes

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that the project's files declare."""
        return self._files.prefixes

    @property
    def all_prefixes(self) -> dict[str, str]:
        """The declared prefixes, and the empty one for the project's things."""
        return {**self.prefixes, "": self.settings.things}

    @cached_property
    def names(self) -> Names:
        """The names under which its things are known."""
        return Names(lambda: self._triples, self.settings, self.prefixes)

    @cached_property
    def closure_key(self) -> str:
        """A digest of all that the closure depends on."""
        digests = {source.name: self._files.digests[source.path] for source in self._files.filed}
        return closure_key(digests, self.settings.trusted, self._files.beside.get(CONFLICT_RULES, b""))

    @cached_property
    def build_key(self) -> str | None:
        """A digest of all that a build depends on; nothing where it depends on the clock or on chance."""
        from cordiale.project.stamp import build_key

        return build_key(self._files, self._reasoner_name)

    def build_stamp(self, report: BuildReport, folder: Path) -> bytes:
        """What tells in the folder of a build, which must have a ``build_key``, what it was made of."""
        from cordiale.project.stamp import stamp_bytes

        assert self.build_key is not None
        return stamp_bytes(self.build_key, report, folder, self._files)

    @cached_property
    def closure(self) -> Closure:
        """What follows by OWL 2 RL, without what only sources at odds carry."""
        if self._closure is not None:
            return self._closure
        if not self.keeps_supports:
            return self._reasoner.close(self._triples)
        if self.closure_key in self._files.kept:  # a build with clashes keeps nothing
            return Closure(inferred=self._files.kept.triples(self.closure_key))
        clashes = tuple(found.clash for found in self.supported.clashes)
        return Closure(inferred=self.supported.inferred(), clashes=clashes)

    @property
    def keeps_supports(self) -> bool:
        """Whether the engine tells what triples rest on."""
        return self._reasoner_name == "duckdb"

    @cached_property
    def supported(self) -> SupportedClosure:
        """All triples with what they rest on: read from the last build when nothing has changed, else now.

        Raises:
            UsageError: C653, the engine is not duckdb.
            SourceError: C611, C650, there is too much of something; C610, C612, a conflict rule is wrong.
        """
        from cordiale.closure.sourced.supported import close_supported, no_supports
        from cordiale.project.closure_store import CLOSURE, load_closure

        if not self.keeps_supports:
            raise no_supports()
        is_view = self._known_stated is not None
        stored = None if is_view else load_closure(self.root / "build" / CLOSURE, self.closure_key)
        if stored is not None:
            return stored
        from cordiale.closure.rulebook.rule_parser import read_rule_set
        from cordiale.closure.sql.faults import duckdb_faults

        with duckdb_faults():
            return close_supported(self.stated, self.trusted, read_rule_set("owl2rl"), self.conflict_rules)

    @property
    def acknowledged(self) -> bytes:
        """The file of the conflicts that the project knows of; empty where there is none."""
        return self._files.beside.get(ACKNOWLEDGED, b"")

    @cached_property
    def conflict_rules(self) -> tuple[Rule, ...]:
        """The rules of ``ontology/conflicts.rules``, which say what cannot all be right.

        Raises:
            SourceError: C610, C612, with file, line and column.
        """
        from cordiale.closure.rulebook.conflict_rules import parse_conflict_rules
        from cordiale.read.text import decode

        text = decode(self._files.beside.get(CONFLICT_RULES, b""), path=CONFLICT_RULES)
        return parse_conflict_rules(text, path=CONFLICT_RULES)

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
        from cordiale.read.catalogue import catalogued

        return catalogued(self.sources, self._files.describing, self.settings)

    @cached_property
    def resting(self) -> Resting:
        """Which documents rest on which others."""
        from cordiale.trust.resting import resting

        return resting(self.documents)

    def closed_without(self, out: frozenset[str]) -> frozenset[Triple]:
        """All that holds when sources are out, by a closure of the others: slow, and always right."""
        from cordiale.closure.sql.faults import duckdb_faults

        stated = {name: triples for name, triples in self.stated.items() if name not in out}
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
        from cordiale.closure.entailments.entailment import entails

        triples = tuple(cast(Triple, triple) for triple in conclusion.triples((None, None, None)))
        return entails(self._reasoner, self._triples, triples, closure=self.closure)

    def dataset(self, triples: Choice = "both") -> Dataset:
        """The sources' named graphs, the graph of what was inferred, or all of them.

        Raises:
            UsageError: C592, no such choice.
        """
        if triples == "asserted":
            return self.graph
        chosen = Dataset(default_union=True)
        chosen.addN((s, p, o, chosen.graph(g)) for s, p, o, g in self.quads(triples))
        chosen.graph(URIRef(self.settings.inferred))  # also where nothing follows
        return chosen

    def quads(self, triples: Choice = "both") -> Iterator[tuple[Node, Node, Node, URIRef]]:
        """The same, one by one, with the IRI of the graph that each stands in.

        Raises:
            UsageError: C592, no such choice.
        """
        check_choice("triples", triples, get_args(Choice))
        if triples != "inferred":
            for subject, predicate, value, graph in self.graph.quads():
                yield cast(tuple[Node, Node, Node, URIRef], (subject, predicate, value, graph))
        if triples != "asserted":
            graph = URIRef(self.settings.inferred)
            yield from ((*triple, graph) for triple in self.closure.inferred)

    def places_of(self, triple: Triple) -> tuple[Place, ...]:
        """Where the triple stands in each file that states it."""
        return self._files.places_of(triple)

    def evidence(self, place: Place) -> Mapping[str, str]:
        """What a row of a mapping set says of itself, by SSSOM's names; nothing of any other place."""
        return self._files.evidence(place)

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each file that can be decoded, but the questions, by its path."""
        return self._files.texts

    def blame(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """The nearest place in the files to a triple, or to part of one."""
        return self._files.blame(subject, predicate, value)

    @cached_property
    def fingerprints(self) -> Mapping[str, str]:
        """The SHA-256 of each file that the graph is read from, by path."""
        return {path: sha256(data).hexdigest() for path, data in sorted(self._files.contents.items())}

    @cached_property
    def stated(self) -> Mapping[str, tuple[Triple, ...]]:
        """The triples of each source, by its name; in a view of those that are in, believed or not."""
        if self._known_stated is not None:
            return self._known_stated
        return self._files.stated

    @cached_property
    def believed(self) -> Mapping[str, tuple[Triple, ...]]:
        """The same, without what a view does not believe."""
        if self._graph is None:
            return self.stated
        # rdflib types terms more widely than what the reader puts in.
        return {
            source.name: tuple(cast(Triple, triple) for triple in self._graph.graph(source.iri))
            for source in self._files.listed
        }

    @property
    def trusted(self) -> frozenset[str]:
        """The names of the sources that are trusted."""
        return frozenset(source.name for source in self._files.listed if source.trusted)

    @cached_property
    def consequences(self) -> Consequences:
        """The closure with the rounds that proofs are made from, which no build keeps."""
        from cordiale.closure.consequences import close
        from cordiale.closure.proofs.proofs import no_proofs

        if self._reasoner_name != "duckdb":
            raise no_proofs()
        return close(sorted(self._triples, key=lambda triple: [term_key(term) for term in triple]))

    @cached_property
    def _reasoner(self) -> Reasoner:
        from cordiale.closure.consequences import engine_named

        return engine_named(self._reasoner_name)

    @cached_property
    def _triples(self) -> tuple[Triple, ...]:
        return tuple(dict.fromkeys(triple for triples in self.believed.values() for triple in triples))


def check_choice(name: str, given: str, choices: tuple[str, ...]) -> None:
    """Refuse a misspelt choice, which would otherwise pass for another and give another answer."""
    if given not in choices:
        remedy = near_remedy(given, choices, otherwise=f"the choices are {', '.join(choices)}")
        raise UsageError(Problem(code="C592", message=f'{name} cannot be "{given}"', remedy=remedy))
