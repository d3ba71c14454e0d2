"""What rules of the project say cannot all be right, with its sources; and which rules say nothing by it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cordiale.closure.rulebook.faults import EVERYTHING, NEVER, RuleFault
from cordiale.closure.rulebook.rules import Atom, Rule, Variable
from cordiale.closure.sourced.compiler import SourcedCompiler
from cordiale.closure.sourced.store import SourcedStore
from cordiale.closure.sql.clashes import MOST_CLASHES, FoundClash, found_clash, variables_of_body
from cordiale.model.supports import ZERO, Support

__all__ = ["SourcedConflict", "faults_of", "sourced_conflicts"]

_MOST_FIRINGS = 1_000_000
_MANY = 10  # triples that a rule looks at: that all of fewer are in conflict may well be so


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedConflict:
    """A conflict in texts (N-Triples), and the sets of sources each of which suffices for it.

    ``about`` are the values of the variables that the rule does not compare, in the order of its premises;
    ``values`` those of the variables that it does, sorted.
    """

    clash: FoundClash
    support: Support
    about: tuple[str, ...]
    values: tuple[str, ...]


def sourced_conflicts(
    store: SourcedStore, rules: Iterable[Rule], compiler: SourcedCompiler
) -> tuple[SourcedConflict, ...]:
    """The conflicts in a closed graph, in a stable order; at most ``MOST_CLASHES`` of a rule."""
    found: dict[tuple[str, frozenset[tuple[str, str, str]]], SourcedConflict] = {}
    for rule in rules:
        for each in _of_rule(store, rule, compiler):
            # Two values are found as these two and as those two.
            key = (rule.name, frozenset(each.clash.premises))
            known = found.get(key, replace(each, support=ZERO))
            told = min(known, each, key=lambda one: (one.clash.message, one.about))
            found[key] = replace(told, support=known.support + each.support)
    return tuple(
        sorted(
            found.values(), key=lambda each: (each.clash.rule, each.about, each.values, each.clash.premises)
        )
    )


def _of_rule(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> Iterator[SourcedConflict]:
    names = variables_of_body(rule)
    compared = {name for comparison in rule.comparisons for name in comparison.variables}
    order = dict.fromkeys(
        term.name for atom in rule.body for term in atom.terms if isinstance(term, Variable)
    )
    if _is_boundless(store, rule, compiler):
        return
    sql = compiler.matches(rule, names)
    rows = store.connection.sql(f"SELECT DISTINCT * FROM ({sql}) x ORDER BY ALL LIMIT {MOST_CLASHES}")
    for *numbers, us in rows.fetchall():
        bound = dict(zip(names, numbers, strict=True))
        texts = {
            name: str(store.coded.texts[number].as_py())
            for name, number in bound.items()
            if isinstance(number, int)
        }
        yield SourcedConflict(
            clash=found_clash(store, rule, bound, compiler),
            support=store.pool.supports[store.pool.product(us)],
            about=tuple(texts[name] for name in order if name in texts and name not in compared),
            values=tuple(sorted({text for name, text in texts.items() if name in compared})),
        )


def faults_of(store: SourcedStore, rules: Sequence[Rule], compiler: SourcedCompiler) -> tuple[RuleFault, ...]:
    """What is wrong with the rules; those of one place are forms of one rule."""
    forms: dict[object, list[Rule]] = {}
    for rule in rules:
        forms.setdefault(rule.place, []).append(rule)
    faults: list[RuleFault] = []
    for several in forms.values():
        rule = several[0]
        never = [_why_never(store, form, compiler) for form in several]
        if all(never):
            faults.append(RuleFault(rule=rule.name, kind=NEVER, detail=never[0], place=rule.place))
        for detail in (_why_everything(store, form, compiler) for form in several):
            if detail:
                faults.append(RuleFault(rule=rule.name, kind=EVERYTHING, detail=detail, place=rule.place))
                break
    return tuple(faults)


def _why_never(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> str:
    """Why a rule cannot fire on this graph; empty when it can."""
    for comparison in rule.comparisons:
        if comparison.left == comparison.right:
            return f"{comparison} holds of nothing"
    for atom in rule.body:
        if not _is_met(store, Rule(name=rule.name, head=(), body=(atom,)), compiler):
            return f'no triple meets its premise "{_short(atom)}"'
    plain = replace(rule, comparisons=())
    if not _is_met(store, plain, compiler):
        return "each of its premises is met, and never all of them together"
    for comparison in rule.comparisons:
        sides = (comparison.left, comparison.right)
        if comparison.operator == "<" and all(isinstance(side, Variable) for side in sides):
            names = [side.name for side in sides if isinstance(side, Variable)]
            pairs = f"SELECT DISTINCT * EXCLUDE us FROM ({compiler.matches(plain, names)}) x"
            one, other = (f'"{name}"' for name in names)
            ordered = (
                f"SELECT 1 FROM ({pairs}) y JOIN rank a ON a.id = {one}"
                f" JOIN rank b ON b.id = {other} AND a.kind = b.kind LIMIT 1"
            )
            if not store.rows(ordered):
                return f"{comparison} never compares two values of one kind"
    return ""


def _is_met(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> bool:
    return bool(store.rows(f"SELECT 1 FROM ({compiler.matches(rule, ())}) x LIMIT 1"))


def _is_boundless(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> bool:
    """Whether a rule fires so often that to sort what it finds would take minutes."""
    some = f"SELECT 1 FROM ({compiler.matches(rule, ())}) x LIMIT {_MOST_FIRINGS + 1}"
    return bool(store.rows(f"SELECT count(*) FROM ({some}) y")[0][0] > _MOST_FIRINGS)


def _why_everything(store: SourcedStore, rule: Rule, compiler: SourcedCompiler) -> str:
    """How it is known that a rule fires on all that it looks at; empty when it does not."""
    if _is_boundless(store, rule, compiler):
        return f"it fires more than {_MOST_FIRINGS:,} times, and none of it is told"
    names = variables_of_body(rule)
    fired = f"SELECT DISTINCT * EXCLUDE us FROM ({compiler.matches(rule, names)}) x"
    if names and len(store.rows(f"{fired} LIMIT {MOST_CLASHES + 1}")) > MOST_CLASHES:
        return f"it finds more than {MOST_CLASHES:,} conflicts, and the others are not told"
    looked_at = 0
    for atom in rule.body:
        if compiler.kind(atom) != "data":
            continue
        variables = sorted(atom.variables)
        alone = compiler.matches(Rule(name=rule.name, head=(), body=(atom,)), variables)
        columns = ", ".join(f'"{name}"' for name in variables)
        if not columns:
            continue
        (met,) = store.rows(f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM ({alone}) x) y")[0]
        (hit,) = store.rows(f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM ({fired}) z) y")[0]
        if hit < met:
            return ""
        looked_at = max(looked_at, met)
    return f"all {looked_at:,} triples that it looks at are in conflict" if looked_at >= _MANY else ""


def _short(atom: Atom) -> str:
    """A premise with the last part of each IRI."""
    return re.sub(r"<[^>]*[/#:]([^>]*)>", r"\1", str(atom))
