"""Which rules that conclude ``false`` hold in a closed graph, and on what premises."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow.compute as pc

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Rule, Term, Variable
from cordiale.closure.sql.compiler import SAME, TYPE, Compiler
from cordiale.closure.sql.equality import Equality
from cordiale.closure.sql.store import Store
from cordiale.closure.values.literals import DATATYPE_MAP, XSD_NS, split_literal
from cordiale.closure.values.value_coding import Values

__all__ = ["MOST_CLASHES", "FoundClash", "find_clashes", "found_clash", "variables_of_body"]

MOST_CLASHES = 1_000  # of one rule

_DIFFERENT = "<http://www.w3.org/2002/07/owl#differentFrom>"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClash:
    """A clash in texts (N-Triples): the rule, a sentence, and the premises, those about individuals first."""

    rule: str
    message: str
    premises: tuple[tuple[str, str, str], ...]


def find_clashes(
    store: Store, values: Values, equality: Equality, rules: Iterable[Rule], compiler: Compiler
) -> tuple[FoundClash, ...]:
    """The clashes in a closed graph, in a stable order; at most ``MOST_CLASHES`` of a rule."""
    found: dict[tuple[object, ...], FoundClash] = {}
    for clash in (
        *_ill_typed(store, values, equality),
        *_refused(store, equality),
        *(clash for rule in rules for clash in _of_rule(store, rule, compiler, equality)),
    ):
        key = (clash.rule, frozenset(map(_unordered, clash.premises)))
        if key not in found or clash.message < found[key].message:
            found[key] = clash
    return tuple(sorted(found.values(), key=lambda clash: (clash.rule, clash.message, clash.premises)))


def _unordered(triple: tuple[str, str, str]) -> object:
    return frozenset(triple) if triple[1] == SAME else triple


def _of_rule(store: Store, rule: Rule, compiler: Compiler, equality: Equality) -> Iterator[FoundClash]:
    for atom in rule.body:
        pattern = compiler.pattern(atom) if atom.relation == TRIPLE else None
        if pattern is not None and pattern not in store.counts:
            return
    names = variables_of_body(rule)
    sql = compiler.selects(rule, None, names)
    for row in store.rows(f"SELECT DISTINCT * FROM ({sql}) x ORDER BY ALL LIMIT {MOST_CLASHES}"):
        shown = {
            name: equality.shown(value) if isinstance(value, int) else value
            for name, value in zip(names, row, strict=True)
        }
        yield found_clash(store, rule, shown, compiler)


def variables_of_body(rule: Rule) -> tuple[str, ...]:
    """The names of the variables in the premises, in order."""
    return tuple(sorted({name for atom in rule.body for name in atom.variables}))


def found_clash(store: Store, rule: Rule, numbers: Mapping[str, object], compiler: Compiler) -> FoundClash:
    """The clash that a rule finds with these values of its variables."""
    kinds = {"data": 0, "axiom": 1}
    premises = sorted(
        (atom for atom in rule.body if atom.relation == TRIPLE), key=lambda atom: kinds[compiler.kind(atom)]
    )
    texts = {
        name: str(store.coded.texts[number].as_py())
        for name, number in numbers.items()
        if isinstance(number, int)
    }
    message = rule.message
    for name in sorted(texts, key=len, reverse=True):
        message = message.replace(f"?{name}", texts[name])
    return FoundClash(
        rule=rule.name, message=message, premises=tuple(_bound(atom, texts) for atom in premises)
    )


def _bound(atom: Atom, texts: dict[str, str]) -> tuple[str, str, str]:
    def text(term: Term) -> str:
        return texts[term.name] if isinstance(term, Variable) else str(term)

    subject, predicate, object_ = map(text, atom.terms)
    return subject, predicate, object_


def _ill_typed(store: Store, values: Values, equality: Equality) -> Iterator[FoundClash]:
    """Rule dt-not-type (table 8): of literals as written, and of those that rules put into datatypes."""
    pairs = [(literal, _datatype(store, literal)) for literal in values.ill_typed]
    texts = store.coded.texts
    type_ = store.number(TYPE)
    named = {
        number: text[1:-1] for text, number in store.coded.constants.items() if text[1:-1] in DATATYPE_MAP
    }
    for number, datatype in named.items():
        if (type_, number) not in store.counts:
            continue
        table = store.table(
            f"SELECT DISTINCT s FROM t WHERE p = {type_} AND o = {number} AND s >= {store.coded.literals}"
        )
        literals = table.column("s").combine_chunks()
        ending = '"' if datatype == XSD_NS + "string" else f"^^<{datatype}>"
        other = pc.invert(pc.ends_with(texts.take(literals), ending))
        pairs.extend(
            (literal, datatype)
            for literal in literals.filter(other).to_pylist()
            if literal not in values.ill_typed and values.is_no_value(literal, datatype)
        )
    for name, literal in equality.named_values():
        typed = store.rows(f"SELECT o FROM t WHERE p = {type_} AND s = {name}")
        pairs.extend(
            (literal, named[number])
            for (number,) in typed
            if number in named and values.is_no_value(literal, named[number])
        )
    for literal, datatype in sorted(set(pairs))[:MOST_CLASHES]:
        text = texts[literal].as_py()
        own = _datatype(store, literal) == datatype
        message = f"{text} is no value of {'its datatype' if own else f'<{datatype}>'}"
        yield FoundClash(rule="dt-not-type", message=message, premises=((text, TYPE, f"<{datatype}>"),))


def _datatype(store: Store, literal: int) -> str:
    return split_literal(store.coded.texts[literal].as_py())[1]


def _refused(store: Store, equality: Equality) -> Iterator[FoundClash]:
    """Rules eq-diff1 (table 4) and dt-diff (table 8), of the equalities that were not followed."""
    texts = store.coded.texts
    for refusal in equality.refusals:
        one, other = (str(texts[number].as_py()) for number in sorted(refusal.link))
        a, b = (str(texts[number].as_py()) for number in sorted(refusal.pair))
        link = (one, SAME, other)
        if refusal.literals:
            message = f"{a} and {b} are made the same, and are different values (dt-diff)"
            yield FoundClash(rule="eq-diff1", message=message, premises=(link,))
            continue
        x, y = sorted(refusal.pair)
        declared = store.rows(
            f"SELECT s, o FROM sch WHERE p = {store.number(_DIFFERENT)}"
            f" AND ((s = {x} AND o = {y}) OR (s = {y} AND o = {x}))"
        )
        for s, o in declared[:1]:
            denial = (str(texts[s].as_py()), _DIFFERENT, str(texts[o].as_py()))
            message = f"{a} and {b} are the same, and are different"
            yield FoundClash(rule="eq-diff1", message=message, premises=(link, denial))
        if not declared and refusal.link != refusal.pair:
            message = f"{a} and {b} are the same, yet stand in one list of different things"
            yield FoundClash(rule="eq-diff2", message=message, premises=(link,))
