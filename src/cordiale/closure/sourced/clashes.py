"""Which statements cannot all be true, and which sets of sources they come from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cordiale.closure.rulebook.rules import TRIPLE, Rule
from cordiale.closure.sourced.compiler import SourcedCompiler
from cordiale.closure.sourced.store import TRUSTED, SourcedStore
from cordiale.closure.sql.clashes import MOST_CLASHES, FoundClash, found_clash, variables_of_body
from cordiale.closure.sql.compiler import SAME, TYPE
from cordiale.closure.values.literals import DATATYPE_MAP
from cordiale.closure.values.value_coding import Values
from cordiale.model.supports import ONE, ZERO, Support

__all__ = ["SourcedClash", "sourced_clashes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedClash:
    """A clash in texts (N-Triples), and the sets of sources each of which suffices for it."""

    clash: FoundClash
    support: Support


def sourced_clashes(
    store: SourcedStore, values: Values, rules: Iterable[Rule], compiler: SourcedCompiler
) -> tuple[SourcedClash, ...]:
    """The clashes of a closed graph, in a stable order; at most ``MOST_CLASHES`` of a rule."""
    found: dict[tuple[str, frozenset[object]], tuple[FoundClash, Support]] = {}
    every = (
        *_ill_typed(store, values),
        *_refused(store),
        *(each for rule in rules for each in _of_rule(store, rule, compiler)),
    )
    for clash, number in every:
        key = (clash.rule, frozenset(map(_unordered, clash.premises)))
        known, support = found.get(key, (clash, ZERO))
        told = min(known, clash, key=lambda each: each.message)
        found[key] = (told, support + store.pool.supports[number])
    clashes = (SourcedClash(clash=clash, support=support) for clash, support in found.values())
    return tuple(sorted(clashes, key=lambda each: (each.clash.rule, each.clash.message, each.clash.premises)))


def _unordered(triple: tuple[str, str, str]) -> object:
    return frozenset(triple) if triple[1] == SAME else triple


def _of_rule(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> Iterator[tuple[FoundClash, int]]:
    for atom in rule.body:
        pattern = compiler.pattern(atom) if atom.relation == TRIPLE else None
        if pattern is not None and pattern not in store.counts:
            return
    names = variables_of_body(rule)
    sql = compiler.matches(rule, names)
    rows = store.connection.sql(f"SELECT DISTINCT * FROM ({sql}) x ORDER BY ALL LIMIT {MOST_CLASHES}")
    for *numbers, us in rows.fetchall():
        yield (
            found_clash(store, rule, dict(zip(names, numbers, strict=True)), compiler),
            store.pool.product(us),
        )


def _ill_typed(store: SourcedStore, values: Values) -> Iterator[tuple[FoundClash, int]]:
    """Rule dt-not-type (table 8): of literals as written, and of those that rules put into datatypes."""
    text = store.coded.texts
    for literal in values.ill_typed:
        own = str(text[literal].as_py()).rpartition("^^")[2]
        sources = [g for (g,) in store.rows(f"SELECT DISTINCT g FROM stated WHERE o = {literal}")]
        yield (
            FoundClash(
                rule="dt-not-type",
                message=f"{text[literal]} is no value of its datatype",
                premises=((str(text[literal]), TYPE, own),),
            ),
            store.pool.number(ONE if TRUSTED in sources else Support.stated(sources)),
        )
    named = {number: name for name, number in store.coded.constants.items() if name[1:-1] in DATATYPE_MAP}
    if not named:
        return
    rows = store.rows(
        f"SELECT s, o, u FROM t WHERE p = {store.number(TYPE)} AND s >= {store.coded.literals}"
        f" AND o IN ({', '.join(map(str, named))}) ORDER BY s, o"
    )
    for literal, number, support in rows:
        if literal not in values.ill_typed and values.is_no_value(literal, named[number][1:-1]):
            premise = (str(text[literal]), TYPE, named[number])
            message = f"{text[literal]} is no value of {named[number]}"
            yield FoundClash(rule="dt-not-type", message=message, premises=(premise,)), support


def _refused(store: SourcedStore) -> Iterator[tuple[FoundClash, int]]:
    """Rules eq-diff1 to 3 (table 4) and dt-diff (table 8), of the equalities that were not followed."""
    for a, b, support in store.rows("SELECT s, o, u FROM refused ORDER BY s, o, u"):
        one, other = (str(store.coded.texts[number]) for number in sorted((a, b)))
        literals = min(a, b) >= store.coded.literals
        reason = "different values (dt-diff)" if literals else "different"
        yield (
            FoundClash(
                rule="eq-diff1",
                message=f"{one} and {other} are made the same, and are {reason}",
                premises=((one, SAME, other),),
            ),
            support,
        )
