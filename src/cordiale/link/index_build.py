"""The index of a register's names, built from its records."""

from collections.abc import Iterable

import numpy as np

from cordiale.link.index import Index, word_numbers
from cordiale.link.names import bag
from cordiale.link.records import Name, Record

__all__ = ["build_index"]

_KINDS = {"label": 0, "alias": 1, "acronym": 2}


def build_index(records: Iterable[Record]) -> Index:
    """The index of the records' names, in the order of the records."""
    vocabulary: dict[str, int] = {}
    record_of: list[int] = []
    kind_of: list[int] = []
    starts, ids = [0], list[int]()
    for row, record in enumerate(records):
        seen: set[tuple[int, ...]] = set()
        for kind, words in _bags(record.names):
            numbers = tuple(dict.fromkeys(vocabulary.setdefault(word, len(vocabulary)) for word in words))
            if not numbers or numbers in seen:
                continue
            seen.add(numbers)
            record_of.append(row)
            kind_of.append(kind)
            ids.extend(numbers)
            starts.append(len(ids))
    word_ids = np.array(ids, dtype=np.int32)
    word_starts = np.array(starts, dtype=np.int64)
    names = len(record_of)
    sizes = np.diff(word_starts)
    held = np.bincount(word_ids, minlength=len(vocabulary))
    rarity = np.log((names + 1) / np.maximum(held, 1)).astype(np.float32)
    name_of_slot = np.repeat(np.arange(names, dtype=np.int32), sizes)
    order = np.argsort(word_ids, kind="stable")
    sums = np.concatenate(
        [[np.uint64(0)], np.cumsum(word_numbers(len(vocabulary))[word_ids], dtype=np.uint64)]
    )
    keys = sums[word_starts[1:]] - sums[word_starts[:-1]]
    by_key = np.argsort(keys, kind="stable")
    return Index(
        vocabulary=vocabulary,
        rarity=rarity,
        record_of=np.array(record_of, dtype=np.int32),
        kind_of=np.array(kind_of, dtype=np.int8),
        word_starts=word_starts,
        word_ids=word_ids,
        weight=np.bincount(name_of_slot, weights=rarity[word_ids], minlength=names).astype(np.float32),
        keys=keys[by_key],
        key_names=by_key.astype(np.int32),
        posting_starts=np.concatenate([[0], np.cumsum(held)]).astype(np.int64),
        postings=name_of_slot[order],
    )


def _bags(names: Iterable[Name]) -> Iterable[tuple[int, tuple[str, ...]]]:
    for name in names:
        kind = _KINDS.get(name.kind, 1)
        yield kind, bag(name.text)
        # "Eni (Italy)": the country is the register's own addition.
        if name.text.endswith(")") and (at := name.text.rfind(" (")) > 0:
            yield 1, bag(name.text[:at])
