"""``cordiale build``: what it says, and that a failed one leaves the last."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.small_project import bytes_under


def _cells(out: str) -> dict[str, str]:
    """The rows of the closing table."""
    rows = [
        [cell.strip() for cell in line.strip("│┃").split("│")] for line in out.splitlines() if "│" in line
    ]
    return {row[0]: row[1] for row in rows}


def test_a_build_ends_with_a_table(cordiale: Cordiale, small: Path) -> None:
    """The table counts sources, triples, problems and questions, and times every step."""
    done = cordiale("build", small)
    assert (done.code, done.err) == (0, "")
    cells = _cells(done.out)
    seconds = {
        name: cells.pop(f"seconds to {name}") for name in ("read", "check", "reason", "answer", "export")
    }
    assert cells == {
        "sources": "5",
        "triples asserted": "60",
        "triples inferred": "4",
        "problems": "0 violation, 0 warning, 0 info",
        "questions": "3 passed, 0 failed",
    }
    assert all(float(each) >= 0 for each in seconds.values())
    assert "\x1b" not in done.out
    assert (small / "build/graph.trig").is_file()


def test_two_builds_are_equal(cordiale: Cordiale, small: Path) -> None:
    """Built, deleted and built again, the folder is the same to the byte."""
    cordiale("build", small)
    first = bytes_under(small / "build")
    shutil.rmtree(small / "build")
    cordiale("build", small / "shapes")
    assert bytes_under(small / "build") == first


def test_a_failed_question_shows_the_difference(cordiale: Cordiale, built: Path) -> None:
    """The rows that were expected and those that came stand in a diff; nothing is written, the code is 1."""
    before = bytes_under(built / "build")
    expected = built / "queries/lights/standing-in.expected.csv"
    expected.write_text("light\nhttps://example.org/sea/id/harbour-light\n")
    done = cordiale("build", built)
    assert done.code == 1
    assert done.out.startswith(
        'queries/lights/standing-in.rq: C422 the answer to "standing-in" is not the expected one\n'
        "  correct the data, or the expected answer if it is wrong:\n"
    )
    assert (
        "\n  -https://example.org/sea/id/harbour-light\n  +https://example.org/sea/id/skerry-light\n"
        in done.out
    )
    assert _cells(done.out)["questions"] == "2 passed, 1 failed"
    assert done.err == "nothing was written: the last good build stays\n"
    assert bytes_under(built / "build") == before


@pytest.mark.parametrize(
    ("file", "text", "place", "code"),
    [
        ("data/almanac/1901.ttl", "\n:a :b .\n", "data/almanac/1901.ttl:19:7", "C101"),
        ("data/almanac/1901.ttl", "\n:a seaa:b 1 .\n", "data/almanac/1901.ttl:19:4", "C104"),
        ("data/almanac/1901.ttl", '\n:a sea:b "x .\n', "data/almanac/1901.ttl:19:10", "C101"),
        ("shapes/lights.ttl", "\nsea:x a shh:NodeShape .\n", "shapes/lights.ttl:27:9", "C104"),
        ("pyproject.toml", "\nterms 1\n", "pyproject.toml:9:7", "C110"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_message(
    cordiale: Cordiale, built: Path, file: str, text: str, place: str, code: str
) -> None:
    """One message with place, code, sentence and remedy, no traceback, and the last build as it was."""
    before = bytes_under(built / "build")
    path = built / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    done = cordiale("build", built)
    assert (done.code, done.out) == (1, "")
    first, remedy = done.err.splitlines()
    assert first.startswith(f"{place}: {code} ")
    assert remedy.startswith("  ")
    assert bytes_under(built / "build") == before


def test_a_clash_is_told_where_it_stands(cordiale: Cordiale, built: Path) -> None:
    """What cannot be true stops the build, with the rule and a place."""
    with (built / "data/almanac/1901.ttl").open("a") as file:
        file.write(":skerry-light a sea:Isle .\n")
    done = cordiale("build", built)
    assert done.code == 1
    assert done.out.startswith("data/almanac/1901.ttl:18:17: C601 ")
    assert "(rule cax-dw)" in done.out
