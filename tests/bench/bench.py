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
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

import cordiale
from cordiale.closure.loading.nodes import node_of
from cordiale.closure.rulebook.trivial import is_trivial

__all__ = ["Measured", "compare", "main", "run"]

_ROOT = Path(__file__).parents[2]

# Which engines are run on which graph, and how often; what takes minutes is run once.
_DATASETS = {
    "own": {"cordiale": 5, "owlrl": 1, "reasonable": 5, "sparq-rdf": 5},
    "lubm-dept": {"cordiale": 5, "owlrl": 3, "reasonable": 5, "sparq-rdf": 5},
    "ten-thousand": {"cordiale": 5, "owlrl": 1, "reasonable": 5, "sparq-rdf": 5},
    "lubm1": {"cordiale": 5, "owlrl": 1, "reasonable": 5, "sparq-rdf": 5},
    "lubm10": {"cordiale": 5, "reasonable": 3, "sparq-rdf": 5},
    "ror": {"cordiale": 5, "reasonable": 1, "sparq-rdf": 5},
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
    shared = Path(os.environ.get("CORDIALE_SHARED", _ROOT.parent / "shared"))
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        for name in names or tuple(_DATASETS):
            path = Path(folder, f"{name}.nt")
            path.write_bytes(_graph(name, shared))
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


def _graph(name: str, shared: Path) -> bytes:
    """A graph in N-Triples."""

    def packed(*parts: str) -> bytes:
        return gzip.decompress(shared.joinpath(*parts).read_bytes())

    if name == "own":  # this project's own, without what it keeps for tests
        return cordiale.open(_ROOT).export("ntriples", triples="asserted")
    if name == "ten-thousand":  # a part of the first department, and at the end of the file the ontology
        lines = packed("bench", "lubm1.nt.gz").splitlines(keepends=True)
        return b"".join(lines[:9_700] + lines[-300:])
    if name == "ror":  # with this project's ontology
        ontology = sorted((_ROOT / "ontology").glob("*.ttl"))
        axioms = [ox.serialize(_triples(path), format=ox.RdfFormat.N_TRIPLES) or b"" for path in ontology]
        return b"".join(axioms) + packed("datasets", "ror", "ror.nt.gz")
    return packed("bench", f"{name}.nt.gz")


def _triples(path: Path) -> list[ox.Triple]:
    """The triples of a Turtle file; its blank nodes are named at random."""
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]


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
        "and CPU",
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
    """Say which triples only one of two engines has, by predicate; trivial ones are only counted."""
    own, other = (set(path.read_text(encoding="utf-8").split("\n")) for path in (ours, theirs))
    for title, lines in ((f"only in {ours.stem}", own - other), (f"only in {theirs.stem}", other - own)):
        told = [line.split(" ", 2) for line in lines if line and not _is_trivial(line)]
        counts = Counter(predicate for _, predicate, _ in told)
        shown = ", ".join(f"{key} {count:,}" for key, count in counts.most_common(8))
        trivial = f"{len(lines) - len(told):,} that say nothing (docs/reference/closure.md)"
        console.print(
            f"{title}: {trivial}; {len(told):,} others{': ' if shown else ''}{shown}",
            markup=False,
            highlight=False,
        )


def _is_trivial(line: str) -> bool:
    """Whether a line says nothing; a literal as subject may hold blanks."""
    if line.startswith('"'):
        return True
    subject, predicate, object_ = map(node_of, line.split(" ", 2))
    return is_trivial((subject, predicate, object_))


if __name__ == "__main__":
    main(*sys.argv[1:])
