"""The facts of a graph with what they rest on, as the pages of the site show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from cordiale.model.prefixes import PREFIXES
from cordiale.model.sources import Source
from cordiale.model.supports import ONE, Support
from cordiale.model.terms import Node, Triple, term_key
from cordiale.model.views import View
from cordiale.project.site.proofs import Prover
from cordiale.publish.site.views import FactView
from cordiale.publish.term_text import term_text
from cordiale.trust.belief import believed

if TYPE_CHECKING:
    from cordiale.project.knowledge_graph import KnowledgeGraph

__all__ = ["CORD", "Facts", "anchor", "at_odds", "label_first"]

CORD = PREFIXES["cord"]
_DATES = (XSD.date, XSD.gYearMonth, XSD.gYear)


class Facts:
    """All triples of one graph, by subject and by value, each with its sources."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.prover = Prover(kg)
        self.documents: Mapping[str, Source] = {source.name: source for source in kg.documents}

    @cached_property
    def stated_by(self) -> Mapping[Triple, tuple[str, ...]]:
        """The names of the sources that state each stated triple, in order."""
        found: dict[Triple, list[str]] = {}
        for name, triples in self.kg.stated.items():
            for triple in dict.fromkeys(triples):
                found.setdefault(triple, []).append(name)
        return {triple: tuple(sorted(names)) for triple, names in found.items()}

    @cached_property
    def supports(self) -> Mapping[Triple, Support]:
        """What each triple rests on, in the order of their terms; without what is inferred but contested."""
        closed = self.kg.supported
        shown = set(self.kg.closure.inferred)
        every = closed.with_supports(range(len(closed.supports)))
        return {triple: support for triple, support in every if triple in self.stated_by or triple in shown}

    @cached_property
    def by_subject(self) -> Mapping[Node, tuple[Triple, ...]]:
        """The triples of each subject."""
        return _grouped((triple[0], triple) for triple in self.supports)

    @cached_property
    def by_value(self) -> Mapping[Node, tuple[Triple, ...]]:
        """The triples that have each thing as value, types left out."""
        pairs = ((triple[2], triple) for triple in self.supports if triple[1] != RDF.type)
        return _grouped((value, triple) for value, triple in pairs if not isinstance(value, Literal))

    @cached_property
    def single_valued(self) -> frozenset[Node]:
        """The properties of which a thing has one value, whatever documents say."""
        marked = (s for s, p, o in self.stated_by if p == URIRef(CORD + "singleValued") and str(o) == "true")
        return frozenset(marked)

    def value(self, subject: Node, predicate: URIRef) -> Node | None:
        """The first value of a property of a thing, if it has any."""
        found = (o for _, p, o in self.by_subject.get(subject, ()) if p == predicate)
        return next(found, None)

    def disputed(self, triples: Sequence[Triple]) -> frozenset[Triple]:
        """Those of a thing's triples whose property takes one value, where another is at odds with theirs."""
        found: set[Triple] = set()
        for predicate in {triple[1] for triple in triples} & self.single_valued:
            alike = [triple for triple in triples if triple[1] == predicate]
            found.update(
                one
                for one in alike
                if any(at_odds(one[2], another[2]) for another in alike if another != one)
            )
        return frozenset(found)

    def views(self, triples: Iterable[Triple], disputed: frozenset[Triple]) -> tuple[FactView, ...]:
        """Facts as a page shows them, in the order given, with those that are ``disputed`` marked."""
        return tuple(self._view(triple, triple in disputed) for triple in triples)

    def _view(self, triple: Triple, disputed: bool) -> FactView:
        support = self.supports[triple]
        sets = self.kg.supported.names(support)
        sources = tuple(sorted({name for each in sets for name in each}))
        rated = [self.documents[name] for name in sources if name in self.documents]
        rated = [source for source in rated if source.reliability is not None]
        best = max(rated, key=lambda source: source.reliability or 0, default=None)
        stated_by = self.stated_by.get(triple, ())
        return FactView(
            triple=triple,
            anchor=anchor(triple),
            stated_by=stated_by,
            supports=sets,
            truncated=support.truncated,
            sources=sources,
            best=None if best is None else cast("URIRef | None", self.value(best.iri, URIRef(CORD + "tier"))),
            single=support not in self._standing,
            trusted=support.sets == ONE.sets,
            disputed=disputed,
            contested=support in self._contested,
            places=self.prover.places(triple) if stated_by else (),
            proof=None if stated_by else self.prover.view(triple),
        )

    @cached_property
    def _standing(self) -> frozenset[Support]:
        """The supports that hold whichever one source goes, with those that rest on it."""
        closed = self.kg.supported
        places = believed(closed.supports, closed.sources, View(least=2), self.kg.resting)
        return frozenset(closed.supports[place] for place in places)

    @cached_property
    def _contested(self) -> frozenset[Support]:
        return frozenset(self.kg.supported.supports[place] for place in self.kg.supported.contested)


def at_odds(one: Node, other: Node) -> bool:
    """Whether two values cannot both be the one value of a property.

    A month does not contradict a day of that month, nor a text its translation.

    >>> at_odds(Literal("2025-07", datatype=XSD.gYearMonth), Literal("2025-07-09", datatype=XSD.date))
    False
    """
    if isinstance(one, Literal) and isinstance(other, Literal):
        if one.language != other.language:
            return False
        if one.datatype in _DATES and other.datatype in _DATES:
            return not one.startswith(other) and not other.startswith(one)
    return one != other


def anchor(triple: Triple) -> str:
    """The fragment under which a fact stands on the page of its subject."""
    return f"f-{sha256(' '.join(map(term_text, triple[1:])).encode()).hexdigest()[:12]}"


def label_first(triple: Triple) -> tuple[bool, str, tuple[int, str, str, str]]:
    """A key that puts labels first, then properties by IRI."""
    return triple[1] != RDFS.label, str(triple[1]), term_key(triple[2])


def _grouped(pairs: Iterable[tuple[Node, Triple]]) -> Mapping[Node, tuple[Triple, ...]]:
    found: dict[Node, list[Triple]] = {}
    for key, triple in pairs:
        found.setdefault(key, []).append(triple)
    return {key: tuple(triples) for key, triples in found.items()}
