"""RDF files as numbered triples: N-Triples by its own fast path, all other formats by pyoxigraph."""

import zlib
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from cordiale.closure.loading.bounds import check_xml, too_long
from cordiale.closure.loading.coding import Coded, Encoder, TermBlock
from cordiale.closure.loading.documents import Document, document
from cordiale.closure.loading.ntriples import canonical_blocks, read_ntriples
from cordiale.model.errors import MachineError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["load", "load_apart"]


def load(
    documents: Sequence[Path | Document],
    vocabulary: Sequence[str],
    prefixes: MutableMapping[str, str] | None = None,
) -> Coded:
    """The triples of all documents, whatever graph they are in; blank nodes of two are never the same.

    The prefixes that documents declare are added to ``prefixes``; the first to declare one has it.

    Raises:
        UsageError: a file's name tells no format.
        SourceError: a document breaks the grammar of its format, or asks too much of the machine (bounds).
        MachineError: a file cannot be read.
    """
    return load_apart(documents, vocabulary, prefixes)[0]


def load_apart(
    documents: Sequence[Path | Document],
    vocabulary: Sequence[str],
    prefixes: MutableMapping[str, str] | None = None,
) -> tuple[Coded, pa.Array]:
    """The same, and for each triple the place in ``documents`` of the one that states it.

    Raises:
        CordialeError: as ``load``.
    """
    encoder = Encoder(vocabulary)
    found: dict[str, str] = {}
    sizes: list[int] = []
    for number, given in enumerate(documents):
        one = given if isinstance(given, Document) else document(given)
        sizes.append(0)
        for block in _blocks(one, found):
            encoder.add(_apart(block, number) if len(documents) > 1 else block)
            sizes[-1] += len(block.places) // 3
    if prefixes is not None:
        prefixes.update({prefix: space for prefix, space in found.items() if prefix not in prefixes})
    places = [pa.repeat(pa.scalar(number, pa.int32()), size) for number, size in enumerate(sizes)]
    return encoder.coded(), pa.concat_arrays(places) if places else pa.array([], pa.int32())


def _blocks(given: Document, prefixes: dict[str, str]) -> Iterator[TermBlock]:
    try:
        if given.form == ox.RdfFormat.RDF_XML:
            with given.open() as stream:
                check_xml(stream, path=given.name)
        with given.open() as stream:
            if given.form == ox.RdfFormat.N_TRIPLES:
                yield from read_ntriples(stream, path=given.name)
            else:
                quads = ox.parse(stream, format=given.form, base_iri=given.base)
                yield from canonical_blocks(_triples(quads, given.name))
                for prefix, space in quads.prefixes.items():
                    prefixes.setdefault(prefix, space)
    except (OSError, EOFError, zlib.error) as fault:
        raise MachineError(
            Problem(
                code="C920",
                message=f"cannot read {given.name}: {getattr(fault, 'strerror', None) or fault}",
                remedy="check that the file is there, is whole, and may be read",
            )
        ) from fault


def _triples(quads: Iterable[ox.Quad], path: str) -> Iterator[ox.Triple]:
    try:
        for quad in quads:
            yield quad.triple
    except MemoryError as fault:  # so the parser calls it, and none is lacking
        raise too_long(path) from fault
    except SyntaxError as fault:
        if "LoadDocumentCallback" in str(fault.msg):
            raise SourceError(
                Problem(
                    code="C624",
                    message="the document refers to a JSON-LD context that is not in it",
                    remedy="write the context into the document: none is fetched from elsewhere",
                    place=Place(path=path),
                )
            ) from fault
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
