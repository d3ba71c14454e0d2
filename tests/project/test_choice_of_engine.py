"""A project's closure by either engine."""

from pathlib import Path

import pytest
from rdflib import RDF, URIRef

import cordiale
from cordiale.closure.consequences import EngineName
from cordiale.model.errors import UsageError
from cordiale.project import warm
from cordiale.project.warm import closure_key

SETTINGS = """[tool.cordiale]
terms = "https://example.org/ns#"
things = "https://example.org/id/"
sources = "https://example.org/source/"
languages = ["en"]
catalogue = "sources"
trusted = ["ontology", "sources", "entities"]
"""
TURTLE = """@prefix : <https://example.org/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Bridge rdfs:subClassOf :Work , [ <http://www.w3.org/2002/07/owl#unionOf> ( :A :B ) ] .
<https://example.org/id/pont-neuf> a :Bridge .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one file."""
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "entities.ttl").write_text(TURTLE)
    return tmp_path


@pytest.mark.parametrize("engine", ["duckdb", "owlrl"])
def test_either_engine_closes(folder: Path, engine: EngineName) -> None:
    """The same triples follow, whichever engine does the work."""
    closure = cordiale.open(folder, engine=engine).closure
    work = URIRef("https://example.org/ns#Work")
    assert (URIRef("https://example.org/id/pont-neuf"), RDF.type, work) in closure.inferred
    assert closure.clashes == ()


def test_what_another_version_made_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key has the versions of what the engine works with."""
    before = closure_key({}, [])
    monkeypatch.setattr(warm, "version", lambda package: f"{package} of tomorrow")
    assert closure_key({}, []) != before


def test_the_second_opinion_tells_no_supports(folder: Path) -> None:
    """What a triple rests on is not asked of owlrl, nor read from what the other engine left."""
    kg = cordiale.open(folder, engine="owlrl")
    with pytest.raises(UsageError, match="C653"):
        kg.supports(RDF.type, RDF.type, RDF.type)


def test_the_profile_is_part_of_the_check(folder: Path) -> None:
    """An axiom outside OWL 2 RL is told at its place."""
    (found,) = (each for each in cordiale.open(folder).check() if each.code == "C306")
    assert str(found).startswith("data/entities.ttl:3:")
