"""SSSOM/TSV files as a header and a table of rows, each with its place."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import yaml

from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.read.text import stray_character

__all__ = ["NEEDED", "MappingRow", "MappingTable", "read_table"]

NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_LITERAL = "rdfs literal"  # the type of a side that is a text
_BAD_TSV = 'put "…" around a value with a tab, a line break or a leading quotation mark, and double " in it'


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """One mapping: its values by column, without the empty ones, and its text for the places of them."""

    line: int
    cells: Mapping[str, str]
    text: str  # the row's first line


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTable:
    """A mapping set as it is written, before anything is expanded."""

    path: str
    header: Mapping[str, object]  # slots of the set, as YAML gives them
    head: tuple[str, ...]  # the lines of the header
    columns: tuple[str, ...]
    rows: tuple[MappingRow, ...]

    def literal_ids(self, row: MappingRow) -> tuple[str, ...]:
        """The columns of ids that the row need not fill, since that side of it is a text: its label."""
        sides = ("subject", "object")
        kinds = ((side, row.cells.get(f"{side}_type") or self.header.get(f"{side}_type")) for side in sides)
        return tuple(f"{side}_id" for side, kind in kinds if kind == _LITERAL)

    def place(self, row: MappingRow, column: str) -> Place:
        """Where the value of a column stands; without its column when quoted values stand before it."""
        before = row.text.split("\t")[: self.columns.index(column)] if column in self.columns else ['"']
        quoted = any(cell.startswith('"') for cell in before)
        at = None if quoted else sum(len(cell) + 1 for cell in before) + 1
        return Place(path=self.path, line=row.line, column=at)

    def slot_place(self, slot: str) -> Place:
        """Where a slot of the header, or a prefix in it, stands; the first line when it does not."""
        for number, line in enumerate(self.head, start=1):
            if found := re.match(rf"(#\s*)(['\"]?){re.escape(slot)}\2\s*:", line):
                return Place(path=self.path, line=number, column=len(found[1]) + 1)
        return Place(path=self.path, line=1)


def read_table(text: str, *, path: str) -> MappingTable:
    """The table in ``text`` (https://mapping-commons.github.io/sssom/spec/#tsv), its header within.

    Raises:
        SourceError: C103, C105 (see ``stray_character``), C130 (the header is no YAML mapping), C132 (columns
            missing or named twice), C136 (not TSV).
    """
    if stray := stray_character(text, path=path):
        raise SourceError(stray)
    lines = list(io.StringIO(text, newline=""))
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = tuple(line.rstrip() for line in lines[:end])  # a spreadsheet fills them up with tabs
    header = _header(head, path)
    found = _cells(lines, len(head), path)
    _, names = next(found, (0, []))
    columns = tuple(name.strip() for name in names)
    _check_columns(columns, header, Place(path=path, line=len(head) + 1))
    rows: list[MappingRow] = []
    for line, values in found:
        cells = {column: value.strip() for column, value in zip(columns, values, strict=False)}
        filled = MappingProxyType({column: value for column, value in cells.items() if value})
        if any(value.strip() for value in values[len(columns) :]):
            raise _not_tsv(f"the row has {len(values)} values for {len(columns)} columns", path, line)
        if filled:
            rows.append(MappingRow(line=line, cells=filled, text=lines[line - 1]))
    return MappingTable(path=path, header=header, head=head, columns=columns, rows=tuple(rows))


def _header(head: tuple[str, ...], path: str) -> Mapping[str, object]:
    try:
        header = yaml.safe_load("\n".join(line[1:] for line in head))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 2) if mark else (1, None)
        said = getattr(error, "problem", None) or "it holds a character that may not be there"
        raise _bad_header(f"the header is not YAML: {said}", path, line, column) from error
    if not isinstance(header, dict):
        raise _bad_header("the file has no header" if header is None else "the header has no slots", path, 1)
    return MappingProxyType({str(slot): value for slot, value in header.items()})


def _bad_header(message: str, path: str, line: int, column: int | None = None) -> SourceError:
    return SourceError(
        Problem(
            code="C130",
            message=message,
            remedy="begin the file with lines such as #mapping_set_id: https://…, YAML after the #",
            place=Place(path=path, line=line, column=column),
        )
    )


def _check_columns(columns: tuple[str, ...], header: Mapping[str, object], place: Place) -> None:
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    # A side that is a text has a label and no id; rows tell it, or the header of all of them.
    texts = [side for side in ("subject", "object") if f"{side}_type" in columns]
    texts += [side for side in ("subject", "object") if header.get(f"{side}_type") == _LITERAL]
    needed = [
        column.replace("_id", "_label") if column.removesuffix("_id") in texts else column
        for column in NEEDED
    ]
    missing = [
        column
        for column, instead in zip(NEEDED, needed, strict=True)
        if column not in columns and instead not in columns
    ]
    if not twice and not missing:
        return
    words, names = ("is named twice", twice) if twice else ("is missing", missing)
    commas = len(columns) == 1 and "," in columns[0]
    raise SourceError(
        *(
            Problem(
                code="C132",
                message=f'the column "{name}" {words}',
                remedy="part the columns by tabs, not by commas"
                if commas
                else f"the line after the header names the columns; it needs {', '.join(NEEDED)}, each once",
                place=place,
            )
            for name in names
        )
    )


def _cells(lines: list[str], start: int, path: str) -> Iterator[tuple[int, list[str]]]:
    """Each line of values, quoting as in CSV undone, and the number of the line on which it starts."""
    reader = csv.reader(iter(lines[start:]), delimiter="\t", strict=True)
    while True:
        line = start + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _not_tsv(f"the row is not TSV: {error}", path, line) from error
        if cells is None:
            return
        yield line, cells


def _not_tsv(message: str, path: str, line: int) -> SourceError:
    return SourceError(
        Problem(code="C136", message=message, remedy=_BAD_TSV, place=Place(path=path, line=line))
    )
