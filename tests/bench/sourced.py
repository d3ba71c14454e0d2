"""A folder closed plainly and with supports, each of its files a source, from files to closed graph."""

from collections.abc import Callable, Iterable
from pathlib import Path

from cordiale.closure.loading.coding import texts_of
from cordiale.closure.loading.loading import load_apart
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.closing import SourcedGraph, close_sourced
from cordiale.closure.sql.materialise import close_paths, vocabulary_of
from tests.bench.departments import ONTOLOGY

__all__ = ["closed", "files_of", "plain", "with_supports"]

_Closed = tuple[int, Callable[[], Iterable[str]]]


def files_of(folder: Path) -> list[Path]:
    """The files, that of the ontology first: the place 0, as is trusted."""
    return sorted(folder.glob("*.nt"), key=lambda path: (path.stem != ONTOLOGY, path.stem))


def closed(folder: Path) -> SourcedGraph:
    """The closure with supports."""
    rules = read_rule_set("owl2rl")
    coded, sources = load_apart(files_of(folder), vocabulary_of(rules))
    return close_sourced(coded, sources, rules)


def plain(folder: Path) -> _Closed:
    """The closure without; how many triples it has, and how to list them."""
    graph = close_paths(files_of(folder), read_rule_set("owl2rl"))
    total = graph.asserted.group_by(["s", "p", "o"]).aggregate([]).num_rows + len(graph)

    def lines() -> Iterable[str]:
        for triples in (texts_of(graph.asserted, graph.texts), graph):
            yield from (" ".join(triple) for triple in triples)

    return total, lines


def with_supports(folder: Path) -> _Closed:
    """The same of the closure with supports."""
    graph = closed(folder)
    return len(graph.triples), lambda: (" ".join(triple) for triple in texts_of(graph.triples, graph.texts))
