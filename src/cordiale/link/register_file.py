"""A register on disk: built once from its records, opened in a second, read record by record."""

import json
import mmap
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.link.identifiers import identifiers_of, number_of
from cordiale.link.index import Index
from cordiale.link.index_build import build_index
from cordiale.link.places import Places, places_of
from cordiale.link.records import Name, Record
from cordiale.link.register import Register

__all__ = ["FORMAT", "make_register", "open_register", "register_of"]

FORMAT = 1  # of the files; another number is built anew
_ARRAYS = tuple(field.name for field in fields(Index) if field.name != "vocabulary")


def register_of(records: Iterable[Record], *, name: str) -> Register:
    """A register in memory."""
    kept = tuple(records)
    index, places, arrays = build_index(kept), places_of(kept), _arrays(kept)
    return Register(
        name=name,
        ids=[record.id for record in kept],
        index=index,
        places=places,
        children=dict(zip(arrays["parent_rows"].tolist(), arrays["parent_counts"].tolist(), strict=True)),
        identifier_keys=arrays["identifier_keys"],
        identifier_rows=arrays["identifier_rows"],
        record=kept.__getitem__,
    )


def make_register(records: Iterable[Record], folder: Path, *, name: str) -> None:
    """Write a register; the folder appears when all of it is written.

    Raises:
        OSError: it cannot be written.
    """
    kept = tuple(records)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".register-", dir=folder.parent))
    try:
        _write(kept, aside, name)
    except BaseException:
        _remove(aside)
        raise
    try:
        os.replace(aside, folder)
    except OSError:
        # Another process was faster, or an older format lies there.
        if not folder.is_dir() or _format(folder) == FORMAT:
            _remove(aside)
        else:
            _remove(folder)
            os.replace(aside, folder)


def _write(kept: tuple[Record, ...], aside: Path, name: str) -> None:
    index, places = build_index(kept), places_of(kept)
    offsets = [0]
    with (aside / "records.jsonl").open("wb") as lines:
        for record in kept:
            line = json.dumps(_as_list(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            lines.write(line)
            offsets.append(offsets[-1] + len(line))
    (aside / "vocabulary.txt").write_text("\n".join(index.vocabulary), encoding="utf-8")
    (aside / "ids.txt").write_text("\n".join(record.id for record in kept), encoding="utf-8")
    about = {"format": FORMAT, "name": name, "countries": places.countries, "cities": places.cities}
    (aside / "about.json").write_text(json.dumps(about, ensure_ascii=False, default=sorted), encoding="utf-8")
    np.savez(
        aside / "arrays.npz",
        allow_pickle=False,
        offsets=np.array(offsets, dtype=np.int64),
        **{array: getattr(index, array) for array in _ARRAYS},
        **_arrays(kept),
    )


def open_register(folder: Path) -> Register:
    """The register that lies in a folder.

    Raises:
        OSError: a file is missing or cannot be read.
        ValueError: it is of another format.
    """
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    if about["format"] != FORMAT:
        raise ValueError(f"format {about['format']}")
    with np.load(folder / "arrays.npz", allow_pickle=False) as archive:
        arrays = {array: archive[array] for array in archive.files}
    vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    ids = (folder / "ids.txt").read_text(encoding="utf-8").split("\n") if len(arrays["offsets"]) > 1 else []
    with (folder / "records.jsonl").open("rb") as lines:
        content: bytes | mmap.mmap = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ) if ids else b""
    offsets = arrays["offsets"]
    return Register(
        name=about["name"],
        ids=ids,
        index=Index(
            vocabulary={word: number for number, word in enumerate(vocabulary)},
            **{array: arrays[array] for array in _ARRAYS},
        ),
        places=Places(
            about["countries"], {city: frozenset(codes) for city, codes in about["cities"].items()}
        ),
        children=dict(zip(arrays["parent_rows"].tolist(), arrays["parent_counts"].tolist(), strict=True)),
        identifier_keys=arrays["identifier_keys"],
        identifier_rows=arrays["identifier_rows"],
        record=lambda row: _from_list(json.loads(content[offsets[row] : offsets[row + 1]])),
    )


def _arrays(records: tuple[Record, ...]) -> dict[str, NDArray[Any]]:
    row_of = {record.id: row for row, record in enumerate(records)}
    held = Counter(row_of[parent] for record in records for parent in record.parents if parent in row_of)
    pairs = [(number_of(each), row) for row, record in enumerate(records) for each in identifiers_of(record)]
    keys = np.array([key for key, _ in pairs], dtype=np.uint64)
    rows = np.array([row for _, row in pairs], dtype=np.int32)
    order = np.lexsort((rows, keys))
    return {
        "parent_rows": np.array(list(held), dtype=np.int32),
        "parent_counts": np.array(list(held.values()), dtype=np.int32),
        "identifier_keys": keys[order],
        "identifier_rows": rows[order],
    }


_FIELDS = tuple(field.name for field in fields(Record))


def _as_list(record: Record) -> list[object]:
    values = asdict(record)
    values["names"] = [(name.text, name.kind, name.language) for name in record.names]
    return [values[field] for field in _FIELDS]


def _from_list(values: list[object]) -> Record:
    given: dict[str, Any] = {
        field: tuple(tuple(each) if isinstance(each, list) else each for each in value)
        if isinstance(value, list)
        else value
        for field, value in zip(_FIELDS, values, strict=True)
    }
    given["names"] = tuple(Name(text=text, kind=kind, language=tag) for text, kind, tag in given["names"])
    return Record(**given)


def _format(folder: Path) -> int | None:
    try:
        return int(json.loads((folder / "about.json").read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError):
        return None


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
