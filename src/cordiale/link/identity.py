"""What may be said to be the same thing: merges that cannot be right are refused, with the reason.

A register may itself be at odds: several items of Wikidata for one organisation, one item for several
organisations, two records of one school. What it says is then no ground to make two things one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cordiale.link.identifiers import identifier
from cordiale.link.records import Record
from cordiale.model.problems import Problem, Severity

__all__ = ["Link", "Trap", "at_odds", "exclusive", "objections", "traps"]

# Of each pair nothing can be both.
_APART = (
    ("person", "organisation"),
    ("person", "place"),
    ("person", "event"),
    ("person", "work"),
    ("person", "taxon"),
    ("organisation", "event"),
    ("organisation", "work"),
    ("organisation", "taxon"),
)
_ORGANISATIONS = frozenset(
    ("education", "company", "facility", "government", "healthcare", "nonprofit", "archive", "funder")
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


def objections(
    link: Link,
    accepted: Iterable[Link],
    *,
    kinds: Sequence[str],
    record: Record | None,
    sharing: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """What speaks against a link beside those that are accepted; a violation refuses it.

    ``kinds`` are those of the thing (person, organisation, ...), ``record`` is what it would be the same as,
    and ``sharing`` are other active records that bear an identifier of this one.

    C750: the record is another thing's already. C751: the thing has another record of that register. C752:
    the two are of kinds that exclude each other. C753: the record is withdrawn. C754: record and thing differ
    in what each is called by a third register. Warnings: C755, other records bear an identifier of this one;
    C756, the record has several items of Wikidata.
    """
    accepted = tuple(accepted)
    found = [*_merged(link, accepted)]
    if record is not None:
        found += [
            *_apart(link, kinds, record),
            *_crossed(link, accepted, record),
            *_at_odds(link, record, sharing),
        ]
    return tuple(found)


def _merged(link: Link, accepted: Sequence[Link]) -> Iterator[Problem]:
    register = _register(link.record)
    for other in accepted:
        if other.record == link.record and other.thing != link.thing:
            yield Problem(
                code="C750",
                message=f"{link.record} is {other.thing} already, so it cannot be {link.thing}",
                remedy="two things would become one: withdraw the other link first, or reject this one",
            )
        if other.thing == link.thing and other.record != link.record and _register(other.record) == register:
            yield Problem(
                code="C751",
                message=f"{link.thing} is {other.record} already, so it cannot be {link.record}",
                remedy="a thing has one record there: withdraw the other link first, or reject this one",
            )


def _apart(link: Link, kinds: Sequence[str], record: Record) -> Iterator[Problem]:
    if apart := exclusive(kinds, record.types):
        yield Problem(
            code="C752",
            message=f"{link.thing} is of the kind {apart[0]}, {link.record} of the kind {apart[1]}",
            remedy="nothing is both: reject the link",
        )
    if record.status == "withdrawn":
        after = ", ".join(record.successors)
        yield Problem(
            code="C753",
            message=f"{link.record} is withdrawn",
            remedy=f"link to what took its place: {after}" if after else "reject the link",
        )


def _crossed(link: Link, accepted: Iterable[Link], record: Record) -> Iterator[Problem]:
    """Where the record names one item of another register, and the thing is linked to a different one."""
    for other in accepted:
        if other.thing != link.thing or (known := identifier(other.record)) is None:
            continue
        named = [each for value in record.values(known.scheme) if (each := identifier(value))]
        if named and known not in named:
            items = ", ".join(each.value for each in named)
            yield Problem(
                code="C754",
                message=f"{link.record} is {known.scheme} {items}, but {link.thing} is {known.value}",
                remedy="one of the two links is wrong: compare them, and reject one",
            )


def _at_odds(link: Link, record: Record, sharing: Sequence[str]) -> Iterator[Problem]:
    if sharing:
        yield Problem(
            code="C755",
            message=f"an identifier of {link.record} is also one of {', '.join(sorted(sharing))}",
            remedy="see that this record is the one that is meant, and link to Wikidata by hand",
            severity=Severity.WARNING,
        )
    items = sorted(set(record.values("wikidata")))
    if len(items) > 1:
        yield Problem(
            code="C756",
            message=f"{link.record} has several items of Wikidata: {', '.join(items)}",
            remedy="link to one of them by hand; the others are parts or duplicates",
            severity=Severity.WARNING,
        )


def exclusive(kinds: Sequence[str], others: Sequence[str]) -> tuple[str, str] | None:
    """A kind of one thing and one of another that no thing is both of; nothing where the two may be one.

    >>> exclusive(["person"], ["education"]), exclusive(["organisation"], ["education"])
    (('person', 'organisation'), None)
    """
    mine, its = _wide(kinds), _wide(others)
    for one, other in _APART:
        for left, right in ((one, other), (other, one)):
            if left in mine and right in its and right not in mine and left not in its:
                return left, right
    return None


def at_odds(kinds: Sequence[str]) -> tuple[str, str] | None:
    """Two kinds among those of one thing that no thing is both of.

    >>> at_odds(["education", "person"]), at_odds(["education", "organisation"])
    (('person', 'organisation'), None)
    """
    wide = _wide(kinds)
    return next(((one, other) for one, other in _APART if one in wide and other in wide), None)


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
