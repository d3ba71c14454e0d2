"""What a document may ask of the machine: how far it unpacks, how long a line is, how deep XML goes.

A few kilobytes can be made to unpack, or to expand, to more than any memory holds. What is asked for here is
far beyond what documents of good will need.
"""

import gzip
import re
from collections.abc import Mapping
from typing import BinaryIO
from xml.parsers import expat

from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["LONGEST_LINE", "Unpacked", "check_xml", "too_long"]

LONGEST_LINE = 1 << 28  # bytes
_ALWAYS_FINE = 1 << 28  # bytes that any file may unpack to
_MOST_TIMES = 200  # its size; RDF packs to a tenth, seldom to a fiftieth
_DEEPEST = 1_000  # elements
_LONGEST_ENTITY = 1_000  # characters; entities of RDF/XML are namespaces
_MOST_WITHIN = 8  # entities that stand in each other
_PIECE = 1 << 20

_REFERENCE = re.compile("&([^&#;]+);")


class Unpacked(gzip.GzipFile):
    """A file that unpacks as it is read, as long as that is in proportion.

    Raises:
        SourceError: C626, when it is read further than that.
    """

    def __init__(self, packed: BinaryIO, name: str) -> None:
        super().__init__(fileobj=packed)
        self.myfileobj = packed  # type: ignore[assignment] # closed with it, as when gzip opens it itself
        self._packed = packed
        self._called = name

    def read(self, size: int | None = -1) -> bytes:
        """At most so many bytes; all that are left when it is negative."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        data = super().read(size)
        far = self.tell()
        if far > _ALWAYS_FINE and far > _MOST_TIMES * self._packed.tell():
            raise SourceError(
                Problem(
                    code="C626",
                    message=f"the file unpacks to more than {_MOST_TIMES} times its size",
                    remedy="unpack it, look at it, and give what is unpacked",
                    place=Place(path=self._called),
                )
            )
        return data


def too_long(path: str, line: int | None = None) -> SourceError:
    """The error C625: a line is longer than ``LONGEST_LINE``, or a term than the parser takes (16 MB)."""
    return SourceError(
        Problem(
            code="C625",
            message="a term is longer than 16 MB"
            if line is None
            else f"the line is longer than {LONGEST_LINE >> 20} MB",
            remedy="keep such a literal in a file of its own, and name that",
            place=Place(path=path, line=line),
        )
    )


def check_xml(stream: BinaryIO, *, path: str) -> None:
    """Read XML to its end and keep nothing of it; nothing outside the document is fetched.

    Raises:
        SourceError: C621, it is not well-formed; C627, its elements stand too deep in each other, or an
            entity stands for too much.
    """
    parser = expat.ParserCreate()
    depth = 0
    entities: dict[str, str] = {}

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _bomb(parser, path, f"elements stand more than {_DEEPEST:,} deep in each other")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(name: str, _parameter: bool, value: str | None, *_elsewhere: object) -> None:
        entities.setdefault(name, value or "")

    def declared() -> None:
        for name in entities:
            if _length(name, entities, ()) > _LONGEST_ENTITY:
                excess = f"the entity {name} stands for more than {_LONGEST_ENTITY:,} characters"
                raise _bomb(parser, path, excess)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.EntityDeclHandler = declare
    parser.EndDoctypeDeclHandler = declared
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as fault:
        raise SourceError(
            Problem(
                code="C621",
                message=expat.ErrorString(fault.code),
                remedy="write the file in the format that its name tells",
                place=Place(path=path, line=fault.lineno, column=fault.offset + 1),
            )
        ) from fault


def _length(name: str, entities: Mapping[str, str], within: tuple[str, ...]) -> int:
    """How long the text is that an entity stands for, or some number beyond what it may be."""
    if name in within or len(within) > _MOST_WITHIN:
        return _LONGEST_ENTITY + 1
    length = len(entities[name])
    for other in _REFERENCE.findall(entities[name]):
        if other in entities and length <= _LONGEST_ENTITY:
            length += _length(other, entities, (*within, name))
    return length


def _bomb(parser: expat.XMLParserType, path: str, message: str) -> SourceError:
    place = Place(path=path, line=parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1)
    return SourceError(
        Problem(code="C627", message=message, remedy="write the document without this", place=place)
    )
