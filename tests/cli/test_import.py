"""``cordiale import`` and ``cordiale export`` for Wikidata, as one types them."""

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.link.entity_json import item, reference, snak, statement
from tests.read.mapping_sets import ROW, mapping_set
from tests.small_project import bytes_under
from tests.test_doc_commands import blocks, commands

_CITED = reference(snak("P854", "https://example.org/book"), name="aa")
_UNIVERSITY = item(
    "Q2",
    statement("Q2$1", snak("P31", "Q3918")),
    statement("Q2$2", snak("P571", ("+1209-00-00T00:00:00Z", 9)), references=(_CITED,)),
    statement("Q2$3", snak("P999", "x")),
    en="University",
    fr="Université",
)


def _write(folder: Path, *lines: object) -> Path:
    path = folder / "dump.json"
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in lines))
    return path


def test_a_report_says_what_was_lost(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """Outcomes, counts, places, and where all of them stand; nothing refused is success."""
    done = cordiale("import", "wikidata", _write(tmp_path, _UNIVERSITY), "-C", small)
    assert (done.code, done.err) == (0, "")
    assert "1 entities in 3 files under data/wikidata" in done.out
    assert "0 refused, 0 mended, 1 kept; each with its line in data/wikidata/losses.tsv" in done.out
    assert "no term says P999" in done.out
    rows = (small / "data/wikidata/losses.tsv").read_text().splitlines()
    assert [row.split("\t")[1:] for row in rows] == [
        ["line", "code", "outcome", "what"],
        ["1", "C704", "kept", "no term says P999"],
    ]
    assert cordiale("check", small).code == 0
    shown = cordiale("show", "University", "-C", small)
    assert "1209" in shown.out


def test_what_is_refused_ends_with_1(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """A truncated line is told with its place, in the JSON report too, and the rest is imported."""
    dump = _write(tmp_path, _UNIVERSITY, '{"type": "item", "id": "Q5"')
    done = cordiale("import", "wikidata", dump, "--format", "json", "-C", small)
    assert done.code == 1
    told = json.loads(done.out)
    assert told["taken"] == 1
    first = told["losses"][0]
    assert (first["outcome"], first["code"], first["first"]) == ("refused", "C700", [f"{dump}:2:28"])


def test_a_choice_by_ids_in_a_file(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """Ids stand in a file, parted by white space or commas."""
    ids = tmp_path / "ids.txt"
    ids.write_text("Q9, Q2\n")
    dump = _write(tmp_path, _UNIVERSITY, item("Q9", en="x"), item("Q10", en="y"))
    done = cordiale("import", "wikidata", dump, "--ids", ids, "-C", small)
    assert "2 entities" in done.out
    assert cordiale("import", "wikidata", dump, "--ids", tmp_path / "none", "-C", small).code == 3
    assert cordiale("import", "wikidata", dump, "--id", "x9", "-C", small).code == 2


def test_ror_and_sssom(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """The other two registers print the same report."""
    record = {"id": "https://ror.org/013meh722", "name": "Cambridge", "types": [], "status": "active"}
    done = cordiale("import", "ror", _write(tmp_path, record), "-C", small)
    assert (done.code, "1 records in 1 files under data/ror" in done.out) == (0, True)
    table = tmp_path / "a.sssom.tsv"
    table.write_text(mapping_set(ROW))
    done = cordiale("import", "sssom", table, "--name", "mine", "-C", small)
    assert (done.code, "1 mappings in 1 files under data/links" in done.out) == (0, True)
    before = bytes_under(small / "data")
    table.write_text(mapping_set(("orr:1", *ROW[1:])))
    done = cordiale("import", "sssom", table, "-C", small)
    assert (done.code, done.out) == (1, "")
    assert f"{table}:9:1: C133" in done.err
    assert bytes_under(small / "data") == before


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_what_comes_by_a_pipe_is_imported_too(
    cordiale: Cordiale, small: Path, pack: Callable[[bytes], bytes]
) -> None:
    """Packed or not, JSON or RDF, though it is read more than once; nothing tells of the file in between."""
    whole = ("import", "wikidata", "-", "--steps", "1", "--id", "Q2", "-C", small)
    done = cordiale(*whole, stdin=pack(json.dumps(_UNIVERSITY).encode()))
    assert (done.code, "1 entities" in done.out, "stdin" in done.out) == (0, True, True)
    turtle = b"@prefix wd: <http://www.wikidata.org/entity/> .\nwd:Q1 wd:P1 wd:Q2 .\n"
    refused = cordiale("import", "wikidata", "-", "-C", small, stdin=pack(turtle))
    assert (refused.code, "C719" in refused.out, "/cordiale-stdin" in refused.out) == (1, True, False)
    record = {"id": "https://ror.org/013meh722", "name": "Cambridge", "types": [], "status": "active"}
    done = cordiale("import", "ror", "-", "-C", small, stdin=pack(json.dumps([record]).encode()))
    assert (done.code, "1 records" in done.out) == (0, True)


@pytest.mark.parametrize("register", ["ror", "wikidata"])
@pytest.mark.parametrize("sent", [b"", b"\n", b"[]\n", gzip.compress(b"")])
def test_nothing_is_refused_and_writes_nothing(
    cordiale: Cordiale, small: Path, register: str, sent: bytes
) -> None:
    """An empty input is a command that failed before; it is no register that has nothing."""
    before = bytes_under(small)
    done = cordiale("import", register, "-", "-C", small, stdin=sent)
    assert (done.code, done.err) == (1, "")
    assert "refused" in done.out
    assert "C700" in done.out
    assert "the file holds nothing" in done.out
    assert done.out.endswith("1 refused, 0 mended, 0 kept; nothing was written\n")
    assert bytes_under(small) == before


def test_nothing_is_written_where_nothing_is_taken(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """Since all was refused, or since what is asked for is not there."""
    before = bytes_under(small)
    broken = cordiale("import", "wikidata", _write(tmp_path, '{"type": "item"'), "-C", small)
    assert (broken.code, "C700" in broken.out) == (1, True)
    absent = cordiale("import", "wikidata", _write(tmp_path, _UNIVERSITY), "--id", "Q7", "-C", small)
    assert (absent.code, "C722" in absent.out) == (0, True)
    told = cordiale("import", "ror", _write(tmp_path, "7"), "-C", small, "--format", "json")
    assert (told.code, json.loads(told.out)["report"]) == (1, "")
    assert bytes_under(small) == before


def test_a_file_that_is_named_twice_is_read_once(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """However it is spelt: nothing is counted twice."""
    dump = _write(tmp_path, _UNIVERSITY)
    again = tmp_path / "x" / ".." / "dump.json"
    (tmp_path / "x").mkdir()
    once = cordiale("import", "wikidata", dump, "-C", small)
    assert "1 entities" in once.out
    assert "0 refused, 0 mended, 1 kept" in once.out
    assert cordiale("import", "wikidata", again, dump, "-C", small).out == once.out
    record = {"id": "https://ror.org/013meh722", "name": "Cambridge", "types": [], "status": "active"}
    dump = _write(tmp_path, record)
    assert (
        cordiale("import", "ror", again, dump, "-C", small).out
        == cordiale("import", "ror", dump, "-C", small).out
    )
    table = tmp_path / "a.sssom.tsv"
    table.write_text(mapping_set(ROW))
    done = cordiale("import", "sssom", table, table, "--name", "mine", "-C", small)
    assert (done.code, "1 mappings" in done.out) == (0, True)


def test_a_set_from_a_pipe_needs_a_name(cordiale: Cordiale, small: Path) -> None:
    """There is no name of a file to take; what is wrong with it is told of stdin."""
    text = mapping_set(ROW).encode()
    unnamed = cordiale("import", "sssom", "-", "-C", small, stdin=text)
    assert (unnamed.code, unnamed.err.split("\n")[0]) == (2, 'C731 "-" is no name of a source')
    done = cordiale("import", "sssom", "-", "--name", "mine", "-C", small, stdin=text)
    assert (done.code, "1 mappings" in done.out) == (0, True)
    wrong = cordiale(
        "import", "sssom", "-", "--name", "x", "-C", small, stdin=text.replace(b"ror:0", b"orr:0")
    )
    assert (wrong.code, wrong.err.split(" ")[0]) == (1, "stdin:9:34:")


def test_export_for_wikidata(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """QuickStatements to stdout, a table with --dry-run, nothing when Wikidata has it all."""
    dump = _write(tmp_path, _UNIVERSITY)
    cordiale("import", "wikidata", dump, "-C", small)
    done = cordiale("export", "--format", "quickstatements", "-C", small)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Q2\tP31\tQ3918",
        'Q2\tP571\t+1209-00-00T00:00:00Z/9\tS854\t"https://example.org/book"',
        'Q2\tP999\t"x"',
    ]
    table = cordiale("export", "--format", "quickstatements", "--dry-run", "-C", small)
    assert "University" in table.out
    assert "qualifiers" in table.out
    lacking = cordiale("export", "--format", "quickstatements", "--missing-in", dump, "-C", small)
    assert (lacking.code, lacking.out, lacking.err) == (0, "", "")
    target = tmp_path / "out.ttl"
    assert cordiale("export", "--format", "wikidata", "-o", target, "-C", small).out == ""
    assert "wdt:P31 wd:Q3918 ;" in target.read_text()


def test_the_how_to_runs(cordiale: Cordiale, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the how-to works in a project, and the report is what the page shows."""
    page = "how-to/import-wikidata-and-ror.md"
    monkeypatch.chdir(small)
    cited = reference(snak("P854", "https://example.org/book"), name="aa")
    founded = statement("Q35794$2", snak("P571", ("+1209-00-00T00:00:00Z", 9)), references=(cited,))
    others = (statement("Q35794$1", snak("P31", "Q3918")), statement("Q35794$3", snak("P999", "x")))
    text = json.dumps(item("Q35794", *others, founded, en="Cambridge", fr="Cambridge"))
    Path("Q35794.json").write_text(text)
    Path("dump.json.bz2").write_bytes(bz2.compress(f"[\n{text}\n]\n".encode()))
    Path("ids.txt").write_text("Q35794\n")
    record = {"id": "https://ror.org/013meh722", "name": "Cambridge", "types": [], "status": "active"}
    Path("ror-data.json").write_text(json.dumps([record]))
    Path("matches.sssom.tsv").write_text(mapping_set(ROW))
    for block in blocks(page, "sh"):
        for arguments in commands(block):
            assert cordiale(*arguments).code == 0, arguments
    (block,) = blocks(page, "console")
    command, _, expected = block.partition("\n")
    ((*arguments,),) = commands(command)
    assert cordiale(*arguments).out == expected


def test_flags_for_wikidata_alone(cordiale: Cordiale, small: Path) -> None:
    """--missing-in and --dry-run mean nothing for other formats, and --triples nothing for Wikidata's."""
    for flags in (("--dry-run",), ("--missing-in", "x"), ("--format", "wikidata", "--triples", "both")):
        done = cordiale("export", *flags, "-C", small)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("C734 ")
