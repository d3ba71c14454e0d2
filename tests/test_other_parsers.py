"""The folders are plain Turtle: a parser that the program does not use reads the same triples from them."""

import subprocess
from pathlib import Path

import pyoxigraph
import pytest

BASE = "https://example.org/base/"


@pytest.mark.needs_more("rapper", "an RDF parser in C, independent of ours (Debian: raptor2-utils)")
@pytest.mark.parametrize("folder", ["data", "ontology", "shapes"])
def test_rapper_reads_the_same_triples(project_root: Path, folder: str) -> None:
    """Raptor and Oxigraph find the same triples in every Turtle file."""
    paths = sorted((project_root / folder).rglob("*.ttl"))
    assert paths
    different = []
    for path in paths:
        answer = subprocess.run(
            ["rapper", "--quiet", "--input", "turtle", "--output", "ntriples", str(path), BASE],
            check=True,
            capture_output=True,
        )
        theirs, ours = (
            pyoxigraph.Dataset(pyoxigraph.parse(content, format, base_iri=BASE))
            for content, format in (
                (answer.stdout, pyoxigraph.RdfFormat.N_TRIPLES),
                (path.read_bytes(), pyoxigraph.RdfFormat.TURTLE),
            )
        )
        for dataset in (theirs, ours):
            dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        if theirs != ours:
            different.append(str(path.relative_to(project_root)))
    assert different == []
