"""Blank nodes named by what is said of them, so that the same list has the same name in two states."""

import hashlib
from collections.abc import Iterable

from rdflib import BNode

from cordiale.model.terms import Node, Triple
from cordiale.publish.term_text import term_text

__all__ = ["by_content"]


def by_content(triples: Iterable[Triple]) -> dict[BNode, BNode]:
    """A name for each blank node: a digest of its own triples, and of those of the blank nodes below it.

    Two nodes of which the same is said have one name; one that leads back to itself keeps part of its own.
    """
    own: dict[BNode, list[tuple[Node, Node]]] = {}
    for s, p, o in triples:
        for term in (s, o):
            if isinstance(term, BNode):
                own.setdefault(term, [])
        if isinstance(s, BNode):
            own[s].append((p, o))
    names: dict[BNode, str] = {}
    open_: set[BNode] = set()
    for node in own:
        # A list may be long: no recursion.
        agenda = [node]
        while agenda:
            top = agenda[-1]
            below = [o for _, o in own[top] if isinstance(o, BNode) and o not in names and o not in open_]
            if top in names:
                agenda.pop()
            elif below and top not in open_:
                open_.add(top)
                agenda += below
            else:
                said = sorted(
                    f"{term_text(p)} {names.get(o, '') if isinstance(o, BNode) else term_text(o)}"
                    for p, o in own[top]
                )
                names[top] = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
                open_.discard(top)
                agenda.pop()
    return {node: BNode(f"c{name}") for node, name in names.items()}
