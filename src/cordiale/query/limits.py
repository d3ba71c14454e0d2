"""Queries that are held to limits: they run in a child process, which can be killed and its memory freed.

An engine that is busy hears neither a timer nor Ctrl-C. A child process shares the store as it stands, at the
cost of the memory that it changes and of the answer, which comes back term by term. Of many queries that cost
is paid once: one child asks them all, and what it made for one is there for the next.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from cordiale.model.errors import CordialeError, MachineError, UsageError
from cordiale.model.problems import Problem
from cordiale.query.answers import Answer
from cordiale.read.literals import quiet_literals
from cordiale.read.spelling import spelled, told

__all__ = ["Limits", "each_held_to", "held_to", "too_many_rows"]

_Ask: TypeAlias = Callable[[], Answer]
_HEAD = 8  # bytes that tell how long a message is


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


def held_to(limits: Limits, ask: _Ask) -> Answer:
    """What ``ask`` gives, asked in a child process.

    Raises:
        MachineError: C593, it took longer than it may and was killed; C595, the engine ended by itself.
        CordialeError: as ``ask`` does.
    """
    (found,) = each_held_to(limits, [ask])
    if isinstance(found, CordialeError):
        raise found
    return found


def each_held_to(limits: Limits, asks: Sequence[_Ask]) -> Iterator[Answer | CordialeError]:
    """What each of ``asks`` gives, in order, or what ``held_to`` raises of it.

    Each may take as long as the limits say. They share a child and its memory, until one of them ends it.
    """
    left = list(asks)
    while left:
        told = 0
        for found in _from_one_child(limits, left):
            told += 1
            yield found
        del left[:told]


def _from_one_child(limits: Limits, asks: Sequence[_Ask]) -> Iterator[Answer | CordialeError]:
    """What a child gives, up to the one that ends it; at least one.

    If the child ends by itself amid a later one, nothing is told of that: it may have had too little memory
    for what the others left, and is to be asked in a new child.
    """
    with _child(limits, asks) as reader:
        for number in range(len(asks)):
            try:
                data = _message(reader, time.monotonic() + limits.seconds)
            except TimeoutError:
                yield _too_long(limits)
                return
            except EOFError:
                if not number:
                    yield _ended(limits)
                return
            kind, content = pickle.loads(data)
            if kind == "error":
                error, problems = content
                yield error(*problems)
            else:
                yield _told(content)


@contextmanager
def _child(limits: Limits, asks: Sequence[_Ask]) -> Iterator[int]:
    """A child that asks, told by the end of a pipe that its answers come down; it ends with the context."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # The child touches nothing that another thread may hold: it asks the store, writes, and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        _answer_and_end(asks, limits.memory, reader, writer)
    os.close(writer)
    try:
        yield reader
    finally:  # also when the time is over, or Ctrl-C was pressed
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)


def _too_long(limits: Limits) -> MachineError:
    return MachineError(
        Problem(
            code="C593",
            message=f"the query took more than {limits.seconds:g} seconds and was stopped",
            remedy="ask for less, or raise --time-limit",
        )
    )


def _ended(limits: Limits) -> MachineError:
    return MachineError(
        Problem(
            code="C595",
            message="the engine ended amid the query",
            remedy=f"ask for less: at most {limits.memory / (1 << 30):.2g} GiB of memory may be needed",
        )
    )


def _answer_and_end(asks: Sequence[_Ask], memory: int, reader: int, writer: int) -> None:
    """The child: its answers, or their errors, go down the pipe. It never returns."""
    try:
        os.close(reader)
        # What the parent left to be collected may be a database, whose end waits for threads of the parent's.
        gc.freeze()
        _hold_memory(memory)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends this
        with open(writer, "wb") as stream:
            for ask in asks:
                try:
                    data = pickle.dumps(("answer", _spelled(ask())))
                except CordialeError as error:
                    data = pickle.dumps(("error", (type(error), error.problems)))
                stream.write(len(data).to_bytes(_HEAD) + data)
                stream.flush()
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


def _message(reader: int, end: float) -> bytes:
    """The next message that comes down a pipe.

    Raises:
        TimeoutError: it is not there in time.
        EOFError: there is none.
    """
    return _bytes(reader, int.from_bytes(_bytes(reader, _HEAD, end)), end)


def _bytes(reader: int, count: int, end: float) -> bytes:
    found = bytearray()
    while len(found) < count:
        left = end - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise TimeoutError
        part = os.read(reader, min(count - len(found), 1 << 20))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


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
