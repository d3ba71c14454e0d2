"""Rows of mapping sets on the command line: each is a source like any other."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.linked_project import LINKS, ROWS, link
from tests.small_project import SOURCES

ROW, OTHER = "links/wikidata/skerry-light-Q9001", "links/wikidata/inner-isles-Q9002"
LAMPS = "SELECT ?lamps { :skerry-light sea:lamps ?lamps } ORDER BY ?lamps"


@pytest.fixture
def linked(small: Path) -> Path:
    """The small project, its rows sources and its exact matches identities."""
    return link(small)


def test_a_row_is_withdrawn_by_its_name(cordiale: Cordiale, linked: Path) -> None:
    """What falls is told with what it rested on; its set, path and IRI withdraw all rows."""
    done = cordiale("without", ROW, "--format", "csv", "-C", linked)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert done.code == 0
    fallen = [row for row in rows if row["fate"] == "falls"]
    assert {ROW} <= {source for row in fallen for source in row["before"].split(" + ")}
    assert [row["before"] for row in fallen if row["object"] == "3"] == [f"{ROW} + wikidata/lights"]
    for name in ("links/wikidata", LINKS, f"{SOURCES}links/wikidata"):
        told = json.loads(cordiale("without", name, "--format", "json", "-C", linked).out)
        assert told["withdrawn"] == [OTHER, ROW]
    wrong = cordiale("without", "links/wikidata/skery-light-Q9001", "-C", linked)
    assert wrong.code == 2
    assert f'did you mean "{ROW}"' in wrong.err


def test_a_query_unmerges_and_tells_rows(cordiale: Cordiale, linked: Path) -> None:
    """By the flag and by a named view; with --sources the row stands beside what it brings in."""
    asked = ("query", "-C", linked, "-e", LAMPS, "--format", "csv")
    assert cordiale(*asked).out == "lamps\n3\n7\n"
    assert cordiale(*asked, "--without", ROW).out == "lamps\n7\n"
    settings = linked / "pyproject.toml"
    settings.write_text(f'{settings.read_text()}\n[tool.cordiale.views.apart]\nwithout = ["{ROW}"]\n')
    assert cordiale(*asked, "--view", "apart").out == "lamps\n7\n"
    assert f"3,{ROW} + wikidata/lights\n" in cordiale(*asked, "--sources").out


def test_sources_export_and_receipts_know_rows(cordiale: Cordiale, linked: Path, tmp_path: Path) -> None:
    """What only a row carries, its graph, its absence from a view, and what changed for an answer."""
    listed = csv.DictReader(io.StringIO(cordiale("sources", "--format", "csv", "-C", linked).out))
    assert {row["source"]: (row["states"], row["alone"]) for row in listed}[ROW] == ("1", "1")
    export = ("export", "--format", "nquads", "-C", linked)
    assert f"<{SOURCES}{ROW}> ." in cordiale(*export).out
    assert f"<{SOURCES}{ROW}> ." not in cordiale(*export, "--without", ROW).out
    receipt = tmp_path / "answer.receipt.json"
    cordiale("query", "-C", linked, "-e", LAMPS, "--receipt", receipt)
    assert cordiale("verify", receipt, "-C", linked).code == 0
    text = (linked / LINKS).read_text(encoding="utf-8")
    (linked / LINKS).write_text("".join(line for line in text.splitlines(True) if "Q9001" not in line))
    changed = cordiale("verify", receipt, "-C", linked)
    assert changed.code == 1
    assert LINKS in changed.out


def test_a_view_of_a_row_that_is_no_more_is_told(cordiale: Cordiale, linked: Path) -> None:
    """With its line and near names, as a warning: nothing but the view fails."""
    settings = linked / "pyproject.toml"
    text = f'{settings.read_text()}\n[tool.cordiale.views.apart]\nwithout = ["{ROW}"]\n'
    settings.write_text(text)
    assert cordiale("check", "--select", "C210", linked).out == ""
    link(linked, ROWS[1])
    done = cordiale("check", "--select", "C210", linked)
    line = text.splitlines().index("[tool.cordiale.views.apart]") + 1
    assert done.code == 0
    assert done.out.startswith(
        f'pyproject.toml:{line}: C210 the view "apart" cannot be seen: there is no source "{ROW}" (warning)\n'
    )
    assert cordiale("query", "-C", linked, "-e", LAMPS, "--view", "apart").code == 2
    assert cordiale("check", "--select", "C210", "--without", "almanac/1901", linked).out == ""


def test_a_set_that_is_not_there_is_told(cordiale: Cordiale, linked: Path) -> None:
    """A misspelt name in the settings is a violation with near names: nothing is drawn in silence."""
    link(linked, keys='by_row = ["links/wikidta"]\n')
    done = cordiale("check", "--select", "C128", linked)
    assert done.code == 1
    assert done.out.startswith(
        'pyproject.toml: C128 "links/wikidta" in by_row is no mapping set, nor a folder with one\n'
        '  did you mean "links/wikidata"'
    )


def test_malformed_settings_are_told(cordiale: Cordiale, linked: Path) -> None:
    """With line and remedy."""
    link(linked, keys="by_row = true\n")
    done = cordiale("check", linked)
    assert done.code == 1
    assert 'C114 the value of "by_row" must be a list of names of mapping sets or folders' in done.out
    assert '  write, for instance: by_row = ["links"]' in done.out
