"""A build that is killed leaves the last good one, whenever; and processes work side by side."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import cordiale
from cordiale.project.build import build
from cordiale.project.stamp import STAMP
from tests.small_project import bytes_under

pytestmark = pytest.mark.slow

_KILLS = 200


def _in_another_process(work: Callable[[], object]) -> int:
    """The id of a child that does the work and ends; 0 when it was done, 1 when it failed."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _variants(folder: Path) -> tuple[Path, tuple[str, str]]:
    edited = folder / "data" / "harbour-board" / "report.ttl"
    text = edited.read_text()
    return edited, (text, f"{text}\n:harbour-light sea:within :inner-isles .\n")


def _builds(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What a build of each of the two variants holds; the first is left there."""
    edited, texts = _variants(folder)
    (folder / "queries/lights/standing-in.expected.csv").unlink()  # its answer differs between the two
    (folder / "queries/lights/standing-in.rq").unlink()
    made = []
    for text in reversed(texts):
        edited.write_text(text)
        assert build(folder, list[str]().append).ok
        made.append(bytes_under(folder / "build"))
        made[-1].pop(STAMP)
    return made[1], made[0]


@pytest.mark.timeout(600)
def test_killed_builds_leave_the_last(built: Path) -> None:
    """At 200 random moments: the folder is the last good build or the new one, whole, each time."""
    edited, texts = _variants(built)
    holds = _builds(built)
    (built / "build" / "notes").write_text("mine")
    (built / "build" / STAMP).unlink()  # or there would be nothing to build
    begun = time.monotonic()
    child = _in_another_process(lambda: build(built, list[str]().append))
    assert os.waitpid(child, 0)[1] == 0
    takes = time.monotonic() - begun
    moment = random.Random(6)
    killed = finished = 0
    current = 0
    while killed < _KILLS and finished < _KILLS:
        current = 1 - current
        edited.write_text(texts[current])
        (built / "build" / STAMP).unlink(missing_ok=True)
        child = _in_another_process(lambda: build(built, list[str]().append))
        time.sleep(moment.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        finished += not os.WIFSIGNALED(status)
        found = bytes_under(built / "build")
        found.pop(STAMP, None)
        assert found.pop("notes", b"mine") == b"mine"
        assert found in holds
    assert killed >= _KILLS
    assert build(built, list[str]().append).ok
    assert (built / "build" / "notes").read_text() == "mine"
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []


def test_several_build_and_ask_at_once(built: Path) -> None:
    """Two builds of the same and two readers: all are done, and the build is the one of the input."""
    before = bytes_under(built / "build")

    def ask() -> None:
        for _ in range(10):
            assert len(cordiale.open(built).ask("disputed").rows) == 2

    def make() -> None:
        for _ in range(3):
            (built / "build" / STAMP).unlink(missing_ok=True)  # or there would be nothing to build
            assert build(built, list[str]().append).ok

    children = [_in_another_process(work) for work in (make, ask, make, ask)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert bytes_under(built / "build") == before
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []
