"""Helper relations that rest on axioms alone, such as the members of lists, with their supports.

There are few such facts, and a list of n members takes n steps: so they are worked out here, in plain Python,
semi-naively, and not by a statement of SQL a step.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from cordiale.closure.rulebook.rules import Atom, Rule, Term, Variable
from cordiale.closure.sourced.pool import ONE_ID, ZERO_ID, Pool

__all__ = ["Facts", "worked_out"]

Facts: TypeAlias = dict[tuple[int, ...], int]  # arguments, and the number of the support
_Bindings: TypeAlias = Mapping[str, int]
_Number: TypeAlias = Callable[[str], int]


class _Known:
    """The facts of all relations, found by their first arguments."""

    def __init__(self) -> None:
        self.facts: dict[str, Facts] = {}
        self._indexed: dict[
            tuple[str, tuple[int, ...]], dict[tuple[int, ...], dict[tuple[int, ...], None]]
        ] = {}

    def set(self, relation: str, fact: tuple[int, ...], support: int) -> None:
        self.facts.setdefault(relation, {})[fact] = support
        for (indexed, at), index in self._indexed.items():
            if indexed == relation:
                index.setdefault(tuple(fact[place] for place in at), {})[fact] = None

    def matching(self, relation: str, at: tuple[int, ...], key: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
        """The facts that have the values of ``key`` at the places ``at``."""
        index = self._indexed.get((relation, at))
        if index is None:
            index = self._indexed[relation, at] = {}
            for fact in self.facts.get(relation, {}):
                index.setdefault(tuple(fact[place] for place in at), {})[fact] = None
        return tuple(index.get(key, ()))


def worked_out(rules: Collection[Rule], triples: Facts, pool: Pool, number: _Number) -> dict[str, Facts]:
    """All facts that the rules make of triples; ``number`` numbers the terms of the rules."""
    known = _Known()
    newest: dict[str, Facts] = {"": triples}
    for fact, support in triples.items():
        known.set("", fact, support)
    while newest:
        made: dict[tuple[str, tuple[int, ...]], set[int]] = {}
        for rule in rules:
            for at, atom in enumerate(rule.body):
                for fact, support in newest.get(atom.relation, {}).items():
                    bindings = _unified(atom, fact, {}, number)
                    if bindings is not None:
                        others = [other for place, other in enumerate(rule.body) if place != at]
                        for found, supports in _joined(others, bindings, [support], known, number):
                            head = rule.head[0]
                            arguments = tuple(_value(term, found, number) for term in head.terms)
                            made.setdefault((head.relation, arguments), set()).add(pool.product(supports))
        newest = {}
        for (relation, arguments), several in made.items():
            old = known.facts.get(relation, {}).get(arguments, ZERO_ID)
            new, news = pool.improved(old, several) if old != ONE_ID else (old, ZERO_ID)
            if news != ZERO_ID:
                known.set(relation, arguments, new)
                newest.setdefault(relation, {})[arguments] = news
    return {relation: facts for relation, facts in known.facts.items() if relation}


def _joined(
    atoms: list[Atom], bindings: _Bindings, supports: list[int], known: _Known, number: _Number
) -> Iterator[tuple[_Bindings, list[int]]]:
    if not atoms:
        yield bindings, supports
        return
    atom = max(atoms, key=lambda each: sum(_is_bound(term, bindings) for term in each.terms))
    rest = [other for other in atoms if other is not atom]
    at = tuple(place for place, term in enumerate(atom.terms) if _is_bound(term, bindings))
    key = tuple(_value(atom.terms[place], bindings, number) for place in at)
    for fact in known.matching(atom.relation, at, key):
        more = _unified(atom, fact, bindings, number)
        if more is not None:
            support = known.facts[atom.relation][fact]
            yield from _joined(rest, more, [*supports, support], known, number)


def _is_bound(term: Term, bindings: _Bindings) -> bool:
    return not isinstance(term, Variable) or term.name in bindings


def _value(term: Term, bindings: _Bindings, number: _Number) -> int:
    return bindings[term.name] if isinstance(term, Variable) else number(str(term))


def _unified(atom: Atom, fact: tuple[int, ...], bindings: _Bindings, number: _Number) -> _Bindings | None:
    found = dict(bindings)
    for term, value in zip(atom.terms, fact, strict=True):
        if isinstance(term, Variable):
            if found.setdefault(term.name, value) != value:
                return None
        elif number(str(term)) != value:
            return None
    return found
