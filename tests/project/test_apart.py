"""Work in a process of its own: its result, its errors, and that nothing is left of it."""

import os
import signal
from collections.abc import Callable

import pytest

from cordiale.model.errors import MachineError, NotFoundError
from cordiale.model.problems import Problem
from cordiale.project.apart import apart


def test_what_the_work_returns_comes_back() -> None:
    """Two go on at once, in other processes than this, and neither changes anything here."""
    here = ["as it was"]

    def work() -> tuple[int, str]:
        here[0] = "changed"
        return os.getpid(), here[0]

    with apart(work) as first, apart(work) as second:
        found = [first(), second()]
    assert {told for _, told in found} == {"changed"}
    assert len({os.getpid(), *(process for process, _ in found)}) == 3
    assert here == ["as it was"]


@pytest.mark.parametrize(
    "error",
    [NotFoundError(Problem(code="C210", message="no such source", remedy="look")), KeyError("key")],
    ids=["ours", "other"],
)
def test_what_the_work_raises_is_raised_here(error: Exception) -> None:
    """An error keeps its kind and its problems, and is raised when somebody asks."""

    def work() -> None:
        raise error

    with apart(work) as found, pytest.raises(type(error)) as raised:
        found()
    assert str(raised.value) == str(error)
    assert getattr(raised.value, "problems", ()) == getattr(error, "problems", ())


def test_work_that_is_ended_from_outside_is_told() -> None:
    """A child that the system kills for its memory is an error of the machine, not a wait without end."""
    with apart(lambda: os.kill(os.getpid(), signal.SIGKILL)) as found, pytest.raises(MachineError) as raised:
        found()
    assert raised.value.problems[0].code == "C905"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("leave", [lambda: None, lambda: os.kill(os.getpid(), signal.SIGINT)])
def test_no_child_outlives_the_block(leave: Callable[[], None]) -> None:
    """Work that nobody waits for, or that Ctrl-C cuts short, ends with the block."""
    reader, writer = os.pipe()

    def work() -> None:
        os.write(writer, os.getpid().to_bytes(8))
        signal.pause()

    try:
        with apart(work):
            child = int.from_bytes(os.read(reader, 8))
            leave()
    except KeyboardInterrupt:
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
