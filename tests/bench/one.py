"""One engine on one file, in this process: ``python -m tests.bench.one ENGINE FILE TIMES [CLOSURE]``.

Prints JSON: seconds of each run from file to closed graph, those of the processors, sizes, and peak memory in
MB. With CLOSURE, the closed graph is written there as sorted N-Triples, outside the time that is measured.
"""

import gc
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from cordiale.model.terms import Triple

__all__ = ["ENGINES", "main"]

# What an engine does from file to closed graph: how many triples there are then, and how to list them as
# N-Triples.
_Run = Callable[[Path], tuple[int, Callable[[], Iterable[str]]]]


def _cordiale(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    from cordiale.closure.loading.coding import texts_of
    from cordiale.closure.rulebook.rule_parser import read_rule_set
    from cordiale.closure.sql.materialise import close_paths

    closed = close_paths([path], read_rule_set("owl2rl"))
    total = closed.asserted.group_by(["s", "p", "o"]).aggregate([]).num_rows + len(closed)

    def lines() -> Iterable[str]:
        for triples in (texts_of(closed.asserted, closed.texts), closed):
            yield from (" ".join(triple) for triple in triples)

    return total, lines


def _plain(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    from tests.bench.sourced import plain

    return plain(path)


def _with_supports(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    from tests.bench.sourced import with_supports

    return with_supports(path)


def _owlrl(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    from owlrl import DeductiveClosure, OWLRL_Semantics
    from rdflib import Graph

    from cordiale.closure.loading.nodes import text_of

    graph = Graph().parse(path, format="nt")
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return len(graph), lambda: (" ".join(map(text_of, cast(Triple, triple))) for triple in graph)


def _reasonable(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    import reasonable

    from cordiale.closure.loading.nodes import text_of

    turtle = path.with_suffix(".ttl")  # of the two formats that it reads, it tells them by the name
    if not turtle.exists():
        turtle.symlink_to(path)
    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(turtle))
    triples = reasoner.reason()
    return len(triples), lambda: (" ".join(map(text_of, triple)) for triple in triples)


def _sparq(path: Path) -> tuple[int, Callable[[], Iterable[str]]]:
    import sparq

    graph: Any = sparq.Graph.load(path.read_text(encoding="utf-8"), "ntriples")
    graph.reason("owl")

    def lines() -> Iterable[str]:
        rows = graph.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        return (" ".join(repr(term)[5:-1] for term in triple) for triple in rows)  # Term(<x:y>)

    return len(graph), lines


# No two engines keep the labels of blank nodes.
_BLANK = re.compile(r"_:\S+")

ENGINES: dict[str, _Run] = {
    "cordiale": _cordiale,
    "cordiale-plain": _plain,
    "cordiale-supports": _with_supports,
    "owlrl": _owlrl,
    "reasonable": _reasonable,
    "sparq-rdf": _sparq,
}


def main(engine: str, path: str, times: str, closure: str = "") -> None:
    """Measure, and print the measurements."""
    seconds, busy, total = [], [], 0
    lines: Callable[[], Iterable[str]] = tuple
    for _ in range(int(times)):
        del lines
        gc.collect()
        start, worked = time.perf_counter(), time.process_time()
        total, lines = ENGINES[engine](Path(path))
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    peak = _peak()
    if closure:
        Path(closure).write_text(
            "\n".join(sorted({_BLANK.sub("_:", line) for line in lines()})), encoding="utf-8"
        )
    print(json.dumps({"seconds": seconds, "busy": busy, "total": total, "peak": peak}))


def _peak() -> float:
    """The most memory that this process has had, in MB; what its parent had before it does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
