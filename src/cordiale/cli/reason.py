"""``cordiale reason``: what follows from what the sources state."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Format, GraphFormat, Output, Project, Triples
from cordiale.cli.printing import messages, problems_text, write_out
from cordiale.project.build import clash_problems
from cordiale.project.knowledge_graph import open_project

__all__ = ["reason"]


def reason(
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.INFERRED,
    fmt: Format = GraphFormat.TURTLE,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Write what follows from what the sources state.

    The rules are those of OWL 2 RL. Clashes go to stderr.
    """
    kg = open_project(project)
    with messages.status("reason"):
        clashes = clash_problems(kg)
    write_out(kg.export(fmt.value, triples=triples.value), output)
    messages.print(f"{len(kg.graph)} triples asserted, {len(kg.closure.inferred)} inferred")
    print(problems_text(clashes), end="", file=sys.stderr)
    if clashes:
        raise typer.Exit(1)
