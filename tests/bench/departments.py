"""The dumps of LUBM, a file a department again, as the generator writes them: each is a source."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["ONTOLOGY", "dump", "split"]

ONTOLOGY = "univ-bench"  # the name of the file that is no department's: the trusted one
_HEADER = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology> ."


def dump(name: str) -> Path:
    """The dump of a data set, in the folder that tests share."""
    shared = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[3] / "shared"))
    return shared / "bench" / f"{name}.nt.gz"


def split(path: Path, folder: Path) -> tuple[Path, ...]:
    """Write a dump (N-Triples, gzip) as files of a folder; the ontology first, then the departments.

    A file begins at each line that says that something is an ontology.
    """
    folder.mkdir()
    written: list[Path] = []
    with gzip.open(path) as lines:
        for name, part in _parts(lines):
            written.append(folder / f"{name}.nt")
            written[-1].write_bytes(b"".join(part))
    ontology = folder / f"{ONTOLOGY}.nt"
    assert ontology in written, f"{path} has no ontology"
    return (ontology, *(each for each in written if each != ontology))


def _parts(lines: gzip.GzipFile) -> Iterator[tuple[str, list[bytes]]]:
    name, part = "", list[bytes]()
    for line in lines:
        if line.rstrip().endswith(_HEADER):
            if part:
                yield name, part
            name, part = Path(line[1 : line.index(b">")].decode()).stem, []
        part.append(line)
    yield name, part
