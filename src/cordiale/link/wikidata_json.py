"""Entity JSON of Wikidata as values (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html).

Three older shapes are mended: empty maps that are written ``[]``, entity values with a number and no id, and
qualifiers or references whose order is not told. Nothing of them is lost.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cordiale.link.turtle_blocks import iri
from cordiale.link.wikidata_model import (
    Entity,
    EntityValue,
    GlobeValue,
    Monolingual,
    Number,
    Page,
    Quantity,
    Reference,
    Sitelink,
    Snak,
    Statement,
    Text,
    Time,
    Value,
)
from cordiale.link.wikidata_names import is_id

__all__ = ["entities_of", "read_entity"]

_LETTERS = {"item": "Q", "property": "P", "lexeme": "L"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_KEPT = ("item", "property")
# What is written into IRIs and numbers as it is may be nothing else.
_PROPERTY = re.compile(r"P[1-9][0-9]*")
_STATEMENT = re.compile(r"[A-Za-z][0-9]+\$[A-Za-z0-9-]+")
_HASH = re.compile(r"[0-9a-f]*")
_AMOUNT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_SITE = re.compile(r"[a-z][a-z0-9_-]*")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?|")
_RANKS = ("preferred", "normal", "deprecated")


def entities_of(value: object) -> Iterator[tuple[str, object]]:
    """Id and JSON of each entity in a JSON value: an entity, or the answer of the API to a request for some.

    The id is the one that was asked for, where that is told, else empty.
    """
    if isinstance(value, dict) and isinstance(value.get("entities"), dict):
        yield from value["entities"].items()
    else:
        yield "", value


def read_entity(data: object, *, asked: str = "") -> Entity:
    """The entity that a JSON value holds; ``asked`` is the id that it was asked for.

    Raises:
        LookupError: it says itself that there is no such entity.
        NotImplementedError: it is of a kind that is not taken: a lexeme, a file of Commons.
        ValueError: it is no entity, and the text says why.
    """
    if not isinstance(data, dict):
        raise ValueError("it is no JSON object")
    id_ = data.get("id") or data.get("title") or asked or _id_of_statements(data)
    if not isinstance(id_, str) or not id_:
        raise ValueError("it has no id")
    if "missing" in data:
        raise LookupError(f"{id_} is missing in Wikidata")
    kind = data.get("type") or _KINDS.get(id_[:1], "")
    if kind not in _KEPT or "-" in id_:
        raise NotImplementedError(f"{id_} is neither an item nor a property")
    if not is_id(id_):
        raise ValueError(f'"{id_}" is no id of Wikidata')
    claims = data.get("claims", data.get("statements")) or {}
    if "claims" not in data and "labels" not in data and "statements" not in data:
        raise ValueError(f"{id_} has neither labels nor claims")
    try:
        sitelinks = _sitelinks(data.get("sitelinks"))
        statements = tuple(_statement(each) for group in _map(claims).values() for each in group)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"{id_} is incomplete: {error}") from error
    modified = _checked(data.get("modified", ""), _MOMENT)
    if modified:
        datetime.fromisoformat(modified)  # a moment that there is
    redirects = data.get("redirects")
    was = redirects.get("from", "") if isinstance(redirects, dict) else asked if asked != id_ else ""
    return Entity(
        id=id_,
        kind=kind,
        labels=_texts(data.get("labels")),
        descriptions=_texts(data.get("descriptions")),
        aliases=_aliases(data.get("aliases")),
        statements=statements,
        sitelinks=sitelinks,
        page=Page(
            id=data.get("pageid"),
            namespace=data.get("ns"),
            title=data.get("title", ""),
            revision=data.get("lastrevid"),
            modified=modified,
        ),
        datatype=data.get("datatype", ""),
        redirected_from=was,
    )


def _id_of_statements(data: Mapping[str, Any]) -> str:
    """The id in those of its statements: a stub may tell it nowhere else."""
    for group in _map(data.get("claims")).values():
        for each in group:
            return str(each.get("id", "")).partition("$")[0].upper()
    return ""


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> tuple[Text, ...]:
    return tuple(
        (language, each["value"] if isinstance(each, dict) else each)
        for language, each in _map(value).items()
    )


def _aliases(value: Any) -> tuple[Text, ...]:
    return tuple(
        (language, each["value"] if isinstance(each, dict) else each)
        for language, group in _map(value).items()
        for each in (group.values() if isinstance(group, dict) else group)
    )


def _sitelinks(value: Any) -> tuple[Sitelink, ...]:
    return tuple(
        Sitelink(
            site=_checked(site, _SITE),
            title=each["title"] if isinstance(each, dict) else each,
            badges=tuple(each.get("badges", ())) if isinstance(each, dict) else (),
        )
        for site, each in _map(value).items()
    )


def _checked(text: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError(f"{text!r} is not what it should be")
    return text


def _checked_iri(text: Any) -> str:
    if not isinstance(text, str) or iri(text) is None:
        raise ValueError(f"{text!r} is no IRI")
    return text


def _statement(data: Mapping[str, Any]) -> Statement:
    rank = data.get("rank", "normal")
    if rank not in _RANKS:
        raise ValueError(f"{rank!r} is no rank")
    return Statement(
        id=_checked(data["id"], _STATEMENT),
        main=_snak(data["mainsnak"]),
        rank=rank,
        qualifiers=_snaks(data.get("qualifiers"), data.get("qualifiers-order")),
        references=tuple(
            Reference(
                snaks=_snaks(each["snaks"], each.get("snaks-order")),
                hash=_checked(each.get("hash", ""), _HASH),
            )
            for each in data.get("references") or ()
        ),
    )


def _snaks(groups: Any, order: Any) -> tuple[Snak, ...]:
    if not groups:
        return ()
    return tuple(_snak(each) for name in order or groups for each in groups[name])


def _snak(data: Mapping[str, Any]) -> Snak:
    kind = data["snaktype"]
    if kind not in ("value", "somevalue", "novalue"):
        raise ValueError(f"{kind!r} is no type of a snak")
    return Snak(
        property=_checked(data["property"], _PROPERTY),
        value=_value(data["datavalue"]) if kind == "value" else None,
        kind=kind,
        datatype=data.get("datatype", ""),
        hash=_checked(data.get("hash", ""), _HASH),
    )


def _value(data: Mapping[str, Any]) -> Value:
    kind, value = data["type"], data["value"]
    if kind == "string":
        if not isinstance(value, str):
            raise TypeError("a string is none")
        return value
    if kind == "wikibase-entityid":
        id_ = value.get("id") or f"{_LETTERS[value['entity-type']]}{value['numeric-id']}"
        if not is_id(id_):
            raise ValueError(f"{id_!r} is no id of Wikidata")
        return EntityValue(id=id_)
    if kind == "monolingualtext":
        return Monolingual(text=value["text"], language=_checked(value["language"], _TAG))
    if kind == "time":
        return Time(
            time=value["time"],
            precision=int(value["precision"]),
            timezone=int(value.get("timezone", 0)),
            before=int(value.get("before", 0)),
            after=int(value.get("after", 0)),
            calendar=_checked_iri(value["calendarmodel"]),
        )
    if kind == "quantity":
        return Quantity(
            amount=_checked(value["amount"], _AMOUNT),
            unit=value["unit"] if value["unit"] == "1" else _checked_iri(value["unit"]),
            lower=_checked(value["lowerBound"], _AMOUNT) if "lowerBound" in value else "",
            upper=_checked(value["upperBound"], _AMOUNT) if "upperBound" in value else "",
        )
    if kind == "globecoordinate":
        return GlobeValue(
            latitude=_number(value["latitude"]),
            longitude=_number(value["longitude"]),
            precision=_number_or_none(value.get("precision")),
            altitude=_number_or_none(value.get("altitude")),
            globe=_checked_iri(value.get("globe", "http://www.wikidata.org/entity/Q2")),
        )
    raise KeyError(f"the type of value {kind!r}")


def _number(value: Any) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return value


def _number_or_none(value: Any) -> Number | None:
    return None if value is None else _number(value)
