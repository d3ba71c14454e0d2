"""How long the sources of rows take: ``python -m tests.bench.row_sources``.

Each stored question, plain and with sources, in one process, five times; the median counts.
"""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cordiale.project.knowledge_graph import open_project

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_RUNS = 5
_ALLOWED = (3, 0.2)  # times the plain query, and seconds


def main() -> None:
    """Print the questions that take longest, and how many are within bounds."""
    kg = open_project(_ROOT)
    start = time.perf_counter()
    kg.query("ASK {}", sources=True)
    console = Console(width=110)
    console.print(f"load average {os.getloadavg()[0]:.1f}")
    console.print(f"the first answer, for which supports are read: {time.perf_counter() - start:.2f} s")
    rows: list[tuple[str, float, float]] = []
    for question in kg.questions:
        given = question.examples

        def plain(name: str = question.id, given: dict[str, str] = given) -> object:
            return kg.ask(name, given)

        def sourced(name: str = question.id, given: dict[str, str] = given) -> object:
            return kg.ask(name, given, sources=True)

        rows.append((question.id, _median(plain), _median(sourced)))
    within = sum(told <= _ALLOWED[0] * alone + _ALLOWED[1] for _, alone, told in rows)
    console.print(
        f"{within} of {len(rows)} take at most {_ALLOWED[0]} times the plain query and {_ALLOWED[1]} s"
    )
    table = Table("question", "plain s", "with sources s")
    for name, alone, told in sorted(rows, key=lambda row: -row[2])[:10]:
        table.add_row(name, f"{alone:.3f}", f"{told:.3f}")
    console.print(table)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
