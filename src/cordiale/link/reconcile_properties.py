"""The properties that rows of a table may be compared with, and extended by."""

from cordiale.link.identifiers import identifiers_of
from cordiale.link.records import Record

__all__ = ["PROPERTIES", "values_of"]

PROPERTIES = {
    "name": "Name",
    "alias": "Other name",
    "acronym": "Acronym",
    "type": "Type",
    "status": "Status",
    "country": "Country (ISO 3166-1)",
    "city": "City",
    "established": "Year of foundation",
    "website": "Website",
    "domain": "Domain of the website",
    "wikipedia": "Wikipedia article",
    "ror": "ROR id",
    "wikidata": "Wikidata item",
    "grid": "GRID id",
    "isni": "ISNI",
    "orcid": "ORCID iD",
    "fundref": "Crossref Funder id",
    "parent": "Part of",
    "successor": "Replaced by",
}


def values_of(record: Record, key: str) -> list[dict[str, object]]:
    """The values of a property as the data extension has them; none for what is unknown."""
    if key == "established":
        return [] if record.established is None else [{"int": record.established}]
    texts = {
        "name": (record.label,),
        "alias": tuple(name.text for name in record.names[1:] if name.kind != "acronym"),
        "acronym": tuple(name.text for name in record.names if name.kind == "acronym"),
        "type": record.types,
        "status": (record.status,),
        "country": record.countries,
        "city": record.cities,
        "website": record.websites,
    }.get(key)
    if texts is None:
        texts = tuple(sorted(value for scheme, value in identifiers_of(record) if scheme == key))
    return [{"str": text} for text in texts]
