"""Rules that make all things equal that share something: each is made equal to the first of them only.

``prp-fp: ..., ?x ?p ?y1, ?x ?p ?y2 -> ?y1 owl:sameAs ?y2`` says it of every two of n things; what follows,
equality being symmetric and transitive, is the same when n - 1 pairs are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Constant, Rule, Variable
from cordiale.closure.sql.compiler import SAME, Compiler

__all__ = ["Pairing", "as_pairing", "fire_pairing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A rule that makes ``thing`` and its like equal wherever they agree on ``shared``."""

    rule: Rule
    half: Rule  # the premises about one of the two
    thing: str
    shared: tuple[str, ...]


def as_pairing(rule: Rule) -> Pairing | None:
    """The rule as a pairing, if it says the same of the two things that it makes equal."""
    if len(rule.head) != 1 or rule.comparisons:
        return None
    head = rule.head[0]
    if head.relation != TRIPLE or head.terms[1] != Constant(SAME):
        return None
    one, _, other = head.terms
    if not isinstance(one, Variable) or not isinstance(other, Variable):
        return None
    first = [atom for atom in rule.body if one.name in atom.variables]
    second = [atom for atom in rule.body if other.name in atom.variables]
    if any(atom in second for atom in first):
        return None
    renamed = {_renamed(atom, one, other) for atom in first}
    if one == other or renamed != set(second) or len(first) != len(second):
        return None
    rest = tuple(atom for atom in rule.body if atom not in first and atom not in second)
    shared = sorted({name for atom in first for name in atom.variables} - {one.name})
    half = replace(rule, body=(*rest, *first))
    return Pairing(rule=rule, half=half, thing=one.name, shared=tuple(shared))


def fire_pairing(pairing: Pairing, compiler: Compiler, same: int, new: Sequence[int] | None) -> str:
    """The equalities for which one of the premises ``new`` is new, or all of them; columns s, p, o."""
    columns = (*pairing.shared, pairing.thing)
    half = compiler.selects(pairing.half, None, columns)
    keys = ", ".join(f'"{name}"' for name in pairing.shared)
    restricted = ""
    if new is not None:
        touched = " UNION ALL ".join(compiler.selects(pairing.half, at, pairing.shared) for at in new)
        restricted = f" WHERE ({keys}) IN (SELECT ({keys}) FROM ({touched}) touched)"
    thing = f'"{pairing.thing}"'
    return (
        f"WITH half AS MATERIALIZED (SELECT DISTINCT * FROM ({half}) every{restricted}),"
        f" least AS (SELECT {keys}, min({thing}) AS chosen FROM half GROUP BY {keys} HAVING count(*) > 1)"
        f" SELECT half.{thing} AS s, {same} AS p, least.chosen AS o FROM half JOIN least USING ({keys})"
        f" WHERE half.{thing} <> least.chosen"
    )


def _renamed(atom: Atom, one: Variable, other: Variable) -> Atom:
    return Atom(atom.relation, tuple(other if term == one else term for term in atom.terms))
