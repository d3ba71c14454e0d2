"""Fires the rules, round after round, until no triple is new and none is found to rest on less."""

from collections.abc import Callable

from cordiale.closure.rulebook.program import Program
from cordiale.closure.rulebook.rules import TRIPLE
from cordiale.closure.sourced.compiler import SourcedCompiler
from cordiale.closure.sourced.equality import SourcedEquality
from cordiale.closure.sourced.pool import ONE_ID, ZERO_ID
from cordiale.closure.sourced.store import TRIPLE_KEYS, SourcedStore, make_columns
from cordiale.closure.sourced.structure import Facts, worked_out
from cordiale.closure.sql.agenda import Agenda
from cordiale.closure.sql.compiler import table_of
from cordiale.closure.sql.depth import too_deep
from cordiale.closure.sql.limits import Limit, Selected
from cordiale.closure.sql.templates import TEMPLATE_COLUMNS, fire_templates, template_rows

__all__ = ["SourcedLoop"]

_SUPPORTS_OF_TWO = ", least(d.u, k.u) AS u, greatest(d.u, k.u) AS v"


class SourcedLoop:
    """The tables of helper relations and templates, and the rounds."""

    def __init__(
        self,
        store: SourcedStore,
        program: Program,
        compiler: SourcedCompiler,
        equality: SourcedEquality,
        limit: Limit,
        progress: Callable[[int, int], None],
    ) -> None:
        self._store = store
        self._compiler = compiler
        self._equality = equality
        self._limit = limit
        self._progress = progress
        self._structure_rules = [rule for _, rules in program.structure for rule in rules]
        self._structure: dict[str, Facts] = {name: {} for name, _ in program.structure}
        self._program = program
        self._joins = (*program.joins, *(pairing.rule for pairing in program.pairings), *equality.rules)
        self._agenda = Agenda(store, compiler, frozenset(self._structure))
        self._templates = (
            ("by_p", False, [template for template in program.templates if not template.keyed]),
            ("by_po", True, [template for template in program.templates if template.keyed]),
        )
        for name, rules in program.structure:
            keys = _keys(len(rules[0].head[0].terms))
            for table in (table_of(name), table_of(name, new=True)):
                store.run(make_columns(table, keys, "u"))
        for name, kinds in [("", (False, False, False)), *program.relations.items()]:
            keys = _keys(len(kinds)) if name else TRIPLE_KEYS
            made = f"c{table_of(name)}" if name else "cand"
            store.run(make_columns(made, keys, "u", "v", kinds=kinds))
            store.run(make_columns(f"{made}_wide", keys, "us", kinds=kinds))
            if name:
                for table in (table_of(name), table_of(name, new=True)):
                    store.run(make_columns(table, keys, "u", kinds=kinds))
        for name, _, _ in self._templates:
            store.run(f"CREATE TABLE {name} ({TEMPLATE_COLUMNS}, u INTEGER)")

    def known(self, relation: str, facts: list[tuple[int, ...]]) -> None:
        """State the facts of a relation that no rule makes, before the loop is run."""
        self._store.run(make_columns(table_of(relation), _keys(len(facts[0])), "u"))
        values = ", ".join(f"({', '.join(map(str, (*fact, ONE_ID)))})" for fact in facts)
        self._compiler.certain.add(table_of(relation))
        self._agenda.rows[relation] = self._store.run(f"INSERT INTO {table_of(relation)} VALUES {values}")

    def run(self) -> int:
        """Close the triples; the number of rounds it took."""
        store, agenda = self._store, self._agenda
        store.start()
        self._work_out_structure()  # of which equality wants to know what lists declare different
        self._equality.begin()
        round_ = 0
        while True:
            round_ += 1
            self._fire()
            agenda.is_first = False
            self._equality.screen()
            made = store.merge_triples()
            for name, kinds in self._program.relations.items():
                table, new = table_of(name), table_of(name, new=True)
                if deep := too_deep(self._program, name, agenda.rows, store):
                    for made_of in (f"c{table}", f"c{table}_wide"):
                        store.run(f"DELETE FROM {made_of} WHERE {deep}")
                number = store.merge(table, new, _keys(len(kinds)), f"c{table}")
                agenda.new_rows[name] = number
                agenda.rows[name] = agenda.rows.get(name, 0) + number
                made += number
            self._equality.check_sizes()
            self._progress(round_, store.size)
            if not made:
                return round_
            self._work_out_structure()

    def _work_out_structure(self) -> None:
        """Bring the helper relations that rest on axioms alone up to date."""
        axioms = [atom for rule in self._structure_rules for atom in rule.body if atom.relation == TRIPLE]
        self._find_certain("sch", f"SELECT 1 FROM sch WHERE u <> {ONE_ID} LIMIT 1")
        if not any(self._agenda.is_new(atom) for atom in axioms):
            for name in self._structure:
                if self._agenda.new_rows.get(name):
                    self._store.run(f"DELETE FROM {table_of(name, new=True)}")
                self._agenda.new_rows[name] = 0
            return
        predicates = ", ".join({str(self._store.number(str(atom.terms[1]))) for atom in axioms})
        rows = self._store.rows(f"SELECT s, p, o, u FROM sch WHERE p IN ({predicates})")
        triples: Facts = {(s, p, o): u for s, p, o, u in rows}
        found = worked_out(self._structure_rules, triples, self._store.pool, self._store.number)
        for name, before in self._structure.items():
            now = found.get(name, {})
            news = {}
            for fact, support in now.items():
                new = self._store.pool.improved(before.get(fact, ZERO_ID), [support])[1]
                if new != ZERO_ID:
                    news[fact] = new
            self._fill(table_of(name), now)
            self._find_certain(table_of(name), f"SELECT 1 FROM {table_of(name)} WHERE u <> {ONE_ID} LIMIT 1")
            self._fill(table_of(name, new=True), news)
            self._structure[name] = now
            self._agenda.rows[name], self._agenda.new_rows[name] = len(now), len(news)

    def _find_certain(self, table: str, uncertain: str) -> None:
        if self._store.rows(uncertain):
            self._compiler.certain.discard(table)
        else:
            self._compiler.certain.add(table)

    def _fill(self, table: str, facts: Facts) -> None:
        self._store.run(f"DELETE FROM {table}")
        if facts:
            self._store.insert(table, [(*fact, support) for fact, support in facts.items()])

    def _fire(self) -> None:
        """Collect what the rules conclude from the newest facts."""
        made: dict[str, list[Selected]] = {}
        self._fire_templates(made)
        for rule in self._joins:
            new = self._agenda.new_premises(rule)
            for premise in [None] if new is None else new:
                for derivation in self._compiler.derivations(rule, premise):
                    made.setdefault(derivation.into, []).append((derivation.sql, rule))
        for into, selects in made.items():
            self._limit.insert(into, selects)

    def _fire_templates(self, made: dict[str, list[Selected]]) -> None:
        """Templates of new axioms are fired on all triples, the others on the newest."""
        store, agenda = self._store, self._agenda
        for table, keyed, templates in self._templates:
            changed = [
                template
                for template in templates
                if agenda.can_fire(template.axioms)
                and (agenda.is_first or any(agenda.is_new(atom) for atom in template.axioms.body))
            ]
            number = 0
            if changed:
                store.run(f"CREATE OR REPLACE TABLE rows AS {template_rows(changed, self._compiler)}")
                store.multiply_lists("row_products", "SELECT DISTINCT us FROM rows")
                number = store.run(
                    f"CREATE OR REPLACE TABLE {table}_new AS"
                    " SELECT rows.* EXCLUDE us, w AS u FROM rows JOIN row_products USING (us)"
                    f" EXCEPT SELECT * FROM {table}"
                )
            fired = [(f"{table}_new", "t")] if number else []
            if agenda.rows.get(table):
                fired.append((table, "d"))
            for rows, data in fired:
                sql = fire_templates(rows, data, keyed=keyed, also=_SUPPORTS_OF_TWO)
                made.setdefault("cand", []).append((sql, templates))
            if number:
                agenda.rows[table] = agenda.rows.get(table, 0) + number
                store.run(f"INSERT INTO {table} SELECT * FROM {table}_new")


def _keys(number: int) -> tuple[str, ...]:
    return tuple(f"a{at}" for at in range(number))
