"""A small register of ROR's shape, made up, for tests of links."""

import json

from cordiale.link.register import Register
from cordiale.link.register_file import register_of
from cordiale.link.ror_lines import record_of_ror_line

__all__ = ["LINES", "small_register"]


def _line(
    number: int,
    name: str,
    *,
    kind: str = "education",
    status: str = "active",
    established: int | None = None,
    others: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    website: tuple[str, ...] = (),
    city: str | None = None,
    country: str = "GB",
    relation: str | None = None,
) -> str:
    """A record; ``relation`` is what the first record is to it."""
    names = [{"value": name, "type": "label", "lang": "en", "display": True}]
    names += [
        {"value": other, "type": "acronym" if other.isupper() else "alias", "lang": None, "display": False}
        for other in others
    ]
    relations = [{"type": relation, "id": "https://ror.org/000000112", "label": "University of Northport"}]
    given = {
        "id": f"https://ror.org/0{number:06d}12",
        "name": name,
        "status": status,
        "established": established,
        "types": [kind],
        "names": names,
        "external_ids": {"wikidata": {"preferred": items[0], "all": items}} if items else {},
        "website": website,
        "wikipedia": None,
        "domains": [],
        "locations": [{"city": city, "country_code": country, "country": None}],
        "relationships": relations if relation else [],
    }
    return json.dumps(given, ensure_ascii=False)


LINES = (
    _line(
        1,
        "University of Northport",
        city="Northport",
        others=("UNP",),
        items=("Q101",),
        website=("https://www.northport.example/",),
        established=1901,
    ),
    _line(
        2,
        "Université de Valmont",
        city="Valmont",
        country="FR",
        others=("Valmont University",),
        items=("Q102", "Q103"),
    ),
    _line(
        3,
        "Institute of Tides",
        city="Northport",
        kind="facility",
        others=("TIDES",),
        items=("Q104",),
        relation="parent",
    ),
    _line(4, "Institute of Tides", city="Valmont", country="FR", kind="facility", items=("Q104",)),
    _line(5, "Old Lighthouse School", status="withdrawn", relation="successor"),
    _line(6, "Lantern Works (United Kingdom)", kind="company"),
)


def small_register() -> Register:
    """The register in memory."""
    return register_of(map(record_of_ror_line, LINES), name="ror")
