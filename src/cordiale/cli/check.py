"""``cordiale check``: everything that is wrong with the files."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Folder, ReportFormat
from cordiale.cli.printing import messages, report_problems
from cordiale.model.errors import SourceError
from cordiale.model.problems import Severity
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
) -> None:
    """List what is wrong with the files: syntax, catalogue, shapes, questions."""
    try:
        problems = open_project(folder).check()
    except SourceError as error:
        problems = error.problems
    report_problems(problems, fmt)
    codes = {code.strip() for code in fail_on.split(",")}
    grave = [p for p in problems if p.severity is Severity.VIOLATION or p.code in codes]
    messages.print(f"{len(problems)} problems, {len(grave)} of them grave" if problems else "no problems")
    if grave:
        raise typer.Exit(1)
