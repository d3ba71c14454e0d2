"""Names that are the same thing become one number while the rules run, and are told apart again at the end.

Rules eq-sym, eq-trans, eq-rep-s, eq-rep-p and eq-rep-o (OWL 2 Profiles, section 4.3, table 4). The smallest
number of a class stands for it: vocabulary before other IRIs, those before blank nodes, those before
literals.

An equality that cannot be is not followed: one of two literals of different values (dt-diff), or of two
things that are declared different. Where several equalities only together make such a pair the same, none of
those that came up in that round is followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from cordiale.closure.sql.compiler import SAME, TYPE, table_of
from cordiale.closure.sql.store import Store
from cordiale.closure.values.literals import DATATYPE_MAP
from cordiale.closure.values.value_coding import Values

__all__ = ["Equality", "Refusal", "name_order"]

_DIFFERENT = "<http://www.w3.org/2002/07/owl#differentFrom>"
_ALL_DIFFERENT = "<http://www.w3.org/2002/07/owl#AllDifferent>"
_MEMBERS = ("<http://www.w3.org/2002/07/owl#members>", "<http://www.w3.org/2002/07/owl#distinctMembers>")

_Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An equality that was not followed, and two things that it would have made the same, mostly its own."""

    link: _Link
    pair: _Link
    literals: bool  # whether the pair are literals of different values


class Equality:
    """The classes of names that are the same."""

    def __init__(self, store: Store, values: Values) -> None:
        self._store = store
        self._values = values
        self._literal: dict[int, int] = {}  # a literal that a class holds
        self.refusals: dict[Refusal, None] = {}
        self.is_used = False
        self.renamed: set[str] = set()  # terms of the vocabulary that have got other names

    def fold(self, round_: int) -> bool:
        """Follow the newest ``owl:sameAs``; whether any table changed, and with what number of round."""
        store = self._store
        same = store.number(SAME)
        if not any(p == same for p, _ in store.new_counts):
            return False
        links = [(a, b) for a, b in store.rows(f"SELECT DISTINCT s, o FROM d WHERE p = {same} AND s <> o")]
        roots = self._agreed([(min(link), max(link)) for link in links])
        moved = {member: root for member, root in roots.items() if member != root}
        if not moved:
            return False
        self._remember(roots, round_)
        store.connection.register(
            "moved_rows",
            pa.table(
                {
                    "id": pa.array(moved, pa.int32()),
                    "rep": pa.array(moved.values(), pa.int32()),
                }
            ),
        )
        store.run("CREATE OR REPLACE TABLE moved AS SELECT * FROM moved_rows")
        store.connection.unregister("moved_rows")
        store.run(
            "CREATE OR REPLACE TABLE names AS SELECT n.id, coalesce(m.rep, n.rep) AS rep FROM names n"
            " LEFT JOIN moved m ON m.id = n.rep"
        )
        store.run(
            f"CREATE OR REPLACE TABLE names_r AS SELECT rep, max(r) AS r"
            f" FROM (SELECT coalesce(m.rep, x.rep) AS rep, x.r"
            " FROM names_r x LEFT JOIN moved m ON m.id = x.rep"
            f" UNION ALL SELECT DISTINCT rep, {round_} FROM moved) y"
            " GROUP BY rep"
        )
        for constant in store.coded.constants:
            number = store.number(constant)
            if number in roots:
                self.renamed.add(constant)
            if number in moved:
                store.rename(constant, moved[number])
        store.refold("moved")
        self._type_named_values(roots, round_)
        return True

    def _type_named_values(self, roots: dict[int, int], round_: int) -> None:
        """Rule dt-type2 (table 8) for literals with a name: it has the types of the value, and its order."""
        store = self._store
        type_ = store.number(TYPE)
        grown = set(roots.values())
        named = [(root, literal) for root, literal in self.named_values() if root in grown]
        for root, literal in named:
            store.rank_name(root, literal)
        facts = [
            (root, type_, store.number(f"<{datatype}>"))
            for root, literal in named
            for datatype in sorted(DATATYPE_MAP)
            if self._values.is_value(literal, datatype)
        ]
        if facts:
            store.tell(facts, round_)

    def named_values(self) -> tuple[tuple[int, int], ...]:
        """The literals that are the same as something named: the number of both, and the literal."""
        return tuple(sorted(pair for pair in self._literal.items() if pair[0] < self._store.coded.literals))

    def shown(self, number: int) -> int:
        """Of the names that a number stands for, the one to show: the first as text, IRIs before others.

        Which of them stands for the others depends on the order in which the triples came.
        """
        return self._shown.get(number, number)

    @cached_property
    def _shown(self) -> dict[int, int]:
        """Of a closed graph, the name to show for each number that stands for several."""
        texts = self._store.coded.texts
        found: dict[int, int] = {}
        for name, number in self._store.rows("SELECT id, rep FROM names") if self.is_used else ():
            shown = found.setdefault(number, name)
            found[number] = min(shown, name, key=lambda each: name_order(texts[each].as_py()))
        return found

    def changes_vocabulary(self) -> bool:
        """Whether a term of the vocabulary was just made the same as something before it."""
        rows = self._store.rows(
            f"SELECT count(*) FROM moved WHERE id < {self._store.coded.vocabulary} OR"
            f" id IN (SELECT id FROM names WHERE rep < {self._store.coded.vocabulary})"
        )
        return bool(rows[0][0])

    def _agreed(self, links: list[_Link]) -> dict[int, int]:
        """The root of each number that is linked, after leaving out what cannot be followed."""
        usable = [link for link in links if not self._differ(link, link)]
        roots = _united(usable)
        clashes = self._clashes(roots)
        direct = {(min(pair), max(pair)) for pair, _ in clashes} & set(usable)
        if direct:
            for link in sorted(direct):
                self.refusals[Refusal(link, link, literals=False)] = None
            usable = [link for link in usable if link not in direct]
            roots = _united(usable)
            clashes = self._clashes(roots)
        if clashes:
            pairs = {roots[pair[0]]: (pair, literals) for pair, literals in sorted(clashes, reverse=True)}
            for link in usable:
                if roots[link[0]] in pairs:
                    pair, literals = pairs[roots[link[0]]]
                    self.refusals[Refusal(link, pair, literals)] = None
            usable = [link for link in usable if roots[link[0]] not in pairs]
            roots = _united(usable)
        for member, root in roots.items():
            literal = self._literal_of(member)
            if literal is not None:
                self._literal.setdefault(root, literal)
        return roots

    def _differ(self, link: _Link, shown: _Link) -> bool:
        """Whether a link is between two literals of different values; then it is refused."""
        one, other = self._literal_of(link[0]), self._literal_of(link[1])
        if one is None or other is None or not self._values.are_different(one, other):
            return False
        self.refusals[Refusal(shown, (one, other), literals=True)] = None
        return True

    def _literal_of(self, number: int) -> int | None:
        return number if number >= self._store.coded.literals else self._literal.get(number)

    def _clashes(self, roots: dict[int, int]) -> list[tuple[_Link, bool]]:
        """Pairs of numbers that would be the same and cannot be; whether for their being literals."""
        found: list[tuple[_Link, bool]] = []
        held: dict[int, int] = {}
        for member, root in sorted(roots.items()):
            literal = self._literal_of(member)
            if literal is not None:
                first = held.setdefault(root, literal)
                if self._values.are_different(first, literal):
                    found.append(((member, root), True) if member != root else ((root, member), True))
                    found[-1] = ((self._member_with(roots, root, first), member), True)
        return found + [(pair, False) for pair in self._declared_different(roots)]

    def _member_with(self, roots: dict[int, int], root: int, literal: int) -> int:
        return next(m for m, r in sorted(roots.items()) if r == root and self._literal_of(m) == literal)

    def _declared_different(self, roots: dict[int, int]) -> Iterable[_Link]:
        store = self._store
        if not roots:
            return ()
        store.connection.register(
            "root_rows",
            pa.table({"id": pa.array(roots, pa.int32()), "root": pa.array(roots.values(), pa.int32())}),
        )
        asked = []
        if any(p == store.number(_DIFFERENT) for p, _ in store.counts):
            asked.append(
                "SELECT x.s, x.o FROM sch x, root_rows a, root_rows b"
                f" WHERE x.s = a.id AND x.o = b.id AND a.root = b.root"
                f" AND x.p = {store.number(_DIFFERENT)} AND x.s <> x.o"
            )
        if (store.number(TYPE), store.number(_ALL_DIFFERENT)) in store.counts:
            predicates = ", ".join(str(store.number(name)) for name in _MEMBERS)
            member = table_of("member")
            asked.append(
                f"SELECT m.a2, n.a2 FROM sch x, sch y, {member} m, {member} n, root_rows a, root_rows b"
                f" WHERE x.p = {store.number(TYPE)} AND x.o = {store.number(_ALL_DIFFERENT)} AND y.s = x.s"
                f" AND y.p IN ({predicates}) AND m.a0 = y.o AND n.a0 = y.o AND m.a1 <> n.a1 AND m.a2 = a.id"
                " AND n.a2 = b.id AND a.root = b.root AND m.a2 <> n.a2"
            )
        pairs = store.rows(" UNION ".join(asked)) if asked else []
        store.connection.unregister("root_rows")
        return [(a, b) for a, b in pairs]

    def _remember(self, roots: dict[int, int], round_: int) -> None:
        """Keep when each triple about a class that grows was first there, name by name."""
        store = self._store
        if not self.is_used:
            if not store.has_forms:
                store.run("CREATE TABLE asserted AS SELECT s, p, o FROM t WHERE r = 0")
            store.run("CREATE TABLE names (id INTEGER, rep INTEGER)")
            store.run("CREATE TABLE names_r (rep INTEGER, r INTEGER)")
            store.run("CREATE TABLE exact (s INTEGER, p INTEGER, o INTEGER, r INTEGER)")
            self.is_used = True
        store.connection.register("affected_rows", pa.table({"id": pa.array(roots, pa.int32())}))
        store.run("CREATE OR REPLACE TABLE affected AS SELECT id FROM affected_rows")
        store.connection.unregister("affected_rows")
        touched = " OR ".join(f"{column} IN (SELECT id FROM affected)" for column in "spo")
        rows = self.unfolded(f"SELECT * FROM t WHERE r < {round_} AND ({touched})")
        store.run(f"INSERT INTO exact SELECT s, p, o, r FROM ({rows}) u ANTI JOIN exact USING (s, p, o)")
        store.run("INSERT INTO names SELECT id, id FROM affected WHERE id NOT IN (SELECT id FROM names)")

    def unfolded(self, source: str) -> str:
        """The rows (s, p, o, r) of a query with every name that each number stands for.

        The round of a row that was there before its names were folded is the one it was first there in.
        """
        columns = ", ".join(f"coalesce(n{c}.id, x.{c}) AS {c}" for c in "spo")
        joins = " ".join(
            f"LEFT JOIN names n{c} ON n{c}.rep = x.{c} LEFT JOIN names_r r{c} ON r{c}.rep = x.{c}"
            for c in "spo"
        )
        later = "greatest(x.r, coalesce(rs.r, 0), coalesce(rp.r, 0), coalesce(ro.r, 0)) AS r"
        return (
            f"SELECT y.s, y.p, y.o, coalesce(e.r, y.r) AS r"
            f" FROM (SELECT {columns}, {later} FROM ({source}) x {joins}) y"
            " LEFT JOIN exact e ON e.s = y.s AND e.p = y.p AND e.o = y.o"
        )


def name_order(text: str) -> tuple[int, str]:
    """The place of a term (N-Triples) among names of one thing: IRIs, blank nodes, literals."""
    return '<_"'.index(text[0]), text


def _united(links: Iterable[_Link]) -> dict[int, int]:
    """The least number that each number is linked with, directly or not."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in links:
        first, second = root(one), root(other)
        parent[max(first, second)] = min(first, second)
    return {number: root(number) for number in parent}
