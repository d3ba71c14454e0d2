"""``cordiale reason``: what follows from what the sources state, or from any RDF files."""

import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import indent
from typing import Annotated

import typer

from cordiale.cli.options import Format, GraphFormat, Output, Project, Reasoner, ReasonerOption, Triples
from cordiale.cli.printing import messages, problems_text, write_out, write_parts
from cordiale.closure.consequences import Consequences
from cordiale.closure.loading.given import Given
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.project.clashes import clash_problems
from cordiale.project.knowledge_graph import open_project
from cordiale.project.reasoning import (
    MOST_PROOFS,
    clash_proofs,
    clashes_of,
    documents_of,
    import_problems,
    written,
)
from cordiale.project.reasoning import reason as reason_on

__all__ = ["reason"]


def reason(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…", help="RDF files, also packed (.gz); - is stdin. Without: the project."
        ),
    ] = None,
    triples: Annotated[Triples, typer.Option(help="Which triples are written.")] = Triples.INFERRED,
    fmt: Format = GraphFormat.TURTLE,
    output: Output = None,
    engine: ReasonerOption = Reasoner.DUCKDB,
    full: Annotated[
        bool, typer.Option("--full", help="Conclude what says nothing as well, such as x owl:sameAs x.")
    ] = False,
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rules of your own, beside those that OWL 2 RL has.")
    ] = None,
    input_format: Annotated[
        GraphFormat | None,
        typer.Option(help="The format of FILE, where neither its name nor its beginning tells."),
    ] = None,
    project: Project = Path(),
) -> None:
    """Write what follows from RDF files, or from the project.

    The rules are those of OWL 2 RL. All graphs of a file are one. Clashes go to stderr, and so does what was
    left out. Nothing is fetched: no owl:imports, no JSON-LD context.
    """
    if files:
        form = None if input_format is None else input_format.value
        documents = documents_of(files, sys.stdin.buffer, form)
        found = _found(documents, engine, full, rules)
        write_parts(written(found, fmt.value, triples.value), output)
        _report(found, clashes_of(found, documents), clash_proofs(found, documents))
        return
    if input_format is not None:
        raise UsageError(
            Problem(
                code="C513", message="--input-format goes with a FILE", remedy="name a file, or - for stdin"
            )
        )
    kg = open_project(project, engine=engine.value)
    if full or rules is not None:
        found = _found(kg.graph, engine, full, rules)
        write_parts(written(found, fmt.value, triples.value, kg.all_prefixes), output)
        _report(found, clash_problems(found.clashes, kg.blame), clash_proofs(found, ()))
        return
    with messages.status("reason"):
        clashes = clash_problems(kg.closure.clashes, kg.blame)
    write_out(kg.export(fmt.value, triples=triples.value), output)
    messages.print(f"{len(kg.graph)} triples asserted, {len(kg.closure.inferred)} inferred")
    proofs = kg.closure.clashes[:MOST_PROOFS] if engine is Reasoner.DUCKDB else ()
    _tell(clashes, [str(kg.why_clash(clash)) for clash in proofs])


def _found(given: Given, engine: Reasoner, full: bool, rules: Path | None) -> Consequences:
    with messages.status("read") as status:
        return reason_on(given, engine=engine.value, full=full, rules=rules, progress=status.update)


def _report(found: Consequences, clashes: Sequence[Problem], proofs: Sequence[str]) -> None:
    messages.print(f"{found.asserted.num_rows} triples asserted, {len(found)} inferred")
    if found.left_out:
        rules = ", ".join(line.partition(":")[0] for line in found.left_out)
        messages.print(
            f"left out, because it says nothing (docs/reference/closure.md): {rules}", soft_wrap=True
        )
    print(problems_text(import_problems(found)), end="", file=sys.stderr)
    _tell(clashes, proofs)


def _tell(clashes: Sequence[Problem], proofs: Sequence[str]) -> None:
    """Each clash, the first of them with their proofs; exit code 1 where there are any."""
    for problem, proof in zip_longest(clashes, proofs, fillvalue=""):
        print(problem, indent(str(proof), "  "), sep="\n", end="", file=sys.stderr)
    if clashes:
        raise typer.Exit(1)
