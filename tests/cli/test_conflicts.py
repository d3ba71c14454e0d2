"""``cordiale conflicts``: what each side says, and of which sources."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.small_project import TERMS, THINGS

_RULES = f"""\
@prefix sea: <{TERMS}>
lit-once: ?x sea:litIn ?a, ?x sea:litIn ?b, ?a < ?b -> false "?x was lit in several years"
"""
_TOLD = """\
:skerry-light was lit in several years
  rule lit-once of ontology/conflicts.rules
  :skerry-light sea:litIn 1844
    data/almanac/1901.ttl:13:15  almanac/1901 (low, 1901)
  :skerry-light sea:litIn 1845
    data/harbour-board/report.ttl:13:15  harbour-board/report (no date)
  cannot all be right
    almanac/1901 + harbour-board/report
  resolved without any one of
    almanac/1901
    harbour-board/report
  not acknowledged: data/conflicts.toml may say
    [[known]]
    rule = "lit-once"
    about = [":skerry-light"]
    values = ["1844", "1845"]
    reason = ""
"""


@pytest.fixture
def sea(small: Path) -> Path:
    """The folder of a project in which two documents are at odds."""
    (small / "ontology" / "conflicts.rules").write_text(_RULES)
    return small


def test_a_conflict_is_told_with_its_sides(cordiale: Cordiale, sea: Path) -> None:
    """Exit code 0 whatever is found; how many are new on stderr."""
    done = cordiale("conflicts", "--project", sea)
    assert (done.code, done.err) == (0, "1 conflict, 1 of them not acknowledged\n")
    assert done.out == _TOLD


def test_json_has_terms_in_full(cordiale: Cordiale, sea: Path) -> None:
    """For a program."""
    (found,) = json.loads(cordiale("conflicts", "--project", sea, "--format", "json").out)
    assert found["about"] == [f"<{THINGS}skerry-light>"]
    assert [each["stated"][0]["source"] for each in found["statements"]] == [
        "almanac/1901",
        "harbour-board/report",
    ]
    assert (found["sets"], found["acknowledged"]) == ([["almanac/1901", "harbour-board/report"]], None)


@pytest.mark.parametrize(
    ("flags", "count"),
    [((), 1), (("--without", "almanac"), 0), (("--as-of", "1850"), 0), (("--as-of", "1902"), 1)],
)
def test_a_view_has_the_conflicts_of_its_sources(
    cordiale: Cordiale, sea: Path, flags: tuple[str, ...], count: int
) -> None:
    """As wherever flags of views stand."""
    done = cordiale("conflicts", "--project", sea, "--format", "json", *flags)
    assert (done.code, len(json.loads(done.out))) == (0, count)
