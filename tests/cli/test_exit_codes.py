"""How the command ends: 0 done, 1 a problem, 2 wrong use, 3 the machine, 130 interrupted."""

import re
from pathlib import Path

import pytest

from cordiale.cli import query as module
from tests.cli.conftest import Cordiale

_MESSAGE = re.compile(r"(\S+(:\d+(:\d+)?)?: )?C\d{3} [^\n]+\n(  [^\n]+\n)+")


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["biuld"], "C510 no such command 'biuld'", "see cordiale --help"),
        (["query", "--lits"], "C510 no such option: --lits", "see cordiale query --help"),
        (
            ["query", "--format", "xls"],
            "C510 invalid value for '--format': 'xls' is not",
            "see cordiale query",
        ),
        (["query", "--engine"], "C510 option '--engine' requires an argument", "see cordiale"),
        (["show"], "C510 missing argument 'THING'", "see cordiale show --help"),
        (["show", "a", "b"], "C510 got unexpected extra argument", "see cordiale show --help"),
        (["new", "sorce"], "C510 no such command 'sorce'", "see cordiale new --help"),
        (["query", "disputd"], 'C430 there is no question "disputd"', 'did you mean "disputed"?'),
        (["query", "zzz"], 'C430 there is no question "zzz"', "cordiale query --list"),
        (["query", "disputed", "-p", "lihgt=x"], 'C431 question "disputed" has no', 'did you mean "light"?'),
        (
            ["query", "standing-in"],
            'C432 question "standing-in" must be told "area"',
            "give it a value of type",
        ),
        (["query", "taller", "-p", "metres=tall"], "C433 metres is of type decimal", "give a number"),
        (["query", "disputed", "-p", "light=skery-light"], 'C501 nothing is called "skery-light"', "did you"),
    ],
)
def test_wrong_use_is_one_message(
    cordiale: Cordiale,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
    remedy: str,
) -> None:
    """Wrong use ends with 2: one sentence and what to do, with near names, and no data."""
    monkeypatch.chdir(small)
    done = cordiale(*arguments)
    assert (done.code, done.out) == (2, "")
    assert _MESSAGE.fullmatch(done.err), done.err
    assert done.err.startswith(message)
    assert done.err.splitlines()[1].startswith(f"  {remedy}")


def test_a_folder_without_a_project_is_wrong_use(cordiale: Cordiale, tmp_path: Path) -> None:
    """Where there is no project, each verb says so."""
    verbs = (["query", "x"], ["show", "x"], ["reason"], ["export"], ["new", "source", "https://a.org/b"])
    for arguments in (["build"], ["check"], *([*verb, "-C"] for verb in verbs)):
        done = cordiale(*arguments, tmp_path)
        assert (done.code, done.out) == (2, "")
        assert _MESSAGE.fullmatch(done.err), done.err
        assert done.err.startswith("C115 ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ASK { ?s ?p }", "query:1:"),
        ("ASK { ?s see:p ?o }", "query:1:10: C402"),
        ("DROP ALL", "query:1:1: C404"),
    ],
)
def test_a_query_that_is_none_is_wrong_use(cordiale: Cordiale, small: Path, text: str, place: str) -> None:
    """A query of one's own that is not SPARQL, or would change the graph, ends with 2 and its place."""
    done = cordiale("query", "-e", text, "-C", small)
    assert (done.code, done.out) == (2, "")
    assert _MESSAGE.fullmatch(done.err), done.err
    assert done.err.startswith(place)


def test_a_stored_question_that_is_no_query_is_a_problem(cordiale: Cordiale, small: Path) -> None:
    """What is wrong with the project's own question ends with 1."""
    (small / "queries" / "broken.rq").write_text("#+ summary: Broken?\nASK { ?s ?p }\n", encoding="utf-8")
    done = cordiale("query", "broken", "-C", small)
    assert (done.code, done.out) == (1, "")
    assert "queries/broken.rq:2:" in done.err


def test_a_query_that_is_not_utf_8_is_wrong_use(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """A query in another encoding is told with the place of the first byte that is not UTF-8."""
    (tmp_path / "old.rq").write_bytes("ASK {\n # é\n}".encode("latin-1"))
    done = cordiale("query", "-f", tmp_path / "old.rq", "-C", small)
    assert done.code == 2
    assert done.err.startswith(f"{tmp_path / 'old.rq'}:2:4: C102 byte 0xe9 is not UTF-8\n  ")


# Nobody, not even root, can read or write below a file.
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["query", "-f", "pyproject.toml/ask.rq"], "C901"),
        (["query", "-f", "nowhere.rq"], "C901"),
        (["query", "-f", "data"], "C901"),
        (["export", "-o", "pyproject.toml/graph.ttl"], "C911"),
        (["export", "-o", "nowhere/graph.ttl"], "C911"),
        (["export", "-o", "data"], "C911"),
        (["reason", "-o", "pyproject.toml/graph.ttl"], "C911"),
        (["query", "disputed", "-o", "pyproject.toml/answer.csv"], "C911"),
    ],
)
def test_the_machine_is_told_apart(
    cordiale: Cordiale, small: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    """A file that cannot be read or written ends with 3, its path and what the system said."""
    monkeypatch.chdir(small)
    done = cordiale(*arguments)
    assert (done.code, done.out) == (3, "")
    assert code in done.err
    assert _MESSAGE.search(done.err), done.err
    assert "Traceback" not in done.err


def test_a_file_in_the_way_of_a_build_is_told(cordiale: Cordiale, small: Path) -> None:
    """A build that cannot be written because something is in the way ends with 3."""
    (small / "build").write_text("notes")
    done = cordiale("build", small)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("C903 the build cannot be written: ")


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (OSError(28, "No space left on device"), 3, "C904 the machine failed: No space left on device\n  "),
        (
            PermissionError(13, "Permission denied", "x.ttl"),
            3,
            "C904 the machine failed: x.ttl: Permission denied",
        ),
    ],
)
def test_what_comes_from_outside_is_told(
    cordiale: Cordiale,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    message: str,
) -> None:
    """Ctrl-C ends with 130, and what the system refuses with 3, wherever it happens."""

    def fail(_path: Path) -> None:
        raise error

    monkeypatch.setattr(module, "open_project", fail)
    done = cordiale("query", "disputed", "-C", small)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(message)
