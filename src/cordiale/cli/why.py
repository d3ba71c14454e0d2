"""``cordiale why``: the proof of a fact, down to the lines that state what it rests on."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import write_out
from cordiale.project.knowledge_graph import open_project

__all__ = ["ProofFormat", "why"]


class ProofFormat(StrEnum):
    """How a proof is written."""

    TEXT = "text"
    JSON = "json"
    PROV = "prov"
    MERMAID = "mermaid"


def why(
    subject: Annotated[str, typer.Argument(metavar="S", help="A label, a CURIE, a slug or an IRI.")],
    predicate: Annotated[str, typer.Argument(metavar="P", help='The same, or "a" for rdf:type.')],
    object_: Annotated[
        str, typer.Argument(metavar="O", help='The same, or a literal as in Turtle: "\\"Paris\\"@fr", 42.')
    ],
    fmt: Annotated[
        ProofFormat,
        typer.Option("--format", help="How the proof is written: prov is PROV-O in Turtle."),
    ] = ProofFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Show why a fact holds.

    Each inferred triple with its rule and what it follows from, each stated one with its places in the files.
    """
    kg = open_project(project)
    write_out(kg.why(subject, predicate, object_).write(fmt.value))
