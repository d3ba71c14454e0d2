"""The closure beside those of other engines: ``make bench``, or this module with names of data sets.

Each engine runs in a process of its own, from file to closed graph, several times; the median counts. The
engines are run in turn, so that a busy machine is busy for all of them.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.departments import dump

__all__ = ["Measured", "compare", "main", "run"]

# Which engines are run on which file, and how often.
_DATASETS = {
    "lubm-dept": {"cordiale": 5, "owlrl": 3, "reasonable": 5, "sparq-rdf": 5},
    "lubm1": {"cordiale": 5, "owlrl": 1, "reasonable": 5, "sparq-rdf": 5},
    "lubm10": {"cordiale": 5, "reasonable": 3, "sparq-rdf": 5},
}
_MODULES = {"owlrl": "owlrl", "reasonable": "reasonable", "sparq-rdf": "sparq"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an engine took."""

    seconds: float  # the median
    spread: tuple[float, float]
    busy: float  # seconds of the processors, the median; a busy machine changes it little
    total: int  # triples of the closed graph
    peak: float  # MB


def main(*names: str) -> None:
    """Run the engines and print a table."""
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        for name in names or tuple(_DATASETS):
            path = Path(folder, f"{name}.nt")
            path.write_bytes(gzip.decompress(dump(name).read_bytes()))
            size = sum(1 for _ in path.open("rb"))
            console.print(f"\n{name}: {size:,} lines, load average {os.getloadavg()[0]:.1f}")
            results = {
                engine: run(engine, path, times, Path(folder, f"{name}-{engine}.closed"))
                for engine, times in _DATASETS[name].items()
                if engine not in _MODULES or find_spec(_MODULES[engine])
            }
            console.print(_table(results))
            for engine in results:
                if engine != "cordiale":
                    compare(
                        console,
                        Path(folder, f"{name}-cordiale.closed"),
                        Path(folder, f"{name}-{engine}.closed"),
                    )


def run(engine: str, path: Path, times: int, closure: Path | None) -> Measured:
    """An engine, several times in a process of its own; the closed graph goes to ``closure``."""
    command = [sys.executable, "-m", "tests.bench.one", engine, str(path), str(times), str(closure or "")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(
        seconds=statistics.median(told["seconds"]),
        spread=(min(told["seconds"]), max(told["seconds"])),
        busy=statistics.median(told["busy"]),
        total=told["total"],
        peak=told["peak"],
    )


def _table(results: dict[str, Measured]) -> Table:
    table = Table(
        "engine",
        "median s",
        "least–most s",
        "CPU s",
        "triples out",
        "peak MB",
        "times cordiale's",
        "of its memory",
    )
    own = results["cordiale"]
    for engine, result in results.items():
        table.add_row(
            engine,
            f"{result.seconds:.2f}",
            f"{result.spread[0]:.2f}–{result.spread[1]:.2f}",
            f"{result.busy:.2f}",
            f"{result.total:,}",
            f"{result.peak:,.0f}",
            f"{result.seconds / own.seconds:.2f}",
            f"{result.busy / own.busy:.2f}",
            f"{result.peak / own.peak:.2f}",
        )
    return table


def compare(console: Console, ours: Path, theirs: Path) -> None:
    """Say which triples only one of two engines has, by predicate."""
    own, other = (set(path.read_text(encoding="utf-8").split("\n")) for path in (ours, theirs))
    for title, lines in ((f"only in {ours.stem}", own - other), (f"only in {theirs.stem}", other - own)):
        counts: dict[str, int] = {}
        for line in lines:
            predicate = line.split(" ", 2)[1] if line.count(" ") > 1 else line
            counts[predicate] = counts.get(predicate, 0) + 1
        shown = ", ".join(
            f"{key} {count:,}" for key, count in sorted(counts.items(), key=lambda kv: -kv[1])[:8]
        )
        console.print(f"{title}: {len(lines):,}{': ' if shown else ''}{shown}", markup=False, highlight=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
