"""Fires the rules, round after round, until nothing new comes up.

A round fires every rule once, on what the rounds before it made; a rule whose premises have nothing new is
passed over. Equal names are folded in a round of their own, before the rules see them. Helper relations that
rest on axioms alone (lists) are no round: they are there as soon as their axioms are.
"""

from collections.abc import Callable, Iterator, Sequence

from cordiale.closure.compiler import SAME, TYPE, Compiler, table_of
from cordiale.closure.equality import Equality
from cordiale.closure.limits import Limit, Selected, endless
from cordiale.closure.pairing import fire_pairing
from cordiale.closure.program import Program
from cordiale.closure.rules import TRIPLE, Atom, Constant, Rule, Variable
from cordiale.closure.store import Store
from cordiale.closure.templates import TEMPLATE_COLUMNS, fire_templates, template_rows

__all__ = ["Loop"]

_MOST_PREDICATES = 10_000  # of one rule, that are worth looking at before it is fired
_DEEPEST = 100  # tuples in one another
_WORTH_A_LOOK = (
    20_000  # triples; with fewer, it costs less to fire a rule in vain than to ask whether it will
)


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
        self._rows: dict[str, int] = {}  # of helper relations
        self._new_rows: dict[str, int] = {}
        self._predicates: dict[Rule, dict[str, frozenset[int]]] = {}
        self._structural = frozenset(name for name, _ in program.structure)
        self._first = True
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
        self._rows[relation] = self._store.run(f"INSERT INTO {table_of(relation)} VALUES {values}")

    def run(self) -> int:
        """Close the triples; the number of rounds it took."""
        store, equality = self._store, self._equality
        store.start()
        self._structure()  # of which equality wants to know what lists declare different
        round_ = 0
        while True:
            round_ += 1
            if equality.fold(round_):
                if self._first or equality.changes_vocabulary():
                    self._restart()
                else:
                    self._forget_folded()
                self._structure()
                round_ += 1
            self._fire()
            self._first = False
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

    def _restart(self) -> None:
        """Begin again with all triples, as if they had all been told."""
        for name in self._program.relations:
            self._store.run(f"DELETE FROM {table_of(name)}")
            self._rows[name] = 0
        self._first = True
        self._store.start()

    def _forget_folded(self) -> None:
        """Drop facts about numbers that no longer stand for anything; the rules make them anew."""
        for name, kinds in self._program.relations.items():
            stale = [f"a{at} IN (SELECT id FROM moved)" for at, is_tuple in enumerate(kinds) if not is_tuple]
            if stale and self._rows.get(name):
                self._store.run(f"DELETE FROM {table_of(name)} WHERE {' OR '.join(stale)}")

    def _structure(self) -> None:
        """Bring the helper relations that rest on axioms alone up to date."""
        run = self._store.run
        for name, rules in self._program.structure:
            self._new_rows[name] = 0
            able = [
                rule for rule in rules if all(self._has(atom) for atom in rule.body if atom.relation != name)
            ]
            if not any(self._is_new(atom) for rule in able for atom in rule.body):
                continue
            table, new = table_of(name), table_of(name, new=True)
            sql = self._computed(name, able)
            if self._first:
                self._rows[name] = run(f"CREATE OR REPLACE TABLE {table} AS {sql}")
                continue
            run(f"CREATE OR REPLACE TABLE computed AS {sql}")
            self._new_rows[name] = run(
                f"CREATE OR REPLACE TABLE {new} AS SELECT * FROM computed EXCEPT SELECT * FROM {table}"
            )
            self._rows[name] = run(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM computed")

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
            if (new := self._new_premises(pairing.half)) != []:
                triples.append((fire_pairing(pairing, self._compiler, same, new), pairing.rule))
        for rule in self._program.joins:
            new = self._new_premises(rule)
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
                if self._can_fire(template.axioms)
                and (self._first or any(self._is_new(atom) for atom in template.axioms.body))
            ]
            made = 0
            if changed:
                rows = template_rows(changed, self._compiler)
                earlier = "" if self._first else f" EXCEPT SELECT * FROM {table}"
                made = self._store.run(f"CREATE OR REPLACE TABLE {new} AS ({rows}){earlier}")
            if self._first:
                self._store.run(f"CREATE OR REPLACE TABLE {table} ({TEMPLATE_COLUMNS})")
                self._rows[table] = 0
            if made:
                yield fire_templates(new, "t", keyed=keyed), templates
            if self._rows[table]:
                yield fire_templates(table, "d", keyed=keyed), templates
            if made:
                self._store.run(f"INSERT INTO {table} SELECT * FROM {new}")
                self._rows[table] += made

    def _advance_relations(self) -> int:
        """Add what is new in the other helper relations; how much that is."""
        total = 0
        for name in self._program.relations:
            table, new, made = table_of(name), table_of(name, new=True), f"c{table_of(name)}"
            if not self._store.rows(f"SELECT 1 FROM {made} LIMIT 1"):
                if self._new_rows.get(name):
                    self._store.run(f"DELETE FROM {new}")
                self._new_rows[name] = 0
                continue
            self._new_rows[name] = self._store.run(
                f"CREATE OR REPLACE TABLE {new} AS SELECT * FROM {made}{self._not_too_deep(name)}"
                f" EXCEPT SELECT * FROM {table}"
            )
            self._store.run(f"INSERT INTO {table} SELECT * FROM {new}")
            self._store.run(f"DELETE FROM {made}")
            self._rows[name] = self._rows.get(name, 0) + self._new_rows[name]
            total += self._new_rows[name]
        return total

    def _not_too_deep(self, name: str) -> str:
        """The condition that keeps tuples from growing for ever, for what was made of a relation.

        A walk along a list with more steps than there are cells goes in a circle, and asks for nothing that a
        shorter one does not ask for.

        Raises:
            SourceError: C640, nothing says how far a rule may go.
        """
        deep = " OR ".join(
            f"length(a{at}) - length(replace(a{at}, '(', '')) > {{most}}"
            for at, is_tuple in enumerate(self._program.relations[name])
            if is_tuple
        )
        for rule, step in self._program.nesting:
            if rule.head[0].relation == name:
                if step:
                    return f" WHERE NOT ({deep.format(most=self._rows[step])})"
                made = f"c{table_of(name)}"
                if self._store.rows(f"SELECT 1 FROM {made} WHERE {deep.format(most=_DEEPEST)} LIMIT 1"):
                    raise endless(rule, _DEEPEST)
        return ""

    def _new_premises(self, rule: Rule) -> list[int] | None:
        """Which premises can match something new; ``None`` when everything is."""
        if not self._can_fire(rule):
            return []
        if self._first:
            return None
        return [at for at, atom in enumerate(rule.body) if self._is_new(atom) and self._concerns(rule, atom)]

    def _can_fire(self, rule: Rule) -> bool:
        """Whether each premise can match something, and the axioms among them together."""
        return all(self._has(atom) for atom in rule.body) and (
            self._store.size < _WORTH_A_LOOK or self._predicates_of(rule) != {"": frozenset()}
        )

    def _has(self, atom: Atom) -> bool:
        if atom.relation != TRIPLE:
            return self._rows.get(atom.relation, 0) > 0
        return self._matches(atom, self._store.counts)

    def _is_new(self, atom: Atom) -> bool:
        if self._first:
            return True
        if atom.relation != TRIPLE:
            return self._new_rows.get(atom.relation, 0) > 0
        return self._matches(atom, self._store.new_counts)

    def _concerns(self, rule: Rule, atom: Atom) -> bool:
        """Whether there is a new triple with a predicate that the axioms leave for a premise."""
        if (
            self._store.size < _WORTH_A_LOOK
            or atom.relation != TRIPLE
            or not isinstance(atom.terms[1], Variable)
        ):
            return True
        wanted = self._predicates_of(rule).get(atom.terms[1].name)
        return wanted is None or any(p in wanted for p, _ in self._store.new_counts)

    def _matches(self, atom: Atom, counts: dict[tuple[int, int | None], int]) -> bool:
        _, predicate, object_ = atom.terms
        if not isinstance(predicate, Constant):
            return bool(counts)
        number = self._store.number(predicate.text)
        if isinstance(object_, Constant) and predicate.text == TYPE:
            return (number, self._store.number(object_.text)) in counts
        return any(p == number for p, _ in counts)

    def _predicates_of(self, rule: Rule) -> dict[str, frozenset[int]]:
        """For each variable in the place of a predicate, those that the axioms leave, unless too many.

        ``{"": frozenset()}`` when no axioms match the rule.
        """
        axioms = tuple(
            atom
            for atom in rule.body
            if self._compiler.kind(atom) == "axiom" or atom.relation in self._structural
        )
        if not axioms or len(axioms) == len(rule.body):
            return {}
        known = frozenset(name for atom in axioms for name in atom.variables)
        names = sorted(
            {
                atom.terms[1].name
                for atom in rule.body
                if atom.relation == TRIPLE and isinstance(atom.terms[1], Variable)
            }
            & known
        )
        if rule not in self._predicates or any(self._is_new(atom) for atom in axioms):
            static = Rule(name=rule.name, head=(), body=axioms)
            sql = self._compiler.selects(static, None, names)
            rows = self._store.rows(f"SELECT DISTINCT * FROM ({sql}) x LIMIT {_MOST_PREDICATES}")
            if not rows:
                self._predicates[rule] = {"": frozenset()}
            elif len(rows) == _MOST_PREDICATES:
                self._predicates[rule] = {}
            else:
                self._predicates[rule] = {
                    name: frozenset(row[at] for row in rows) for at, name in enumerate(names)
                }
        return self._predicates[rule]
