"""Waivers: which problems a comment lets stand, and what is wrong with waivers."""

import pytest

from cordiale.checks.waivers import waive
from cordiale.model.places import Place
from cordiale.model.problems import Problem

PATH = "data/a.ttl"
TEXT = """\
@prefix : <https://example.org/#waive> .

# waive C305, C310: the block below is
# kept for a reader
:a
    :b 1 ;
.

:c :d 2 . # waive C305: on this line
:e
    # waive C305: on the next line
    :f 3 ;
    :g "# waive C305: this is a text" ;
.
"""


def problem(line: int, code: str = "C305") -> Problem:
    """A problem on a line of the file."""
    return Problem(code=code, message="m", remedy="r", place=Place(path=PATH, line=line, column=1))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (1, None),
        (3, "the block below is"),
        (6, "the block below is"),
        (7, "the block below is"),
        (8, None),
        (9, "on this line"),
        (10, None),
        (12, "on the next line"),
        (13, None),
    ],
)
def test_where_a_waiver_counts(line: int, reason: str | None) -> None:
    """Behind a statement on its line, above a block up to the blank line, indented on the next line."""
    kept, waived = waive([problem(line)], {PATH: TEXT})
    assert [each.reason for each in waived] == ([reason] if reason else [])
    assert (problem(line) in kept) == (reason is None)


def test_of_a_file() -> None:
    """``waive-file`` counts wherever it stands, in this file alone, for its codes alone."""
    text = ":a :b 1 .\n# waive-file C305: all of it\n"
    elsewhere = Problem(code="C305", message="m", remedy="r", place=Place(path="data/b.ttl", line=1))
    nowhere = Problem(code="C305", message="m", remedy="r")
    whole = Problem(code="C305", message="m", remedy="r", place=Place(path=PATH))
    kept, waived = waive([problem(1), problem(1, "C310"), elsewhere, nowhere, whole], {PATH: text})
    assert kept == (problem(1, "C310"), elsewhere, nowhere)
    assert [each.problem for each in waived] == [problem(1), whole]


@pytest.mark.parametrize(
    "waiver", ["# waive", "# waive C305", "# waive C305:", "# waive it: because", "# waive C305; so"]
)
def test_without_a_reason(waiver: str) -> None:
    """A waiver without codes or a reason waives nothing and is told at its place."""
    kept, waived = waive([problem(1)], {PATH: f":a :b 1 . {waiver}\n"})
    assert waived == ()
    told = {(each.code, str(each.place)) for each in kept}
    assert told == {("C305", f"{PATH}:1:1"), ("C313", f"{PATH}:1:11")}


def test_of_nothing() -> None:
    """A waiver that is needed no longer is told, code by code."""
    kept, _ = waive([problem(1)], {PATH: ":a :b 1 . # waive C305, C310: so\n"})
    (told,) = kept
    assert (told.code, told.message) == ("C314", "nothing here is waived by the code C310")
