"""Fires the rules, round after round, until nothing new comes up.

A round fires every rule once, on what the rounds before it made; a rule whose premises have nothing new is
passed over. Equal names are folded in a round of their own, before the rules see them. Helper relations that
rest on axioms alone (lists) are no round: they are there as soon as their axioms are.
"""

from collections.abc import Callable, Iterator, Sequence

from cordiale.closure.rulebook.program import Program
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sql.agenda import Agenda
from cordiale.closure.sql.compiler import SAME, Compiler, table_of
from cordiale.closure.sql.depth import too_deep
from cordiale.closure.sql.equality import Equality
from cordiale.closure.sql.limits import Limit, Selected
from cordiale.closure.sql.pairing import fire_pairing
from cordiale.closure.sql.store import Store
from cordiale.closure.sql.templates import TEMPLATE_COLUMNS, fire_templates, template_rows

__all__ = ["Loop"]


class Loop:
    """The tables of helper relations and templates, and the rounds."""

    def __init__(
        self,
        store: Store,
        program: Program,
        compiler: Compiler,
        equality: Equality,
        limit: Limit,
        progress: Callable[[int, int], None],
    ) -> None:
        self._store = store
        self._program = program
        self._compiler = compiler
        self._equality = equality
        self._limit = limit
        self._progress = progress
        self._known: list[tuple[str, int]] = []  # relations, and how many columns
        self._agenda = Agenda(store, compiler, frozenset(name for name, _ in program.structure))
        self._templates = (
            ("by_p", False, [template for template in program.templates if not template.keyed]),
            ("by_po", True, [template for template in program.templates if template.keyed]),
        )
        self._make_tables()

    def known(self, relation: str, facts: list[tuple[int, ...]]) -> None:
        """State the facts of a relation that no rule makes, before the loop is run."""
        columns = ", ".join(f"a{at} INTEGER" for at in range(len(facts[0])))
        self._store.run(f"CREATE TABLE {table_of(relation)} ({columns})")
        values = ", ".join(f"({', '.join(map(str, fact))})" for fact in facts)
        self._agenda.rows[relation] = self._store.run(f"INSERT INTO {table_of(relation)} VALUES {values}")
        self._known.append((relation, len(facts[0])))

    def run(self) -> int:
        """Close the triples; the number of rounds it took."""
        store, equality = self._store, self._equality
        store.start()
        self._structure()  # of which equality wants to know what lists declare different
        round_ = 0
        while True:
            round_ += 1
            if equality.fold(round_):
                self._rename_known()
                if self._agenda.is_first or equality.changes_vocabulary():
                    self._restart()
                else:
                    self._forget_folded()
                self._structure()
                round_ += 1
            self._fire()
            self._agenda.is_first = False
            made = store.advance(round_, "cand") + self._advance_relations()
            self._progress(round_, store.size)
            if not made:
                return round_
            self._structure()

    def _make_tables(self) -> None:
        run = self._store.run
        run("CREATE TABLE cand (s INTEGER, p INTEGER, o INTEGER)")
        for name, rules in self._program.structure:
            columns = ", ".join(f"a{at} INTEGER" for at in range(len(rules[0].head[0].terms)))
            run(f"CREATE TABLE {table_of(name)} ({columns})")
        for name, kinds in self._program.relations.items():
            columns = ", ".join(
                f"a{at} {'VARCHAR' if is_tuple else 'INTEGER'}" for at, is_tuple in enumerate(kinds)
            )
            for table in (table_of(name), table_of(name, new=True), f"c{table_of(name)}"):
                run(f"CREATE TABLE {table} ({columns})")
        for name, _, _ in self._templates:
            run(f"CREATE TABLE {name} ({TEMPLATE_COLUMNS})")

    def _rename_known(self) -> None:
        """Put what now stands for a term in its place; its old number would come back, round for round."""
        for relation, width in self._known:
            table = table_of(relation)
            columns = ", ".join(f"coalesce(m{at}.rep, x.a{at}) AS a{at}" for at in range(width))
            joins = " ".join(f"LEFT JOIN moved m{at} ON m{at}.id = x.a{at}" for at in range(width))
            self._store.run(
                f"CREATE OR REPLACE TABLE renamed AS SELECT DISTINCT {columns} FROM {table} x {joins}"
            )
            self._agenda.rows[relation] = self._store.run(
                f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM renamed"
            )

    def _restart(self) -> None:
        """Begin again with all triples, as if they had all been told."""
        for name in self._program.relations:
            self._store.run(f"DELETE FROM {table_of(name)}")
            self._agenda.rows[name] = 0
        self._agenda.is_first = True
        self._store.start()

    def _forget_folded(self) -> None:
        """Drop facts about numbers that no longer stand for anything; the rules make them anew."""
        for name, kinds in self._program.relations.items():
            stale = [f"a{at} IN (SELECT id FROM moved)" for at, is_tuple in enumerate(kinds) if not is_tuple]
            if stale and self._agenda.rows.get(name):
                self._store.run(f"DELETE FROM {table_of(name)} WHERE {' OR '.join(stale)}")

    def _structure(self) -> None:
        """Bring the helper relations that rest on axioms alone up to date."""
        run = self._store.run
        for name, rules in self._program.structure:
            self._agenda.new_rows[name] = 0
            able = [
                rule
                for rule in rules
                if all(self._agenda.has(atom) for atom in rule.body if atom.relation != name)
            ]
            if not any(self._agenda.is_new(atom) for rule in able for atom in rule.body):
                continue
            table, new = table_of(name), table_of(name, new=True)
            sql = self._computed(name, able)
            if self._agenda.is_first:
                self._agenda.rows[name] = run(f"CREATE OR REPLACE TABLE {table} AS {sql}")
                continue
            run(f"CREATE OR REPLACE TABLE computed AS {sql}")
            self._agenda.new_rows[name] = run(
                f"CREATE OR REPLACE TABLE {new} AS SELECT * FROM computed EXCEPT SELECT * FROM {table}"
            )
            self._agenda.rows[name] = run(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM computed")

    def _computed(self, name: str, rules: Sequence[Rule]) -> str:
        """All rows of a relation; of its rules one at most has the relation itself as a premise, once."""
        table = table_of(name)
        columns = ", ".join(f"a{at}" for at in range(len(rules[0].head[0].terms)))
        base: list[str] = []
        again: list[str] = []
        for rule in rules:
            recursive = any(atom.relation == name for atom in rule.body)
            (again if recursive else base).extend(firing.sql for firing in self._compiler.fires(rule, None))
        sql = " UNION ALL ".join(base)
        if again and base:
            sql = f"WITH RECURSIVE {table} ({columns}) AS (({sql}) UNION ({' UNION ALL '.join(again)}))"
            return f"{sql} SELECT {columns} FROM {table}"
        return f"SELECT DISTINCT * FROM ({sql or again[0]}) x"

    def _fire(self) -> None:
        """Collect what the rules conclude from the newest facts."""
        made: dict[str, list[Selected]] = {}
        self._store.run("CREATE OR REPLACE TABLE cand (s INTEGER, p INTEGER, o INTEGER)")
        triples = made.setdefault("cand", [])
        triples.extend(self._template_firings())
        same = self._store.number(SAME)
        for pairing in self._program.pairings:
            if (new := self._agenda.new_premises(pairing.half)) != []:
                triples.append((fire_pairing(pairing, self._compiler, same, new), pairing.rule))
        for rule in self._program.joins:
            new = self._agenda.new_premises(rule)
            for premise in [None] if new is None else new:
                for firing in self._compiler.fires(rule, premise):
                    into = f"c{table_of(firing.head.relation)}" if firing.head.relation else "cand"
                    made.setdefault(into, []).append((firing.sql, rule))
        for into, selects in made.items():
            if selects:
                self._limit.insert(into, selects)

    def _template_firings(self) -> Iterator[Selected]:
        """Templates of new axioms are fired on all triples, the others on the newest."""
        for table, keyed, templates in self._templates:
            new = f"{table}_new"
            changed = [
                template
                for template in templates
                if self._agenda.can_fire(template.axioms)
                and (self._agenda.is_first or any(self._agenda.is_new(atom) for atom in template.axioms.body))
            ]
            made = 0
            if changed:
                rows = template_rows(changed, self._compiler)
                earlier = "" if self._agenda.is_first else f" EXCEPT SELECT * FROM {table}"
                made = self._store.run(f"CREATE OR REPLACE TABLE {new} AS ({rows}){earlier}")
            if self._agenda.is_first:
                self._store.run(f"CREATE OR REPLACE TABLE {table} ({TEMPLATE_COLUMNS})")
                self._agenda.rows[table] = 0
            if made:
                yield fire_templates(new, "t", keyed=keyed), templates
            if self._agenda.rows[table]:
                yield fire_templates(table, "d", keyed=keyed), templates
            if made:
                self._store.run(f"INSERT INTO {table} SELECT * FROM {new}")
                self._agenda.rows[table] += made

    def _advance_relations(self) -> int:
        """Add what is new in the other helper relations; how much that is."""
        total = 0
        for name in self._program.relations:
            table, new, made = table_of(name), table_of(name, new=True), f"c{table_of(name)}"
            if not self._store.rows(f"SELECT 1 FROM {made} LIMIT 1"):
                if self._agenda.new_rows.get(name):
                    self._store.run(f"DELETE FROM {new}")
                self._agenda.new_rows[name] = 0
                continue
            self._agenda.new_rows[name] = self._store.run(
                f"CREATE OR REPLACE TABLE {new} AS SELECT * FROM {made}{self._not_too_deep(name)}"
                f" EXCEPT SELECT * FROM {table}"
            )
            self._store.run(f"INSERT INTO {table} SELECT * FROM {new}")
            self._store.run(f"DELETE FROM {made}")
            self._agenda.rows[name] = self._agenda.rows.get(name, 0) + self._agenda.new_rows[name]
            total += self._agenda.new_rows[name]
        return total

    def _not_too_deep(self, name: str) -> str:
        """The condition that keeps the tuples of a relation from growing for ever."""
        deep = too_deep(self._program, name, self._agenda.rows, self._store)
        return f" WHERE NOT ({deep})" if deep else ""
