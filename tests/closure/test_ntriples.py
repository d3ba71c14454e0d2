"""The fast path for N-Triples agrees with pyoxigraph, on what is right and on what is wrong."""

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.closure.loading.coding import Encoder, texts_of
from cordiale.closure.loading.loading import load
from cordiale.closure.loading.ntriples import read_ntriples
from cordiale.model.errors import CordialeError, MachineError, SourceError, UsageError


def fast(data: bytes) -> set[tuple[str, str, str]] | None:
    """What the fast path reads; ``None`` when it refuses."""
    encoder = Encoder(())
    try:
        for block in read_ntriples(io.BytesIO(data), path="x.nt"):
            encoder.add(block)
    except SourceError:
        return None
    coded = encoder.coded()
    return set(texts_of(coded.triples, coded.texts))


def strict(data: bytes) -> set[tuple[str, str, str]] | None:
    """What pyoxigraph reads; ``None`` when it refuses."""
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    except SyntaxError:
        return None
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def test_agrees_on_the_w3c_syntax_tests(shared: Path) -> None:
    """All N-Triples files of the RDF 1.1 tests, good and bad."""
    files = sorted((shared / "suites/rdf-tests/rdf/rdf11/rdf-n-triples").glob("*.nt"))
    assert len(files) >= 70
    refused = 0
    for path in files:
        data = path.read_bytes()
        assert fast(data) == strict(data), path.name
        refused += strict(data) is None
    assert refused >= 25


TERMS = st.sampled_from(
    [
        "<http://e/a>",
        "<http://e/%20>",
        "<http://e/%zz>",
        "<http://e/a b>",
        "<http://e:x/>",
        "<urn:ab:c>",
        "<a>",
        "<http://é/>",
        "_:b",
        "_:b1",
        "_:1",
        "_:b.",
        "_:",
        '"a"',
        '"a b ."',
        '"a\\n"',
        '"a\\x"',
        '"é"',
        '"a"@en',
        '"a"@en-gb',
        '"a"@EN',
        '"a"@1',
        '"a"^^<http://www.w3.org/2001/XMLSchema#string>',
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"a"^^<b>',
        '"a',
        '"a"@en^^<http://e/>',
        '"a\x7f"',
        '"\ufffe"',
        "<http://e/\\u00e9>",
        "<mailto:a@b>",
        "<http://e/a#b#c>",
        "<http://[::1]/>",
        '"a"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>',
        "<<( <x:a> <x:b> <x:c> )>>",
    ]
)
GAPS = st.sampled_from([" ", " ", " ", "\t", "  ", ""])
ENDS = st.sampled_from(
    [" .", " .", " .", ".", " . # note", " . ", "", " ..", " .\r", " . <x:y> <x:y> <x:y> ."]
)


@given(st.lists(st.tuples(TERMS, GAPS, TERMS, GAPS, TERMS, ENDS).map("".join), max_size=4))
def test_agrees_on_any_lines(lines: list[str]) -> None:
    """Whatever the lines hold, both read the same, or both refuse."""
    data = "\n".join([*lines, "# end", ""]).encode()
    if "<<(" in str(data):
        return  # RDF 1.2: refused here on purpose
    assert fast(data) == strict(data)


@pytest.mark.parametrize(
    "data", [b'<x:a> <x:b> "\xff" .\n', b"<x:a> <x:b> <x:c>", b"<x:a> <x:b> <x:c> .", b"", b"\r\n\r", b"\x00"]
)
def test_agrees_on_odd_bytes(data: bytes) -> None:
    """Broken UTF-8, a missing end, carriage returns."""
    assert fast(data) == strict(data)


def test_an_error_has_its_line() -> None:
    """The first wrong line is told, however many plain lines are before it."""
    data = b"<http://e/a> <http://e/b> <http://e/c> .\n" * 1000 + b"<http://e/a> <http://e/b> .\n"
    with pytest.raises(SourceError) as caught:
        list(read_ntriples(io.BytesIO(data), path="x.nt"))
    assert str(caught.value).startswith("x.nt:1001:")


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    """The same label in two files is not the same node, and two readings give the same labels."""
    paths = [tmp_path / "a.nt", tmp_path / "b.ttl.gz"]
    paths[0].write_text("_:x <http://e/p> _:x .\n", encoding="utf-8")
    paths[1].write_bytes(gzip.compress(b"_:x <http://e/p> 1, _:x ."))
    coded = load(paths, ())
    found = set(texts_of(coded.triples, coded.texts))
    assert len(found) == 3
    assert len({s for s, _, _ in found}) == 2
    again = load(paths, ())
    assert set(texts_of(again.triples, again.texts)) == found


@pytest.mark.parametrize(
    ("name", "error"), [("a.txt", UsageError), ("missing.nt", MachineError), ("a.nt.gz", MachineError)]
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, error: type[CordialeError]) -> None:
    """An unknown format, a missing file, a file that is not compressed though its name says so."""
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "a.nt.gz").write_text("no", encoding="utf-8")
    with pytest.raises(error):
        load([tmp_path / name], ())
