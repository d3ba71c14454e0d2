"""Work that is done in a process of its own while the caller goes on with other work."""

import gc
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from cordiale.model.errors import MachineError
from cordiale.model.problems import Problem

__all__ = ["apart"]

_NICER = 5  # the caller has the longest way: where processors are few, it goes first

_Found = TypeVar("_Found")


@contextmanager
def apart(work: Callable[[], _Found]) -> Iterator[Callable[[], _Found]]:
    """Begin ``work`` in a child process, which sees what was read so far and changes no object here.

    What is given waits for what the work returns, which must be picklable. When the block is left, whichever
    way, the child is gone. To be called before anything has started threads: they are not in the child.

    What the work raises is raised where it is waited for; there too:

    Raises:
        MachineError: C905, the child was ended from outside.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(work, sender), daemon=True)
    with warnings.catch_warnings():
        # A progress bar is a thread; the child prints nothing.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    sender.close()

    def found() -> _Found:
        try:
            outcome: _Found | BaseException = receiver.recv()
        except EOFError:
            raise _ended() from None
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    try:
        yield found
    finally:
        child.kill()
        child.join()
        receiver.close()


def _send(work: Callable[[], Any], sender: Connection) -> None:
    """The child: its result, or what it raised, goes down the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends this
    os.nice(_NICER)
    gc.freeze()  # what the parent made is here to stay: to look through it would be to copy it
    try:
        outcome = work()
    except BaseException as error:
        outcome = error
    with suppress(BrokenPipeError):  # nobody is left who asks
        sender.send(outcome)
    os._exit(0)


def _ended() -> MachineError:
    return MachineError(
        Problem(
            code="C905",
            message="a process that did a part of the work was ended from outside",
            remedy="run it again; if it happens again, there is too little memory",
        )
    )
