"""Imports of Wikidata's JSON: megabytes a second, and whether memory stays flat; a part of ``make bench``.

The sample of a dump is imported as it is, and several times over under other ids, each time into a small
project, in a process of its own. Megabytes are those of the unpacked JSON.
"""

import bz2
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cordiale.project.import_wikidata import Choice, import_wikidata
from tests.read.project import HEAD, write_project

__all__ = ["main"]

_COPIES = (1, 2, 4)


def main() -> None:
    """Import the sample once, twice and four times over, and print a table."""
    shared = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[3] / "shared"))
    sample = shared / "datasets" / "wikidata-json" / "sample_wikidata_items.json.bz2"
    lines = [line.rstrip(",") for line in bz2.decompress(sample.read_bytes()).decode().splitlines()]
    entities = [json.loads(line) for line in lines if line.startswith("{")]
    table = Table("import", "MB", "entities", "files", "s", "CPU s", "MB/s", "MB per CPU s", "peak MB")
    with tempfile.TemporaryDirectory() as folder:
        for copies in _COPIES:
            for chosen in (False, True):
                name = f"{copies}-{'one' if chosen else 'all'}"
                dump = Path(folder, f"{name}.json")
                _write(dump, entities, copies)
                project = Path(folder, name)
                write_project(project, {"data/sources.ttl": HEAD})
                told = _measured(dump, project, chosen)
                size = dump.stat().st_size / 1e6
                table.add_row(
                    "one of all by id" if chosen else "all",
                    f"{size:.1f}",
                    f"{told['taken']:,}",
                    f"{told['files']:,}",
                    f"{told['seconds']:.2f}",
                    f"{told['busy']:.2f}",
                    f"{size / told['seconds']:.1f}",
                    f"{size / told['busy']:.1f}",
                    f"{told['peak']:,.0f}",
                )
    Console(width=110).print(table)


def _write(dump: Path, entities: list[dict[str, object]], copies: int) -> None:
    with dump.open("w", encoding="utf-8") as stream:
        stream.write("[\n")
        for copy in range(copies):
            for number, entity in enumerate(entities):
                stream.write(json.dumps({**entity, "id": f"Q{copy * 1000 + number + 1}"}) + ",\n")
        stream.write("]\n")


def _measured(dump: Path, project: Path, chosen: bool) -> dict[str, float]:
    ids = ["Q1"] if chosen else []
    command = [sys.executable, "-m", "tests.bench.imports", str(dump), str(project), *ids]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _one(dump: str, project: str, *ids: str) -> None:
    start = time.perf_counter()
    busy = time.process_time()
    report = import_wikidata(Path(project), [Path(dump)], Choice(ids=frozenset(ids)))
    told = {
        "taken": report.taken,
        "files": report.files,
        "seconds": time.perf_counter() - start,
        "busy": time.process_time() - busy,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _one(*sys.argv[1:]) if len(sys.argv) > 1 else main()
