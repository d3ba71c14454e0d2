"""A release: complete, checked, the same bytes each time, and never in the place of something else."""

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import DCTERMS, VOID, Graph, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.problems import Severity
from cordiale.project.knowledge_graph import open_project
from cordiale.project.release import MANIFEST, ReleaseReport, release
from tests.isomorphism import canonical, parsed
from tests.small_project import SOURCES, THINGS, bytes_under

ABOUT = f"""
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<{SOURCES}>
    rdfs:label "Lights at sea"@en , "Feux en mer"@fr ;
    dcterms:creator <{THINGS}harbour-board> ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
.
"""
RDF_FILES = {
    "graph.trig": ox.RdfFormat.TRIG,
    "graph.nq": ox.RdfFormat.N_QUADS,
    "graph.jsonld": ox.RdfFormat.JSON_LD,
    "graph.expanded.jsonld": ox.RdfFormat.JSON_LD,
    "graph.compacted.jsonld": ox.RdfFormat.JSON_LD,
    "canonical.nq": ox.RdfFormat.N_QUADS,
}
ONE_GRAPH = {
    "graph.ttl": ox.RdfFormat.TURTLE,
    "graph.nt": ox.RdfFormat.N_TRIPLES,
    "graph.rdf": ox.RdfFormat.RDF_XML,
}


@pytest.fixture
def told(small: Path) -> Path:
    """A small project that says what it is, and has a frame."""
    (small / "ontology/dataset.ttl").write_text(ABOUT, encoding="utf-8")
    (small / "ontology/frames").mkdir()
    (small / "ontology/frames/light.jsonld").write_text('{"type": "Light"}')
    return small


def made(project: Path, folder: Path | None = None, **options: str) -> ReleaseReport:
    """A release of version 1.0."""
    return release(project, "1.0", list[str]().append, folder=folder, **options)


def test_a_release_is_complete(told: Path, tmp_path: Path) -> None:
    """The manifest names every other file, with size and digest; the graph is the same in each format."""
    target = tmp_path / "out" / "1.0"
    report = made(told, target, issued="2026-11-29")
    files = bytes_under(target)
    manifest = json.loads(files[MANIFEST])
    assert {each["path"]: (each["bytes"], each["sha256"]) for each in manifest["files"]} == {
        path: (len(content), sha256(content).hexdigest())
        for path, content in files.items()
        if path != MANIFEST
    }
    assert {"CITATION.cff", "description.ttl", "entities.csv", "roles.csv", "light.framed.jsonld"} < set(
        files
    )
    assert {"context.jsonld", "inferred.nt", "supports.ttl", *RDF_FILES, *ONE_GRAPH} < set(files)
    assert (report.files, report.size) == (len(files), sum(map(len, files.values())))
    assert report.ok

    graph = open_project(told).graph
    quads = list(graph.quads())
    for path, fmt in RDF_FILES.items():
        again = canonical(parsed(files[path].decode(), fmt), fold_tags=True)
        assert again == canonical(quads, fold_tags=True), path  # type: ignore[arg-type]
    union = [(s, p, o, None) for s, p, o in graph.triples((None, None, None))]
    for path, fmt in ONE_GRAPH.items():
        again = canonical(parsed(files[path].decode(), fmt), fold_tags=True)
        assert again == canonical(union, fold_tags=True), path  # type: ignore[arg-type]


def test_the_fingerprint_can_be_checked(told: Path, tmp_path: Path) -> None:
    """The SHA-256 of the canonical form is told in the report, the manifest, and a file for sha256sum."""
    report = made(told, tmp_path / "out")
    content = (tmp_path / "out/canonical.nq").read_bytes()
    assert report.fingerprint == sha256(content).hexdigest()
    line = f"{report.fingerprint}  canonical.nq\n"
    assert (tmp_path / "out/canonical.nq.sha256").read_text() == line
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert manifest["fingerprint"] == {"form": "RDFC-1.0", "hash": "SHA-256", "value": report.fingerprint}


def test_the_description_is_that_of_the_files(told: Path, tmp_path: Path) -> None:
    """VoID and DCAT name the dataset, its numbers and the digest of each file of data."""
    made(told, tmp_path / "out", issued="2026-11-29", url="https://example.org/1.0/")
    graph = Graph().parse(tmp_path / "out/description.ttl")
    data = URIRef(f"{SOURCES}1.0")
    count = int(str(graph.value(data, VOID.triples)))
    assert count == len(open_project(told).graph)
    (dump,) = graph.objects(data, VOID.dataDump)
    assert count == len(Graph().parse(tmp_path / "out" / str(dump).rpartition("/")[2]))
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    digests = {each["path"]: each["sha256"] for each in manifest["files"]}
    found = {
        str(graph.value(file, DCTERMS.title)): str(graph.value(checksum, value))
        for file in graph.objects(None, URIRef("http://www.w3.org/ns/dcat#distribution"))
        for checksum in graph.objects(file, URIRef("http://spdx.org/rdf/terms#checksum"))
        for value in [URIRef("http://spdx.org/rdf/terms#checksumValue")]
    }
    undescribed = {"canonical.nq.sha256", "CITATION.cff", "description.ttl"}
    assert found == {path: digest for path, digest in digests.items() if path not in undescribed}
    cited = yaml.safe_load((tmp_path / "out/CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["title"], cited["authors"]) == ("Lights at sea", [{"name": "Harbour Board"}])
    assert (cited["version"], cited["date-released"]) == ("1.0", "2026-11-29")


def test_another_release_is_the_same_bytes(told: Path, tmp_path: Path) -> None:
    """Two releases of the same files are equal; one made again replaces the old one and leaves nothing."""
    made(told, tmp_path / "one")
    made(told, tmp_path / "two")
    (tmp_path / "one/graph.nt").write_text("old")
    (tmp_path / "one/notes.txt").write_text("somebody else's")
    (told / "ontology/frames/light.jsonld").rename(tmp_path / "light.jsonld")
    made(told, tmp_path / "one")
    assert not (tmp_path / "one/light.framed.jsonld").exists()
    (tmp_path / "light.jsonld").rename(told / "ontology/frames/light.jsonld")
    made(told, tmp_path / "one")
    one, two = bytes_under(tmp_path / "one"), bytes_under(tmp_path / "two")
    assert one.pop("notes.txt") == b"somebody else's"
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "sea", "two"]


def test_the_place_of_a_release(told: Path) -> None:
    """Without a folder, a release stands in the build folder under its version."""
    report = made(told / "data")
    assert report.folder == told.resolve() / "build/release-1.0"
    assert (report.folder / MANIFEST).is_file()


@pytest.fixture
def committed(told: Path) -> Path:
    """The project in a repository of git, committed on a day long ago."""
    stamp = "2001-02-03T23:30:00+0900"
    environment = {**os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "all")):
        subprocess.run(["git", "-C", str(told), *command], check=True, env=environment)
    return told


@pytest.mark.needs_more("git", "the date of a release is that of its commit")
def test_the_date_is_that_of_the_commit(committed: Path, tmp_path: Path) -> None:
    """Without --date, a release is of the day of the last commit; the clock has no part in it."""
    made(committed, tmp_path / "out")
    assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["issued"] == "2001-02-03"
    made(committed, tmp_path / "out", issued="2026-11-29")
    assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["issued"] == "2026-11-29"


def test_without_git_there_is_no_date(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody says when, the release says nothing of it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    made(told, tmp_path / "out")
    assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["issued"] is None
    monkeypatch.setenv("PATH", str(tmp_path))
    made(told, tmp_path / "out")
    assert "date-released" not in (tmp_path / "out/CITATION.cff").read_text()


def test_what_fails_its_checks_is_not_released(told: Path, tmp_path: Path) -> None:
    """A failed question keeps the last release as it is; so does a violation of a shape."""
    made(told, tmp_path / "out")
    before = bytes_under(tmp_path / "out")
    (told / "queries/taller.expected.csv").write_text("false\n")
    report = made(told, tmp_path / "out")
    assert (report.ok, report.files) == (False, 0)
    assert [problem.code for problem in report.problems if problem.severity is Severity.VIOLATION] == ["C422"]
    assert bytes_under(tmp_path / "out") == before
    assert not made(told, tmp_path / "new").ok
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": [1]}', '{"files": 1}'])
def test_a_manifest_that_was_spoilt(told: Path, tmp_path: Path, content: str) -> None:
    """A release whose manifest cannot be read is replaced all the same; what else is there stays."""
    made(told, tmp_path / "out")
    (tmp_path / "out" / MANIFEST).write_text(content)
    (tmp_path / "out/notes.txt").write_text("somebody else's")
    made(told, tmp_path / "out")
    assert "files" in json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert (tmp_path / "out/notes.txt").is_file()


def test_a_folder_of_something_else_is_left_alone(told: Path, tmp_path: Path) -> None:
    """A folder with something in it is refused, whatever it is; an empty one is taken."""
    (tmp_path / "mine").mkdir()
    made(told, tmp_path / "mine")
    shutil.rmtree(tmp_path / "mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    for target in (tmp_path / "mine", tmp_path / "mine/letter.txt", told):
        with pytest.raises(UsageError, match="C570 this is no release that cordiale made"):
            made(told, target)
    assert bytes_under(tmp_path / "mine") == {"letter.txt": b"dear"}


@pytest.mark.parametrize("lacks", ["rdfs:label", "dcterms:creator", "dcterms:license"])
def test_a_release_says_what_it_is(told: Path, tmp_path: Path, lacks: str) -> None:
    """Without a title, an author or a licence there is no release."""
    lines = [line for line in ABOUT.splitlines() if lacks not in line]
    (told / "ontology/dataset.ttl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageError, match=f"C575 .* lacks {lacks}\n  state it of <{SOURCES}>"):
        made(told, tmp_path / "out")


def test_a_document_does_not_say_what_the_release_is(told: Path, tmp_path: Path) -> None:
    """Title, author and licence are the curator's: a document that states others is not heard."""
    with (told / "data/almanac/1901.ttl").open("a", encoding="utf-8") as file:
        file.write(f'<{SOURCES}> rdfs:label "A"@en , "A"@fr ; dcterms:license <https://example.org/> .\n')
    made(told, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert manifest["title"] == "Lights at sea"
    assert manifest["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_ontology_speaks_for_all_of_it(told: Path, tmp_path: Path) -> None:
    """Where nothing is said of the namespace of the sources, the ontology's header is asked."""
    about = ABOUT.replace(f"<{SOURCES}>\n", "<https://example.org/sea/ns> a owl:Ontology ;\n")
    prefix = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    (told / "ontology/dataset.ttl").write_text(prefix + about, encoding="utf-8")
    made(told, tmp_path / "out")
    assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["title"] == "Lights at sea"


@pytest.mark.parametrize(
    ("version", "options", "code"),
    [
        ("", {}, "C572"),
        ("../1", {}, "C572"),
        ("1.0 ", {}, "C572"),
        ("1.", {}, "C572"),
        ("1.0", {"issued": "29/11/2026"}, "C573"),
        ("1.0", {"issued": "20261129"}, "C573"),
        ("1.0", {"url": "https://example.org/data"}, "C574"),
        ("1.0", {"url": "file:///tmp/"}, "C574"),
    ],
)
def test_options_that_are_wrong(told: Path, version: str, options: dict[str, str], code: str) -> None:
    """Each is told before anything is read."""
    with pytest.raises(UsageError, match=f"{code} "):
        release(told, version, list[str]().append, **options)  # type: ignore[arg-type]


ODD = "https://example.org/odd/~a.b-c_d!$&'()*+,;=:@/?q=(x)#f%20\u00e9\u00a0\u6f22\U00010000"


def test_large_literals_and_odd_iris_are_released(told: Path, tmp_path: Path) -> None:
    """A literal of 5 MB and an IRI with every odd character come back from each file of the graph."""
    text = "caf\u00e9 \u202e\\\\ " * 500_000
    with (told / "data/almanac/1901.ttl").open("a", encoding="utf-8") as file:
        file.write(f'\n:skerry-light rdfs:seeAlso <{ODD}> ; rdfs:comment "{text}"@fr .\n')
    assert made(told, tmp_path / "out").ok
    read = text.replace("\\\\", "\\")
    assert len(read.encode()) > 5_000_000
    for path, fmt in {**RDF_FILES, **ONE_GRAPH, "light.framed.jsonld": ox.RdfFormat.JSON_LD}.items():
        found = {str(o) for _, _, o, _ in parsed((tmp_path / "out" / path).read_text("utf-8"), fmt)}
        assert {ODD, read} <= found, path
