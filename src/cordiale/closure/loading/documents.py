"""RDF documents to be reasoned on: files of any format, packed or not, and what comes in by a pipe."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from cordiale.closure.loading.bounds import Unpacked
from cordiale.model.errors import MachineError, UsageError
from cordiale.model.problems import Problem

__all__ = ["FORMATS", "FORMAT_NAMES", "Document", "document", "piped"]

# By the end of a file's name; ".gz" may follow.
FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
}

# By the name of the format, as the command line has it.
FORMAT_NAMES = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}

_GZIP = b"\x1f\x8b"
_LOOK = 1 << 16  # bytes that are enough to tell a format

# The first statement of N-Quads: subject, predicate, object and graph on one line.
_QUAD = re.compile(
    rb"(?:\s|#[^\n]*\n)*(?:<[^>\s]*>|_:\S+)[ \t]*<[^>\s]*>[ \t]*"
    rb"(?:<[^>\s]*>|_:\S+|\"(?:[^\"\\\n]|\\.)*\"(?:@[\w-]+|\^\^<[^>\s]*>)?)[ \t]*"
    rb"(?:<[^>\s]*>|_:[^\s.]+)[ \t]*\."
)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|\w+:RDF|RDF)[\s>]|\s*<!--")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An RDF document: what messages call it, how it is opened (unpacked), its format, and its base IRI."""

    name: str
    open: Callable[[], BinaryIO]
    form: ox.RdfFormat
    base: str


def document(path: Path, form: str | None = None) -> Document:
    """The document in a file; without one of ``FORMAT_NAMES``, its name tells the format.

    Raises:
        UsageError: C623, the name tells no format.
    """
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    found = FORMAT_NAMES[form] if form is not None else FORMATS.get(ending)
    if found is None:
        raise UsageError(
            Problem(
                code="C623",
                message=f"the name of {path} tells no RDF format",
                remedy=f"give the format, or end the name in .{', .'.join(FORMATS)}, or one of them and .gz",
            )
        )

    def opened() -> BinaryIO:
        stream = path.open("rb")
        packed = path.name.lower().endswith(".gz") or stream.peek(2)[:2] == _GZIP
        if not packed:
            return stream
        return cast("BinaryIO", Unpacked(stream, str(path)))

    return Document(name=str(path), open=opened, form=found, base=path.absolute().as_uri())


def piped(stream: BinaryIO, form: str | None = None) -> Document:
    """The document that comes in by a pipe; without one of ``FORMAT_NAMES``, its beginning tells the format.

    Relative IRIs are of the folder that the program runs in.

    Raises:
        MachineError: C920, the pipe breaks.
        SourceError: C626, it unpacks to too much.
    """
    try:
        data = stream.read()
        if data.startswith(_GZIP):
            data = Unpacked(io.BytesIO(data), "stdin").read()
    except (OSError, EOFError) as fault:
        raise MachineError(
            Problem(
                code="C920", message=f"cannot read stdin: {fault}", remedy="send the whole document again"
            )
        ) from fault
    found = _sniffed(data[:_LOOK]) if form is None else FORMAT_NAMES[form]
    base = Path.cwd().as_uri() + "/"
    return Document(name="stdin", open=lambda: io.BytesIO(data), form=found, base=base)


def _sniffed(head: bytes) -> ox.RdfFormat:
    """The format of a document that begins so; TriG, which takes Turtle and N-Triples as well, if in doubt.

    >>> _sniffed(b'{"@id": "x:bridge"}') == ox.RdfFormat.JSON_LD
    True
    >>> _sniffed(b"[] a <x:Bridge> .") == ox.RdfFormat.TRIG
    True
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _JSON.match(head):
        return ox.RdfFormat.JSON_LD
    if _XML.match(head):
        return ox.RdfFormat.RDF_XML
    return ox.RdfFormat.N_QUADS if _QUAD.match(head) else ox.RdfFormat.TRIG
