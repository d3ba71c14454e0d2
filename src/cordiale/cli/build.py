"""``cordiale build``: from files to answers."""

from pathlib import Path

import typer

from cordiale.cli.options import Folder
from cordiale.cli.printing import messages, print_table, report_problems
from cordiale.model.problems import Severity
from cordiale.project.build import BuildReport
from cordiale.project.build import build as build_project

__all__ = ["build"]


def build(folder: Folder = Path()) -> None:
    """Read, check, reason, answer every stored question, and export to build/."""
    with messages.status("read") as status:
        report = build_project(folder, lambda step: status.update(step))
    report_problems(report.problems, "text")
    _print_report(report)
    if not report.ok:
        messages.print("nothing was written: the last good build stays")
        raise typer.Exit(1)


def _print_report(report: BuildReport) -> None:
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
    print_table(("build", ""), rows)
