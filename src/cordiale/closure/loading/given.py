"""What a closure is asked of, as numbered triples: graphs, stores, terms in Python, and files."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TypeAlias, cast

import pyoxigraph as ox
from rdflib import Dataset, Graph

from cordiale.closure.loading.coding import Coded, Encoder
from cordiale.closure.loading.documents import Document
from cordiale.closure.loading.loading import load
from cordiale.closure.loading.nodes import encoded
from cordiale.closure.loading.ntriples import canonical_blocks
from cordiale.model.terms import Node, Triple

__all__ = ["Given", "code"]

Given: TypeAlias = (
    Graph | ox.Store | str | Path | Document | Collection[str | Path | Document] | Collection[Triple]
)


def code(given: Given, vocabulary: Sequence[str], nodes: dict[str, Node], prefixes: dict[str, str]) -> Coded:
    """The triples of all graphs in what is given, as numbers.

    rdflib terms are put into ``nodes`` by their texts, and what is declared into ``prefixes``.

    Raises:
        UsageError: a file's name tells no format.
        SourceError: a file breaks the grammar of its format.
        MachineError: a file cannot be read.
    """
    if isinstance(given, Graph):
        prefixes.update({prefix: str(space) for prefix, space in given.namespaces()})
        quads = given.quads() if isinstance(given, Dataset) else given
        return encoded((cast("Triple", quad[:3]) for quad in quads), vocabulary, nodes)
    if isinstance(given, ox.Store):
        encoder = Encoder(vocabulary)
        for block in canonical_blocks(quad.triple for quad in given):
            encoder.add(block)
        return encoder.coded()
    members = [given] if isinstance(given, str | Path | Document) else list(given)
    documents = [
        Path(member) if isinstance(member, str) else member
        for member in members
        if isinstance(member, str | Path | Document)
    ]
    if documents:
        return load(documents, vocabulary, prefixes)
    return encoded(cast("list[Triple]", members), vocabulary, nodes)
