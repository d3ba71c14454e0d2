"""``cordiale why``: the proof of a fact, down to the lines that state what it rests on."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import messages, write_out
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
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
    every: Annotated[
        bool, typer.Option("--all", help="A proof for each minimal set of sources that suffices.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Show why a fact holds.

    Each inferred triple with its rule and what it follows from, each stated one with its places in the files;
    and the minimal sets of sources each of which suffices.
    """
    if every and fmt not in (ProofFormat.TEXT, ProofFormat.JSON):
        raise UsageError(
            Problem(
                code="C655",
                message=f"several proofs cannot be written as one in {fmt}",
                remedy="write --format text or json, or leave --all out",
            )
        )
    kg = open_project(project)
    if not every:
        write_out(kg.why(subject, predicate, object_).write(fmt.value))
        return
    proofs = kg.why_all(subject, predicate, object_)
    if any(proof.truncated for proof in proofs):
        messages.print(f"there may be other sets of sources: {len(proofs)} are kept")
    if fmt is ProofFormat.JSON:
        listed = [{"support": proof.support, **json.loads(proof.write("json"))} for proof in proofs]
        write_out(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    for number, proof in enumerate(proofs, start=1):
        sources = " + ".join(proof.support or ()) or "what is trusted"
        write_out(f"{number} of {len(proofs)}: by {sources}\n{proof.write('text')}\n")
