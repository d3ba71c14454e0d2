"""Rules as SQL: what each rule selects from the tables of the loop.

The tables: ``t(s, p, o, r)`` holds all triples, ``sch(s, p, o)`` those of them that a constant premise of
some rule can match (axioms, list cells), ``h_<name>(a0, a1, ...)`` a helper relation. What the last round
added is in ``d``, ``ds`` and ``hd_<name>``. The SQL keeps to what DuckDB and Spark share.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Comparison, Constant, Rule, Term, Tuple, Variable

__all__ = [
    "SAME",
    "TYPE",
    "Compiler",
    "Firing",
    "Pattern",
    "asks_for_sameness",
    "column_names",
    "is_vocabulary",
    "statement",
    "table_of",
    "without_sameness",
]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = f"<{_RDF}type>"
SAME = "<http://www.w3.org/2002/07/owl#sameAs>"

# A constant predicate, and for rdf:type the constant class: what a premise about axioms looks for.
Pattern = tuple[int, int | None]


def is_vocabulary(constant: str) -> bool:
    """Whether a term belongs to RDF, RDFS or OWL."""
    return constant.startswith(
        (f"<{_RDF}", "<http://www.w3.org/2000/01/rdf-schema#", "<http://www.w3.org/2002/07/owl#")
    )


def table_of(relation: str, *, new: bool = False) -> str:
    """The table of a helper relation, or that of its newest rows."""
    return f"{'hd' if new else 'h'}_{relation.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class Firing:
    """One way to fire a rule: the SQL, and the head that its rows belong to."""

    sql: str
    head: Atom


class Compiler:
    """Writes the SQL of rules, for terms with these numbers."""

    def __init__(self, number: Callable[[str], int]) -> None:
        self._number = number

    def kind(self, atom: Atom) -> str:
        """``helper``, ``axiom`` (read from ``sch``) or ``data`` (read from ``t``)."""
        if atom.relation != TRIPLE:
            return "helper"
        return "axiom" if self.pattern(atom) is not None else "data"

    def pattern(self, atom: Atom) -> Pattern | None:
        """What a premise about axioms looks for; ``None`` for other premises."""
        _, predicate, object_ = atom.terms
        if not isinstance(predicate, Constant) or not is_vocabulary(predicate.text) or predicate.text == SAME:
            return None
        if predicate.text != TYPE:
            return self._number(predicate.text), None
        if isinstance(object_, Constant) and is_vocabulary(object_.text):
            return self._number(TYPE), self._number(object_.text)
        return None

    def selects(self, rule: Rule, new: int | None, columns: Sequence[str]) -> str:
        """``SELECT columns FROM premises``, where premise number ``new`` is read from the newest rows only.

        A column is a variable's name, and is called that.
        """
        sources, places, conditions = self._joined(rule, new)
        wanted = ", ".join(f'{places[name]} AS "{name}"' for name in columns) or "1 AS one"
        return statement(wanted, sources, conditions)

    def rows(self, rule: Rule, terms: Sequence[Term | int], names: Sequence[str]) -> str:
        """``SELECT terms AS names FROM premises``; a number stands for itself."""
        sources, places, conditions = self._joined(rule, None)
        wanted = ", ".join(
            f"{term if isinstance(term, int) else self._expression(term, places)} AS {name}"
            for term, name in zip(terms, names, strict=True)
        )
        return statement(wanted, sources, conditions)

    def fires(self, rule: Rule, new: int | None) -> list[Firing]:
        """What the rule concludes, a statement a head; its columns are those of the head's table."""
        sources, places, conditions = self._joined(rule, new)
        return [
            Firing(
                statement(
                    ", ".join(
                        f"{self._expression(term, places)} AS {name}"
                        for name, term in zip(column_names(head), head.terms, strict=True)
                    ),
                    sources,
                    conditions,
                ),
                head,
            )
            for head in rule.head
        ]

    def _joined(self, rule: Rule, new: int | None) -> tuple[list[str], dict[str, str], list[str]]:
        """Tables, where each variable is found, and conditions."""
        sources: list[str] = []
        places: dict[str, str] = {}
        conditions: list[str] = []
        for number, atom in enumerate(rule.body):
            alias = f"x{number}"
            sources.append(f"{self._table(atom, new=number == new)} {alias}")
            for column, term in zip(column_names(atom), atom.terms, strict=True):
                place = f"{alias}.{column}"
                if isinstance(term, Variable) and term.name not in places:
                    places[term.name] = place
                else:
                    conditions.append(f"{place} = {self._expression(term, places)}")
        conditions.extend(self._condition(comparison, places) for comparison in rule.comparisons)
        return sources, places, conditions

    def _table(self, atom: Atom, *, new: bool) -> str:
        kind = self.kind(atom)
        if kind == "helper":
            return table_of(atom.relation, new=new)
        return {"axiom": ("sch", "ds"), "data": ("t", "d")}[kind][new]

    def _condition(self, comparison: Comparison, places: Mapping[str, str]) -> str:
        left, right = (self._expression(term, places) for term in (comparison.left, comparison.right))
        if comparison.operator == "!=":
            return f"{left} <> {right}"
        return (
            "EXISTS (SELECT 1 FROM rank lo JOIN rank hi ON lo.kind = hi.kind AND lo.last < hi.place"
            f" WHERE lo.id = {left} AND hi.id = {right})"
        )

    def _expression(self, term: Term, places: Mapping[str, str]) -> str:
        if isinstance(term, Variable):
            return places[term.name]
        if isinstance(term, Constant):
            return str(self._number(term.text))
        parts = ", ' ', ".join(f"CAST({self._expression(part, places)} AS VARCHAR)" for part in term.parts)
        return f"concat('(', {parts}, ')')"


def without_sameness(rule: Rule, start: int = 0) -> tuple[Rule, ...]:
    """The rule with each premise ``x owl:sameAs y`` read as: x and y have one number, or are kept apart.

    Names that are the same have one number; what is left as ``owl:sameAs`` was found to be a clash.
    """
    for number, atom in enumerate(rule.body[start:], start=start):
        if atom.relation == TRIPLE and atom.terms[1] == Constant(SAME) and "equal" not in rule.marks:
            left, _, right = atom.terms
            rest = (*rule.body[:number], *rule.body[number + 1 :])
            apart = replace(rule, comparisons=(*rule.comparisons, Comparison("!=", left, right)))
            if isinstance(right, Variable):
                one = _substituted(replace(rule, body=rest), right, left)
            elif isinstance(left, Variable):
                one = _substituted(replace(rule, body=rest), left, right)
            else:
                return without_sameness(rule, number + 1)
            bound = {name for premise in one.body for name in premise.variables}
            parts: tuple[Atom | Comparison, ...] = (*one.head, *one.comparisons)
            if not {name for part in parts for name in part.variables} <= bound:
                return without_sameness(rule, number + 1)  # nothing else says what the variables are
            return (*without_sameness(one, number), *without_sameness(apart, number + 1))
    return (rule,)


def asks_for_sameness(rule: Rule) -> bool:
    """Whether the rule starts from ``x owl:sameAs y``, so that it fires for x and x as well (eq-ref)."""
    return any(
        atom.relation == TRIPLE
        and atom.terms[1] == Constant(SAME)
        and "equal" not in variant.marks
        and Comparison("!=", atom.terms[0], atom.terms[2]) not in variant.comparisons
        for variant in without_sameness(rule)
        for atom in variant.body
    )


def _substituted(rule: Rule, variable: Variable, term: Term) -> Rule:
    def put(old: Term) -> Term:
        if isinstance(old, Tuple):
            return Tuple(tuple(map(put, old.parts)))
        return term if old == variable else old

    def atoms(old: Iterable[Atom]) -> tuple[Atom, ...]:
        return tuple(Atom(atom.relation, tuple(map(put, atom.terms))) for atom in old)

    return replace(
        rule,
        body=atoms(rule.body),
        head=atoms(rule.head),
        comparisons=tuple(Comparison(c.operator, put(c.left), put(c.right)) for c in rule.comparisons),
        # In the sentence of a clash both names stand for the one.
        message=rule.message.replace(str(variable), str(term))
        if isinstance(term, Variable)
        else rule.message,
    )


def column_names(atom: Atom) -> tuple[str, ...]:
    """The columns of the table that an atom is read from."""
    if atom.relation == TRIPLE:
        return ("s", "p", "o")
    return tuple(f"a{number}" for number in range(len(atom.terms)))


def statement(wanted: str, sources: Sequence[str], conditions: Sequence[str]) -> str:
    """``SELECT wanted FROM sources WHERE conditions``."""
    tables = f" FROM {', '.join(sources)}" if sources else ""
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {wanted}{tables}{where}"
