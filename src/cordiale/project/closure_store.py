"""The closure kept beside the build, with supports, so that a question need not wait for the reasoner again.

It is a folder of Parquet files that anybody may read (docs/reference/supports.md tells their columns).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cordiale.closure.engine import Clash
from cordiale.closure.loading.nodes import node_of, text_of
from cordiale.closure.sourced.supported import RuleFault, SupportedClash, SupportedClosure, SupportedConflict
from cordiale.model.places import Place
from cordiale.model.supports import Support
from cordiale.model.terms import Node
from cordiale.read.literals import quiet_literals

__all__ = ["CLOSURE", "load_closure", "save_closure"]

CLOSURE = "closure"  # a folder in the build folder

_KEY = b"cordiale.key"
_CLASH = ("rule", "message", "premises", "sets", "truncated")
_SETS = pa.list_(pa.list_(pa.int32()))


def load_closure(folder: Path, key: str) -> SupportedClosure | None:
    """The stored closure when it is the one for this key, else nothing."""
    try:
        triples = _table(folder, "triple")
        if (triples.schema.metadata or {}).get(_KEY) != key.encode():
            return None
        source, term, support, clash, conflict, fault = (
            _table(folder, name) for name in ("source", "term", "support", "clash", "conflict", "fault")
        )
        return SupportedClosure(
            texts=term.column("text").combine_chunks(),
            triples=triples.select(["s", "p", "o", "support", "asserted"]).replace_schema_metadata(None),
            supports=tuple(map(_support, *_columns(support, "sets", "truncated"))),
            clashes=tuple(map(_clash, *_columns(clash, *_CLASH))),
            sources=tuple(source.column("name").to_pylist()),
            conflicts=tuple(map(_conflict, *_columns(conflict, *_CLASH, "about", "values"))),
            faults=tuple(map(_fault, *_columns(fault, "rule", "kind", "detail", "path", "line", "column"))),
        )
    except (OSError, KeyError, pa.ArrowInvalid):
        return None  # absent, cut short or of another version: it is computed anew


def _table(folder: Path, name: str) -> pa.Table:
    # Not pq.read_table, which imports what reads folders of files and takes as long as all of this.
    with pq.ParquetFile(folder / f"{name}.parquet") as file:
        return file.read()


def _columns(table: pa.Table, *names: str) -> Iterator[list[Any]]:
    return (table.column(name).to_pylist() for name in names)


def _support(sets: list[list[int]], truncated: bool) -> Support:
    return Support(tuple(map(tuple, sets)), truncated)


def _clash(
    rule: str, message: str, premises: list[list[str]], sets: list[list[int]], truncated: bool
) -> SupportedClash:
    with quiet_literals():
        triples = tuple((node_of(s), node_of(p), node_of(o)) for s, p, o in premises)
    return SupportedClash(
        clash=Clash(rule=rule, message=message, triples=triples), support=_support(sets, truncated)
    )


def _conflict(
    rule: str,
    message: str,
    premises: list[list[str]],
    sets: list[list[int]],
    truncated: bool,
    about: list[str],
    values: list[str],
) -> SupportedConflict:
    found = _clash(rule, message, premises, sets, truncated)
    with quiet_literals():
        return SupportedConflict(
            clash=found.clash,
            support=found.support,
            about=tuple(map(node_of, about)),
            values=tuple(map(node_of, values)),
        )


def _fault(rule: str, kind: str, detail: str, path: str, line: int, column: int) -> RuleFault:
    return RuleFault(rule=rule, kind=kind, detail=detail, place=Place(path=path, line=line, column=column))


def _clash_columns(found: Sequence[SupportedClash | SupportedConflict]) -> dict[str, pa.Array]:
    premises = [[list(map(text_of, triple)) for triple in each.clash.triples] for each in found]
    return {
        "rule": pa.array([each.clash.rule for each in found], pa.string()),
        "message": pa.array([each.clash.message for each in found], pa.string()),
        "premises": pa.array(premises, pa.list_(pa.list_(pa.string()))),
        "sets": pa.array([each.support.sets for each in found], _SETS),
        "truncated": pa.array([each.support.truncated for each in found], pa.bool_()),
    }


def _texts(nodes: Iterable[tuple[Node, ...]]) -> pa.Array:
    return pa.array([list(map(text_of, each)) for each in nodes], pa.list_(pa.string()))


def save_closure(folder: Path, key: str, closure: SupportedClosure) -> None:
    """Write the closure where ``load_closure`` finds it: the same closure, the same bytes.

    Raises:
        OSError: the folder cannot be written.
    """
    contested = [place in closure.contested for place in range(len(closure.supports))]
    tables = {
        "source": {"name": pa.array(closure.sources, pa.string())},
        "term": {"text": closure.texts},
        "support": {
            "sets": pa.array([support.sets for support in closure.supports], _SETS),
            "truncated": pa.array([support.truncated for support in closure.supports], pa.bool_()),
            "contested": pa.array(contested, pa.bool_()),
        },
        "clash": _clash_columns(closure.clashes),
        "conflict": {
            **_clash_columns(closure.conflicts),
            "about": _texts(each.about for each in closure.conflicts),
            "values": _texts(each.values for each in closure.conflicts),
        },
        "fault": {
            "rule": pa.array([each.rule for each in closure.faults], pa.string()),
            "kind": pa.array([each.kind for each in closure.faults], pa.string()),
            "detail": pa.array([each.detail for each in closure.faults], pa.string()),
            "path": pa.array([each.place.path for each in closure.faults], pa.string()),
            "line": pa.array([each.place.line for each in closure.faults], pa.int32()),
            "column": pa.array([each.place.column for each in closure.faults], pa.int32()),
        },
    }
    folder.mkdir()
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    pq.write_table(closure.triples.replace_schema_metadata({_KEY: key}), folder / "triple.parquet")
