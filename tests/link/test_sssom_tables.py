"""Mapping sets written and read again: the same header, columns and values."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.sssom_files import mapping_set_text
from cordiale.link.sssom_tables import distinct_rows, write_table
from cordiale.model.errors import SourceError
from cordiale.read.mapping_table import MappingRow, MappingTable, read_table
from cordiale.read.mappings import read_mappings
from tests.read.mapping_sets import COLUMNS, HEADER, ROW, mapping_set

# Inputs of sssom-py that are no SSSOM/TSV, or are meant to fail, with the code that says why.
_REFUSED = {
    "bad_basic.tsv": "C135",
    "basic.ptable.tsv": "C130",
    "basic6.tsv": "C135",
    "basic7.tsv": "C133",
    "basic_strict_fail.tsv": "C132",
    "bosch-wd-matches.tsv": "C135",
    "mondo-nando.sssom.tsv": "C135",
    "sssom_metadata.tsv": "C130",
    "test_clean_prefix.tsv": "C133",
    "test_validation1.sssom.tsv": "C130",
}


def _same(first: MappingTable, second: MappingTable) -> bool:
    return (
        first.header == second.header
        and [column for column in first.columns if column] == list(second.columns)
        and [dict(row.cells) for row in first.rows] == [dict(row.cells) for row in second.rows]
    )


def _files(shared: Path) -> list[Path]:
    suites = shared / "suites"
    found = [
        *(suites / "sssom" / "examples").rglob("*.tsv"),
        *(suites / "sssom-py" / "tests" / "data").glob("*.tsv"),
    ]
    return sorted([*found, *(shared / "datasets" / "sssom-biomappings").glob("*.sssom.tsv*")])


def test_every_published_set_survives(shared: Path) -> None:
    """Each SSSOM/TSV file of the standard, of sssom-py and of Biomappings is the same after a round trip."""
    files = _files(shared)
    assert len(files) >= 60
    refused: dict[str, str] = {}
    rows = 0
    for path in files:
        text, _ = mapping_set_text(path)
        try:
            table = read_table(text, path=path.name)
        except SourceError as error:
            refused[path.name] = error.problems[0].code
            continue
        rows += len(table.rows)
        again = read_table(write_table(table, table.rows), path=path.name)
        assert _same(table, again), path.name
        try:
            triples = read_mappings(text, path=path.name).triples
        except SourceError as error:
            refused[path.name] = error.problems[0].code
            continue
        assert read_mappings(write_table(table, table.rows), path=path.name).triples == triples, path.name
    assert rows > 14_000
    assert refused == _REFUSED


def test_an_unknown_prefix_is_an_error() -> None:
    """A row with an unknown prefix is told with its place, and not dropped."""
    with pytest.raises(SourceError) as refused:
        read_mappings(
            mapping_set(ROW, ("id:x", "", "skos:exactMatch", "orr:1", "semapv:X", "")), path="x.tsv"
        )
    assert [(problem.code, str(problem.place)) for problem in refused.value.problems] == [
        ("C133", "x.tsv:10:23")
    ]


def test_a_side_that_is_a_text_needs_no_id() -> None:
    """A set of literals is read; its rows match no thing, so they make no triples."""
    columns = ("subject_label", "predicate_id", "object_id", "mapping_justification", "subject_type")
    row = ("alice", "skos:closeMatch", "ror:052gg0110", "semapv:X", "rdfs literal")
    text = mapping_set(row, columns=columns)
    assert read_mappings(text, path="x.tsv").triples == ()
    without = text.replace("subject_type", "subject_kind")
    with pytest.raises(SourceError, match='C132 the column "subject_id" is missing'):
        read_mappings(without, path="x.tsv")


def test_repeated_rows_stand_once() -> None:
    """A row that says what another says is told with both lines."""
    table = read_table(mapping_set(ROW, ROW, (*ROW[:5], "another")), path="x.tsv")
    rows, problems = distinct_rows(table)
    assert [row.line for row in rows] == [9, 11]
    assert [(str(each.place), each.message) for each in problems] == [("x.tsv:10", "the row repeats line 9")]


@given(st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs", "Cc"]))] * 3), max_size=5))
def test_any_text_survives(cells: list[tuple[str, str, str]]) -> None:
    """Quotes, bars and white space within values come back as they were."""
    table = read_table(mapping_set(ROW), path="x.tsv")
    stripped = [[text.strip() for text in each] for each in cells]
    filled = [{key: text for key, text in zip(COLUMNS, each, strict=False) if text} for each in stripped]
    lines = [MappingRow(line=9, cells=each, text="") for each in filled if each]
    again = read_table(write_table(table, lines), path="x.tsv")
    assert [dict(row.cells) for row in again.rows] == [dict(line.cells) for line in lines]
    assert write_table(table, lines).startswith(HEADER)
