"""How long a site takes, and how much memory: ``python -m tests.bench.site``, a part of ``make bench``.

The project's own graph several times, the median of which counts and whose outputs must agree byte for byte;
and once the British and French organisations of ROR, each with a page of its own, under the project's
ontology. Each in a process of its own, which has a second one write the twins.
"""

import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cordiale.cli.publish import GARBAGE
from cordiale.project.import_ror import import_ror
from cordiale.project.site.publishing import publish
from tests.read.project import HEAD, write_project

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_RUNS = 3
_TERMS = "https://w3id.org/cordiale/ns#"
_SETTINGS = f"""\
[tool.cordiale]
terms = "{_TERMS}"
things = "https://ror.org/"
sources = "https://w3id.org/cordiale/source/"
languages = ["en", "fr"]
catalogue = "sources"
trusted = ["ontology", "sources"]
"""
_MOST = {"own": (20.0, 2000.0), "ror GB, FR": (180.0, 2000.0)}  # seconds and megabytes


def main() -> None:
    """Write both sites, and print a table."""
    shared = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[3] / "shared"))
    console = Console(width=110)
    console.print(f"load average {os.getloadavg()[0]:.1f}")
    table = Table("site of", "entities", "files", "s", "CPU s", "peak MB", "within")
    with tempfile.TemporaryDirectory() as folder:
        registry = _registry(Path(folder, "registry"), shared / "datasets" / "ror" / "ror_gb_fr.jsonl.gz")
        for name, project, runs in (("own", _ROOT, _RUNS), ("ror GB, FR", registry, 1)):
            found = [_measured(project, Path(folder, f"site{run}")) for run in range(runs)]
            assert len({each["digest"] for each in found}) == 1, "the same project gave other bytes"
            told = {
                key: statistics.median(float(each[key]) for each in found) for key in ("s", "cpu", "peak")
            }
            seconds, megabytes = _MOST[name]
            table.add_row(
                name,
                f"{found[0]['things']:,}",
                f"{found[0]['files']:,}",
                f"{told['s']:.1f}",
                f"{told['cpu']:.1f}",
                f"{told['peak']:,.0f}",
                "yes" if told["s"] <= seconds and told["peak"] <= megabytes else "no",
            )
    console.print(table)


def _registry(project: Path, records: Path) -> Path:
    """A project with the organisations of ROR as its things."""
    write_project(project, {"data/sources.ttl": HEAD}, settings=_SETTINGS)
    shutil.copytree(_ROOT / "ontology", project / "ontology")
    import_ror(project, [records])
    return project


def _measured(project: Path, target: Path) -> dict[str, int | float | str]:
    command = [sys.executable, "-m", "tests.bench.site", str(project), str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, int | float | str] = json.loads(done.stdout.splitlines()[-1])
    files = sorted(path for path in target.rglob("*") if path.is_file())
    digest = sha256()
    for path in files:
        digest.update(path.relative_to(target).as_posix().encode() + sha256(path.read_bytes()).digest())
    shutil.rmtree(target)
    return {**told, "files": len(files), "digest": digest.hexdigest()}


def _one(project: str, target: str) -> None:
    gc.set_threshold(GARBAGE)
    start = time.perf_counter()
    report = publish(Path(project), Path(target), list[str]().append)
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "things": report.things,
        "s": time.perf_counter() - start,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        # What both have is counted twice.
        "peak": sum(each.ru_maxrss for each in used) / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _one(*sys.argv[1:]) if len(sys.argv) > 1 else main()
