"""House rules for stored questions: how a query is written, and what its header says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cordiale.model.problems import Problem, Severity
from cordiale.query.questions import Question
from cordiale.query.tokens import QueryText, Token, read_tokens

__all__ = ["Declared", "check_query_style", "declared_prefixes", "used_prefixes"]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LITERALS = ("true", "false", "a")  # words that are written in small letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A PREFIX of a query, from its first character to after its last."""

    name: str
    namespace: str
    start: int
    end: int


def check_query_style(
    questions: Iterable[Question], languages: Sequence[str], prefixes: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Warnings, each at its place; ``prefixes`` are those of the project.

    C460 is ``SELECT *``, C461 a keyword in small letters, C462 a prefix that nothing uses, C463 one out of
    order, C464 rows without an order, C465 a summary that a language lacks, C466 a prefix that is another one
    elsewhere, C467 a file that is not named like others.
    """
    return tuple(
        problem for question in questions for problem in _Rules(question, languages, prefixes).found()
    )


def declared_prefixes(query: QueryText) -> tuple[Declared, ...]:
    """The prefixes that a query declares, in its order."""
    tokens = query.tokens
    return tuple(
        Declared(
            name=tokens[at + 1].text.rstrip(":"),
            namespace=tokens[at + 2].text[1:-1],
            start=token.start,
            end=tokens[at + 2].end,
        )
        for at, token in enumerate(tokens[:-2])
        if token.is_word("PREFIX") and tokens[at + 2].kind == "iri"
    )


def used_prefixes(query: QueryText) -> frozenset[str]:
    """The prefixes that names in a query have, where it does not declare them."""
    declared = {each.start for each in declared_prefixes(query)}
    names = [
        token
        for before, token in pairwise(query.tokens)
        if token.kind == "name" and before.start not in declared
    ]
    return frozenset(token.text.partition(":")[0] for token in names)


class _Rules:
    def __init__(self, question: Question, languages: Sequence[str], prefixes: Mapping[str, str]) -> None:
        self._question = question
        self._languages = languages
        self._prefixes = prefixes
        self._query = read_tokens(question.text, path=question.path)

    def found(self) -> Iterator[Problem]:
        yield from self._words()
        yield from self._declarations()
        yield from self._header()

    def _words(self) -> Iterator[Problem]:
        tokens = self._query.tokens
        for at, token in enumerate(tokens):
            if token.is_word("SELECT") and _after_distinct(tokens, at + 1).is_sign("*"):
                remedy = "name the columns, so that a new variable is no new column"
                yield self._warning(
                    "C460", "SELECT * gives whatever variables there are", remedy, token.start
                )
            if token.kind == "word" and token.text not in _LITERALS and token.text != token.text.upper():
                message = f'the keyword "{token.text}" is not in capitals'
                yield self._warning("C461", message, f"write {token.text.upper()}", token.start)
        forms = [token for token in tokens if token.is_word("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")]
        if forms and forms[0].is_word("SELECT") and not any(token.is_word("ORDER") for token in tokens):
            remedy = "write ORDER BY with columns enough that no two rows are alike in them"
            yield self._warning("C464", "the rows have no order", remedy, forms[0].start)

    def _declarations(self) -> Iterator[Problem]:
        declared, used = declared_prefixes(self._query), used_prefixes(self._query)
        for each in declared:
            if each.name not in used:
                yield self._warning(
                    "C462", f'nothing uses the prefix "{each.name}"', "take it out", each.start
                )
            known = self._prefixes.get(each.name)
            if known is not None and known != each.namespace:
                message = f'prefix "{each.name}" is <{each.namespace}> here, elsewhere <{known}>'
                yield self._warning("C466", message, f"write PREFIX {each.name}: <{known}>", each.start)
        for before, each in pairwise(declared):
            if each.name < before.name:
                message = f'the prefix "{each.name}" stands after "{before.name}"'
                yield self._warning("C463", message, "put them in alphabetical order", each.start)

    def _header(self) -> Iterator[Problem]:
        for language in self._languages:
            if not self._question.summary.get(language):
                key = "summary" if language == self._languages[0] else f"summary_{language}"
                message = f'the question is not put in "{language}"'
                yield self._warning("C465", message, f"write #+ {key}: and what a person would ask", 0)
        if not _SLUG.fullmatch(self._question.id):
            message = f'"{self._question.id}" is named unlike other questions'
            remedy = "rename the file with the letters a to z, digits and single hyphens alone: like-this"
            yield self._warning("C467", message, remedy, 0)

    def _warning(self, code: str, message: str, remedy: str, offset: int) -> Problem:
        place = self._query.place(offset)
        return Problem(code=code, message=message, remedy=remedy, severity=Severity.WARNING, place=place)


def _after_distinct(tokens: Sequence[Token], at: int) -> Token:
    return tokens[at + 1] if tokens[at].is_word("DISTINCT", "REDUCED") else tokens[at]
