"""RDF files as numbered triples: N-Triples by its own fast path, all other formats by pyoxigraph."""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from cordiale.closure.coding import Coded, Encoder, TermBlock
from cordiale.closure.ntriples import canonical_blocks, read_ntriples
from cordiale.model.errors import MachineError, SourceError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["FORMATS", "load"]

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


def load(paths: Sequence[Path], vocabulary: Sequence[str]) -> Coded:
    """The triples of all files, whatever graph they are in; blank nodes of two files are never the same.

    Raises:
        UsageError: a file's name tells no format.
        SourceError: a file breaks the grammar of its format.
        MachineError: a file cannot be read.
    """
    encoder = Encoder(vocabulary)
    for number, path in enumerate(paths):
        for block in _blocks(path):
            encoder.add(_apart(block, number) if len(paths) > 1 else block)
    return encoder.coded()


def _blocks(path: Path) -> Iterator[TermBlock]:
    name = path.name.lower().removesuffix(".gz")
    form = FORMATS.get(name.rpartition(".")[2])
    if form is None:
        raise UsageError(
            Problem(
                code="C623",
                message=f"the name of {path} tells no RDF format",
                remedy=f"it should end in one of {', '.join('.' + end for end in FORMATS)}, or in one of them and .gz",
            )
        )
    try:
        with cast(
            "BinaryIO", gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")
        ) as stream:
            if form == ox.RdfFormat.N_TRIPLES:
                yield from read_ntriples(stream, path=str(path))
            else:
                quads = ox.parse(stream, format=form, base_iri=path.absolute().as_uri())
                yield from canonical_blocks(_triples(quads, str(path)))
    except (OSError, EOFError) as fault:
        raise MachineError(
            Problem(
                code="C920",
                message=f"cannot read {path}: {fault}",
                remedy="check that the file is there, is whole, and may be read",
            )
        ) from fault


def _triples(quads: Iterable[ox.Quad], path: str) -> Iterator[ox.Triple]:
    try:
        for quad in quads:
            yield quad.triple
    except SyntaxError as fault:
        message = str(fault.msg).partition(": ")[2] or str(fault.msg)
        raise SourceError(
            Problem(
                code="C621",
                message=message,
                remedy="write the file in the format that its name tells",
                place=Place(path=path, line=fault.lineno, column=fault.offset),
            )
        ) from fault


def _apart(block: TermBlock, number: int) -> TermBlock:
    """The block with blank nodes that no other file has."""
    blank = pc.starts_with(block.texts, "_:")
    if not pc.any(blank).as_py():
        return block
    renamed = pc.replace_substring_regex(block.texts, "^_:", f"_:f{number}x")
    return TermBlock(cast("pa.Array", pc.if_else(blank, renamed, block.texts)), block.places)
