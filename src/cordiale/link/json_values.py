"""JSON values of a file one after another, each with its line: one a line, or one large list.

A line is read at a time, or what the next value needs, so memory stays flat however large the file is.
"""

import bz2
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.text import machine_error

__all__ = ["open_packed", "read_json_values"]

_CHUNK = 1 << 16
_BETWEEN = " \t\r\n,[]"
_BLANK = re.compile(r"[ \t\r\n,\[\]]*")


def open_packed(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when its name ends in .gz or .bz2.

    Raises:
        MachineError: C901, the file cannot be opened.
    """
    try:
        if path.suffix == ".gz":
            return gzip.open(path)  # type: ignore[return-value]
        return bz2.open(path) if path.suffix == ".bz2" else path.open("rb")
    except OSError as error:
        raise machine_error(path.as_posix(), error) from error


def read_json_values(stream: IO[bytes], *, path: str) -> Iterator[tuple[int, object] | Problem]:
    """Line and value of each JSON value, or what is wrong in its place.

    A list at the top is taken apart. C700 is what is no JSON, such as a truncated line; C701 (a warning) a
    line that is not UTF-8 and was read as Windows-1252. In a file with a value a line, reading goes on after
    them; in any other it ends.
    """
    lines = _Lines(stream, path)
    first, second = lines.peek()
    if _is_whole(first) or second.startswith("{"):
        yield from _by_line(lines, path)
    else:
        yield from _in_one(lines, path)


def _is_whole(line: str) -> bool:
    return line.startswith("{") and line.rstrip(" ,").endswith("}")


class _Lines:
    """The lines of a file as text; a file that breaks off ends where it does."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        self._stream = stream
        self._path = path
        self._ahead: list[str] = []
        self.problems: list[Problem] = []
        self._read = 0

    def peek(self) -> tuple[str, str]:
        """The first two lines that hold more than brackets of a list, stripped."""
        found: list[str] = []
        while len(found) < 2 and (line := self._next()):
            self._ahead.append(line)
            text = line.strip("\ufeff \t\r\n")
            if text.strip(_BETWEEN):
                found.append(text)
            if len(text) > _CHUNK * 64 and found:
                break
        return (found[0] if found else ""), (found[1] if len(found) > 1 else "")

    def __iter__(self) -> Iterator[str]:
        while self._ahead:
            yield self._ahead.pop(0)
        while line := self._next():
            yield line

    def _next(self) -> str:
        try:
            data = self._stream.readline()
        except (EOFError, OSError, ValueError) as error:
            self.problems.append(_not_json(f"the file breaks off: {error}", self._path, self._read + 1))
            return ""
        self._read += 1
        try:
            return data.decode("utf-8-sig" if self._read == 1 else "utf-8")
        except UnicodeDecodeError:
            self.problems.append(
                Problem(
                    code="C701",
                    message="the line is not UTF-8; it was read as Windows-1252",
                    remedy="look whether its names are right, and save the file in UTF-8",
                    severity=Severity.WARNING,
                    place=Place(path=self._path, line=self._read),
                )
            )
            return data.decode("cp1252", errors="replace")


def _by_line(lines: _Lines, path: str) -> Iterator[tuple[int, object] | Problem]:
    for number, line in enumerate(lines, start=1):
        yield from _told(lines)
        text = line.strip(" \t\r\n,").removeprefix("[") if number == 1 else line.strip(" \t\r\n,")
        if text in ("", "[", "]", "[]"):
            continue
        try:
            yield number, json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else "brackets are nested too deeply"
            column = error.colno if isinstance(error, json.JSONDecodeError) else None
            yield _not_json(f"the line is not JSON: {said[:1].lower()}{said[1:]}", path, number, column)
    yield from _told(lines)


def _in_one(lines: _Lines, path: str) -> Iterator[tuple[int, object] | Problem]:
    decoder = json.JSONDecoder()
    source = iter(lines)
    buffer, at, line, wanted = "", 0, 1, _CHUNK
    at_end = False
    while True:
        start = _BLANK.match(buffer, at).end()  # type: ignore[union-attr]
        line += buffer.count("\n", at, start)
        at = start
        if at > len(buffer) // 2:
            buffer, at = buffer[at:], 0
        # A value is tried only when twice as much is there as at the last failure.
        while len(buffer) - at < wanted and not at_end:
            parts, size = [buffer], len(buffer) - at
            while size < wanted and (more := next(source, "")):
                parts.append(more)
                size += len(more)
            at_end = size < wanted
            buffer = "".join(parts)
        if _BLANK.fullmatch(buffer, at):
            break
        if buffer[at] in _BETWEEN:
            continue
        try:
            value, end = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError) as error:
            if not at_end and isinstance(error, json.JSONDecodeError):
                wanted = 2 * max(len(buffer) - at, _CHUNK)
                continue
            said = error.msg if isinstance(error, json.JSONDecodeError) else "brackets are nested too deeply"
            stop = error.pos if isinstance(error, json.JSONDecodeError) else at
            here = line + buffer.count("\n", at, stop)
            yield _not_json(f"the file is not JSON: {said[:1].lower()}{said[1:]}", path, here)
            break
        yield line, value
        line += buffer.count("\n", at, end)
        at, wanted = end, _CHUNK
    yield from _told(lines)


def _told(lines: _Lines) -> Iterator[Problem]:
    yield from lines.problems
    lines.problems.clear()


def _not_json(message: str, path: str, line: int, column: int | None = None) -> Problem:
    return Problem(
        code="C700",
        message=message,
        remedy="fetch the file again; what could be read of it was taken",
        place=Place(path=path, line=line, column=column),
    )
