"""Sixty errors and more, planted in copies of the project's graph: each is found, at its line."""

from pathlib import Path

import pytest

from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem
from cordiale.project.fixing import fixes, write_fixes
from cordiale.project.knowledge_graph import open_project
from tests.checks.planted import BATCHES, line_of, mended, plant
from tests.copies import copied_project


@pytest.fixture
def copied(project_root: Path, tmp_path: Path) -> Path:
    """A copy of the project's own graph."""
    return copied_project(project_root, tmp_path)


def told(root: Path) -> tuple[Problem, ...]:
    """All that is wrong."""
    try:
        return open_project(root).check()
    except SourceError as error:
        return error.problems


def test_there_are_sixty_kinds() -> None:
    """No code stands twice but that of the shapes, whose constraints are kinds of their own."""
    codes = [error.code for batch in BATCHES.values() for error in batch]
    assert len(codes) >= 60
    assert {code for code in codes if codes.count(code) > 1} == {"C301"}


@pytest.mark.slow
@pytest.mark.parametrize("batch", list(BATCHES))
def test_each_is_found_and_mended(copied: Path, project_root: Path, batch: str) -> None:
    """Each error is told at its line, nothing else is, and following the remedy undoes it."""
    for error in BATCHES[batch]:
        plant(copied, error)
    expected = sorted((error.code, error.path, line_of(copied, error) or 0) for error in BATCHES[batch])
    problems = told(copied)
    places = [(each.code, each.place) for each in problems]
    assert sorted((c, p.path, p.line or 0) if p else (c, "", 0) for c, p in places) == expected
    for error in BATCHES[batch]:
        line = line_of(copied, error)
        (found,) = (
            each
            for each in problems
            if each.code == error.code
            and each.place
            and (each.place.path, each.place.line) == (error.path, line)
        )
        assert error.remedy in found.remedy
    for error in BATCHES[batch]:
        mended(copied, error, project_root)
    # Then all is as in the project, of which nothing is told.
    touched = {path for error in BATCHES[batch] for path in (error.path, *(error.also or ())[:1])}
    for path in touched:
        assert (copied / path).exists() == (project_root / path).exists()
        if (copied / path).exists():
            assert (copied / path).read_bytes() == (project_root / path).read_bytes()


def test_nothing_is_wrong_without(project_root: Path) -> None:
    """The project's own graph has no problem, violation or warning, that is not waived with a reason."""
    report = open_project(project_root).check_report()
    assert report.problems == ()
    assert all(waived.reason for waived in report.waived)


@pytest.mark.slow
def test_some_are_fixed(copied: Path, project_root: Path) -> None:
    """What a fix puts right is as it was, byte for byte, and nothing else has changed."""
    batches = (BATCHES["house rules of Turtle"], BATCHES["questions"])
    fixable = ("C320", "C321", "C322", "C325", "C326", "C462", "C463")
    planted = [error for batch in batches for error in batch if error.code in fixable]
    assert {error.code for error in planted} == set(fixable)
    # Each error in a file of its own; of two in one file, the other one would stay.
    planted = list({error.path: error for error in planted}.values())
    for error in planted:
        plant(copied, error)
    kg = open_project(copied)
    write_fixes(copied, fixes(kg.check_report(), kg.settings.languages))
    for error in planted:
        assert (copied / error.path).read_bytes() == (project_root / error.path).read_bytes()
    assert open_project(copied).check() == ()
