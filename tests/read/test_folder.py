"""A project's folder as graphs, and all that is wrong with its files."""

import os
from pathlib import Path

import pytest
from rdflib import XSD, Literal, URIRef

from cordiale.model.errors import MachineError, SettingsError
from cordiale.model.prefixes import PREFIXES
from cordiale.read.folder import ProjectFiles, read_project
from tests.read.project import HEAD, SETTINGS, SOURCES, write_project

ID = "https://example.org/id/"
CATALOGUE = f'{HEAD}<cam/news> rdfs:label "News"@en .\n'
GOOD = {"data/sources.ttl": CATALOGUE, "data/cam/news.ttl": f"{HEAD}\n:a :b 01 ,\n  1 .\n"}


def said(project: ProjectFiles) -> list[str]:
    """Each problem without its remedy."""
    return [str(problem).split("\n")[0] for problem in project.problems]


def test_each_file_is_a_named_graph(tmp_path: Path) -> None:
    """Files of data/ and ontology/ are graphs of the dataset, by name; its default graph is their union."""
    write_project(
        tmp_path,
        {
            **GOOD,
            "ontology/terms.ttl": f"{HEAD}:b a rdfs:Property .",
            "ontology/deeper/no.ttl": "not read",
            "shapes/news.ttl": f"{HEAD}:s :t :u .",
            "data/.hidden.ttl": "not read",
            "data/notes.txt": "not read",
        },
        settings=SETTINGS.replace('["sources"]', '["ontology", "sources"]'),
    )
    project = read_project(tmp_path)
    assert project.problems == ()
    assert [(source.name, source.path, source.trusted) for source in project.sources] == [
        ("cam/news", "data/cam/news.ttl", False),
        ("ontology/terms", "ontology/terms.ttl", True),
        ("sources", "data/sources.ttl", True),
    ]
    assert [len(project.dataset.graph(source.iri)) for source in project.sources] == [2, 1, 1]
    assert len(project.dataset) == 4
    assert len(project.shapes) == 1


def test_terms_are_exact_in_the_dataset(tmp_path: Path) -> None:
    """Numbers go into the graph as they are written."""
    project = read_project(write_project(tmp_path, GOOD))
    news = project.dataset.graph(URIRef(SOURCES + "cam/news"))
    assert sorted(str(value) for value in news.objects()) == ["01", "1"]


def test_sources_are_described(tmp_path: Path) -> None:
    """The catalogue's words stand with the source."""
    project = read_project(write_project(tmp_path, GOOD))
    assert [source.label for source in project.sources] == ["News", ""]


def test_relative_iris_are_resolved_against_the_source(tmp_path: Path) -> None:
    """Without @base, <> is the source itself."""
    write_project(tmp_path, {**GOOD, "data/cam/news.ttl": "<> a <#b> .", "shapes/x.ttl": "<> a <b> ."})
    project = read_project(tmp_path)
    news = URIRef(SOURCES + "cam/news")
    assert set(project.dataset.graph(news).subject_objects()) == {(news, URIRef(SOURCES + "cam/news#b"))}
    assert set(project.shapes.subjects()) == {URIRef(SOURCES + "shapes/x")}


def test_an_empty_project_is_no_problem(tmp_path: Path) -> None:
    """A project may begin with its settings alone, but for a trusted source that is not there."""
    project = read_project(write_project(tmp_path, {}))
    assert (project.sources, len(project.dataset), project.question_paths) == ((), 0, ())
    assert said(project) == ['pyproject.toml: C125 "sources" is trusted, but no source has that name']
    assert project.unreadable == ()


def test_questions_are_listed(tmp_path: Path) -> None:
    """Stored questions are found at any depth, in order, and are not read here."""
    files = {f"queries/{name}": "" for name in ("b/x.rq", "a.rq", "b/a.rq", "b/x.expected.csv")}
    project = read_project(write_project(tmp_path, files))
    assert [path.relative_to(project.root).as_posix() for path in project.question_paths] == [
        "queries/a.rq",
        "queries/b/a.rq",
        "queries/b/x.rq",
    ]


def test_places_are_found(tmp_path: Path) -> None:
    """A triple is found in every file that states it, a subject in a trusted file first."""
    write_project(tmp_path, {**GOOD, "data/a.ttl": f'{HEAD}:a :b 1 .\n<cam/news> rdfs:label "x" .'})
    project = read_project(tmp_path)
    a, b, one = URIRef(ID + "a"), URIRef(ID + "b"), Literal("1", datatype=XSD.integer)
    assert [str(place) for place in project.places_of((a, b, one))] == [
        "data/a.ttl:7:7",
        "data/cam/news.ttl:9:3",
    ]
    assert str(project.place_of_subject(a)) == "data/a.ttl:7:1"
    assert str(project.place_of_subject(URIRef(SOURCES + "cam/news"))) == "data/sources.ttl:7:1"


def test_unknown_triples_have_no_place(tmp_path: Path) -> None:
    """What no file states is nowhere."""
    project = read_project(write_project(tmp_path, GOOD))
    a, b = URIRef(ID + "a"), URIRef(ID + "b")
    assert project.places_of((a, b, b)) == ()
    assert project.place_of_subject(b) is None


def test_blame_is_as_near_as_can_be(tmp_path: Path) -> None:
    """A triple is blamed at its object; what is missing, at its subject."""
    project = read_project(write_project(tmp_path, GOOD))
    a, b, one = URIRef(ID + "a"), URIRef(ID + "b"), Literal("01", datatype=XSD.integer, normalize=False)
    assert str(project.blame(a, b, one)) == "data/cam/news.ttl:8:7"
    assert str(project.blame(a, b, a)) == "data/cam/news.ttl:8:1"
    assert str(project.blame(a)) == "data/cam/news.ttl:8:1"
    assert project.blame(b, b, None) is None


def test_prefixes_are_the_house_s_and_the_files_own(tmp_path: Path) -> None:
    """All prefixes are known, the empty one for the project's things."""
    write_project(tmp_path, {**GOOD, "shapes/x.ttl": "@prefix mine: <https://example.org/mine#> ."})
    prefixes = read_project(tmp_path).prefixes
    assert dict(prefixes) == {**PREFIXES, "": ID, "mine": "https://example.org/mine#"}


def test_prefixes_bound_otherwise_are_told(tmp_path: Path) -> None:
    """Two files, or a file and the house, that differ in a prefix: a warning where the second declares it."""
    write_project(
        tmp_path,
        {
            **GOOD,
            "shapes/a.ttl": "@prefix x: <https://example.org/x#> .",
            "shapes/b.ttl": "# no\nPREFIX x: <https://example.org/y#>\n"
            "@prefix dcterms: <http://purl.org/dc/terms#> .",
        },
    )
    assert [str(problem) for problem in read_project(tmp_path).problems] == [
        'shapes/b.ttl:3:2: C124 prefix "dcterms" is <http://purl.org/dc/terms#> here, '
        "elsewhere <http://purl.org/dc/terms/>\n  bind it alike in all files, or choose another prefix here",
        'shapes/b.ttl:2:1: C124 prefix "x" is <https://example.org/y#> here, '
        "elsewhere <https://example.org/x#>\n  bind it alike in all files, or choose another prefix here",
    ]


def test_all_bad_files_are_told_and_the_good_are_read(tmp_path: Path) -> None:
    """The first bad file does not hide the next, nor keep the others from being read."""
    write_project(
        tmp_path,
        {
            **GOOD,
            "data/b.ttl": "<a> <b> .",
            "data/c.ttl": b"\xff",
            "data/with space/d.ttl": "",
            "data/e\u0301.ttl": "",
            "ontology/x.ttl": "\ufeff",
            "shapes/y.ttl": "<a> q:b <c> .",
        },
    )
    project = read_project(tmp_path)
    assert said(project) == [
        'data/e\u0301.ttl: C122 "e\u0301.ttl" cannot be part of a name and of an IRI',
        'data/with space/d.ttl: C122 "with space" cannot be part of a name and of an IRI',
        "data/b.ttl:1:9: C101 . cannot be an object",
        "data/c.ttl:1:1: C102 byte 0xff is not UTF-8",
        "ontology/x.ttl:1:1: C103 the file begins with a byte order mark",
        'shapes/y.ttl:1:5: C104 prefix "q" is not bound',
    ]
    assert project.unreadable == project.problems
    assert len(project.dataset) == 3


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (
            "data/inferred.ttl",
            'data/inferred.ttl: C123 the name "inferred" is taken by what the project infers',
        ),
        ("data/ontology/a.ttl", 'data/ontology/a.ttl: C123 the name "ontology/a" is taken by ontology/a.ttl'),
    ],
)
def test_a_name_is_given_once(tmp_path: Path, path: str, line: str) -> None:
    """Two files never make one graph."""
    write_project(tmp_path, {"data/sources.ttl": "<ontology/a> a <b> .", "ontology/a.ttl": "", path: ""})
    assert said(read_project(tmp_path)) == [line]


def test_links_out_of_the_project_are_refused(tmp_path: Path) -> None:
    """A file, a folder or data/ itself that lies elsewhere is not the project's; a link within it is."""
    write_project(tmp_path / "elsewhere", {"a.ttl": "<a> <b> <c> ."})
    root = write_project(tmp_path / "project", GOOD)
    (root / "data" / "out.ttl").symlink_to(tmp_path / "elsewhere" / "a.ttl")
    (root / "data" / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (root / "data" / "loop").symlink_to(root / "data", target_is_directory=True)
    (root / "data" / "in.ttl").symlink_to(root / "data" / "cam" / "news.ttl")
    (root / "ontology").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    project = read_project(root)
    assert said(project) == [
        "ontology: C120 a symbolic link that leads out of the project",
        "data/folder: C120 a symbolic link that leads out of the project",
        "data/loop: C121 a symbolic link to a folder, which is not followed",
        "data/out.ttl: C120 a symbolic link that leads out of the project",
    ]
    assert [source.name for source in project.sources] == ["cam/news", "in", "sources"]


def test_settings_come_first(tmp_path: Path) -> None:
    """Without settings nothing is read."""
    with pytest.raises(SettingsError, match="C111"):
        read_project(write_project(tmp_path, GOOD, settings=""))


def test_files_that_the_machine_withholds_end_it(tmp_path: Path) -> None:
    """A link that leads in a circle, as any failure of the disk, is the machine's error, with the path."""
    root = write_project(tmp_path, GOOD)
    os.symlink("circle.ttl", root / "data" / "circle.ttl")
    with pytest.raises(MachineError, match=r"data/circle.ttl: C901 cannot be read") as caught:
        read_project(root)
    assert caught.value.exit_code == 3
