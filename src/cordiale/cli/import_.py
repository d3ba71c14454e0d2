"""``cordiale import``: what other registers say, into the project."""

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project, ReportFormat
from cordiale.cli.printing import need_verb, table_text, write_out
from cordiale.link.piped import with_stdin
from cordiale.project.import_folder import ImportReport
from cordiale.project.import_ror import import_ror
from cordiale.project.import_sssom import import_sssom
from cordiale.project.import_wikidata import Choice, import_wikidata
from cordiale.read.text import decode, machine_error

__all__ = ["import_", "ror", "sssom", "wikidata"]

import_ = typer.Typer(help="Take in what another register says.", add_completion=False, rich_markup_mode=None)
import_.callback(invoke_without_command=True)(need_verb)

_ROWS = 25  # of the table; the report has all
_Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to read; - is stdin.")]
_Report = Annotated[ReportFormat, typer.Option("--format", help="How the report is written.")]


@import_.command()
def wikidata(
    files: _Files,
    ids: Annotated[
        list[str] | None, typer.Option("--id", metavar="ID", help="Take this entity; may be given again.")
    ] = None,
    ids_file: Annotated[
        Path | None, typer.Option("--ids", metavar="FILE", help="Take the entities whose ids stand here.")
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="ID", help="Take what is an instance of this; may be given again."),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Take what is N steps from our things and the ids."),
    ] = None,
    fmt: _Report = ReportFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Import entities of Wikidata: entity JSON, JSON dumps (.bz2, .gz), or RDF (.ttl, .nt).

    Without a choice all are taken. The report says what was refused, mended, or kept without words of ours.
    """
    listed = _ids_in(ids_file) if ids_file else []
    choice = Choice(ids=frozenset([*(ids or ()), *listed]), types=frozenset(types or ()), steps=steps)
    with with_stdin(files, sys.stdin.buffer) as given:
        report = import_wikidata(project, given, choice)
    _show(report, "entities", fmt)


@import_.command()
def ror(
    files: _Files,
    ids: Annotated[
        list[str] | None, typer.Option("--id", metavar="ID", help="Take this record; may be given again.")
    ] = None,
    ids_file: Annotated[
        Path | None, typer.Option("--ids", metavar="FILE", help="Take the records whose ids stand here.")
    ] = None,
    countries: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Take this country (GB, FR); may be given again."),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Take what is N steps from our things and the ids."),
    ] = None,
    fmt: _Report = ReportFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Import records of ROR: a dump in either schema, as one list or a record a line (.gz, .bz2).

    Without a choice all are taken, into a file for each country.
    """
    listed = _ids_in(ids_file) if ids_file else []
    with with_stdin(files, sys.stdin.buffer) as given:
        report = import_ror(
            project,
            given,
            ids=frozenset([*(ids or ()), *listed]),
            countries=frozenset(countries or ()),
            steps=steps,
        )
    _show(report, "records", fmt)


@import_.command()
def sssom(
    files: _Files,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The set's name under data/links; else its file's.")
    ] = None,
    fmt: _Report = ReportFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Import mapping sets in SSSOM/TSV, with their header within or in a .yml file beside them.

    A set in which anything is wrong, such as an unknown prefix, is refused whole: no row is dropped.
    """
    with with_stdin(files, sys.stdin.buffer) as given:
        report = import_sssom(project, given, name=name)
    _show(report, "mappings", fmt)


def _ids_in(path: Path) -> list[str]:
    try:
        return re.split(r"[\s,;]+", decode(path.read_bytes(), path=path.as_posix()).strip())
    except OSError as error:
        raise machine_error(path.as_posix(), error) from error


def _show(report: ImportReport, what: str, fmt: ReportFormat) -> None:
    """Print the report; the command ends with 1 when something was refused."""
    losses = report.losses
    if fmt is ReportFormat.JSON:
        write_out(json.dumps(_as_json(report), ensure_ascii=False, indent=2) + "\n")
    else:
        rows = [
            (kind.outcome, f"{kind.count:,}", kind.code, kind.message, ", ".join(map(str, kind.places)))
            for kind in losses.kinds()
        ]
        more = f"and {len(rows) - _ROWS} kinds more\n" if len(rows) > _ROWS else ""
        said = f"{report.taken:,} {what} in {report.files:,} files under {report.folder}\n"
        counts = ", ".join(f"{losses.count(word):,} {word}" for word in ("refused", "mended", "kept"))
        table = table_text(("outcome", "count", "code", "what", "first at"), rows[:_ROWS]) if rows else ""
        where = f"; each with its line in {report.report}" if report.report else "; nothing was written"
        write_out(f"{table}{more}{said}not said in our terms: {counts}{where}\n")
    if losses.count("refused"):
        raise typer.Exit(1)


def _as_json(report: ImportReport) -> dict[str, object]:
    return {
        "taken": report.taken,
        "files": report.files,
        "folder": report.folder,
        "report": report.report,
        "losses": [
            {
                "outcome": kind.outcome,
                "count": kind.count,
                "code": kind.code,
                "message": kind.message,
                "remedy": kind.remedy,
                "first": [str(place) for place in kind.places],
            }
            for kind in report.losses.kinds()
        ],
    }
