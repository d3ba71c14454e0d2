"""Reads rules: ``name: premise, ... -> conclusion, ...``, one a line (owl2rl.rules tells the notation)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from cordiale.closure.rulebook.rules import (
    KNOWN_RELATIONS,
    TRIPLE,
    Atom,
    Comparison,
    Constant,
    Rule,
    Term,
    Tuple,
    Variable,
    variables_of,
)
from cordiale.closure.sql.compiler import TYPE
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem

__all__ = ["RULE_SETS", "parse_rules", "read_rule_set"]

# The rule files that come with the program.
RULE_SETS = ("owl2rl", "rdfs", "axiomatic")

_MARKS = frozenset({"equal", "trivial", "values"})

_TOKEN = re.compile(
    r"""(?P<skip>[ \t]+|\#.*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>"(?:[^"\\]|\\.)*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?)
    |(?P<arrow>->)
    |(?P<typed>\^\^)
    |(?P<compare>!=|<)
    |(?P<variable>\?[A-Za-z_]\w*)
    |(?P<mark>@[a-z]+)
    |(?P<name>[A-Za-z][\w-]*(?::[A-Za-z_][\w.-]*\w|:[A-Za-z_])?|(?<![\w:]):(?:[A-Za-z_][\w.-]*\w|[A-Za-z_]))
    |(?P<mark_of>[:,()])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int
    line: int


def read_rule_set(name: str) -> tuple[Rule, ...]:
    """The rules of one of ``RULE_SETS``.

    >>> rules = {rule.name: rule for rule in read_rule_set("owl2rl")}
    >>> print(*rules["prp-symp"].body, sep=", ")  # doctest: +ELLIPSIS
    ?p <...#type> <...#SymmetricProperty>, ?x ?p ?y
    """
    path = f"{name}.rules"
    return parse_rules(files(__package__).joinpath(path).read_text(encoding="utf-8"), path=path)


def parse_rules(text: str, *, path: str, known: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """The rules in a text; ``known`` are rules whose helper relations they may use.

    Raises:
        SourceError: with a problem for each line that is no rule, and for each rule that is not safe.
    """
    rules: list[Rule] = []
    written: list[list[_Token]] = []
    problems: list[Problem] = []
    prefixes = dict(PREFIXES)
    for tokens in _statements(text, path, problems):
        parser = _Parser(tokens, prefixes, path)
        try:
            if tokens[0].text == "@prefix":
                parser.prefix()
            else:
                rules.append(parser.rule())
                written.append(tokens)
        except SourceError as fault:
            problems.extend(fault.problems)
    relations = dict(KNOWN_RELATIONS)
    for atom in (atom for rule in (*known, *rules) for atom in rule.head if atom.relation):
        relations.setdefault(atom.relation, len(atom.terms))
    for rule, tokens in zip(rules, written, strict=True):
        places = {
            token.text: Place(path=path, line=token.line, column=token.column) for token in tokens[::-1]
        }
        problems.extend(_unsafe(rule, relations, places))
    if problems:
        raise SourceError(*problems)
    return tuple(rules)


def _statements(text: str, path: str, problems: list[Problem]) -> list[list[_Token]]:
    """The tokens of each rule; a line that starts with a blank goes on with the one before."""
    statements: list[list[_Token]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        tokens, at = [], 0
        while at < len(line):
            found = _TOKEN.match(line, at)
            if found is None:
                problems.append(
                    _wrong(f'"{line[at]}" cannot stand here', Place(path=path, line=number, column=at + 1))
                )
                break
            if found.lastgroup != "skip":
                tokens.append(_Token(str(found.lastgroup), found.group(), at + 1, number))
            at = found.end()
        if tokens and line[0] in " \t" and statements:
            statements[-1].extend(tokens)
        elif tokens:
            statements.append(tokens)
    return statements


class _Parser:
    """Reads the tokens of one statement from left to right."""

    def __init__(self, tokens: list[_Token], prefixes: dict[str, str], path: str) -> None:
        self._tokens = tokens
        self._prefixes = prefixes
        self._path = path
        self._at = 0

    def prefix(self) -> None:
        """``@prefix ex: <...>``, with or without a full stop after it."""
        self._at = 1
        name = self._take("name").text if self._next("name") else ""
        self._expect(":")
        self._prefixes[name] = self._take("iri").text[1:-1]
        self._end()

    def rule(self) -> Rule:
        """``name @mark: body -> head``."""
        name = self._take("name")
        marks = set()
        while self._next("mark"):
            mark = self._take("mark")
            if mark.text[1:] not in _MARKS:
                raise SourceError(_wrong(f"there is no mark {mark.text}", self._place(mark)))
            marks.add(mark.text[1:])
        self._expect(":")
        body: list[Atom] = []
        comparisons: list[Comparison] = []
        while not self._next("arrow"):
            part = self._premise()
            (comparisons if isinstance(part, Comparison) else body).append(part)  # type: ignore[arg-type]
            if not self._next("arrow"):
                self._expect(",")
        self._take("arrow")
        message, head = "", []
        if self._peek() == "false":
            self._at += 1
            if self._next("string"):
                message = self._unescaped(self._take("string"))[1:-1]
        else:
            head.append(self._atom())
            while self._peek() == ",":
                self._at += 1
                head.append(self._atom())
        self._end()
        return Rule(
            name=name.text,
            head=tuple(head),
            body=tuple(body),
            comparisons=tuple(comparisons),
            marks=frozenset(marks),
            message=message or ("the premises cannot all hold" if not head else ""),
            place=self._place(name),
        )

    def _premise(self) -> Atom | Comparison:
        start = self._at
        if not self._is_relation():
            left = self._term()
            if self._next("compare"):
                return Comparison(self._take("compare").text, left, self._term())
            self._at = start
        return self._atom()

    def _atom(self) -> Atom:
        if self._is_relation():
            name = self._take("name")
            self._at += 1
            return Atom(name.text, self._arguments())
        return Atom(TRIPLE, (self._term(), self._term(), self._term()))

    def _arguments(self) -> tuple[Term, ...]:
        terms = [self._term()]
        while self._peek() == ",":
            self._at += 1
            terms.append(self._term())
        self._expect(")")
        return tuple(terms)

    def _term(self) -> Term:
        token = self._token()
        self._at += 1
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind == "iri":
            return Constant(token.text)
        if token.kind == "name":
            if token.text == "tuple" and self._peek() == "(":
                self._at += 1
                return Tuple(self._arguments())
            return Constant(self._expanded(token))
        if token.kind == "string":
            return Constant(self._literal(token))
        raise SourceError(_wrong(f'"{token.text}" is no term', self._place(token)))

    def _literal(self, token: _Token) -> str:
        text = token.text
        if self._next("typed"):
            self._at += 1
            datatype = self._token()
            self._at += 1
            text += "^^" + (datatype.text if datatype.kind == "iri" else self._expanded(datatype))
        try:  # the text that the same term has when it is read from a file
            return str(next(iter(ox.parse(f"<x:s> <x:p> {text} .", ox.RdfFormat.N_TRIPLES))).object)
        except SyntaxError as fault:
            raise SourceError(_wrong(f"{text} is no literal", self._place(token))) from fault

    def _unescaped(self, token: _Token) -> str:
        return re.sub(r"\\(.)", r"\1", token.text)

    def _expanded(self, token: _Token) -> str:
        if token.text == "a":
            return TYPE
        prefix, colon, local = token.text.partition(":")
        if not colon:
            raise SourceError(_wrong(f'"{token.text}" is no term', self._place(token)))
        if prefix not in self._prefixes:
            remedy = f"correct it, or bind it above: @prefix {prefix}: <…>"
            raise SourceError(_wrong(f'prefix "{prefix}" is not bound', self._place(token), remedy))
        return f"<{self._prefixes[prefix]}{local}>"

    def _is_relation(self) -> bool:
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        return self._next("name") and following is not None and following.text == "("

    def _peek(self) -> str | None:
        return self._tokens[self._at].text if self._at < len(self._tokens) else None

    def _next(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind == kind

    def _token(self) -> _Token:
        if self._at == len(self._tokens):
            last = self._tokens[-1]
            place = Place(path=self._path, line=last.line, column=last.column + len(last.text))
            raise SourceError(_wrong("the rule ends too early", place))
        return self._tokens[self._at]

    def _take(self, kind: str) -> _Token:
        token = self._token()
        if token.kind != kind:
            raise SourceError(
                _wrong(f'"{token.text}" stands where a {kind} was expected', self._place(token))
            )
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        token = self._token()
        if token.text != text:
            raise SourceError(
                _wrong(f'"{token.text}" stands where "{text}" was expected', self._place(token))
            )
        self._at += 1

    def _end(self) -> None:
        if self._at < len(self._tokens):
            raise SourceError(
                _wrong(f'"{self._tokens[self._at].text}" is too much', self._place(self._token()))
            )

    def _place(self, token: _Token) -> Place:
        return Place(path=self._path, line=token.line, column=token.column)


def _unsafe(rule: Rule, relations: dict[str, int], places: dict[str, Place]) -> list[Problem]:
    """What is wrong with a rule that is well written; ``places`` are those of its words."""
    problems = []
    bound = frozenset(name for atom in rule.body for name in atom.variables)
    parts: tuple[Atom | Comparison, ...] = (*rule.head, *rule.comparisons)
    for part in parts:
        for name in sorted(part.variables - bound):
            where = "conclusion" if isinstance(part, Atom) else "comparison"
            message = f"{rule.name}: ?{name} stands in a {where} and in no premise"
            problems.append(_wrong(message, places[f"?{name}"]))
    for atom in (*rule.body, *rule.head):
        wanted = relations.get(atom.relation)
        if atom.relation and wanted is None:
            message = f'{rule.name}: no rule makes the relation "{atom.relation}"'
            problems.append(_wrong(message, places[atom.relation]))
        elif atom.relation and wanted != len(atom.terms):
            number = f"{wanted} arguments, not {len(atom.terms)}"
            message = f'{rule.name}: the relation "{atom.relation}" has {number}'
            problems.append(_wrong(message, places[atom.relation]))
    if "values" not in rule.marks:
        for atom in rule.body:
            if atom.relation in KNOWN_RELATIONS and atom.relation != "datatype":
                message = f'{rule.name}: the relation "{atom.relation}" is for the rules of table 8 alone'
                problems.append(_wrong(message, rule.place))
    for atom in rule.head:
        if atom.relation in KNOWN_RELATIONS:
            problems.append(
                _wrong(f'{rule.name}: the relation "{atom.relation}" cannot be added to', rule.place)
            )
        elif not atom.relation and any(isinstance(term, Tuple) for term in atom.terms):
            problems.append(_wrong(f"{rule.name}: a tuple cannot stand in a triple", rule.place))
        # A tuple that is made from a tuple of the same relation grows in every round, unless something
        # else in the relation runs out; that is left to the limit on rows.
    if any(isinstance(term, Tuple) for atom in rule.body for term in atom.terms):
        problems.append(_wrong(f"{rule.name}: a tuple cannot stand in a premise", rule.place))
    for comparison in rule.comparisons:
        names = (*variables_of(comparison.left), *variables_of(comparison.right))
        if not names or isinstance(comparison.left, Tuple) or isinstance(comparison.right, Tuple):
            problems.append(_wrong(f"{rule.name}: {comparison} compares no variable with a term", rule.place))
    return problems


def _wrong(
    message: str, place: Place, remedy: str = "a rule is name: ?x ?p ?y, helper(?x) -> ?y ?p ?x"
) -> Problem:
    return Problem(code="C610", message=message, remedy=remedy, place=place)
