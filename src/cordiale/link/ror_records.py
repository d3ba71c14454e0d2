"""Records of the Research Organization Registry as values, whichever schema they are in.

Three shapes are read: schema 2 (https://ror.readme.io/docs/ror-data-structure), schema 1, in which the
registry was published until 2025, and a flat one with schema 2's words, in which extracts of it go round.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["RorIdentifier", "RorName", "RorPlace", "RorRecord", "RorRelation", "ror_record"]

_ID = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RorName:
    """One name: ``kind`` is label, alias or acronym; ``language`` is an ISO 639 code, or empty."""

    value: str
    kind: str
    language: str = ""
    is_display: bool = False  # the one that the registry shows


@dataclass(frozen=True, slots=True, kw_only=True)
class RorIdentifier:
    """What another register calls it: ``register`` is grid, isni, wikidata, fundref, ... in lower case."""

    register: str
    value: str
    is_preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RorPlace:
    """Where an organisation is; what is unknown is empty or ``None``. Degrees are of WGS 84."""

    city: str = ""
    country_code: str = ""  # ISO 3166-1 alpha-2
    country: str = ""
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RorRelation:
    """A tie: ``kind`` is parent, child, related, successor or predecessor, as the registry has it."""

    kind: str
    target: str  # an id, as that of a record
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RorRecord:
    """One organisation. ``id`` is the nine characters that follow https://ror.org/."""

    id: str
    name: str  # the one that is shown
    status: str = "active"  # active, inactive or withdrawn
    established: int | None = None  # a year
    kinds: tuple[str, ...] = ()  # education, company, facility, ... in lower case
    names: tuple[RorName, ...] = ()  # all of them
    identifiers: tuple[RorIdentifier, ...] = ()  # in other registers; of one register, the preferred first
    websites: tuple[str, ...] = ()
    wikipedia: tuple[str, ...] = ()  # addresses of articles
    domains: tuple[str, ...] = ()
    places: tuple[RorPlace, ...] = ()
    relations: tuple[RorRelation, ...] = ()
    last_modified: str = ""  # a day, when known

    @property
    def iri(self) -> str:
        """The organisation's IRI."""
        return f"https://ror.org/{self.id}"

    @property
    def merged_into(self) -> str:
        """The id of the record that took the place of this withdrawn one, or nothing."""
        successors = [each.target for each in self.relations if each.kind == "successor"]
        return successors[0] if self.status == "withdrawn" and len(successors) == 1 else ""


def ror_record(data: object) -> RorRecord:
    """The record that a JSON value holds.

    >>> record = ror_record({"id": "https://ror.org/013meh722", "name": "University of Cambridge",
    ...                      "types": ["Education"], "aliases": [], "acronyms": [], "labels": []})
    >>> record.iri, record.name, record.kinds
    ('https://ror.org/013meh722', 'University of Cambridge', ('education',))

    Raises:
        ValueError: it is none; the text says what is missing.
    """
    if not isinstance(data, Mapping):
        raise ValueError("it is no JSON object")
    id_ = _id(data.get("id"))
    if not id_:
        raise ValueError(f"its id is {data.get('id')!r}, which is none of ROR")
    names = tuple(dict.fromkeys(_names(data)))
    shown = next((name.value for name in names if name.is_display), "") or _text(data.get("name"))
    if not shown:
        raise ValueError("it has no name that is shown")
    return RorRecord(
        id=id_,
        name=shown,
        status=_text(data.get("status")).lower() or "active",
        established=_whole(data.get("established")),
        kinds=tuple(dict.fromkeys(kind.lower() for kind in _texts(data.get("types")))),
        names=names,
        identifiers=tuple(_identifiers(data.get("external_ids"))),
        websites=_links(data, "website"),
        wikipedia=_links(data, "wikipedia"),
        domains=_texts(data.get("domains")),
        places=tuple(_places(data)),
        relations=tuple(_relations(data.get("relationships"))),
        last_modified=_modified(data),
    )


def _id(value: object) -> str:
    found = _ID.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    return found[1] if found else ""


def _names(data: Mapping[str, object]) -> Iterator[RorName]:
    listed = _objects(data.get("names"))
    for each in listed:
        value = _text(each.get("value"))
        language = _text(each.get("lang"))
        kinds = _texts(each.get("types")) or _texts(each.get("type"))
        display = "ror_display" in kinds or each.get("display") is True
        for kind in [kind for kind in kinds if kind != "ror_display"] or ["label"]:
            if value:
                yield RorName(value=value, kind=kind, language=language, is_display=display)
    if listed:
        return
    if name := _text(data.get("name")):
        yield RorName(value=name, kind="label", is_display=True)
    for each in _objects(data.get("labels")):
        if value := _text(each.get("label")):
            yield RorName(value=value, kind="label", language=_text(each.get("iso639")))
    for key, kind in (("aliases", "alias"), ("acronyms", "acronym")):
        for value in _texts(data.get(key)):
            yield RorName(value=value, kind=kind)


def _identifiers(value: object) -> Iterator[RorIdentifier]:
    if isinstance(value, Mapping):
        entries = [(str(key), each) for key, each in value.items() if isinstance(each, Mapping)]
    else:
        entries = [(_text(each.get("type")), each) for each in _objects(value)]
    for register, each in entries:
        preferred = _text(each.get("preferred"))
        for found in dict.fromkeys([preferred, *_texts(each.get("all"))]):
            if register and found:
                yield RorIdentifier(register=register.lower(), value=found, is_preferred=found == preferred)


def _links(data: Mapping[str, object], kind: str) -> tuple[str, ...]:
    links = data.get("links")
    typed = [_text(each.get("value")) for each in _objects(links) if each.get("type") == kind]
    flat = _texts(data.get(kind)) or (_texts(links) if kind == "website" else ())
    old = _texts(data.get("wikipedia_url")) if kind == "wikipedia" else ()
    return tuple(dict.fromkeys(link for link in (*typed, *flat, *old) if link))


def _places(data: Mapping[str, object]) -> Iterator[RorPlace]:
    for each in _objects(data.get("locations")):
        details = each.get("geonames_details")
        inner = details if isinstance(details, Mapping) else each
        yield RorPlace(
            city=_text(inner.get("name")) or _text(inner.get("city")),
            country_code=_text(inner.get("country_code")),
            country=_text(inner.get("country_name")) or _text(inner.get("country")),
            geonames=_whole(each.get("geonames_id")),
            latitude=_degrees(inner.get("lat")),
            longitude=_degrees(inner.get("lng")),
        )
    if "locations" in data:
        return
    country = data.get("country")
    named = country if isinstance(country, Mapping) else {}
    for each in _objects(data.get("addresses")) or ([{}] if named else []):
        geonames = each.get("geonames_city")
        yield RorPlace(
            city=_text(each.get("city")),
            country_code=_text(named.get("country_code")),
            country=_text(named.get("country_name")),
            geonames=_whole(geonames.get("id")) if isinstance(geonames, Mapping) else None,
            latitude=_degrees(each.get("lat")),
            longitude=_degrees(each.get("lng")),
        )


def _relations(value: object) -> Iterator[RorRelation]:
    for each in _objects(value):
        kind, target = _text(each.get("type")).lower(), _id(each.get("id"))
        if kind and target:
            yield RorRelation(kind=kind, target=target, label=_text(each.get("label")))


def _modified(data: Mapping[str, object]) -> str:
    admin = data.get("admin")
    changed = admin.get("last_modified") if isinstance(admin, Mapping) else data.get("last_modified")
    return _text(changed.get("date")) if isinstance(changed, Mapping) else _text(changed)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or the one that stands for a list."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, values) if text)


def _objects(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _degrees(value: object) -> float | None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return number if number is not None and abs(number) <= 180 else None
