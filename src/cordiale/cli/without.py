"""``cordiale without``: what falls when sources are withdrawn, and what survives."""

import csv
import io
import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import messages, problems_text, table_text, write_out
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.outlook import WithdrawalReport
from cordiale.publish.problem_formats import problem_json
from cordiale.trust.withdrawal import Carried

__all__ = ["WithoutFormat", "without"]


class WithoutFormat(StrEnum):
    """How a withdrawal is told."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def without(
    source: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Names of sources, folders, identifiers, publishers, tiers, or a SELECT query.",
        ),
    ],
    answers: Annotated[
        bool, typer.Option("--answers", help="Also tell which stored answers change.")
    ] = False,
    checks: Annotated[
        bool, typer.Option("--checks", help="Also tell which checks start or stop failing.")
    ] = False,
    fmt: Annotated[WithoutFormat, typer.Option("--format", help="How it is written.")] = WithoutFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Show what falls without some sources.

    And what survives, on which others.

    A source that rests on others falls with all of them. Nothing is changed in the files.
    """
    kg = open_project(project)
    report = kg.without(*source, answers=answers, checks=checks)
    if report.withdrawal.decided:
        messages.print(
            f"{report.withdrawal.decided} triples rest on more sets of sources than are kept:"
            " a closure without the sources decided"
        )
    if fmt is WithoutFormat.JSON:
        write_out(json.dumps(_as_json(report), ensure_ascii=False, indent=2) + "\n")
    elif fmt is WithoutFormat.CSV:
        write_out(_as_csv(report, kg))
    else:
        write_out(_as_text(report, kg))


def _as_text(report: WithdrawalReport, kg: KnowledgeGraph) -> str:
    found = report.withdrawal
    lines = [f"without {', '.join(found.withdrawn)}"]
    lines += [f"  out as well: {' <- '.join(chain)}" for chain in found.chains]
    parts = [_heading(f"{len(found.falls)} triples fall", lines)]
    if found.falls:
        rows = [[*_written(each, kg), _sets(each.before)] for each in found.falls]
        parts.append(table_text(("subject", "predicate", "object", "was", "rested on"), rows))
    parts.append(f"\n{len(found.survives)} triples survive\n")
    if found.survives:
        rows = [[*_written(each, kg), _sets(each.left)] for each in found.survives]
        parts.append(table_text(("subject", "predicate", "object", "is", "rests on"), rows))
    if report.answers is not None:
        parts.append(f"\n{len(report.answers)} stored answers change\n")
        if report.answers:
            rows = [[each.question, str(each.loses), str(each.gains), each.fails] for each in report.answers]
            parts.append(table_text(("question", "rows lost", "rows gained", "fails"), rows))
    for heading, problems in (("start", report.starts), ("stop", report.stops)):
        if problems is not None:
            parts.append(f"\n{len(problems)} checks {heading} failing\n{problems_text(problems)}")
    return "".join(parts)


def _heading(text: str, lines: list[str]) -> str:
    return "\n".join([*lines, "", text]) + "\n"


def _as_csv(report: WithdrawalReport, kg: KnowledgeGraph) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("fate", "subject", "predicate", "object", "kind", "before", "left"))
    for fate, each in _fates(report):
        row = _written(each, kg)
        writer.writerow((fate, *row, _sets(each.before), _sets(each.left)))
    return stream.getvalue()


def _as_json(report: WithdrawalReport) -> dict[str, object]:
    found = report.withdrawal
    content: dict[str, object] = {
        "withdrawn": found.withdrawn,
        "chains": found.chains,
        "decided_by_closure": found.decided,
        "triples": [
            {
                "fate": fate,
                "subject": each.triple[0].n3(),
                "predicate": each.triple[1].n3(),
                "object": each.triple[2].n3(),
                "asserted": each.asserted,
                "before": each.before,
                "left": each.left,
            }
            for fate, each in _fates(report)
        ],
    }
    if report.answers is not None:
        content["answers"] = [
            {"question": each.question, "loses": each.loses, "gains": each.gains, "fails": each.fails or None}
            for each in report.answers
        ]
    for name, problems in (("checks_start", report.starts), ("checks_stop", report.stops)):
        if problems is not None:
            content[name] = [problem_json(problem) for problem in problems]
    return content


def _fates(report: WithdrawalReport) -> Iterator[tuple[str, Carried]]:
    yield from (("falls", each) for each in report.withdrawal.falls)
    yield from (("survives", each) for each in report.withdrawal.survives)


def _written(each: Carried, kg: KnowledgeGraph) -> list[str]:
    terms = [kg.names.written(term) for term in each.triple]
    return [*terms, "stated" if each.asserted else "inferred"]


def _sets(sets: tuple[tuple[str, ...], ...]) -> str:
    return " | ".join(" + ".join(each) for each in sets)
