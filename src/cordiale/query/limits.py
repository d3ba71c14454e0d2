"""A query that is held to limits: it runs in a process of its own, which can be killed and its memory freed.

An engine that is busy hears neither a timer nor Ctrl-C. A child process shares the store as it stands, at no
cost but that of the answer, which comes back term by term.
"""

import faulthandler
import gc
import os
import pickle
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cordiale.model.errors import CordialeError, MachineError, UsageError
from cordiale.model.problems import Problem
from cordiale.query.answers import Answer
from cordiale.read.literals import quiet_literals
from cordiale.read.spelling import spelled, told

__all__ = ["Limits", "held_to", "too_many_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a query may take, how many rows or triples it may give, and how many bytes it may need.

    The bytes are those beyond what the store takes. Where the system does not tell how much that is (not
    Linux), they are not limited.
    """

    seconds: float = 60.0
    rows: int = 1_000_000
    memory: int = 4 << 30


def too_many_rows(most: int) -> UsageError:
    """The error C594: the answer has more rows than it may."""
    return UsageError(
        Problem(
            code="C594",
            message=f"the answer has more than {most:,} rows",
            remedy="ask for less with LIMIT or a narrower pattern, or raise --row-limit",
        )
    )


def held_to(limits: Limits, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` gives, asked in a child process.

    Raises:
        MachineError: C593, it took longer than it may and was killed; C595, the engine ended by itself.
        CordialeError: as ``ask`` does.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # The child touches nothing that another thread may hold: it asks the store, writes, and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        _answer_and_end(ask, limits.memory, reader, writer)
    os.close(writer)
    try:
        data = _all_of(reader, time.monotonic() + limits.seconds)
    finally:  # also when the time is over, or Ctrl-C was pressed
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
    if data is None:
        raise MachineError(
            Problem(
                code="C593",
                message=f"the query took more than {limits.seconds:g} seconds and was stopped",
                remedy="ask for less, or raise --time-limit",
            )
        )
    if not data:
        raise MachineError(
            Problem(
                code="C595",
                message="the engine ended amid the query",
                remedy=f"ask for less: at most {limits.memory / (1 << 30):.2g} GiB of memory may be needed",
            )
        )
    kind, content = pickle.loads(data)
    if kind == "error":
        error, problems = content
        raise error(*problems)
    return _told(content)


def _answer_and_end(ask: Callable[[], Answer], memory: int, reader: int, writer: int) -> None:
    """The child: its answer, or its error, goes down the pipe. It never returns."""
    try:
        os.close(reader)
        # What the parent left to be collected may be a database, whose end waits for threads of the parent's.
        gc.disable()
        _hold_memory(memory)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends this
        try:
            data = pickle.dumps(("answer", _spelled(ask())))
        except CordialeError as error:
            data = pickle.dumps(("error", (type(error), error.problems)))
        with open(writer, "wb") as stream:
            stream.write(data)
    finally:
        os._exit(0)


def _hold_memory(most: int) -> None:
    """Let this process have so many bytes more than it has. An engine that gets none says so, and ends."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = pages * resource.getpagesize() + most
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    # What the engine says of it is not for people; the parent tells that it ended.
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _all_of(reader: int, end: float) -> bytes | None:
    """All that comes down a pipe; nothing when it is not there in time."""
    parts: list[bytes] = []
    while (left := end - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            part = os.read(reader, 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _spelled(answer: Answer) -> dict[str, Any]:
    def row(terms: Any) -> list[Any]:
        return [None if term is None else spelled(term) for term in terms]

    return {
        "kind": answer.kind,
        "variables": answer.variables,
        "rows": [row(each) for each in answer.rows],
        "truth": answer.truth,
        "triples": [row(each) for each in answer.triples],
        "sources": answer.sources,
    }


def _told(content: dict[str, Any]) -> Answer:
    def row(terms: Any) -> tuple[Any, ...]:
        return tuple(None if term is None else told(term) for term in terms)

    with quiet_literals():
        rows, triples = (tuple(map(row, content[name])) for name in ("rows", "triples"))
    return Answer(**{**content, "rows": rows, "triples": triples})
