"""The sources of rows of the project's own questions are those of closures without them."""

import random
import re

import pytest

from cordiale.model.views import Policy
from cordiale.project.knowledge_graph import KnowledgeGraph

_LIMIT = re.compile(r"\bLIMIT\b", re.IGNORECASE)  # which row it keeps depends on the others
_WITHDRAWALS = 12
_GRAPHS = (
    "SELECT DISTINCT ?s { GRAPH ?g { ?s cord:appearedAt :imperial-ai-event-2025 } }",
    "SELECT DISTINCT ?s ?p { GRAPH ?g { ?s ?p :university-of-cambridge } }",
    "SELECT DISTINCT ?s ?o { GRAPH ?g { ?s a ?o . ?s cord:partOf ?whole } }",
    "SELECT ?g ?s { GRAPH ?g { ?s cord:memberOf ?body } }",
)


def test_every_question_is_covered(kg: KnowledgeGraph) -> None:
    """No stored question has an operator for which sources are not worked out."""
    for question in kg.questions:
        answer = kg.ask(question.id, question.examples, sources=True)
        assert len(answer.sources) == len(answer.rows)
        assert {each.not_covered for each in answer.sources} <= {""}, question.id


@pytest.mark.parametrize("query", _GRAPHS)
def test_a_graph_that_is_not_shown_may_be_another(kg: KnowledgeGraph, query: str) -> None:
    """What nobody states any more may still follow: it is in another graph then, and the row still stands."""
    answer = kg.query(query, sources=True)
    chance = random.Random(10)
    names = sorted({name for each in answer.sources for found in each.sets for name in found})
    for _ in range(6):
        policy = Policy(without=tuple(chance.sample(names, min(len(names), 3))))
        out, left = kg.outlook(policy).out, set(kg.view(policy).query(query).rows)
        for row, sources in zip(answer.rows, answer.sources, strict=True):
            if not sources.absence:
                assert (row in left) == any(out.isdisjoint(each) for each in sources.sets), (row, policy)
    assert any(not each.absence for each in answer.sources)


def test_a_row_that_would_stand_in_another_graph_is_marked(kg: KnowledgeGraph) -> None:
    """One source alone states it, and without that it follows from others."""
    answer = kg.query(_GRAPHS[0], sources=True)
    rows = {
        str(row[0]).rpartition("/")[2]: each for row, each in zip(answer.rows, answer.sources, strict=True)
    }
    assert (rows["arthur-mensch"].sets, rows["arthur-mensch"].absence) == ((("seed-article/p3",),), True)
    without = kg.view(Policy(without=("seed-article/p3",))).query(_GRAPHS[0])
    assert "arthur-mensch" in {str(row[0]).rpartition("/")[2] for row in without.rows}
    assert not rows["peter-kyle"].absence


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_rows_stand_in_the_views_of_their_sets(kg: KnowledgeGraph) -> None:
    """For random withdrawals: a row without absence or aggregate stands just when one of its sets is in.

    A source that rests on one that is out is out.
    """
    chance = random.Random(8)
    names = sorted(source.name for source in kg.documents if not source.trusted)
    answers = {each.id: kg.ask(each.id, each.examples, sources=True) for each in kg.questions}
    exact = 0
    for _ in range(_WITHDRAWALS):
        policy = Policy(without=tuple(chance.sample(names, chance.randint(1, 12))))
        out, view = kg.outlook(policy).out, kg.view(policy)
        for question in kg.questions:
            answer, left = answers[question.id], set(view.ask(question.id, question.examples).rows)
            for row, sources in zip(answer.rows, answer.sources, strict=True):
                if sources.absence or sources.aggregate:
                    continue
                stands = any(out.isdisjoint(each) for each in sources.sets)
                if not _LIMIT.search(question.text):
                    assert (row in left) == stands, (question.id, row, policy)
                    exact += 1
    assert exact > 1_000
