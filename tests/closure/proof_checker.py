"""Checks a proof, step by step, by the text of the rules alone: without the compiler and the prover.

A step is right when its rule, with the helper relations worked out from the premises of the step and from
nothing else, concludes what the step concludes, and does not without one of the premises.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from rdflib import Literal

from cordiale.closure.values.literals import DATATYPE_MAP, canonical, is_value_of, split_literal
from cordiale.model.proofs import Proof, Step
from cordiale.model.terms import Node, Triple

__all__ = ["check_proof", "wrong_step"]

_Fact: TypeAlias = tuple[object, ...]
_Facts: TypeAlias = dict[str, set[_Fact]]
_Terms: TypeAlias = tuple[object, ...]  # "?x", a text, or a tuple of both

_SPACES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TYPE = f"<{_SPACES['rdf']}type>"
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"(?:\^\^[\w:]+|@[\w-]+)?|<[^>]*>|\?\w+|!=|->|@\w+|[\w-]+:[\w-]+|[\w-]+|[(),:]'
)


@dataclass(frozen=True)
class _Rule:
    name: str
    body: tuple[tuple[str, _Terms], ...]
    head: tuple[tuple[str, _Terms], ...]
    apart: tuple[tuple[str, str], ...]


@dataclass
class _Reader:
    tokens: list[str]
    at: int = 0
    apart: list[tuple[str, str]] = field(default_factory=list)

    def rule(self) -> _Rule:
        name = self.take()
        while self.take().startswith("@"):
            pass
        body = self.atoms("->")
        head = () if self.tokens[self.at] == "false" else self.atoms("")
        return _Rule(name, body, head, tuple(self.apart))

    def atoms(self, end: str) -> tuple[tuple[str, _Terms], ...]:
        found: list[tuple[str, _Terms]] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != end:
            if self.tokens[self.at] == ",":
                self.at += 1
            elif self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == "!=":
                self.apart.append((self.tokens[self.at], self.tokens[self.at + 2]))
                self.at += 3
            elif self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == "(":
                found.append((self.take(), self.arguments()))
            else:
                found.append(("", (self.term(), self.term(), self.term())))
        self.at += 1
        return tuple(found)

    def arguments(self) -> _Terms:
        self.at += 1
        terms = [self.term()]
        while self.take() == ",":
            terms.append(self.term())
        return tuple(terms)

    def term(self) -> object:
        token = self.take()
        if token == "tuple":
            return self.arguments()
        if token.startswith('"') and "^^" in token:
            form, _, datatype = token.partition("^^")
            return f"{form}^^{_expanded(datatype)}"
        return _expanded(token)

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]


def _expanded(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"<{_SPACES[prefix]}{local}>" if colon and prefix in _SPACES else name


def _read(text: str) -> tuple[_Rule, ...]:
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += line
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return tuple(_Reader(_TOKEN.findall(line)).rule() for line in lines)


@cache
def _rules() -> tuple[_Rule, ...]:
    return _read(files("cordiale.closure.rulebook").joinpath("owl2rl.rules").read_text(encoding="utf-8"))


@cache
def _helpers(name: str) -> tuple[_Rule, ...]:
    """The rules that make the helper relations which a rule of this name rests on."""
    wanted = {relation for rule in _rules() if rule.name == name for relation, _ in rule.body if relation}
    while True:
        found = tuple(rule for rule in _rules() if any(relation in wanted for relation, _ in rule.head))
        more = {relation for rule in found for relation, _ in rule.body if relation}
        if more <= wanted:
            return found
        wanted |= more


def check_proof(proof: Proof, asserted: Collection[Triple]) -> None:
    """Fail where the proof does not show its conclusion from asserted triples."""
    shown: set[Triple | None] = set()
    for step in proof.steps:
        for premise in step.premises:
            assert premise in asserted or premise in shown, (
                f"{premise} is neither asserted nor shown before {step}"
            )
        assert step.conclusion not in shown, f"shown twice: {step.conclusion}"
        assert step.conclusion not in asserted, f"shown, though it is asserted: {step.conclusion}"
        wrong = wrong_step(step)
        assert wrong is None, wrong
        shown.add(step.conclusion)
    if proof.steps:
        assert proof.steps[-1].conclusion == proof.conclusion
        used = {premise for step in proof.steps for premise in step.premises}
        assert shown - used == {proof.conclusion}, "a step is of no use"
    else:
        assert proof.conclusion in asserted


def wrong_step(step: Step) -> str | None:
    """What is wrong with a step; ``None`` when it is an instance of its rule."""
    premises = [_texts(premise) for premise in step.premises]
    conclusion = None if step.conclusion is None else _texts(step.conclusion)
    if step.rule.startswith("dt-") and step.rule != "dt-type1":
        return (
            None if _value_rule(step.rule, premises, conclusion) else f"the values do not bear it out: {step}"
        )
    if not _concludes(step.rule, premises, conclusion):
        return f"not an instance of {step.rule}: {step}"
    for at in range(len(premises)):
        if _concludes(step.rule, premises[:at] + premises[at + 1 :], conclusion):
            return f"does not need {step.premises[at]}: {step}"
    return None


def _texts(triple: Triple) -> tuple[str, str, str]:
    s, p, o = map(_text, triple)
    return s, p, o


def _text(node: Node) -> str:
    if (
        isinstance(node, Literal)
        and node.datatype is not None
        and str(node.datatype) == _SPACES["xsd"] + "string"
    ):
        return _text(Literal(str(node)))
    return node.n3() if not isinstance(node, Literal) else Literal.n3(node)


def _value_rule(
    name: str, premises: list[tuple[str, str, str]], conclusion: tuple[str, str, str] | None
) -> bool:
    """Rules dt-* of table 8."""
    if name == "dt-not-type":
        if conclusion is not None or len(premises) != 1:
            return False
        s, p, o = premises[0]
        if s.startswith('"'):
            return p == _TYPE and not _is_value(s, o[1:-1])
        return _value(o) is None and split_literal(o)[1] in DATATYPE_MAP
    if premises or conclusion is None:
        return False
    s, p, o = conclusion
    if name == "dt-type2":
        return p == _TYPE and _is_value(s, o[1:-1])
    if p == f"<{_SPACES['owl']}sameAs>":
        return name == "dt-eq" and _value(s) is not None and _value(s) == _value(o)
    different = None not in (_value(s), _value(o)) and _value(s) != _value(o)
    return name == "dt-diff" and p == f"<{_SPACES['owl']}differentFrom>" and different


def _value(text: str) -> str | None:
    form, datatype, language = split_literal(text)
    return canonical(form, datatype, language) if datatype in DATATYPE_MAP else None


def _is_value(text: str, datatype: str) -> bool:
    value = _value(text) if text.startswith('"') else None
    return value is not None and is_value_of(value, datatype)


def _concludes(name: str, premises: Iterable[_Fact], conclusion: _Fact | None) -> bool:
    facts: _Facts = {"": set(premises), "datatype": {(f"<{datatype}>",) for datatype in DATATYPE_MAP}}
    helpers = _helpers(name)
    grown = True
    while grown:
        grown = False
        for rule in helpers:
            for bindings in list(_matches(rule, facts, {})):
                for relation, terms in rule.head:
                    fact = tuple(_bound(term, bindings) for term in terms)
                    if fact not in facts.setdefault(relation, set()):
                        facts[relation].add(fact)
                        grown = True
    for rule in _rules():
        if rule.name != name:
            continue
        if conclusion is None:
            if not rule.head and next(_matches(rule, facts, {}), None) is not None:
                return True
            continue
        for _, terms in rule.head:
            start = _extended(terms, conclusion, {})
            if start is not None and next(_matches(rule, facts, start), None) is not None:
                return True
    return False


def _matches(rule: _Rule, facts: _Facts, start: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    def matched(at: int, bindings: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        if at == len(rule.body):
            if all(_bound(one, bindings) != _bound(other, bindings) for one, other in rule.apart):
                yield bindings
            return
        relation, terms = rule.body[at]
        for fact in list(facts.get(relation, ())):
            extended = _extended(terms, fact, bindings)
            if extended is not None:
                yield from matched(at + 1, extended)

    return matched(0, start)


def _extended(terms: _Terms, fact: _Fact, bindings: Mapping[str, object]) -> Mapping[str, object] | None:
    extended = dict(bindings)
    for term, value in zip(terms, fact, strict=True):
        if isinstance(term, str) and term.startswith("?"):
            if extended.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return extended


def _bound(term: object, bindings: Mapping[str, object]) -> object:
    if isinstance(term, tuple):
        return tuple(_bound(part, bindings) for part in term)
    return bindings[str(term)] if str(term).startswith("?") else term
