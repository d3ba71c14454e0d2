"""RDFC-1.0: the one canonical text of a dataset, whose digest is its fingerprint.

RDF Dataset Canonicalization, https://www.w3.org/TR/rdf-canon/. Names of nodes in comments are those of its
section 4. Labels in the other formats come from ``blank_nodes``, which is quick where this is cubic; this one
is for others to compute again.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass, field
from itertools import permutations
from typing import Literal as OneOf
from typing import TypeAlias

from rdflib import BNode, Literal

from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.publish.quads import Quad

__all__ = ["WORK_LIMIT", "Canonical", "Hash", "canonical"]

WORK_LIMIT = 1_000_000  # nodes looked at while equal ones are told apart; some seconds

Hash = OneOf["sha256", "sha384"]

_LABEL = "c14n"
_NAMES_COPIED = 100  # as long as it takes to look at one node
# Canonical N-Quads (section 5): what has no letter of its own and is a control or no character of XML 1.1.
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A dataset as RDFC-1.0 writes it, and the labels it gives to blank nodes."""

    text: str  # sorted lines of N-Quads
    labels: dict[BNode, str]  # without the _: of the syntax

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def canonical(quads: Collection[Quad], *, algorithm: Hash = "sha256", limit: int = WORK_LIMIT) -> Canonical:
    """The canonical form of ``quads``, which are ``checked``; isomorphic datasets have the same.

    Lexical forms and language tags are as written: ``"01"^^xsd:integer`` is not ``"1"^^xsd:integer``.

    Raises:
        CordialeError: C197, when more than ``limit`` does not tell the blank nodes apart.
    """
    labels = _Canonicalizer(quads, algorithm, limit).labels()
    lines = {_line(quad, labels) for quad in quads}
    return Canonical(text="".join(sorted(lines)), labels=labels)


class _Issuer:
    """Names given in order, each node one (section 4.5)."""

    def __init__(self, prefix: str, names: dict[BNode, str] | None = None) -> None:
        self.prefix = prefix
        self.names = {} if names is None else names

    def name(self, node: BNode) -> str:
        return self.names.setdefault(node, f"{self.prefix}{len(self.names)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, self.names.copy())


@dataclass(slots=True)
class _Found:
    """What Hash N-Degree Quads tells of a node."""

    hash: str
    issuer: _Issuer


# A computation that asks for those of other nodes: recursion without Python's stack, too short for a list.
_Asking: TypeAlias = Generator[tuple[BNode, _Issuer], _Found, _Found]


@dataclass(slots=True)
class _Canonicalizer:
    """The state of one canonicalization (section 4.2)."""

    quads: Collection[Quad]
    algorithm: Hash
    left: int  # of the work that may be done
    touching: dict[BNode, list[Quad]] = field(default_factory=dict)
    first: dict[BNode, str] = field(default_factory=dict)  # hashes of first degree
    issuer: _Issuer = field(default_factory=lambda: _Issuer(_LABEL))

    def labels(self) -> dict[BNode, str]:
        """The canonical label of each blank node (section 4.4)."""
        for quad in self.quads:
            for node in dict.fromkeys(term for term in quad if isinstance(term, BNode)):
                self.touching.setdefault(node, []).append(quad)
        alike: defaultdict[str, list[BNode]] = defaultdict(list)
        for node, quads in self.touching.items():
            self.first[node] = self._hash("".join(sorted(_line(quad, _Seen(node)) for quad in quads)))
            alike[self.first[node]].append(node)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self.issuer.name(alike[digest][0])
        for digest in sorted(alike):
            found = []
            for node in alike[digest]:
                if node not in self.issuer.names:
                    issuer = _Issuer("b")
                    issuer.name(node)
                    found.append(self._told(node, issuer))
            for each in sorted(found, key=lambda each: each.hash):
                for node in each.issuer.names:
                    self.issuer.name(node)
        return self.issuer.names

    def _told(self, node: BNode, issuer: _Issuer) -> _Found:
        """Run a computation with all that it asks for."""
        asking = [self._n_degree(node, issuer)]
        answer: _Found | None = None
        while asking:
            try:
                # ``send(None)`` starts a computation, anything else answers what it asked.
                asked = next(asking[-1]) if answer is None else asking[-1].send(answer)
            except StopIteration as done:
                asking.pop()
                answer = done.value
            else:
                asking.append(self._n_degree(*asked))
                answer = None
        assert answer is not None
        return answer

    def _n_degree(self, node: BNode, issuer: _Issuer) -> _Asking:
        """Hash N-Degree Quads (section 4.8)."""
        related: defaultdict[str, list[BNode]] = defaultdict(list)
        for quad in self.touching[node]:
            for position, term in zip("sog", (quad[0], quad[2], quad[3]), strict=True):
                if isinstance(term, BNode) and term != node:
                    self._work(1)
                    related[self._related(term, quad, issuer, position)].append(term)
        data = []
        for digest in sorted(related):
            chosen = ""
            chosen_issuer = issuer
            for order in permutations(related[digest]):
                self._work(len(order) + len(issuer.names) // _NAMES_COPIED)
                path, tried = yield from self._path(order, issuer.copy(), chosen)
                if path and (not chosen or path < chosen):
                    chosen, chosen_issuer = path, tried
            data += [digest, chosen]
            issuer = chosen_issuer
        return _Found(self._hash("".join(data)), issuer)

    def _path(
        self, order: Iterable[BNode], issuer: _Issuer, chosen: str
    ) -> Generator[tuple[BNode, _Issuer], _Found, tuple[str, _Issuer]]:
        """The path of one order of related nodes; empty as soon as it cannot be less than ``chosen``."""
        path = ""
        todo = []
        for node in order:
            if node in self.issuer.names:
                path += f"_:{self.issuer.names[node]}"
            else:
                if node not in issuer.names:
                    todo.append(node)
                path += f"_:{issuer.name(node)}"
            if _is_beaten(path, chosen):
                return "", issuer
        for node in todo:
            found = yield node, issuer
            path += f"_:{issuer.name(node)}<{found.hash}>"
            issuer = found.issuer
            if _is_beaten(path, chosen):
                return "", issuer
        return path, issuer

    def _related(self, node: BNode, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Hash Related Blank Node (section 4.7)."""
        named = self.issuer.names.get(node) or issuer.names.get(node)
        predicate = "" if position == "g" else _iri(quad[1])
        return self._hash(f"{position}{predicate}{f'_:{named}' if named else self.first[node]}")

    def _hash(self, text: str) -> str:
        return hashlib.new(self.algorithm, text.encode()).hexdigest()

    def _work(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise CordialeError(
                Problem(
                    code="C197",
                    message="the blank nodes are too much alike for a canonical form (RDFC-1.0)",
                    remedy="give IRIs to the nodes that refer to one another, or stand in lists of equals",
                )
            )


def _is_beaten(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


class _Seen(dict[BNode, str]):
    """Labels as one node sees them: its own is a, any other z (Hash First Degree Quads, section 4.6)."""

    def __init__(self, node: BNode) -> None:
        super().__init__({node: "a"})

    def __missing__(self, _node: BNode) -> str:
        return "z"


def _line(quad: Quad, labels: dict[BNode, str]) -> str:
    return f"{' '.join(_text(term, labels) for term in quad if term is not None)} .\n"


def _text(term: Node, labels: dict[BNode, str]) -> str:
    if isinstance(term, BNode):
        return f"_:{labels[term]}"
    if not isinstance(term, Literal):
        return _iri(term)
    text = f'"{_ESCAPED.sub(_escape, term)}"'
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype is None else f"{text}^^{_iri(term.datatype)}"


def _iri(iri: str) -> str:
    return f"<{_NOT_IN_IRI.sub(_numeric, iri)}>"


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or _numeric(found)


def _numeric(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
