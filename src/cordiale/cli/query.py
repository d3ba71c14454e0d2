"""``cordiale query``: ask a stored question, or one's own."""

import sys
from pathlib import Path
from typing import Annotated, cast

import typer
from rdflib import URIRef

from cordiale.cli.options import Engine, Output, Project, QueryFormat, Triples
from cordiale.cli.printing import print_table, write_out
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.publish.formats import write_triples
from cordiale.query.answers import Answer, AnswerFormat, write_answer

__all__ = ["query"]

_ROWS = (QueryFormat.TABLE, QueryFormat.CSV, QueryFormat.TSV, QueryFormat.JSON, QueryFormat.XML)


def query(
    question: Annotated[str | None, typer.Argument(help="The id of a stored question.")] = None,
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
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Answer a stored question (QUESTION), or a query of your own (-e, -f)."""
    kg = open_project(project)
    if listing:
        _list(kg)
        return
    if [question, text, file].count(None) != 2:
        raise _misuse("give one question: an id, -e or -f", "`cordiale query --list` shows the stored ones")
    if question is not None:
        given = dict(_split(pair) for pair in parameter or ())
        answer = kg.ask(question, engine=engine.value, triples=triples.value, **given)
    elif parameter:
        raise _misuse("-p goes with a stored question", "write the value into your query")
    else:
        answer = kg.query(text or _read(file or ""), engine=engine.value, triples=triples.value)
    _print(answer, kg, fmt, output)


def _print(answer: Answer, kg: KnowledgeGraph, fmt: QueryFormat | None, output: Path | None) -> None:
    if answer.kind == "graph":
        if fmt in _ROWS:
            raise _misuse(f"this query makes a graph, which {fmt} cannot hold", "write --format turtle")
        write_out(write_triples(answer.triples, fmt or "turtle", kg.all_prefixes), output)
        return
    if fmt is not None and fmt not in _ROWS:
        raise _misuse(f"this query gives rows, which {fmt} cannot hold", "write --format csv")
    if fmt in (None, QueryFormat.TABLE) and output is None:
        if answer.kind == "boolean":
            print("yes" if answer.truth else "no")
        else:
            print_table(answer.variables, [[_cell(term, kg) for term in row] for row in answer.rows])
        return
    text = cast(AnswerFormat, "csv" if fmt in (None, QueryFormat.TABLE) else fmt)
    write_out(write_answer(answer, text), output)


def _cell(term: object, kg: KnowledgeGraph) -> str:
    if term is None:
        return ""
    return kg.names.shorten(term) if isinstance(term, URIRef) else str(term)


def _list(kg: KnowledgeGraph) -> None:
    language = kg.settings.languages[0]
    rows = [
        (
            question.id,
            question.summary.get(language, ""),
            ", ".join(parameter.name for parameter in question.parameters),
        )
        for question in kg.questions
    ]
    print_table(("question", "what it asks", "parameters"), rows)


def _split(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise _misuse(f'"{pair}" is no parameter', "write -p name=value")
    return name, value


def _read(file: str) -> str:
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")


def _misuse(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C511", message=message, remedy=remedy))
