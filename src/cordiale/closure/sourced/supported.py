"""A closure with supports in rdflib's terms: what each triple rests on, by the names of its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from cordiale.closure.engine import Clash
from cordiale.closure.loading.coding import Encoder, term_texts, texts_of
from cordiale.closure.loading.nodes import node_of, text_of
from cordiale.closure.rulebook.faults import RuleFault
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.supports import Support
from cordiale.model.terms import Node, Triple, term_key
from cordiale.read.literals import quiet_literals

if TYPE_CHECKING:
    from cordiale.closure.rulebook.rules import Rule
    from cordiale.closure.sql.clashes import FoundClash

__all__ = [
    "RuleFault",
    "SupportedClash",
    "SupportedClosure",
    "SupportedConflict",
    "close_supported",
    "no_supports",
]


def no_supports() -> UsageError:
    """The error C653: another engine than duckdb does not tell what a triple rests on."""
    return UsageError(
        Problem(
            code="C653",
            message="what a triple rests on is known to the engine duckdb alone",
            remedy='use the engine "duckdb", which is the default',
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedClash:
    """A clash, and the sets of sources each of which suffices for it."""

    clash: Clash
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedConflict:
    """A conflict by a rule of the project's own, and the sets of sources each of which suffices for it.

    ``about`` is what the rule's premises are about: its variables that it does not compare; ``values`` are
    those that it does.
    """

    clash: Clash
    support: Support
    about: tuple[Node, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class SupportedClosure:
    """Every triple, stated or inferred, with the sources that it rests on.

    ``triples`` has the columns s, p, o, places in ``texts`` (N-Triples); support, a place in ``supports``;
    and asserted. A source in a support is a place in ``sources``, which has their names; the place 0 is that
    of all that is trusted, and in no support. ``conflicts`` are by rules of the project's own, and prove
    nothing; ``faults`` are what is wrong with such rules.
    """

    texts: pa.Array
    triples: pa.Table
    supports: tuple[Support, ...]
    clashes: tuple[SupportedClash, ...]
    sources: tuple[str, ...]
    conflicts: tuple[SupportedConflict, ...] = ()
    faults: tuple[RuleFault, ...] = ()

    def __len__(self) -> int:
        """How many triples there are, stated and inferred."""
        return int(self.triples.num_rows)

    def support_of(self, triple: Triple) -> Support | None:
        """What a triple rests on; ``None`` when it is not there."""
        places = [pc.index(self.texts, text_of(term)).as_py() for term in triple]
        if -1 in places:
            return None
        found = self.triples
        for column, place in zip("spo", places, strict=True):
            found = found.filter(pc.equal(found.column(column), place))
        return self.supports[found.column("support")[0].as_py()] if len(found) else None

    def names(self, support: Support) -> tuple[tuple[str, ...], ...]:
        """The sets of a support by the names of the sources, each in order."""
        return tuple(tuple(sorted(self.sources[source] for source in each)) for each in support)

    @cached_property
    def consistent(self) -> SupportedClosure:
        """The same, without the sets that contain two or more sources which cannot all be right.

        A set of sources that contradicts itself proves everything, and so nothing.
        """
        several = Support.of(
            (each for found in self.clashes for each in found.support if len(each) > 1), most=len(self) + 1
        )
        if not several.sets:
            return self
        at_odds = [frozenset(each) for each in several]
        return replace(
            self,
            supports=tuple(
                Support(
                    tuple(each for each in support if not any(map(frozenset(each).issuperset, at_odds))),
                    support.truncated,
                )
                for support in self.supports
            ),
        )

    @cached_property
    def contested(self) -> frozenset[int]:
        """The supports of which no set is consistent."""
        pairs = zip(self.supports, self.consistent.supports, strict=True)
        return frozenset(
            number for number, (support, left) in enumerate(pairs) if support.sets and not left.sets
        )

    @cached_property
    def truncated(self) -> frozenset[int]:
        """The supports of which not all sets are known."""
        return frozenset(number for number, support in enumerate(self.supports) if support.truncated)

    def with_supports(
        self, supports: Collection[int], *, asserted: bool | None = None
    ) -> tuple[tuple[Triple, Support], ...]:
        """The triples that have one of these supports (places in ``supports``), in the order of their terms.

        ``asserted``: only those that are stated, or only those that are not; ``None`` for both.
        """
        chosen = pc.is_in(self.triples.column("support"), value_set=pa.array(sorted(supports), pa.int32()))
        if asserted is not None:
            stated = self.triples.column("asserted")
            chosen = pc.and_(chosen, stated if asserted else pc.invert(stated))
        found = self.triples.filter(chosen)
        numbers = found.column("support").to_pylist()
        triples = zip(self._terms(found), numbers, strict=True)
        return tuple(
            (triple, self.supports[number])
            for triple, number in sorted(triples, key=lambda pair: [term_key(term) for term in pair[0]])
        )

    def items(self) -> Iterator[tuple[Triple, Support]]:
        """Every triple with its support, in no order."""
        numbers = self.triples.column("support").to_pylist()
        return zip(self._terms(self.triples), (self.supports[number] for number in numbers), strict=True)

    def inferred(self) -> tuple[Triple, ...]:
        """What is inferred and not contested, in the order of the terms."""
        every = set(range(len(self.supports))) - self.contested
        return tuple(triple for triple, _ in self.with_supports(every, asserted=False))

    def _terms(self, table: pa.Table) -> Iterator[Triple]:
        with quiet_literals():
            nodes: dict[str, Node] = {}
            for texts in texts_of(table, self.texts):
                for text in texts:
                    if text not in nodes:
                        nodes[text] = node_of(text)
                s, p, o = texts
                yield nodes[s], nodes[p], nodes[o]


def close_supported(
    stated: Mapping[str, Iterable[Triple]],
    trusted: Collection[str],
    rules: Iterable[Rule],
    conflicting: Iterable[Rule] = (),
) -> SupportedClosure:
    """The closure of what sources state, given by their names; those that are trusted support by themselves.

    ``conflicting`` are rules that say which statements cannot all be right, and lead to no other triple.
    Two closures of the same are the same, supports included.

    Raises:
        SourceError: C611, a rule makes more triples than it may; C650, a thing has too many names.
    """
    # Not above: whoever reads a closure from the last build needs no engine.
    from cordiale.closure.sourced.closing import close_sourced
    from cordiale.closure.sourced.store import TRUSTED
    from cordiale.closure.sql.materialise import Options, vocabulary_of

    chosen, own = tuple(rules), tuple(conflicting)
    names = ("", *sorted(name for name in stated if name not in trusted))
    numbers = {name: number for number, name in enumerate(names)}
    written: dict[Node, str] = {}
    told: list[tuple[str, str, str]] = []
    sources: list[int] = []
    for name in sorted(stated):
        triples = list(stated[name])
        for node in {node for triple in triples for node in triple}:
            if node not in written:
                written[node] = text_of(node)
        told += sorted((written[s], written[p], written[o]) for s, p, o in triples)
        sources += [numbers.get(name, TRUSTED)] * len(triples)
    encoder = Encoder(vocabulary_of((*chosen, *own)))
    encoder.add(term_texts(told))
    coded = encoder.coded()
    numbered_sources = pa.chunked_array([pa.array(sources, pa.int32())])
    closed = close_sourced(coded, numbered_sources, chosen, Options(), own)
    supports, numbered = _in_order(closed.supports, closed.triples)
    with quiet_literals():
        found = [SupportedClash(clash=_in_nodes(each.clash), support=each.support) for each in closed.clashes]
        conflicts = tuple(
            SupportedConflict(
                clash=_in_nodes(each.clash),
                support=each.support,
                about=tuple(map(node_of, each.about)),
                values=tuple(map(node_of, each.values)),
            )
            for each in closed.conflicts
        )
    return SupportedClosure(
        texts=closed.texts,
        triples=numbered,
        supports=supports,
        clashes=_settled(found, frozenset(triple for each in stated.values() for triple in each)),
        sources=names,
        conflicts=conflicts,
        faults=closed.faults,
    )


def _in_nodes(clash: FoundClash) -> Clash:
    triples = tuple((node_of(s), node_of(p), node_of(o)) for s, p, o in clash.premises)
    return Clash(rule=clash.rule, message=clash.message, triples=triples)


def _in_order(supports: tuple[Support, ...], triples: pa.Table) -> tuple[tuple[Support, ...], pa.Table]:
    """The supports that triples have, in an order of their own, and the triples sorted by their numbers."""
    used = pc.unique(triples.column("support")).to_pylist()
    ordered = sorted(used, key=lambda number: (supports[number].sets, supports[number].truncated))
    renumbered = pc.index_in(triples.column("support"), value_set=pa.array(ordered, pa.int32()))
    table = triples.set_column(triples.column_names.index("support"), "support", renumbered)
    keys = [(name, "ascending") for name in ("s", "p", "o")]
    return tuple(supports[number] for number in ordered), table.sort_by(keys).combine_chunks()


def _settled(found: list[SupportedClash], asserted: frozenset[Triple]) -> tuple[SupportedClash, ...]:
    """The clashes with asserted premises in the place of those that say what datatype a literal has."""
    from cordiale.closure.second_opinion.literal_clashes import settled

    supports: dict[tuple[str, str], list[Support]] = {}
    for each in found:
        supports.setdefault((each.clash.rule, each.clash.message), []).append(each.support)
    told = settled([each.clash for each in found], asserted) if found else ()
    return tuple(
        SupportedClash(clash=clash, support=Support.sum(supports[clash.rule, clash.message]))
        for clash in told
    )
