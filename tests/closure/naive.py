"""The rules of a rule file, followed in plain Python until nothing new comes up: slow, and simple to trust.

Literals are written as their values, so that equal texts are equal values. Nothing here is shared with the
engine but the parser of rules and the reading of literals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Constant, Rule, Term, Tuple, Variable
from cordiale.closure.values.literals import DATATYPE_MAP, canonical, is_value_of, split_literal

__all__ = [
    "MOST_FACTS",
    "Bindings",
    "Fact",
    "TextTriple",
    "TooManyFacts",
    "bound",
    "close_naively",
    "matches",
    "value_text",
]

Fact: TypeAlias = tuple[object, ...]
TextTriple: TypeAlias = tuple[str, str, str]
Bindings: TypeAlias = dict[str, object]

MOST_FACTS = 2_500


class TooManyFacts(Exception):
    """A graph has too much in it for plain Python."""


SAME = "<http://www.w3.org/2002/07/owl#sameAs>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def value_text(term: str) -> str:
    """A term; a literal with a known value as that value."""
    if not term.startswith('"'):
        return term
    form, datatype, language = split_literal(term)
    key = canonical(form, datatype, language) if datatype in DATATYPE_MAP else None
    return f'"{key}"value' if key is not None else term


def close_naively(
    triples: Iterable[TextTriple], rules: Collection[Rule]
) -> tuple[frozenset[TextTriple], frozenset[str]]:
    """The closed graph, asserted triples included, and the names of the rules that conclude ``false``.

    Rules about values of literals are read off the values: dt-eq holds by the way values are written.

    Raises:
        TooManyFacts: there are more than ``MOST_FACTS``, so that this would take long.
    """
    facts: dict[str, set[Fact]] = {TRIPLE: {tuple(map(value_text, triple)) for triple in triples}}
    facts["datatype"] = {(f"<{datatype}>",) for datatype in DATATYPE_MAP}
    literals = {term for triple in facts[TRIPLE] for term in triple if str(term).startswith('"')}
    facts[TRIPLE] |= {
        (literal, TYPE, f"<{datatype}>")
        for literal in literals
        for datatype in DATATYPE_MAP
        if _is_value(str(literal), datatype)
    }
    followed = [rule for rule in rules if "values" not in rule.marks]
    while True:
        new: dict[str, set[Fact]] = {}
        for rule in followed:
            if not rule.is_clash:
                for bindings in matches(rule, facts):
                    for head in rule.head:
                        fact = tuple(bound(term, bindings) for term in head.terms)
                        # A key that goes in a circle asks for the same properties again.
                        if max(map(_depth, fact)) > len(facts.get("key", ())):
                            continue
                        if fact not in facts.get(head.relation, set()):
                            new.setdefault(head.relation, set()).add(fact)
        if not new:
            break
        for relation, added in new.items():
            facts.setdefault(relation, set()).update(added)
        if sum(map(len, facts.values())) > MOST_FACTS:
            raise TooManyFacts
    clashes = {rule.name for rule in followed if rule.is_clash and any(True for _ in matches(rule, facts))}
    closed = frozenset((str(s), str(p), str(o)) for s, p, o in facts[TRIPLE])
    clashes |= set(_value_clashes(closed))
    return closed, frozenset(clashes)


def _value_clashes(closed: Collection[TextTriple]) -> Iterator[str]:
    for s, p, o in closed:
        known = s.startswith('"') and (s.endswith('"value') or split_literal(s)[1] in DATATYPE_MAP)
        if p == TYPE and known and o[1:-1] in DATATYPE_MAP and not _is_value(s, o[1:-1]):
            yield "dt-not-type"
        if p == SAME and s != o and s.endswith('"value') and o.endswith('"value'):
            yield "eq-diff1"
        for term in (s, o):
            if (
                term.startswith('"')
                and not term.endswith('"value')
                and split_literal(term)[1] in DATATYPE_MAP
            ):
                yield "dt-not-type"


def _is_value(literal: str, datatype: str) -> bool:
    return literal.endswith('"value') and is_value_of(literal[1:].removesuffix('"value'), datatype)


def matches(rule: Rule, facts: Mapping[str, set[Fact]]) -> Iterator[Bindings]:
    """The ways in which the premises of a rule hold of facts."""
    found: list[Bindings] = [{}]
    for atom in rule.body:
        known = facts.get(atom.relation, set())
        index: dict[Fact, list[Fact]] = {}
        if found:
            fixed = [at for at, term in enumerate(atom.terms) if _is_fixed(term, found[0])]
            for fact in known:
                index.setdefault(tuple(fact[at] for at in fixed), []).append(fact)
            found = [
                extended
                for bindings in found
                for fact in index.get(tuple(bound(atom.terms[at], bindings) for at in fixed), ())
                if (extended := _extended(atom, fact, bindings)) is not None
            ]
    for bindings in found:
        if all(
            c.operator == "!=" and bound(c.left, bindings) != bound(c.right, bindings)
            for c in rule.comparisons
        ):
            yield bindings


def _is_fixed(term: Term, bindings: Bindings) -> bool:
    return isinstance(term, Constant) or (isinstance(term, Variable) and term.name in bindings)


def _extended(atom: Atom, fact: Fact, bindings: Bindings) -> Bindings | None:
    extended = dict(bindings)
    for term, value in zip(atom.terms, fact, strict=True):
        if isinstance(term, Variable) and extended.setdefault(term.name, value) != value:
            return None
    return extended


def _depth(value: object) -> int:
    return 1 + max(map(_depth, value)) if isinstance(value, tuple) else 0


def bound(term: Term, bindings: Bindings) -> object:
    """What a term stands for."""
    if isinstance(term, Variable):
        return bindings[term.name]
    if isinstance(term, Tuple):
        return tuple(bound(part, bindings) for part in term.parts)
    return value_text(term.text)
