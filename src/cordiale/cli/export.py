"""``cordiale export``: the graph in a format of one's choice."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Format, GraphFormat, Output, Project, Triples
from cordiale.cli.printing import write_out
from cordiale.project.knowledge_graph import open_project

__all__ = ["export"]


def export(
    fmt: Format = GraphFormat.TURTLE,
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.ASSERTED,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Write the graph in a format.

    trig, nquads and jsonld keep a named graph for each source; the others hold the union of them.
    """
    write_out(open_project(project).export(fmt.value, triples=triples.value), output)
