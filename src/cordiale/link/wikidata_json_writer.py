"""Values as entity JSON of Wikidata, as Wikidata writes it today."""

from collections.abc import Iterable
from typing import Any

from cordiale.link.wikidata_model import (
    Entity,
    EntityValue,
    Monolingual,
    Quantity,
    Snak,
    Statement,
    Time,
    Value,
)

__all__ = ["write_entity"]


def write_entity(entity: Entity) -> dict[str, Any]:
    """The entity as Wikidata writes it in JSON, keys that were not told left out."""
    page = entity.page
    data: dict[str, Any] = {}
    if page.id is not None:
        data |= {"pageid": page.id, "ns": page.namespace, "title": page.title}
    if page.revision is not None:
        data |= {"lastrevid": page.revision, "modified": page.modified}
    data |= {"type": entity.kind}
    if entity.datatype:
        data["datatype"] = entity.datatype
    data["id"] = entity.id
    for key, texts in (("labels", entity.labels), ("descriptions", entity.descriptions)):
        data[key] = {language: {"language": language, "value": text} for language, text in texts}
    aliases: dict[str, list[dict[str, str]]] = {}
    for language, text in entity.aliases:
        aliases.setdefault(language, []).append({"language": language, "value": text})
    claims: dict[str, list[dict[str, Any]]] = {}
    for statement in entity.statements:
        claims.setdefault(statement.main.property, []).append(_write_statement(statement))
    data |= {"aliases": aliases, "claims": claims}
    if entity.kind == "item":
        data["sitelinks"] = {
            link.site: {"site": link.site, "title": link.title, "badges": list(link.badges)}
            for link in entity.sitelinks
        }
    return data


def _write_statement(statement: Statement) -> dict[str, Any]:
    data: dict[str, Any] = {
        "mainsnak": _write_snak(statement.main),
        "type": "statement",
        "id": statement.id,
        "rank": statement.rank,
    }
    if statement.qualifiers:
        data["qualifiers"], data["qualifiers-order"] = _write_snaks(statement.qualifiers)
    if statement.references:
        data["references"] = []
        for reference in statement.references:
            snaks, order = _write_snaks(reference.snaks)
            data["references"].append({"hash": reference.hash, "snaks": snaks, "snaks-order": order})
    return data


def _write_snaks(snaks: Iterable[Snak]) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for snak in snaks:
        groups.setdefault(snak.property, []).append(_write_snak(snak))
    return groups, list(groups)


def _write_snak(snak: Snak) -> dict[str, Any]:
    data: dict[str, Any] = {"snaktype": snak.kind, "property": snak.property}
    if snak.hash:
        data["hash"] = snak.hash
    if snak.value is not None:
        data["datavalue"] = _write_value(snak.value)
    if snak.datatype:
        data["datatype"] = snak.datatype
    return data


_ENTITY_KINDS = {"Q": "item", "P": "property", "L": "lexeme", "M": "mediainfo", "E": "entity-schema"}


def _write_value(value: Value) -> dict[str, Any]:
    if isinstance(value, str):
        return {"value": value, "type": "string"}
    if isinstance(value, EntityValue):
        kind = _ENTITY_KINDS[value.id[0]]
        if "-" in value.id:
            kind = "form" if "-F" in value.id else "sense"
        inner: dict[str, Any] = {"entity-type": kind, "id": value.id}
        if kind in ("item", "property", "lexeme"):
            inner["numeric-id"] = int(value.id[1:])
        return {"value": inner, "type": "wikibase-entityid"}
    if isinstance(value, Monolingual):
        return {"value": {"text": value.text, "language": value.language}, "type": "monolingualtext"}
    if isinstance(value, Time):
        inner = {
            "time": value.time,
            "timezone": value.timezone,
            "before": value.before,
            "after": value.after,
            "precision": value.precision,
            "calendarmodel": value.calendar,
        }
        return {"value": inner, "type": "time"}
    if isinstance(value, Quantity):
        inner = {"amount": value.amount, "unit": value.unit}
        if value.upper or value.lower:
            inner |= {"upperBound": value.upper, "lowerBound": value.lower}
        return {"value": inner, "type": "quantity"}
    inner = {
        "latitude": value.latitude,
        "longitude": value.longitude,
        "altitude": value.altitude,
        "precision": value.precision,
        "globe": value.globe,
    }
    return {"value": inner, "type": "globecoordinate"}
