"""Data to stdout, messages to stderr; colours and bars only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cordiale.model.problems import Problem
from cordiale.publish.files import save

__all__ = ["messages", "print_table", "problem_json", "report_problems", "write_out"]

messages = Console(stderr=True, highlight=False)


def write_out(content: str | bytes, output: Path | None = None) -> None:
    """Write to stdout, or to a file that is replaced only when all of it is written.

    Raises:
        MachineError: the file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        save(output, data)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout: as wide as the terminal, or as its content where there is none."""
    table = Table(*columns, highlight=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        wide = Console(highlight=False, width=10_000)
        console = Console(highlight=False, width=wide.measure(table).maximum)
    console.print(table)


def report_problems(problems: Iterable[Problem], fmt: str) -> None:
    """All problems on stdout, as text or as one JSON list."""
    if fmt == "json":
        write_out(
            json.dumps([problem_json(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"
        )
        return
    for problem in problems:
        print(f"{problem.severity}: {problem}")


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as the members of a JSON object; an unknown place is null."""
    place = problem.place
    return {
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
