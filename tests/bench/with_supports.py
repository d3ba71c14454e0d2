"""What supports cost: ``python -m tests.bench.with_supports``, or with names of data sets.

The departments of LUBM are the sources, its ontology is trusted. The closure is made plainly and with
supports, by turns, in processes of their own; the median counts. Then sources are withdrawn, one at a time.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cordiale.closure.sourced.supported import SupportedClosure
from cordiale.trust.resting import Resting
from cordiale.trust.withdrawal import Withdrawal, withdrawal
from tests.bench.bench import Measured, compare, run
from tests.bench.departments import dump, split
from tests.bench.sourced import closed, files_of

__all__ = ["main"]

# The most that the closure with supports may take, in closures without.
_AT_MOST = {"lubm1": 2.0, "lubm10": 1.5}
_TURNS = 3
_TIMES = 3  # in one process, of which the first warms it up
_WITHDRAWN = 12  # sources, each withdrawn by itself


def main(*names: str) -> None:
    """Close, withdraw, and print a table of each."""
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as temporary:
        for name in names or tuple(_AT_MOST):
            folder = Path(temporary, name)
            files = split(dump(name), folder)
            console.print(f"\n{name}: {len(files) - 1} departments, each a source; {_TURNS} turns")
            closures = {kind: Path(temporary, f"{name}-{kind}.closed") for kind in ("plain", "supports")}
            measured: dict[str, list[Measured]] = {kind: [] for kind in closures}
            for turn in range(_TURNS):
                for kind, closure in closures.items():
                    into = closure if turn + 1 == _TURNS else None
                    measured[kind].append(run(f"cordiale-{kind}", folder, _TIMES, into))
            console.print(_table(measured, _AT_MOST[name]))
            compare(console, *closures.values())
            _withdraw(console, folder)


def _table(measured: dict[str, list[Measured]], at_most: float) -> Table:
    table = Table("closure", "median s", "CPU s", "triples", "peak MB", "times plain", "CPU times plain")
    base: tuple[float, float] | None = None
    for kind, runs in measured.items():
        seconds = statistics.median(each.seconds for each in runs)
        busy = statistics.median(each.busy for each in runs)
        base = base or (seconds, busy)
        table.add_row(
            kind,
            f"{seconds:.2f}",
            f"{busy:.2f}",
            f"{runs[0].total:,}",
            f"{max(each.peak for each in runs):,.0f}",
            f"{seconds / base[0]:.2f}",
            f"{busy / base[1]:.2f}",
        )
    table.caption = f"at most {at_most} times plain"
    return table


def _withdraw(console: Console, folder: Path) -> None:
    """Withdraw sources from all over the folder, and say how long that takes and what a closure has in it."""
    graph = closed(folder)
    names = tuple(path.stem for path in files_of(folder))
    closure = SupportedClosure(
        texts=graph.texts,
        triples=graph.triples,
        supports=graph.supports,
        clashes=(),
        sources=("", *names[1:]),
    )
    sizes = Counter(len(support) for support in graph.supports)
    console.print(
        f"{len(graph.supports):,} distinct supports, the largest of {max(sizes)} sets; "
        f"{len(closure.truncated)} truncated"
    )
    seconds: list[float] = []
    busy: list[float] = []
    fallen: list[int] = []
    for source in names[1 :: max(1, len(names) // _WITHDRAWN)]:
        start, worked = time.perf_counter(), time.process_time()
        found = _without(closure, source)
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
        fallen.append(len(found.falls))
    console.print(f"{len(seconds)} sources withdrawn: {min(fallen):,} to {max(fallen):,} triples fall")
    for title, figures in (("on the clock", seconds), ("of the processor", busy)):
        console.print(f"  {title}: median {statistics.median(figures):.2f} s, most {max(figures):.2f} s")


def _without(closure: SupportedClosure, source: str) -> Withdrawal:
    return withdrawal(closure, frozenset({source}), Resting({}), lambda _: ())


if __name__ == "__main__":
    main(*sys.argv[1:])
