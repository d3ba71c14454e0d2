"""The text of a file: its bytes as UTF-8, refused with a place when they are not."""

import re
from bisect import bisect_right

from cordiale.model.errors import MachineError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["Lines", "decode", "machine_error"]

_LINE_END = re.compile(r"\r\n|\r|\n")  # as the syntax checker counts them


class Lines:
    """Turns an offset in a text into a line and a column, both counted from 1, in characters.

    >>> Lines("ab\\ncd").place("data/x.ttl", 4)
    Place(path='data/x.ttl', line=2, column=2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, path: str, offset: int) -> Place:
        """The place of the character at ``offset`` (counted from 0) of the file ``path``."""
        line = bisect_right(self._starts, offset)
        return Place(path=path, line=line, column=offset - self._starts[line - 1] + 1)


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
