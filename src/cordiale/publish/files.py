"""Files written so that nothing half-written is ever seen."""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from cordiale.model.errors import MachineError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["save", "save_parts", "unwritable"]

_REMEDIES = {
    errno.ENOSPC: "free some space on that disk and run again",
    errno.EDQUOT: "free some of your quota on that disk and run again",
    errno.EROFS: "choose a folder on a disk that can be written to",
    errno.EACCES: "choose a folder that you may write to, or change its permissions",
    errno.EPERM: "choose a folder that you may write to, or change its permissions",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "choose a path whose parents are folders",
    errno.EISDIR: "name a file, not a folder",
}


def save(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` as ``save_parts`` does.

    Raises:
        MachineError: C911, with the path and what the system said.
    """
    save_parts(path, (content,))


def save_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write to ``path``: aside in the same folder, to the disk, then renamed over what was there.

    Whatever happens, ``path`` holds the old bytes or the new ones. A link keeps pointing where it did, a file
    keeps its permissions, and what is no file (``/dev/null``, a pipe) is written to as it stands.

    Raises:
        MachineError: C911, with the path and what the system said.
    """
    try:
        target = path.resolve()
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            with target.open("wb") as stream:
                stream.writelines(parts)
        else:
            _replace(target, parts, mode)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> MachineError:
    """The error C911: what the system said of a path that cannot be written, and what to do."""
    return MachineError(
        Problem(
            code="C911",
            message=f"cannot be written: {error.strerror or error}",
            remedy=_REMEDIES.get(error.errno or 0, "choose another place to write to"),
            place=Place(path=path.as_posix()),
        )
    )


def _replace(target: Path, parts: Iterable[bytes], mode: int | None) -> None:
    aside = target.with_name(f".{target.name}.{token_hex(4)}.part")
    # Not tempfile: its files are private to their owner, whatever the umask says.
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb") as stream:
            if mode is not None:
                os.fchmod(descriptor, stat.S_IMODE(mode))
            stream.writelines(parts)
            stream.flush()
            os.fsync(descriptor)
        os.replace(aside, target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
