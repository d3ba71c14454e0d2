"""A limit of time on work that cannot be asked to stop: a query, a regular expression."""

import ctypes
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

__all__ = ["OutOfTimeError", "aside", "within"]

_T = TypeVar("_T")


class OutOfTimeError(Exception):
    """The work took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise in the midst of what is done here once it has taken so many seconds.

    On the main thread of a Unix a signal does it, which reaches a regular expression too. Elsewhere another
    thread does it, which reaches all but that.

    Raises:
        OutOfTimeError: the time is over.
    """
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        with _by_signal(seconds):
            yield
    else:
        with _by_thread(seconds):
            yield


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def over(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, over)
    # An alarm that somebody else has set rings a little late, but it rings.
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, left)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    worker = ctypes.c_ulong(threading.get_ident())
    done = threading.Event()

    def watch() -> None:
        if not done.wait(seconds):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(worker, ctypes.py_object(OutOfTimeError))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def aside(work: Callable[[], _T], seconds: float) -> _T:
    """What ``work`` returns, done on another thread, which is left to itself when it takes longer.

    For work that lets go of Python's lock and hears no signal, as Oxigraph's does.

    Raises:
        OutOfTimeError: the time is over.
        Exception: whatever ``work`` raises.
    """
    results: list[_T] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as fault:
            faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    if not results:
        raise OutOfTimeError
    return results[0]
