"""``cordiale reason``: what follows from what the sources state."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Format, GraphFormat, Output, Project, Triples
from cordiale.cli.printing import messages, write_out
from cordiale.project.build import clash_problems
from cordiale.project.knowledge_graph import open_project

__all__ = ["reason"]


def reason(
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.INFERRED,
    fmt: Format = GraphFormat.TURTLE,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Write what follows by OWL 2 RL from what the sources state; clashes go to stderr."""
    kg = open_project(project)
    with messages.status("reason"):
        clashes = clash_problems(kg)
    write_out(kg.export(fmt.value, triples=triples.value), output)
    messages.print(f"{len(kg.graph)} triples asserted, {len(kg.closure.inferred)} inferred")
    for clash in clashes:
        messages.print(str(clash), markup=False)
    if clashes:
        raise typer.Exit(1)
