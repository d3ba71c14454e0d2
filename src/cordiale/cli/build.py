"""``cordiale build``: from files to answers."""

from pathlib import Path

import typer

from cordiale.cli.options import Folder, Reasoner, ReasonerOption
from cordiale.cli.printing import messages, problems_text, table_text, write_out
from cordiale.model.problems import Severity
from cordiale.project.build import BuildReport
from cordiale.project.build import build as build_project

__all__ = ["build"]


def build(folder: Folder = Path(), engine: ReasonerOption = Reasoner.DUCKDB) -> None:
    """Read, check, reason, answer and export to build/.

    Every stored question is held against its expected answer. When a check finds a violation, reasoning a
    clash, or an answer is not the expected one, nothing is written and the last good build stays.
    """
    with messages.status("read") as status:
        report = build_project(folder, status.update, engine=engine.value)
    write_out(problems_text(report.problems) + _summary(report))
    if not report.ok:
        messages.print("nothing was written: the last good build stays")
        raise typer.Exit(1)


def _summary(report: BuildReport) -> str:
    severities = [problem.severity for problem in report.problems]
    counted = ", ".join(f"{severities.count(severity)} {severity}" for severity in Severity)
    rows = [
        ("sources", str(report.sources)),
        ("triples asserted", str(report.asserted)),
        ("triples inferred", str(report.inferred)),
        ("problems", counted),
        ("questions", f"{report.passed} passed, {report.failed} failed"),
        *((f"seconds to {name}", f"{seconds:.1f}") for name, seconds in report.seconds),
    ]
    return table_text(("build", ""), rows)
