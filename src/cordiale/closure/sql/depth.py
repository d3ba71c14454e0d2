"""Tuples in one another: how deep they may go, so that no rule makes ever longer ones."""

from collections.abc import Mapping

from cordiale.closure.rulebook.program import Program
from cordiale.closure.sql.compiler import table_of
from cordiale.closure.sql.limits import endless
from cordiale.closure.sql.store import Store

__all__ = ["too_deep"]

_DEEPEST = 100  # tuples in one another


def too_deep(program: Program, relation: str, rows: Mapping[str, int], store: Store) -> str:
    """The condition that what was made of a relation has tuples too deep to lead to more; empty for most.

    ``rows`` counts the facts of relations. A walk along a list with more steps than there are cells goes in a
    circle, and asks for nothing that a shorter one does not ask for.

    Raises:
        SourceError: C640, nothing says how far a rule may go.
    """
    deep = " OR ".join(
        f"length(a{at}) - length(replace(a{at}, '(', '')) > {{most}}"
        for at, is_tuple in enumerate(program.relations[relation])
        if is_tuple
    )
    for rule, step in program.nesting:
        if rule.head[0].relation == relation:
            if step:
                return deep.format(most=rows[step])
            made = f"c{table_of(relation)}"
            if store.rows(f"SELECT 1 FROM {made} WHERE {deep.format(most=_DEEPEST)} LIMIT 1"):
                raise endless(rule, _DEEPEST)
    return ""
