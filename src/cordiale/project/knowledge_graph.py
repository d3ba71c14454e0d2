"""A project's knowledge graph, opened: what a notebook or the command line works with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cordiale.closure.engine import Clash, Closure
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple
from cordiale.model.views import Policy, View
from cordiale.project.queried_graph import Engine, QueriedGraph
from cordiale.project.reasoned_graph import Choice
from cordiale.project.warm import KEPT
from cordiale.read.folder import read_project
from cordiale.read.kept import load_kept
from cordiale.read.settings import find_root

# A command must not wait for libraries that it does not need: each room beyond these is imported by the
# method that enters it.
if TYPE_CHECKING:
    from rdflib import URIRef

    from cordiale.closure.consequences import EngineName
    from cordiale.link.merges import Refused
    from cordiale.model.places import Place
    from cordiale.project.blame import Explained
    from cordiale.project.checking import CheckReport
    from cordiale.project.outlook import WithdrawalReport
    from cordiale.project.why import Why
    from cordiale.trust.conflicts import Conflict
    from cordiale.trust.shares import Share

__all__ = ["Choice", "Engine", "KnowledgeGraph", "open_project"]


def open_project(path: str | Path = ".", *, engine: EngineName = "duckdb") -> KnowledgeGraph:
    """The knowledge graph of the project that ``path`` lies in; ``engine`` reasons, when it has to.

    >>> kg = open_project("data")
    >>> kg.settings.terms
    'https://w3id.org/cordiale/ns#'

    Raises:
        NotFoundError: no ``[tool.cordiale]`` here or above.
        SourceError: files that cannot be read as they stand, all of them in one error.
        MachineError: files that the machine does not hand over.
    """
    root = find_root(Path(path))
    files = read_project(root, load_kept(root / "build" / KEPT))
    if files.unreadable:
        raise SourceError(*files.unreadable)
    return KnowledgeGraph(files, engine)


class KnowledgeGraph(QueriedGraph):
    """Sources, triples, questions and checks of one project. Nothing here writes to the disk."""

    def view(self, policy: Policy | str, *, contested: bool = False) -> KnowledgeGraph:
        """The graph as somebody sees it who believes only some sources; a name is one of the settings' views.

        With ``contested``, also what is inferred from sources alone that cannot all be right.

        >>> from cordiale.model.views import Policy
        >>> len(kg.view(Policy(min_sources=5)).ask("partners").rows)
        5

        Raises:
            NotFoundError: C654, no such view; C210, no such source.
            UsageError: C211, a name means several sources; C651, C652, the view cannot be.
        """
        from cordiale.project.outlook import named_policy

        chosen = named_policy(policy, self.settings.views) if isinstance(policy, str) else policy
        return self.seen(self.outlook(chosen), contested=contested)

    def outlook(self, policy: Policy) -> View:
        """Which sources a policy puts out.

        Raises:
            NotFoundError, UsageError: as ``view``.
        """
        from cordiale.project.outlook import selected
        from cordiale.trust.policies import view_of

        return view_of(policy, self.documents, self.resting, lambda query: selected(self, query))

    def seen(self, view: View, *, contested: bool = False) -> KnowledgeGraph:
        """The graph with just the triples that a view believes."""
        from cordiale.project.outlook import stated_in
        from cordiale.trust.belief import believed
        from cordiale.trust.beliefs import beliefs

        found = beliefs(self.supported, view, self.resting, self.closed_without, contested=contested)
        dataset = stated_in(self, view, found.shaken)
        led_to = (triple for triple in found.carried if triple not in dataset)
        clashes = tuple(
            each.clash
            for each in self.supported.clashes
            if believed([each.support], self.supported.sources, view, self.resting)
        )
        return KnowledgeGraph(
            self._files.with_dataset(dataset),
            self._reasoner_name,
            graph=dataset,
            closure=Closure(inferred=(*found.inferred, *led_to), clashes=clashes),
            stated={name: triples for name, triples in self.stated.items() if name not in view.out},
            whole=self.whole,
            out=self.out | view.out,
        )

    def find_documents(self, name: str) -> tuple[Source, ...]:
        """What a source's name, a folder, an identifier, a publisher, a tier or a SELECT query means.

        Raises:
            NotFoundError: C210, nothing is meant, with near names.
            UsageError: C211, a name means several things.
        """
        from cordiale.project.outlook import selected
        from cordiale.trust.policies import named_sources

        return named_sources(name, self.documents, lambda query: selected(self, query))

    def without(self, *names: str, answers: bool = False, checks: bool = False) -> WithdrawalReport:
        """What falls without sources, and what survives on what; which answers and checks change, if asked.

        >>> report = kg.without("edtechinnovationhub")
        >>> report.withdrawal.withdrawn
        ('edtechinnovationhub/macron-visit-partnerships',)

        Raises:
            NotFoundError, UsageError: as ``find_documents``.
        """
        from cordiale.project.outlook import withdraw

        return withdraw(self, names, answers=answers, checks=checks)

    def conflicts(self) -> tuple[Conflict, ...]:
        """The sets of sources that cannot all be right, what each side says, and the smallest withdrawals.

        >>> election = next(each for each in kg.conflicts() if "election-galap-2024" in str(each.about))
        >>> [str(value) for value in election.values]
        ['2024-06-11', '2024-06-14']
        >>> election.withdrawals
        (('universite-paris-saclay/governance',),)

        Raises:
            UsageError: C653, the engine is not duckdb.
            SourceError: C610, C612, a conflict rule is wrong; C140, C141, ``data/conflicts.toml`` is.
        """
        from cordiale.project.conflicts import find_conflicts

        return find_conflicts(self)

    def conflict_problems(self) -> tuple[Problem, ...]:
        """The conflicts that nobody has acknowledged, and what is wrong with rules and acknowledgements."""
        from cordiale.project.conflicts import conflict_problems

        try:
            return conflict_problems(self) if self.keeps_supports else ()
        except SourceError as error:
            return error.problems

    def shares(self, changed: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> tuple[Share, ...]:
        """What each source carries; ``changed`` are the answers that depend on each, where they are known.

        Raises:
            UsageError: C653, the engine is not duckdb.
        """
        from cordiale.trust.shares import shares

        stated = {name: len(triples) for name, triples in self.stated.items()}
        return shares(self.supported, self.sources, stated, changed)

    def changed_without(self, name: str) -> tuple[str, ...]:
        """The ids of the stored questions whose answers are others without a source.

        Raises:
            NotFoundError, UsageError: as ``find_documents``.
        """
        from cordiale.project.outlook import answers_without

        left = self.view(Policy(without=(name,)))
        return tuple(changed.question for changed in answers_without(self, left))

    def export_supports(self, fmt: str = "turtle") -> bytes:
        """What each inferred triple rests on, as PROV-O in a format of ``publish.formats.FORMATS``.

        Raises:
            NotFoundError: C591, no such format.
            UsageError: C653, the engine is not duckdb.
        """
        from cordiale.publish.formats import write_triples
        from cordiale.publish.support_graph import SUPPORT_PREFIXES, supports_prov

        every = dict(self.supported.with_supports(range(len(self.supported.supports)), asserted=False))
        found = {triple: every[triple] for triple in self.closure.inferred}
        chosen = {triple: (self.supported.names(each), each.truncated) for triple, each in found.items()}
        told = supports_prov(chosen, self.settings.sources)
        return write_triples(told, fmt, {**self.all_prefixes, **SUPPORT_PREFIXES})

    @cached_property
    def refused_merges(self) -> Refused:
        """Which identities, stated or inferred, cannot be (C750, C751, C752, C758), and of what things."""
        from cordiale.link.merges import refused_merges

        triples = (triple for triples in self.believed.values() for triple in triples)
        return refused_merges(
            triples,
            things=self.settings.things,
            place=self.blame,
            denied=self.denied,
            inferred=self.closure.inferred,
        )

    @property
    def denied(self) -> tuple[tuple[URIRef, URIRef, Place], ...]:
        """Which things mapping sets deny to be the same, and where; a set that is out denies nothing."""
        sets = {source.path for source in self._files.listed if source.name not in self.out}
        return tuple(denial for denial in self._files.denied if denial[2].path in sets)

    @property
    def told_clashes(self) -> tuple[Clash, ...]:
        """The clashes, but for those about things of a refused merge, which would be told again and again."""
        things = self.refused_merges.things
        return tuple(
            clash
            for clash in self.closure.clashes
            if things.isdisjoint(re.findall(r"<([^<>\s]+)>", clash.message))
        )

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
        from cordiale.project.blame import Blamer
        from cordiale.project.checking import check_project
        from cordiale.project.clashes import closure_problems
        from cordiale.project.outlook import view_problems
        from cordiale.project.stamp import faultless

        problems = [*self._read_questions[1]]
        if self.whole is self:
            problems += view_problems(self)
        if clashes:
            with suppress(SourceError):  # an axiom that cannot be followed, which is told with the clashes
                problems += self.refused_merges.problems
            clashing = closure_problems(lambda: self.told_clashes, self.blame)
            # An axiom or a rule that cannot be followed would be told of both.
            problems += dict.fromkeys((*clashing, *self.conflict_problems()))
        explain = None if triples == "asserted" or not self.keeps_supports else self._explain
        return check_project(
            self._files,
            self.questions,
            problems,
            data=self.dataset(triples),
            blame=Blamer(files=self._files, explain=explain),
            house=house,
            # What other rules than those of the last build find in them, nobody knows.
            faultless=() if house else faultless(self.root / "build", self._files),
        )

    def why(self, subject: str | Node, predicate: str | Node, value: str | Node) -> Why:
        """Why a triple holds: the places of its statements, or its proof down to such places.

        Terms are given as such or as one types them, see ``show``; a literal is typed as in Turtle.

        >>> print(kg.why("Cambridge", "cord:tiedTo", "Entente CordIAle"))  # doctest: +SKIP

        Raises:
            UnprovenError: C605, no source states it and it does not follow; with what is nearest.
            UsageError: C633, the engine is not duckdb.
            NotFoundError, UsageError: a name means nothing, or several things.
        """
        from cordiale.project import proving

        triple = proving.read_triple(self, subject, predicate, value)
        if not self.keeps_supports:
            if self.places_of(triple):
                return proving.explained(self, Proof(conclusion=triple))
            from cordiale.closure.proofs.proofs import no_proofs

            raise no_proofs()
        proof = proving.proof_under(self, triple, proving.supports_of(self, triple)[0])
        return proving.explained(self, proof, self.supports(*triple))

    def why_all(self, subject: str | Node, predicate: str | Node, value: str | Node) -> tuple[Why, ...]:
        """A proof for each minimal set of sources that suffices for a triple, those with the fewest first.

        Raises:
            CordialeError: as ``why``.
        """
        from cordiale.project import proving

        triple = proving.read_triple(self, subject, predicate, value)
        if not self.keeps_supports:
            from cordiale.closure.proofs.proofs import no_proofs

            raise no_proofs()
        found = proving.supports_of(self, triple)
        return tuple(
            proving.explained(self, proving.proof_under(self, triple, each), found, each) for each in found
        )

    def why_clash(self, clash: Clash) -> Why:
        """Why statements cannot all be true: the proof of one of ``closure.clashes``.

        Raises:
            UsageError: C633, the engine is not duckdb.
            KeyError: it is none of them.
        """
        from cordiale.project import proving

        proof = self.consequences.why_clash(clash)
        if proof is None:
            raise KeyError(clash)
        return proving.explained(self, proof)

    def _explain(self, triple: Triple) -> Explained | None:
        from cordiale.project import proving

        supports = self.supports(*triple)
        return (proving.proof_under(self, triple, supports[0]), supports) if supports else None
