"""Which rules a closure follows, each in the form that it is fired in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cordiale.closure.rulebook.rules import KNOWN_RELATIONS, TRIPLE, Rule, Tuple, variables_of
from cordiale.closure.sql.compiler import Compiler, Pattern, without_sameness
from cordiale.closure.sql.pairing import Pairing, as_pairing
from cordiale.closure.sql.templates import Template, as_template

__all__ = ["Program", "arrange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Rules in their forms.

    ``structure`` has the helper relations that rest on axioms alone, each after those it rests on, with its
    rules; ``relations`` all other helper relations, with the number of arguments and which of them are
    tuples. ``nesting`` are the rules that put a tuple of their own relation into a longer one; the
    relation of ``structure`` that they walk along is with the rule, if there is one.
    """

    structure: tuple[tuple[str, tuple[Rule, ...]], ...]
    relations: dict[str, tuple[bool, ...]]
    nesting: tuple[tuple[Rule, str], ...]
    templates: tuple[Template, ...]
    pairings: tuple[Pairing, ...]
    joins: tuple[Rule, ...]
    clashes: tuple[Rule, ...]
    patterns: frozenset[Pattern]


def arrange(rules: Iterable[Rule], compiler: Compiler) -> Program:
    """The rules to be followed, sorted out; those about values and equality are followed elsewhere."""
    followed = [rule for rule in rules if not rule.marks & {"equal", "values"}]
    plain = [variant for rule in followed if not rule.is_clash for variant in without_sameness(rule)]
    clashes = tuple(variant for rule in followed if rule.is_clash for variant in without_sameness(rule))
    structure = _structure(plain, compiler)
    structural = frozenset(name for name, _ in structure)
    templates, pairings, joins = [], [], []
    for rule in plain:
        if rule.head[0].relation in structural:
            continue
        if pairing := as_pairing(rule):
            pairings.append(pairing)
        elif template := as_template(rule, compiler, structural):
            templates.append(template)
        else:
            joins.append(rule)
    patterns = {
        pattern
        for rule in (*plain, *clashes)
        for atom in rule.body
        if atom.relation == TRIPLE and (pattern := compiler.pattern(atom)) is not None
    }
    return Program(
        structure=structure,
        relations=_relations(plain, structural),
        nesting=tuple(_nesting(plain, structural)),
        templates=tuple(templates),
        pairings=tuple(pairings),
        joins=tuple(joins),
        clashes=clashes,
        patterns=frozenset(patterns),
    )


def _structure(rules: Sequence[Rule], compiler: Compiler) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """Helper relations from axioms alone, in an order in which each can be computed at once."""
    making: dict[str, list[Rule]] = {}
    for rule in rules:
        for head in rule.head:
            if head.relation:
                making.setdefault(head.relation, []).append(rule)
    arranged: list[tuple[str, tuple[Rule, ...]]] = []
    ready: set[str] = set()
    while True:
        found = [
            name
            for name, made_by in making.items()
            if name not in ready and _can_follow(name, made_by, ready, compiler)
        ]
        if not found:
            return tuple(arranged)
        arranged.extend((name, tuple(making[name])) for name in found)
        ready.update(found)


def _can_follow(name: str, rules: Sequence[Rule], ready: set[str], compiler: Compiler) -> bool:
    recursive = 0
    for rule in rules:
        again = sum(atom.relation == name for atom in rule.body)
        recursive += again
        others = all(
            atom.relation in ready or atom.relation == name or compiler.kind(atom) == "axiom"
            for atom in rule.body
        )
        tuples = any(isinstance(term, Tuple) for head in rule.head for term in head.terms)
        if not others or tuples or rule.comparisons or len(rule.head) != 1:
            return False
    return recursive <= 1


def _nesting(rules: Sequence[Rule], structural: frozenset[str]) -> Iterator[tuple[Rule, str]]:
    for rule in rules:
        for head in rule.head:
            again = {name for atom in rule.body if atom.relation == head.relation for name in atom.variables}
            nested = {
                name for term in head.terms if isinstance(term, Tuple) for name in variables_of(term)
            } & again
            if head.relation and nested:
                steps = sorted({atom.relation for atom in rule.body} & structural)
                yield rule, steps[0] if steps else ""


def _relations(rules: Sequence[Rule], structural: frozenset[str]) -> dict[str, tuple[bool, ...]]:
    """Which arguments of the other relations are tuples; a variable bound to a tuple is one as well."""
    heads = [
        (rule, head)
        for rule in rules
        for head in rule.head
        if head.relation and head.relation not in structural and head.relation not in KNOWN_RELATIONS
    ]
    relations = {head.relation: [False] * len(head.terms) for _, head in heads}
    changed = True
    while changed:
        changed = False
        for rule, head in heads:
            tuples = {
                name
                for atom in rule.body
                if atom.relation in relations
                for term, is_tuple in zip(atom.terms, relations[atom.relation], strict=True)
                if is_tuple
                for name in variables_of(term)
            }
            for at, term in enumerate(head.terms):
                is_tuple = isinstance(term, Tuple) or bool(tuples & set(variables_of(term)))
                if is_tuple and not relations[head.relation][at]:
                    relations[head.relation][at] = changed = True
    return {name: tuple(kinds) for name, kinds in relations.items()}
