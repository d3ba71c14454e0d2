"""A folder takes the place of another in one step, and what a killed process left is put right."""

import ctypes
import fcntl
import os
from pathlib import Path

import pytest

from cordiale.publish.folders import folder_aside, put_in_place, tidy

_OURS = {"made"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that was made before, in which somebody keeps notes."""
    folder = tmp_path / "build"
    folder.mkdir()
    (folder / "made").write_text("old")
    (folder / "notes").write_text("mine")
    return folder


def _replace(target: Path) -> None:
    with folder_aside(target) as aside:
        (aside / "made").write_text("new")
        put_in_place(aside, target, _OURS)


def _content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("exchange", [True, False])
def test_one_takes_the_place_of_the_other(
    target: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """Whether or not the system can exchange two names; what others keep there stays."""
    if not exchange:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    _replace(target)
    assert _content(target) == {"made": "new", "notes": "mine"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]
    assert target.stat().st_mode & 0o777 == 0o755


def test_what_fails_leaves_the_old(target: Path) -> None:
    """An error amid the work: the old folder stays as it was, and the new one goes."""

    def fail() -> None:
        with folder_aside(target) as aside:
            (aside / "made").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert _content(target) == {"made": "old", "notes": "mine"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]


def test_what_was_left_is_put_right(target: Path) -> None:
    """A folder of a process that is no more goes; what others kept in it comes back."""
    left = target.with_name(".build-abc")
    left.mkdir()
    (left / "made").write_text("half")
    (left / ".made.12ab.part").write_text("ha")
    (left / "letters").write_text("mine too")
    tidy(target, _OURS)
    assert _content(target) == {"made": "old", "notes": "mine", "letters": "mine too"}
    assert not left.exists()


def test_what_was_moved_away_comes_back(target: Path) -> None:
    """Killed between two renames, where names cannot be exchanged: the old folder gets its name again."""
    target.rename(target.with_name(".build-abc-old"))
    tidy(target, _OURS)
    assert _content(target) == {"made": "old", "notes": "mine"}


def test_another_process_is_left_alone(target: Path) -> None:
    """A folder in which somebody is at work is locked."""
    left = target.with_name(".build-abc")
    left.mkdir()
    handle = os.open(left, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    tidy(target, _OURS)
    assert left.is_dir()
    os.close(handle)
    tidy(target, _OURS)
    assert not left.exists()
