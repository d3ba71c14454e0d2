"""A folder takes the place of another in one step, and what a killed process left is put right."""

import ctypes
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cordiale.publish.folders import folder_aside, put_in_place, tidy
from tests.small_project import bytes_under

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


def test_what_cannot_be_put_back_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the new nor the old folder gets the name: the old one is kept aside, and comes back later."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    rename = Path.rename

    def fail(path: Path, to: Path) -> Path:
        if to == target:
            raise OSError(5, "Input/output error")
        return rename(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="Input/output error"):
            _replace(target)
    tidy(target, _OURS)
    assert _content(target) == {"made": "old", "notes": "mine"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]


def test_what_cannot_be_moved_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others keep cannot be moved to the new folder: it is kept aside, and comes later."""
    rename = Path.rename

    def fail(path: Path, to: Path) -> Path:
        if path.name == "notes":
            raise PermissionError(13, "Permission denied")
        return rename(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(PermissionError):
            _replace(target)
        tidy(target, _OURS)
    assert _content(target) == {"made": "new"}
    tidy(target, _OURS)
    assert _content(target) == {"made": "new", "notes": "mine"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]


def _left(target: Path, *, keep: Callable[[Path], None]) -> Path:
    """The folder aside of a process that was killed at work, with what ``keep`` put there."""
    with folder_aside(target) as made:
        keep(made)
        left = made.parent
        copy = target.parent / "copy"
        shutil.copytree(left, copy, symlinks=True)
    return copy.rename(left)


def _half(made: Path) -> None:
    (made / "made").write_text("half")
    (made / "unknown").write_text("half, of a name that the next build does not know")


def _replaced(made: Path) -> None:
    old = made.rename(made.with_name("old"))
    (old / "made").write_text("older")
    (old / ".made.12ab.part").write_text("ha")
    (old / "letters").write_text("mine too")


def test_what_was_left_is_put_right(target: Path) -> None:
    """A folder of a process that is no more goes; what others kept in the old one comes back."""
    _left(target, keep=_half)
    _left(target, keep=_replaced)
    tidy(target, _OURS)
    assert _content(target) == {"made": "old", "notes": "mine", "letters": "mine too"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]


def test_what_was_moved_away_comes_back(target: Path) -> None:
    """Killed between two renames, where names cannot be exchanged: the old folder gets its name again."""
    left = _left(target, keep=_half)
    target.rename(left / "old")
    tidy(target, _OURS)
    assert _content(target) == {"made": "old", "notes": "mine"}
    assert [path.name for path in target.parent.iterdir()] == ["build"]


def test_another_process_is_left_alone(target: Path) -> None:
    """A folder in which somebody is at work is locked."""
    with folder_aside(target) as made:
        _replaced(made)
        tidy(target, _OURS)
        assert (made.parent / "old" / "letters").is_file()
    left = _left(target, keep=_half)
    tidy(target, _OURS)
    assert not left.exists()


def _others(target: Path, name: str) -> Path:
    folder = target.with_name(name)
    folder.mkdir()
    (folder / ".env").write_text("secret")
    return folder


@pytest.mark.parametrize(
    "name", [".build-drafts", ".build-tools-old", ".build.abcd1234.cordiale-aside", ".build.cordiale-aside"]
)
@pytest.mark.parametrize("is_there", [True, False])
def test_folders_of_others_are_left_alone(target: Path, name: str, is_there: bool) -> None:
    """Whatever its name, a folder that does not say it is ours is neither taken nor moved into the target."""
    others = _others(target, name)
    (others / "old").mkdir()
    (others / "owner").write_text("me")
    if not is_there:
        shutil.rmtree(target)
    before = bytes_under(target.parent)
    tidy(target, _OURS)
    assert bytes_under(target.parent) == before
    assert target.exists() == is_there


def test_a_link_is_left_alone(target: Path) -> None:
    """A link of the right name to a folder that is ours by its file: nothing is moved from there."""
    left = _left(target, keep=_replaced)
    elsewhere = target.parent / "elsewhere"
    left.rename(elsewhere)
    left.symlink_to(elsewhere)
    before = bytes_under(target.parent)
    tidy(target, _OURS)
    assert bytes_under(target.parent) == before
    assert left.is_symlink()


@pytest.mark.parametrize("name", ["build.x", "build-x", "[b]uild"])
def test_folders_of_other_targets_are_left_alone(target: Path, name: str) -> None:
    """What a process left beside a target whose name begins or looks like this one is not of this one."""
    left = _left(target.with_name(name), keep=_replaced)
    tidy(target, _OURS)
    assert (left / "old" / "letters").is_file()
    tidy(target.with_name(name), _OURS)
    assert not left.exists()
    assert (target.with_name(name) / "letters").is_file()


def test_the_file_that_says_so_names_the_target(target: Path) -> None:
    """A folder aside that somebody gave another name is no longer of a target."""
    left = _left(target.with_name("site"), keep=_replaced)
    renamed = left.rename(left.with_name(left.name.replace(".site.", ".build.")))
    tidy(target, _OURS)
    assert (renamed / "old" / "letters").is_file()
