"""How long conflicts take: ``python -m tests.bench.conflicts``.

``cordiale conflicts`` on the project's own graph as a command, after a build and without one; and beside it a
query that asks nothing, which is what every command pays.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cordiale.project.build import build
from tests.copies import copied_project

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_TIMES = 7
_COMMANDS = {
    "conflicts": ("conflicts",),
    "conflicts --format json": ("conflicts", "--format", "json"),
    "diff . .": ("diff", ".", "."),
    "query ASK {}": ("query", "-e", "ASK {}"),
}
_AT_MOST = 1.0  # seconds, of conflicts after a build


def main() -> None:
    """Print the table."""
    console = Console(width=110)
    console.print(f"load average {os.getloadavg()[0]:.1f}")
    table = Table("command", "build", "wall s", "CPU s", caption=f"after a build at most {_AT_MOST} s")
    with tempfile.TemporaryDirectory() as temporary:
        folder = copied_project(_ROOT, Path(temporary))
        for state in ("none", "warm"):
            if state == "warm":
                build(folder, list[str]().append)
            for name, arguments in _COMMANDS.items():
                wall, busy = _measured(folder, arguments)
                table.add_row(name, state, f"{wall:.2f}", f"{busy:.2f}")
    console.print(table)


def _measured(folder: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    """Seconds of the clock and of the processors: the medians of several runs."""
    walls, busy = [], []
    for _ in range(_TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        command = [sys.executable, "-m", "cordiale", *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        walls.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(busy)


if __name__ == "__main__":
    main()
