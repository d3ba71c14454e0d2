"""The text of a file: its bytes as UTF-8, refused with a place when they are not."""

import re
from bisect import bisect_right

from cordiale.model.errors import MachineError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["Lines", "decode", "lines_of", "machine_error", "stray_character"]

_LINE_END = re.compile(r"\r\n|\r|\n")  # as the syntax checker counts them


class Lines:
    """Turns an offset in a text into a line and a column, both counted from 1, in characters.

    >>> print(Lines("ab\\ncd").place("data/x.ttl", 4))
    data/x.ttl:2:2
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, path: str, offset: int) -> Place:
        """The place of the character at ``offset`` (counted from 0) of the file ``path``."""
        line = bisect_right(self._starts, offset)
        return Place(path=path, line=line, column=offset - self._starts[line - 1] + 1)


def lines_of(text: str) -> tuple[str, ...]:
    r"""The lines of a text without their ends, as ``Lines`` counts them.

    >>> lines_of("ab\r\nc\x0cd\n")
    ('ab', 'c\x0cd')
    """
    lines = _LINE_END.split(text)
    return tuple(lines if lines[-1] else lines[:-1])


def decode(data: bytes, *, path: str) -> str:
    """The text that ``data`` encodes in UTF-8, line ends as they are.

    Turtle is always UTF-8 (https://www.w3.org/TR/turtle/#sec-mime).

    Raises:
        SourceError: C102, at the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise SourceError(
            Problem(
                code="C102",
                message=f"byte 0x{data[error.start]:02x} is not UTF-8",
                remedy="save the file in the encoding UTF-8",
                place=Lines(before).place(path, len(before)),
            )
        ) from error


def stray_character(text: str, *, path: str) -> Problem | None:
    """What is wrong when ``text`` holds a character that no file of the project may hold.

    C103 is a byte order mark at its beginning, C105 the character NUL.
    """
    if text.startswith("\ufeff"):
        return Problem(
            code="C103",
            message="the file begins with a byte order mark",
            remedy="save it as UTF-8 without one (editors say: UTF-8, no BOM)",
            place=Place(path=path, line=1, column=1),
        )
    nul = text.find("\0")
    if nul < 0:
        return None
    return Problem(
        code="C105",
        message="the file holds the character NUL",
        remedy="take it out; a file full of them is in UTF-16: save it as UTF-8",
        place=Lines(text).place(path, nul),
    )


def machine_error(path: str, error: OSError) -> MachineError:
    """What a reader is told when the machine refuses to give the file ``path``."""
    return MachineError(
        Problem(
            code="C901",
            message=f"cannot be read: {error.strerror or error}",
            remedy="check that the file is there, that you may read it, and that the disk is sound",
            place=Place(path=path),
        )
    )
