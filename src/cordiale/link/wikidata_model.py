"""What Wikidata says of an entity, as values (https://www.mediawiki.org/wiki/Wikibase/DataModel)."""

from dataclasses import dataclass, replace
from typing import TypeAlias

__all__ = [
    "Entity",
    "EntityValue",
    "GlobeValue",
    "Monolingual",
    "Number",
    "Page",
    "Quantity",
    "Reference",
    "Sitelink",
    "Snak",
    "Statement",
    "Text",
    "Time",
    "Value",
]

Number: TypeAlias = int | float
Text: TypeAlias = tuple[str, str]  # language and text


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityValue:
    """Another entity, by its id: Q31, P569, L525, L525-F2, E79."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monolingual:
    """Text in one language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of some ``precision``: 11 a day, 10 a month, 9 a year, 8 a decade, 7 a century, ...

    ``time`` is written as Wikidata does, +1990-00-00T00:00:00Z: months and days may be 00, and the year
    before +0001 is -0001.
    """

    time: str
    precision: int
    timezone: int = 0  # minutes
    before: int = 0  # units of the precision
    after: int = 0
    calendar: str = "http://www.wikidata.org/entity/Q1985727"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount, to the letter; ``unit`` is the IRI of an item, or "1"."""

    amount: str
    unit: str = "1"
    lower: str = ""
    upper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobeValue:
    """A point on a globe, in degrees."""

    latitude: Number
    longitude: Number
    precision: Number | None = None
    altitude: Number | None = None
    globe: str = "http://www.wikidata.org/entity/Q2"


Value: TypeAlias = str | EntityValue | Monolingual | Time | Quantity | GlobeValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Snak:
    """A property and its value; without one, ``kind`` says somevalue (unknown) or novalue (none)."""

    property: str
    value: Value | None = None
    kind: str = "value"
    datatype: str = ""  # url, time, wikibase-item, ...; empty where it is not told
    hash: str = ""  # Wikidata's own, where it is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a statement rests on: snaks such as "stated in" and "reference URL"."""

    snaks: tuple[Snak, ...]
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim with rank (preferred, normal, deprecated), qualifiers and references."""

    id: str
    main: Snak
    rank: str = "normal"
    qualifiers: tuple[Snak, ...] = ()
    references: tuple[Reference, ...] = ()

    def qualified(self, *properties: str) -> tuple[Snak, ...]:
        """The qualifiers of these properties."""
        return tuple(each for each in self.qualifiers if each.property in properties)

    def without_references(self) -> "Statement":
        """The same, as if nothing supported it."""
        return replace(self, references=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitelink:
    """An article about the entity on a wiki: ``site`` is enwiki, commonswiki, ..."""

    site: str
    title: str
    badges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that holds the entity, as far as it is told: numbers, title, and when it was changed."""

    id: int | None = None
    namespace: int | None = None
    title: str = ""
    revision: int | None = None
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An item or property with all that is said of it."""

    id: str
    kind: str = "item"
    labels: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    aliases: tuple[Text, ...] = ()  # those of one language in their order
    statements: tuple[Statement, ...] = ()
    sitelinks: tuple[Sitelink, ...] = ()
    page: Page = Page()
    datatype: str = ""  # of a property
    redirected_from: str = ""
