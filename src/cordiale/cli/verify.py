"""``cordiale verify``: whether a receipt's answer would be given again."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import write_out
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.receipts import Verification, read_receipt
from cordiale.project.receipts import verify as verified
from cordiale.query.answers import RowSources
from cordiale.read.spelling import told
from cordiale.read.text import machine_error

__all__ = ["verify"]


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `cordiale query --receipt` wrote.")],
    project: Project = Path(),
) -> None:
    """Ask again what a receipt records.

    Says which rows are there no more, which are new, which rest on other sources, and which files have
    changed since. The exit code is 1 when the answer is another one.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise machine_error(str(file), error) from error
    receipt = read_receipt(data, path=str(file))
    kg = open_project(project)
    found = verified(kg, receipt)
    write_out("\n".join(_told(found, kg)) + "\n")
    if not found.holds:
        raise typer.Exit(1)


def _told(found: Verification, kg: KnowledgeGraph) -> list[str]:
    lines = ["the answer holds" if found.holds else "the answer is another one now"]
    lines += [f"  no more  {_row(row, kg)}" for row in found.lost]
    lines += [f"  new      {_row(row, kg)}" for row in found.gained]
    for row, before, after in found.resting:
        lines.append(f"  rests on other sources  {_row(row, kg)}")
        lines += [f"    then  {_sources(before)}", f"    now   {_sources(after)}"]
    if found.edited:
        lines.append("the stored question has another text now; that of the receipt was asked")
    if found.version:
        lines.append(f"the receipt was written by cordiale {found.version}")
    return lines + [f"changed since: {path}" for path in found.changed_files]


def _row(row: str, kg: KnowledgeGraph) -> str:
    """A row for people: terms as short as can be, or yes or no."""
    shown = []
    for each in json.loads(row):
        if isinstance(each, bool):
            shown.append("yes" if each else "no")
        else:
            shown.append("" if each is None else kg.names.written(told(each)))
    return " | ".join(shown)


def _sources(sources: str) -> str:
    return str(RowSources(**json.loads(sources)))
