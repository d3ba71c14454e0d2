"""What the catalogue says of sources, where it errs, and what names mean."""

from pathlib import Path

import pytest
from rdflib import URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.sources import Source
from cordiale.read.catalogue import find_sources
from cordiale.read.folder import ProjectFiles, read_project
from tests.read.project import HEAD, SETTINGS, SOURCES, write_project

ENTITIES = f"""{HEAD}
:cambridge rdfs:label "Université de Cambridge"@fr , "University of Cambridge"@en .
:tier-press rdfs:label "presse"@fr .
"""
SUMMARY = "cord:access :access-summary-only"


def project(root: Path, catalogue: str, *names: str) -> ProjectFiles:
    """A project with this catalogue and an empty file for each name."""
    files: dict[str, str | bytes] = {f"data/{name}.ttl": "" for name in names}
    files |= {"data/entities.ttl": ENTITIES, "data/sources.ttl": HEAD + catalogue}
    settings = SETTINGS.replace('["sources"]', '["sources", "entities"]')
    return read_project(write_project(root, files, settings=settings))


def said(read: ProjectFiles) -> list[str]:
    """Each problem on one line, its remedy after a bar."""
    return [str(problem).replace("\n ", " |") for problem in read.problems]


def test_sources_are_described(tmp_path: Path) -> None:
    """All that the catalogue says arrives, labels in the first language that has one."""
    read = project(
        tmp_path,
        """
        <cam/news> rdfs:label "Actualité"@fr , "News"@en ;
            dcterms:publisher :cambridge ; dcterms:issued "2025-07"^^xsd:gYearMonth ; dcterms:language "en" ;
            cord:tier :tier-press ; cord:access :access-read ;
            dcterms:identifier "S07" , "[2]" ; cord:restsOn <ox/news> , <cam/data> .
        <cam/data> rdfs:label "Données"@fr . <ox/news> rdfs:label "News" .
        """,
        "cam/news",
        "cam/data",
        "ox/news",
    )
    assert {problem.code for problem in read.problems} == {"C526"}  # the files are empty
    by_name = {source.name: source for source in read.sources}
    assert by_name["cam/news"] == Source(
        name="cam/news",
        iri=URIRef(SOURCES + "cam/news"),
        path="data/cam/news.ttl",
        label="News",
        publisher="University of Cambridge",
        issued="2025-07",
        language="en",
        tier="presse",
        access="access-read",
        identifiers=("S07", "[2]"),
        rests_on=(URIRef(SOURCES + "cam/data"), URIRef(SOURCES + "ox/news")),
    )
    assert by_name["cam/data"].label == "Données"
    assert by_name["ox/news"].label == "News"


def test_a_file_needs_an_entry_unless_trusted(tmp_path: Path) -> None:
    """A document that the catalogue does not know is a violation at that file."""
    assert said(project(tmp_path, "", "cam/news")) == [
        'data/cam/news.ttl: C201 the catalogue does not describe "cam/news" | '
        f"add <{SOURCES}cam/news> to data/sources.ttl, with its label, publisher and access"
    ]


def test_a_document_that_was_read_needs_a_file(tmp_path: Path) -> None:
    """An entry without file is a warning if the document was read; a folder's files are its file."""
    read = project(
        tmp_path,
        "<cam> cord:access :access-read .\n<cam/p1> a :x .\n<ox> cord:access :access-read .\n"
        f"<ip> {SUMMARY} .\n<c> cord:access :read .\n:elsewhere cord:access :access-read .",
        "cam/p1",
    )
    assert said(read) == [
        'data/sources.ttl:11:17: C202 "c" was read, but there is no file of what it says | '
        "write data/c.ttl, or say in cord:access how far it was read",
        'data/sources.ttl:9:18: C202 "ox" was read, but there is no file of what it says | '
        "write data/ox.ttl, or say in cord:access how far it was read",
    ]


def test_cycles_are_found_all_of_them(tmp_path: Path) -> None:
    """Sources that rest on each other are told once a cycle, at a statement that closes it."""
    read = project(
        tmp_path,
        "<a> cord:restsOn <b> . <b> cord:restsOn <c> .\n<c> cord:restsOn <a> , <d> .\n<d> cord:restsOn <d> .",
        *"abcd",
    )
    assert said(read) == [
        "data/sources.ttl:7:18: C203 sources rest on each other: a on b on c on a | "
        "take out the cord:restsOn that is not so",
        "data/sources.ttl:9:18: C203 sources rest on each other: d on d | "
        "take out the cord:restsOn that is not so",
    ]


def test_a_shared_ground_is_no_cycle(tmp_path: Path) -> None:
    """Two ways to one source are as they should be."""
    read = project(
        tmp_path,
        "<a> cord:restsOn <b> , <c> . <b> cord:restsOn <d> . <c> cord:restsOn <d> . <d> a :x .",
        *"abcd",
    )
    assert read.problems == ()


def test_unknown_ground_is_told_with_near_names(tmp_path: Path) -> None:
    """What a source rests on must be a file or an entry."""
    read = project(
        tmp_path,
        "<cam/news> cord:restsOn <cam/dta> , <zzz> , <unseen> .\n"
        f"<unseen> {SUMMARY} . <cam/data> {SUMMARY} .",
        "cam/news",
        "cam/data",
    )
    assert said(read) == [
        'data/sources.ttl:7:25: C204 "cam/news" rests on the unknown "cam/dta" | did you mean "cam/data"?',
        'data/sources.ttl:7:37: C204 "cam/news" rests on the unknown "zzz" | describe it in the catalogue',
    ]


def test_a_missing_catalogue_is_one_problem(tmp_path: Path) -> None:
    """Without catalogue not every file is blamed."""
    write_project(
        tmp_path, {"data/a.ttl": "", "data/b.ttl": ""}, settings=SETTINGS.replace('["sources"]', "[]")
    )
    assert said(read_project(tmp_path)) == [
        'pyproject.toml: C205 there is no catalogue: no source is called "sources" | '
        "write data/sources.ttl, or correct the key catalogue of [tool.cordiale]"
    ]


def source(name: str, *identifiers: str) -> Source:
    """A source of this name."""
    return Source(name=name, iri=URIRef(SOURCES + name), path=f"data/{name}.ttl", identifiers=identifiers)


KNOWN = (
    source("cam/news", "S07", "[2]", "both"),
    source("cam/paper", "both"),
    source("camera"),
    source("ip"),
    source("ip/p1"),
    source("Ox"),
    source("ox"),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("cam/news", ["cam/news"]),
        ("Cam/NEWS", ["cam/news"]),
        ("data/cam/news.ttl", ["cam/news"]),
        (f"{SOURCES}cam/news", ["cam/news"]),
        (f"<{SOURCES}cam/news>", ["cam/news"]),
        ("[2]", ["cam/news"]),
        ("s07", ["cam/news"]),
        ("cam", ["cam/news", "cam/paper"]),
        ("CAM/", ["cam/news", "cam/paper"]),
        ("data/cam", ["cam/news", "cam/paper"]),
        (f"{SOURCES}cam", ["cam/news", "cam/paper"]),
        ("ip/", ["ip/p1"]),
        ("data/ip.ttl", ["ip"]),
        ("ox", ["ox"]),
        ("OX", ["Ox", "ox"]),
    ],
)
def test_names_find_sources(name: str, found: list[str]) -> None:
    """Name, path, IRI, folder and identifier all work."""
    assert [each.name for each in find_sources(name, KNOWN)] == found


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("cam/nws", 'did you mean "cam/news" or "cam"?'),
        ("CAMRA", 'did you mean "camera" or "cam"?'),
        ("S7", 'did you mean "S07"?'),
        ("qqqq", "cordiale sources lists them all"),
        ("", "cordiale sources lists them all"),
    ],
)
def test_unknown_names_are_wrong_use(name: str, remedy: str) -> None:
    """A name that means nothing is met with near ones."""
    with pytest.raises(NotFoundError) as caught:
        find_sources(name, KNOWN)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.remedy) == ("C210", f'there is no source "{name}"', remedy)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Both", 'it is the identifier of each of these, so write "cam/news" or "cam/paper"'),
        ("ip", 'write "ip/" for the folder, "data/ip.ttl" for the file'),
    ],
)
def test_ambiguous_names_are_wrong_use(name: str, remedy: str) -> None:
    """A name that may mean one thing or another is never guessed at."""
    with pytest.raises(UsageError) as caught:
        find_sources(name, KNOWN)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.remedy) == (
        "C211",
        f'"{name}" means several sources',
        remedy,
    )
