"""``cordiale query --receipt`` and ``cordiale verify``: an answer that is held against the graph again."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale

_REPORT = "data/harbour-board/report.ttl"


@pytest.fixture
def receipt(cordiale: Cordiale, built: Path, tmp_path: Path) -> Path:
    """The receipt of who says in which year the light was lit."""
    path = tmp_path / "answer.receipt.json"
    plain = cordiale("query", "disputed", "--format", "csv", "-C", built)
    done = cordiale("query", "disputed", "--format", "csv", "--receipt", path, "-C", built)
    assert (done.code, done.out) == (0, plain.out)
    return path


def _edit(built: Path, old: str, new: str) -> None:
    file = built / _REPORT
    file.write_text(file.read_text().replace(old, new))


def test_what_has_not_changed_holds(cordiale: Cordiale, built: Path, receipt: Path) -> None:
    """Nor does a comment in a file change the answer; it is told all the same."""
    done = cordiale("verify", receipt, "-C", built)
    assert (done.code, done.out) == (0, "the answer holds\n")
    _edit(built, "\n:inner-isles", "\n# More of it.\n:inner-isles")
    done = cordiale("verify", receipt, "-C", built)
    assert (done.code, done.out) == (0, f"the answer holds\nchanged since: {_REPORT}\n")


def test_another_value_is_told(cordiale: Cordiale, built: Path, receipt: Path) -> None:
    """The row that is gone, the one that is new, and the file."""
    _edit(built, "1845", "1846")
    done = cordiale("verify", receipt, "-C", built)
    lines = done.out.splitlines()
    assert done.code == 1
    assert (lines[0], lines[-1]) == ("the answer is another one now", f"changed since: {_REPORT}")
    assert lines[1].startswith("  no more  ")
    assert "1845" in lines[1]
    assert lines[2].startswith("  new ")
    assert "1846" in lines[2]


def test_other_sources_of_a_row_are_told(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """A query of one's own, and a row that a further document carries later."""
    path = tmp_path / "own.json"
    query = "SELECT ?x { ?x sea:within :western-isles } ORDER BY ?x LIMIT 1"
    assert cordiale("query", "-e", query, "--receipt", path, "-C", built).code == 0
    almanac = built / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text() + "\n:inner-isles sea:within :western-isles .\n")
    done = cordiale("verify", path, "-C", built)
    assert done.code == 1
    assert "    then  harbour-board/report" in done.out
    assert "    now   almanac/1901 | harbour-board/report" in done.out


def test_no_and_its_view_are_kept(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """Without the report, the light is in no isle; that is verified in the same view."""
    path = tmp_path / "no.json"
    without = ("--without", "harbour-board/report", "--receipt", path)
    assert cordiale("query", "-e", "ASK { ?x sea:within ?y }", *without, "-C", built).out == "no\n"
    assert json.loads(path.read_text())["view"]["without"] == ["harbour-board/report"]
    assert cordiale("verify", path, "-C", built).code == 0


def test_another_version_is_told(
    cordiale: Cordiale, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is held against the graph all the same."""
    path = tmp_path / "old.json"
    monkeypatch.setattr("cordiale.project.receipts.version", lambda _: "0.0.9")
    assert cordiale("query", "disputed", "--receipt", path, "-C", built).code == 0
    monkeypatch.undo()
    done = cordiale("verify", path, "-C", built)
    assert done.code == 0
    assert done.out == "the answer holds\nthe receipt was written by cordiale 0.0.9\n"


@pytest.mark.parametrize(
    ("content", "code", "exit_code"),
    [("{}", "C680", 2), ("no JSON", "C680", 2), ("[1]", "C680", 2), (None, "C681", 1)],
)
def test_what_is_no_receipt_is_told(
    cordiale: Cordiale, built: Path, receipt: Path, content: str | None, code: str, exit_code: int
) -> None:
    """Nor is one that was edited by hand."""
    receipt.write_text(receipt.read_text().replace("1844", "1843") if content is None else content)
    done = cordiale("verify", receipt, "-C", built)
    assert (done.code, done.out) == (exit_code, "")
    assert f"{receipt}: {code} " in done.err
