"""How long one waits: ``python -m tests.bench.use``.

Commands in a copy of the project's own graph, each in a process of its own, five times; the median counts. A
build is *cold* when nothing of an earlier one is there, *after an edit* when one file has changed since.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.copies import copied_project

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_RUNS = 5
_EDITED = "data/entities.ttl"
_HUW_PRICE = ("Huw Price", "cord:tiedTo", "University of Cambridge")
_COMMANDS = {
    "start-up": ("--help",),
    "query, warm": ("query", "partners"),
    "show": ("show", "University of Cambridge"),
    "why, inferred": ("why", *_HUW_PRICE),
    "without": ("without", "edtechinnovationhub"),
    "without --answers": ("without", "edtechinnovationhub", "--answers"),
    "check, warm": ("check",),
}


def main() -> None:
    """Print the table."""
    console = Console(width=110)
    console.print(f"load average {os.getloadavg()[0]:.1f}")
    table = Table("what", "wall s", "CPU s")
    with tempfile.TemporaryDirectory() as folder:
        root = copied_project(_ROOT, Path(folder))
        table.add_row("build, cold", *_median(lambda: _run(root, "build"), lambda: _forget(root)))
        table.add_row("build, after an edit", *_median(lambda: _run(root, "build"), lambda: _edit(root)))
        for name, command in _COMMANDS.items():
            table.add_row(name, *_median(lambda command=command: _run(root, *command), lambda: None))  # type: ignore[misc]
    console.print(table)


def _forget(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)


def _edit(root: Path) -> None:
    with (root / _EDITED).open("a", encoding="utf-8") as stream:
        stream.write("# One more line.\n")


def _run(root: Path, *command: str) -> None:
    subprocess.run([sys.executable, "-m", "cordiale", *command], cwd=root, check=True, capture_output=True)


def _median(work: Callable[[], None], before: Callable[[], None]) -> tuple[str, str]:
    """Seconds that pass, and seconds that processors are busy."""
    walls: list[float] = []
    works: list[float] = []
    for _ in range(_RUNS):
        before()
        then, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        work()
        walls.append(time.perf_counter() - start)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        works.append(now.ru_utime + now.ru_stime - then.ru_utime - then.ru_stime)
    return f"{statistics.median(walls):.2f}", f"{statistics.median(works):.2f}"


if __name__ == "__main__":
    main()
