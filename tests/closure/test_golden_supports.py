"""The cases of tests/golden/supports hold: by the closure, and by trying all subsets of the sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from cordiale.closure.loading.loading import load_apart
from cordiale.closure.sourced.closing import SourcedGraph, close_sourced
from cordiale.closure.sql.materialise import vocabulary_of
from cordiale.model.supports import MOST_SETS, Support
from tests.closure.naive import SAME, TYPE, TextTriple, close_naively, value_text
from tests.closure.sourced_graphs import RULES, rows, subsets

_ROOT = Path(__file__).parents[1] / "golden" / "supports"
_CASES = tuple(sorted(path.parent.name for path in _ROOT.glob("*/expected.tsv")))
_OWN = "<http://example.org/"
_PREFIXES = "".join(
    f"@prefix {prefix}: <{space}> .\n"
    for prefix, space in {
        "": "http://example.org/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
# Why the subsets of a case's sources are not all tried.
_NOT_TRIED = {
    "cap": "2 to the 18th subsets",
    "denied-equality": "the naive evaluator follows an equality that is a clash",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What a folder expects: of each triple its sets of sources, or how many of how many are listed."""

    supports: Mapping[TextTriple, frozenset[frozenset[str]]]
    truncated: Mapping[TextTriple, tuple[int, int]]
    contested: frozenset[TextTriple]
    clashes: frozenset[frozenset[str]]
    stated: Mapping[str, tuple[TextTriple, ...]]  # by each source; by "trusted" as well


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if not line.startswith("#"):
            yield line.split("\t")


def _sources(text: str) -> frozenset[str]:
    return frozenset() if text == "-" else frozenset(text.split())


def _texts(turtle: str) -> tuple[TextTriple, ...]:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return tuple((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


@cache
def _case(name: str) -> _Case:
    supports, truncated, contested = {}, {}, set()
    for triple, sets, *marks in _lines(_ROOT / name / "expected.tsv"):
        (text,) = _texts(f"{_PREFIXES}{triple} .")
        if " of " in sets:
            kept, every = map(int, sets.split(" of "))
            truncated[text] = kept, every
        else:
            supports[text] = frozenset(map(_sources, sets.split(" | ")))
        if marks:
            assert marks == ["contested"]
            contested.add(text)
    return _Case(
        supports=supports,
        truncated=truncated,
        contested=frozenset(contested),
        clashes=frozenset(_sources(sets) for (sets,) in _lines(_ROOT / name / "clashes.tsv")),
        stated={
            path.stem: _apart(_texts(path.read_text(encoding="utf-8")), path.stem)
            for path in sorted((_ROOT / name).glob("*.ttl"))
        },
    )


def _apart(triples: tuple[TextTriple, ...], name: str) -> tuple[TextTriple, ...]:
    """The triples with blank nodes that no other file has."""
    return tuple(
        tuple(term.replace("_:", f"_:{name}") if term.startswith("_:") else term for term in triple)  # type: ignore[misc]
        for triple in triples
    )


def _counts(triple: TextTriple) -> bool:
    """Whether a triple is one of those that are compared."""
    s, p, o = triple
    if not s.startswith(_OWN):
        return False
    return (
        (p.startswith(_OWN) and not o.startswith("_:"))
        or (p == TYPE and o.startswith(_OWN))
        or (p == SAME and o.startswith(_OWN) and s != o)
    )


def _value(triple: TextTriple) -> TextTriple:
    s, p, o = triple
    return s, p, value_text(o)


def _compared(case: _Case, triple: TextTriple) -> TextTriple:
    """A triple as it is compared: as it is written when a source states it, else by its value."""
    return triple if any(triple in triples for triples in case.stated.values()) else _value(triple)


def _least(sets: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    every = set(sets)
    return frozenset(one for one in every if not any(other < one for other in every))


@cache
def _closed(name: str) -> tuple[SourcedGraph, tuple[str, ...]]:
    """The closure of a case, and its sources by number: the trusted base is the first."""
    paths = sorted((_ROOT / name).glob("*.ttl"), key=lambda path: (path.stem != "trusted", path.stem))
    assert paths[0].stem == "trusted"
    coded, sources = load_apart(paths, vocabulary_of(RULES))
    return close_sourced(coded, sources, RULES), tuple(path.stem for path in paths)


def _named(support: Support, names: tuple[str, ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(names[number] for number in sources) for sources in support)


@cache
def _by_brute_force(
    name: str,
) -> tuple[dict[TextTriple, frozenset[frozenset[str]]], frozenset[frozenset[str]]]:
    """The minimal subsets of the sources from which each triple follows, and those that clash."""
    stated = _case(name).stated
    names = sorted(stated.keys() - {"trusted"})
    found: dict[TextTriple, list[frozenset[str]]] = {}
    clashing: list[frozenset[str]] = []
    for numbers in subsets(range(len(names))):
        chosen = frozenset(names[number] for number in numbers)
        triples, clashes = close_naively(
            [triple for source in ("trusted", *chosen) for triple in stated[source]], RULES
        )
        if clashes and not any(known <= chosen for known in clashing):
            clashing.append(chosen)
        for triple in filter(_counts, triples):
            least = found.setdefault(triple, [])
            if not any(known <= chosen for known in least):
                least.append(chosen)
    return {triple: frozenset(least) for triple, least in found.items()}, frozenset(clashing)


def test_cases_are_found() -> None:
    """The folders are there, and each has a trusted base and expects something."""
    assert len(_CASES) >= 26
    for name in _CASES:
        assert "trusted" in _case(name).stated
        assert _case(name).supports


@pytest.mark.parametrize("name", _CASES)
def test_closure_gives_the_expected_supports(name: str) -> None:
    """The triples that count are those expected, and each has just the expected sets."""
    case, (graph, names) = _case(name), _closed(name)
    got: dict[TextTriple, Support] = {}
    stated = {_value(triple) for triples in case.stated.values() for triple in triples}
    for triple, support, asserted in filter(lambda row: _counts(row[0]), rows(graph)):
        if not asserted and _value(triple) in stated:
            continue  # a stated triple with another form of its literal
        assert got.setdefault(_compared(case, triple), support) == support, triple
    expected = {_compared(case, triple): sets for triple, sets in case.supports.items()}
    assert expected == {
        triple: _named(support, names) for triple, support in got.items() if not support.truncated
    }
    assert {_compared(case, triple): kept for triple, (kept, _) in case.truncated.items()} == {
        triple: len(support) for triple, support in got.items() if support.truncated
    }
    assert case.clashes == _named(Support.sum(each.support for each in graph.clashes), names)


@pytest.mark.parametrize("name", _CASES)
def test_closure_keeps_what_is_stated_as_it_is_written(name: str) -> None:
    """Each stated triple is there with the form of its literal, and is marked as asserted."""
    stated = {triple for triples in _case(name).stated.values() for triple in triples}
    marked = {triple for triple, _, asserted in rows(_closed(name)[0]) if asserted}
    assert set(filter(_counts, stated)) == set(filter(_counts, marked))


@pytest.mark.parametrize("name", sorted(set(_CASES) - set(_NOT_TRIED)))
def test_expected_supports_are_those_of_all_subsets(name: str) -> None:
    """What was worked out by hand is what comes out when every subset of the sources is closed."""
    case = _case(name)
    found, clashing = _by_brute_force(name)
    by_value: dict[TextTriple, frozenset[frozenset[str]]] = {}
    for triple, sets in case.supports.items():
        by_value[_value(triple)] = _least((*by_value.get(_value(triple), ()), *sets))
    assert by_value == found
    assert case.clashes == clashing


@pytest.mark.parametrize("name", _CASES)
def test_contested_is_what_takes_a_clash(name: str) -> None:
    """Marked are the triples that no source states, and all of whose supports contain a clash of several."""
    case = _case(name)
    stated = {triple for triples in case.stated.values() for triple in triples}
    several = [clash for clash in case.clashes if len(clash) > 1]
    assert case.contested == {
        triple
        for triple, sets in case.supports.items()
        if triple not in stated and all(any(clash <= one for clash in several) for one in sets)
    }


def test_each_set_that_the_cap_left_suffices() -> None:
    """Each set of a truncated support has a document a step; one of them is tried, and with and without."""
    case, (graph, names) = _case("cap"), _closed("cap")
    ((triple, (kept, every)),) = case.truncated.items()
    (support,) = [support for found, support, _ in rows(graph) if found == triple]
    assert support.truncated
    assert (kept, every) == (MOST_SETS, 2 ** ((len(names) - 1) // 2))
    assert all({each[1:] for each in chosen} == set("123456789") for chosen in _named(support, names))
    assert len(_named(support, names)) == kept
    sources = min(map(sorted, _named(support, names)))
    for left_out in ("", *sources[:2]):
        believed = [source for source in ("trusted", *sources) if source != left_out]
        told = [stated for source in believed for stated in case.stated[source]]
        assert (triple in close_naively(told, RULES)[0]) == (not left_out)
