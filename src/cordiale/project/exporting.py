"""The exports that need to know the project: its context, its frames, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, URIRef

from cordiale.model.errors import NotFoundError
from cordiale.model.problems import Problem
from cordiale.publish.blank_nodes import stably_labelled
from cordiale.publish.context import Context, context_of
from cordiale.publish.framing import (
    read_frame,
    subclasses_of,
    write_compacted,
    write_context,
    write_framed,
)
from cordiale.publish.quads import checked, quads_of
from cordiale.publish.tables import Facts, write_entities, write_roles
from cordiale.read.near import near_remedy
from cordiale.read.text import machine_error

if TYPE_CHECKING:
    from cordiale.model.terms import Triple
    from cordiale.project.queried_graph import QueriedGraph
    from cordiale.project.reasoned_graph import Choice, ReasonedGraph

__all__ = [
    "FRAMES",
    "TABLES",
    "compacted",
    "context",
    "context_bytes",
    "entities_csv",
    "framed",
    "frames",
    "roles_csv",
]

TABLES = ("csv-entities", "csv-roles")  # formats that are no graphs, and tell of what is inferred too
FRAMES = "ontology/frames"  # a folder with a file <name>.jsonld for each


def context_bytes(kg: ReasonedGraph) -> bytes:
    """The project's JSON-LD context, as a document of its own."""
    return write_context(context(kg)).encode()


def context(kg: ReasonedGraph) -> Context:
    """The project's JSON-LD context, the same in every view."""
    return context_of(_everything(kg), kg.settings.terms, kg.all_prefixes)


def compacted(kg: ReasonedGraph, triples: Choice) -> bytes:
    """The graph as JSON-LD compacted with the project's context, a named graph a source."""
    quads = stably_labelled(checked(quads_of(kg.dataset(triples))))
    return write_compacted(quads, context(kg)).encode()


def frames(kg: ReasonedGraph) -> tuple[str, ...]:
    """The names of the project's frames, in order."""
    return tuple(sorted(path.stem for path in (kg.root / FRAMES).glob("*.jsonld")))


def framed(kg: ReasonedGraph, name: str, triples: Choice) -> bytes:
    """The things of one kind as trees of JSON-LD, by a frame of the project.

    Raises:
        NotFoundError: C581, no such frame, with near names.
        UsageError: C582, the frame cannot be used.
    """
    names = frames(kg)
    if name not in names:
        known = f"the frames are {', '.join(names)}" if names else f"write {FRAMES}/{name}.jsonld"
        remedy = near_remedy(name, names, otherwise=known)
        raise NotFoundError(Problem(code="C581", message=f'no frame "{name}"', remedy=remedy))
    path = f"{FRAMES}/{name}.jsonld"
    try:
        content = (kg.root / path).read_bytes()
    except OSError as error:
        raise machine_error(path, error) from error
    frame = read_frame(content, path)
    quads = stably_labelled(checked((s, p, o, None) for s, p, o, _ in quads_of(kg.dataset(triples))))
    known_terms = context(kg)
    return write_framed(quads, frame, known_terms, subclasses_of(_everything(kg), known_terms)).encode()


def entities_csv(kg: QueriedGraph) -> bytes:
    """A line for each thing, with its types, names and sources."""
    facts = _facts(kg)
    types = {term for told in facts.values.values() for term in told.get(RDF.type, ())}
    ours = [term for term in types if isinstance(term, URIRef) and term.startswith(kg.settings.terms)]
    named = {term: kg.names.shorten(term) for term in ours}
    return write_entities(facts, kg.settings.things, named, kg.settings.languages).encode()


def roles_csv(kg: QueriedGraph) -> bytes:
    """A line for each role and its holder, with dates and the sources of each."""
    return write_roles(_facts(kg), kg.settings.languages).encode()


def _facts(kg: ReasonedGraph) -> Facts:
    """What holds, inferred or not: a headship is a role; and which documents state it."""
    every = (triple for told in (*kg.believed.values(), kg.closure.inferred) for triple in told)
    stated = {name: told for name, told in kg.believed.items() if name not in kg.trusted}
    # Not a set: rdflib takes "a"@en and "a"@EN for equal, and would keep whichever came first.
    return Facts(((s, p, o) for s, p, o, _ in checked((*triple, None) for triple in every)), stated)


def _everything(kg: ReasonedGraph) -> tuple[Triple, ...]:
    return tuple(triple for triples in kg.whole.stated.values() for triple in triples)
