"""Data to stdout, messages to stderr; colours and bars only on a terminal."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cordiale.model.problems import Problem, Severity
from cordiale.publish.files import save_parts

__all__ = ["flush", "messages", "need_verb", "problems_text", "table_text", "write_out", "write_parts"]

messages = Console(stderr=True, highlight=False)


def write_out(content: str | bytes, output: Path | None = None) -> None:
    """Write to stdout, in UTF-8 wherever it leads, or to a file that is replaced when all of it is written.

    A reader that has seen enough and goes (``| head -1``) is no error.

    Raises:
        MachineError: the file cannot be written.
        OSError: stdout cannot be written.
    """
    write_parts((content.encode() if isinstance(content, str) else content,), output)


def write_parts(parts: Iterable[bytes], output: Path | None = None) -> None:
    """The same, piece by piece."""
    if output is not None and str(output) != "-":
        save_parts(output, parts)
        return
    # What makes the parts may fail as well, and that is not about stdout.
    pieces = iter(parts)
    while (part := next(pieces, None)) is not None:
        if not _to_stdout(part):
            return


def _to_stdout(part: bytes) -> bool:
    """Whether somebody still reads."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What Python still holds would fail once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
        return False
    return True


def flush() -> None:
    """Give all that was printed to whoever reads stdout.

    Raises:
        OSError: it cannot be written.
    """
    _to_stdout(b"")


def table_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for stdout: as wide as the terminal, or as its content where there is none."""
    table = Table(*columns, highlight=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        wide = Console(highlight=False, width=10_000)
        console = Console(highlight=False, width=wide.measure(table).maximum)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def problems_text(problems: Iterable[Problem]) -> str:
    """Problems as text, each with its remedy below it; those that are no violations say so."""
    return "".join(f"{_graded(problem)}\n" for problem in problems)


def _graded(problem: Problem) -> Problem:
    if problem.severity is Severity.VIOLATION:
        return problem
    return replace(problem, message=f"{problem.message} ({problem.severity})")


def need_verb(context: typer.Context) -> None:
    """Show the help when there is no verb: it is not what was asked for, so it is no data."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)
