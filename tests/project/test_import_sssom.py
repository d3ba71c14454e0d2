"""Mapping sets in a project: refused whole or taken whole."""

from pathlib import Path

import pytest
from rdflib import SKOS, URIRef

from cordiale.model.errors import SourceError, UsageError
from cordiale.model.problems import Severity
from cordiale.project.import_sssom import import_sssom
from cordiale.project.knowledge_graph import open_project
from cordiale.read.mapping_table import read_table
from tests.read.mapping_sets import HEADER, ROW, mapping_set
from tests.small_project import SOURCES, bytes_under, small

__all__ = ["small"]

_OTHER = ("id:cambridge", *ROW[1:3], "ror:013meh722", *ROW[4:])


def _write(root: Path, name: str, content: str | bytes) -> Path:
    path = root.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_set_becomes_a_source(small: Path) -> None:
    """Its rows are triples of a source that the catalogue describes; repeated rows are told."""
    path = _write(small, "ROR matches.sssom.tsv", mapping_set(ROW, _OTHER, ROW))
    report = import_sssom(small, [path], name=None)
    assert (report.taken, report.files) == (2, 1)
    assert [(kind.code, kind.outcome, kind.places[0].line) for kind in report.losses.kinds()] == [
        ("C730", "mended", 11)
    ]
    kg = open_project(small)
    found = kg.graph.quads((None, SKOS.exactMatch, URIRef("https://ror.org/013meh722"), None))
    assert [str(quad[3]) for quad in found] == [f"{SOURCES}links/ror-matches"]
    assert kg.check() == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (mapping_set(ROW, ("orr:1", *ROW[1:])), "C133"),
        (mapping_set(ROW, ("id:a b", *ROW[1:])), "C135"),
        (mapping_set(ROW, header=HEADER.replace("mapping_set_id: https:", "mapping_set_id: ")), "C137"),
    ],
)
def test_a_set_in_which_anything_is_wrong_is_refused(small: Path, text: str, code: str) -> None:
    """An unknown prefix or a value that SSSOM does not allow changes nothing."""
    before = bytes_under(small / "data")
    good = _write(small, "good.sssom.tsv", mapping_set(_OTHER))
    bad = _write(small, "bad.sssom.tsv", text)
    with pytest.raises(SourceError, match=code):
        import_sssom(small, [good, bad], name=None)
    assert bytes_under(small / "data") == before


@pytest.mark.parametrize("licence", ["", "#license: free\n"])
def test_a_set_without_licence_is_taken_and_told(small: Path, licence: str) -> None:
    """It stays as it is; neither import nor check nor build refuses what others left out."""
    header = "".join(line for line in HEADER.splitlines(True) if "license" not in line) + licence
    text = mapping_set(ROW, header=header)
    report = import_sssom(small, [_write(small, "theirs.sssom.tsv", text)], name=None)
    assert [(kind.code, kind.outcome) for kind in report.losses.kinds()] == [("C137", "kept")]
    assert (small / "data/links/theirs.sssom.tsv").read_text(encoding="utf-8") == text
    problems = open_project(small).check()
    assert [(each.code, each.severity) for each in problems] == [("C137", Severity.WARNING)]


@pytest.mark.parametrize(("name", "rows"), [("positive", 12441), ("negative", 1887), ("unsure", 110)])
def test_sets_of_others_come_back_without_loss(small: Path, shared: Path, name: str, rows: int) -> None:
    """Read, written and read again: header, columns and rows are what they were; again, the bytes are."""
    path = shared / f"datasets/sssom-biomappings/{name}.sssom.tsv"
    report = import_sssom(small, [path], name=None)
    losses = [(kind.code, kind.outcome, kind.count) for kind in report.losses.kinds()]
    assert losses == [("C137", "kept", 1)]
    assert report.taken == rows
    target = small / f"data/links/{name}.sssom.tsv"
    before, after = (read_table(each.read_text(encoding="utf-8"), path=name) for each in (path, target))
    assert (after.head, after.columns) == (before.head, before.columns)
    assert [row.cells for row in after.rows] == [row.cells for row in before.rows]
    first = target.read_bytes()
    import_sssom(small, [target], name=None)
    assert target.read_bytes() == first


def test_metadata_beside_it_and_another_encoding(small: Path) -> None:
    """A header in a file of its own goes into the set; Windows-1252 and a byte order mark are mended."""
    header = "".join(f"{line[1:]}\n" for line in HEADER.splitlines())
    table = mapping_set(("id:ens", "École", *ROW[2:]), header="")
    _write(small, "side.sssom.yml", header)
    report = import_sssom(small, [_write(small, "side.sssom.tsv", table.encode("cp1252"))], name=None)
    assert [kind.code for kind in report.losses.kinds()] == ["C701"]
    text = (small / "data/links/side.sssom.tsv").read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert "École" in text
    marked = _write(small, "side.sssom.tsv", b"\xef\xbb\xbf" + table.replace("\n", "\r\n").encode())
    assert import_sssom(small, [marked], name=None).taken == 1


def test_names(small: Path) -> None:
    """A set replaces itself, and no other; one name is for one set."""
    first = _write(small, "a.sssom.tsv", mapping_set(ROW))
    import_sssom(small, [first], name="mine")
    import_sssom(small, [first], name="mine")
    other = mapping_set(ROW, header=HEADER.replace("links/ror", "links/another"))
    with pytest.raises(UsageError, match='C731 "links/mine" is another mapping set'):
        import_sssom(small, [_write(small, "b.sssom.tsv", other)], name="mine")
    with pytest.raises(UsageError, match="C732"):
        import_sssom(small, [first, small / "b.sssom.tsv"], name="mine")
    with pytest.raises(UsageError, match="C731"):
        import_sssom(small, [first], name="…")
