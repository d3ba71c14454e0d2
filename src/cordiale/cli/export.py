"""``cordiale export``: the graph in a format of one's choice."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import (
    AsOf,
    Contested,
    DatedOnly,
    Format,
    GraphFormat,
    MinReliability,
    MinSources,
    Output,
    Project,
    Triples,
    ViewName,
    Without,
)
from cordiale.cli.printing import write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.project.knowledge_graph import open_project

__all__ = ["export"]


def export(
    fmt: Format = GraphFormat.TURTLE,
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.ASSERTED,
    without: Without = None,
    min_sources: MinSources = None,
    min_reliability: MinReliability = "",
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    contested: Contested = False,
    supports: Annotated[
        bool,
        typer.Option("--supports", help="Write what inferred triples rest on, as PROV-O in Turtle."),
    ] = False,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Write the graph in a format.

    trig, nquads and jsonld keep a named graph for each source; the others hold the union of them.
    """
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
    write_out(kg.export_supports() if supports else kg.export(fmt.value, triples=triples.value), output)
