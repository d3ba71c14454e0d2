"""RDFC-1.0: all of the W3C's tests, a fingerprint that isomorphic datasets share, and a limit of work."""

import json
import os
from pathlib import Path
from time import process_time
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Literal, URIRef

from cordiale.model.errors import CordialeError
from cordiale.model.terms import Node
from cordiale.publish.canonical import Hash, canonical
from cordiale.publish.quads import Quad, checked
from tests import isomorphism
from tests.isomorphism import parsed
from tests.strategies import datasets, renamed

EX = "https://example.org/"
P = URIRef(EX + "p")
SUITE = Path("suites/rdf-canon/tests")


def _entries() -> list[dict[str, Any]]:
    """The entries of the suite's manifest; none where it is missing (``test_all_cases_are_found`` tells)."""
    default = Path(__file__).resolve().parents[3] / "shared"
    manifest = Path(os.environ.get("CORDIALE_SHARED", default)) / SUITE / "manifest.jsonld"
    return json.loads(manifest.read_text())["entries"] if manifest.is_file() else []


ENTRIES = {
    kind: [pytest.param(each, id=each["id"].strip("#")) for each in _entries() if each["type"] == kind]
    for kind in ("rdfc:RDFC10EvalTest", "rdfc:RDFC10MapTest", "rdfc:RDFC10NegativeEvalTest")
}


def quads_of(folder: Path, entry: dict[str, Any]) -> tuple[Quad, ...]:
    """The input of a test."""
    return checked(parsed((folder / SUITE / entry["action"]).read_text(), ox.RdfFormat.N_QUADS))


def hash_of(entry: dict[str, Any]) -> Hash:
    """The algorithm that a test asks for."""
    return "sha384" if entry.get("hashAlgorithm") == "SHA384" else "sha256"


def ladder(size: int) -> list[Quad]:
    """A list of equal members."""
    cells = [BNode(f"l{n}") for n in range(size)]
    quads: list[Quad] = [(URIRef(EX), P, cells[0], None)]
    rests: list[Node] = [*cells[1:], RDF.nil]
    for cell, rest in zip(cells, rests, strict=True):
        quads += [(cell, RDF.first, Literal("x"), None), (cell, RDF.rest, rest, None)]
    return quads


def clique(size: int) -> list[Quad]:
    """Blank nodes that all refer to all others."""
    return [(BNode(f"k{n}"), P, BNode(f"k{m}"), None) for n in range(size) for m in range(size) if n != m]


def test_all_cases_are_found(shared: Path) -> None:
    """The manifest was read whole."""
    assert (shared / SUITE).is_dir()
    assert [len(found) for found in ENTRIES.values()] == [64, 21, 1]


@pytest.mark.parametrize("entry", ENTRIES["rdfc:RDFC10EvalTest"])
def test_w3c_evaluation(shared: Path, entry: dict[str, Any]) -> None:
    """The canonical text is that of the suite, byte by byte."""
    found = canonical(quads_of(shared, entry), algorithm=hash_of(entry)).text
    assert found == (shared / SUITE / entry["result"]).read_bytes().decode()


@pytest.mark.parametrize("entry", ENTRIES["rdfc:RDFC10MapTest"])
def test_w3c_labels(shared: Path, entry: dict[str, Any]) -> None:
    """Each blank node got the label that the suite gives it."""
    found = canonical(quads_of(shared, entry), algorithm=hash_of(entry)).labels
    expected = json.loads((shared / SUITE / entry["result"]).read_text())
    assert {str(node): label for node, label in found.items()} == expected


@pytest.mark.parametrize("entry", ENTRIES["rdfc:RDFC10NegativeEvalTest"])
def test_w3c_poison(shared: Path, entry: dict[str, Any]) -> None:
    """A graph made to keep machines busy is refused within seconds."""
    start = process_time()
    with pytest.raises(CordialeError, match="C197 the blank nodes are too much alike"):
        canonical(quads_of(shared, entry))
    assert process_time() - start < 60


@given(datasets(), st.integers(0, 10_000))
def test_isomorphic_datasets_share_a_fingerprint(quads: tuple[Quad, ...], seed: int) -> None:
    """Neither names nor order of the input leave a trace, and Oxigraph finds the same dataset in the text."""
    found = canonical(checked(quads))
    assert canonical(checked(renamed(quads, seed))).fingerprint == found.fingerprint
    again = parsed(found.text, ox.RdfFormat.N_QUADS)
    assert isomorphism.canonical(again, fold_tags=True) == isomorphism.canonical(quads, fold_tags=True)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12), st.integers(0, 10_000))
def test_tangled_nodes_are_labelled_as_oxigraph_does(edges: list[tuple[int, int]], seed: int) -> None:
    """Another implementation gives the same text where nodes only differ by how they are linked."""
    quads: list[Quad] = [(BNode(f"n{a}"), P, BNode(f"n{b}"), None) for a, b in dict.fromkeys(edges)]
    dataset = ox.Dataset(
        ox.Quad(ox.BlankNode(s), ox.NamedNode(p), ox.BlankNode(o)) for s, p, o, _ in renamed(quads, seed)
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical(quads).text == "".join(sorted(f"{quad} .\n" for quad in dataset))


def test_another_form_is_another_fingerprint() -> None:
    """Lexical forms and the case of language tags count."""
    values = [
        Literal("1", datatype=XSD.integer, normalize=False),
        Literal("01", datatype=XSD.integer, normalize=False),
        Literal("a", lang="en-GB"),
        Literal("a", lang="en-gb"),
    ]
    assert len({canonical([(URIRef(EX), P, value, None)]).fingerprint for value in values}) == 4


def test_escapes_are_those_of_canonical_nquads() -> None:
    """Controls are escaped, direction marks are not; what an IRI cannot hold is."""
    quads: list[Quad] = [(URIRef(EX + "a b"), P, Literal('\x00\t\x7f"\\\u202e\ufffe'), None)]
    assert canonical(quads).text == (f'<{EX}a\\u0020b> <{P}> "\\u0000\\t\\u007F\\"\\\\\u202e\\uFFFE" .\n')


def test_a_long_list_needs_no_stack() -> None:
    """Cells that only differ by their place are followed deeper than Python may call."""
    found = canonical(ladder(150), limit=10_000_000)
    assert len(found.labels) == 150
    with pytest.raises(CordialeError, match="C197 the blank nodes are too much alike"):
        canonical(ladder(3000), limit=100_000)


def test_the_limit_is_that_of_the_work() -> None:
    """Past the limit there is an error; with more of it, the same graph has its form."""
    with pytest.raises(CordialeError, match="C197 "):
        canonical(clique(5), limit=1000)
    assert canonical(clique(5), limit=1_000_000).text.count("\n") == 20
