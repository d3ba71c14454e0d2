"""rdflib's Turtle parser, made exact and made to remember where each triple stands."""

import re
from collections.abc import Iterator, MutableSequence
from itertools import pairwise
from typing import Any

import pyoxigraph
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser

from cordiale.model.terms import Node, Triple
from cordiale.read.literals import exact_literal

__all__ = ["Parser", "Terms"]

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_SPACE_STARTS = frozenset(("", " ", "\t", "\r", "\n", "#"))
_PLAIN = re.compile(
    r"(?P<double>[-+]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][-+]?[0-9]+)"
    r"|(?P<decimal>[-+]?[0-9]*\.[0-9]+)|(?P<integer>[-+]?[0-9]+)|(?P<boolean>true|false)"
)
# The judge has seen to it that names hold only what they may: here it is enough to find where they end.
_ENDS = r" \t\r\n!\"#$&'()*+,/;<=>?@\[\\\]^`{|}~"
_NAME = re.compile(rf"([^{_ENDS}%:]*):((?:[^{_ENDS}.]|\\.|\.+(?=[^{_ENDS}.]|\\))*)")
_ESCAPE = re.compile(r"\\(.)")
_IRI = re.compile(r"<([^<>]*)>")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Terms(RDFSink):
    """Makes the terms of one file; rdflib's parser asks it for each."""

    def __init__(self, path: str) -> None:
        super().__init__(Graph())
        self._symbols: dict[str, URIRef] = {}
        # No two paths have the same slug: "_" and a code point stand for any other character.
        slug = re.sub(r"[^A-Za-z0-9/-]", lambda found: f"_{ord(found[0]):x}_", path.removesuffix(".ttl"))
        self._label = slug.replace("/", ".") + "-b"

    def newSymbol(self, *args: str) -> URIRef:
        symbol = self._symbols.get(args[0])
        if symbol is None:
            symbol = self._symbols[args[0]] = URIRef(args[0])
        return symbol

    def newBlankNode(self, arg: object = None, uri: str | None = None, why: object = None) -> BNode:  # noqa: ARG002
        self.counter += 1
        return BNode(f"{self._label}{self.counter}")

    def newLiteral(self, s: str, dt: URIRef | None = None, lang: str | None = None) -> Literal:
        return exact_literal(s, dt, lang)


class Parser(SinkParser):
    """rdflib's Turtle parser, made exact, that remembers where each object starts.

    It is given text that the judge has passed, so it need not doubt it; only what differs is here.
    """

    def __init__(self, terms: Terms, base: str) -> None:
        super().__init__(terms, baseURI=base, turtle=True)
        # Each triple with the offset of its object before it, and of its statement after it.
        self.found: list[tuple[int, Triple, int]] = []
        self._statement_start = 0
        self._starts: list[int] = []  # of the objects read so far in the innermost list of objects
        self._pending: Iterator[int] = iter(())  # the same of the list just read, whose triples come next
        self._resolved: dict[tuple[str, str], str] = {}

    def skipSpace(self, argstr: str, i: int) -> int:
        # rdflib's own does not know a line that ends in a carriage return alone.
        if argstr[i : i + 1] not in _SPACE_STARTS:
            return i
        space = _SPACE.match(argstr, i)
        end = space.end() if space else i
        return end if end < len(argstr) else -1

    def directive(self, argstr: str, i: int) -> int:
        # rdflib takes the prefix in "bind.x:y" for a keyword of Notation3.
        return super().directive(argstr, i) if argstr[i] == "@" else -1

    def statement(self, argstr: str, i: int) -> int:
        self._statement_start = self.skipSpace(argstr, i)
        self._starts = []
        return super().statement(argstr, i)

    def verb(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        j = self.skipSpace(argstr, i)
        found: list[URIRef] = []
        end = self.uri_ref2(argstr, j, found)
        if end >= 0:
            res.append(("->", found[0]))
        elif argstr[j] == "a":
            res.append(("->", RDF.type))
            end = j + 1
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        outer, self._starts = self._starts, []
        end = super().objectList(argstr, i, res)
        self._pending = iter(self._starts)
        self._starts = outer
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        self._starts.append(self.skipSpace(argstr, i))
        return super().object(argstr, i, res)

    def makeStatement(self, quadruple: tuple[Any, Node, Node, Node]) -> None:
        _, predicate, subject, value = quadruple
        self._state(next(self._pending), (subject, predicate, value))

    def node(self, argstr: str, i: int, res: MutableSequence[Any], subjectAlready: Any = None) -> int:  # noqa: ARG002
        j = self.skipSpace(argstr, i)
        if argstr[j] == "[":
            return super().node(argstr, j, res)
        if argstr[j] == "(":
            return self._collection(argstr, j, res)
        return self.uri_ref2(argstr, j, res)

    def nodeOrLiteral(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        # rdflib makes Python numbers of these, and loses how they were written.
        j = self.skipSpace(argstr, i)
        plain = _PLAIN.match(argstr, j)
        if plain and not _NAME.match(argstr, j):
            res.append(exact_literal(plain[0], XSD[str(plain.lastgroup)], None))
            return plain.end()
        return super().nodeOrLiteral(argstr, j, res)

    def qname(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        # rdflib cuts an escaped dot off the end of a name.
        name = _NAME.match(argstr, self.skipSpace(argstr, i))
        if not name:
            return -1
        res.append((name[1], _ESCAPE.sub(r"\1", name[2])))
        return name.end()

    def uri_ref2(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        # rdflib resolves some relative IRIs otherwise than RFC 3986 does.
        j = self.skipSpace(argstr, i)
        if argstr[j] != "<":
            return super().uri_ref2(argstr, j, res)
        iri = _IRI.match(argstr, j)
        if not iri:
            self.BadSyntax(argstr, j, "a quoted triple")
        res.append(self._store.newSymbol(self._resolve(iri[1])))
        return iri.end()

    def _resolve(self, reference: str) -> str:
        reference = _CODE_POINT.sub(lambda found: chr(int(found[1] or found[2], 16)), reference)
        if _SCHEME.match(reference):
            return reference
        base = str(self._baseURI)
        if (base, reference) not in self._resolved:
            # The judge resolves; so both read the same IRI.
            question = f"<{reference}> a <> ."
            answer = pyoxigraph.parse(question, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
            self._resolved[base, reference] = next(answer).subject.value
        return self._resolved[base, reference]

    def _collection(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        cells: list[tuple[int, Node, Node]] = []
        j = self.skipSpace(argstr, i + 1)
        while argstr[j] != ")":
            cell: BNode = self.blankNode()
            item: list[Node] = []
            end = self.item(argstr, j, item)
            if end < 0:
                self.BadSyntax(argstr, j, "no member of a list")
            cells.append((j, cell, item[0]))
            j = self.skipSpace(argstr, end)
        cells.append((j, RDF.nil, RDF.nil))
        for (start, cell_node, member), (after, following, _) in pairwise(cells):
            self._state(start, (cell_node, RDF.first, member))
            self._state(after, (cell_node, RDF.rest, following))
        res.append(cells[0][1])
        return j + 1

    def _state(self, offset: int, triple: Triple) -> None:
        self.found.append((offset, triple, self._statement_start))
