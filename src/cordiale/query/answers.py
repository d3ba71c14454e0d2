"""The answer to a query, rows, yes or no, or triples: how it is written and compared."""

import csv
import difflib
import io
from dataclasses import dataclass
from typing import Literal

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.query import formats

__all__ = ["Answer", "AnswerFormat", "AnswerKind", "compare", "write_answer"]

AnswerKind = Literal["rows", "boolean", "graph"]
AnswerFormat = Literal["csv", "tsv", "json", "xml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gives: SELECT rows, ASK a boolean, CONSTRUCT and DESCRIBE a graph."""

    kind: AnswerKind
    variables: tuple[str, ...] = ()  # of rows: the columns
    rows: tuple[tuple[Node | None, ...], ...] = ()  # None: unbound
    truth: bool = False  # of a boolean
    triples: tuple[Triple, ...] = ()  # of a graph: each once


def write_answer(answer: Answer, fmt: AnswerFormat) -> str:
    """Rows or a boolean in one of the SPARQL 1.1 results formats; lines end in a line feed.

    Blank nodes are called b0, b1 ... as they appear, so that equal answers give equal text. CSV and TSV have
    no form for a boolean in the specification; here it is the one word, as other tools have it.
    Triples are for the writers of graphs in the room ``publish``.

    Raises:
        UsageError: C440 (triples), C441 (a character that XML has not).
    """
    if answer.kind == "graph":
        raise _unfit("triples are no table", "write them in a format for graphs, such as turtle")
    if answer.kind == "boolean":
        if fmt == "json":
            return formats.json_boolean(answer.truth)
        return formats.xml_boolean(answer.truth) if fmt == "xml" else f"{str(answer.truth).lower()}\n"
    rows = formats.relabelled(answer.rows)
    match fmt:
        case "csv":
            return formats.csv_rows(answer.variables, rows)
        case "tsv":
            return formats.tsv_rows(answer.variables, rows)
        case "json":
            return formats.json_rows(answer.variables, rows)
        case "xml":
            return formats.xml_rows(answer.variables, rows)


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
