"""Files: replaced whole or not at all, with a word on what stopped it."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cordiale.model.errors import MachineError
from cordiale.publish.files import save


def failing(number: int) -> Callable[..., None]:
    """A system call that fails with this error."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_writes_and_replaces(tmp_path: Path) -> None:
    """The new bytes stand where the old ones did, and nothing else is left in the folder."""
    path = tmp_path / "graph.ttl"
    save(path, b"one")
    save(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EROFS, "choose a folder on a disk"),
        (errno.EIO, "choose another"),
    ],
)
def test_failure_leaves_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, remedy: str
) -> None:
    """A full, read-only or broken disk: the old file is whole, nothing half-written lies beside it."""
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(MachineError) as caught:
        save(path, b"new")
    monkeypatch.undo()
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{path}: C911 cannot be written: {os.strerror(number)}\n  {remedy}")
    assert caught.value.exit_code == 3
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_interruption_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of writing cleans up as well."""

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("missing/graph.ttl", "make the folder first"), ("folder", "name a file, not a folder")],
)
def test_wrong_places(tmp_path: Path, name: str, remedy: str) -> None:
    """A folder that is not there, or one where a file was meant, is told with its path."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(MachineError, match=f"C911 .*\n  {remedy}"):
        save(tmp_path / name, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Replacing does not open a private file to others; a new file obeys the umask."""
    path = tmp_path / "graph.ttl"
    save(path, b"one")
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o640)
    save(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is replaced, not the link."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    save(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """A pipe is not replaced by a file: what reads from it gets the bytes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        save(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
