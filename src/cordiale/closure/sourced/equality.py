"""Names that are the same because some source says so: each takes the other's place, with its support.

Rules eq-sym, eq-trans, eq-rep-s, eq-rep-p and eq-rep-o (OWL 2 Profiles, section 4.3, table 4) are followed as
they are written, for which of the names stands for all depends on which sources are believed. An equality
that cannot be is kept aside as a clash and not followed: one of two literals of different values, or of two
things that the trusted base declares different.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sourced.pool import ONE_ID
from cordiale.closure.sourced.store import TRIPLE_KEYS, SourcedStore, make_columns
from cordiale.closure.sql.compiler import SAME, TYPE, table_of
from cordiale.closure.values.literals import DATATYPE_MAP
from cordiale.closure.values.value_coding import Values
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem

__all__ = ["MOST_NAMES", "SourcedEquality"]

MOST_NAMES = 64  # of one thing: a class of n names takes n times n triples, and n copies of each of its facts

_DIFFERENT = "<http://www.w3.org/2002/07/owl#differentFrom>"
_ALL_DIFFERENT = "<http://www.w3.org/2002/07/owl#AllDifferent>"
_MEMBERS = ("<http://www.w3.org/2002/07/owl#members>", "<http://www.w3.org/2002/07/owl#distinctMembers>")


class SourcedEquality:
    """Looks at each ``owl:sameAs`` before it is followed; table ``refused`` has those that are not."""

    def __init__(
        self, store: SourcedStore, values: Values, rules: Iterable[Rule], *, reflexive: bool
    ) -> None:
        """``reflexive``: whether ``x owl:sameAs x`` is wanted."""
        self.rules = tuple(rule for rule in rules if "equal" in rule.marks)
        self._store = store
        self._values = values
        self._reflexive = reflexive
        self._typed: set[int] = set()
        store.run(make_columns("refused", TRIPLE_KEYS, "u"))
        store.run(make_columns("crefused", TRIPLE_KEYS, "u", "v"))
        store.run(make_columns("crefused_wide", TRIPLE_KEYS, "us"))

    def begin(self) -> None:
        """Look at the equalities that are stated."""
        self._set_aside({"t": "refused"})

    def screen(self) -> None:
        """Look at the equalities that the rules have just made."""
        if not self._reflexive:
            same = self._store.number(SAME)
            for table in ("cand", "cand_wide"):
                self._store.run(f"DELETE FROM {table} WHERE p = {same} AND s = o")
        if self._set_aside({"cand": "crefused", "cand_wide": "crefused_wide"}):
            self._store.merge("refused", "refused_new", TRIPLE_KEYS, "crefused")

    def check_sizes(self) -> None:
        """Refuse a thing with more than ``MOST_NAMES`` names.

        Raises:
            SourceError: C650.
        """
        store = self._store
        same = store.number(SAME)
        if not any(p == same for p, _ in store.new_counts):
            return
        found = store.rows(
            f"SELECT s, count(*) AS n FROM t WHERE p = {same} AND s <> o GROUP BY s"
            f" HAVING n >= {MOST_NAMES} ORDER BY n DESC, s LIMIT 1"
        )
        if found:
            name = store.coded.texts[found[0][0]].as_py()
            raise SourceError(
                Problem(
                    code="C650",
                    message=f"{name} has more than {MOST_NAMES} names by owl:sameAs, and not all of them"
                    " by the trusted files",
                    remedy="put equalities that are beyond doubt into a trusted file, or use skos:exactMatch",
                )
            )

    def _set_aside(self, tables: dict[str, str]) -> bool:
        """Move what cannot be from some tables into others; whether there was such."""
        store = self._store
        same = store.number(SAME)
        every = " UNION ALL ".join(
            f"SELECT s, o FROM {table} WHERE p = {same} AND s <> o" for table in tables
        )
        pairs = store.rows(f"SELECT DISTINCT least(s, o), greatest(s, o) FROM ({every}) x")
        if not pairs:
            return False
        self._type_named_values(o for _, o in pairs if o >= store.coded.literals)
        columns = {
            name: pa.array(column, pa.int32())
            for name, column in zip("ab", zip(*pairs, strict=True), strict=True)
        }
        store.connection.register("pair_rows", pa.table(columns))
        refused = [(a, b) for a, b in store.rows(self._declared_different())]
        refused += [
            (a, b) for a, b in pairs if a >= store.coded.literals and self._values.are_different(a, b)
        ]
        store.connection.unregister("pair_rows")
        if not refused:
            return False
        store.run("CREATE OR REPLACE TABLE apart (a INTEGER, b INTEGER)")
        store.insert("apart", refused)
        for table, into in tables.items():
            of = f"p = {same} AND (least(s, o), greatest(s, o)) IN (SELECT (a, b) FROM apart)"
            store.run(f"INSERT INTO {into} SELECT * FROM {table} WHERE {of}")
            store.run(f"DELETE FROM {table} WHERE {of}")
        return True

    def _declared_different(self) -> str:
        """The pairs among ``pair_rows`` that are different whatever sources say."""
        store = self._store
        different = store.number(_DIFFERENT)
        asked = [
            f"SELECT a, b FROM pair_rows JOIN t ON p = {different} AND u = {ONE_ID}"
            " AND ((s = a AND o = b) OR (s = b AND o = a))"
        ]
        if (store.number(TYPE), store.number(_ALL_DIFFERENT)) in store.counts:
            predicates = ", ".join(str(store.number(name)) for name in _MEMBERS)
            member = table_of("member")
            asked.append(
                f"SELECT a, b FROM pair_rows, sch x, sch y, {member} m, {member} n"
                f" WHERE x.p = {store.number(TYPE)} AND x.o = {store.number(_ALL_DIFFERENT)}"
                f" AND x.u = {ONE_ID}"
                f" AND y.s = x.s AND y.p IN ({predicates}) AND y.u = {ONE_ID}"
                " AND m.a0 = y.o AND n.a0 = y.o"
                f" AND m.u = {ONE_ID} AND n.u = {ONE_ID} AND m.a1 <> n.a1 AND m.a2 = a AND n.a2 = b"
            )
        return " UNION ".join(asked)

    def _type_named_values(self, literals: Iterator[int]) -> None:
        """Rule dt-type2 (table 8) for literals with a name: by eq-rep-s the name gets these types too."""
        store = self._store
        new = sorted(set(literals) - self._typed)
        self._typed.update(new)
        rows = [
            (literal, store.number(TYPE), store.number(f"<{datatype}>"), ONE_ID, ONE_ID)
            for literal in new
            for datatype in sorted(DATATYPE_MAP)
            if self._values.is_value(literal, datatype)
        ]
        if rows:
            store.insert("cand", rows)
