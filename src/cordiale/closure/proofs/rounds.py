"""The triples of a closure, name by name, with the round in which each was first there.

All numbers are those of ``Coded``. A literal is the number that stands for all literals of its value.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

import pyarrow.compute as pc

from cordiale.closure.sql.compiler import SAME
from cordiale.closure.sql.materialise import ClosedGraph

__all__ = ["Numbers", "Rounds", "Row"]

Numbers: TypeAlias = tuple[int, int, int]
Row: TypeAlias = tuple[int, int, int, int]  # and the round

_SMALL = 100_000  # triples that are worth having in Python, to be looked up faster
_LARGEST_STAR = 2_000  # triples of one subject that are worth fetching for one of them


class Rounds:
    """Asks the tables of a closure, and remembers what they said."""

    def __init__(self, closed: ClosedGraph) -> None:
        self._closed = closed
        self._store = closed.store
        self.same = self._value(closed.store.coded.constants[SAME])
        self._source = "t"
        if closed.equality.is_used:
            rows = closed.equality.unfolded("SELECT s, p, o, r FROM t")
            self._store.run(f"CREATE OR REPLACE TABLE by_name AS {rows}")
            self._source = "by_name"
        self._store.connection.register("stated", closed.asserted)
        self._rows: dict[tuple[int | None, int | None, int | None], tuple[Row, ...]] = {}
        self._stars: dict[int, dict[Numbers, int] | None] = {}
        self._found: dict[str, int | None] = {}
        self._links: dict[tuple[int, int], dict[int, list[int]]] = {}

        self._by_subject: dict[int, list[Row]] | None = None
        self._by_object: dict[int, list[Row]] = {}
        self._by_predicate: dict[int, list[Row]] = {}
        if self._store.rows(f"SELECT count(*) FROM {self._source}")[0][0] <= _SMALL:
            self._fetch()

    def _fetch(self) -> None:
        self._by_subject = {}
        for s, p, o, r in self._store.rows(f"SELECT s, p, o, r FROM {self._source}"):
            row = (s, p, o, r)
            self._by_subject.setdefault(s, []).append(row)
            self._by_predicate.setdefault(p, []).append(row)
            self._by_object.setdefault(o, []).append(row)

    def number(self, constant: str) -> int:
        """The number of a term of a rule."""
        return self._value(self._store.coded.constants[constant])

    def constant(self, constant: str) -> int:
        """The number of a term of a rule in the form that it has there."""
        return self._store.coded.constants[constant]

    def find(self, text: str) -> int | None:
        """The number of a term in this form; ``None`` when it stands nowhere."""
        if text not in self._found:
            place = pc.index(self._store.coded.texts, text).as_py()
            self._found[text] = None if place < 0 else int(place)
        return self._found[text]

    def text(self, number: int) -> str:
        """The term in N-Triples."""
        return str(self._store.coded.texts[number].as_py())

    def round(self, triple: Numbers) -> int | None:
        """When the triple was first there; ``None`` when it is not."""
        star = self._star(triple[0])
        if star is not None:
            return star.get(triple)
        rows = self.matching(*triple)
        return rows[0][3] if rows else None

    def matching(self, s: int | None, p: int | None, o: int | None) -> tuple[Row, ...]:
        """The triples with these terms, where ``None`` is any."""
        key = (s, p, o)
        if key not in self._rows:
            self._rows[key] = tuple(sorted(self._matching(s, p, o)))
        return self._rows[key]

    def mention(self, number: int) -> Row | None:
        """The earliest triple that a term stands in."""
        rows = self._store.rows(
            f"SELECT s, p, o, r FROM {self._source} WHERE s = {number} OR p = {number} OR o = {number}"
            " ORDER BY r, s, p, o LIMIT 1"
        )
        return (rows[0][0], rows[0][1], rows[0][2], rows[0][3]) if rows else None

    def told(self, triple: Numbers) -> tuple[int, ...]:
        """The objects with which the triple is asserted: literals of one value may have several forms."""
        s, p, o = triple
        forms = ", ".join(map(str, (o, *self._forms.get(o, ()))))
        key = (s, p, -1 - o)
        if key not in self._rows:
            found = self._store.rows(
                f"SELECT DISTINCT o FROM stated WHERE s = {s} AND p = {p} AND o IN ({forms})"
            )
            self._rows[key] = tuple((s, p, form, 0) for (form,) in sorted(found))
        return tuple(row[2] for row in self._rows[key])

    def tellings(self, literal: int) -> tuple[Numbers, ...]:
        """The asserted triples that have this form of a literal as object."""
        return tuple(
            (s, p, o)
            for s, p, o in sorted(
                self._store.rows(f"SELECT DISTINCT s, p, o FROM stated WHERE o = {literal}")
            )
        )

    def is_value(self, number: int, datatype: str) -> bool:
        """Whether the term is a literal, and certainly a value of the datatype (an IRI)."""
        return number >= self._store.coded.literals and self._closed.values.is_value(number, datatype)

    def value(self, number: int) -> int:
        """The number that stands for all literals of the value; of other terms, the same."""
        return self._value(number)

    def names(self, number: int) -> tuple[int, ...]:
        """The names that were made the same as this one, itself included."""
        return self._classes.get(self._representative.get(number, number), (number,))

    def variants(self, triple: Numbers, below: int) -> list[Row]:
        """What was there before a round and says the same, by other names of the same things."""
        conditions = [f"r < {below}"]
        for column, number in zip("spo", triple, strict=True):
            names = self.names(number)
            if len(names) == 1:
                conditions.append(f"{column} = {number}")
            else:
                root = self._representative[number]
                conditions.append(f"{column} IN (SELECT id FROM names WHERE rep = {root})")
        found = self._store.rows(f"SELECT s, p, o, r FROM {self._source} WHERE {' AND '.join(conditions)}")
        return [(s, p, o, r) for s, p, o, r in found]

    def links(self, number: int, below: int | None) -> dict[int, list[int]]:
        """Whom each name of a class is linked with by ``owl:sameAs`` before a round, either way.

        ``None``: at any time, and whether or not the equality was followed.
        """
        root = self._representative.get(number, number)
        key = (root, below) if below is not None else (-1, -1)
        if key not in self._links:
            condition = (
                ""
                if below is None
                else f" AND r < {below} AND s IN (SELECT id FROM names WHERE rep = {root})"
            )
            found: dict[int, list[int]] = {}
            for s, o in self._store.rows(
                f"SELECT s, o FROM {self._source} WHERE p = {self.same} AND s <> o{condition} ORDER BY s, o"
            ):
                found.setdefault(s, []).append(o)
                found.setdefault(o, []).append(s)
            self._links[key] = found
        return self._links[key]

    @cached_property
    def _representative(self) -> dict[int, int]:
        if not self._closed.equality.is_used:
            return {}
        return {row[0]: row[1] for row in self._store.rows("SELECT id, rep FROM names")}

    @cached_property
    def _classes(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for name, root in sorted(self._representative.items()):
            found.setdefault(root, []).append(name)
        return {root: tuple(names) for root, names in found.items()}

    @cached_property
    def _values(self) -> dict[int, int]:
        forms = self._closed.values.forms
        return dict(zip(forms.column("id").to_pylist(), forms.column("value").to_pylist(), strict=True))

    @cached_property
    def _forms(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for form, value in self._values.items():
            found.setdefault(value, []).append(form)
        return {value: tuple(forms) for value, forms in found.items()}

    def _value(self, number: int) -> int:
        return self._values.get(number, number)

    def _star(self, subject: int) -> dict[Numbers, int] | None:
        """The triples of a subject; ``None`` where they are too many to fetch for one of them."""
        if subject not in self._stars:
            if self._by_subject is not None:
                rows: list[Row] = self._by_subject.get(subject, [])
            else:
                rows = self._asked(f"s = {subject} LIMIT {_LARGEST_STAR + 1}")
            few = len(rows) <= _LARGEST_STAR or self._by_subject is not None
            self._stars[subject] = {(s, p, o): r for s, p, o, r in rows} if few else None
        return self._stars[subject]

    def _matching(self, s: int | None, p: int | None, o: int | None) -> Iterable[Row]:
        if s is not None and (star := self._star(s)) is not None:
            return ((*t, r) for t, r in star.items() if (p is None or t[1] == p) and (o is None or t[2] == o))
        given = [
            f"{column} = {number}"
            for column, number in zip("spo", (s, p, o), strict=True)
            if number is not None
        ]
        if self._by_subject is None or not given:
            return self._asked(" AND ".join(given) or "TRUE")
        rows = self._by_object.get(o, []) if o is not None else []
        if p is not None and (o is None or len(rows) > len(self._by_predicate.get(p, []))):
            rows = self._by_predicate.get(p, [])
        return (row for row in rows if (p is None or row[1] == p) and (o is None or row[2] == o))

    def _asked(self, condition: str) -> list[Row]:
        rows = self._store.rows(f"SELECT s, p, o, r FROM {self._source} WHERE {condition}")
        return [(s, p, o, r) for s, p, o, r in rows]
