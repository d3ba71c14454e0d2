"""What may be said to be the same thing: merges that cannot be right are refused, with the reason.

A register may itself be at odds: several items of Wikidata for one organisation, one item for several
organisations, two records of one school. What it says is then no ground to make two things one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cordiale.link.identifiers import identifier
from cordiale.link.records import Record
from cordiale.model.problems import Problem

__all__ = ["Link", "Trap", "refusals", "traps"]

# Of each pair nothing can be both.
_APART = (("person", "organisation"), ("person", "place"), ("person", "event"), ("organisation", "event"),
          ("person", "work"), ("organisation", "work"), ("person", "taxon"), ("organisation", "taxon"))  # fmt: skip
_ORGANISATIONS = frozenset(
    ["education", "company", "facility", "government", "healthcare", "nonprofit", "archive", "funder"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a thing of the graph is a record of a register."""

    thing: str  # IRI
    record: str  # IRI


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """A place where a register's own word on identity is not to be followed."""

    kind: str  # "several-items", "shared-item", "shared-name"
    key: str  # the record, the item or the name
    among: tuple[str, ...]  # the items or records concerned, sorted


def refusals(
    link: Link,
    accepted: Iterable[Link],
    *,
    kinds: Sequence[str],
    record: Record | None,
    sharing: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Why a link may not be accepted beside those that are; empty where it may.

    ``kinds`` are those of the thing (person, organisation, ...), ``record`` is what it would be the same as, and
    ``sharing`` are other active records that bear the same identifier as this one.

    C750: the record is another thing's already. C751: the thing has another record of that register. C752: the
    two are of kinds that exclude each other. C753: the record is withdrawn. C754: record and thing differ in
    what each is called by a third register. C755: other records bear this one's identifier.
    """
    return tuple(_refusals(link, tuple(accepted), tuple(kinds), record, tuple(sharing)))


def _refusals(
    link: Link,
    accepted: tuple[Link, ...],
    kinds: tuple[str, ...],
    record: Record | None,
    sharing: tuple[str, ...],
) -> Iterator[Problem]:
    register = _register(link.record)
    for other in accepted:
        if other.record == link.record and other.thing != link.thing:
            yield _refused("C750", f"{link.record} is {other.thing} already, so it cannot be {link.thing}",
                           "two things would become one: withdraw the other link first, or reject this one")  # fmt: skip
        if other.thing == link.thing and other.record != link.record and _register(other.record) == register:
            yield _refused("C751", f"{link.thing} is {other.record} already, so it cannot be {link.record}",
                           f"a thing has one record of {register}: withdraw the other link first, or reject this one")  # fmt: skip
    if record is None:
        return
    for one, another in _APART:
        for mine, its in ((one, another), (another, one)):
            if mine in kinds and its in _wide(record.types) and its not in kinds:
                yield _refused("C752", f"{link.thing} is of the kind {mine}, {link.record} of the kind {its}",
                               "nothing is both: reject the link")  # fmt: skip
    if record.status == "withdrawn":
        after = ", ".join(record.successors)
        yield _refused("C753", f"{link.record} is withdrawn",
                       f"link to what took its place: {after}" if after else "reject the link")  # fmt: skip
    yield from _crossed(link, accepted, record)
    if sharing:
        yield _refused("C755", f"{link.record} is named by several active records: {', '.join(sorted(sharing))}",
                       "find out which is meant; accept with --force what you have checked")  # fmt: skip


def _crossed(link: Link, accepted: tuple[Link, ...], record: Record) -> Iterator[Problem]:
    """Where the record names an item of another register, and the thing is linked to a different one there."""
    for other in accepted:
        if other.thing != link.thing or (known := identifier(other.record)) is None:
            continue
        named = [each for value in record.values(known.scheme) if (each := identifier(value))]
        if named and known not in named:
            items = ", ".join(each.value for each in named)
            yield _refused("C754", f"{link.record} is {known.scheme} {items}, but {link.thing} is {known.value}",
                           "one of the two links is wrong: compare them, and reject one")  # fmt: skip


def traps(records: Iterable[Record]) -> tuple[Trap, ...]:
    """Where the active records of a register disagree on identity, by kind and key.

    Records with several items of Wikidata, items that several records bear, names (of all kinds, without
    regard to case) that several records bear.
    """
    several: dict[str, tuple[str, ...]] = {}
    items: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.status != "active":
            continue
        own = sorted(set(record.values("wikidata")))
        if len(own) > 1:
            several[record.id] = tuple(own)
        for item in own:
            items[item].add(record.id)
        for name in record.names:
            names[name.text.casefold()].add(record.id)
    return (
        *(Trap(kind="several-items", key=key, among=several[key]) for key in sorted(several)),
        *_shared("shared-item", items),
        *_shared("shared-name", names),
    )


def _shared(kind: str, bearers: Mapping[str, set[str]]) -> Iterator[Trap]:
    for key in sorted(bearers):
        if len(bearers[key]) > 1:
            yield Trap(kind=kind, key=key, among=tuple(sorted(bearers[key])))


def _register(iri: str) -> str:
    known = identifier(iri)
    return known.scheme if known else iri.rsplit("/", 1)[0]


def _wide(types: Sequence[str]) -> frozenset[str]:
    return frozenset(types) | (frozenset(("organisation",)) if _ORGANISATIONS & set(types) else frozenset())


def _refused(code: str, message: str, remedy: str) -> Problem:
    return Problem(code=code, message=message, remedy=remedy)
