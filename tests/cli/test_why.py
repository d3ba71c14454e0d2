"""``cordiale why`` on this repository's own graph."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cordiale.cli.main import main


@pytest.fixture
def why(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], project_root: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs ``cordiale why``: exit code, data, messages."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(project_root)
        monkeypatch.setattr(sys, "argv", ["cordiale", "why", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsysbinary.readouterr()
        return int(str(left.value.code or 0)), out.decode(), err.decode()

    return run


def test_an_inferred_fact_is_explained(why: Callable[..., tuple[int, str, str]]) -> None:
    """The tree begins with the fact, and ends in places."""
    code, out, err = why("Geraint Rees", "a", "schema:Person")
    assert (code, err) == (0, "")
    assert out.startswith(":geraint-rees rdf:type schema:Person  [")
    assert "  [ontology/" in out


def test_formats(why: Callable[..., tuple[int, str, str]]) -> None:
    """JSON is JSON, the others begin as they should."""
    fact = ("Geraint Rees", "a", "schema:Person")
    assert json.loads(why(*fact, "--format", "json")[1])["steps"]
    assert why(*fact, "--format", "mermaid")[1].startswith("flowchart TD\n")
    assert "a prov:Activity ;" in why(*fact, "--format", "prov")[1]


def test_what_does_not_hold_ends_with_1(why: Callable[..., tuple[int, str, str]]) -> None:
    """Nothing on stdout."""
    code, out, err = why("Geraint Rees", "a", "cord:University")
    assert (code, out) == (1, "")
    assert err.startswith("C605 no source states :geraint-rees rdf:type cord:University")


def test_an_unknown_name_ends_with_2(why: Callable[..., tuple[int, str, str]]) -> None:
    """With names that are near."""
    code, out, err = why("Geraint Reez", "a", "schema:Person")
    assert (code, out) == (2, "")
    assert '"Geraint Rees"' in err
