"""``cordiale query --sources``: what each row rests on, in each format."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale

_LIGHTS = "SELECT ?light { ?light sea:within :western-isles } ORDER BY ?light"
_CARRIED = "harbour-board/report"


def _asked(cordiale: Cordiale, root: Path, *more: str, query: str = _LIGHTS) -> str:
    done = cordiale("query", "-e", query, "--sources", *more, "-C", root)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_rows_tell_their_sources(cordiale: Cordiale, built: Path) -> None:
    """The light is in the western isles by two statements of one report, and transitivity."""
    table = _asked(cordiale, built)
    assert "rests on" in table
    assert _CARRIED in table
    csv = _asked(cordiale, built, "--format", "csv").splitlines()
    assert csv[0] == "light,cordiale:sources"
    assert [line.partition(",")[2] for line in csv[1:]] == [_CARRIED, _CARRIED]
    results = json.loads(_asked(cordiale, built, "--format", "json"))["results"]
    assert results["cordiale:sources"] == [{"sets": [[_CARRIED]]}] * len(results["bindings"])


def test_triples_and_yes_tell_theirs(cordiale: Cordiale, built: Path) -> None:
    """In a comment behind each line, and below the word."""
    made = _asked(
        cordiale, built, query="CONSTRUCT { :western-isles sea:holds ?light } WHERE { ?light sea:within ?x }"
    )
    assert all(line.endswith(f" . # {_CARRIED}") for line in made.splitlines())
    asked = "ASK { ?x sea:within ?y }"
    assert _asked(cordiale, built, query=asked) == f"yes\n{_CARRIED}\n"
    told = json.loads(_asked(cordiale, built, "--format", "json", query=asked))
    assert told == {"head": {}, "boolean": True, "cordiale:sources": {"sets": [[_CARRIED]]}}


@pytest.mark.parametrize(
    ("query", "fmt", "code"),
    [
        ("ASK {}", "csv", "C440"),
        (_LIGHTS, "tsv", "C440"),
        (_LIGHTS, "xml", "C440"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "turtle", "C511"),
    ],
)
def test_a_format_without_a_place_for_them_refuses(
    cordiale: Cordiale, built: Path, query: str, fmt: str, code: str
) -> None:
    """Nothing is left out in silence."""
    done = cordiale("query", "-e", query, "--sources", "--format", fmt, "-C", built)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(code)
