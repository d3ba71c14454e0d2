"""``cordiale publish``: which flags go together, and what is told of a release."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.small_project import SOURCES, bytes_under

ABOUT = f"""
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{SOURCES}> rdfs:label "Lights at sea"@en , "Feux en mer"@fr ; dcterms:creator "A" ;
    dcterms:license <https://example.org/licence> .
"""


def test_a_release_is_told(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """Folder, number of files and fingerprint go to stdout."""
    (built / "ontology/dataset.ttl").write_text(ABOUT, encoding="utf-8")
    done = cordiale("publish", "--release", "1.0", tmp_path / "out", "--date", "2026-11-29", "-C", built)
    assert (done.code, done.err) == (0, "")
    fingerprint = (tmp_path / "out/canonical.nq.sha256").read_text().split()[0]
    assert fingerprint in done.out
    assert str(len(bytes_under(tmp_path / "out"))) in done.out


def test_a_release_that_fails_its_checks(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """The problems go to stderr, nothing is written, and the code is 1."""
    (built / "ontology/dataset.ttl").write_text(ABOUT, encoding="utf-8")
    (built / "queries/taller.expected.csv").write_text("false\n")
    done = cordiale("publish", "--release", "1.0", tmp_path / "out", "-C", built)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("queries/taller.rq: C422 ")
    assert done.err.endswith("nothing was written: a release has no violation\n")
    assert not (tmp_path / "out").exists()


def test_a_site_that_fails_its_checks(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """As with a release: the problems go to stderr, nothing is written, and the code is 1."""
    (built / "queries/taller.expected.csv").write_text("false\n")
    done = cordiale("publish", tmp_path / "out", "-C", built)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("queries/taller.rq: C422 ")
    assert done.err.endswith("nothing was written: a site has no violation\n")
    assert not (tmp_path / "out").exists()


def test_a_site_with_a_warning(cordiale: Cordiale, built: Path, tmp_path: Path) -> None:
    """What is no violation is told, and the site is written."""
    source = "https://www.example.fr/2025-07-09-feux"
    assert cordiale("new", "source", source, "--language", "fr", "-C", built).code == 0
    done = cordiale("publish", tmp_path / "out", "-C", built)
    assert done.code == 0
    assert [line.split(" ")[1] for line in done.err.splitlines()[::2]] == ["C526", "C527"]
    assert (tmp_path / "out/index.html").is_file()


def test_an_odd_address_is_no_matter(
    cordiale: Cordiale, built: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A literal that XSD takes for an address and rdflib does not: nobody is told how rdflib is made."""
    with (built / "data/almanac/1901.ttl").open("a", encoding="utf-8") as file:
        file.write(':skerry-light rdfs:seeAlso "http://x.example/{a}|b"^^xsd:anyURI .\n')
    done = cordiale("publish", tmp_path / "out", "-C", built)
    assert (done.code, done.err, caplog.text) == (0, "", "")
    assert "{a}|b" in (tmp_path / "out/en/thing/skerry-light.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "C571 a site needs a folder"),
        (("site", "--date", "2026-11-29"), "C571 --date is for --release"),
        (("site", "--url", "https://example.org/"), "C571 --url is for --release"),
        (("--release", "", "site"), 'C572 "" is no version'),
        (("--release", "one two"), 'C572 "one two" is no version'),
        (("--release", "1", "--date", "today"), 'C573 "today" is no date'),
        (("--release", "1"), f"C575 the project does not say what it is: <{SOURCES}> lacks rdfs:label"),
    ],
)
def test_wrong_use(cordiale: Cordiale, built: Path, arguments: tuple[str, ...], said: str) -> None:
    """Each is told in a sentence, and nothing is written."""
    before = bytes_under(built)
    done = cordiale("publish", *arguments, "-C", built)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert bytes_under(built) == before


@pytest.mark.parametrize("arguments", [(), ("--release", "1", "--date", "2026-11-29")])
@pytest.mark.parametrize("path", ["data/site", "queries", "shapes/x/y", "ontology/../data/new", "linked/x"])
def test_a_folder_of_the_project_is_refused(
    cordiale: Cordiale, built: Path, arguments: tuple[str, ...], path: str
) -> None:
    """What the project is read from gets no pages and no exports, by whatever path."""
    (built / "ontology/dataset.ttl").write_text(ABOUT, encoding="utf-8")
    (built / "linked").symlink_to(built / "data")
    before = bytes_under(built)
    done = cordiale("publish", *arguments, built / path, "-C", built)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{built / path}: C576 the project is read from ")
    assert "\n  name a folder elsewhere" in done.err
    assert bytes_under(built) == before


def test_a_database_is_no_folder_of_the_project(cordiale: Cordiale, built: Path) -> None:
    """A name that begins like one of them is none."""
    done = cordiale("publish", built / "database", "-C", built)
    assert (done.code, done.err) == (0, "")
    assert (built / "database/index.html").is_file()
