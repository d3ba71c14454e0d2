"""Mapping sets as SSSOM/TSV again (https://mapping-commons.github.io/sssom/spec/#tsv), without loss.

The header is kept to the letter, since YAML would turn version 1.10 into 1.1; rows and columns keep their
order.
"""

import csv
import io
from collections.abc import Iterable

from cordiale.link.loss import loss
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.mapping_table import MappingRow, MappingTable

__all__ = ["distinct_rows", "with_header", "write_table"]


def write_table(table: MappingTable, rows: Iterable[MappingRow]) -> str:
    """The table with these of its rows; reading it gives the same header, columns and values."""
    text = io.StringIO(newline="")
    for line in table.head:
        text.write(f"{line}\n")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    columns = [column for column in table.columns if column]
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.cells.get(column, "") for column in columns])
    return text.getvalue()


def with_header(text: str, metadata: str) -> str:
    """A table that has its metadata in a file beside it, with them as its header.

    >>> print(with_header("subject_id\\n", "license: https://example.org/\\n"), end="")
    #license: https://example.org/
    subject_id
    """
    return "".join(f"#{line}\n" for line in metadata.splitlines()) + text


def distinct_rows(table: MappingTable) -> tuple[tuple[MappingRow, ...], tuple[Problem, ...]]:
    """The rows without those that say again what an earlier one says, and these: C730, a warning."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    kept: list[MappingRow] = []
    problems: list[Problem] = []
    for row in table.rows:
        key = tuple(sorted(row.cells.items()))
        if key in seen:
            message = f"the row repeats line {seen[key]}"
            place = Place(path=table.path, line=row.line)
            problems.append(loss("C730", Severity.WARNING, message, "it was taken once", place))
        else:
            seen[key] = row.line
            kept.append(row)
    return tuple(kept), tuple(problems)
