"""Chains and cliques of disputed facts: ``python -m tests.bench.disputed``.

Each fact is stated by some sources of its own, r of them. A chain of d facts under a transitive property has
r to the d minimal sets from end to end; a clique of n things under a symmetric and transitive one has a set
for each path and each choice of sources on it. The tables say how long the closure takes, and where the cap
bites.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, count

import pyarrow as pa
import pyarrow.compute as pc
from rich.console import Console
from rich.table import Table

from cordiale.closure.loading.coding import Encoder, term_texts
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.closing import SourcedGraph, close_sourced
from cordiale.closure.sourced.store import TRUSTED
from cordiale.closure.sql.materialise import vocabulary_of
from cordiale.model.supports import MOST_SETS

__all__ = ["chain", "clique", "close", "main"]

Stated = Sequence[tuple[int, tuple[str, str, str]]]  # a source, and a triple that it states

_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NEAR = "<http://example.org/near>"
_CHAINS = [(1, 8), (2, 4), (2, 8), (2, 9), (3, 4), (3, 5), (3, 6), (4, 4), (6, 4), (16, 2), (6, 8)]
_CLIQUES = [(1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (2, 3), (2, 4), (2, 5), (3, 3), (3, 4), (6, 4)]


def chain(sources: int, depth: int) -> Stated:
    """So many facts in a row, each of so many sources."""
    steps = ((at, at + 1) for at in range(depth))
    return [*_axioms("TransitiveProperty"), *_facts(steps, sources)]


def clique(sources: int, things: int) -> Stated:
    """A fact between any two of so many things, each of so many sources."""
    edges = combinations(range(things), 2)
    return [*_axioms("SymmetricProperty", "TransitiveProperty"), *_facts(edges, sources)]


def close(stated: Stated) -> SourcedGraph:
    """The closure with supports."""
    rules = read_rule_set("owl2rl")
    encoder = Encoder(vocabulary_of(rules))
    encoder.add(term_texts(triple for _, triple in stated))
    sources = pa.chunked_array([pa.array([source for source, _ in stated], pa.int32())])
    return close_sourced(encoder.coded(), sources, rules)


def main() -> None:
    """Print the tables."""
    console = Console(width=110)
    console.print(_table("chain", "depth", ((r, d, chain(r, d)) for r, d in _CHAINS)))
    console.print(_table("clique", "things", ((r, n, clique(r, n)) for r, n in _CLIQUES)))


def _axioms(*kinds: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for kind in kinds:
        yield TRUSTED, (_NEAR, _TYPE, f"<{_OWL}{kind}>")


def _facts(pairs: Iterable[tuple[int, int]], sources: int) -> Iterator[tuple[int, tuple[str, str, str]]]:
    numbers = count(TRUSTED + 1)
    for one, other in pairs:
        for _ in range(sources):
            yield next(numbers), (f"<http://example.org/{one}>", _NEAR, f"<http://example.org/{other}>")


def _table(kind: str, size: str, cases: Iterable[tuple[int, int, Stated]]) -> Table:
    table = Table(
        "sources a fact", size, "sources", "CPU s", "triples", "largest support", "truncated", title=kind
    )
    table.caption = f"at most {MOST_SETS} sets of a support are kept"
    for sources, extent, stated in cases:
        start = time.process_time()
        graph = close(stated)
        busy = time.process_time() - start
        used = [graph.supports[number] for number in graph.triples.column("support").to_pylist()]
        asserted = pc.sum(graph.triples.column("asserted")).as_py()
        table.add_row(
            str(sources),
            str(extent),
            str(len({source for source, _ in stated}) - 1),
            f"{busy:.2f}",
            f"{asserted} + {len(used) - asserted}",
            str(max(map(len, used))),
            f"{sum(support.truncated for support in used)} of {len(used)}",
        )
    return table


if __name__ == "__main__":
    main()
