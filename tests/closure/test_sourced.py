"""Supports are exact: compared with a closure of every subset of the sources, by a naive evaluator."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.closure.loading.nodes import node_of
from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.model.supports import ZERO, Support
from tests.closure.naive import TextTriple, close_naively, value_text
from tests.closure.ontologies import consistent_graphs, graphs
from tests.closure.sourced_graphs import RULES, Stated, close, rows, subsets


def _value(triple: TextTriple) -> TextTriple:
    s, p, o = map(value_text, triple)
    return s, p, o


def _told(triple: TextTriple) -> bool:
    s, p, o = triple
    if s.startswith('"') or not p.startswith("<"):
        return False
    return not is_trivial((node_of(s), node_of(p), node_of(o)))


def _by_brute_force(stated: Stated) -> dict[TextTriple, list[frozenset[int]]]:
    """For each triple, the subsets of the sources from which it follows."""
    found: dict[TextTriple, list[frozenset[int]]] = {}
    for chosen in subsets(source for source in stated if source):
        triples = [triple for source in (0, *chosen) for triple in stated.get(source, ())]
        for triple in close_naively(triples, RULES)[0]:
            found.setdefault(triple, []).append(chosen)
    return found


def compare(stated: Stated) -> None:
    """Fail unless each triple holds by its support from just those subsets from which it follows."""
    everything = [triple for triples in stated.values() for triple in triples]
    if "eq-diff1" in close_naively(everything, RULES)[1]:
        return  # an equality that is a clash is not followed, on purpose
    expected = _by_brute_force(stated)
    got: dict[TextTriple, Support] = {}
    for triple, support, _ in rows(close(stated)):
        got[_value(triple)] = got.get(_value(triple), ZERO) + support
    asserted = set(map(_value, everything))
    assert {t for t in expected if t in asserted or _told(t)} == set(got)
    every = frozenset(source for source in stated if source)
    for triple, support in got.items():
        holds = [chosen for chosen in subsets(every) if support.holds(every - chosen)]
        if _told(triple):
            assert holds == expected[triple], (triple, support)
        else:  # what is trivial follows from nothing, and where it is stated it rests on who states it
            assert set(holds) <= set(expected[triple]), (triple, support)
        assert not support.truncated


def _spread(sources: int, graph: st.SearchStrategy[tuple[TextTriple, ...]]) -> st.SearchStrategy[Stated]:
    """A graph whose triples are dealt out to sources, some of them to several; 0 is trusted."""

    def deal(pair: tuple[tuple[TextTriple, ...], list[set[int]]]) -> Stated:
        triples, places = pair
        stated: dict[int, list[TextTriple]] = {source: [] for source in range(sources + 1)}
        for triple, chosen in zip(triples, places, strict=False):
            for source in sorted(chosen):
                stated[source].append(triple)
        return stated

    places = st.lists(st.sets(st.integers(0, sources), min_size=1, max_size=2), min_size=60, max_size=60)
    return st.tuples(graph, places).map(deal)


@settings(max_examples=25)
@given(_spread(3, consistent_graphs))
def test_supports_are_exact(stated: Stated) -> None:
    """Each triple follows from just the sets of sources that contain one of its sets."""
    compare(stated)


@settings(max_examples=15)
@given(_spread(3, graphs))
def test_supports_are_exact_where_there_are_clashes(stated: Stated) -> None:
    """Also where some of it clashes."""
    compare(stated)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(max_examples=8)
@given(_spread(8, consistent_graphs))
def test_supports_of_eight_sources_are_exact(stated: Stated) -> None:
    """All subsets of eight sources."""
    compare(stated)
