"""The competency questions of the dossier's part D have stored questions, and notice a changed fact."""

import re
from pathlib import Path

import pytest
from rdflib import XSD, Dataset, Literal, URIRef

from cordiale.project.build import answer_all
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.query.answers import compare
from cordiale.query.engines import OxigraphEngine, RdflibEngine
from tests.copies import copied_project
from tests.data.bare import CORD, NAMES


def test_each_of_the_28_questions_is_stored(kg: KnowledgeGraph, shared: Path, project_root: Path) -> None:
    """The reference names a stored question for each number of part D."""
    dossier = (shared / "facts" / "dossier.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"^\| (Q\d\d) \|", dossier, flags=re.MULTILINE))
    assert len(asked) == 28
    page = (project_root / "docs" / "reference" / "competency-questions.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (Q\d\d) \|.*\| (`.*`) \|$", page, flags=re.MULTILINE))
    assert rows.keys() == asked
    stored = {question.id for question in kg.questions}
    for number, commands in rows.items():
        named = {command.split()[0] for command in re.findall(r"`([^`]+)`", commands)}
        assert named, number
        assert named <= stored, number


def test_every_question_has_its_expected_answer(kg: KnowledgeGraph) -> None:
    """Each stored question is answered as reviewed."""
    assert len(kg.questions) >= 28
    assert answer_all(kg)[1] == ()


def test_rdflib_answers_each_question_alike(kg: KnowledgeGraph) -> None:
    """The other engine gives the rows that were reviewed, in the same order."""
    for question in kg.questions:
        given = question.examples
        answer = kg.ask(question.id, given, engine="rdflib")
        assert question.expected is not None
        assert compare(answer, question.expected) == (), question.id


@pytest.mark.parametrize("engine", [OxigraphEngine, RdflibEngine])
def test_thirty_is_no_coarser_three_hundred(
    kg: KnowledgeGraph, engine: type[OxigraphEngine | RdflibEngine]
) -> None:
    """A month does not contradict a day of it, two months do, and so does a number that begins another."""
    question = next(question for question in kg.questions if question.id == "disputed-values")
    stated = [
        ("one", "researcherCount", Literal(30)),
        ("two", "researcherCount", Literal(300)),
        ("one", "foundedOn", Literal("2023-04", datatype=XSD.gYearMonth)),
        ("two", "foundedOn", Literal("2023-05", datatype=XSD.gYearMonth)),
        ("one", "onDate", Literal("2024-06", datatype=XSD.gYearMonth)),
        ("two", "onDate", Literal("2024-06-11", datatype=XSD.date)),
    ]
    dataset = Dataset(default_union=True)
    for source, what, value in stated:
        graph = dataset.graph(URIRef(NAMES + source))
        graph.add((URIRef(CORD + what), URIRef(f"{CORD}singleValued"), Literal(True)))
        graph.add((URIRef("urn:x:thing"), URIRef(CORD + what), value))
    rows = engine(dataset).ask(question.text).rows
    assert [str(value) for _, _, value, _ in rows] == ["2023-04", "2023-05", "30", "300"]


@pytest.mark.parametrize("engine", [OxigraphEngine, RdflibEngine])
def test_a_sum_in_dispute_is_counted_once(
    kg: KnowledgeGraph, engine: type[OxigraphEngine | RdflibEngine]
) -> None:
    """Two amounts of one award, two recipients of it and two budgets of the call count nothing twice."""
    question = next(question for question in kg.questions if question.id == "total")
    dataset = Dataset(default_union=True).parse(
        data=f"""
            @prefix : <urn:x:> . @prefix cord: <{CORD}> .
            :project cord:selectedUnder :call . :centre cord:selectedUnder :call .
            :award cord:paidTo :project , :centre ; cord:amount 70 , 75 .
            :call cord:costs :budget , :other . :budget cord:amount 360 , 350 . :other cord:amount 400 .
        """,
        format="turtle",
    )
    (row,) = engine(dataset).ask(question.text, {"call": URIRef("urn:x:call")}).rows
    assert [str(value) for value in row] == ["urn:x:call", "1", "70", "350"]


@pytest.mark.parametrize(
    ("path", "before", "after", "questions", "line"),
    [
        pytest.param(
            "data/ip-paris/2025-07-09.ttl",
            'cord:launchedOn "2025-07-09"^^xsd:date',
            'cord:launchedOn "2025-07-10"^^xsd:date',
            {"launch-date", "conflicting", "disputed-values", "timeline"},
            "2025-07-10",
            id="the date of the launch",
        ),
        pytest.param(
            "data/wikipedia/marina-jirotka.ttl",
            "cord:roleAt :responsible-technology-institute",
            "cord:roleAt :oxford-martin-school",
            {"directors", "heads-of-structures"},
            "oxford-martin-school",
            id="a director",
        ),
        pytest.param(
            "data/alliancy/ia-paris-saclay.ttl",
            "cord:precision :precision-nearly",
            "cord:precision :precision-over",
            {"figures"},
            ",800,over,",
            id="how exact a number is",
        ),
        pytest.param(
            "data/ox/2021-07-30.ttl",
            "cord:roleAt :university-of-oxford",
            "cord:roleAt :university-of-cambridge",
            {"ties"},
            "philip-torr",
            id="a fellow whom another document still has at Oxford",
        ),
    ],
)
def test_a_changed_fact_fails_the_right_questions(
    project_root: Path, tmp_path: Path, path: str, before: str, after: str, questions: set[str], line: str
) -> None:
    """The questions about a changed fact fail, with a diff that shows it; the others stay as they are."""
    copy = copied_project(project_root, tmp_path)
    file = copy / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    _, problems = answer_all(open_project(copy))
    assert {re.findall(r'"([^"]+)"', problem.message)[0] for problem in problems} == questions
    for problem in problems:
        assert any(row.startswith("+") and line in row for row in problem.remedy.split("\n  ")), problem
