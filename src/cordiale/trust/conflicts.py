"""Which sources cannot all be right, what each side says, and what it takes to be rid of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, XSD, Literal, URIRef

from cordiale.closure.values.literals import canonical
from cordiale.model.acknowledgements import Acknowledgement
from cordiale.model.places import Place
from cordiale.model.sources import source_of
from cordiale.model.supports import ONE, Support
from cordiale.model.terms import Node, Triple, term_key
from cordiale.trust.hitting import smallest_withdrawals
from cordiale.trust.resting import Resting

if TYPE_CHECKING:  # it takes a second library to read one, and only its values are used here
    from cordiale.closure.sourced.supported import SupportedClosure, SupportedConflict

__all__ = ["Conflict", "Said", "conflicts_of"]

_VOCABULARIES = (str(RDF), str(RDFS), str(OWL))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One of the statements that cannot all be right.

    ``sources`` state it, at ``places``; none when it is inferred. ``supports`` are the minimal sets of
    sources that suffice for it.
    """

    triple: Triple
    sources: tuple[str, ...]
    places: tuple[Place, ...]
    supports: tuple[tuple[str, ...], ...]

    @property
    def by_place(self) -> tuple[tuple[Place, str], ...]:
        """Each place with the source that it is in."""
        return tuple((place, source_of(place)) for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What cannot all be right of one matter, by one rule.

    ``messages`` say it, each IRI in angle brackets. ``about`` is the matter, and ``values`` are what the rule
    compares. ``sets`` are the minimal sets of sources that cannot all be right; of the empty set, what is
    trusted contradicts itself. ``statements`` are the sides, without what is trusted. Each of ``withdrawals``
    is a smallest set of sources without which there is no conflict; when ``more_withdrawals``, there may be
    others. ``known`` is the project's word on it. ``is_logical``: by a rule of OWL 2 RL, so that the sets
    count for nothing.
    """

    rule: str
    messages: tuple[str, ...]
    about: tuple[Node, ...]
    values: tuple[Node, ...]
    statements: tuple[Said, ...]
    sets: tuple[tuple[str, ...], ...]
    truncated: bool
    withdrawals: tuple[tuple[str, ...], ...]
    more_withdrawals: bool
    is_logical: bool
    known: Acknowledgement | None = None


def _found_by_logic(closure: SupportedClosure) -> tuple[SupportedConflict, ...]:
    """The clashes by the rules of OWL 2 RL as conflicts: about all that their statements name."""
    from cordiale.closure.sourced.supported import SupportedConflict

    return tuple(
        SupportedConflict(
            clash=each.clash,
            support=each.support,
            about=_terms_of(each.clash.triples),
            values=(),
        )
        for each in closure.clashes
    )


def _terms_of(triples: Iterable[Triple]) -> tuple[Node, ...]:
    """The terms of triples, but those of RDF, RDFS and OWL, each once."""
    return tuple(dict.fromkeys(term for triple in triples for term in triple if _is_own(term)))


def conflicts_of(
    closure: SupportedClosure,
    stated: Mapping[str, Iterable[Triple]],
    resting: Resting,
    out: frozenset[str],
    places_of: Callable[[Triple], tuple[Place, ...]],
) -> tuple[Conflict, ...]:
    """The conflicts among sources, those of one rule and matter as one; without sources that are ``out``.

    ``stated`` has the triples of each source, by its name.
    """
    gone = {number for number, name in enumerate(closure.sources) if name in out}
    groups: dict[tuple[bool, str, tuple[Node, ...]], list[SupportedConflict]] = {}
    for is_logical, several in ((True, _found_by_logic(closure)), (False, closure.conflicts)):
        for each in several:
            if each.support.holds(gone):
                groups.setdefault((is_logical, each.clash.rule, each.about), []).append(each)
    wanted = {triple[:2] for group in groups.values() for each in group for triple in each.clash.triples}
    written = _written(wanted, stated, out)
    found = []
    for (is_logical, rule, about), group in groups.items():
        support = Support.sum(_left(each.support, gone) for each in group)
        sets = closure.names(support)
        withdrawals = smallest_withdrawals(sets, resting)
        triples = dict.fromkeys(triple for each in group for triple in each.clash.triples)
        found.append(
            Conflict(
                rule=rule,
                messages=tuple(dict.fromkeys(each.clash.message for each in group)),
                about=about,
                values=tuple(sorted({value for each in group for value in each.values}, key=term_key)),
                statements=tuple(_said(triples, closure, written, gone, places_of)),
                sets=sets,
                truncated=support.truncated,
                withdrawals=withdrawals.sets,
                more_withdrawals=withdrawals.more,
                is_logical=is_logical,
            )
        )
    return tuple(found)


def _is_own(term: Node) -> bool:
    return not (isinstance(term, URIRef) and str(term).startswith(_VOCABULARIES))


def _left(support: Support, gone: set[int]) -> Support:
    return Support(tuple(each for each in support if gone.isdisjoint(each)), support.truncated)


_Written = Mapping[tuple[Node, Node], Sequence[tuple[Triple, str]]]


def _written(
    wanted: set[tuple[Node, Node]], stated: Mapping[str, Iterable[Triple]], out: frozenset[str]
) -> _Written:
    """What sources state with these subjects and predicates, and which source does."""
    found: dict[tuple[Node, Node], list[tuple[Triple, str]]] = {}
    for name, triples in stated.items():
        if name not in out:
            for triple in triples:
                if triple[:2] in wanted:
                    found.setdefault(triple[:2], []).append((triple, name))
    return found


def _said(
    triples: Iterable[Triple],
    closure: SupportedClosure,
    written: _Written,
    gone: set[int],
    places_of: Callable[[Triple], tuple[Place, ...]],
) -> Iterable[Said]:
    """The statements of a conflict as they are written, those that need no source left out."""
    told: dict[Triple, Said] = {}
    for triple in triples:
        stating: dict[Triple, list[str]] = {}
        for form, name in written.get(triple[:2], ()):
            if form == triple or _is_same_value(form[2], triple[2]):
                stating.setdefault(form, []).append(name)
        for form, names in (stating or {triple: []}).items():
            support = closure.support_of(form)
            if support is not None and support != ONE and form not in told:
                told[form] = Said(
                    triple=form,
                    sources=tuple(sorted(names)),
                    places=tuple(each for each in places_of(form) if source_of(each) in names),
                    supports=closure.names(_left(support, gone)),
                )
    return sorted(told.values(), key=lambda said: tuple(term_key(term) for term in said.triple))


def _is_same_value(one: Node, other: Node) -> bool:
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return False
    first, second = (
        canonical(str(each), str(each.datatype or XSD.string), each.language or "") for each in (one, other)
    )
    return first is not None and first == second
