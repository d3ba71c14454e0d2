"""Records of ROR in a project: our terms, a file a country, and what became of withdrawn records."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, XSD, Literal, URIRef

from cordiale.model.prefixes import PREFIXES
from cordiale.project.import_folder import ImportReport
from cordiale.project.import_ror import import_ror
from cordiale.project.knowledge_graph import open_project
from tests.copies import copied_project
from tests.small_project import SOURCES, bytes_under, small

__all__ = ["small"]

_CORD = PREFIXES["cord"]


def _record(id_: str, country: str = "GB", **more: object) -> Mapping[str, object]:
    name = {"value": f"Body {id_}", "types": ["label", "ror_display"], "lang": "en"}
    place = {
        "geonames_id": 1,
        "geonames_details": {"name": "Town", "country_code": country, "lat": 1.5, "lng": 2},
    }
    record = {
        "id": f"https://ror.org/{id_}",
        "names": [name],
        "types": ["education"],
        "status": "active",
        "locations": [place],
        "relationships": [],
    }
    return record | more


def _tie(kind: str, id_: str) -> Mapping[str, str]:
    return {"type": kind, "id": f"https://ror.org/{id_}", "label": ""}


_A, _B, _C, _D = "013meh722", "052gg0110", "02feahw73", "041kmwe10"
_RECORDS = (
    _record(_A, established=1209, relationships=[_tie("parent", _B), _tie("child", _C)]),
    _record(_B, types=["company", "government"], relationships=[_tie("related", _D)]),
    _record(_C, status="withdrawn", relationships=[_tie("successor", _D)]),
    _record(_D, country="FR", status="inactive", links=[{"type": "website", "value": "http://a b"}]),
)


def _import(root: Path, *records: object, **chosen: object) -> ImportReport:
    path = root.parent / "ror.json"
    path.write_text(json.dumps(records, indent=1))
    return import_ror(root, [path], **chosen)  # type: ignore[arg-type]


def _ror(id_: str) -> URIRef:
    return URIRef(f"https://ror.org/{id_}")


def test_records_become_institutions(small: Path) -> None:
    """Kind, date, place and ties, each in the file of its country."""
    report = _import(small, *_RECORDS)
    assert report.taken == 4
    kg = open_project(small)
    names = sorted(source.name for source in kg.sources)
    assert [name for name in names if name.startswith("ror/")] == ["ror/fr", "ror/gb"]
    graph = kg.graph
    types = {id_: str(graph.value(_ror(id_), RDF.type)).removeprefix(_CORD) for id_ in (_A, _B, _D)}
    school = "HigherEducationInstitution"
    assert types == {_A: school, _B: "Institution", _D: school}
    created = graph.value(_ror(_A), URIRef(f"{_CORD}createdOn"))
    assert created == Literal("1209", datatype=XSD.gYear)
    assert (_ror(_A), URIRef(f"{_CORD}partOf"), _ror(_B)) in graph
    stated = graph.quads((_ror(_D), RDF.type, None, None))
    assert [str(quad[3]).removeprefix(SOURCES) for quad in stated] == ["ror/fr"]
    assert kg.check() == ()


def test_withdrawn_and_merged_records(small: Path) -> None:
    """A withdrawn record is no institution; a tie to it goes to what took its place."""
    report = _import(small, *_RECORDS)
    graph = open_project(small).graph
    assert graph.value(_ror(_C), RDF.type) is None
    assert graph.value(_ror(_C), OWL.deprecated) == Literal(True)
    assert graph.value(_ror(_C), DCTERMS.isReplacedBy) == _ror(_D)
    assert (_ror(_A), URIRef(f"{_CORD}hasPart"), _ror(_D)) in graph
    told = {kind.code: (kind.outcome, kind.count) for kind in report.losses.kinds() if kind.code != "C703"}
    assert told == {
        "C713": ("mended", 1),
        "C716": ("mended", 1),
        "C723": ("kept", 1),
        "C724": ("mended", 1),
    }


def test_what_is_broken_or_stands_twice(small: Path) -> None:
    """A value that is no record, a record that stands twice, a tie that leads nowhere: each with its line."""
    report = _import(small, _record(_A, relationships=[_tie("parent", _B)]), {"id": "x"}, _record(_A))
    told = [(kind.code, kind.outcome, kind.places[0].line) for kind in report.losses.kinds()]
    assert [row for row in told if row[0] != "C703"] == [
        ("C719", "refused", 37),
        ("C721", "mended", 40),
        ("C705", "kept", 2),
    ]
    assert report.taken == 1


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [
        ({}, 4),
        ({"countries": frozenset({"FR"})}, 1),
        ({"ids": frozenset({_A})}, 1),
        ({"ids": frozenset({f"https://ror.org/{_A}"}), "steps": 1}, 3),
        ({"ids": frozenset({_A}), "steps": 2}, 4),
        ({"steps": 3}, 0),
    ],
    ids=str,
)
def test_selection(small: Path, chosen: dict[str, object], taken: int) -> None:
    """By id, by country, and by steps along the ties."""
    assert _import(small, *_RECORDS, **chosen).taken == taken


def test_again_gives_the_same_bytes(small: Path) -> None:
    """The same import leaves the same files."""
    _import(small, *_RECORDS)
    first = bytes_under(small / "data")
    _import(small, *_RECORDS)
    assert bytes_under(small / "data") == first


@pytest.mark.slow
def test_the_neighbourhood_passes_the_checks(project_root: Path, shared: Path, tmp_path: Path) -> None:
    """The organisations around our own, from the real registry, break no shape and no axiom."""
    root = copied_project(project_root, tmp_path)
    report = import_ror(root, [shared / "datasets/ror/ror_entente_neighbourhood.jsonl.gz"])
    assert report.taken == 1357
    assert report.losses.count("refused") == 0
    kg = open_project(root)
    problems = kg.check()
    # The register dates some parts before their wholes, which is for the curator to judge.
    assert {problem.code for problem in problems} == {"C660"}
    assert all("(rule older-than-its-whole)" in problem.message for problem in problems)
    assert kg.closure.clashes == ()
