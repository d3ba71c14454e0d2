"""A register to link to: its records, the index of their names, their identifiers, the places it knows."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cordiale.link.identifiers import Identifier, identifiers_of, number_of
from cordiale.link.index import Index
from cordiale.link.names import fold, words
from cordiale.link.places import Places
from cordiale.link.records import Record

__all__ = ["Register"]


class Register:
    """The records of one register; a row number stands for a record, in the order of its file."""

    def __init__(
        self,
        *,
        name: str,
        ids: Sequence[str],
        index: Index,
        places: Places,
        children: Mapping[int, int],
        identifier_keys: NDArray[np.uint64],
        identifier_rows: NDArray[np.int32],
        record: Callable[[int], Record],
    ) -> None:
        self.name = name
        self.ids = ids
        self.index = index
        self.places = places
        self.row = {iri: row for row, iri in enumerate(ids)}
        self.record = lru_cache(maxsize=20_000)(record)
        self.cities = lru_cache(maxsize=20_000)(self._cities)
        self.parents = lru_cache(maxsize=20_000)(self._parents)
        self.folded_names = lru_cache(maxsize=20_000)(self._folded_names)
        self.children_of = children
        self.identifier_keys = identifier_keys  # sorted
        self.identifier_rows = identifier_rows

    def __len__(self) -> int:
        return len(self.ids)

    def _parents(self, row: int) -> tuple[int, ...]:
        """The rows of what a record is part of."""
        return tuple(self.row[parent] for parent in self.record(row).parents if parent in self.row)

    def children(self, row: int) -> int:
        """How many records are part of this one."""
        return self.children_of.get(row, 0)

    def identified(self, identifier: Identifier) -> tuple[int, ...]:
        """The rows of the records that bear an identifier, which several may."""
        key = number_of(identifier)
        at = int(np.searchsorted(self.identifier_keys, key))
        rows = []
        while at < len(self.identifier_keys) and self.identifier_keys[at] == key:
            row = int(self.identifier_rows[at])
            # Two identifiers may share a number, which only the record can tell.
            if identifier in identifiers_of(self.record(row)):
                rows.append(row)
            at += 1
        return tuple(rows)

    def _folded_names(self, row: int) -> tuple[str, ...]:
        """Each name without case, accents and particles."""
        return tuple(
            " ".join(fold(word.written) for word in words(name.text)) for name in self.record(row).names
        )

    def _cities(self, row: int) -> frozenset[str]:
        return frozenset(" ".join(word.text for word in words(city)) for city in self.record(row).cities)
