"""The parser that remembers places agrees with the fast one on every file of this project."""

from pathlib import Path

from rdflib import RDF, Literal, URIRef

from cordiale.read.turtle import read_turtle
from tests.data.bare import turtle_files
from tests.read.comparing import canonical, judged

__all__: list[str] = []


def test_every_file_is_read_as_the_fast_parser_reads_it(project_root: Path) -> None:
    """The same triples, each of them with a place, and at the place its object."""
    paths = [path for folder in ("data", "ontology") for path in turtle_files(project_root, folder)]
    assert len(paths) >= 120
    looked_at = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        read = read_turtle(text, path=path.name, base="https://example.org/base")
        assert canonical(read.triples) == judged(text, base="https://example.org/base"), path
        assert read.places.keys() == set(read.triples), path
        lines = text.splitlines()
        for (_, predicate, value), places in read.places.items():
            for place in places:
                assert place.line is not None
                assert place.column is not None
                here = lines[place.line - 1][place.column - 1 :]
                if isinstance(value, Literal) and value.datatype is None:
                    assert here[0] in "\"'", (path, place)
                    looked_at += 1
                elif isinstance(value, URIRef) and predicate != RDF.type and value != RDF.nil:
                    name = here.split()[0].strip("<>").split(":")[-1].split("/")[-1]
                    assert name.split("#")[-1] in str(value), (path, place, here)
                    looked_at += 1
    assert looked_at > 5_000
