"""The whole way from files to answers: read, check, reason, answer, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from cordiale.model.errors import CordialeError, MachineError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.stamp import STAMP, BuildReport, load_report
from cordiale.project.warm import KEPT, QUADS
from cordiale.query.answers import Answer, compare, write_answer
from cordiale.query.limits import Limits
from cordiale.query.questions import Question

# A build of what has not changed waits for no other library, and each of the processes for its own alone.
if TYPE_CHECKING:
    from cordiale.closure.consequences import EngineName

__all__ = ["BuildReport", "answer_all", "build", "every_problem"]

# What is stated, in each of these files of the build folder, and its format.
_EXPORTS = {
    "graph.ttl": "turtle",
    "graph.trig": "trig",
    "graph.nq": "nquads",
    "graph.jsonld": "jsonld",
    "graph.rdf": "rdfxml",
}
_INFERRED = "inferred.nt"
_LIMITS = Limits()  # of a stored question: none may keep a build from ending
_ANSWERS = "answers"  # a folder with a CSV file for each stored question


def build(path: Path, progress: Callable[[str], None], *, engine: EngineName = "duckdb") -> BuildReport:
    """Read, check, reason, answer and export the project in ``path`` to its folder ``build``.

    ``progress`` is told the name of each step as it begins; ``engine`` reasons. When a step finds a
    violation, a failed question or a clash, nothing is written and the last good build stays. When the last
    build found no problem, and neither what it read nor what it wrote has changed since, nothing is done.

    Raises:
        CordialeError: the project cannot be read, or the build cannot be written.
    """
    seconds: list[tuple[str, float]] = []

    @contextmanager
    def step(name: str) -> Iterator[None]:
        progress(name)
        start = perf_counter()
        yield
        seconds.append((name, perf_counter() - start))

    with step("read"):
        kg = open_project(path, engine=engine)
        key = kg.build_key
    if key and (last := load_report(kg.root / "build", key)):
        return replace(last, seconds=tuple(seconds))
    from cordiale.project.apart import apart

    # Read here, and not by each child again.
    sources, asserted, questions = len(kg.sources), len(kg.graph), len(kg.questions)
    # What needs only what is stated is done by other processes while this one reasons.
    with (
        apart(lambda: kg.check_report(clashes=False).problems) as checked,
        apart(lambda: _written(kg)) as written,
    ):
        with step("reason"):
            from cordiale.project.clashes import clash_problems

            clashes = clash_problems(kg.told_clashes, kg.blame)
            found = [*kg.refused_merges.problems, *clashes, *kg.conflict_problems()]
        with step("answer"):
            answers, wrong = answer_all(kg)
        with step("check"):
            inferred = {_INFERRED: kg.export("ntriples", triples="inferred"), **kg.keep()}
            problems = (*checked(), *found, *wrong)
        report = BuildReport(
            sources=sources,
            asserted=asserted,
            inferred=len(kg.closure.inferred),
            problems=problems,
            passed=questions - len(wrong),
            failed=len(wrong),
            seconds=(),
        )
        if report.ok:
            with step("export"):
                _export(kg, {**written(), **inferred}, answers, report)
    return replace(report, seconds=tuple(seconds))


def every_problem(kg: KnowledgeGraph) -> tuple[Problem, ...]:
    """What a build would tell; where the last one is of the same files and found nothing, nothing is checked.

    Raises:
        CordialeError: the files cannot be checked or reasoned with.
    """
    key = kg.build_key
    if key and (last := load_report(kg.root / "build", key)):
        return last.problems
    return (*kg.check_report().problems, *answer_all(kg)[1])


def answer_all(kg: KnowledgeGraph) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """The answers of the stored questions by id, and a problem for each that is not the expected one."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for question, answer in kg.ask_all(limits=_LIMITS):
        if isinstance(answer, CordialeError):
            place = Place(path=question.path)
            problems.append(replace(answer.problems[0], place=answer.problems[0].place or place))
        else:
            answers[question.id] = answer
            problems += _differences(answer, question)
    return answers, tuple(problems)


def _differences(answer: Answer, question: Question) -> Iterator[Problem]:
    place = Place(path=question.path)
    if question.expected is None:
        yield Problem(
            code="C421",
            message=f'question "{question.id}" has no expected answer',
            remedy=f"write {question.id}.expected.csv beside it",
            place=place,
        )
    elif difference := compare(answer, question.expected):
        yield Problem(
            code="C422",
            message=f'the answer to "{question.id}" is not the expected one',
            remedy="\n  ".join(("correct the data, or the expected answer if it is wrong:", *difference)),
            place=place,
        )


def _written(kg: KnowledgeGraph) -> dict[str, bytes]:
    """What is stated in each format, by file name."""
    from cordiale.publish.formats import write_all

    formats = write_all(kg.graph, _EXPORTS.values(), kg.all_prefixes)
    return {name: formats[fmt] for name, fmt in _EXPORTS.items()}


def _export(
    kg: KnowledgeGraph, written: Mapping[str, bytes], answers: Mapping[str, Answer], report: BuildReport
) -> None:
    """Write all outputs to a folder aside, then put it in the place of the last build."""
    from cordiale.project.closure_store import CLOSURE, save_closure
    from cordiale.publish.files import save
    from cordiale.publish.folders import folder_aside, put_in_place, tidy

    ours = frozenset((*_EXPORTS, _INFERRED, _ANSWERS, CLOSURE, KEPT, QUADS, STAMP))
    target = (kg.root / "build").resolve()
    try:
        tidy(target, ours)
        with folder_aside(target) as aside:
            for name, content in written.items():
                save(aside / name, content)
            (aside / _ANSWERS).mkdir()
            for name, answer in answers.items():
                save(aside / _ANSWERS / f"{name}.csv", write_answer(answer, "csv").encode())
            if kg.keeps_supports:
                save_closure(aside / CLOSURE, kg.closure_key, kg.supported)
            if kg.build_key and not report.problems:
                save(aside / STAMP, kg.build_stamp(report, aside))
            put_in_place(aside, target, ours)
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> MachineError:
    return MachineError(
        Problem(
            code="C903",
            message=f"the build cannot be written: {error.strerror}",
            remedy="make room or give write permission; the last build is untouched",
        )
    )
