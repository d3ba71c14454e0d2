"""The conflicts of a project: which are known, and what is to be said of those that are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from cordiale.closure.rulebook.faults import NEVER, RuleFault
from cordiale.model.acknowledgements import Acknowledgement
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple
from cordiale.read.acknowledged import ACKNOWLEDGED, read_acknowledged
from cordiale.trust.conflicts import Conflict, conflicts_of

if TYPE_CHECKING:
    from cordiale.project.knowledge_graph import KnowledgeGraph

__all__ = ["conflict_problems", "find_conflicts", "said_in_short", "stub"]


def find_conflicts(kg: KnowledgeGraph) -> tuple[Conflict, ...]:
    """The conflicts among the sources that are in, each with what the project says of it; new ones first.

    Raises:
        UsageError, SourceError: as ``KnowledgeGraph.conflicts``.
    """
    return _found(kg, kg.places_of)


def _found(kg: KnowledgeGraph, places_of: Callable[[Triple], tuple[Place, ...]]) -> tuple[Conflict, ...]:
    known = read_acknowledged(kg.acknowledged)
    found = conflicts_of(kg.whole.supported, kg.stated, kg.resting, kg.out, places_of)
    prefixes, things = kg.all_prefixes, kg.settings.things

    def meant(names: tuple[str, ...]) -> frozenset[str]:
        return frozenset((*names, *(_expanded(name, prefixes, things) for name in names)))

    said = {
        (each.rule, meant(each.about), meant(each.values), len({*each.about})): each
        for each in known
        if not each.sources
    }
    within = [each for each in known if each.sources]
    told = (replace(each, known=_of(each, said) or _within(each, within)) for each in found)
    return tuple(sorted(told, key=lambda each: each.known is not None))


def conflict_problems(kg: KnowledgeGraph) -> tuple[Problem, ...]:
    """A problem for each conflict that is not known, and a warning for each rule or note that says nothing.

    Clashes by OWL 2 RL are told elsewhere, and cannot be acknowledged. In a view, notes and rules are not
    looked at: what they are about may be out.
    """
    known = read_acknowledged(kg.acknowledged)
    found = [each for each in _found(kg, lambda _: ()) if not each.is_logical]
    problems: list[Problem] = []
    if any(each.known is None for each in found):  # else no file need be read again for its places
        new = (each for each in find_conflicts(kg) if not each.is_logical and each.known is None)
        problems = [_problem(each, kg) for each in new]
    if kg.whole is kg:
        # What is known of a matter is not void because more is said of it.
        matters = {(each.rule, frozenset(map(str, each.about))) for each in found}
        used = {each.known for each in found}
        problems += [_unused(each) for each in known if each not in used and not _matters(each, matters, kg)]
        problems += [_fault(each) for each in kg.supported.faults]
    return tuple(problems)


def said_in_short(kg: KnowledgeGraph, message: str) -> str:
    """A sentence with each IRI as short as can be."""
    return re.sub(r"<([^<>\s]+)>", lambda iri: kg.names.shorten(URIRef(iri[1])), message)


def stub(kg: KnowledgeGraph, conflict: Conflict) -> str:
    """What to write into ``data/conflicts.toml`` to acknowledge a conflict, but for the reason."""
    about = ", ".join(_quoted(_text(term, kg)) for term in conflict.about)
    values = ", ".join(_quoted(_text(value, kg)) for value in conflict.values)
    return "\n".join(
        (
            "[[known]]",
            f"rule = {_quoted(conflict.rule)}",
            f"about = [{about}]",
            f"values = [{values}]",
            'reason = ""',
        )
    )


_Known = Mapping[tuple[str, frozenset[str], frozenset[str], int], Acknowledgement]


def _of(conflict: Conflict, known: _Known) -> Acknowledgement | None:
    """What is said of a conflict: by its rule, of the same matter, and of each of its values."""
    about, values = set(map(str, conflict.about)), set(map(str, conflict.values))
    for (rule, names, given, number), each in known.items():
        if conflict.is_logical or rule != conflict.rule:
            continue
        if about <= names and number == len(about) and values <= given:
            return each
    return None


def _within(conflict: Conflict, known: Iterable[Acknowledgement]) -> Acknowledgement | None:
    """What is said of all that a rule finds within some sources, if each side of this is said there."""
    if conflict.is_logical or not conflict.statements:  # what is trusted is no side
        return None
    for each in known:
        if each.rule == conflict.rule and all(
            any(all(map(each.holds, support)) for support in said.supports) for said in conflict.statements
        ):
            return each
    return None


def _matters(known: Acknowledgement, found: set[tuple[str, frozenset[str]]], kg: KnowledgeGraph) -> bool:
    names = {*known.about, *(_expanded(name, kg.all_prefixes, kg.settings.things) for name in known.about)}
    return any(rule == known.rule and about <= names for rule, about in found)


def _expanded(name: str, prefixes: Mapping[str, str], things: str) -> str:
    """The IRI that a name in an acknowledgement means, which need not be there; else the name."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon:
        return f"{prefixes[prefix]}{local}" if prefix in prefixes else name
    return f"{things}{name}"


def _text(value: Node, kg: KnowledgeGraph) -> str:
    return str(value) if isinstance(value, Literal) else kg.names.written(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _problem(conflict: Conflict, kg: KnowledgeGraph) -> Problem:
    places = tuple(dict.fromkeys(_places(conflict))) or tuple(
        # Of what follows, the place where its subject is described.
        dict.fromkeys(place for said in conflict.statements if (place := kg.blame(*said.triple)))
    )
    said = "; ".join(said_in_short(kg, message) for message in conflict.messages)
    values = ", ".join(_text(value, kg) for value in conflict.values)
    return Problem(
        code="C660",
        message=f"sources are at odds: {said}{f' ({values})' if values else ''} (rule {conflict.rule})",
        remedy="correct what is wrong, or acknowledge it with a reason in "
        + f"{ACKNOWLEDGED}:\n  "
        + stub(kg, conflict).replace("\n", "\n  "),
        place=places[0] if places else None,
        related=places[1:],
        supports=tuple(map(frozenset, conflict.sets)),
    )


def _places(conflict: Conflict) -> Iterator[Place]:
    """One place of each statement, then the others."""
    for said in conflict.statements:
        yield from said.places[:1]
    for said in conflict.statements:
        yield from said.places[1:]


def _unused(known: Acknowledgement) -> Problem:
    where = (
        f"within {', '.join(known.sources)}"
        if known.sources
        else f"of {', '.join((*known.about, *known.values))}"
    )
    return Problem(
        code="C661",
        message=f"no conflict is found that this acknowledges: {known.rule} {where}",
        remedy="take it out, or write rule, names and values as `cordiale conflicts` tells them",
        severity=Severity.WARNING,
        place=known.place,
    )


def _fault(fault: RuleFault) -> Problem:
    never = fault.kind == NEVER
    how = "never fires" if never else "fires on everything"
    return Problem(
        code="C662" if never else "C663",
        message=f'the conflict rule "{fault.rule}" {how}: {fault.detail}',
        remedy="put its terms right, or take it out" if never else "let it compare, or look at less",
        severity=Severity.WARNING,
        place=fault.place,
    )
