"""The committed context and frames: up to date, and what they make says what the graph says."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from cordiale.project.exporting import frames
from cordiale.project.knowledge_graph import KnowledgeGraph
from tests.isomorphism import canonical, parsed

NAMES = ("document", "initiative", "institution", "person")


def test_the_context_is_that_of_the_ontology(kg: KnowledgeGraph, project_root: Path) -> None:
    """``cordiale export --format context -o ontology/context.jsonld`` would change nothing."""
    assert (project_root / "ontology/context.jsonld").read_bytes() == kg.export("context")


def test_frames_are_found(kg: KnowledgeGraph) -> None:
    """The frames are those that are promised."""
    assert frames(kg) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("triples", ["asserted", "both"])
def test_framed_reads_back(kg: KnowledgeGraph, name: str, triples: str) -> None:
    """What a frame shows is in the graph, and of each thing that it is about nothing is left out."""
    text = kg.export("jsonld", frame=name, triples=triples).decode()  # type: ignore[arg-type]
    about = {each["id"] for each in json.loads(text)["@graph"]}
    assert len(about) >= (1 if name == "initiative" else 40)
    shown = set(canonical(parsed(text, ox.RdfFormat.JSON_LD), fold_tags=True).splitlines())
    union = [(s, p, o, None) for s, p, o, _ in kg.dataset(triples).quads()]  # type: ignore[arg-type]
    said = set(canonical(union, fold_tags=True).splitlines())  # type: ignore[arg-type]
    assert shown - said == set()
    assert {line for line in said if line.partition(" ")[0].strip("<>") in about} - shown == set()


def test_compacted_reads_back(kg: KnowledgeGraph) -> None:
    """The whole graph comes back, its named graphs included."""
    again = parsed(kg.export("jsonld-compacted").decode(), ox.RdfFormat.JSON_LD)
    assert canonical(again, fold_tags=True) == canonical(kg.graph.quads(), fold_tags=True)  # type: ignore[arg-type]
