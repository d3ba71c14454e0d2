"""Where the parts of a Turtle file stand: prefixes, statements, predicates and objects, with their comments.

The text has been read before, so it is known to be Turtle; here only the places of its parts matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Layout", "Prefix", "Statement", "Token", "Verb", "read_layout"]

_STOP = r"\s\"'<>;,\[\]()#"
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<comment>#[^\r\n]*)"
    r'|(?P<string>"{3}.*?"{3}(?!")|\'{3}.*?\'{3}(?!\')|"(?:\\.|[^"\\\r\n])*"|\'(?:\\.|[^\'\\\r\n])*\')'
    r"|(?P<iri><[^<>\s]*>)"
    rf"|(?P<name>(?:\\.|[^{_STOP}.\\^])(?:(?:\\.|[^{_STOP}\\^])*(?:\\.|[^{_STOP}.\\^]))?)"
    r"|(?P<sign>\^\^|.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of the text that is neither space nor comment."""

    kind: str  # string, iri, name or sign
    text: str
    start: int  # offset in the text, from 0

    @property
    def end(self) -> int:
        """The offset after the token."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A declaration of a prefix, from its first character to after its last."""

    name: str
    namespace: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A predicate with its objects; ``end`` is before the sign after them."""

    name: str
    start: int
    objects: tuple[tuple[Token, ...], ...]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """All that is said of a subject up to a full stop; ``end`` is after that."""

    subject: tuple[Token, ...]
    verbs: tuple[Verb, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parts of one file, in its order."""

    text: str
    prefixes: tuple[Prefix, ...]
    statements: tuple[Statement, ...]
    used: frozenset[str]  # the prefixes that names in it have

    def iri(self, name: str) -> str:
        """The IRI that a name or a term in angle brackets stands for; empty for anything else."""
        if name.startswith("<"):
            return name[1:-1]
        prefix, colon, local = name.partition(":")
        spaces = {each.name: each.namespace for each in self.prefixes}
        return spaces[prefix] + local if colon and prefix in spaces else ""


def read_layout(text: str) -> Layout:
    r"""The parts of a text that is Turtle (https://www.w3.org/TR/turtle/#sec-grammar).

    >>> layout = read_layout("@prefix ex: <x:> . # ours\nex:a ex:b 1 , 2 ; ex:c [ ex:d 3 ] .")
    >>> [(verb.name, len(verb.objects)) for verb in layout.statements[0].verbs]
    [('ex:b', 2), ('ex:c', 1)]
    """
    prefixes: list[Prefix] = []
    statements: list[Statement] = []
    used: set[str] = set()
    for tokens in _statements(text):
        if tokens[0].text.lower() in ("@prefix", "prefix"):
            prefixes.append(
                Prefix(
                    name=tokens[1].text.rstrip(":"),
                    namespace=tokens[2].text[1:-1],
                    start=tokens[0].start,
                    end=tokens[-1].end,
                )
            )
        elif tokens[0].text.lower() not in ("@base", "base"):
            used |= {t.text.partition(":")[0] for t in tokens if t.kind == "name" and ":" in t.text}
            statements.append(_statement(tokens))
    return Layout(
        text=text, prefixes=tuple(prefixes), statements=tuple(statements), used=frozenset(used - {"_"})
    )


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind and kind not in ("space", "comment"):
            yield Token(kind=kind, text=found[0], start=found.start())


def _statements(text: str) -> Iterator[list[Token]]:
    """The tokens of each statement or declaration, the full stop included where there is one."""
    waiting: list[Token] = []
    for token in _tokens(text):
        waiting.append(token)
        sparql = waiting[0].text.lower()
        is_declared = (sparql == "prefix" and len(waiting) == 3) or (sparql == "base" and len(waiting) == 2)
        if is_declared or (token.kind == "sign" and token.text == "."):
            yield waiting
            waiting = []


def _statement(tokens: list[Token]) -> Statement:
    parts = list(_parts(tokens))
    subject, rest = parts[0], parts[1:]
    verbs: list[Verb] = []
    while rest:
        name, *objects = rest[0]
        verbs.append(_verb(name, objects))
        rest = rest[1:]
    return Statement(subject=tuple(subject), verbs=tuple(verbs), start=tokens[0].start, end=tokens[-1].end)


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """The subject, then each predicate with its objects."""
    depth = 0
    subject: list[Token] = []
    while not subject or depth:
        token = tokens[len(subject)]
        depth += _step(token)
        subject.append(token)
    yield subject
    current: list[Token] = []
    for token in tokens[len(subject) : -1]:
        depth += _step(token)
        if depth == 0 and token.kind == "sign" and token.text == ";":
            if current:
                yield current
            current = []
        else:
            current.append(token)
    if current:
        yield current


def _verb(name: Token, tokens: list[Token]) -> Verb:
    objects: list[tuple[Token, ...]] = []
    current: list[Token] = []
    depth = 0
    for token in tokens:
        depth += _step(token)
        if depth == 0 and token.kind == "sign" and token.text == ",":
            objects.append(tuple(current))
            current = []
        else:
            current.append(token)
    objects.append(tuple(current))
    end = tokens[-1].end if tokens else name.end
    return Verb(name=name.text, start=name.start, objects=tuple(objects), end=end)


def _step(token: Token) -> int:
    """How much deeper a bracket leads."""
    if token.kind != "sign":
        return 0
    return (token.text in "[(") - (token.text in "])")
