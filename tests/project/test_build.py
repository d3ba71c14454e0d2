"""From files to answers: what a build makes, and that a failed one makes nothing."""

import ctypes
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from cordiale.model.errors import MachineError, SourceError
from cordiale.model.problems import Severity
from cordiale.project import closure_store
from cordiale.project.build import BuildReport, build
from tests.small_project import bytes_under

_DISPUTED = "queries/lights/disputed.expected.csv"


def _build(root: Path) -> BuildReport:
    return build(root, list[str]().append)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_build_says_what_it_made(small: Path) -> None:
    """The report counts sources, triples and questions, and times each step as it was told."""
    told: list[str] = []
    report = build(small / "data", told.append)
    assert (report.sources, report.asserted, report.inferred) == (5, 60, 4)
    assert (report.passed, report.failed, report.problems) == (3, 0, ())
    assert report.ok
    assert told == [name for name, _ in report.seconds] == ["read", "reason", "answer", "check", "export"]
    assert all(seconds >= 0 for _, seconds in report.seconds)


def test_a_build_holds_graphs_answers_and_closure(built_once: Path) -> None:
    """The folder holds the graph in each format, what was inferred, every answer, and the closure."""
    made = bytes_under(built_once / "build")
    assert sorted(made) == [
        "answers/disputed.csv",
        "answers/standing-in.csv",
        "answers/taller.csv",
        "build.json",
        *(f"closure/{name}.parquet" for name in ("clash", "conflict", "fault", "source")),
        *(f"closure/{name}.parquet" for name in ("support", "term", "triple")),
        "graph.jsonld",
        "graph.nq",
        "graph.rdf",
        "graph.trig",
        "graph.ttl",
        "inferred.nt",
        "kept.json",
        "kept.nq",
    ]
    assert made["answers/disputed.csv"] == (built_once / _DISPUTED).read_bytes().replace(b"\r\n", b"\n")
    assert b'"041.50"' in made["graph.nq"]
    assert made["inferred.nt"].count(b"\n") == 4


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.nq", "graph.jsonld", "graph.rdf"])
def test_every_export_is_the_whole_graph(built_once: Path, name: str) -> None:
    """rdflib finds all asserted triples in each file of a build."""
    found = rdflib.Dataset(default_union=True)
    found.parse(built_once / "build" / name)
    assert len({(s, p, o) for s, p, o, _ in found.quads()}) == 60


def test_two_builds_give_the_same_bytes(small: Path, built_once: Path) -> None:
    """A build over the last one, and one of the same files in another folder, are equal to the byte."""
    _build(small)
    first = bytes_under(small / "build")
    _build(small)
    assert bytes_under(small / "build") == first == bytes_under(built_once / "build")
    assert [path.name for path in small.iterdir() if path.name.startswith(".")] == []


def test_what_is_new_is_built(built: Path) -> None:
    """A build takes the place of the last one: with what changed, without what went."""
    for path in (built / "queries/lights").glob("standing-in*"):
        path.unlink()
    _append(built / "data/harbour-board/report.ttl", ":harbour-light sea:within :inner-isles .\n")
    assert _build(built).ok
    made = bytes_under(built / "build")
    assert "answers/standing-in.csv" not in made
    assert b"harbour-light> <https://example.org/sea/ns#within>" in made["graph.nq"]
    assert made["inferred.nt"].count(b"\n") == 5


def test_what_others_keep_in_the_folder_stays(built: Path) -> None:
    """Files in the build folder that no build makes are still there after the next."""
    (built / "build/lib").mkdir()
    (built / "build/lib/kept.txt").write_text("kept")
    (built / "build/graph.ttl").write_text("to be replaced")
    _build(built)
    made = bytes_under(built / "build")
    assert made["lib/kept.txt"] == b"kept"
    assert made["graph.ttl"] != b"to be replaced"


def _violate(root: Path) -> None:
    _append(root / "data/almanac/1901.ttl", ":harbour-light sea:litIn 1851 .\n")


def _clash(root: Path) -> None:
    _append(root / "data/almanac/1901.ttl", ":skerry-light a sea:Isle .\n")


def _expect_otherwise(root: Path) -> None:
    path = root / _DISPUTED
    path.write_text(path.read_text().replace("1845", "1846"))


def _expect_nothing(root: Path) -> None:
    (root / _DISPUTED).unlink()


def _break_question(root: Path) -> None:
    (root / "queries/taller.rq").write_text("ASK { ?s ?p }")


@pytest.mark.parametrize(
    ("spoil", "code", "place"),
    [
        (_violate, "C301", "data/almanac/1901.ttl:18:"),
        (_clash, "C601", "data/almanac/1901.ttl:18:"),
        (_expect_otherwise, "C422", "queries/lights/disputed.rq"),
        (_expect_nothing, "C421", "queries/lights/disputed.rq"),
        (_break_question, "C401", "queries/taller.rq:1:"),
    ],
)
def test_what_is_wrong_stops_a_build(
    built: Path, spoil: Callable[[Path], None], code: str, place: str
) -> None:
    """A violation, a clash, or a question that fails: the report says where, and the last build stays."""
    before = bytes_under(built / "build")
    spoil(built)
    report = _build(built)
    assert not report.ok
    (problem,) = (problem for problem in report.problems if problem.severity is Severity.VIOLATION)
    assert problem.code == code
    assert str(problem.place).startswith(place)
    assert "export" not in dict(report.seconds)
    assert bytes_under(built / "build") == before


def test_a_warning_stops_no_build(small: Path) -> None:
    """A problem that is no violation is reported, and the build is made."""
    almanac = small / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text().replace('"041.50"', '"410.5"'))
    report = _build(small)
    assert [(problem.code, problem.severity) for problem in report.problems] == [("C301", Severity.WARNING)]
    assert report.ok
    assert (small / "build/graph.ttl").is_file()


def test_an_unreadable_file_stops_a_build(built: Path) -> None:
    """A file that is no Turtle ends the build before it begins; the last one stays."""
    before = bytes_under(built / "build")
    _append(built / "data/almanac/1901.ttl", ":skerry-light sea:height\n")
    with pytest.raises(SourceError, match=r"^data/almanac/1901\.ttl:19:1: C101 "):
        _build(built)
    assert bytes_under(built / "build") == before


def test_a_wrong_answer_is_shown_as_a_difference(small: Path) -> None:
    """The problem shows the rows that were expected and those that came, and what to do."""
    _expect_otherwise(small)
    report = _build(small)
    (problem,) = report.problems
    assert (report.passed, report.failed) == (2, 1)
    assert str(problem) == (
        'queries/lights/disputed.rq: C422 the answer to "disputed" is not the expected one\n'
        "  correct the data, or the expected answer if it is wrong:\n"
        "  --- expected\n"
        "  +++ got\n"
        "  @@ -1,3 +1,3 @@\n"
        "   year,source\n"
        "   1844,https://example.org/sea/source/almanac/1901\n"
        "  -1846,https://example.org/sea/source/harbour-board/report\n"
        "  +1845,https://example.org/sea/source/harbour-board/report"
    )


def test_a_question_that_cannot_be_answered_fails_at_its_place(small: Path) -> None:
    """When the example of a question names nothing any more, the problem stands at the question."""
    question = small / "queries/lights/standing-in.rq"
    question.write_text(question.read_text().replace(":western-isles", ":eastern-isles"))
    (problem,) = _build(small).problems
    assert str(problem).startswith('queries/lights/standing-in.rq: C501 nothing is called ":eastern-isles"')


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_ends_halfway_leaves_the_last(
    built: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """A full disk or Ctrl-C amid the export: the last build stays, and nothing is left beside it."""
    before = bytes_under(built / "build")
    _append(built / "data/harbour-board/report.ttl", ":harbour-light sea:lamps 3 .\n")

    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(closure_store, "save_closure", fail)
    with pytest.raises(MachineError if isinstance(error, OSError) else KeyboardInterrupt):
        _build(built)
    assert bytes_under(built / "build") == before
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []


def test_a_build_that_cannot_be_moved_leaves_the_last(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new folder cannot take its place, the old one is put back, with or without an exchange."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    _append(built / "data/harbour-board/report.ttl", ":harbour-light sea:lamps 3 .\n")
    before = bytes_under(built / "build")
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target.name == "build" and path.name != "old":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(MachineError, match="C903 the build cannot be written: Input/output error"):
        _build(built)
    assert bytes_under(built / "build") == before
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []


def test_a_file_in_the_way_is_kept(small: Path) -> None:
    """A file called build is nobody's to replace."""
    (small / "build").write_text("notes")
    with pytest.raises(MachineError, match="C903"):
        _build(small)
    assert (small / "build").read_text() == "notes"


def test_a_folder_that_cannot_be_written_is_told(small: Path) -> None:
    """A build that leads to where no folder can be is an error of the machine; so too for a root user."""
    (small / "build").symlink_to(small / "pyproject.toml" / "build")
    with pytest.raises(MachineError) as caught:
        _build(small)
    assert caught.value.exit_code == 3
    assert caught.value.problems[0].code == "C903"


def test_a_link_leads_to_the_build(small: Path, tmp_path: Path) -> None:
    """A build folder that is a link stays one: what it leads to is replaced."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (small / "build").symlink_to(elsewhere)
    _build(small)
    _build(small)
    assert (small / "build").is_symlink()
    assert (elsewhere / "closure/triple.parquet").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "sea"]


def test_others_may_read_a_build(small: Path) -> None:
    """The folder is made with the usual permissions, not those of a temporary one."""
    _build(small)
    assert (small / "build").stat().st_mode & 0o777 == 0o755
