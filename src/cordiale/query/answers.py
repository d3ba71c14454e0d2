"""The answer to a query, rows, yes or no, or triples: how it is written and compared."""

import csv
import difflib
import io
from dataclasses import dataclass
from typing import Literal as OneOf

from rdflib import Literal

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.query import formats

__all__ = ["SOURCES", "Answer", "AnswerFormat", "AnswerKind", "RowSources", "compare", "write_answer"]

AnswerKind = OneOf["rows", "boolean", "graph"]
AnswerFormat = OneOf["csv", "tsv", "json", "xml"]

SOURCES = "cordiale:sources"  # the column and the member that have them


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSources:
    """What a row, or a triple of a graph, rests on: the minimal sets of sources that suffice for it.

    ``absence``: it is there for want of something too, so that a further source might take it away.
    ``aggregate``: it is drawn from a group, and the one set has all sources that have part in it.
    ``truncated``: there may be other sets. ``not_covered`` names the operator for which sources are not
    worked out; then there are no sets.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    absence: bool = False
    aggregate: bool = False
    truncated: bool = False
    not_covered: str = ""

    def __str__(self) -> str:
        """The sets with ``|`` between them, and in brackets what is to be known of them.

        >>> str(RowSources(sets=(("a",), ("b", "c")), absence=True))
        'a | b + c [absence]'
        """
        if self.not_covered:
            return f"not covered: {self.not_covered}"
        marks = [name for name in ("absence", "aggregate", "truncated") if getattr(self, name)]
        sets = " | ".join(" + ".join(each) or "(trusted)" for each in self.sets)
        return f"{sets} [{', '.join(marks)}]".strip() if marks else sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gives: SELECT rows, ASK a boolean, CONSTRUCT and DESCRIBE a graph."""

    kind: AnswerKind
    variables: tuple[str, ...] = ()  # of rows: the columns
    rows: tuple[tuple[Node | None, ...], ...] = ()  # None: unbound
    truth: bool = False  # of a boolean
    triples: tuple[Triple, ...] = ()  # of a graph: each once
    # Of each row or triple, or of yes or no; nothing where they were not asked for.
    sources: tuple[RowSources, ...] = ()


def write_answer(answer: Answer, fmt: AnswerFormat) -> str:
    """Rows or a boolean in one of the SPARQL 1.1 results formats; lines end in a line feed.

    Blank nodes are called b0, b1 ... as they appear, so that equal answers give equal text. CSV and TSV have
    no form for a boolean in the specification; here it is the one word, as other tools have it.
    Triples are for the writers of graphs in the room ``publish``.

    Raises:
        UsageError: C440 (triples, or sources of rows in TSV and XML), C441 (a character that XML has not).
    """
    if answer.kind == "graph":
        raise _unfit("triples are no table", "write them in a format for graphs, such as turtle")
    if answer.sources and (fmt in ("tsv", "xml") or (fmt == "csv" and answer.kind == "boolean")):
        raise _unfit(f"{fmt} has no place for these sources", "write json, or what is shown without --format")
    sources = [_json_sources(each) for each in answer.sources]
    if answer.kind == "boolean":
        if fmt == "json":
            return formats.json_boolean(answer.truth, sources=sources[0] if sources else None)
        return formats.xml_boolean(answer.truth) if fmt == "xml" else f"{str(answer.truth).lower()}\n"
    if answer.sources and fmt in ("tsv", "xml"):
        raise _unfit(f"{fmt} has no place for the sources of rows", "write csv or json, or the table")
    rows = formats.relabelled(answer.rows)
    match fmt:
        case "csv":
            return formats.csv_rows(*_with_column(answer, rows))
        case "tsv":
            return formats.tsv_rows(answer.variables, rows)
        case "json":
            sources = [_json_sources(each) for each in answer.sources]
            return formats.json_rows(answer.variables, rows, sources=sources or None)
        case "xml":
            return formats.xml_rows(answer.variables, rows)


def _with_column(answer: Answer, rows: list[formats.Row]) -> tuple[tuple[str, ...], list[formats.Row]]:
    """The rows with their sources in a last column, which no variable can be called."""
    if not answer.sources:
        return answer.variables, rows
    told = [(*row, Literal(str(each))) for row, each in zip(rows, answer.sources, strict=True)]
    return (*answer.variables, SOURCES), told


def _json_sources(sources: RowSources) -> dict[str, object]:
    if sources.not_covered:
        return {"notCovered": sources.not_covered}
    told: dict[str, object] = {"sets": sources.sets}
    return told | {name: True for name in ("absence", "aggregate", "truncated") if getattr(sources, name)}


def compare(answer: Answer, expected: str) -> tuple[str, ...]:
    """Nothing when the answer is what the CSV text ``expected`` says; else the lines of a diff of the two.

    Rows are compared in order, cell by cell, so quoting and line ends do not matter. Yes or no is compared
    with the single cell ``true`` or ``false``.

    >>> compare(Answer(kind="boolean", truth=True), "false")
    ('--- expected', '+++ got', '@@ -1 +1 @@', '-false', '+true')

    Raises:
        UsageError: C440 (triples, which have no CSV form).
    """
    if answer.kind == "graph":
        raise _unfit("triples cannot be compared with a table", "ask with SELECT, or keep no .expected.csv")
    wanted_rows, got_rows = _cells(expected), _cells(write_answer(answer, "csv"))
    if wanted_rows == got_rows:
        return ()
    wanted_lines, got_lines = _lines(wanted_rows), _lines(got_rows)
    return tuple(difflib.unified_diff(wanted_lines, got_lines, "expected", "got", lineterm=""))


def _cells(text: str) -> list[list[str]]:
    """The rows of a CSV text, without the byte order mark that spreadsheets put in front."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _lines(rows: list[list[str]]) -> list[str]:
    return [formats.csv_line(row).removesuffix("\n") for row in rows]


def _unfit(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C440", message=message, remedy=remedy))
