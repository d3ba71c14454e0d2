"""Registers that cannot be read are told, and leave nothing behind."""

from pathlib import Path

import pytest

from cordiale.model.errors import CordialeError
from cordiale.project.registers import register_named
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
        ("wikidata:{dir}/text.jsonl", 1, "C742 the file is no N-Triples"),
    ],
)
def test_registers_that_cannot_be_read_are_told(tmp_path: Path, against: str, code: int, said: str) -> None:
    """With file and line where there is one, and nothing left behind."""
    (tmp_path / "text.jsonl").write_text(f"{LINES[0]}\nno json\n", encoding="utf-8")
    (tmp_path / "cut.json").write_text(f"[{LINES[0]}", encoding="utf-8")
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    with pytest.raises(CordialeError) as raised:
        register_named(against.format(dir=tmp_path), tmp_path / "kept")
    assert raised.value.exit_code == code
    assert said in str(raised.value)
    assert not (tmp_path / "kept").exists() or list((tmp_path / "kept").iterdir()) == []


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
