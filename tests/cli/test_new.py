"""``cordiale new``: begin a source."""

from pathlib import Path

from tests.cli.conftest import Cordiale


def test_a_source_is_begun(cordiale: Cordiale, small: Path) -> None:
    """The command says which files it wrote and what to write there, and the checks warn until it is done."""
    done = cordiale(
        "new", "source", "https://www.example.fr/2025-07-09-feux", "--language", "fr", "-C", small
    )
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "data/example/2025-07-09.ttl: write what the document states\n"
        "data/sources.ttl: complete the entry <example/2025-07-09>: label, publisher, date, tier, access\n"
    )
    checked = cordiale("check", small)
    assert checked.code == 0
    assert [line.split(" ")[1] for line in checked.out.splitlines()[::2]] == ["C526", "C527"]
    assert '    dcterms:language "fr" ;\n' in (small / "data/sources.ttl").read_text()


def test_a_source_that_exists_is_refused(cordiale: Cordiale, small: Path) -> None:
    """A name that is taken is wrong use, and both files stay."""
    before = (small / "data/sources.ttl").read_bytes()
    done = cordiale("new", "source", "https://example.org/x", "--name", "almanac/1901", "-C", small)
    assert (done.code, done.out) == (2, "")
    assert done.err == 'C523 there is a source "almanac/1901" already\n  give another --name folder/file\n'
    assert (small / "data/sources.ttl").read_bytes() == before
