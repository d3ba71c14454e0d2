"""``cordiale check``: everything that is wrong with the files."""

import gc
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import (
    AsOf,
    DatedOnly,
    Folder,
    MinReliability,
    MinSources,
    ProblemFormat,
    Triples,
    ViewName,
    Without,
)
from cordiale.cli.printing import messages, problems_text, table_text, write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.model.errors import SourceError, UsageError
from cordiale.model.problems import Problem, Severity
from cordiale.project.checking import CheckReport
from cordiale.project.fixing import fixes, write_fixes
from cordiale.project.knowledge_graph import open_project
from cordiale.publish.problem_formats import write_github, write_json, write_sarif

__all__ = ["check"]

_GARBAGE = 100_000  # objects between two searches for cycles: a check makes many objects and few cycles
_MANY = 100  # problems that are all shown as text; of more there is a summary first, and so many of them


def check(
    folder: Folder = Path(),
    fmt: Annotated[
        ProblemFormat,
        typer.Option("--format", help="How the report is written: github is for a runner's log."),
    ] = ProblemFormat.TEXT,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="CODE,…", help="Codes that count as violations.")
    ] = "",
    without: Without = None,
    min_sources: MinSources = None,
    min_reliability: MinReliability = None,
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    select: Annotated[
        str, typer.Option("--select", metavar="CODE,…", help="Tell these alone; C4 means all of C4xx.")
    ] = "",
    ignore: Annotated[str, typer.Option("--ignore", metavar="CODE,…", help="Do not tell these.")] = "",
    triples: Annotated[
        Triples,
        typer.Option("--triples", help="What is held against the shapes: both adds what follows."),
    ] = Triples.ASSERTED,
    fix: Annotated[
        bool, typer.Option("--fix", help="Put prefixes and order right in the files, and nothing else.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")
    ] = False,
) -> None:
    """List what is wrong with the files.

    Their syntax, the catalogue, shapes, house rules, stored questions and what follows are checked.
    """
    gc.set_threshold(_GARBAGE)
    grave_codes = _codes(fail_on, r"C\d{3}")
    chosen, left_out = (_codes(text, r"C\d{1,3}") for text in (select, ignore))
    try:
        kg = open_project(folder)
        policy = policy_of(
            kg,
            view=view,
            without=without,
            min_sources=min_sources,
            min_reliability=min_reliability,
            as_of=as_of,
            dated_only=dated_only,
        )
        seen = seen_by(kg, policy)
        report = seen.check_report(triples=triples.value, house=chosen).only(select=chosen, ignore=left_out)
        if fix or diff:
            found = fixes(report, kg.settings.languages)
            write_out("".join(each.diff for each in found) if diff else "")
            if diff:
                messages.print(f"{len(found)} file{'s' if len(found) != 1 else ''} would change")
                return
            write_fixes(kg.root, found)
            messages.print(f"{len(found)} file{'s' if len(found) != 1 else ''} changed")
            seen = seen_by(open_project(folder), policy)
            report = seen.check_report(triples=triples.value, house=chosen).only(
                select=chosen, ignore=left_out
            )
    except SourceError as error:
        report = CheckReport(problems=error.problems)  # what cannot be read is always told
    write_out(_written(report, fmt))
    problems = report.problems
    grave = [p for p in problems if p.severity is Severity.VIOLATION or p.code in grave_codes]
    counted = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}, {len(grave)} of them grave"
    waived = f"; {len(report.waived)} waived" if report.waived else ""
    messages.print((counted if problems else "no problems") + waived)
    if grave:
        raise typer.Exit(1)


def _written(report: CheckReport, fmt: ProblemFormat) -> str:
    if fmt is ProblemFormat.JSON:
        return write_json(report.problems)
    if fmt is ProblemFormat.SARIF:
        return write_sarif(report.problems, [(each.problem, each.reason) for each in report.waived])
    if fmt is ProblemFormat.GITHUB:
        return write_github(report.problems)
    if len(report.problems) <= _MANY:
        return problems_text(report.problems)
    left = len(report.problems) - _MANY
    more = f"and {left} more: --format json, sarif or github lists all\n"
    return _summary(report.problems) + problems_text(report.problems[:_MANY]) + more


def _summary(problems: Sequence[Problem]) -> str:
    """How many there are of each code, and in how many files, the most first."""
    counts = Counter((problem.code, problem.severity) for problem in problems)
    rows = []
    for (code, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        alike = [problem for problem in problems if (problem.code, problem.severity) == (code, severity)]
        files = {problem.place.path for problem in alike if problem.place}
        rows.append((code, severity.value, str(count), str(len(files)), alike[0].message))
    return table_text(("code", "severity", "problems", "files", "the first"), rows)


def _codes(text: str, pattern: str) -> set[str]:
    codes = {code.strip().upper() for code in text.split(",") if code.strip()}
    wrong = sorted(code for code in codes if not re.fullmatch(pattern, code))
    if wrong:
        raise UsageError(
            Problem(
                code="C512",
                message=f"no problem has the code {', '.join(wrong)}",
                remedy="codes look like C124, with commas between them",
            )
        )
    return codes
