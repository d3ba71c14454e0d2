"""``cordiale export``: the graph in a format of one's choice."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import (
    AsOf,
    Contested,
    DatedOnly,
    ExportFormat,
    MinReliability,
    MinSources,
    Output,
    Project,
    Triples,
    ViewName,
    Without,
)
from cordiale.cli.printing import messages, problems_text, table_text, write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.project.export_wikidata import WIKIDATA_FORMATS, export_wikidata
from cordiale.project.exporting import TABLES
from cordiale.project.knowledge_graph import open_project
from cordiale.publish.formats import FORMATS

__all__ = ["export"]


def export(
    context: typer.Context,
    fmt: Annotated[
        ExportFormat, typer.Option("--format", help="How the graph is written.")
    ] = ExportFormat.TURTLE,
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.ASSERTED,
    without: Without = None,
    min_sources: MinSources = None,
    min_reliability: MinReliability = None,
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    contested: Contested = False,
    supports: Annotated[
        bool,
        typer.Option("--supports", help="Write, as PROV-O, what inferred triples rest on."),
    ] = False,
    frame: Annotated[
        str,
        typer.Option(metavar="NAME", help="For jsonld: trees of one kind, by ontology/frames/NAME.jsonld."),
    ] = "",
    missing_in: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="For Wikidata: only what this dump lacks; may be given again."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="For Wikidata: show the statements in a table instead.")
    ] = False,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Write the graph in a format.

    trig, nquads, canonical and jsonld keep a named graph for each source; the others hold the union of them.
    canonical is N-Quads by RDFC-1.0: its SHA-256 is a fingerprint of the graph that others can make again.
    jsonld-compacted uses the names of the project's context; context is that context alone.
    csv-entities and csv-roles are tables of what holds, inferred or not, with the sources of each line.
    quickstatements, wikidata and wikidata-json tell Wikidata what is said of things linked to its items.
    """
    # Where it has no effect it is refused, also when it says what is the case anyhow.
    source = context.get_parameter_source("triples")
    chosen = source is not None and source.name != "DEFAULT"
    if fmt is ExportFormat.CONTEXT:
        given = {
            "--triples": chosen,
            "--without": without,
            "--min-sources": min_sources,
            "--min-reliability": min_reliability,
            "--as-of": as_of,
            "--dated-only": dated_only,
            "--view": view,
            "--contested": contested,
        }
        for option, value in given.items():
            if value is not None and value is not False and value != "":  # 0 is given, too
                raise _misuse(option, "is for graphs and tables: the context is the same in every view")
    kg = open_project(project)
    policy = policy_of(
        kg,
        view=view,
        without=without,
        min_sources=min_sources,
        min_reliability=min_reliability,
        as_of=as_of,
        dated_only=dated_only,
    )
    kg = seen_by(kg, policy, contested=contested)
    if supports:
        if fmt.value not in FORMATS:
            raise _misuse("--supports", f"is for the formats {', '.join(FORMATS)}")
        if chosen or frame:
            option = "--frame" if frame else "--triples"
            raise _misuse(option, "does not go with --supports, which tells of what is inferred alone")
        write_out(kg.export_supports(fmt.value), output)
        return
    if frame and fmt is not ExportFormat.JSONLD:
        raise _misuse("--frame", "is for the format jsonld")
    if fmt.value in WIKIDATA_FORMATS:
        if chosen:
            raise _misuse("--triples", "is for the other formats: Wikidata is told what sources state")
        made = export_wikidata(kg, missing_in or ())
        if dry_run:
            columns = ("item", "name", "property", "value", "qualifiers", "references")
            content, problems = table_text(columns, made.rows()), made.problems
        else:
            content, untold = made.write(fmt.value)
            problems = (*made.problems, *untold)
        messages.print(problems_text(problems), end="", markup=False, soft_wrap=True)
        write_out(content, output)
        return
    if missing_in or dry_run:
        option = "--missing-in" if missing_in else "--dry-run"
        raise _misuse(option, f"is for the formats {', '.join(WIKIDATA_FORMATS)}")
    if fmt.value in TABLES and chosen:
        raise _misuse("--triples", "is for graphs: tables tell of what holds, inferred or not")
    write_out(kg.export(fmt.value, triples=triples.value, frame=frame), output)


def _misuse(option: str, message: str) -> UsageError:
    remedy = "leave it out, or the other option; see cordiale export --help"
    return UsageError(Problem(code="C734", message=f"{option} {message}", remedy=remedy))
