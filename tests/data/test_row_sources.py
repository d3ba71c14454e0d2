"""The sources of rows of the project's own questions are those of closures without them."""

import random
import re

import pytest

from cordiale.model.views import Policy
from cordiale.project.knowledge_graph import KnowledgeGraph

_LIMIT = re.compile(r"\bLIMIT\b", re.IGNORECASE)  # which row it keeps depends on the others
_WITHDRAWALS = 12


def test_every_question_is_covered(kg: KnowledgeGraph) -> None:
    """No stored question has an operator for which sources are not worked out."""
    for question in kg.questions:
        answer = kg.ask(question.id, question.examples, sources=True)
        assert len(answer.sources) == len(answer.rows)
        assert {each.not_covered for each in answer.sources} <= {""}, question.id


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
