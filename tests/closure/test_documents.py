"""The format of a document, by its name and by its beginning."""

import gzip
import io

import pyoxigraph as ox
import pytest

from cordiale.closure.loading.documents import piped

BEGINNINGS = {
    b'{"@context": {}}': ox.RdfFormat.JSON_LD,
    b" \n[ {} ]": ox.RdfFormat.JSON_LD,
    b"{ }": ox.RdfFormat.JSON_LD,
    b"{ <x:a> <x:b> <x:c> }": ox.RdfFormat.TRIG,
    b"[] <x:b> <x:c> .": ox.RdfFormat.TRIG,
    b"[ <x:a> <x:b> ] <x:b> <x:c> .": ox.RdfFormat.TRIG,
    b'<?xml version="1.0"?><rdf:RDF/>': ox.RdfFormat.RDF_XML,
    b"\xef\xbb\xbf<rdf:RDF xmlns:rdf='x'/>": ox.RdfFormat.RDF_XML,
    b"<!-- a comment --><rdf:RDF/>": ox.RdfFormat.RDF_XML,
    b"<x:a> <x:b> <x:c> .": ox.RdfFormat.TRIG,
    b'# c\n<x:a> <x:b> "x > y"@en <x:g> .': ox.RdfFormat.N_QUADS,
    b"_:a <x:b> <x:c> _:g .": ox.RdfFormat.N_QUADS,
    b"@prefix : <x:> .": ox.RdfFormat.TRIG,
    b"": ox.RdfFormat.TRIG,
}


@pytest.mark.parametrize(("data", "form"), BEGINNINGS.items(), ids=map(repr, BEGINNINGS))
def test_format_of_a_pipe(data: bytes, form: ox.RdfFormat) -> None:
    """The beginning tells, packed or not; a format that is given counts more."""
    assert piped(io.BytesIO(data)).form == form
    assert piped(io.BytesIO(gzip.compress(data))).form == form
    assert piped(io.BytesIO(data), "ntriples").form == ox.RdfFormat.N_TRIPLES


def test_a_pipe_is_unpacked() -> None:
    """What comes packed is read unpacked."""
    with piped(io.BytesIO(gzip.compress(b"<x:a> <x:b> <x:c> ."))).open() as stream:
        assert stream.read() == b"<x:a> <x:b> <x:c> ."
