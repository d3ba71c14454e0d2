"""Entity JSON as Wikidata has it, made for a test."""

from typing import Any

__all__ = ["item", "reference", "snak", "statement"]


def snak(property_: str, value: object, kind: str = "value") -> dict[str, Any]:
    """A snak; an id becomes an item, a pair of time and precision a time, any other text a string."""
    data: dict[str, Any] = {"snaktype": kind, "property": property_}
    if kind != "value":
        return data
    if isinstance(value, tuple):
        time, precision = value
        inner = {
            "time": time,
            "timezone": 0,
            "before": 0,
            "after": 0,
            "precision": precision,
            "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
        }
        return data | {"datavalue": {"type": "time", "value": inner}, "datatype": "time"}
    text = str(value)
    if text[:1] == "Q" and text[1:].isdigit():
        entity = {"entity-type": "item", "id": text, "numeric-id": int(text[1:])}
        return data | {
            "datavalue": {"type": "wikibase-entityid", "value": entity},
            "datatype": "wikibase-item",
        }
    kind = "url" if property_ == "P854" else "string"
    return data | {"datavalue": {"type": "string", "value": text}, "datatype": kind}


def reference(*snaks: dict[str, Any], name: str = "") -> dict[str, Any]:
    """A reference with these snaks."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in snaks:
        groups.setdefault(each["property"], []).append(each)
    return {"hash": name, "snaks": groups, "snaks-order": list(groups)}


def statement(
    id_: str,
    main: dict[str, Any],
    *qualifiers: dict[str, Any],
    rank: str = "normal",
    references: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """A statement; ``id_`` is all of its id."""
    data: dict[str, Any] = {"id": id_, "type": "statement", "rank": rank, "mainsnak": main}
    if qualifiers:
        found = reference(*qualifiers)
        data |= {"qualifiers": found["snaks"], "qualifiers-order": found["snaks-order"]}
    return data | ({"references": list(references)} if references else {})


def item(id_: str, *statements: dict[str, Any], **labels: str) -> dict[str, Any]:
    """An item with labels by language."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for each in statements:
        claims.setdefault(each["mainsnak"]["property"], []).append(each)
    return {
        "type": "item",
        "id": id_,
        "labels": {tag: {"language": tag, "value": text} for tag, text in labels.items()},
        "descriptions": {},
        "aliases": {},
        "claims": claims,
        "sitelinks": {},
    }
