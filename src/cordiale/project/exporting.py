"""The exports that need to know the project: its context, its frames, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cordiale.model.errors import NotFoundError
from cordiale.model.problems import Problem
from cordiale.publish.blank_nodes import relabelled
from cordiale.publish.context import Context, context_of
from cordiale.publish.framing import (
    read_frame,
    subclasses_of,
    write_compacted,
    write_context,
    write_framed,
)
from cordiale.publish.quads import checked, quads_of
from cordiale.read.near import near_remedy
from cordiale.read.text import machine_error

if TYPE_CHECKING:
    from cordiale.model.terms import Triple
    from cordiale.project.reasoned_graph import Choice, ReasonedGraph

__all__ = ["FRAMES", "compacted", "context", "context_bytes", "framed", "frames"]

FRAMES = "ontology/frames"  # a folder with a file <name>.jsonld for each


def context_bytes(kg: ReasonedGraph) -> bytes:
    """The project's JSON-LD context, as a document of its own."""
    return write_context(context(kg)).encode()


def context(kg: ReasonedGraph) -> Context:
    """The project's JSON-LD context, the same in every view."""
    return context_of(_everything(kg), kg.settings.terms, kg.all_prefixes)


def compacted(kg: ReasonedGraph, triples: Choice) -> bytes:
    """The graph as JSON-LD compacted with the project's context, a named graph a source."""
    quads = relabelled(checked(quads_of(kg.dataset(triples))))
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
    quads = relabelled(checked((s, p, o, None) for s, p, o, _ in quads_of(kg.dataset(triples))))
    known_terms = context(kg)
    return write_framed(quads, frame, known_terms, subclasses_of(_everything(kg), known_terms)).encode()


def _everything(kg: ReasonedGraph) -> tuple[Triple, ...]:
    return tuple(triple for triples in kg.whole.stated.values() for triple in triples)
