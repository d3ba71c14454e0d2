"""Graphs that are not ours build without a line of code."""

from pathlib import Path

import pytest
from rdflib import RDF, URIRef

import cordiale
from cordiale.model.errors import MachineError, UsageError
from cordiale.project.build import build
from cordiale.project.new_project import new_project
from tests.small_project import bytes_under
from tests.university import write_university

_VIVO = "http://vivo.somewhere.example/individual/"


def test_a_new_project_builds(tmp_path: Path) -> None:
    """As it was written: without a problem, each question with the answer that stands beside it."""
    paths = new_project(tmp_path / "mine")
    assert sorted(bytes_under(tmp_path / "mine")) == [*paths]
    report = build(tmp_path / "mine", list[str]().append)
    assert report.problems == ()
    assert (report.passed, report.failed) == (2, 0)
    kg = cordiale.open(tmp_path / "mine")
    assert len({row[1] for row in kg.ask("opened").rows if str(row[0]).endswith("old-bridge")}) == 2
    assert kg.ask("reached").rows[-1] == (URIRef("https://example.org/id/north-bank"),)
    assert len(kg.view("surveyed").ask("opened").rows) == 1


def test_a_project_is_begun_in_an_empty_folder(tmp_path: Path) -> None:
    """Also in one that is there; not where something is, which stays as it was."""
    (tmp_path / "empty").mkdir()
    assert "pyproject.toml" in new_project(tmp_path / "empty")
    before = bytes_under(tmp_path)
    with pytest.raises(UsageError, match="C126 something is there already"):
        new_project(tmp_path / "empty")
    with pytest.raises(UsageError, match="C126"):
        new_project(tmp_path / "empty" / "pyproject.toml")
    with pytest.raises(MachineError, match="C911"):
        new_project(tmp_path / "empty" / "pyproject.toml" / "below")
    assert bytes_under(tmp_path) == before


def test_a_university_builds(tmp_path: Path) -> None:
    """Other namespaces, another catalogue, one language with a region, no French."""
    root = write_university(tmp_path / "vivo")
    report = build(root, list[str]().append)
    assert [str(problem) for problem in report.problems] == []
    assert (report.passed, report.failed) == (2, 0)
    kg = cordiale.open(root)
    person = URIRef(f"{_VIVO}n1001")
    assert kg.names.expand("Ada Okafor") == person
    kind = URIRef("http://xmlns.com/foaf/0.1/Person")
    assert kg.supports(person, RDF.type, kind) == (("hr/2024-09",),)
    assert kg.view("registrar").ask("part-of").rows == ()
    assert kg.why("Ada Okafor", "a", "foaf:Person").sources == (
        URIRef("http://vivo.somewhere.example/graph/hr/2024-09"),
        URIRef("http://vivo.somewhere.example/graph/ontology/vivo"),
    )
    (question,) = (each for each in kg.questions if each.id == "hours")
    assert question.summary == {"en-US": "When are the office hours of faculty?"}
