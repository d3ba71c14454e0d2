"""``cordiale check``: everything that is wrong with the files."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale

_MESSAGE = 'A light is lit in a year: write "1844"^^xsd:gYear.'


@pytest.fixture
def doubtful(small: Path) -> Path:
    """A project with a violation (a year that is none) and a warning (a light that is too high)."""
    report = small / "data/harbour-board/report.ttl"
    report.write_text(report.read_text().replace('"1851"^^xsd:gYear', '"1851"').replace('"12.0"', '"120"'))
    return small


def test_nothing_is_wrong(cordiale: Cordiale, small: Path) -> None:
    """Of a good project there is no data, and a message that says so; no folder is made."""
    done = cordiale("check", small / "data")
    assert (done.code, done.out, done.err) == (0, "", "no problems\n")
    assert not (small / "build").exists()


def test_problems_have_place_code_and_remedy(cordiale: Cordiale, doubtful: Path) -> None:
    """A problem is ``path:line:column: code sentence`` and an indented remedy; warnings say what they are."""
    done = cordiale("check", doubtful)
    assert done.code == 1
    first, remedy, second, *_ = done.out.splitlines()
    assert first.startswith("data/harbour-board/report.ttl:18:26: C301 :harbour-light sea:litIn")
    assert remedy.startswith("  ")
    assert second.startswith("data/harbour-board/report.ttl:18:46: C301 ")
    assert second.endswith(" (warning)")
    assert done.err == "2 problems, 1 of them grave\n"


def test_a_warning_alone_is_no_failure(cordiale: Cordiale, small: Path) -> None:
    """Warnings are told, and the command ends well, unless their code is to count."""
    almanac = small / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text().replace('"041.50"', '"410.5"'))
    assert cordiale("check", small).code == 0
    assert cordiale("check", small, "--fail-on", "C104, C124").code == 0
    done = cordiale("check", small, "--fail-on", "C124,c301")
    assert (done.code, done.err) == (1, "1 problem, 1 of them grave\n")


def test_a_code_must_be_one(cordiale: Cordiale, small: Path) -> None:
    """What is no code would never count: it is refused."""
    done = cordiale("check", small, "--fail-on", "C301,warning")
    assert (done.code, done.out) == (2, "")
    assert (
        done.err == "C512 no problem has the code WARNING\n  codes look like C124, with commas between them\n"
    )


def test_json_is_the_same_list(cordiale: Cordiale, doubtful: Path) -> None:
    """As JSON each problem has its severity, code, message, remedy and place; of none the list is empty."""
    done = cordiale("check", doubtful, "--format", "json")
    assert done.code == 1
    violation, warning = json.loads(done.out)
    assert (violation["severity"], warning["severity"]) == ("violation", "warning")
    assert (violation["path"], violation["line"], violation["column"]) == (
        "data/harbour-board/report.ttl",
        18,
        26,
    )
    assert violation["code"] == "C301"
    assert violation["message"]
    assert violation["remedy"]


def test_json_of_nothing(cordiale: Cordiale, small: Path) -> None:
    """When nothing is wrong the list is there, and empty."""
    assert cordiale("check", small, "--format", "json").out == "[]\n"


def test_unreadable_files_are_listed_too(cordiale: Cordiale, small: Path) -> None:
    """A file that is no Turtle is a problem like others: on stdout, in text and JSON, with its place."""
    (small / "data/almanac/1901.ttl").write_text("@prefix : <x:> .\n:a :b .\n")
    done = cordiale("check", small)
    assert done.code == 1
    assert done.out.startswith("data/almanac/1901.ttl:2:")
    assert " C101 " in done.out
    (problem,) = json.loads(cordiale("check", small, "--format", "json").out)
    assert (problem["code"], problem["line"]) == ("C101", 2)


def test_wrong_settings_are_listed_too(cordiale: Cordiale, small: Path) -> None:
    """A key of the settings that is missing is a problem with a place."""
    path = small / "pyproject.toml"
    path.write_text(path.read_text().replace('languages = ["en", "fr"]\n', ""))
    done = cordiale("check", small)
    assert done.code == 1
    assert done.out.startswith('pyproject.toml:1: C112 [tool.cordiale] lacks the key "languages"')
