"""The first graph's links row by row, and those to ROR as identities, in a copy of it."""

import random
from pathlib import Path

import pytest
from rdflib import OWL

from cordiale.model.terms import Triple
from cordiale.model.views import Policy
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.copies import copied_project

_KEYS = '[tool.cordiale]\nby_row = ["links"]\nsame_as = ["links/ror"]\n'


@pytest.fixture(scope="module")
def linked(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The copy, opened."""
    root = copied_project(project_root, tmp_path_factory.mktemp("linked"))
    settings = root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[tool.cordiale]\n", _KEYS, 1), encoding="utf-8")
    return open_project(root)


def _rows(kg: KnowledgeGraph) -> list[str]:
    return sorted(source.name for source in kg.sources if source.name.startswith("links/"))


def test_nothing_is_an_identity_by_default(kg: KnowledgeGraph) -> None:
    """Links are skos:exactMatch, and no source or rule says that two things are one."""
    assert not any(triple[1] == OWL.sameAs for triples in kg.stated.values() for triple in triples)
    assert not any(triple[1] == OWL.sameAs for triple in kg.closure.inferred)


def test_each_row_is_a_source(kg: KnowledgeGraph, linked: KnowledgeGraph) -> None:
    """As many as the sets have triples, each with one, under a name without a digest; none is refused."""
    sets = [name for name in kg.stated if name.startswith("links/")]
    assert len(_rows(linked)) == sum(len(kg.stated[name]) for name in sets) >= 163
    assert all(len(linked.stated[name]) == 1 for name in _rows(linked))
    assert "links/ror/cnrs-02feahw73" in _rows(linked)
    assert linked.refused_merges.problems == ()
    assert linked.supported.truncated == frozenset()


def _agrees(kg: KnowledgeGraph, withdrawn: frozenset[str]) -> None:
    out = kg.resting.out(withdrawn)
    left = kg.closed_without(out)
    seen = kg.view(Policy(without=tuple(sorted(withdrawn))))
    believed: set[Triple] = {triple for graph in seen.graph.graphs() for triple in graph}  # type: ignore[misc]
    believed |= set(seen.closure.inferred)
    assert believed == left, sorted(withdrawn)
    fallen = {each.triple for each in kg.without(*withdrawn).withdrawal.falls}
    assert fallen.isdisjoint(left)
    assert fallen | left >= {t for graph in kg.graph.graphs() for t in graph} | set(kg.closure.inferred)


def _withdrawals(kg: KnowledgeGraph, number: int) -> list[frozenset[str]]:
    """Rows to ROR, with other rows and documents."""
    chance = random.Random(7)
    identities = [name for name in _rows(kg) if name.startswith("links/ror/")]
    others = sorted(source.name for source in kg.sources if not source.trusted)
    return [
        frozenset((*chance.sample(identities, chance.choice((1, 3, 9))), *chance.sample(others, size)))
        for size in (chance.choice((0, 1, 20)) for _ in range(number))
    ]


def test_a_view_without_rows_is_the_closure_without_them(linked: KnowledgeGraph) -> None:
    """Four withdrawals of rows, some with documents."""
    for withdrawn in _withdrawals(linked, 4):
        _agrees(linked, withdrawn)


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_hundred_views_without_rows_are_closures_without_them(linked: KnowledgeGraph) -> None:
    """A hundred such withdrawals."""
    for withdrawn in _withdrawals(linked, 100):
        _agrees(linked, withdrawn)


def test_without_all_identities_nothing_is_merged(kg: KnowledgeGraph, linked: KnowledgeGraph) -> None:
    """What is left is what the project holds without its links to ROR."""
    left = linked.view(Policy(without=("links/ror",)))
    plain = kg.view(Policy(without=("links/ror",)))
    assert set(left.closure.inferred) == set(plain.closure.inferred)
    assert set(linked.closure.inferred) > set(plain.closure.inferred)
