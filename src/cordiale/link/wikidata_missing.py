"""What Wikidata lacks: our statements held against an item as it is there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from cordiale.link.wikidata_model import Entity, Quantity, Reference, Snak, Statement, Time

__all__ = ["lacking"]

_ADDRESS = "P854"


def lacking(statements: Iterable[Statement], entity: Entity) -> Iterator[Statement]:
    """Of each statement what the entity lacks: all of it, or qualifiers and references of what it has.

    A reference is there when its address is, or when all its snaks are. A statement that Wikidata calls
    deprecated is there too: it was weighed and found wrong.
    """
    there: dict[tuple[object, ...], list[Statement]] = {}
    for each in entity.statements:
        there.setdefault(_key(each.main), []).append(each)
    for statement in statements:
        same = there.get(_key(statement.main), ())
        if not same:
            yield statement
            continue
        qualifiers = {_key(snak) for each in same for snak in each.qualifiers}
        references = [reference for each in same for reference in each.references]
        missing = replace(
            statement,
            qualifiers=tuple(snak for snak in statement.qualifiers if _key(snak) not in qualifiers),
            references=tuple(each for each in statement.references if not _is_there(each, references)),
        )
        if missing.qualifiers or missing.references:
            yield missing


def _is_there(reference: Reference, others: Iterable[Reference]) -> bool:
    address = _address(reference)
    wanted = {_key(snak) for snak in reference.snaks}
    return any(
        (address and _address(other) == address) or wanted <= {_key(snak) for snak in other.snaks}
        for other in others
    )


def _address(reference: Reference) -> str:
    """The address without what does not tell pages apart."""
    for snak in reference.snaks:
        if snak.property == _ADDRESS and isinstance(snak.value, str):
            return snak.value.partition("://")[2].removeprefix("www.").rstrip("/")
    return ""


def _key(snak: Snak) -> tuple[object, ...]:
    """What makes two snaks say the same: a date as far as its precision goes, an amount by its value."""
    value = snak.value
    if isinstance(value, Time):
        parts = value.time.partition("T")[0]
        sign, digits = parts[:1], parts[1:].split("-")
        kept = {11: 3, 10: 2}.get(value.precision, 1)
        return snak.property, value.precision, value.calendar, sign, *digits[:kept]
    if isinstance(value, Quantity):
        try:
            return snak.property, Decimal(value.amount), value.unit
        except InvalidOperation:
            return snak.property, value.amount, value.unit
    return snak.property, snak.kind, value
