"""The tables of a closure in DuckDB, and what the loop needs to know about what is in them."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from cordiale.closure.loading.coding import Coded
from cordiale.closure.sql.compiler import TYPE, Pattern
from cordiale.closure.values.literals import order_key
from cordiale.closure.values.value_coding import Values

__all__ = ["Store"]


class Store:
    """Triples ``t``, axioms ``sch``, and the newest of both in ``d`` and ``ds``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, coded: Coded, values: Values) -> None:
        self.connection = connection
        self.coded = coded
        self.representative: dict[
            int, int
        ] = {}  # of numbers of the vocabulary that were made the same as others
        self.counts: dict[Pattern, int] = {}
        self.new_counts: dict[Pattern, int] = {}
        self.size = 0
        self.new_size = 0
        self.patterns: frozenset[Pattern] = frozenset()  # what counts as an axiom; set before the start
        self._has_rank = False
        self._all_is_new: bool | None = None  # whether d and ds are views of all; None before there are any
        self.has_forms = bool(len(values.forms))
        self._value_of: dict[int, int] = {}
        if self.has_forms:
            columns = (values.forms.column(name).to_pylist() for name in ("id", "value"))
            self._value_of.update(zip(*columns, strict=True))
            connection.register("forms", values.forms)
            self.run("CREATE TABLE form AS SELECT * FROM forms")
            connection.unregister("forms")
        self._load()

    def _load(self) -> None:
        """Make ``t`` of the coded triples; where values have several forms, ``a`` has them as written."""
        self.connection.register("loaded", self.coded.triples)
        self.run("CREATE TABLE a AS SELECT DISTINCT s, p, o FROM loaded")
        if self.has_forms:
            self.run(
                "CREATE TABLE t AS SELECT DISTINCT a.s, a.p, coalesce(form.value, a.o) AS o, 0 AS r"
                " FROM a LEFT JOIN form ON form.id = a.o"
            )
        else:
            self.run("ALTER TABLE a RENAME TO t")
            self.run("ALTER TABLE t ADD COLUMN r INTEGER DEFAULT 0")
        self.connection.unregister("loaded")
        self.run("CREATE TABLE sch (s INTEGER, p INTEGER, o INTEGER)")

    def rank(self, values: Values) -> None:
        """Make the table that ``<`` asks: each literal's kind of order, first place there, and last."""
        keyed: dict[str, list[tuple[object, object, int]]] = {}
        literals = {literal for (literal,) in self.rows(f"SELECT o FROM t WHERE o >= {self.coded.literals}")}
        literals |= {
            number for number in map(self.number, self.coded.constants) if number >= self.coded.literals
        }
        for literal in sorted(literals):
            key = values.key(literal)
            if key is not None and (order := order_key(key)) is not None:
                keyed.setdefault(order[0], []).append((order[1], order[2], literal))
        rows = []
        for number, kind in enumerate(sorted(keyed)):
            ends = {place for first, last, _ in keyed[kind] for place in (first, last)}
            # Places of one kind can be compared, which their type does not tell.
            places = {place: at for at, place in enumerate(sorted(ends))}  # type: ignore[type-var]
            rows += [(literal, number, places[first], places[last]) for first, last, literal in keyed[kind]]
        columns = {
            name: pa.array([row[at] for row in rows], pa.int32())
            for at, name in enumerate(("id", "kind", "place", "last"))
        }
        self.connection.register("ranked", pa.table(columns))
        self.run("CREATE TABLE rank AS SELECT * FROM ranked")
        self.connection.unregister("ranked")
        self._has_rank = True

    def rank_name(self, name: int, literal: int) -> None:
        """Give a name that is the same as a literal the literal's place."""
        if self._has_rank:
            self.run(f"INSERT INTO rank SELECT {name}, kind, place, last FROM rank WHERE id = {literal}")

    def run(self, sql: str) -> int:
        """Run a statement; the number of rows it made, where it makes any."""
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row and isinstance(row[0], int) else 0

    def rows(self, sql: str) -> list[tuple[int, ...]]:
        """The rows of a query that has few of them."""
        return [tuple(row) for row in self.connection.execute(sql).fetchall()]

    def table(self, sql: str) -> pa.Table:
        """The rows of a query, as Arrow has them."""
        return self.connection.sql(sql).to_arrow_table()

    def number(self, constant: str) -> int:
        """The number of a term of the vocabulary: that of its value, or of what it was made the same as."""
        number: int = self.coded.constants[constant]
        number = self._value_of.get(number, number)
        return self.representative.get(number, number)

    def rename(self, constant: str, number: int) -> None:
        """Have another number stand for a term of the vocabulary, or for the value that it is a form of."""
        own = self.coded.constants[constant]
        self.representative[self._value_of.get(own, own)] = number

    def start(self) -> None:
        """Take all triples for the newest."""
        for name, of in (("d", "t"), ("ds", "sch")):
            self._drop(name)
            if name == "ds":
                self.run("DELETE FROM sch")
                self.run(f"INSERT INTO sch SELECT s, p, o FROM t WHERE {self._is_axiom()}")
            self.run(f"CREATE VIEW {name} AS SELECT s, p, o FROM {of}")
        self._all_is_new = True
        self.counts = self._counted("t")
        self.new_counts = dict(self.counts)
        self.size = self.new_size = sum(self.counts.values())

    def _drop(self, name: str) -> None:
        if self._all_is_new is not None:
            self.run(f"DROP {'VIEW' if self._all_is_new else 'TABLE'} {name}")

    def advance(self, round_: int, made: str) -> int:
        """Add what is new in a table, and take it for the newest; how many triples that is."""
        for name in ("d", "ds"):
            self._drop(name)
        self._all_is_new = False
        self.new_size = self.run(
            f"CREATE OR REPLACE TABLE d AS SELECT DISTINCT s, p, o FROM {made} ANTI JOIN t USING (s, p, o)"
        )
        self.run(f"INSERT INTO t SELECT s, p, o, {round_} FROM d")
        self._newest()
        return self.new_size

    def _newest(self) -> None:
        """Sort out what is in ``d``."""
        self.new_counts = self._counted("d") if self.new_size else {}
        axioms = any(self.is_axiom(pattern) for pattern in self.new_counts)
        kept = self._is_axiom() if axioms else "FALSE"
        self.run(f"CREATE OR REPLACE TABLE ds AS SELECT s, p, o FROM d WHERE {kept}")
        if axioms:
            self.run("INSERT INTO sch SELECT * FROM ds")
        for pattern, count in self.new_counts.items():
            self.counts[pattern] = self.counts.get(pattern, 0) + count
        self.size += self.new_size

    def refold(self, moved: str) -> None:
        """Rewrite the triples by the pairs (id, rep) of a table; what was rewritten joins the newest."""
        touched = " OR ".join(f"{column} IN (SELECT id FROM {moved})" for column in "spo")
        self.run(f"CREATE OR REPLACE TABLE old AS SELECT * FROM t WHERE {touched}")
        self.run(f"DELETE FROM t WHERE {touched}")
        columns = ", ".join(f"coalesce(m{c}.rep, x.{c}) AS {c}" for c in "spo")
        joins = " ".join(f"LEFT JOIN {moved} m{c} ON m{c}.id = x.{c}" for c in "spo")
        self.run(
            f"CREATE OR REPLACE TABLE anew AS SELECT s, p, o, min(r) AS r"
            f" FROM (SELECT {columns}, x.r FROM old x {joins}) y GROUP BY s, p, o"
        )
        self.run("CREATE OR REPLACE TABLE anew AS SELECT * FROM anew ANTI JOIN t USING (s, p, o)")
        self.run("INSERT INTO t SELECT s, p, o, r FROM anew")
        newest = f"SELECT s, p, o FROM d WHERE NOT ({touched}) UNION SELECT s, p, o FROM anew"
        self.run(f"CREATE OR REPLACE TABLE newest AS {newest}")
        for name in ("d", "ds"):
            self._drop(name)
        self._all_is_new = False
        self.new_size = self.run("CREATE OR REPLACE TABLE d AS SELECT * FROM newest")
        self._recount()

    def tell(self, facts: list[tuple[int, int, int]], round_: int) -> None:
        """Add triples to the newest ones."""
        rows = ", ".join(f"({s}, {p}, {o})" for s, p, o in facts)
        added = f"(VALUES {rows}) AS f(s, p, o) ANTI JOIN t USING (s, p, o)"
        self.run(f"CREATE OR REPLACE TABLE told AS SELECT DISTINCT s, p, o FROM {added}")
        self.run(f"INSERT INTO t SELECT s, p, o, {round_} FROM told")
        self.run("INSERT INTO d SELECT s, p, o FROM told")
        self._recount()

    def _recount(self) -> None:
        self.run("DELETE FROM sch")
        self.run(f"INSERT INTO sch SELECT s, p, o FROM t WHERE {self._is_axiom()}")
        self.run(f"CREATE OR REPLACE TABLE ds AS SELECT s, p, o FROM d WHERE {self._is_axiom()}")
        self.counts = self._counted("t")
        self.new_counts = self._counted("d")
        self.size = sum(self.counts.values())

    def is_axiom(self, pattern: Pattern) -> bool:
        """Whether some rule has a premise about axioms of this form."""
        return pattern in self._current_patterns() or (pattern[0], None) in self._current_patterns()

    def _current_patterns(self) -> frozenset[Pattern]:
        if not self.representative:
            return self.patterns
        rep = self.representative
        return frozenset((rep.get(p, p), None if o is None else rep.get(o, o)) for p, o in self.patterns)

    def _is_axiom(self) -> str:
        patterns = self._current_patterns()
        predicates = sorted({p for p, o in patterns if o is None})
        classes = sorted({o for _, o in patterns if o is not None})
        return f"(p IN {_listed(predicates)} OR (p = {self.number(TYPE)} AND o IN {_listed(classes)}))"

    def _counted(self, table: str) -> dict[Pattern, int]:
        """How many triples each predicate has; those of rdf:type by class, where that is vocabulary."""
        class_ = f"CASE WHEN p = {self.number(TYPE)} AND o < {self.coded.vocabulary} THEN o END"
        rows = self.rows(f"SELECT p, {class_} AS c, count(*) FROM {table} GROUP BY ALL")
        return {(row[0], row[1]): row[2] for row in rows}


def _listed(numbers: Sequence[int]) -> str:
    return f"({', '.join(map(str, numbers)) or 'NULL'})"
