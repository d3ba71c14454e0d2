"""Values of Wikidata from RDF: from one term, or from the node that says all of a value."""

from collections.abc import Mapping
from urllib.parse import unquote

from rdflib import Literal, URIRef

from cordiale.link.wikidata_model import (
    EntityValue,
    GlobeValue,
    Monolingual,
    Number,
    Quantity,
    Time,
    Value,
)
from cordiale.link.wikidata_names import NAMESPACES, is_id
from cordiale.model.terms import Node

__all__ = ["first", "full_value", "simple_value"]

_MEDIA = ("http://commons.wikimedia.org/wiki/Special:FilePath/", "http://commons.wikimedia.org/data/main/")
_DATES = "http://www.w3.org/2001/XMLSchema#dateTime"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def first(about: Mapping[str, list[Node]], key: str) -> str:
    """The first of the values under a key, as text, or nothing."""
    values = about.get(key)
    return str(values[0]) if values else ""


def full_value(about: Mapping[str, list[Node]]) -> Value | None:
    """What a value node says, given what is said of it; nothing when it is none."""
    if "wikibase:timeValue" in about:
        return Time(
            time=first(about, "imp:time") or _raw_time(first(about, "wikibase:timeValue")),
            precision=int(first(about, "wikibase:timePrecision") or 11),
            timezone=int(first(about, "wikibase:timeTimezone") or 0),
            before=int(first(about, "imp:before") or 0),
            after=int(first(about, "imp:after") or 0),
            calendar=first(about, "wikibase:timeCalendarModel"),
        )
    if "wikibase:quantityAmount" in about:
        unit = first(about, "wikibase:quantityUnit")
        return Quantity(
            amount=first(about, "wikibase:quantityAmount"),
            unit="1" if unit == f"{NAMESPACES['wd']}Q199" else unit,
            lower=first(about, "wikibase:quantityLowerBound"),
            upper=first(about, "wikibase:quantityUpperBound"),
        )
    if "wikibase:geoLatitude" in about:
        precision, altitude = (about.get(key) for key in ("wikibase:geoPrecision", "imp:altitude"))
        return GlobeValue(
            latitude=_number(about["wikibase:geoLatitude"][0]),
            longitude=_number(about["wikibase:geoLongitude"][0]),
            precision=_number(precision[0]) if precision else None,
            altitude=_number(altitude[0]) if altitude else None,
            globe=first(about, "wikibase:geoGlobe"),
        )
    return None


def simple_value(node: Node) -> Value:
    """What a term says that has no value node beside it."""
    if isinstance(node, Literal):
        if node.language:
            return Monolingual(text=str(node), language=node.language)
        if str(node.datatype) == _DATES:
            return Time(time=_raw_time(str(node)), precision=11)
        return Quantity(amount=str(node)) if str(node.datatype) == _DECIMAL else str(node)
    text = str(node)
    for space in _MEDIA:
        if text.startswith(space):
            return unquote(text.removeprefix(space))
    id_ = text.removeprefix(NAMESPACES["wd"])
    return EntityValue(id=id_) if isinstance(node, URIRef) and id_ != text and is_id(id_) else text


def _raw_time(text: str) -> str:
    """A time of RDF as Wikidata's JSON writes it: with a sign, and no year 0."""
    if not text.startswith("-"):
        return f"-0001{text[4:]}" if text.startswith("0000-") else f"+{text}"
    year, dash, rest = text[1:].partition("-")
    return f"-{int(year) + 1:04}{dash}{rest}" if year.isdigit() else text


def _number(node: Node) -> Number:
    text = str(node)
    return int(text) if isinstance(node, Literal) and str(node.datatype).endswith("integer") else float(text)
