"""Antichains beside decision diagrams: ``python -m tests.bench.algebra``; see docs/adr/0014.

A closure is made once, and each product and sum that it asks for is written down. Both forms of supports then
do that same work, from the same supports, and answer the same questions; their answers are compared.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import mul
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from unittest import mock

from rich.console import Console
from rich.table import Table

from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced import closing
from cordiale.closure.sourced.pool import ONE_ID, Pool
from cordiale.closure.sourced.supported import close_supported
from cordiale.model.supports import Support
from cordiale.project.knowledge_graph import open_project
from tests.bench import sourced
from tests.bench.departments import dump, split
from tests.bench.diagrams import Diagrams
from tests.bench.diagrams import Support as DiagramSupport
from tests.bench.disputed import chain, clique, close

__all__ = ["main"]

_PROJECT = Path(__file__).parents[2]
_WITHDRAWN = 40  # sources, each put out by itself


class _Form(Protocol):
    """What both forms of a support do."""

    def __iter__(self) -> Iterator[tuple[int, ...]]: ...
    def holds(self, out: Collection[int] = ()) -> bool: ...


F = TypeVar("F", bound=_Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """The products and sums of a closure: what of which supports, and the number of what comes out."""

    steps: tuple[tuple[str, tuple[int, ...], int], ...]
    supports: tuple[Support, ...]

    @property
    def given(self) -> frozenset[int]:
        """The supports that steps take and did not make: what is stated, and what was new in a round."""
        made: set[int] = set()
        given: set[int] = set()
        for _, operands, result in self.steps:
            given.update(set(operands) - made)
            made.add(result)
        return frozenset(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done(Generic[F]):
    results: Mapping[int, F]
    algebra: float  # seconds of the processor, as all below
    holds: float
    listing: float


class _Recorded(Pool):
    """A pool that writes down each product and sum when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[tuple[str, tuple[int, ...]], int] = {}

    def product(self, numbers: Iterable[int]) -> int:
        key = tuple(sorted(set(numbers) - {ONE_ID}))
        made = super().product(key)
        if len(key) > 1:
            self.steps.setdefault(("product", key), made)
        return made

    def improved(self, old: int, others: Collection[int]) -> tuple[int, int]:
        both = super().improved(old, others)
        self.steps.setdefault(("sum", (old, *sorted(others))), both[0])
        return both


def main() -> None:
    """Print a table of all cases."""
    console = Console(width=120)
    table = Table("graph", "form", "steps", "algebra s", "holds s", "all sets s", "size", title="CPU seconds")
    with tempfile.TemporaryDirectory() as temporary:
        split(dump("lubm1"), lubm := Path(temporary, "lubm1"))
        cases: list[tuple[str, Callable[[], object], int]] = [
            ("the project's", _close_project, 5),
            ("LUBM(1)", lambda: sourced.closed(lubm), 5),
            ("chain, 2 sources, 8 facts", lambda: close(chain(2, 8)), 5),
            ("chain, 6 sources, 4 facts", lambda: close(chain(6, 4)), 5),
            ("clique, 1 source, 6 things", lambda: close(clique(1, 6)), 1),
            ("clique, 2 sources, 5 things", lambda: close(clique(2, 5)), 1),
        ]
        for name, closed, times in cases:
            _measure(table, name, _recorded(closed), times)
    console.print(table)


def _close_project() -> None:
    graph = open_project(_PROJECT)
    stated = {source.name: list(graph.graph.graph(source.iri)) for source in graph.sources}
    trusted = [source.name for source in graph.sources if source.trusted]
    close_supported(stated, trusted, read_rule_set("owl2rl"))  # type: ignore[arg-type] # rdflib types terms widely


def _recorded(closed: Callable[[], object]) -> _Work:
    pool = _Recorded()
    with mock.patch.object(closing, "Pool", return_value=pool):
        closed()
    steps = tuple((kind, operands, made) for (kind, operands), made in pool.steps.items())
    return _Work(steps=steps, supports=tuple(pool.supports))


def _measure(table: Table, name: str, work: _Work, times: int) -> None:
    every = {source for support in work.supports for sources in support for source in sources}
    out = sorted(every)[:: max(1, len(every) // _WITHDRAWN)]
    antichains: list[_Done[Support]] = []
    drawn: list[_Done[DiagramSupport]] = []
    for _ in range(times):
        antichains.append(_follow(work, lambda support: support, Support.sum, out))
        diagrams = Diagrams(every)
        drawn.append(_follow(work, diagrams.of, diagrams.sum, out))
    sets = [each for support in antichains[-1].results.values() for each in support]
    cut = sum(support.truncated for support in antichains[-1].results.values())
    size = f"{len(sets):,} sets of {sum(map(len, sets)):,}" + (f", {cut} supports cut" if cut else "")
    _row(table, name, "antichains", work, antichains, size)
    nodes = diagrams.nodes(drawn[-1].results.values())
    whole = [len(tuple(each)) for each in drawn[-1].results.values()]
    size = f"{nodes:,} nodes of {len(diagrams):,} made" + (f", {max(whole):,} sets in one" if cut else "")
    _row(table, "", "diagrams", work, drawn, size)
    for number, support in antichains[-1].results.items():
        other = drawn[-1].results[number]
        if support.truncated:
            assert all(other.holds(every.difference(sources)) for sources in support), (name, support)
        else:
            assert tuple(other) == support.sets, (name, support)


def _follow(
    work: _Work, given: Callable[[Support], F], summed: Callable[[Iterable[F]], F], out: Sequence[int]
) -> _Done[F]:
    """Do the work with one form of supports, and ask each result which withdrawals it outlives."""
    known = {number: given(work.supports[number]) for number in work.given}
    results: dict[int, F] = {}
    start = time.process_time()
    for kind, operands, made in work.steps:
        values = [known[number] for number in operands]
        known[made] = results[made] = reduce(mul, values) if kind == "product" else summed(values)
    algebra = time.process_time()
    for each in results.values():
        for source in out:
            each.holds((source,))
    held = time.process_time()
    for each in results.values():
        tuple(each)
    return _Done(
        results=results, algebra=algebra - start, holds=held - algebra, listing=time.process_time() - held
    )


def _row(table: Table, name: str, form: str, work: _Work, done: Sequence[_Done[F]], size: str) -> None:
    figures = (
        statistics.median(seconds)
        for seconds in zip(*((each.algebra, each.holds, each.listing) for each in done), strict=True)
    )
    table.add_row(name, form, f"{len(work.steps):,}", *(f"{each:.3f}" for each in figures), size)


if __name__ == "__main__":
    main()
