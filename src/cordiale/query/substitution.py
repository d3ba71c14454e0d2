"""A query with terms in the place of some of its variables, written for Oxigraph.

Oxigraph's own ``substitutions`` want each variable in the projection and do not reach into sub-SELECTs, so a
parameter that only filters could not be given. Here a parameter stands for one term wherever its variable is
written, however deep: the substitution of https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rdflib import BNode, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.query.roles import Role, roles
from cordiale.query.terms import is_writable, written
from cordiale.query.tokens import QueryText, Token, query_error
from cordiale.read.near import near_remedy

__all__ = ["Rewritten", "check_bindings", "check_names", "rewrite"]

_COMMENT = re.compile(r"#[^\r\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The text for the engine, and for each of its pieces the offset of what it came from."""

    text: str
    starts: tuple[int, ...]  # of the pieces, in this text; increasing from 0
    origins: tuple[int, ...]  # of the same pieces, in the query as written

    def origin(self, offset: int) -> int:
        """The offset, in the query as written, of what stands at ``offset`` here."""
        piece = bisect_right(self.starts, offset) - 1
        furthest = self.origins[min(piece + 1, len(self.origins) - 1)]
        return min(self.origins[piece] + offset - self.starts[piece], furthest)


def check_names(query: QueryText, names: Collection[str]) -> None:
    """Pass when each of the names is a variable of the query that a term can take the place of.

    A variable that the query assigns is none, which is also what SHACL says of pre-binding
    (https://www.w3.org/TR/shacl/#pre-binding). Of ``SELECT *`` the engines disagree on whether it shows what
    was given. ``MINUS`` takes away nothing when the two sides share no variable, and a parameter is none any
    more.

    Raises:
        UsageError: C434 (no such variable).
        QuerySyntaxError: C436 (the query assigns the variable), C437 (``SELECT *``), C438 (an IRI or a
            comparison), C439 (a ``MINUS`` that shares only such variables).
    """
    for token in query.tokens:
        if token.kind == "iri" and any(_mentions(token.text, name) for name in names):
            message = f"{token.text} may be an IRI or a comparison"
            remedy = 'put a space after "<", or write the IRI with a prefix'
            raise query_error(query, token.start, "C438", message, remedy)
    for name in names:
        if name not in query.variables:
            remedy = near_remedy(name, query.variables, otherwise="use it in the query, or leave it out")
            raise UsageError(
                Problem(code="C434", message=f"the query has no variable ?{name}", remedy=remedy)
            )
    for token, role in zip(query.tokens, roles(query), strict=True):
        if role is Role.ASSIGNED and token.text[1:] in names:
            message = f"{token.text} is a parameter, and the query assigns it"
            remedy = "assign to another variable, or filter by the parameter"
            raise query_error(query, token.start, "C436", message, remedy)
        if role is Role.COLUMN and token.text == "*" and names:
            raise query_error(query, token.start, "C437", "SELECT * with parameters", "list the columns")
        if token.is_word("MINUS") and _shares_only(names, query, token):
            message = "this MINUS shares no variable with the rest but parameters"
            raise query_error(query, token.start, "C439", message, "write FILTER NOT EXISTS { ... }")


def check_bindings(query: QueryText, bindings: Mapping[str, Node]) -> None:
    """Pass when ``check_names`` does, and each term can be written in a query.

    Raises:
        UsageError: C435 (a blank node, or no term of RDF); and see ``check_names``.
        QuerySyntaxError: see ``check_names``.
    """
    check_names(query, bindings.keys())
    for name, term in bindings.items():
        if isinstance(term, BNode) or not is_writable(term):
            message = f"?{name} cannot stand for {term!r}"
            remedy = "give an absolute IRI or a literal; a blank node has no name that a query could use"
            raise UsageError(Problem(code="C435", message=message, remedy=remedy))


def rewrite(query: QueryText, bindings: Mapping[str, Node]) -> Rewritten:
    """The query without comments, and with the terms of ``bindings`` in the place of their variables.

    ``SELECT ?x`` becomes ``SELECT (term AS ?x)``, ``GROUP BY`` and ``ORDER BY`` take the term in brackets,
    ``BOUND(?x)`` is true. The bindings must have passed ``check_bindings``.

    Comments go, and "#" within an IRI is escaped, so that Oxigraph cannot see a comment where the tokens show
    none: what was checked is what is asked.
    """
    pieces: list[tuple[str, int]] = []
    end = 0
    for number, (token, role) in enumerate(zip(query.tokens, roles(query), strict=True)):
        pieces.append((_COMMENT.sub("", query.text[end : token.start]), end))
        end = token.end
        piece = token.text
        name = token.text[1:] if token.kind == "variable" else ""
        if token.kind == "iri":
            piece = token.text.replace("#", "\\u0023")
        elif role is Role.TEST and _tested(query, number) in bindings:
            piece = ""
        elif name in bindings:
            fresh = f"{name}_{number}{_underscores(query)}"
            piece = _in_place(name, role, bindings[name], fresh)
        pieces.append((piece, token.start))
    pieces.append(("", end))
    starts = [0]
    for piece, _ in pieces[:-1]:
        starts.append(starts[-1] + len(piece))
    return Rewritten(
        text="".join(piece for piece, _ in pieces),
        starts=tuple(starts),
        origins=tuple(origin for _, origin in pieces),
    )


def _in_place(name: str, role: Role, term: Node, fresh: str) -> str:
    text = written(term)
    if isinstance(term, URIRef):
        text = text.replace("#", "\\u0023")
    match role:
        case Role.TESTED:
            return "true"
        case Role.KEY:
            return f"({text})"
        case Role.COLUMN:
            return f"({text} AS ?{name})"
        case Role.INNER_COLUMN:
            # A SELECT outside may have a column of the same name, and must keep it.
            return f"({text} AS ?{fresh})"
        case _:
            return f" {text} "


def _underscores(query: QueryText) -> str:
    """More of them than any variable of the query ends with."""
    return "_" * (1 + max(len(name) - len(name.rstrip("_")) for name in query.variables))


def _tested(query: QueryText, number: int) -> str:
    following = query.tokens[number + 2 : number + 3]
    return following[0].text[1:] if following else ""


def _mentions(iri: str, name: str) -> bool:
    return bool(re.search(rf"[?$]{re.escape(name)}(?!\w)", iri))


def _shares_only(names: Collection[str], query: QueryText, minus: Token) -> bool:
    """Whether the group after MINUS and the rest have no variable in common but some of ``names``."""
    within: set[str] = set()
    without: set[str] = set()
    depth, entered = 0, False
    for token in query.tokens:
        if token.start > minus.start and not (entered and depth == 0):
            depth += token.is_sign("{") - token.is_sign("}")
            entered = entered or depth > 0
            found = within
        else:
            found = without
        if token.kind == "variable":
            found.add(token.text[1:])
    return not within.isdisjoint(names) and (within & without).issubset(names)
