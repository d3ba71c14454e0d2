"""Rules as SQL that also tells what each conclusion rests on.

The tables are those of compiler.py with one more column, ``u``, the number of a support. What a rule selects
ends with the supports of its premises: two of them as ``u`` and ``v``, the lesser first, or more of them as a
sorted list ``us``. Premises that always hold are left out, for they change no product.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cordiale.closure.rulebook.rules import Atom, Rule, Term
from cordiale.closure.sourced.pool import ONE_ID
from cordiale.closure.sql.compiler import Compiler, column_names, statement, table_of

__all__ = ["Derivation", "SourcedCompiler"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way to fire a rule: the SQL, and the table that its rows belong to."""

    sql: str
    into: str


class SourcedCompiler(Compiler):
    """Writes SQL with supports.

    ``certain`` are the tables all of whose rows hold whatever sources say; whoever fills them keeps it.
    """

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__(number)
        self.certain: set[str] = set()

    def rows(self, rule: Rule, terms: Sequence[Term | int], names: Sequence[str]) -> str:
        """``SELECT terms AS names, us FROM premises``; a number stands for itself."""
        sources, places, conditions = self._joined(rule, None)
        wanted = ", ".join(
            f"{term if isinstance(term, int) else self._expression(term, places)} AS {name}"
            for term, name in zip(terms, names, strict=True)
        )
        return statement(f"{wanted}, {self._listed(self._supports(rule))} AS us", sources, conditions)

    def matches(self, rule: Rule, columns: Sequence[str]) -> str:
        """``SELECT columns, us FROM premises``; a column is a variable's name, and is called that."""
        sources, places, conditions = self._joined(rule, None)
        wanted = ", ".join(f'{places[name]} AS "{name}"' for name in columns) or "1 AS one"
        return statement(f"{wanted}, {self._listed(self._supports(rule))} AS us", sources, conditions)

    def derivations(self, rule: Rule, new: int | None) -> list[Derivation]:
        """What the rule concludes, a statement a head, and into which table it goes."""
        sources, places, conditions = self._joined(rule, new)
        supports = self._supports(rule)
        if len(supports) > 2:
            told = f"{self._listed(supports)} AS us"
        elif len(supports) == 2:
            told = f"least({', '.join(supports)}) AS u, greatest({', '.join(supports)}) AS v"
        else:
            told = f"{ONE_ID} AS u, {supports[0] if supports else ONE_ID} AS v"
        return [
            Derivation(
                statement(
                    ", ".join(
                        f"{self._expression(term, places)} AS {name}"
                        for name, term in zip(column_names(head), head.terms, strict=True)
                    )
                    + f", {told}",
                    sources,
                    conditions,
                ),
                _made(head) + ("_wide" if len(supports) > 2 else ""),
            )
            for head in rule.head
        ]

    def _supports(self, rule: Rule) -> list[str]:
        """Where the supports of premises stand, for those that may not hold."""
        tables = [self._table(atom, new=False) for atom in rule.body]
        return [f"x{at}.u" for at, table in enumerate(tables) if table not in self.certain]

    def _listed(self, supports: Sequence[str]) -> str:
        return f"list_sort(CAST([{', '.join(supports)}] AS INTEGER[]))"


def _made(head: Atom) -> str:
    return f"c{table_of(head.relation)}" if head.relation else "cand"
