"""N-Triples, fast: plain lines are split here, and every other line is judged by pyoxigraph.

A line is plain when it is three terms with one space between them and `` .`` after them, and each term is of
a form that cannot be wrong: no escapes, no percent signs, nothing but ASCII in an IRI, language tags of the
simplest kind. Every other line is parsed by pyoxigraph, which refuses it or says what it means. The texts of
both are the same (RDF 1.1 N-Triples, section 4, canonical form).
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from cordiale.closure.loading.bounds import LONGEST_LINE, too_long
from cordiale.closure.loading.coding import TermBlock
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["canonical_blocks", "read_ntriples"]

_BLOCK = 4 << 20  # bytes
_PART = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]"
_IRI = (
    rf"<(?:(?:https?|ftp)://[A-Za-z0-9.-]+(?::[0-9]{{1,4}})?(?:/{_PART}*)?(?:\?{_PART}*)?(?:#{_PART}*)?"
    r"|urn:[a-z0-9]{2,9}:[A-Za-z0-9._:-]+)>"
)
_BLANK = r"_:[A-Za-z][A-Za-z0-9]*"
_TEXT = r"[ !#-\[\]-~\x{a0}-\x{d7ff}\x{e000}-\x{fdcf}\x{10000}-\x{1fffd}]"
_LITERAL = rf'"{_TEXT}*"(?:@[a-z]{{2,3}}(?:-[a-z]{{2}})?|\^\^{_IRI})?'
# Written out, these are other terms: "a"^^xsd:string is "a", and rdf:langString needs a tag.
_SPECIAL = r'"\^\^<http://www\.w3\.org/(?:2001/XMLSchema#string|1999/02/22-rdf-syntax-ns#[A-Za-z]*)>$'


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that are not plain, and the numbers they have in the file, from 1."""

    lines: list[bytes]
    numbers: list[int]


def read_ntriples(stream: BinaryIO, *, path: str) -> Iterator[TermBlock]:
    """The triples of a file, block by block; ``path`` is what messages call it.

    Raises:
        SourceError: C620, of the first line that is no N-Triples; C625, a line is too long.
    """
    odd = _Lines([], [])
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        blocks = _numbered_blocks(stream, path)
        while batch := list(islice(blocks, 2 * workers)):
            for block, rest in pool.map(_split, batch):
                odd.lines.extend(rest.lines)
                odd.numbers.extend(rest.numbers)
                yield block
    if odd.lines:
        yield from canonical_blocks(_judged(odd, path))


def canonical_blocks(triples: Iterator[ox.Triple]) -> Iterator[TermBlock]:
    """Triples that pyoxigraph has read, as blocks."""
    while batch := list(islice(triples, 100_000)):
        if any(isinstance(triple.object, ox.Triple) for triple in batch):
            raise SourceError(
                Problem(
                    code="C622",
                    message="a triple stands as the object of another",
                    remedy="rules work on RDF 1.1; state the inner triple in a graph of its own",
                )
            )
        text = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES)
        assert text is not None  # no output was named, so that the bytes come back
        yield _encoded(pc.split_pattern(pa.array([text[:-1]], pa.binary()), pattern=b"\n").values)


def _numbered_blocks(stream: BinaryIO, path: str) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole lines, each with the number of its first line, from 1."""
    number = 1
    rest: list[bytes] = []
    while block := stream.read(_BLOCK):
        end = block.rfind(b"\n")
        if end < 0:
            rest.append(block)
            if len(rest) * _BLOCK > LONGEST_LINE:
                raise too_long(path, number)
            continue
        whole = b"".join((*rest, block[:end]))
        yield number, whole
        number += whole.count(b"\n") + 1
        rest = [block[end + 1 :]]
    if last := b"".join(rest):
        yield number, last


def _split(numbered: tuple[int, bytes]) -> tuple[TermBlock, _Lines]:
    """The plain lines of a block as triples, and the other lines."""
    number, block = numbered
    lines = pc.split_pattern(pa.array([block], pa.binary()), pattern=b"\n").values
    three = _parts(lines)
    plain = pc.and_(pc.ends_with(lines, pattern=b" ."), pc.equal(pc.list_value_length(three), 3))
    if not pc.all(plain).as_py():
        three = three.filter(plain)
    encoded = three.flatten().dictionary_encode()
    fine = _fine(encoded)
    if fine is None:  # not UTF-8: pyoxigraph says where
        return TermBlock(pa.array([], pa.string()), pa.array([], pa.int32())), _rest(lines, None, number)
    if pc.all(fine).as_py():
        block_of_terms = TermBlock(encoded.dictionary.cast(pa.string()), encoded.indices)
        return block_of_terms, _rest(lines, plain, number)
    kept = three.filter(fine).flatten().dictionary_encode()
    places = pa.array(range(len(lines)), pa.int64()).filter(plain).filter(fine)
    plain = pc.is_in(pa.array(range(len(lines)), pa.int64()), value_set=places)
    return TermBlock(kept.dictionary.cast(pa.string()), kept.indices), _rest(lines, plain, number)


def _parts(lines: pa.Array) -> pa.Array:
    return pc.split_pattern(pc.binary_slice(lines, 0, -2), pattern=b" ", max_splits=2)


def _fine(encoded: pa.DictionaryArray) -> pa.Array | None:
    """Which triples have three plain terms; ``None`` when a text is not UTF-8."""
    try:
        texts = encoded.dictionary.cast(pa.string())
    except pa.ArrowInvalid:
        return None
    iri = pc.match_substring_regex(texts, f"^{_IRI}$")
    subject = pc.or_(iri, pc.match_substring_regex(texts, f"^{_BLANK}$"))
    literal = pc.and_not(
        pc.match_substring_regex(texts, f"^{_LITERAL}$"), pc.match_substring_regex(texts, _SPECIAL)
    )
    any_term = pc.or_(subject, literal)
    if len(encoded) == 0:
        return pa.array([], pa.bool_())
    places = pa.FixedSizeListArray.from_arrays(encoded.indices, 3)
    checks = (subject, iri, any_term)
    columns = [pc.take(check, pc.list_element(places, at)) for at, check in enumerate(checks)]
    return pc.and_(pc.and_(columns[0], columns[1]), columns[2])


def _rest(lines: pa.Array, plain: pa.Array | None, number: int) -> _Lines:
    """The lines that are not plain; all of them, if that is not known."""
    if plain is None:
        return _Lines(lines.to_pylist(), list(range(number, number + len(lines))))
    odd = pc.invert(plain)
    if not pc.any(odd).as_py():
        return _Lines([], [])
    places = pa.array(range(number, number + len(lines)), pa.int64()).filter(odd)
    return _Lines(lines.filter(odd).to_pylist(), places.to_pylist())


def _encoded(lines: pa.Array) -> TermBlock:
    """Lines in canonical form as triples."""
    encoded = _parts(lines).flatten().dictionary_encode()
    return TermBlock(encoded.dictionary.cast(pa.string()), encoded.indices)


def _judged(odd: _Lines, path: str) -> Iterator[ox.Triple]:
    """What pyoxigraph reads in the lines; an error is told with the line's number in the file."""
    try:
        for quad in ox.parse(b"\n".join(odd.lines), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
    except MemoryError as fault:  # so the parser calls it, and none is lacking
        raise too_long(path) from fault
    except SyntaxError as fault:
        line = odd.numbers[(fault.lineno or 1) - 1]
        message = str(fault.msg).partition(": ")[2] or str(fault.msg)
        place = Place(path=path, line=line, column=fault.offset)
        raise SourceError(
            Problem(
                code="C620",
                message=message,
                remedy="N-Triples has one triple a line: <subject> <predicate> <object> .",
                place=place,
            )
        ) from fault
