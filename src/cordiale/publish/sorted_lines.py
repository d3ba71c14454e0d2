"""Large graphs: sorted and written in passing, in seconds where the house style takes minutes.

One line a triple, the same bytes for the same input. Blank nodes are numbered in the order in which the
input has them, where the other writers label them by the graph alone; Turtle nests none of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from cordiale.publish.prefixing import Prefixes
from cordiale.publish.term_text import escaped_text, iri_text

__all__ = ["SORTED_FORMATS", "write_sorted"]

# Formats of one graph that are, or can be, a triple a line.
SORTED_FORMATS = ("turtle", "trig", "ntriples", "nquads")

_ROWS = 1 << 16  # triples that are turned into text at once
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_IRI_AT_END = re.compile(r'(?s)(".*"\^\^)?<([^<>"]*)>')


def write_sorted(
    texts: pa.Array, tables: Sequence[pa.Table], fmt: str, prefixes: Mapping[str, str]
) -> Iterator[bytes]:
    """The triples of tables with columns s, p, o, each once, in one of ``SORTED_FORMATS``, piece by piece.

    The columns hold places in ``texts``, which are terms as N-Triples writes them.
    """
    table = pa.concat_tables([each.select(["s", "p", "o"]) for each in tables])
    used = pc.unique(pc.cast(_chunk([table.column(name) for name in "spo"]), pa.int32()))
    terms = _labelled(texts.take(used))
    # From here on a term is the rank of its text among those that are used.
    order = pc.sort_indices(terms)
    terms = terms.take(order)
    ranks = pc.inverse_permutation(used.take(order), max_index=len(texts) - 1, output_type=pa.int32())
    table = pa.table({name: ranks.take(table.column(name)) for name in "spo"})
    table = table.group_by(["s", "p", "o"]).aggregate([]).sort_by([(name, "ascending") for name in "spo"])
    if fmt in ("ntriples", "nquads"):
        yield from _lines(table, terms)
    else:
        yield from _blocks(table, terms, prefixes)


def _chunk(columns: Sequence[pa.ChunkedArray]) -> pa.Array:
    return pa.concat_arrays([chunk for column in columns for chunk in column.chunks])


def _labelled(terms: pa.Array) -> pa.Array:
    """The terms with blank nodes numbered, and what cannot be seen escaped."""
    is_blank = pc.starts_with(terms, "_:")
    count = pc.sum(is_blank).as_py() or 0
    if count:
        labels = pa.array([f"_:b{number}" for number in range(1, count + 1)], pa.string())
        terms = pc.replace_with_mask(terms, is_blank, labels)
    hidden = pc.match_substring_regex(
        terms,
        "[\\x{7f}-\\x{9f}\\x{200e}\\x{200f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}\\x{feff}\\x{fffe}\\x{ffff}]",
    )
    if pc.any(hidden).as_py():
        shown = [escaped_text(text) for text in terms.filter(hidden).to_pylist()]
        terms = pc.replace_with_mask(terms, hidden, pa.array(shown, pa.string()))
    return terms


def _lines(table: pa.Table, terms: pa.Array) -> Iterator[bytes]:
    for batch in table.to_batches(max_chunksize=_ROWS):
        columns = [terms.take(batch.column(name)) for name in "spo"]
        lines = pc.binary_join_element_wise(*columns, pa.scalar(".\n"), pa.scalar(" "))
        yield "".join(lines.to_pylist()).encode()


def _blocks(table: pa.Table, terms: pa.Array, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Turtle: each subject alone on its line, below it a line a triple."""
    shortened = Prefixes(prefixes)
    short = [_short(text, shortened) for text in terms.to_pylist()]
    type_ = pc.index(terms, _TYPE).as_py()
    yield "".join(f"@prefix {name}: {iri_text(space)} .\n" for name, space in shortened.used()).encode()
    last = None
    for batch in table.to_batches(max_chunksize=_ROWS):
        lines = []
        for s, p, o in zip(*(batch.column(name).to_pylist() for name in "spo"), strict=True):
            if s != last:
                lines.append(f"\n{short[s]}\n" if last is None else f".\n\n{short[s]}\n")
                last = s
            lines.append(f"    {'a' if p == type_ else short[p]} {short[o]} ;\n")
        yield "".join(lines).encode()
    if last is not None:
        yield b".\n"


def _short(text: str, prefixes: Prefixes) -> str:
    """A term with its IRI, or its datatype's, shortened."""
    found = _IRI_AT_END.fullmatch(text)
    curie = prefixes.curie(found[2]) if found and "\\" not in found[2] else None
    return text if curie is None or found is None else f"{found[1] or ''}{curie}"
