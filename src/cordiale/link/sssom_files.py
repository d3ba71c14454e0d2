"""The text of a mapping set from its file, with what was mended in it."""

import gzip
import re
from pathlib import Path

from cordiale.link.json_values import open_packed
from cordiale.link.loss import loss
from cordiale.link.piped import told_path
from cordiale.link.sssom_tables import with_header
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.text import decode, machine_error

__all__ = ["mapping_set_text"]


def mapping_set_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a set with its header within, and what was mended: encoding, byte order mark, line ends.

    Raises:
        MachineError: C901, the file, or the one with its metadata, cannot be read.
    """
    shown = told_path(path)
    try:
        with open_packed(path) as stream:
            data = stream.read()
    except (OSError, EOFError) as error:
        if isinstance(error, EOFError | gzip.BadGzipFile):
            message = f"the file breaks off: {error}"
            place = Place(path=shown)
            raise SourceError(loss("C700", Severity.VIOLATION, message, "fetch it again", place)) from error
        raise machine_error(shown, error) from error
    problems: list[Problem] = []
    try:
        text = decode(data.removeprefix(b"\xef\xbb\xbf"), path=shown)
    except SourceError as error:
        message = "the file is not UTF-8; it was read as Windows-1252"
        problems.append(loss("C701", Severity.WARNING, message, "save it in UTF-8", error.problems[0].place))
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n")
    beside = _metadata(path)
    if not text.startswith("#") and beside is not None:
        try:
            text = with_header(text, decode(beside.read_bytes(), path=beside.as_posix()))
        except OSError as error:
            raise machine_error(beside.as_posix(), error) from error
    return text, tuple(problems)


def _metadata(path: Path) -> Path | None:
    """The file of metadata beside a set: of the same name, but for its ending."""
    stem = re.sub(r"(\.sssom)?\.tsv(\.gz|\.bz2)?$", "", path.name)
    names = [f"{stem}{middle}{end}" for middle in (".sssom", "", "_metadata") for end in (".yml", ".yaml")]
    return next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)
