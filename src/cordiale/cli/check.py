"""``cordiale check``: everything that is wrong with the files."""

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import (
    AsOf,
    DatedOnly,
    Folder,
    MinReliability,
    MinSources,
    ReportFormat,
    ViewName,
    Without,
)
from cordiale.cli.printing import messages, problem_json, problems_text, write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.model.errors import SourceError, UsageError
from cordiale.model.problems import Problem, Severity
from cordiale.project.knowledge_graph import open_project

__all__ = ["check"]


def check(
    folder: Folder = Path(),
    fmt: Annotated[
        ReportFormat, typer.Option("--format", help="How the report is written.")
    ] = ReportFormat.TEXT,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="CODE,…", help="Codes that count as violations.")
    ] = "",
    without: Without = None,
    min_sources: MinSources = 1,
    min_reliability: MinReliability = "",
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
) -> None:
    """List what is wrong with the files.

    Their syntax, the catalogue, the shapes and the stored questions are checked.
    """
    codes = _codes(fail_on)
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
        problems = seen_by(kg, policy).check()
    except SourceError as error:
        problems = error.problems
    if fmt is ReportFormat.JSON:
        listed = [problem_json(problem) for problem in problems]
        write_out(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    else:
        write_out(problems_text(problems))
    grave = [p for p in problems if p.severity is Severity.VIOLATION or p.code in codes]
    counted = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}, {len(grave)} of them grave"
    messages.print(counted if problems else "no problems")
    if grave:
        raise typer.Exit(1)


def _codes(text: str) -> set[str]:
    codes = {code.strip().upper() for code in text.split(",") if code.strip()}
    wrong = sorted(code for code in codes if not re.fullmatch(r"C\d{3}", code))
    if wrong:
        raise UsageError(
            Problem(
                code="C512",
                message=f"no problem has the code {', '.join(wrong)}",
                remedy="codes look like C124, with commas between them",
            )
        )
    return codes
