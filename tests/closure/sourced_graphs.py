"""Graphs of several sources for the tests of supports, and their closures by brute force."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from cordiale.closure.loading.coding import Encoder, term_texts
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.closing import SourcedGraph, close_sourced
from cordiale.closure.sql.materialise import vocabulary_of
from cordiale.model.supports import Support
from tests.closure.naive import TextTriple

__all__ = ["RULES", "Stated", "close", "rows", "subsets"]

RULES = read_rule_set("owl2rl")

Stated: TypeAlias = Mapping[int, Collection[TextTriple]]  # what each source states; 0 is trusted


def close(stated: Stated) -> SourcedGraph:
    """The closure with supports."""
    encoder = Encoder(vocabulary_of(RULES))
    told = [(source, triple) for source, triples in stated.items() for triple in triples]
    encoder.add(term_texts(triple for _, triple in told))
    sources = pa.chunked_array([pa.array([source for source, _ in told], pa.int32())])
    return close_sourced(encoder.coded(), sources, RULES)


def rows(graph: SourcedGraph) -> Iterator[tuple[TextTriple, Support, bool]]:
    """The triples as texts, with their supports, and whether they are asserted."""
    columns = [pc.take(graph.texts, graph.triples.column(name)).to_pylist() for name in "spo"]
    supports = graph.triples.column("support").to_pylist()
    asserted = graph.triples.column("asserted").to_pylist()
    for s, p, o, support, is_asserted in zip(*columns, supports, asserted, strict=True):
        yield (s, p, o), graph.supports[support], is_asserted


def subsets(sources: Iterable[int]) -> Iterator[frozenset[int]]:
    """All sets of the sources, the smaller ones first."""
    every = sorted(sources)
    for size in range(len(every) + 1):
        yield from map(frozenset, combinations(every, size))
