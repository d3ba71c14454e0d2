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


def test_the_list_in_other_formats(cordiale: Cordiale, doubtful: Path) -> None:
    """As SARIF and for a runner the same problems stand in the same order."""
    log = json.loads(cordiale("check", doubtful, "--format", "sarif").out)
    places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert [place["region"]["startColumn"] for place in places] == [26, 46]
    done = cordiale("check", doubtful, "--format", "github")
    assert done.code == 1
    first, second = done.out.splitlines()
    assert first.startswith("::error file=data/harbour-board/report.ttl,line=18,col=26,title=C301::")
    assert second.startswith("::warning file=")


def test_selected_and_ignored(cordiale: Cordiale, doubtful: Path) -> None:
    """Codes, or how they begin, choose what is told and what counts; syntax is always told."""
    ontology = doubtful / "ontology/sea.ttl"
    ontology.write_text(ontology.read_text() + "sea:Buoy a owl:Class .\n")
    told = cordiale("check", doubtful, "--select", "C305").out
    assert " C305 " in told
    assert " C301 " not in told
    assert " C301 " not in cordiale("check", doubtful, "--ignore", "C301").out
    assert cordiale("check", doubtful, "--ignore", "C3").code == 0
    assert cordiale("check", doubtful, "--select", "C4,C305").code == 0
    assert cordiale("check", doubtful, "--select", "X3").code == 2
    ontology.write_text("no Turtle")
    assert " C101 " in cordiale("check", doubtful, "--select", "C305").out


def test_settings_ignore(cordiale: Cordiale, doubtful: Path) -> None:
    """``ignore`` of the settings turns codes off; what is no code is refused."""
    path = doubtful / "pyproject.toml"
    settings = path.read_text()
    path.write_text(settings + 'ignore = ["C301"]\n')
    assert cordiale("check", doubtful).err == "no problems\n"
    path.write_text(settings + 'ignore = ["all"]\n')
    assert " C114 " in cordiale("check", doubtful).out


def test_waived(cordiale: Cordiale, doubtful: Path) -> None:
    """What a comment waives with a reason is counted, and stands in SARIF as suppressed."""
    report = doubtful / "data/harbour-board/report.ttl"
    report.write_text(
        report.read_text().replace("xsd:decimal .", "xsd:decimal . # waive C301: the board says so")
    )
    done = cordiale("check", doubtful)
    assert (done.code, done.out, done.err) == (0, "", "no problems; 2 waived\n")
    log = json.loads(cordiale("check", doubtful, "--format", "sarif").out)
    assert [result["suppressions"][0]["justification"] for result in log["runs"][0]["results"]] == [
        "the board says so",
        "the board says so",
    ]


def test_clashes_are_in_the_list(cordiale: Cordiale, small: Path) -> None:
    """What cannot be true together is told with the rest."""
    entities = small / "data/entities.ttl"
    entities.write_text(entities.read_text() + ":skerry-light a sea:Isle .\n")
    done = cordiale("check", small)
    assert done.code == 1
    assert [line for line in done.out.splitlines() if " C601 " in line]


def test_over_what_follows(cordiale: Cordiale, small: Path) -> None:
    """A shape that an inferred triple breaks is told at what it follows from, with a support."""
    shapes = small / "shapes/lights.ttl"
    shapes.write_text(
        shapes.read_text()
        + """
sea:Isle-only a sh:NodeShape ; sh:targetSubjectsOf sea:within ; sh:property sea:Isle-only-within .
sea:Isle-only-within a sh:PropertyShape ; sh:path sea:within ; sh:in ( :inner-isles ) ;
    sh:message "Only the inner isles: name them."@en .
"""
    )
    stated = [line for line in cordiale("check", small).out.splitlines() if " C301 " in line]
    assert [line.partition(" ")[0] for line in stated] == ["data/harbour-board/report.ttl:20:25:"]
    both = json.loads(cordiale("check", small, "--triples", "both", "--format", "json").out)
    (inferred,) = (
        each for each in both if each["code"] == "C301" and "(this is inferred)" in each["message"]
    )
    assert inferred["message"].startswith(":skerry-light sea:within :western-isles: ")
    assert (inferred["line"], [other["line"] for other in inferred["related"]]) == (15, [20, 16])
    assert inferred["related"][-1]["path"] == "ontology/sea.ttl"
    assert inferred["supports"] == [["harbour-board/report"]]


@pytest.mark.slow
def test_very_many(cordiale: Cordiale, small: Path) -> None:
    """Of ten thousand problems text has a summary and the first; the other formats have them all."""
    lines = "".join(f":light-{n} a sea:Light ; sea:litIn {n} .\n" for n in range(10_000))
    almanac = small / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text() + lines)
    done = cordiale("check", small, "--select", "C301")
    assert done.err == "10000 problems, 10000 of them grave\n"
    rows = done.out.splitlines()
    assert len(rows) < 250
    assert "10000" in "".join(rows[:6])
    assert rows[-1] == "and 9900 more: --format json, sarif or github lists all"
    assert len(json.loads(cordiale("check", small, "--select", "C301", "--format", "json").out)) == 10_000


@pytest.fixture
def untidy(small: Path) -> Path:
    """A project that asks for the house rules of prefixes and order, with files that break them."""
    settings = small / "pyproject.toml"
    settings.write_text(settings.read_text() + 'house = ["C320", "C321", "C46"]\n')
    for path in small.rglob("*.ttl"):
        path.write_text(
            path.read_text().replace("@prefix sh:", "@prefix aa: <https://example.org/aa#> .\n@prefix sh:")
        )
    return small


def test_house_rules_are_asked_for(cordiale: Cordiale, untidy: Path) -> None:
    """Those of the settings hold, others by ``--select``, and none that nobody has asked for."""
    codes = {each["code"] for each in json.loads(cordiale("check", untidy, "--format", "json").out)}
    assert codes == {"C320", "C321"}
    assert " C323 " in cordiale("check", untidy, "--select", "C323").out
    settings = untidy / "pyproject.toml"
    settings.write_text(settings.read_text().replace("house =", "# house ="))
    assert cordiale("check", untidy).err == "no problems\n"


def test_a_fix_is_shown_and_made(cordiale: Cordiale, untidy: Path) -> None:
    """``--diff`` shows what ``--fix`` does and writes nothing; after it nothing is left to do."""
    before = {path: path.read_bytes() for path in untidy.rglob("*.*") if path.is_file()}
    shown = cordiale("check", untidy, "--diff")
    assert (shown.code, shown.err) == (0, "6 files would change\n")
    assert "--- a/data/almanac/1901.ttl\n+++ b/data/almanac/1901.ttl\n" in shown.out
    assert "\n-@prefix aa: <https://example.org/aa#> .\n" in shown.out
    assert {path: path.read_bytes() for path in before} == before
    fixed = cordiale("check", untidy, "--fix")
    assert (fixed.code, fixed.out, fixed.err) == (0, "", "6 files changed\nno problems\n")
    text = (untidy / "data/almanac/1901.ttl").read_text()
    assert "aa:" not in text
    assert "# The catalogue." in (untidy / "data/sources.ttl").read_text()
    assert cordiale("check", untidy, "--diff").err == "0 files would change\n"
