"""What each source carries: what it states, and what falls without it alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cordiale.model.sources import Source

if TYPE_CHECKING:  # it takes a second library to read one, and only its values are used here
    from cordiale.closure.sourced.supported import SupportedClosure

__all__ = ["Share", "shares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A source, how many triples it states, and how many only it carries: stated by no other, or inferred.

    ``answers`` are the ids of the stored questions whose answer is another without it.
    """

    source: Source
    states: int
    states_alone: int
    infers_alone: int
    answers: tuple[str, ...]


def shares(
    closure: SupportedClosure,
    sources: Iterable[Source],
    stated: Mapping[str, int],
    answers: Mapping[str, tuple[str, ...]],
) -> tuple[Share, ...]:
    """A share for each source, in their order; ``stated`` and ``answers`` are by name.

    What a source alone carries has it in every set of its support; what rests on a source that rests on it
    is not counted, nor is what only sources at odds carry.
    """
    alone: dict[tuple[int, bool], int] = {}
    common = [
        frozenset.intersection(*map(frozenset, support))
        if support.sets and not support.truncated
        else frozenset()
        for support in closure.consistent.supports
    ]
    columns = (closure.triples.column(name).to_pylist() for name in ("support", "asserted"))
    for place, asserted in zip(*columns, strict=True):
        for number in common[place]:
            alone[number, asserted] = alone.get((number, asserted), 0) + 1
    numbers = {name: number for number, name in enumerate(closure.sources)}
    return tuple(
        Share(
            source=source,
            states=stated.get(source.name, 0),
            states_alone=alone.get((numbers.get(source.name, -1), True), 0),
            infers_alone=alone.get((numbers.get(source.name, -1), False), 0),
            answers=answers.get(source.name, ()),
        )
        for source in sources
    )
