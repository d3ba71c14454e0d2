"""What a project's graph is without some of its sources: views, withdrawals, and what each source carries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from rdflib import Dataset, URIRef

from cordiale.model.errors import CordialeError, NotFoundError
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Triple
from cordiale.model.views import Policy, View
from cordiale.query.answers import Answer
from cordiale.read.near import near_remedy
from cordiale.read.settings import SETTINGS_FILE
from cordiale.read.views import place_of_view
from cordiale.trust.policies import view_of
from cordiale.trust.withdrawal import Withdrawal, withdrawal

if TYPE_CHECKING:
    from cordiale.project.knowledge_graph import KnowledgeGraph

__all__ = [
    "ChangedAnswer",
    "WithdrawalReport",
    "answers_without",
    "named_policy",
    "selected",
    "stated_in",
    "view_problems",
    "withdraw",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalReport:
    """What falls without sources; and where asked for, which stored answers change, and which checks.

    ``answers`` has for each question whose answer changes the rows that it loses and gains. ``starts`` and
    ``stops`` are problems that the check of what is left finds and did not before, and the other way round.
    """

    withdrawal: Withdrawal
    answers: tuple["ChangedAnswer", ...] | None = None
    starts: tuple[Problem, ...] | None = None
    stops: tuple[Problem, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedAnswer:
    """A stored question whose answer is another: how many rows it loses and gains, or why it has none."""

    question: str
    loses: int = 0
    gains: int = 0
    fails: str = ""


def withdraw(
    kg: "KnowledgeGraph", names: Sequence[str], *, answers: bool = False, checks: bool = False
) -> WithdrawalReport:
    """What falls without the sources that the names mean.

    Raises:
        NotFoundError, UsageError: as ``view_of``.
    """
    policy = Policy(without=tuple(names))
    view = view_of(policy, kg.documents, kg.resting, lambda query: selected(kg, query))
    named = frozenset(
        source.name for name in names for source in kg.find_documents(name) if not source.trusted
    )
    found = withdrawal(kg.supported, named, kg.resting, kg.closed_without)
    left = kg.seen(view) if answers or checks else kg
    before, after = (set(kg.check()), set(left.check())) if checks else (set(), set())
    return WithdrawalReport(
        withdrawal=found,
        answers=tuple(answers_without(kg, left)) if answers else None,
        starts=_sorted(after - before) if checks else None,
        stops=_sorted(before - after) if checks else None,
    )


def answers_without(kg: "KnowledgeGraph", left: "KnowledgeGraph") -> Iterator[ChangedAnswer]:
    """The stored questions whose answers are others in what is left."""
    for question in kg.questions:
        given = question.examples
        before = kg.ask(question.id, given)
        try:
            after = left.ask(question.id, given)
        except CordialeError as error:  # what a parameter names may have gone
            yield ChangedAnswer(question=question.id, loses=len(before.rows), fails=error.problems[0].message)
            continue
        loses, gains = len(_rows(before) - _rows(after)), len(_rows(after) - _rows(before))
        if loses or gains:
            yield ChangedAnswer(question=question.id, loses=loses, gains=gains)


def selected(kg: "KnowledgeGraph", query: str) -> frozenset[str]:
    """The IRIs that a SELECT query over what is stated finds, in whatever column.

    Raises:
        QuerySyntaxError: it is no such query.
    """
    answer = kg.query(query, triples="asserted", path="selection")
    return frozenset(str(term) for row in answer.rows for term in row if isinstance(term, URIRef))


def named_policy(name: str, views: Mapping[str, Policy]) -> Policy:
    """The policy of a view of ``[tool.cordiale.views]``.

    Raises:
        NotFoundError: C654, there is none of this name.
    """
    if name not in views:
        raise NotFoundError(
            Problem(
                code="C654",
                message=f'there is no view "{name}"',
                remedy=near_remedy(name, views, otherwise="write it in [tool.cordiale.views]"),
            )
        )
    return views[name]


def view_problems(kg: "KnowledgeGraph") -> Iterator[Problem]:
    """Why named views cannot be seen, such as C210, a source that is no more: warnings, with their lines."""
    for name, policy in kg.settings.views.items():
        try:
            kg.outlook(policy)
        except CordialeError as error:
            text = (kg.root / SETTINGS_FILE).read_text(encoding="utf-8", errors="replace")
            for each in error.problems:
                yield replace(
                    each,
                    message=f'the view "{name}" cannot be seen: {each.message}',
                    severity=Severity.WARNING,
                    place=place_of_view(name, text, SETTINGS_FILE),
                )


def stated_in(kg: "KnowledgeGraph", view: View, shaken: Collection[Triple]) -> Dataset:
    """The named graphs of the sources that are in, without the triples that too few sources carry."""
    dataset = Dataset(default_union=True)
    for source in kg.sources:
        if source.name not in view.out:
            graph = dataset.graph(source.iri)
            triples = (cast(Triple, triple) for triple in kg.graph.graph(source.iri))
            graph.addN((*triple, graph) for triple in triples if triple not in shaken)
    for prefix, namespace in kg.prefixes.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset


def _rows(answer: Answer) -> frozenset[object]:
    if answer.kind == "boolean":
        return frozenset({answer.truth})
    return frozenset(answer.triples if answer.kind == "graph" else answer.rows)


def _sorted(problems: set[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=str))
