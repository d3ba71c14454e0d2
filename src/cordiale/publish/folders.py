"""A folder put in the place of another in one step, so that no reader ever finds neither or half of it.

The work is done in a folder beside the target, ``.NAME.XXXXXXXX.cordiale-aside``, which has a file that says
whose it is, the new folder, and in the end the old one. Nothing without that file is ever touched.
"""

import ctypes
import errno
import fcntl
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["folder_aside", "is_free", "put_in_place", "tidy"]

_CURRENT = -100  # AT_FDCWD: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE, see renameat2(2)
_SUFFIX = ".cordiale-aside"
_OWNER = "owner"  # a file: what the folder aside is, and of which target
_NEW, _OLD = "new", "old"  # folders: what is being made, and what had its place


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """A new folder for what will stand at ``target``, which is taken away in the end if it is still there.

    The folder that it lies in is locked as long as this process lives, so that ``tidy`` of another leaves it
    alone.

    Raises:
        OSError: it cannot be made.
    """
    aside = Path(mkdtemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent))
    handle = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # before it is known to be ours, so nobody tidies it up
        (aside / _OWNER).write_bytes(_owner(target))
        made = aside / _NEW
        made.mkdir()
        made.chmod(0o755)
        yield made
    except BaseException:
        if not (aside / _OLD).exists():  # else others may have something in it: ``tidy`` puts it right
            _take_away(aside)
        raise
    else:
        _take_away(aside)
    finally:
        os.close(handle)


def is_free(target: Path, marker: str) -> bool:
    """Whether a folder may be written to: it is not there, is empty, or has the file ``marker`` of ours."""
    if not target.exists() or (target / marker).is_file():
        return True
    return target.is_dir() and not any(target.iterdir())


def put_in_place(made: Path, target: Path, names: Collection[str]) -> None:
    """Put ``made``, from ``folder_aside``, at ``target``; what is in the way goes, or moves to the new one.

    ``names`` are those of our own entries: whatever else stands in the old folder moves to the new one.

    Raises:
        OSError: it cannot be done; ``target`` is then as it was.
    """
    if not target.exists():
        made.rename(target)
        return
    if not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{target.name} is no folder")
    old = made.with_name(_OLD)
    _exchange(made, target, old)
    _move_others(old, target, names)


def tidy(target: Path, names: Collection[str]) -> None:
    """Put right what a process left that was killed while it worked beside ``target``.

    Only folders of ``folder_aside`` for this target are looked into: by their name and by the file in them
    that says so. Links are not followed.
    """
    ours = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]+{re.escape(_SUFFIX)}")
    for left in sorted(target.parent.glob(f".{escape(target.name)}.*{_SUFFIX}")):
        if not ours.fullmatch(left.name):
            continue
        try:
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue  # no folder of ours, or already gone
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _is_ours(left, target):
                continue
            old = left / _OLD
            if old.is_dir() and not target.exists():
                old.rename(target)
            elif old.is_dir() and not target.is_dir():
                continue  # a file has the name: nothing can be moved there
            elif old.is_dir():
                _move_others(old, target, names)
            _take_away(left)
        except OSError:
            continue  # another process is at work in it
        finally:
            os.close(handle)


def _owner(target: Path) -> bytes:
    return b"cordiale made this folder to write another, and takes it away: " + os.fsencode(target.name)


def _is_ours(aside: Path, target: Path) -> bool:
    owner = aside / _OWNER
    return owner.is_file() and not owner.is_symlink() and owner.read_bytes() == _owner(target)


def _take_away(aside: Path) -> None:
    """Take away a folder aside; what says that it is ours goes last, lest we be killed amid it."""
    for part in (_NEW, _OLD):
        shutil.rmtree(aside / part, ignore_errors=True)
    with suppress(OSError):
        (aside / _OWNER).unlink(missing_ok=True)
        aside.rmdir()


def _exchange(made: Path, target: Path, old: Path) -> None:
    """Let ``made`` have the name ``target``, and what had it the name ``old``."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None:
        made.rename(old)  # so that whatever has this name is whole, before and after the next line
        if rename(_CURRENT, os.fsencode(old), _CURRENT, os.fsencode(target), _EXCHANGE) == 0:
            return
        number = ctypes.get_errno()
        old.rename(made)
        if number not in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):  # not on this kernel or file system
            raise OSError(number, os.strerror(number), str(target))
    target.rename(old)  # killed from here to the next line, nothing has the name: ``tidy`` gives it back
    try:
        made.rename(target)
    except BaseException:
        old.rename(target)
        raise


def _move_others(old: Path, new: Path, names: Collection[str]) -> None:
    for entry in old.iterdir():
        half_written = entry.name.startswith(".") and entry.name.endswith(".part")  # by ``save``, when killed
        if entry.name not in names and not half_written and not (new / entry.name).exists():
            with suppress(FileNotFoundError):  # another process moved it
                entry.rename(new / entry.name)
