"""What comes in by a pipe, in a file for as long as it is read: an import reads its files more than once."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from cordiale.link.json_values import open_packed
from cordiale.model.errors import MachineError
from cordiale.model.problems import Problem

__all__ = ["told_path", "with_stdin"]

_PIPE = Path("-")
_FOLDER = "cordiale-stdin-"  # how the name of the folder begins that such a file lies in
_PACKED = {b"\x1f\x8b": ".gz", b"BZ": ".bz2"}
_LOOK = 4096  # bytes, of which the first that is no blank tells JSON from Turtle


@contextmanager
def with_stdin(files: Sequence[Path], stdin: IO[bytes]) -> Iterator[list[Path]]:
    """The files, ``-`` among them being what comes in by ``stdin``: packed or not, JSON or not, as it begins.

    Raises:
        MachineError: C759, the pipe breaks, or there is no room.
    """
    if _PIPE not in files:
        yield [*files]
        return
    with TemporaryDirectory(prefix=_FOLDER) as folder:
        try:
            piped = _kept(stdin, Path(folder))
        except OSError as error:
            message = f"cannot read stdin: {error}"
            raise MachineError(
                Problem(code="C759", message=message, remedy="send the whole document again")
            ) from error
        yield [piped if file == _PIPE else file for file in files]


def told_path(path: Path) -> str:
    """How a file is told to people: by its path, or as stdin."""
    return "stdin" if path.parent.name.startswith(_FOLDER) else path.as_posix()


def _kept(stdin: IO[bytes], folder: Path) -> Path:
    """A file of what comes in, under a name that readers go by."""
    raw = folder / "raw"
    with raw.open("wb") as file:
        shutil.copyfileobj(stdin, file)
    with raw.open("rb") as file:
        packing = _PACKED.get(file.read(2), "")
    packed = raw.rename(folder / f"raw{packing}")
    try:
        with open_packed(packed) as stream:
            first = stream.read(_LOOK).lstrip()[:1]
    except (OSError, EOFError):
        first = b""  # it is broken, which whoever reads it tells
    kind = ".json" if first in (b"{", b"[", b"") else ".ttl"
    return packed.rename(folder / f"-{kind}{packing}")
