"""Registers that cannot be read are told, and leave nothing behind."""

import json
from pathlib import Path

import pytest

from cordiale.model.errors import CordialeError
from cordiale.project.registers import register_named
from tests.link.entity_json import item, snak, statement
from tests.link.registers import LINES


@pytest.mark.parametrize(
    ("against", "code", "said"),
    [
        ("viaf:x", 2, 'C740 "viaf:x" is no register'),
        ("ror:", 2, 'C740 "ror:" is no register'),
        ("ror", 2, "C741 no register of ror was built so far"),
        ("ror:{dir}/none.jsonl", 3, "none.jsonl"),
        ("ror:{dir}/text.jsonl", 1, "text.jsonl:2: C742 this is no record of ROR"),
        ("ror:{dir}/cut.json", 1, "cut.json: C742 the file is no JSON"),
        ("ror:{dir}/cut.jsonl.gz", 1, "cut.jsonl.gz: C743 the file is broken"),
        ("wikidata:{dir}/text.nt", 1, "text.nt:1: C742 the file is no RDF"),
        ("wikidata:{dir}/text.jsonl", 1, "text.jsonl:2:1: C742 the line is not JSON"),
    ],
)
def test_registers_that_cannot_be_read_are_told(tmp_path: Path, against: str, code: int, said: str) -> None:
    """With file and line where there is one, and nothing left behind."""
    (tmp_path / "text.jsonl").write_text(f"{LINES[0]}\nno json\n", encoding="utf-8")
    (tmp_path / "text.nt").write_text("no triple\n", encoding="utf-8")
    (tmp_path / "cut.json").write_text(f"[{LINES[0]}", encoding="utf-8")
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    with pytest.raises(CordialeError) as raised:
        register_named(against.format(dir=tmp_path), tmp_path / "kept")
    assert raised.value.exit_code == code
    assert said in str(raised.value)
    assert not (tmp_path / "kept").exists() or list((tmp_path / "kept").iterdir()) == []


def test_entities_are_records_in_whatever_form(tmp_path: Path) -> None:
    """Entity JSON, a dump, and Turtle: names in our languages, else in any; kind, year, identifiers."""
    leeds = item(
        "Q1",
        statement("Q1$1", snak("P31", "Q3918")),
        statement("Q1$2", snak("P6782", "024mrxd33")),
        statement("Q1$3", snak("P571", ("+1904-00-00T00:00:00Z", 9))),
        statement("Q1$4", snak("P856", "https://www.leeds.ac.uk/")),
        en="University of Leeds",
        de="Universität Leeds",
        fr="université de Leeds",
    )
    kyoto = item("Q2", statement("Q2$1", snak("P31", "Q3918"), rank="deprecated"), ja="京都大学")
    lexeme = {"id": "L1", "type": "lexeme", "lemmas": {}}
    dump = "".join(f"{json.dumps(each)},\n" for each in (leeds, lexeme, kyoto))
    (tmp_path / "dump.json").write_text(f"[\n{dump.rstrip(chr(10)).rstrip(',')}\n]\n")
    (tmp_path / "one.json").write_text(json.dumps({"entities": {"Q1": leeds}}))
    (tmp_path / "one.ttl").write_text(
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix wd: <http://www.wikidata.org/entity/> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        wd:Q1 rdfs:label "University of Leeds"@en , "université de Leeds"@fr ;
            wdt:P31 wd:Q3918 ; wdt:P6782 "024mrxd33" ; wdt:P856 <https://www.leeds.ac.uk/> ;
            wdt:P571 "1904-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> ."""
    )
    found = {
        name: register_named(f"wikidata:{tmp_path / name}", tmp_path / "kept")
        for name in ("dump.json", "one.json", "one.ttl")
    }
    (first,) = {found[name].record(0) for name in found}
    assert [name.text for name in first.names] == ["University of Leeds", "université de Leeds"]
    assert (first.types, first.established) == (("education",), 1904)
    assert first.identifiers == (("wikidata", "Q1"), ("ror", "024mrxd33"))
    assert first.websites == ("https://www.leeds.ac.uk/",)
    second = found["dump.json"].record(1)
    assert len(found["dump.json"]) == 2
    assert (second.label, second.types) == ("京都大学", ())


def test_a_register_is_built_once(tmp_path: Path) -> None:
    """The name alone is the file used last; a changed file is another register; duplicate rows are one."""
    file = tmp_path / "ror.jsonl"
    file.write_text("\n".join([*LINES, LINES[0], ""]), encoding="utf-8")
    first = register_named(f"ror:{file}", tmp_path / "kept")
    assert len(first) == len(LINES)
    assert register_named("ror", tmp_path / "kept").ids == first.ids
    file.write_text(LINES[1], encoding="utf-8")
    assert len(register_named(f"ror:{file}", tmp_path / "kept")) == 1
    assert len([folder for folder in (tmp_path / "kept").iterdir() if folder.is_dir()]) == 2


def test_an_array_is_read_as_lines_are(tmp_path: Path) -> None:
    """The registry publishes one array of records."""
    file = tmp_path / "ror.json"
    file.write_text(f"[{','.join(LINES)}]", encoding="utf-8")
    assert len(register_named(f"ror:{file}", tmp_path / "kept")) == len(LINES)
