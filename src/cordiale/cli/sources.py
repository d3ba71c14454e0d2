"""``cordiale sources``: what each source states, and what only it carries."""

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from cordiale.cli.options import Project
from cordiale.cli.printing import messages, table_text, write_out
from cordiale.project.knowledge_graph import open_project
from cordiale.publish.bars import bar_chart
from cordiale.publish.files import save
from cordiale.trust.shares import Share

__all__ = ["SourcesFormat", "SourcesOrder", "sources"]

_COLUMNS = ("source", "states", "alone", "inferred", "answers", "tier", "issued", "access")


class SourcesFormat(StrEnum):
    """How the sources are listed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class SourcesOrder(StrEnum):
    """By what the sources are sorted."""

    NAME = "name"
    STATES = "states"
    ALONE = "alone"
    INFERRED = "inferred"
    ANSWERS = "answers"
    ISSUED = "issued"


def sources(
    sort: Annotated[SourcesOrder, typer.Option(help="By what they are sorted; numbers the most first.")] = (
        SourcesOrder.NAME
    ),
    answers: Annotated[
        bool,
        typer.Option(
            "--answers", help="Also count the stored answers that depend on each; this takes a minute."
        ),
    ] = False,
    fmt: Annotated[
        SourcesFormat, typer.Option("--format", help="How they are listed.")
    ] = SourcesFormat.TABLE,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="Also draw them as an SVG chart here.")
    ] = None,
    project: Project = Path(),
) -> None:
    """List the sources, and what only each of them carries.

    "alone" are triples that no other source states or leads to, "inferred" those that only follow with it.
    """
    kg = open_project(project)
    doubted = [source.name for source in kg.sources if not source.trusted]
    counted = answers or sort is SourcesOrder.ANSWERS
    quiet = not messages.is_terminal
    steps = track(doubted if counted else [], "withdrawing each", console=messages, disable=quiet)
    found = _sorted(kg.shares({name: kg.changed_without(name) for name in steps}), sort)
    if chart is not None:
        bars = [(each.source.name, each.states_alone, each.infers_alone) for each in found]
        save(chart, bar_chart("What falls without each source", ("stated", "inferred"), bars).encode())
    rows = [_row(each, counted=counted) for each in found]
    if fmt is SourcesFormat.JSON:
        listed = [
            {**dict(zip(_COLUMNS, row, strict=True)), "answers": each.answers if counted else None}
            for row, each in zip(rows, found, strict=True)
        ]
        write_out(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    elif fmt is SourcesFormat.CSV:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows((_COLUMNS, *rows))
        write_out(stream.getvalue())
    else:
        write_out(table_text(_COLUMNS, [[str(cell) for cell in row] for row in rows]))


def _row(each: Share, *, counted: bool) -> tuple[object, ...]:
    source = each.source
    number = len(each.answers) if counted else ""
    return (
        source.name,
        each.states,
        each.states_alone,
        each.infers_alone,
        number,
        "trusted" if source.trusted else source.tier,
        source.issued,
        source.access,
    )


def _sorted(found: tuple[Share, ...], sort: SourcesOrder) -> list[Share]:
    def key(each: Share) -> tuple[object, str]:
        counts = {
            SourcesOrder.STATES: each.states,
            SourcesOrder.ALONE: each.states_alone,
            SourcesOrder.INFERRED: each.infers_alone,
            SourcesOrder.ANSWERS: len(each.answers),
        }
        if sort is SourcesOrder.ISSUED:
            return each.source.issued or "9999", each.source.name
        return -counts.get(sort, 0), each.source.name

    return sorted(found, key=key)
