"""Small documents that would take all memory there is are refused, and large ones of good will are read."""

import gzip
import io
from pathlib import Path

import pytest

from cordiale.closure.loading import bounds
from cordiale.closure.loading.bounds import Unpacked
from cordiale.closure.loading.documents import document
from cordiale.closure.loading.loading import load
from cordiale.model.errors import SourceError

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'


def _rdf(inside: str, declared: str = "") -> str:
    head = f"<!DOCTYPE rdf:RDF [{declared}]>\n" if declared else ""
    return f"{head}<rdf:RDF {_RDF}>\n{inside}\n</rdf:RDF>"


def _entities(*numbers: int) -> str:
    return "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">\n' for number in numbers)


_USED = '<rdf:Description rdf:about="http://e/a"><e:p>&e8;</e:p></rdf:Description>'
BOMBS = {
    "entities, each ten of the one before": _rdf(_USED, '<!ENTITY e0 "laugh">' + _entities(*range(1, 9))),
    "entities, each ten of the next": _rdf(_USED, _entities(*range(8, 0, -1)) + '<!ENTITY e0 "laugh">'),
    "an entity of itself": _rdf(_USED, '<!ENTITY e8 "&e8;">'),
    "a long entity": _rdf(_USED, f'<!ENTITY e8 "{"x" * 2_000}">'),
    "deep elements": _rdf("<rdf:Description><e:p>" * 1_000 + "</e:p></rdf:Description>" * 1_000),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_xml_bombs_are_stopped(text: str, tmp_path: Path) -> None:
    """Where the prolog, or the element, is at fault."""
    (tmp_path / "x.rdf").write_text(text)
    with pytest.raises(SourceError, match=r"x\.rdf:\d+:\d+: C627") as caught:
        load([tmp_path / "x.rdf"], ())
    assert caught.value.problems[0].remedy


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    """As ontology editors write them, one within another."""
    declared = '<!ENTITY e "http://e/">\n<!ENTITY part "&e;part#">'
    inside = '<rdf:Description rdf:about="&part;a"><e:p rdf:resource="&e;b"/></rdf:Description>'
    (tmp_path / "x.owl").write_text(_rdf(inside, declared))
    texts = load([tmp_path / "x.owl"], ()).texts.to_pylist()
    assert {"<http://e/part#a>", "<http://e/p>", "<http://e/b>"} == set(texts)


def test_nothing_outside_is_fetched(tmp_path: Path) -> None:
    """An entity that is a file gives nothing of it."""
    (tmp_path / "secret").write_text("a secret")
    declared = f'<!ENTITY e8 SYSTEM "{(tmp_path / "secret").as_uri()}">'
    (tmp_path / "x.rdf").write_text(_rdf(_USED, declared))
    with pytest.raises(SourceError) as caught:
        load([tmp_path / "x.rdf"], ())
    assert "a secret" not in str(caught.value)


def test_xml_that_is_cut_short_has_a_place(tmp_path: Path) -> None:
    """The line and column where it ends."""
    (tmp_path / "x.rdf").write_text(_rdf(_USED)[:-10])
    with pytest.raises(SourceError, match=r"x\.rdf:\d+:\d+: C621"):
        load([tmp_path / "x.rdf"], ())


def test_what_unpacks_out_of_proportion_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Zeros pack to a thousandth; sentences, and whatever is small, are read to their end."""
    monkeypatch.setattr(bounds, "_ALWAYS_FINE", 1 << 20)
    with pytest.raises(SourceError, match="C626"):
        Unpacked(io.BytesIO(gzip.compress(b"0" * (8 << 20))), "x.nt.gz").read()
    fine = "".join(f"<http://e/{at}> <http://e/p> <http://e/{at * at}> .\n" for at in range(50_000)).encode()
    assert Unpacked(io.BytesIO(gzip.compress(fine)), "x.nt.gz").read() == fine
    assert Unpacked(io.BytesIO(gzip.compress(b"0" * (1 << 20))), "x.nt.gz").read() == b"0" * (1 << 20)
    (tmp_path / "x.ttl.gz").write_bytes(gzip.compress(b"#" * (8 << 20)))
    with pytest.raises(SourceError, match=r"x\.ttl\.gz: C626"):
        load([document(tmp_path / "x.ttl.gz")], ())


def test_a_line_may_be_long_but_not_endless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Five megabytes are a long text; what never ends is no line."""
    long = f'<http://e/a> <http://e/p> "{"x" * (5 << 20)}" .\n'
    (tmp_path / "x.nt").write_text("# first\n" + long)
    assert max(map(len, load([tmp_path / "x.nt"], ()).texts.to_pylist())) == (5 << 20) + 2
    monkeypatch.setattr("cordiale.closure.loading.ntriples.LONGEST_LINE", 1 << 22)
    monkeypatch.setattr("cordiale.closure.loading.ntriples._BLOCK", 1 << 20)
    with pytest.raises(SourceError, match=r"x\.nt:2: C625"):
        load([tmp_path / "x.nt"], ())


def test_a_term_may_be_as_long_as_the_parser_takes(tmp_path: Path) -> None:
    """In Turtle, and in lines that the parser has to judge."""
    text = f'<http://e/a> <http://e/p> "{"x" * (17 << 20)}\\u0041" .'
    for name in ("x.ttl", "x.nt"):
        (tmp_path / name).write_text(text)
        with pytest.raises(SourceError, match=f"{name}: C625 a term is longer than 16 MB"):
            load([tmp_path / name], ())
