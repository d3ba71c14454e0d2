"""The OWL 2 RL/RDF closure as SQL in DuckDB, behind the interface of all engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from cordiale.closure.engine import Clash, Closure
from cordiale.closure.loading.nodes import encoded, node_of
from cordiale.model.terms import Node, Triple, term_key

if TYPE_CHECKING:  # DuckDB is imported where something is closed: many a reader only writes terms
    from cordiale.closure.rulebook.rules import Rule
    from cordiale.closure.sql.materialise import ClosedGraph, Options

__all__ = ["DuckdbEngine", "close_triples"]


class DuckdbEngine:
    """All rules of owl2rl.rules (OWL 2 Profiles, section 4.3, tables 4 to 9), less what is trivial.

    >>> from rdflib import RDFS, URIRef
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

    def __init__(self, given: dict[str, Node]) -> None:
        self._nodes = given

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
    nodes: dict[str, Node] = {}
    coded = encoded(triples, vocabulary_of(chosen), nodes)
    return close_coded(coded, chosen, options), _Nodes(nodes)
