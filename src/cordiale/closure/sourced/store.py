"""The tables of a closure with supports, and how what the rules made is put into them.

``t`` and ``sch`` have the number of each triple's support in the column ``u``; in ``d`` and ``ds`` it is that
of what is new: sets of sources that were not known to suffice in the round before. Products and sums are made
in Python, once for each pair or list of supports that a round brings up, and joined back through Arrow.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from cordiale.closure.loading.coding import Coded
from cordiale.closure.sourced.pool import ONE_ID, ZERO_ID, Pool
from cordiale.closure.sql.compiler import TYPE
from cordiale.closure.sql.store import Store
from cordiale.closure.values.value_coding import Values
from cordiale.model.supports import Support

__all__ = ["TRIPLE_KEYS", "TRUSTED", "SourcedStore", "make_columns"]

TRUSTED = 0  # the number of a source that is trusted: what it states rests on nothing
TRIPLE_KEYS = ("s", "p", "o")


class SourcedStore(Store):
    """Triples, axioms, and what they rest on."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        coded: Coded,
        values: Values,
        sources: pa.Array,
        pool: Pool,
    ) -> None:
        """``sources`` has the number of the source of each of the coded triples."""
        self.pool = pool
        self.is_folded = False
        self._sources = sources
        self._told = "told"
        super().__init__(connection, coded, values)

    def _load(self) -> None:
        """Make ``stated``, and ``told``: the same with one number for each value; ``t`` shows it for now."""
        self._register("stated_rows", self.coded.triples.append_column("g", self._sources))
        self.run("CREATE TABLE stated AS SELECT s, p, o, g FROM stated_rows")
        self.connection.unregister("stated_rows")
        if self.has_forms:
            self.run(
                "CREATE TABLE told AS SELECT x.s, x.p, coalesce(form.value, x.o) AS o, x.g"
                " FROM stated x LEFT JOIN form ON form.id = x.o"
            )
        else:
            self.run("CREATE VIEW told AS SELECT * FROM stated")
        self.run("CREATE VIEW t AS SELECT s, p, o FROM told")

    def fold(self, representatives: pa.Table) -> None:
        """Read each name (id) as the one (rep) that stands for it; for names that are the same by trust."""
        self.is_folded = True
        self._register("names_rows", representatives)
        self.run("CREATE TABLE names AS SELECT id, rep FROM names_rows")
        self.connection.unregister("names_rows")
        columns = ", ".join(f"coalesce(n{c}.rep, x.{c}) AS {c}" for c in TRIPLE_KEYS)
        joins = " ".join(f"LEFT JOIN names n{c} ON n{c}.id = x.{c}" for c in TRIPLE_KEYS)
        self.run(f"CREATE TABLE folded AS SELECT {columns}, x.g FROM told x {joins}")
        self._told = "folded"
        moved = dict(zip(*(representatives.column(c).to_pylist() for c in ("id", "rep")), strict=True))
        values = {self._value_of.get(number, number) for number in self.coded.constants.values()}
        self.representative = {value: moved[value] for value in values if moved.get(value, value) != value}

    def begin(self, typed: pa.Table) -> None:
        """Fill ``t`` with what is stated, and with the datatypes (o) of literals (s)."""
        grouped = f"SELECT s, p, o, min(g) AS g, min(g) <> max(g) AS many FROM {self._told} GROUP BY s, p, o"
        self.run(f"CREATE TABLE first_told AS {grouped}")
        self.run("DROP VIEW t")
        self.run(make_columns("sch", TRIPLE_KEYS, "u"))
        sources = [g for (g,) in self.rows("SELECT DISTINCT g FROM first_told")]
        one = [ONE_ID if g == TRUSTED else self.pool.number(Support.stated([g])) for g in sources]
        self._register(
            "single", pa.table({"g": pa.array(sources, pa.int32()), "u": pa.array(one, pa.int32())})
        )
        self.run(
            "CREATE TABLE t AS SELECT s, p, o, single.u FROM first_told x JOIN single ON single.g = x.g"
            f" WHERE NOT many OR x.g = {TRUSTED}"
        )
        several = f"SELECT s, p, o FROM first_told WHERE many AND g <> {TRUSTED}"
        if self.rows(f"{several} LIMIT 1"):
            self.run(
                "CREATE TABLE several AS SELECT s, p, o, list_sort(list(DISTINCT g)) AS gs"
                f" FROM {self._told} SEMI JOIN ({several}) x USING (s, p, o) GROUP BY s, p, o"
            )
            lists = [tuple(gs) for (gs,) in self.connection.sql("SELECT DISTINCT gs FROM several").fetchall()]
            self._register(
                "sums",
                pa.table(
                    {
                        "gs": pa.array(lists, pa.list_(pa.int32())),
                        "u": pa.array([self.pool.number(Support.stated(gs)) for gs in lists], pa.int32()),
                    }
                ),
            )
            self.run("INSERT INTO t SELECT s, p, o, sums.u FROM several JOIN sums ON sums.gs = several.gs")
            self.connection.unregister("sums")
            self.run("DROP TABLE several")
        self.connection.unregister("single")
        if len(typed):
            self._register("typed", typed)
            rows = f"SELECT s, {self.number(TYPE)} AS p, o, {ONE_ID} AS u FROM typed"
            self.run(f"INSERT INTO t SELECT * FROM ({rows}) x ANTI JOIN t USING (s, p, o)")
            self.connection.unregister("typed")

    def start(self) -> None:
        """Take all triples for the newest."""
        for name, of in (("d", "t"), ("ds", "sch")):
            if name == "ds":
                self.run(f"INSERT INTO sch SELECT s, p, o, u FROM t WHERE {self._is_axiom()}")
            self.run(f"CREATE VIEW {name} AS SELECT s, p, o, u FROM {of}")
        self._all_is_new = True
        self.counts = self._counted("t")
        self.new_counts = dict(self.counts)
        self.size = sum(self.counts.values())
        self.new_size = self.size

    def merge_triples(self) -> int:
        """Add what the rules made, and take what is new of it for the newest; how many triples that is."""
        if self._all_is_new:
            self._drop("d")
            self._drop("ds")
            self._all_is_new = False
        self.new_size = self.merge("t", "d", TRIPLE_KEYS, "cand")
        self.new_counts = self._counted("d") if self.new_size else {}
        if any(self.is_axiom(pattern) for pattern in self.new_counts):
            self.run(f"CREATE OR REPLACE TABLE ds AS SELECT * FROM d WHERE {self._is_axiom()}")
            self.run("DELETE FROM sch USING ds WHERE sch.s = ds.s AND sch.p = ds.p AND sch.o = ds.o")
            self.run("INSERT INTO sch SELECT s, p, o, t.u FROM t SEMI JOIN ds USING (s, p, o)")
        else:
            self.run("CREATE OR REPLACE TABLE ds AS SELECT * FROM d LIMIT 0")
        for pattern, count in self.new_counts.items():
            self.counts[pattern] = self.counts.get(pattern, 0) + count
        self.size += self.new_size
        return self.new_size

    def merge(self, table: str, newest: str, keys: Sequence[str], made: str) -> int:
        """Add rows of ``made`` and ``made_wide``, which become empty; ``newest`` gets what is new of them.

        How many rows have something new.
        """
        columns = ", ".join(keys)
        if not self.rows(
            f"SELECT 1 FROM (SELECT 1 FROM {made} UNION ALL SELECT 1 FROM {made}_wide) x LIMIT 1"
        ):
            self.run(f"CREATE OR REPLACE TABLE {newest} AS SELECT {columns}, u FROM {table} LIMIT 0")
            return 0
        self.run(
            "CREATE OR REPLACE TABLE contributed AS"
            f" SELECT DISTINCT {columns}, w, coalesce(x.u, {ZERO_ID}) AS old"
            f" FROM ({self._multiplied(columns, made)}) c LEFT JOIN {table} x USING ({columns})"
            f" WHERE coalesce(x.u, {ZERO_ID}) NOT IN ({ONE_ID}, w)"
        )
        self.run(
            "CREATE OR REPLACE TABLE summed AS"
            f" SELECT {columns}, old, min(w) AS lo, max(w) AS hi, count(*) AS n"
            f" FROM contributed GROUP BY {columns}, old"
        )
        few = f"(n < 3 OR lo = {ONE_ID})"
        self._sum("two_sums", ("old", "lo", "hi"), f"SELECT DISTINCT old, lo, hi FROM summed WHERE {few}")
        told = f"SELECT {columns}, old, x.made, x.news FROM"
        joined = f"{told} summed JOIN two_sums x USING (old, lo, hi) WHERE {few}"
        if self.rows(f"SELECT 1 FROM summed WHERE NOT {few} LIMIT 1"):
            self.run(
                "CREATE OR REPLACE TABLE many AS"
                f" SELECT {columns}, old, list_sort(list(w)) AS ws FROM contributed"
                f" SEMI JOIN (SELECT {columns} FROM summed WHERE NOT {few}) x USING ({columns})"
                f" GROUP BY {columns}, old"
            )
            self._sum("many_sums", ("old", "ws"), "SELECT DISTINCT old, ws FROM many")
            joined += f" UNION ALL {told} many JOIN many_sums x USING (old, ws)"
        number = self.run(
            f"CREATE OR REPLACE TABLE changed AS SELECT * FROM ({joined}) y WHERE news <> {ZERO_ID}"
        )
        self.run(f"CREATE OR REPLACE TABLE {newest} AS SELECT {columns}, news AS u FROM changed")
        matching = " AND ".join(f"x.{key} = c.{key}" for key in keys)
        if self.rows(f"SELECT 1 FROM changed WHERE old <> {ZERO_ID} LIMIT 1"):
            self.run(f"DELETE FROM {table} x USING changed c WHERE c.old <> {ZERO_ID} AND {matching}")
        self.run(f"INSERT INTO {table} SELECT {columns}, made FROM changed")
        for emptied in (made, f"{made}_wide"):
            self.run(f"DELETE FROM {emptied}")
        return number

    def multiply_lists(self, name: str, lists: str) -> None:
        """Register ``name(us, w)``: the product of each list of supports that a query selects."""
        found = [tuple(us) for (us,) in self.connection.sql(lists).fetchall()]
        self._register(
            name,
            pa.table(
                {
                    "us": pa.array(found, pa.list_(pa.int32())),
                    "w": pa.array([self.pool.product(us) for us in found], pa.int32()),
                }
            ),
        )

    def _multiplied(self, columns: str, made: str) -> str:
        """The rows that rules made, with the products of the supports of their premises (w)."""
        pairs = self.rows(f"SELECT DISTINCT u, v FROM {made} WHERE u <> {ONE_ID} AND u <> v")
        rows = f"SELECT {columns}, v AS w FROM {made}"
        if pairs:
            self._register(
                "products",
                pa.table(
                    {
                        "u": pa.array([u for u, _ in pairs], pa.int32()),
                        "v": pa.array([v for _, v in pairs], pa.int32()),
                        "w": pa.array([self.pool.product(pair) for pair in pairs], pa.int32()),
                    }
                ),
            )
            rows = (
                f"SELECT {columns}, coalesce(f.w, m.v) AS w FROM {made} m LEFT JOIN products f USING (u, v)"
            )
        if self.rows(f"SELECT 1 FROM {made}_wide LIMIT 1"):
            self.multiply_lists("wide_products", f"SELECT DISTINCT us FROM {made}_wide")
            rows += f" UNION ALL SELECT {columns}, f.w FROM {made}_wide JOIN wide_products f USING (us)"
        return rows

    def insert(self, table: str, rows: Sequence[tuple[int, ...]]) -> None:
        """Add rows of numbers to a table."""
        columns = [pa.array(column, pa.int32()) for column in zip(*rows, strict=True)]
        self._register("inserted", pa.table(columns, names=[f"c{at}" for at in range(len(columns))]))
        self.run(f"INSERT INTO {table} SELECT * FROM inserted")
        self.connection.unregister("inserted")

    def _sum(self, name: str, keys: tuple[str, ...], query: str) -> None:
        """Register ``name(keys, made, news)``: each old support with what is added to it."""
        found = self.connection.sql(query).to_arrow_table()
        made, news = [], []
        for old, *others in zip(*(found.column(key).to_pylist() for key in keys), strict=True):
            added = others[0] if isinstance(others[0], list) else others
            both = self.pool.improved(old, sorted(set(added)))
            made.append(both[0])
            news.append(both[1])
        columns = {key: found.column(key) for key in keys}
        numbers = {"made": pa.array(made, pa.int32()), "news": pa.array(news, pa.int32())}
        self._register(name, pa.table({**columns, **numbers}))

    def _register(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)


def make_columns(table: str, keys: Sequence[str], *supports: str, kinds: Sequence[bool] = ()) -> str:
    """The statement that makes a table of numbers; ``kinds`` tells which keys are tuples, and so texts.

    >>> make_columns("h_all", ("a0", "a1"), "u")
    'CREATE TABLE h_all (a0 INTEGER, a1 INTEGER, u INTEGER)'
    """
    texts = [at < len(kinds) and kinds[at] for at in range(len(keys))]
    columns = [
        f"{key} {'VARCHAR' if is_text else 'INTEGER'}" for key, is_text in zip(keys, texts, strict=True)
    ]
    columns += [f"{name} {'INTEGER[]' if name == 'us' else 'INTEGER'}" for name in supports]
    return f"CREATE TABLE {table} ({', '.join(columns)})"
