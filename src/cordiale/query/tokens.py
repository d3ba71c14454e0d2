"""The tokens of a SPARQL query: enough to see which words, names and variables it uses, and where.

The grammar is left to the engines. What is needed here is to be sure of where strings, IRIs and comments
begin and end, so that a parameter replaces a variable and nothing that looks like one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cordiale.model.errors import QuerySyntaxError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.read.text import Lines

__all__ = ["QueryText", "Token", "query_error", "read_tokens"]

# Productions [164] to [167] of https://www.w3.org/TR/sparql11-query/#sparqlGrammar
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_PREFIX = rf"(?:[{_BASE}](?:[{_NAME}.-]*[{_NAME}-])?)?"
_LOCAL_CHARACTER = rf"(?:[{_NAME}:-]|%[0-9A-Fa-f]{{2}}|\\[_~.!$&'()*+,;=/?#@%-])"

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|#[^\r\n]*)"
    r'|(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?!"")(?:[^"\\\r\n]|\\[^\r\n])*"'
    r"|'(?!'')(?:[^'\\\r\n]|\\[^\r\n])*')"
    r'|(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)'
    rf"|(?P<variable>[?$][{_BASE}_0-9][{_NAME}]*)"
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<blank>_:[{_BASE}_0-9](?:[{_NAME}.-]*[{_NAME}-])?)"
    rf"|(?P<name>{_PREFIX}:(?:{_LOCAL_CHARACTER}(?:(?:{_LOCAL_CHARACTER}|\.)*{_LOCAL_CHARACTER})?)?)"
    r"|(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
# rdflib puts such characters in place before it looks for strings (SPARQL 1.1, section 19.2), Oxigraph after.
_HIDDEN = re.compile(r"\\(?:u|U0000)00[0-7][0-9A-Fa-f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a query that is neither space nor comment."""

    kind: str  # string, iri, variable, language, blank, name, number, word or sign
    text: str
    start: int  # offset in the query, from 0

    @property
    def end(self) -> int:
        """The offset after the token."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these keywords, which SPARQL reads in either case."""
        return self.kind == "word" and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of these characters."""
        return self.kind == "sign" and self.text in signs


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryText:
    """A query, cut into tokens, and where it was read."""

    path: str
    text: str
    tokens: tuple[Token, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, without ``?``, in the order in which they first appear."""
        return tuple(dict.fromkeys(token.text[1:] for token in self.tokens if token.kind == "variable"))

    def first_use(self, variable: str) -> int:
        """The offset of the first token that is the variable."""
        names = (f"?{variable}", f"${variable}")
        return next(token.start for token in self.tokens if token.text in names)

    def place(self, offset: int) -> Place:
        """The line and the column of ``offset``."""
        return Lines(self.text).place(self.path, offset)


def read_tokens(text: str, *, path: str) -> QueryText:
    r"""The tokens of ``text``; ``path`` names it in messages.

    Lexical grammar of SPARQL 1.1, https://www.w3.org/TR/sparql11-query/#sparqlGrammar.

    >>> [token.text for token in read_tokens('ASK { ?a <b#c> "?d # e" } # f', path="q.rq").tokens]
    ['ASK', '{', '?a', '<b#c>', '"?d # e"', '}']

    Raises:
        QuerySyntaxError: C401 (a string without end, a stray backslash), C406 (an escape such as \\u0022).
    """
    hidden = _HIDDEN.search(text)
    if hidden:
        raise query_error(
            QueryText(path=path, text=text, tokens=()),
            hidden.start(),
            "C406",
            f"the escape {hidden[0]} may be read in two ways",
            'write the character itself; within a string a quotation mark is \\"',
        )
    query = QueryText(path=path, text=text, tokens=tuple(_tokens(text)))
    for token in query.tokens:
        if token.kind == "sign" and token.text in "\"'":
            raise query_error(
                query,
                token.start,
                "C401",
                "what starts here is never closed",
                "close the string with the quotation marks it began with",
            )
        if token.kind == "sign" and token.text == "\\":
            raise query_error(
                query,
                token.start,
                "C401",
                "a backslash outside a string",
                "write the character itself; a backslash escapes within strings and names only",
            )
    return query


def query_error(query: QueryText, offset: int, code: str, message: str, remedy: str) -> QuerySyntaxError:
    """The error that says what is wrong at ``offset`` of the query."""
    return QuerySyntaxError(Problem(code=code, message=message, remedy=remedy, place=query.place(offset)))


def _tokens(text: str) -> Iterable[Token]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind and kind != "space":
            yield Token(kind=kind, text=found[0], start=found.start())
