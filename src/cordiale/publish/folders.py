"""A folder put in the place of another in one step, so that no reader ever finds neither or half of it."""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["folder_aside", "is_free", "put_in_place", "tidy"]

_CURRENT = -100  # AT_FDCWD: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE, see renameat2(2)


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """A new folder beside ``target``, which is taken away in the end if it is still there.

    It is locked as long as this process lives, so that ``tidy`` of another leaves it alone.

    Raises:
        OSError: it cannot be made.
    """
    aside = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    handle = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        aside.mkdir(mode=0o755, exist_ok=True)  # another's ``tidy`` may have come between
        aside.chmod(0o755)
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(handle)


def is_free(target: Path, marker: str) -> bool:
    """Whether a folder may be written to: it is not there, is empty, or has the file ``marker`` of ours."""
    if not target.exists() or (target / marker).is_file():
        return True
    return target.is_dir() and not any(target.iterdir())


def put_in_place(made: Path, target: Path, names: Collection[str]) -> None:
    """Put the folder ``made`` at ``target``; what is in the way moves to ``made``, or away.

    ``names`` are those of our own entries: whatever else stands in the old folder moves to the new one.

    Raises:
        OSError: it cannot be done; ``target`` is then as it was.
    """
    if not target.exists():
        made.rename(target)
        return
    if not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{target.name} is no folder")
    _exchange(made, target)
    _move_others(made, target, names)


def tidy(target: Path, names: Collection[str]) -> None:
    """Put right what a process left that was killed while it worked beside ``target``."""
    for left in sorted(target.parent.glob(f".{target.name}-*")):
        try:
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue  # no folder of ours, or already gone
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if left.name.endswith("-old") and not target.exists():
                left.rename(target)
                continue
            if target.is_dir():
                _move_others(left, target, names)
            shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue  # another process is at work in it
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders take each other's name."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None:
        if rename(_CURRENT, os.fsencode(one), _CURRENT, os.fsencode(other), _EXCHANGE) == 0:
            return
        number = ctypes.get_errno()
        if number not in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):  # not on this kernel or file system
            raise OSError(number, os.strerror(number), str(other))
    old = one.with_name(f"{one.name}-old")
    other.rename(old)  # killed from here to the next line, nothing has the name: ``tidy`` gives it back
    try:
        one.rename(other)
    except BaseException:
        old.rename(other)
        raise
    old.rename(one)


def _move_others(old: Path, new: Path, names: Collection[str]) -> None:
    for entry in old.iterdir():
        half_written = entry.name.startswith(".") and entry.name.endswith(".part")  # by ``save``, when killed
        if entry.name not in names and not half_written and not (new / entry.name).exists():
            with suppress(FileNotFoundError):  # another process moved it
                entry.rename(new / entry.name)
