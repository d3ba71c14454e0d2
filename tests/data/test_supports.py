"""What the first graph rests on: worked out by hand, and against closures without sources."""

import random

import pytest
from rdflib import URIRef

from cordiale.model.terms import Triple
from cordiale.model.views import Policy
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.trust.withdrawal import Withdrawal

UNREADABLE = (
    "edtechinnovationhub/macron-visit-partnerships"  # document [1], on which the fourth paragraph rests
)


def _without(kg: KnowledgeGraph, *names: str) -> Withdrawal:
    return kg.without(*names).withdrawal


def test_nothing_is_truncated(kg: KnowledgeGraph) -> None:
    """All minimal sets are known, and no two documents clash by the rules of OWL 2 RL."""
    assert kg.supported.truncated == frozenset()
    assert kg.supported.contested == frozenset()
    assert kg.supported.clashes == ()


def test_supports_leave_the_closure_as_it_is(kg: KnowledgeGraph) -> None:
    """The same triples follow as without them."""
    stated = {triple for triples in kg.graph.graphs() for triple in triples}
    assert set(kg.closed_without(frozenset())) == stated | set(kg.closure.inferred)


def test_the_fourth_paragraph_falls_with_what_it_cites(kg: KnowledgeGraph) -> None:
    """Its facts, what follows from them, and nothing else of the article."""
    found = _without(kg, "edtechinnovationhub")
    assert found.withdrawn == (UNREADABLE,)
    assert found.chains == (("seed-article/p4", UNREADABLE),)
    for fallen in found.falls:
        assert all({UNREADABLE, "seed-article/p4"} & set(each) for each in fallen.before), fallen
    claims = {str(each.triple[0]) for each in found.falls if "/claim-p" in str(each.triple[0])}
    assert {claim.rpartition("/")[2][:8] for claim in claims} == {"claim-p4"}
    assert len(claims) == 9


def test_a_role_survives_through_its_other_documents(kg: KnowledgeGraph) -> None:
    """What the fourth paragraph says of Geraint Rees, his university and others say as well."""
    rees, holds = kg.names.expand("Geraint Rees"), kg.names.expand("cord:holdsRole")
    role = kg.names.expand("role-rees-vice-provost-ucl")
    survivors = {each.triple: each.left for each in _without(kg, "edtechinnovationhub").survives}
    assert survivors[rees, holds, role] == (("epium/narrowing-research",), ("myscience/2025-ucl",))


def test_an_old_revision_leaves_the_new_one_standing(kg: KnowledgeGraph) -> None:
    """K-25: of two revisions of one page, what the newer one says does not rest on the older one."""
    old, new = "wikipedia/leverhulme-cfi-2019", "wikipedia/leverhulme-cfi"
    found = _without(kg, old)
    assert not any((new,) in each.before for each in found.falls)
    assert kg.view(Policy(without=(old,))).graph.graph(URIRef(kg.settings.sources + new))


def test_partners_survive_the_loss_of_any_four_of_their_sources(kg: KnowledgeGraph) -> None:
    """Each of the five is told by many."""
    every = kg.ask("partners").rows
    assert len(every) == 5
    seen = kg.view(Policy(min_sources=5)).ask("partners").rows
    assert [row[0] for row in seen] == [row[0] for row in every]


def _agrees(kg: KnowledgeGraph, withdrawn: frozenset[str]) -> None:
    out = kg.resting.out(withdrawn)
    left = kg.closed_without(out)
    seen = kg.seen(kg.outlook(Policy(without=tuple(sorted(withdrawn)))))
    believed: set[Triple] = {triple for graph in seen.graph.graphs() for triple in graph}  # type: ignore[misc]
    believed |= set(seen.closure.inferred)
    assert believed == left, sorted(withdrawn)
    fallen = {each.triple for each in kg.without(*withdrawn).withdrawal.falls}
    assert fallen.isdisjoint(left)
    assert fallen | left >= {t for graph in kg.graph.graphs() for t in graph} | set(kg.closure.inferred)


def _withdrawals(kg: KnowledgeGraph, number: int) -> list[frozenset[str]]:
    names = sorted(source.name for source in kg.documents if not source.trusted)
    chooser = random.Random(5)
    return [frozenset(chooser.sample(names, chooser.choice((1, 2, 5, 20, 80)))) for _ in range(number)]


def test_a_view_is_the_closure_without_its_sources(kg: KnowledgeGraph) -> None:
    """Six withdrawals of one to eighty documents."""
    for withdrawn in _withdrawals(kg, 6):
        _agrees(kg, withdrawn)


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_three_hundred_views_are_closures_without_their_sources(kg: KnowledgeGraph) -> None:
    """Three hundred such withdrawals."""
    for withdrawn in _withdrawals(kg, 300):
        _agrees(kg, withdrawn)
