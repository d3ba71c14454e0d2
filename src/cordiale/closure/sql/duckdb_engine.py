"""The OWL 2 RL/RDF closure as SQL in DuckDB, behind the interface of all engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pyarrow as pa
from rdflib import BNode, Literal, URIRef

from cordiale.closure.engine import Clash, Closure
from cordiale.closure.loading.coding import Encoder, TermBlock
from cordiale.closure.values.literals import split_literal
from cordiale.closure.values.value_coding import escaped
from cordiale.model.terms import Node, Triple, term_key
from cordiale.read.literals import exact_literal

if TYPE_CHECKING:  # DuckDB is imported where something is closed: many a reader only writes terms
    from cordiale.closure.rulebook.rules import Rule
    from cordiale.closure.sql.materialise import ClosedGraph, Options

__all__ = ["DuckdbEngine", "close_triples", "node_of", "text_of"]


class DuckdbEngine:
    """All rules of owl2rl.rules (OWL 2 Profiles, section 4.3, tables 4 to 9), less what is trivial.

    >>> from rdflib import RDFS
    >>> centre, university = URIRef("x:centre"), URIRef("x:university")
    >>> part_of, tied_to = URIRef("x:partOf"), URIRef("x:tiedTo")
    >>> facts = [(centre, part_of, university), (part_of, RDFS.subPropertyOf, tied_to)]
    >>> closure = DuckdbEngine().close(facts)
    >>> closure.inferred == ((centre, tied_to, university),)
    True
    """

    name = "duckdb"

    def __init__(self, rules: Iterable[Rule] | None = None, options: Options | None = None) -> None:
        from cordiale.closure.rulebook.rule_parser import read_rule_set
        from cordiale.closure.sql.materialise import Options

        self._rules = tuple(read_rule_set("owl2rl") if rules is None else rules)
        self._options = options or Options()

    def close(self, triples: Collection[Triple]) -> Closure:
        """What follows from the triples.

        Raises:
            SourceError: a rule would make too many triples.
        """
        from cordiale.closure.second_opinion.literal_clashes import settled

        asserted = frozenset(triples)
        closed, nodes = close_triples(asserted, self._rules, self._options)
        new = {(nodes(s), nodes(p), nodes(o)) for s, p, o in closed} - asserted
        clashes = [
            Clash(
                rule=clash.rule,
                message=clash.message,
                triples=tuple((nodes(s), nodes(p), nodes(o)) for s, p, o in clash.premises),
            )
            for clash in closed.clashes
        ]
        return Closure(
            inferred=tuple(sorted(new, key=lambda triple: [term_key(term) for term in triple])),
            clashes=settled(clashes, asserted),
        )


class _Nodes:
    """The rdflib term of a text: the one that was given, or a new one."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}

    def text(self, node: Node) -> str:
        text = text_of(node)
        self._nodes.setdefault(text, node)
        return text

    def __call__(self, text: str) -> Node:
        node = self._nodes.get(text)
        if node is None:
            node = self._nodes[text] = node_of(text)
        return node


def close_triples(
    triples: Iterable[Triple], rules: Iterable[Rule], options: Options | None = None
) -> tuple[ClosedGraph, _Nodes]:
    """The closure of rdflib triples, and what gives back the rdflib term for a text of it."""
    from cordiale.closure.sql.materialise import close_coded, vocabulary_of

    chosen = tuple(rules)
    nodes = _Nodes()
    encoder = Encoder(vocabulary_of(chosen))
    places: dict[Node, int] = {}
    texts: dict[str, int] = {}
    rows: list[int] = []
    for triple in triples:
        for node in triple:
            place = places.get(node)
            if place is None:
                place = places[node] = texts.setdefault(nodes.text(node), len(texts))
            rows.append(place)
    encoder.add(TermBlock(pa.array(texts, pa.string()), pa.array(rows, pa.int32())))
    return close_coded(encoder.coded(), chosen, options), nodes


def text_of(node: Node) -> str:
    """The term in canonical N-Triples, the language tag as it is.

    >>> text_of(Literal("a\\tb", lang="en")), text_of(Literal("01", datatype=URIRef("x:n")))
    ('"a\\\\tb"@en', '"01"^^<x:n>')
    """
    if isinstance(node, Literal):
        form = f'"{escaped(str(node))}"'
        if node.language:
            return f"{form}@{node.language}"
        plain = node.datatype is None or str(node.datatype) == "http://www.w3.org/2001/XMLSchema#string"
        return form if plain else f"{form}^^<{node.datatype}>"
    return f"<{node}>" if isinstance(node, URIRef) else f"_:{node}"


def node_of(text: str) -> Node:
    """The term that an N-Triples text is, a literal in the form it has there."""
    if text.startswith("<"):
        return URIRef(text[1:-1])
    if text.startswith("_:"):
        return BNode(text[2:])
    form, datatype, language = split_literal(text)
    if language:
        return Literal(form, lang=language)
    return exact_literal(form, URIRef(datatype) if text[-1] == ">" else None, None)
