"""A command after a build gives what it would give without one, and reads no more than it must."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import cordiale
from cordiale.checks.turtle_style import StyleFile, check_turtle_style
from cordiale.model.problems import Problem
from cordiale.project import checking
from cordiale.project.build import build
from cordiale.project.new_project import new_project
from cordiale.project.stamp import STAMP
from cordiale.project.warm import KEPT, QUADS, load_quads, quads_bytes
from cordiale.query.answers import Answer
from tests.small_project import bytes_under

_DEPENDENCIES = ("duckdb", "owlrl", "pyarrow", "pyshacl", "rdflib.plugins.sparql", "sssom_pydantic")


def _everything(folder: Path) -> list[object]:
    """What questions, descriptions and supports say."""
    kg = cordiale.open(folder)
    answers: list[Answer] = [
        kg.ask("disputed"),
        kg.ask("standing-in", area=":western-isles"),
        kg.ask("taller"),
        kg.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"),
        kg.query("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"),
        kg.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", triples="inferred"),
    ]
    told = [kg.show("Skerry Light"), kg.show("sea:Light", triples="inferred"), kg.closure, kg.sources]
    return [*answers, *told, kg.documents, kg.export("trig", triples="both"), kg.prefixes]


def test_warm_and_cold_say_the_same(built: Path, small: Path) -> None:
    """With what the build kept, without it, and where it was built by nobody."""
    warm = _everything(built)
    for name in (KEPT, QUADS):
        (built / "build" / name).unlink()
    assert _everything(built) == warm
    assert _everything(small) == warm


def test_an_edit_is_seen_at_once(built: Path) -> None:
    """What was kept is for the bytes that it was made of, whatever the times of files say."""
    edited = built / "data" / "almanac" / "1901.ttl"
    before = edited.stat()
    edited.write_text(edited.read_text().replace("1844", "1846"))
    os.utime(edited, ns=(before.st_atime_ns, before.st_mtime_ns))
    years = [str(row[0]) for row in cordiale.open(built).ask("disputed").rows]
    assert years == ["1845", "1846"]


def test_what_was_changed_in_the_build_is_not_believed(built: Path) -> None:
    """A store that somebody wrote into is passed over."""
    right = cordiale.open(built).ask("disputed")
    for name in (KEPT, QUADS):
        path = built / "build" / name
        path.write_bytes(path.read_bytes().replace(b"1844", b"1999"))
    assert cordiale.open(built).ask("disputed") == right


def test_quads_are_for_their_closure(tmp_path: Path) -> None:
    """Another key, another byte, or no file: nothing."""
    path = tmp_path / QUADS
    quads = b"<urn:a> <urn:b> <urn:c> .\n"
    path.write_bytes(quads_bytes(quads, "mine"))
    assert load_quads(path, "mine") == quads
    assert load_quads(path, "yours") is None
    path.write_bytes(quads_bytes(quads, "mine") + b"<urn:a> <urn:b> <urn:d> .\n")
    assert load_quads(path, "mine") is None
    assert load_quads(tmp_path / "absent", "mine") is None


def test_two_builds_are_the_same_bytes(built: Path) -> None:
    """From scratch, or with what an earlier build kept."""
    first = bytes_under(built / "build")
    (built / "build" / STAMP).unlink()
    assert build(built, list[str]().append).ok
    assert bytes_under(built / "build") == first


def _steps(folder: Path) -> list[str]:
    steps: list[str] = []
    assert build(folder, steps.append).ok
    return steps


def test_what_has_not_changed_is_not_built(built: Path) -> None:
    """Neither what was read nor what was written: the report is the last one, and nothing is done."""
    whole = bytes_under(built / "build")
    (built / "build" / "notes").write_text("mine")
    steps: list[str] = []
    report = build(built, steps.append)
    assert steps == ["read"]
    assert (report.sources, report.passed, report.failed, report.problems) == (5, 3, 0, ())
    assert bytes_under(built / "build") == {**whole, "notes": b"mine"}


@pytest.mark.parametrize(
    "path", ["data/entities.ttl", "shapes/lights.ttl", "queries/taller.rq", "queries/taller.expected.csv"]
)
def test_what_has_changed_is_built(built: Path, path: str) -> None:
    """A byte more in whatever a build reads."""
    if path.endswith(".csv"):
        (built / path).write_bytes(b'"true"\n')  # the same answer, in other bytes
    else:
        (built / path).write_bytes((built / path).read_bytes() + b"\n# more\n")
    assert "export" in _steps(built)
    assert _steps(built) == ["read"]


def test_what_was_lost_is_built_again(built: Path) -> None:
    """An output that somebody deleted or edited."""
    whole = bytes_under(built / "build")
    (built / "build" / "graph.ttl").unlink()
    assert "export" in _steps(built)
    (built / "build" / "answers" / "taller.csv").write_text("maybe\n")
    assert "export" in _steps(built)
    assert bytes_under(built / "build") == whole


def test_what_depends_on_the_clock_is_always_built(built: Path) -> None:
    """A question with NOW() may have another answer, though no file has changed."""
    (built / "queries/today.rq").write_text("#+ summary: Is it late?\nASK { FILTER (NOW() > 0) }")
    (built / "queries/today.expected.csv").write_text("false\n")
    assert "export" in _steps(built)
    assert "export" in _steps(built)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("query", "disputed"),
        ("query", "standing-in", "-p", "area=western-isles"),
        ("query", "--list"),
        ("show", "Skerry Light"),
    ],
    ids=" ".join,
)
def test_a_warm_command_imports_little(built: Path, arguments: tuple[str, ...]) -> None:
    """Neither reasoner nor validator: to start is most of what a warm command does."""
    script = (
        "import sys\n"
        "from cordiale.cli.main import main\n"
        f"sys.argv = ['cordiale', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as done:\n    assert done.code == 0, done.code\n"
        f"print([name for name in {_DEPENDENCIES!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=built, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stderr.strip() == "[]"
    assert done.stdout


_UNUSED = "@prefix unused: <https://example.org/unused#> .\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project with a house rule, built without a problem, in which one thing is waived."""
    folder = tmp_path / "house"
    new_project(folder)
    _prepend(folder / "data" / "entities.ttl", f"# waive-file C320: for a day\n{_UNUSED}")
    settings = folder / "pyproject.toml"
    settings.write_text(settings.read_text().replace("\n\n", '\nhouse = ["C320"]\n\n', 1))
    assert build(folder, list[str]().append).problems == ()
    return folder


def _prepend(path: Path, text: str) -> None:
    path.write_text(text + path.read_text())


@pytest.mark.parametrize("edited", ["data/survey/1998.ttl", "data/sources.ttl", "shapes/bridges.ttl"])
def test_what_did_not_change_is_not_checked_again(
    house: Path, edited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of files, the one that changed and the one that waives are looked at; the report is the same."""
    looked_at: list[str] = []

    def check(file: StyleFile, languages: Sequence[str]) -> tuple[Problem, ...]:
        looked_at.append(file.path)
        return check_turtle_style(file, languages)

    _prepend(house / edited, _UNUSED)
    monkeypatch.setattr(checking, "check_turtle_style", check)
    report = cordiale.open(house).check_report()
    assert sorted(looked_at) == sorted({edited, "data/entities.ttl"})
    assert [(problem.code, str(problem.place)) for problem in report.problems] == [("C320", f"{edited}:1:1")]
    (house / "build" / STAMP).unlink()
    assert cordiale.open(house).check_report() == report
    assert len(looked_at) > 4


def test_other_rules_and_other_settings_check_all_anew(house: Path) -> None:
    """What was faultless by the rules of the last build may not be so by others."""
    assert cordiale.open(house).check_report(house=["C324"]).problems
    settings = house / "pyproject.toml"
    settings.write_text(settings.read_text().replace('"C320"', '"C320", "C324"'))
    assert {problem.code for problem in cordiale.open(house).check()} == {"C324"}
