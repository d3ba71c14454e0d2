"""A source begun: its name, its file, and an entry in a catalogue that keeps everything else."""

import shutil
from pathlib import Path

import pytest

from cordiale.model.errors import CordialeError, MachineError, UsageError
from cordiale.project import new_source as module
from cordiale.project.knowledge_graph import open_project
from cordiale.project.new_source import NewSource, new_source
from cordiale.publish import files
from tests.small_project import bytes_under

_URL = "https://www.example.ac.uk/news/2025-07-09-lights"
_ENTRY = """\
<example/2025-07-09>
    a cord:WebPage ;
    rdfs:label "example/2025-07-09"@en ,
        "example/2025-07-09"@fr ;
    cord:access :access-unconfirmed ;
    cord:tier :tier-low ;
    cord:url "https://www.example.ac.uk/news/2025-07-09-lights"^^xsd:anyURI ;
    dcterms:language "en" ;
.
"""


def _begin(root: Path, url: str = _URL, name: str | None = None, language: str = "en") -> NewSource:
    return new_source(root, url, name=name, language=language)


def _fill(root: Path, made: NewSource) -> None:
    """Write a statement into the file, and a label into the entry."""
    with (root / made.path).open("a") as file:
        file.write(":skerry-light cord:heard <almanac/1901> .\n")
    catalogue = root / made.catalogue
    catalogue.write_text(catalogue.read_text().replace(f'"{made.name}"@', '"A report"@'), newline="")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.cam.ac.uk/news/one-two-three-four-five-six", "cam/one-two-three-four-five"),
        ("https://www.bbc.co.uk/", "bbc/home"),
        ("https://www.bbc.co.uk", "bbc/home"),
        ("https://www.enseignementsup-recherche.gouv.fr/fr/ia", "enseignementsup-recherche/ia"),
        ("https://hec.fr/a.html", "hec/a"),
        ("https://EN.Example.org:8080/x?y=z#frag", "example/x"),
        ("https://user@example.org/2024-02-29/story", "example/2024-02-29"),
        ("http://localhost/x", "localhost/x"),
        ("https://example.org/Œuvre_d’été", "example/oeuvre-d-ete"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_address(small: Path, url: str, name: str) -> None:
    """The folder is whose the host is, the file a date or the last words of the path."""
    made = _begin(small, url)
    assert made == NewSource(name=name, path=f"data/{name}.ttl", catalogue="data/sources.ttl")
    assert (small / made.path).is_file()


def test_a_name_can_be_given(small: Path) -> None:
    """A name that is given is taken, from any folder of the project."""
    made = _begin(small / "data/almanac", name="almanac/1902")
    assert (small / made.path).is_file()
    assert made.path == "data/almanac/1902.ttl"


def test_a_file_is_ready_to_be_filled(small: Path) -> None:
    """The new file has the prefixes one needs, and says which document it is for."""
    made = _begin(small)
    text = (small / made.path).read_text()
    assert "@base <https://example.org/sea/source/> .\n@prefix : <https://example.org/sea/id/> .\n" in text
    assert f"# What {_URL} states" in text
    with (small / made.path).open("a") as file:
        file.write(':skerry-light cord:heard <almanac/1901> ; dcterms:date "1901" ; rdf:value rdfs:label .\n')
    assert len(open_project(small).show("skerry-light", triples="asserted").facts) == 11


def test_what_was_begun_is_told_until_it_is_filled(small: Path) -> None:
    """With the new source a project without problems has two warnings, of its file and its entry."""
    made = _begin(small)
    kg = open_project(small)
    line = (small / made.catalogue).read_text().splitlines().index(f"<{made.name}>") + 3
    assert [(problem.code, problem.severity, str(problem.place)) for problem in kg.check()] == [
        ("C526", "warning", made.path),
        ("C527", "warning", f"{made.catalogue}:{line}:16"),
    ]
    _fill(small, made)
    assert open_project(small).check() == ()
    (source,) = (source for source in kg.sources if source.name == "example/2025-07-09")
    assert (source.access, source.language, source.trusted) == ("unconfirmed", "en", False)


def test_the_real_catalogue_takes_a_new_source(project_root: Path, tmp_path: Path) -> None:
    """In the project's own catalogue the new entry and its file break no shape."""
    for folder in ("ontology", "shapes"):
        shutil.copytree(project_root / folder, tmp_path / folder)
    (tmp_path / "data").mkdir()
    for name in ("pyproject.toml", "data/sources.ttl"):
        shutil.copyfile(project_root / name, tmp_path / name)
    made = _begin(tmp_path, "https://www.imperial.ac.uk/news/999999/quite-new", language="fr")
    assert made.name == "imperial/quite-new"
    lines = (tmp_path / made.catalogue).read_text().splitlines()
    first = lines.index("<imperial/quite-new>") + 1
    entry = range(first, lines.index(".", first) + 2)
    problems = open_project(tmp_path).check()
    assert problems != ()  # of other entries: their publishers were not copied
    unfilled = ("C526", "C527")
    places = [problem.place for problem in problems if problem.place and problem.code not in unfilled]
    assert [place for place in places if place.path == made.path] == []
    assert [place for place in places if place.path == made.catalogue and place.line in entry] == []


def test_an_entry_stands_where_its_name_belongs(small: Path) -> None:
    """The entry is put in order of name, above the comment of the one after it; the rest keeps its bytes."""
    catalogue = small / "data/sources.ttl"
    before = catalogue.read_text()
    _begin(small)
    after = catalogue.read_text()
    assert after.count(_ENTRY) == 1
    assert after.replace(f"{_ENTRY}\n", "") == before
    assert after.index("<almanac/1901>") < after.index(_ENTRY) < after.index("# The board prints")


def test_an_entry_may_come_last(small: Path) -> None:
    """The entry of a name after all others goes to the end, after an empty line."""
    catalogue = small / "data/sources.ttl"
    before = catalogue.read_text()
    entry = _ENTRY.replace("<example/", "<zenith/").replace('"example/', '"zenith/')
    _begin(small, name="zenith/2025-07-09")
    assert catalogue.read_text() == f"{before}\n{entry}"


def test_a_catalogue_without_a_last_line_end_is_kept(small: Path) -> None:
    """A file that ends in no line end, or in spaces, keeps its bytes and is still read."""
    catalogue = small / "data/sources.ttl"
    before = catalogue.read_bytes().rstrip() + b"  "
    catalogue.write_bytes(before)
    made = _begin(small, name="zenith/x")
    assert catalogue.read_bytes().startswith(before + b"\n\n<zenith/x>\n")
    _fill(small, made)
    assert open_project(small).check() == ()


def test_line_ends_are_kept(small: Path) -> None:
    """In a catalogue with the line ends of Windows the entry has them too, and no other byte changes."""
    catalogue = small / "data/sources.ttl"
    before = catalogue.read_bytes().replace(b"\n", b"\r\n")
    catalogue.write_bytes(before)
    _begin(small)
    entry = f"{_ENTRY}\n".replace("\n", "\r\n").encode()
    after = catalogue.read_bytes()
    assert after.replace(entry, b"") == before
    assert after.index(entry) < after.index(b"# The board prints")


def test_a_catalogue_without_base_gets_full_names(small: Path) -> None:
    """Where the catalogue declares neither base nor empty prefix, the entry is written in full."""
    catalogue = small / "data/sources.ttl"
    text = catalogue.read_text()
    for short, full in (("almanac/", "almanac/"), ("harbour-board/", "harbour-board/")):
        text = text.replace(f"<{short}", f"<https://example.org/sea/source/{full}")
    for line in (
        "@base <https://example.org/sea/source/> .\n",
        "@prefix : <https://example.org/sea/id/> .\n",
    ):
        text = text.replace(line, "")
    text = text.replace(" :", " sea-id:").replace(
        "sea: <", "sea-id: <https://example.org/sea/id/> .\n@prefix sea: <"
    )
    catalogue.write_text(text)
    made = _begin(small)
    after = catalogue.read_text()
    assert "<https://example.org/sea/source/example/2025-07-09>\n" in after
    assert "cord:access <https://example.org/sea/id/access-unconfirmed> ;" in after
    assert (
        after.index("almanac/1901>")
        < after.index("example/2025-07-09>")
        < after.index("harbour-board/report>")
    )
    _fill(small, made)
    assert open_project(small).check() == ()


@pytest.mark.parametrize(
    ("url", "name", "language", "code"),
    [
        ("example.org/x", None, "en", "C521"),
        ("ftp://example.org/x", None, "en", "C521"),
        ("https://example.org/a b", None, "en", "C521"),
        ('https://example.org/"x', None, "en", "C521"),
        ("https://example.org/x\n", None, "en", "C521"),
        ("https://[bad/x", None, "en", "C521"),
        ("https://a℀b.com/x", None, "en", "C521"),
        ("https://example.org/文", None, "en", "C522"),
        (_URL, "nofolder", "en", "C522"),
        (_URL, "a/b/c", "en", "C522"),
        (_URL, "../x", "en", "C522"),
        (_URL, "Cam/x", "en", "C522"),
        (_URL, "ontology/x", "en", "C522"),
        (_URL, "almanac/1901", "en", "C523"),
        (_URL, None, 'en" ; a <x', "C525"),
        (_URL, None, "", "C525"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(small: Path, url: str, name: str | None, language: str, code: str) -> None:
    """Wrong addresses, names and languages, and sources that exist, are refused; nothing is written."""
    before = bytes_under(small)
    with pytest.raises(UsageError) as caught:
        _begin(small, url, name, language)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert bytes_under(small) == before


def test_what_the_catalogue_describes_is_not_described_again(small: Path) -> None:
    """A document that has an entry, but no file, is refused: a second entry would be mixed with the first."""
    _begin(small)
    (small / "data/example/2025-07-09.ttl").unlink()
    before = bytes_under(small)
    with pytest.raises(UsageError, match='C523 there is a source "example/2025-07-09" already'):
        _begin(small)
    assert bytes_under(small) == before


def test_a_document_is_not_begun_twice_under_two_names(small: Path) -> None:
    """An address that the catalogue has is refused, unless a name is given: a document may have parts."""
    _begin(small, name="example/lights")
    before = bytes_under(small)
    with pytest.raises(UsageError, match='C523 "example/lights" has this address already'):
        _begin(small)
    assert bytes_under(small) == before
    assert _begin(small, name="example/lights-2").name == "example/lights-2"


def test_a_catalogue_must_declare_its_prefixes(small: Path) -> None:
    """The prefixes that an entry uses and the catalogue lacks are told."""
    catalogue = small / "data/sources.ttl"
    catalogue.write_text('<https://example.org/x> a "1901" .\n'.replace('"1901"', "<https://example.org/y>"))
    with pytest.raises(UsageError, match=r"C524 data/sources\.ttl does not declare cord, dcterms, rdfs, xsd"):
        _begin(small)


@pytest.mark.parametrize("content", [None, b"<x>", b"\xff"])
def test_a_catalogue_that_cannot_be_read_is_left(small: Path, content: bytes | None) -> None:
    """Without a catalogue, or with one that is no Turtle, nothing is written."""
    catalogue = small / "data/sources.ttl"
    catalogue.unlink()
    if content is not None:
        catalogue.write_bytes(content)
    before = bytes_under(small)
    with pytest.raises(CordialeError, match=r"^data/sources\.ttl"):
        _begin(small)
    assert bytes_under(small) == before


def test_a_file_goes_when_the_catalogue_cannot_be_written(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the entry cannot be written, neither is the file left: the same can be tried again."""
    before = bytes_under(small)

    def fail(path: Path, content: bytes) -> None:
        if path.name == "sources.ttl":
            raise MachineError
        files.save(path, content)

    monkeypatch.setattr(module, "save", fail)
    with pytest.raises(MachineError):
        _begin(small)
    assert bytes_under(small) == before
