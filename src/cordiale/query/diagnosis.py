"""Why a query is no SPARQL: one sentence, at a place.

Oxigraph's parser knows that a query is wrong, but often only its end as the place. So what goes wrong most is
looked for first, and otherwise rdflib's parser is asked which clause it stops at.
"""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery

from cordiale.model.errors import QuerySyntaxError
from cordiale.model.prefixes import PREFIXES
from cordiale.query.substitution import Rewritten
from cordiale.query.tokens import QueryText, Token, query_error
from cordiale.read.near import near_remedy

__all__ = ["diagnose"]

_SAID = re.compile(r"error at (?P<line>\d+):(?P<column>\d+):")
_GRAMMAR = "see the grammar, https://www.w3.org/TR/sparql11-query/#sparqlGrammar"
_WORDS = frozenset(
    """
    A ABS AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR GRAPH GROUP GROUP_CONCAT HAVING HOURS IF
    IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES
    MONTH NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS
    SELECT SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS
    STRUUID SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
    """.split()  # noqa: SIM905 (a hundred quotation marks do not help)
)
# What Oxigraph says amid the list of what it expected, what we say, what to do.
_SENTENCES = (
    (
        "The SELECT contains a variable that is unbound",
        "a column is neither grouped nor aggregated",
        "add it to GROUP BY, or write an aggregate such as (SAMPLE(?x) AS ?y)",
    ),
    (
        "The SELECT overrides an existing variable",
        "AS names a variable that the pattern has already",
        "choose another name after AS",
    ),
    ("Duplicated variable name in SELECT", "SELECT names a variable twice", "name each column once"),
    ("IRI parsing failed", "not an absolute IRI", 'write it whole, "https:" and all, or with a prefix'),
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def diagnose(
    query: QueryText, rewritten: Rewritten, said: str, prefixes: Mapping[str, str]
) -> QuerySyntaxError:
    """What is wrong with the query, of which Oxigraph ``said`` something when it read it as rewritten.

    Codes: C402 (undeclared prefix; ``prefixes`` are those that it need not declare), C401 (anything else).
    """
    declared = _declared(query) | prefixes.keys()
    for token in query.tokens:
        if token.kind == "name" and token.text.partition(":")[0] not in declared:
            return _undeclared(query, token, declared)
    for theirs, ours, remedy in _SENTENCES:
        if theirs in said:
            return query_error(query, _reached(query, rewritten, said), "C401", ours, remedy)
    for token in query.tokens:
        if token.kind == "word" and token.text.upper() not in _WORDS:
            otherwise = f"a variable is written ?{token.text}, a string in quotation marks"
            remedy = near_remedy(token.text.upper(), _WORDS, otherwise=otherwise)
            return query_error(query, token.start, "C401", f"SPARQL has no word {token.text}", remedy)
    unclosed = _unclosed(query)
    if unclosed:
        message = f'this "{unclosed.text}" has no partner'
        remedy = f'write the missing "{_partner(unclosed)}"'
        return query_error(query, unclosed.start, "C401", message, remedy)
    return _stopped(query)


def _stopped(query: QueryText) -> QuerySyntaxError:
    """The error at the clause at which rdflib's parser stops."""
    try:
        parseQuery(query.text)
    except ParseException as error:
        at = [token for token in query.tokens if token.end > error.loc]
        if not at:
            return query_error(query, len(query.text), "C401", "the query ends too early", _GRAMMAR)
        message = f'what begins with "{at[0].text}" cannot stand here, or is not complete'
        return query_error(query, at[0].start, "C401", message, _GRAMMAR)
    message = "a rule beyond the grammar is broken"
    remedy = "does AS name a variable that is bound before, or has a row of VALUES too many or too few terms?"
    return query_error(query, query.tokens[0].start, "C401", message, remedy)


def _reached(query: QueryText, rewritten: Rewritten, said: str) -> int:
    """The start of the last token that Oxigraph had read."""
    found = _SAID.match(said)
    if not found:
        return 0
    before = rewritten.text.split("\n")[: int(found["line"]) - 1]
    offset = rewritten.origin(sum(len(line) + 1 for line in before) + int(found["column"]) - 1)
    return max((token.start for token in query.tokens if token.start < offset), default=0)


def _declared(query: QueryText) -> set[str]:
    return {
        following.text.removesuffix(":")
        for token, following in pairwise(query.tokens)
        if token.is_word("PREFIX") and following.kind == "name"
    }


def _undeclared(query: QueryText, token: Token, declared: Collection[str]) -> QuerySyntaxError:
    prefix = token.text.partition(":")[0]
    if prefix in PREFIXES:
        remedy = f"write at the top: PREFIX {prefix}: <{PREFIXES[prefix]}>"
    else:
        otherwise = f"write at the top: PREFIX {prefix}: <...> with the namespace's IRI"
        remedy = near_remedy(prefix, {*declared, *PREFIXES}, otherwise=otherwise)
    return query_error(query, token.start, "C402", f'prefix "{prefix}" is not bound', remedy)


def _unclosed(query: QueryText) -> Token | None:
    """The first bracket without a partner."""
    opened: list[Token] = []
    for token in query.tokens:
        if token.is_sign(*_PAIRS):
            opened.append(token)
        elif token.is_sign(*_PAIRS.values()):
            if all(_PAIRS[bracket.text] != token.text for bracket in opened):
                return token
            if _PAIRS[opened[-1].text] != token.text:
                return opened[-1]
            opened.pop()
    return opened[-1] if opened else None


def _partner(bracket: Token) -> str:
    return {**_PAIRS, **{closing: opening for opening, closing in _PAIRS.items()}}[bracket.text]
