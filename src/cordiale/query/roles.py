"""What each token of a query is there for, as far as putting terms for variables must know."""

from collections.abc import Sequence
from enum import Enum, auto

from cordiale.query.tokens import QueryText

__all__ = ["Role", "in_order", "roles"]

_CLAUSES = ("SELECT", "WHERE", "FROM", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


class Role(Enum):
    """The places where a variable is not simply one of the terms of a pattern or an expression."""

    PLAIN = auto()
    COLUMN = auto()  # SELECT ?x, or its "*"
    INNER_COLUMN = auto()  # the same of a sub-SELECT
    KEY = auto()  # GROUP BY ?x, ORDER BY ?x
    TEST = auto()  # the word BOUND of BOUND(?x)
    TESTED = auto()  # the variable of BOUND(?x)
    ASSIGNED = auto()  # AS ?x, VALUES ?x, VALUES (?x ?y)


def roles(query: QueryText) -> tuple[Role, ...]:
    """The role of each token, by the productions of the grammar that hold a Var.

    https://www.w3.org/TR/sparql11-query/#sparqlGrammar

    >>> from cordiale.query.tokens import read_tokens
    >>> query = read_tokens("SELECT ?a { ?a ?b ?c } ORDER BY ?b DESC(?c)", path="q.rq")
    >>> [token.text for token, role in zip(query.tokens, roles(query)) if role is Role.KEY]
    ['?b']
    """
    found: list[Role] = []
    clause = ""
    outer: list[str] = []  # the clauses around the open brackets
    braces = 0
    tokens = query.tokens
    for number, token in enumerate(tokens):
        role = Role.PLAIN
        if token.is_word(*_CLAUSES):
            clause = token.text.upper()
        elif token.is_sign("("):
            outer.append(clause)
            clause = clause if clause == "VALUES" else ""
        elif token.is_sign("{"):
            outer.append("")
            clause = ""
            braces += 1
        elif token.is_sign(")", "}"):
            clause = outer.pop() if outer else ""
            braces -= token.text == "}"
        elif token.is_word("BOUND"):
            role = Role.TEST
        elif token.kind == "variable" or token.is_sign("*"):
            if clause == "VALUES" or (number and tokens[number - 1].is_word("AS")):
                role = Role.ASSIGNED
            elif clause == "SELECT":
                role = Role.INNER_COLUMN if braces else Role.COLUMN
            elif clause in ("GROUP", "ORDER"):
                role = Role.KEY
            elif number > 1 and tokens[number - 2].is_word("BOUND"):
                role = Role.TESTED
        found.append(role)
    return tuple(found)


def in_order(query: QueryText, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns as listed; those of ``SELECT *`` in the order in which the query mentions them."""
    stars = (
        role is Role.COLUMN and token.text == "*"
        for token, role in zip(query.tokens, roles(query), strict=True)
    )
    return tuple(sorted(columns, key=query.variables.index) if any(stars) else columns)
