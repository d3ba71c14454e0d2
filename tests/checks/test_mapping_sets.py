"""Mapping sets held against SSSOM."""

import logging

import pytest

from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.model.problems import Severity
from tests.read.mapping_sets import COLUMNS, HEADER, ROW, mapping_set

PATH = "data/links/ror.sssom.tsv"


def said(text: str) -> list[str]:
    """What is wrong with the mapping set, without the path and the remedies."""
    found = check_mapping_sets({PATH: text})
    return [str(problem).split("\n")[0].removeprefix(f"{PATH}:") for problem in found]


def with_column(name: str, value: str) -> str:
    """A mapping set of one row with one more column."""
    return mapping_set((*ROW, value), columns=(*COLUMNS, name))


def test_nothing_wrong() -> None:
    """A set with what SSSOM asks for, and slots of its own that it defines."""
    own = "#extension_definitions:\n#  - slot_name: ext_quality\n"
    text = mapping_set(
        (*ROW, "0.5", "A"), header=HEADER + own, columns=(*COLUMNS, "confidence", "ext_quality")
    )
    assert check_mapping_sets({PATH: text}) == ()
    assert check_mapping_sets({}) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (with_column("confidence", "2"), '9:78: C137 the value of "confidence" is not allowed: input should'),
        (with_column("mapping_date", "soon"), '9:78: C137 the value of "mapping_date" is not allowed: '),
        (with_column("predicate_modifier", "not"), '9:78: C137 the value of "predicate_modifier" is not'),
        (with_column("object_type", "thing"), '9:78: C137 the value of "object_type" is not allowed: '),
        (
            mapping_set(ROW, header=HEADER.replace("#license", "#comment")),
            '1: C137 the value of "license" is not allowed: an IRI is needed',
        ),
        (
            mapping_set(ROW, header=HEADER.replace("_id: https://", "_id: ")),
            '6:2: C137 the value of "mapping_set_id" is not allowed: an IRI is needed',
        ),
        (
            mapping_set(ROW, header=f"{HEADER}#mapping_set_version: 2026-11-23\n"),
            '8:2: C137 the value of "mapping_set_version" is not allowed: input should be a valid string',
        ),
        (
            mapping_set(ROW, ROW, header=f"{HEADER}#object_type: thing\n"),
            '8:2: C137 the value of "object_type" is not allowed: ',
        ),
        (with_column("object_lable", "x"), '8: C138 SSSOM knows no "object_lable"'),
        (mapping_set(ROW, header=f"{HEADER}#licence: x\n"), '8:2: C138 SSSOM knows no "licence"'),
    ],
)
def test_what_sssom_does_not_allow(text: str, problem: str) -> None:
    """Each is told once, at the line and column of the slot or the value."""
    (found,) = said(text)
    assert found.startswith(problem)


def test_an_unknown_slot_is_a_warning_with_near_names() -> None:
    """It may be a slip, or a slot that the set ought to define."""
    (problem,) = check_mapping_sets({PATH: with_column("object_lable", "x")})
    assert problem.severity is Severity.WARNING
    assert problem.remedy.startswith('did you mean "object_label"')


def test_sets_come_by_path() -> None:
    """Problems of several sets come in the order of their paths."""
    bad = with_column("confidence", "2")
    found = check_mapping_sets({"data/b.sssom.tsv": bad, "data/a.sssom.tsv": bad})
    assert [problem.place and problem.place.path for problem in found] == [
        "data/a.sssom.tsv",
        "data/b.sssom.tsv",
    ]


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The library would mend a relative address and write so to stderr."""
    with caplog.at_level(logging.DEBUG):
        said(mapping_set(ROW, header=HEADER.replace("_id: https://", "_id: ")))
    assert caplog.messages == []
