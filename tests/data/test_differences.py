"""One document more in the project's own graph, as a pull request would tell it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale, cordiale
from tests.copies import copied_project

__all__ = ["cordiale"]

_DOCUMENT = "data/le-parisien/2024-06-12.ttl"  # K-11, K-12: the third day of an appointment


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _gains(changes: dict[str, list[dict[str, str]]], predicate: str, value: str) -> bool:
    return any(predicate in each["predicate"] and value in each["object"] for each in changes["gained"])


@pytest.mark.slow
@pytest.mark.needs_more("git", "revisions are git's")
def test_a_document_more_shows_its_triples_conflict_and_answers(
    project_root: Path, tmp_path: Path, cordiale: Cordiale
) -> None:
    """Between two commits: what it states, the conflict that it opens, the answers, all by lines of it."""
    copy = copied_project(project_root, tmp_path)
    document = copy / _DOCUMENT
    aside = tmp_path / "aside.ttl"
    shutil.move(document, aside)
    _git(copy, "init", "--quiet", "--initial-branch", "trunk")
    for message in ("without", "with"):
        _git(copy, "add", "data", "ontology", "queries", "shapes", "pyproject.toml")
        _git(copy, "commit", "--quiet", "--message", message)
        document.parent.mkdir(exist_ok=True)
        shutil.copy(aside, document)
    done = cordiale("diff", "trunk~1", "trunk", "--format", "json", "--project", copy)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    stated, inferred = found["stated"], found["inferred"]
    day = ":role-galap-provisional-administrator-ups"
    assert _gains(stated, "ns#startedOn", "2024-03-01")
    assert _gains(inferred, "schema.org/startDate", "2024-03-01")
    assert any("onDate" in each["predicate"] for each in found["sources"]["more"])
    assert (stated["lost"], inferred["lost"]) == ([], [])
    (opened,) = found["conflicts"]["opened"]
    assert opened["rule"] == "single-valued"
    assert [value[1:11] for value in opened["values"]] == ["2024-03-01", "2024-03-02", "2024-03-04"]
    assert {each["question"] for each in found["answers"]} == {
        *("conflicting", "disputed-values", "in-office", "roles", "timeline"),
    }
    changes = [*stated["gained"], *inferred["gained"], opened, *found["answers"]]
    for change in changes:
        assert {place["path"] for place in change["places"]} == {_DOCUMENT}, change
        assert all(place["line"] for place in change["places"]), change
    markdown = cordiale("diff", "trunk~1", "trunk", "--format", "markdown", "--project", copy).out
    assert f"+ {day} has several values of cord:startedOn" in markdown
    assert len(markdown) < 65_536
