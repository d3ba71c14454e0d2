"""No round may make more rows than it is allowed to: then it is refused, and rule and axiom are named."""

from collections.abc import Sequence
from typing import TypeAlias

from cordiale.closure.rulebook.rules import Atom, Rule, Variable
from cordiale.closure.sql.compiler import Compiler
from cordiale.closure.sql.store import Store
from cordiale.closure.sql.templates import Template, template_rows
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem

__all__ = ["Limit", "Selected", "endless"]

_MOST_WAYS = 4  # to each triple of a round, on average, that are worth going through

# What a rule, or several as templates, select.
Selected: TypeAlias = tuple[str, Rule | Sequence[Template]]


class Limit:
    """Adds rows to an empty table, as long as they are not more than ``rows`` different ones in a round."""

    def __init__(self, store: Store, compiler: Compiler, rows: int) -> None:
        self._store = store
        self._compiler = compiler
        self._rows = rows

    def insert(self, into: str, selects: Sequence[Selected]) -> int:
        """Add what rules select; how many rows that is. There may be duplicates.

        Raises:
            SourceError: it is too much.
        """
        every = " UNION ALL ".join(f"SELECT * FROM ({sql}) x" for sql, _ in selects)
        made = self._store.run(f"INSERT INTO {into} SELECT * FROM ({every}) y LIMIT {self._rows + 1}")
        if made <= self._rows:
            return made
        self._store.run(f"DELETE FROM {into}")
        if excess := self._excess(every):
            raise self._refusal(self._busiest(selects), excess)
        return self._store.run(f"INSERT INTO {into} SELECT DISTINCT * FROM ({every}) y")

    def _excess(self, select: str) -> str:
        """What there would be too much of: triples, or ways to them. Estimated, and nothing is stored."""
        most = _MOST_WAYS * self._rows
        limited = f"SELECT * FROM ({select}) x LIMIT {most + 1}"
        ways, rows = self._store.rows(f"SELECT count(*), approx_count_distinct(hash(y)) FROM ({limited}) y")[
            0
        ]
        if rows > self._rows:
            return f"make more than {self._rows:,} triples"
        return f"find its triples in more than {most:,} ways" if ways > most else ""

    def _busiest(self, selects: Sequence[Selected]) -> Rule:
        """The rule that selects the most."""
        counts = [
            self._store.rows(f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) x LIMIT {self._rows + 1}) y")[0][0]
            for sql, _ in selects
        ]
        sql, source = selects[counts.index(max(counts))]
        return source if isinstance(source, Rule) else self._busiest_template(sql, source)

    def _busiest_template(self, select: str, templates: Sequence[Template]) -> Rule:
        """The rule that concludes the most of what was selected, by the conclusion's predicate."""
        (predicate, *_), *_ = self._store.rows(
            f"SELECT p, count(*) AS n FROM (SELECT * FROM ({select}) x LIMIT {self._rows}) y"
            " GROUP BY p ORDER BY n DESC"
        )
        for template in templates:
            rows = template_rows([template], self._compiler)
            if self._store.rows(f"SELECT 1 FROM ({rows}) x WHERE p = {predicate} LIMIT 1"):
                return template.rule
        return templates[0].rule

    def _refusal(self, rule: Rule, excess: str) -> SourceError:
        axioms = tuple(atom for atom in rule.body if self._compiler.kind(atom) == "axiom")
        names = sorted({name for atom in axioms for name in atom.variables})
        shown = rule.name
        if names:
            asked = self._compiler.selects(rule, None, names)
            columns = ", ".join(f'"{name}"' for name in names)
            rows = self._store.rows(
                f"SELECT {columns}, count(*) AS n FROM (SELECT * FROM ({asked}) x LIMIT {self._rows + 1}) y"
                f" GROUP BY {columns} ORDER BY n DESC LIMIT 1"
            )
            if rows:
                bound = dict(zip(names, rows[0], strict=False))
                shown += " with the axiom " + ", ".join(self._written(atom, bound) for atom in axioms)
        return SourceError(
            Problem(
                code="C611",
                message=f"the rule {shown} would {excess} in one round",
                remedy="leave the axiom out, or reason on a part of the data",
            )
        )

    def _written(self, atom: Atom, bound: dict[str, int]) -> str:
        texts = self._store.coded.texts
        words = []
        for term in atom.terms:
            if isinstance(term, Variable) and term.name in bound:
                words.append(str(texts[bound[term.name]].as_py()))
            else:
                words.append(str(term))
        return " ".join(words)


def endless(rule: Rule, most: int) -> SourceError:
    """The error C640: a rule puts a tuple into a tuple, again and again."""
    return SourceError(
        Problem(
            code="C640",
            message=f"the rule {rule.name} makes tuples of more than {most:,} tuples in one another",
            remedy="let the rule walk along a list, or let something else in it run out",
            place=rule.place if rule.place.path else None,
        )
    )
