"""JSON values one after another, from lists, lines and packed files; what is broken is told by its line."""

import bz2
import gzip
import io
import json
from pathlib import Path

import pytest

from cordiale.link.json_values import open_packed, read_json_values
from cordiale.model.problems import Problem

_VALUES = [{"id": "Q1", "text": "é, [1]\n{"}, {"id": "Q2"}, {"id": "Q3", "deep": {"a": [1, 2.50, None]}}]


def _read(data: bytes) -> list[tuple[int, object]]:
    """Line and value, or line and code."""
    found: list[tuple[int, object]] = []
    for each in read_json_values(io.BytesIO(data), path="x.json"):
        if isinstance(each, Problem):
            assert each.place is not None
            found.append((each.place.line or 0, each.code))
        else:
            found.append(each)
    return found


def _lines(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (_lines("[", ",\n".join(map(json.dumps, _VALUES)), "]", ""), [2, 3, 4]),
        (_lines(*map(json.dumps, _VALUES)), [1, 2, 3]),
        (json.dumps(_VALUES).encode(), [1, 1, 1]),
        (json.dumps(_VALUES, indent=2, ensure_ascii=False).encode(), [2, 6, 9]),
        (b"\xef\xbb\xbf" + _lines("[", ",\n".join(map(json.dumps, _VALUES)), "]"), [2, 3, 4]),
        (_lines("", *map(json.dumps, _VALUES), "", ""), [2, 3, 4]),
    ],
    ids=["a dump", "lines", "a list on one line", "an indented list", "a byte order mark", "empty lines"],
)
def test_layouts(data: bytes, lines: list[int]) -> None:
    """Each layout gives the same values, with the lines on which they begin."""
    assert _read(data) == list(zip(lines, _VALUES, strict=True))


def test_large_values_need_no_lines() -> None:
    """A list without line breaks, of values larger than what is read at once."""
    values = [{"id": f"Q{number}", "text": "x" * 150_000} for number in range(5)]
    assert [value for _, value in _read(json.dumps(values, indent=1).encode())] == values


def test_a_broken_line_is_passed_over() -> None:
    """In a file of lines, what comes after a broken one is read."""
    first, second, third = map(json.dumps, _VALUES)
    data = _lines("[", f"{first},", f"{second[:-3]},", f"{third}", "]")
    assert _read(data) == [(2, _VALUES[0]), (3, "C700"), (4, _VALUES[2])]


def test_a_truncated_document_is_told() -> None:
    """A document that ends too early gives what was whole, and the line of its end."""
    text = json.dumps(_VALUES, indent=2)
    assert _read(text[:-20].encode())[:2] == [(2, _VALUES[0]), (6, _VALUES[1])]
    assert [code for _, code in _read(text[:-20].encode())[2:]] == ["C700"]
    assert _read(json.dumps(_VALUES[0])[:-4].encode()) == [(1, "C700")]


def test_another_encoding_is_mended_and_told() -> None:
    """A line in Windows-1252 is read as that; the others stay UTF-8."""
    good, bad = '{"id": "Zürich"}\n'.encode(), '{"id": "Genève"}\n'.encode("cp1252")
    found = _read(good + bad)
    assert [each for each in found if each[1] != "C701"] == [(1, {"id": "Zürich"}), (2, {"id": "Genève"})]
    assert (2, "C701") in found


@pytest.mark.parametrize("suffix", [".gz", ".bz2"])
def test_packed_files_that_break_off(tmp_path: Path, suffix: str) -> None:
    """What could be unpacked is read, and the break is told."""
    lines = "".join(json.dumps({"id": f"Q{number}", "x": "y" * number}) + "\n" for number in range(4000))
    pack = gzip.compress if suffix == ".gz" else bz2.compress
    path = tmp_path / f"dump.json{suffix}"
    path.write_bytes(pack(lines.encode())[:-40])
    with open_packed(path) as stream:
        found = list(read_json_values(stream, path=path.name))
    assert isinstance(found[-1], Problem)
    assert "the file breaks off" in found[-1].message
    path.write_bytes(pack(lines.encode()))
    with open_packed(path) as stream:
        assert len(list(read_json_values(stream, path=path.name))) == 4000
