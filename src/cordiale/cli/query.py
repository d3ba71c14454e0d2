"""``cordiale query``: ask a stored question, or one's own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, cast

import typer
from rdflib import Literal, URIRef

from cordiale.cli.options import (
    AsOf,
    Contested,
    DatedOnly,
    Engine,
    MinReliability,
    MinSources,
    Output,
    Project,
    QueryFormat,
    Triples,
    ViewName,
    Without,
)
from cordiale.cli.printing import table_text, write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.model.errors import SourceError, UsageError
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.receipts import Asked, receipt_text
from cordiale.publish.files import save
from cordiale.query.answers import Answer, AnswerFormat, write_answer
from cordiale.query.limits import Limits
from cordiale.read.text import decode, machine_error

__all__ = ["query"]

_ROWS = (QueryFormat.TABLE, QueryFormat.CSV, QueryFormat.TSV, QueryFormat.JSON, QueryFormat.XML)


def query(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="The id of a stored question.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--param", metavar="NAME=VALUE", help="A parameter of it.")
    ] = None,
    text: Annotated[str | None, typer.Option("-e", "--expression", metavar="SPARQL", help="A query.")] = None,
    file: Annotated[
        str | None,
        typer.Option("-f", "--file", metavar="FILE", help="A file that holds a query; - is stdin."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the stored questions.")] = False,
    fmt: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="How the answer is written: table or turtle unless you say so."),
    ] = None,
    triples: Annotated[Triples, typer.Option(help="Which triples are asked.")] = Triples.BOTH,
    engine: Annotated[
        Engine, typer.Option(help="rdflib is slow, and gives literals as they are written.")
    ] = Engine.OXIGRAPH,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="Stop a query that takes longer.")
    ] = 60,
    row_limit: Annotated[int, typer.Option(metavar="N", min=0, help="Refuse an answer with more rows.")] = (
        1_000_000
    ),
    sources: Annotated[
        bool, typer.Option("--sources", help="Tell the minimal sets of sources that each row rests on.")
    ] = False,
    receipt: Annotated[
        Path | None,
        typer.Option("--receipt", metavar="FILE", help="Also write a receipt, for cordiale verify."),
    ] = None,
    without: Without = None,
    min_sources: MinSources = None,
    min_reliability: MinReliability = None,
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    contested: Contested = False,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Answer a stored question, or a query of your own.

    Give one of QUESTION, -e and -f, or --list.
    """
    if [question, text, file, listing or None].count(None) != 3:
        raise _misuse("give one question: an id, -e or -f", "`cordiale query --list` shows the stored ones")
    if parameter and question is None:
        raise _misuse("-p goes with a stored question", "write the value into your query")
    given = dict(_split(pair) for pair in parameter or ())
    path = "stdin" if file == "-" else file or "query"
    if file is not None:
        text = _read(file, path)
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
    whole, kg = kg, seen_by(kg, policy, contested=contested)
    if receipt is not None and listing:
        raise _misuse("--receipt is of an answer", "ask a question")
    told = sources or receipt is not None
    limits = Limits(seconds=time_limit, rows=row_limit)
    if listing:
        write_out(_written(_listing(kg), kg, fmt), output)
        return
    stored, bindings = kg.bound(question, given) if question is not None else (None, {})
    asked = Asked(
        question=stored.id if stored else "",
        text=stored.text if stored else text or "",
        bindings=bindings,
        triples=triples.value,
        policy=policy,
        contested=contested,
    )
    with nullcontext() if stored else _typed():
        answer = kg.query(
            asked.text,
            bindings,
            engine=engine.value,
            triples=asked.triples,
            path=stored.path if stored else path,
            limits=limits,
            sources=told,
        )
    if receipt is not None:
        save(receipt, receipt_text(whole, asked, answer).encode())
    write_out(_written(answer if sources else replace(answer, sources=()), kg, fmt), output)


def _written(answer: Answer, kg: KnowledgeGraph, fmt: QueryFormat | None) -> str | bytes:
    if answer.kind == "graph":
        if fmt in _ROWS:
            raise _misuse(f"this query makes a graph, which {fmt} cannot hold", "write --format turtle")
        # Nothing that a table waits for.
        from cordiale.publish.formats import write_triples
        from cordiale.publish.term_text import term_text

        if answer.sources:
            if fmt not in (None, QueryFormat.NTRIPLES):
                raise _misuse(f"{fmt} has no place for the sources of triples", "write --format ntriples")
            lines = (
                f"{' '.join(map(term_text, triple))} . # {sources}\n"
                for triple, sources in zip(answer.triples, answer.sources, strict=True)
            )
            return "".join(sorted(lines))
        return write_triples(answer.triples, fmt or "turtle", kg.all_prefixes)
    if fmt is not None and fmt not in _ROWS:
        raise _misuse(f"this query gives rows, which {fmt} cannot hold", "write --format csv")
    if fmt is not None and fmt is not QueryFormat.TABLE:
        return write_answer(answer, cast(AnswerFormat, fmt.value))
    told = [str(each) for each in answer.sources]
    if answer.kind == "boolean":
        return "\n".join(("yes" if answer.truth else "no", *told, ""))
    rows = [[_cell(term, kg) for term in row] for row in answer.rows]
    if not answer.sources:
        return table_text(answer.variables, rows)
    columns = (*answer.variables, "rests on")
    return table_text(columns, [[*row, each] for row, each in zip(rows, told, strict=True)])


def _cell(term: object, kg: KnowledgeGraph) -> str:
    if term is None:
        return ""
    return kg.names.shorten(term) if isinstance(term, URIRef) else str(term)


def _listing(kg: KnowledgeGraph) -> Answer:
    language = kg.settings.languages[0]
    return Answer(
        kind="rows",
        variables=("question", "asks", "parameters"),
        rows=tuple(
            (
                Literal(question.id),
                Literal(question.summary.get(language, "")),
                Literal(", ".join(parameter.name for parameter in question.parameters)),
            )
            for question in kg.questions
        ),
    )


def _split(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise _misuse(f'"{pair}" is no parameter', "write -p name=value")
    return name, value


def _read(file: str, path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise machine_error(path, error) from error
    with _typed():
        return decode(data, path=path)


@contextmanager
def _typed() -> Iterator[None]:
    """A query of one's own that is none is wrong use: nothing is the matter with the project."""
    try:
        yield
    except SourceError as error:
        raise UsageError(*error.problems) from error


def _misuse(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C511", message=message, remedy=remedy))
