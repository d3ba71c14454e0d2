"""The W3C's suites of JSON-LD compaction and framing, all of whose tests pyld passes."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyld.jsonld import JsonLdError, JsonLdProcessor

COMPACTION = ("https://w3c.github.io/json-ld-api/tests/", "suites/json-ld-api/tests", "compact")
FRAMING = ("https://w3c.github.io/json-ld-framing/tests/", "suites/json-ld-framing/tests", "frame")


def entries(folder: Path, name: str) -> list[dict[str, Any]]:
    """The tests of a suite for JSON-LD 1.1."""
    manifest = json.loads((folder / f"{name}-manifest.jsonld").read_text())["sequence"]
    return [each for each in manifest if each.get("option", {}).get("specVersion") != "json-ld-1.0"]


def outcome(entry: dict[str, Any], base: str, folder: Path) -> str:
    """What is wrong with pyld's answer to a test; empty when it is as expected."""

    def load(url: str, _options: object) -> dict[str, Any]:
        assert url.startswith(base), url
        document = json.loads((folder / url.removeprefix(base)).read_text())
        return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": None}

    def read(key: str) -> Any:
        return json.loads((folder / entry[key]).read_text())

    told = entry.get("option", {})
    options = {
        "base": told.get("base", base + entry["input"]),
        "documentLoader": load,
        **{key: told[key] for key in ("compactArrays", "omitGraph", "processingMode") if key in told},
    }
    try:
        if "frame" in entry:
            found = JsonLdProcessor().frame(read("input"), read("frame"), options)
        else:
            found = JsonLdProcessor().compact(read("input"), read("context"), options)
    except JsonLdError as error:
        codes = []
        cause: BaseException | None = error
        while isinstance(cause, JsonLdError):
            codes.append(cause.code)
            cause = cause.__cause__
        return "" if entry.get("expectErrorCode") in codes else f"refuses: {codes}"
    if "expectErrorCode" in entry:
        return f"accepts what is wrong: {entry['expectErrorCode']}"
    return "" if alike(found, read("expect")) else "gives another document"


def alike(one: Any, other: Any, *, ordered: bool = False) -> bool:
    """Whether two documents are equal but for the order in arrays that are no lists."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            alike(one[key], other[key], ordered=key == "@list") for key in one
        )
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other) or ordered:
            return len(one) == len(other) and all(map(alike, one, other))
        left = list(other)
        for each in one:
            match = next((n for n, candidate in enumerate(left) if alike(each, candidate)), None)
            if match is None:
                return False
            del left[match]
        return True
    return type(one) is type(other) and bool(one == other)


@pytest.mark.parametrize(("suite", "count"), [(COMPACTION, 244), (FRAMING, 91)], ids=["compact", "frame"])
def test_w3c_suite(shared: Path, suite: tuple[str, str, str], count: int) -> None:
    """All tests of the suite for JSON-LD 1.1 pass; a version of pyld that fails one has to be looked at."""
    base, path, name = suite
    found = entries(shared / path, name)
    assert len(found) == count
    wrong = {each["@id"].strip("#"): outcome(each, base, shared / path) for each in found}
    assert {test: said for test, said in wrong.items() if said} == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([1, 2], [2, 1], True),
        ({"@list": [1, 2]}, {"@list": [2, 1]}, False),
        ([1, 1], [1, 2], False),
        ({"a": 1}, {"a": 1, "b": 1}, False),
        ("1", 1, False),
        (True, 1, False),
    ],
)
def test_documents_are_compared(one: Any, other: Any, same: bool) -> None:
    """Order counts in lists alone, and the type of a value always."""
    assert alike(one, other) is same
