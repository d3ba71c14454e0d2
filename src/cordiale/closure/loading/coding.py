"""Terms as integers: triples are three columns of numbers, and one array says what each number stands for.

Vocabulary first, then other IRIs, blank nodes and literals, so that a comparison of numbers tells them apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Coded", "Encoder", "TermBlock", "term_texts", "texts_of"]

_COLUMNS = ("s", "p", "o")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Triples of numbers, and the texts (N-Triples) that they stand for.

    A number under ``blanks`` is an IRI, under ``literals`` an IRI or a blank node, else a literal. A number
    under ``vocabulary`` is an IRI of the vocabulary that was asked for, whose numbers ``constants`` gives; a
    literal of the vocabulary has its number among the literals.
    """

    triples: pa.Table
    texts: pa.Array
    constants: dict[str, int]
    vocabulary: int
    blanks: int
    literals: int


@dataclass(frozen=True, slots=True)
class TermBlock:
    """Some triples, as places in an array of distinct texts; three places to a triple."""

    texts: pa.Array
    places: pa.Array


class Encoder:
    """Collects blocks of triples and numbers their terms."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._vocabulary = tuple(vocabulary)
        self._blocks: list[TermBlock] = []

    def add(self, block: TermBlock) -> None:
        """Take a block."""
        if len(block.places):
            self._blocks.append(block)

    def coded(self) -> Coded:
        """All triples that were added, duplicates included."""
        constants = pa.array(self._vocabulary, pa.string())
        parts = [constants, *(block.texts for block in self._blocks)]
        distinct = pa.concat_arrays(parts).dictionary_encode()
        texts = distinct.dictionary
        first = pc.utf8_slice_codeunits(texts, 0, 1)
        is_iri = pc.equal(first, "<")
        is_blank = pc.equal(first, "_")
        places = pa.array(range(len(texts)), pa.int32())
        in_vocabulary = pc.less(places, len(self._vocabulary))
        groups = [
            places.filter(pc.and_(is_iri, in_vocabulary)),
            places.filter(pc.and_(is_iri, pc.invert(in_vocabulary))),
            places.filter(is_blank),
            places.filter(pc.invert(pc.or_(is_iri, is_blank))),
        ]
        order = pa.concat_arrays(groups)
        number = pc.inverse_permutation(order, output_type=pa.int32())
        known, iris, blanks, _ = (len(group) for group in groups)
        numbers = pc.take(number, distinct.indices)
        columns: list[pa.Array] = []
        start = len(self._vocabulary)
        for block in self._blocks:
            columns.append(pc.take(numbers.slice(start, len(block.texts)), block.places))
            start += len(block.texts)
        ids = pc.take(number, pa.array(range(len(self._vocabulary)), pa.int32())).to_pylist()
        return Coded(
            triples=_three_columns(columns),
            texts=texts.take(order),
            constants=dict(zip(self._vocabulary, ids, strict=True)),
            vocabulary=known,
            blanks=known + iris,
            literals=known + iris + blanks,
        )


def _three_columns(places: list[pa.Array]) -> pa.Table:
    if not places:
        return pa.table({name: pa.array([], pa.int32()) for name in _COLUMNS})
    tables = []
    for array in places:
        rows = pa.FixedSizeListArray.from_arrays(array, 3)
        tables.append(pa.table({name: pc.list_element(rows, place) for place, name in enumerate(_COLUMNS)}))
    return pa.concat_tables(tables)


def term_texts(triples: Iterable[tuple[str, str, str]]) -> TermBlock:
    """A block of triples whose terms are given as texts."""
    known: dict[str, int] = {}
    places = [known.setdefault(text, len(known)) for triple in triples for text in triple]
    return TermBlock(pa.array(known, pa.string()), pa.array(places, pa.int32()))


def texts_of(table: pa.Table, texts: pa.Array) -> Iterator[tuple[str, str, str]]:
    """The triples of a table of numbers, as texts, in the order of the table."""
    for batch in table.select(_COLUMNS).to_batches(max_chunksize=1 << 16):
        columns = [pc.take(texts, batch.column(place)).to_pylist() for place in range(3)]
        yield from zip(*columns, strict=True)
