"""The closure of what several sources state, with the sources that each triple rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from cordiale.closure.loading.coding import Coded
from cordiale.closure.rulebook.faults import RuleFault
from cordiale.closure.rulebook.left_out import Usage, followed, is_unforeseen, look, report
from cordiale.closure.rulebook.program import arrange
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sourced.clashes import SourcedClash, sourced_clashes
from cordiale.closure.sourced.compiler import SourcedCompiler
from cordiale.closure.sourced.conflicts import SourcedConflict, faults_of, sourced_conflicts
from cordiale.closure.sourced.equality import SourcedEquality
from cordiale.closure.sourced.loop import SourcedLoop
from cordiale.closure.sourced.pool import Pool
from cordiale.closure.sourced.store import TRIPLE_KEYS, TRUSTED, SourcedStore, make_columns
from cordiale.closure.sql.compiler import SAME
from cordiale.closure.sql.limits import Limit
from cordiale.closure.sql.materialise import Options, close_coded, connected, literal_types
from cordiale.closure.sql.output import not_trivial
from cordiale.closure.values.literals import DATATYPE_MAP
from cordiale.closure.values.value_coding import code_values
from cordiale.model.supports import ONE, Support

__all__ = ["SourcedGraph", "close_sourced"]

# Without one of these, a base makes nothing the same.
_EQUATING = tuple(
    f"<http://www.w3.org/2002/07/owl#{name}>"
    for name in (
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "hasKey",
        "maxCardinality",
        "maxQualifiedCardinality",
        "sameAs",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedGraph:
    """A closure with supports.

    ``triples`` has the columns s, p, o, which are places in ``texts`` (N-Triples); ``support``, a place in
    ``supports``; and ``asserted``, whether some source states the triple.
    """

    texts: pa.Array
    triples: pa.Table
    supports: tuple[Support, ...]
    clashes: tuple[SourcedClash, ...]
    conflicts: tuple[SourcedConflict, ...]
    faults: tuple[RuleFault, ...]
    left_out: tuple[str, ...]
    rounds: int


def close_sourced(
    coded: Coded,
    sources: pa.Array,
    rules: Iterable[Rule],
    options: Options | None = None,
    conflicting: Iterable[Rule] = (),
) -> SourcedGraph:
    """The closure of triples that were numbered with ``vocabulary_of`` the rules.

    ``sources`` has a number for each of the coded triples: that of the source that states it, or ``TRUSTED``.
    ``conflicting`` are rules of the project's own that conclude ``false``, and add no triple.

    Raises:
        SourceError: a rule makes more triples than it may, or a thing has too many names.
    """
    options = options or Options()
    every, own = tuple(rules), tuple(conflicting)
    closed, usage, renamed = _closed(coded, sources, every, own, options, all_rules=options.full)
    if not options.full and is_unforeseen(renamed, usage, every):
        closed, _, _ = _closed(coded, sources, every, own, options, all_rules=True)
    return closed


def _closed(
    coded: Coded,
    sources: pa.Array,
    every: tuple[Rule, ...],
    own: tuple[Rule, ...],
    options: Options,
    *,
    all_rules: bool,
) -> tuple[SourcedGraph, Usage, frozenset[str]]:
    """The closure by all rules, or by those that the graph seems to need.

    Also how it uses the vocabulary, and the terms of the vocabulary that have got other names.
    """
    values = code_values(coded)
    connection = connected(options, len(coded.triples))
    pool = Pool()
    store = SourcedStore(connection, coded, values, sources, pool)
    usage = look(store)
    chosen = followed(every, usage, full=all_rules)
    trusted = _trusted(coded, sources, every)
    if trusted is not None:
        store.fold(trusted)
    typed = literal_types(store, values, DATATYPE_MAP if all_rules else usage.datatypes)
    compiler = SourcedCompiler(store.number)
    program = arrange((*chosen, *own), compiler)
    store.patterns = program.patterns
    if any(comparison.operator == "<" for rule in (*chosen, *own) for comparison in rule.comparisons):
        store.rank(values)
    store.begin(typed)
    reflexive = any(rule.name == "eq-ref" for rule in chosen)
    equality = SourcedEquality(store, values, every, reflexive=reflexive)
    limit = Limit(store, compiler, options.most_rows)
    loop = SourcedLoop(store, program, compiler, equality, limit, options.progress)
    loop.known("datatype", [(store.coded.constants[f"<{datatype}>"],) for datatype in sorted(DATATYPE_MAP)])
    rounds = loop.run()
    places = {rule.place for rule in own}
    clashes = sourced_clashes(
        store, values, [rule for rule in program.clashes if rule.place not in places], compiler
    )
    conflicting = [rule for rule in program.clashes if rule.place in places]
    conflicts = sourced_conflicts(store, conflicting, compiler)
    faults = faults_of(store, conflicting, compiler)
    renamed = _renamed(store)
    triples = _told(store, full=options.full)
    closed = SourcedGraph(
        texts=coded.texts,
        triples=triples,
        supports=tuple(pool.supports),
        clashes=clashes,
        conflicts=conflicts,
        faults=faults,
        left_out=report(every, chosen, full=options.full),
        rounds=rounds,
    )
    return closed, usage, renamed


def _trusted(coded: Coded, sources: pa.Array, rules: tuple[Rule, ...]) -> pa.Table | None:
    """The names that the trusted base alone makes the same: each (id), and the one that stands for it (rep).

    ``None`` when there are none. All but one of them need not be told apart while the rules run.
    """
    base = coded.triples.filter(pc.equal(sources, TRUSTED))
    equating = pa.array([coded.constants[term] for term in _EQUATING], pa.int32())
    if not any(pc.any(pc.is_in(base.column(c), value_set=equating)).as_py() for c in "po"):
        return None
    closed = close_coded(replace(coded, triples=base), rules)
    return closed.store.table("SELECT id, rep FROM names") if closed.equality.is_used else None


def _renamed(store: SourcedStore) -> frozenset[str]:
    """The terms of the vocabulary that were made the same as something else."""
    same = f"p = {store.number(SAME)} AND s <> o"
    rows = store.rows(f"SELECT s FROM t WHERE {same} UNION SELECT o FROM t WHERE {same}")
    numbers = {number for (number,) in rows} | set(store.representative)
    return frozenset(text for text, number in store.coded.constants.items() if number in numbers)


def _in_exact_forms(store: SourcedStore, stated: str) -> str:
    """What is stated, where a value is told in several forms: each form rests on those who write it so.

    A set of sources that leads to the value in another way suffices for each of its forms; one that only
    states another form does not.
    """
    store.run(
        "CREATE TABLE told_form AS SELECT x.s, x.p, x.o, form.value, list(DISTINCT x.g) AS gs"
        " FROM stated x JOIN form ON form.id = x.o GROUP BY ALL"
    )
    several = "SELECT s, p, value FROM told_form GROUP BY s, p, value HAVING count(*) > 1"
    found = store.connection.sql(
        f"SELECT s, p, f.o, value, gs, u FROM told_form f JOIN ({several}) x USING (s, p, value)"
        f" JOIN ({stated}) y USING (s, p, o)"
    ).fetchall()
    if not found:
        return stated
    everyone: dict[tuple[int, int, int], set[int]] = {}
    for s, p, _, value, gs, _ in found:
        everyone.setdefault((s, p, value), set()).update(gs)
    exact = [
        (s, p, o, store.pool.number(_of_form(store.pool.supports[u], set(gs), everyone[s, p, value])))
        for s, p, o, value, gs, u in found
    ]
    store.run(make_columns("exact", TRIPLE_KEYS, "u"))
    store.insert("exact", exact)
    return f"SELECT s, p, o, coalesce(exact.u, y.u) AS u FROM ({stated}) y LEFT JOIN exact USING (s, p, o)"


def _of_form(support: Support, own: set[int], everyone: set[int]) -> Support:
    if TRUSTED in own:
        return ONE
    others = everyone - own
    led_to = (each for each in support if each and not (len(each) == 1 and each[0] in others))
    return Support.sum((Support.stated(own), Support(tuple(led_to), support.truncated)))


def _told(store: SourcedStore, *, full: bool) -> pa.Table:
    """All triples that are told, by every name and in the forms in which literals are written."""
    coded = store.coded
    conditions = [f"s < {coded.literals}", f"p < {coded.blanks}"]
    if not full:
        conditions.extend(not_trivial(store))
    is_told = " AND ".join(conditions)
    store.run("INSERT INTO t SELECT s, p, o, u FROM refused")
    if not (store.has_forms or store.is_folded):
        known = "SELECT t.*, f.g IS NOT NULL AS asserted FROM t LEFT JOIN first_told f USING (s, p, o)"
        return store.table(
            f"SELECT s, p, o, u AS support, asserted FROM ({known}) x WHERE asserted OR ({is_told})"
        )
    rows = "SELECT s, p, o, u FROM t"
    if store.is_folded:
        columns = ", ".join(f"coalesce(n{c}.id, x.{c}) AS {c}" for c in "spo")
        joins = " ".join(f"LEFT JOIN names n{c} ON n{c}.rep = x.{c}" for c in "spo")
        rows = f"SELECT {columns}, x.u FROM t x {joins}"
    store.run(f"CREATE TABLE named AS {rows}")
    rows = "SELECT s, p, o, u FROM named"
    stated = "SELECT s, p, o, n.u FROM (SELECT DISTINCT s, p, o FROM stated) x JOIN named n USING (s, p, o)"
    if store.has_forms:
        rows = (
            "SELECT w.s, w.p, coalesce(f.o, w.o) AS o, w.u FROM named w LEFT JOIN"
            " (SELECT DISTINCT x.s, form.value, x.o FROM stated x JOIN form ON form.id = x.o) f"
            " ON f.s = w.s AND f.value = w.o"
        )
        stated = (
            "SELECT x.s, x.p, x.o, n.u FROM (SELECT DISTINCT s, p, o FROM stated) x"
            " LEFT JOIN form ON form.id = x.o"
            " JOIN named n ON n.s = x.s AND n.p = x.p AND n.o = coalesce(form.value, x.o)"
        )
    if store.has_forms:
        stated = _in_exact_forms(store, stated)
    inferred = f"SELECT DISTINCT s, p, o, u FROM ({rows}) y ANTI JOIN stated USING (s, p, o) WHERE {is_told}"
    return store.table(
        f"SELECT s, p, o, u AS support, TRUE AS asserted FROM ({stated}) a"
        f" UNION ALL SELECT s, p, o, u, FALSE FROM ({inferred}) i"
    )
