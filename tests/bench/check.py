"""How long checks take: ``python -m tests.bench.check``.

``check`` of the project's own graph, cold, as a command; and SHACL on the part of the ROR registry for Great
Britain and France, beside pySHACL on rdflib as it comes, and pyshacl-turbo where installed. A row is one
process, so that no engine profits from what another has loaded; times of SHACL leave out reading.
"""

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rdflib import RDF, SH, Graph
from rich.console import Console
from rich.table import Table

from tests.copies import copied_project

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_ROR = "datasets/ror/ror_gb_fr.nt.gz"
_SHAPES = Path(__file__).with_name("organisations.ttl")
_ENGINES = {"cordiale": "cordiale", "pySHACL": "pyshacl", "pyshacl-turbo": "pyshacl_turbo"}


def main(*arguments: str) -> None:
    """Print the two tables; or, with an engine and a file, measure that and print JSON."""
    if arguments:
        print(json.dumps(_measure(*arguments)))
        return
    console = Console(width=110)
    console.print(f"load average {os.getloadavg()[0]:.1f}")
    console.print(_command_table())
    shared = Path(os.environ.get("CORDIALE_SHARED", _ROOT.parent / "shared"))
    table = Table("SHACL on ROR, GB and FR", "CPU s", "wall s", "results", "peak MB", "times cordiale's CPU")
    own = 0.0
    for engine, module in _ENGINES.items():
        if find_spec(module) is None:
            console.print(f"{engine} is not installed")
            continue
        command = [sys.executable, "-m", "tests.bench.check", engine, str(shared / _ROR)]
        told = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
        own = own or told["busy"]
        table.add_row(
            engine,
            f"{told['busy']:.1f}",
            f"{told['wall']:.1f}",
            f"{told['results']:,}",
            f"{told['peak']:,.0f}",
            f"{told['busy'] / own:.2f}",
        )
    console.print(table)


def _command_table() -> Table:
    """``cordiale check`` of a copy of the project's own graph: no build has kept a closure there."""
    table = Table("cordiale check, cold", "CPU s", "wall s")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "cordiale", "check", str(copied_project(_ROOT, Path(folder)))]
        for number in range(5):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            table.add_row(f"run {number + 1}", f"{busy:.2f}", f"{wall:.2f}")
    return table


def _measure(engine: str, path: str) -> dict[str, float]:
    data = Graph().parse(data=gzip.decompress(Path(path).read_bytes()), format="nt")
    shapes = Graph().parse(_SHAPES)
    start, worked = time.perf_counter(), time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        report = _run(engine, data, shapes)
    return {
        "wall": time.perf_counter() - start,
        "busy": time.process_time() - worked,
        "results": len(set(report.subjects(RDF.type, SH.ValidationResult))),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _run(engine: str, data: Graph, shapes: Graph) -> Graph:
    if engine == "cordiale":
        from cordiale.checks.engine import validate

        return validate(data, shapes, seconds=60)
    module: Any = __import__(_ENGINES[engine])
    _, report, _ = module.validate(data, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    return report


if __name__ == "__main__":
    main(*sys.argv[1:])
