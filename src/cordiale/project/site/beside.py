"""Work that a second process does meanwhile, with all that this one knows."""

import errno
import gc
import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

__all__ = ["beside"]


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """Have a child process do some work while the context lasts, which ends when both are done.

    The child shares what this process has in memory, and not its threads: the work may use no database.
    An error in the context ends the child at once.

    Raises:
        Exception: as ``work`` does; OSError, the child was killed, as where memory is short.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which the child does without
        child = os.fork()
    if not child:
        _work_and_end(work, reader, writer)
    os.close(writer)
    ended = False
    try:
        yield
        with open(reader, "rb", closefd=False) as stream:
            told = stream.read()
        _, status = os.waitpid(child, 0)
        ended = True
    finally:
        os.close(reader)
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if told:
        raise pickle.loads(told)
    if status:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))


def _work_and_end(work: Callable[[], None], reader: int, writer: int) -> NoReturn:
    """The child: only an error goes down the pipe."""
    status = 1
    try:
        os.close(reader)
        gc.freeze()  # what the parent left to be collected is not for this process to end
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends this
        try:
            work()
        except Exception as error:
            with open(writer, "wb") as stream:
                pickle.dump(error, stream)
        status = 0
    finally:
        os._exit(status)
