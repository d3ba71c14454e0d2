"""Records of ROR in each of the shapes that go round."""

import pytest

from cordiale.link.ror_records import RorIdentifier, RorName, RorPlace, RorRelation, ror_record

_SECOND = {
    "id": "https://ror.org/05a28rw58",
    "status": "withdrawn",
    "established": 1855,
    "types": ["education", "funder"],
    "names": [
        {"value": "ETH", "types": ["acronym"], "lang": None},
        {"value": "ETH Zurich", "types": ["label", "ror_display"], "lang": "en"},
    ],
    "external_ids": [{"type": "isni", "all": ["0000 0001", "0000 0002"], "preferred": "0000 0002"}],
    "links": [
        {"type": "website", "value": "https://ethz.ch"},
        {"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/ETH_Zurich"},
    ],
    "domains": ["ethz.ch"],
    "locations": [
        {
            "geonames_id": 2657896,
            "geonames_details": {
                "name": "Zurich",
                "country_code": "CH",
                "country_name": "Switzerland",
                "lat": 47.4,
                "lng": 8,
            },
        }
    ],
    "relationships": [{"type": "successor", "id": "https://ror.org/013meh722", "label": "Cambridge"}],
    "admin": {"last_modified": {"date": "2024-12-11", "schema_version": "2.1"}},
}
_FIRST = {
    "id": "https://ror.org/05a28rw58",
    "name": "ETH Zurich",
    "types": ["Education"],
    "links": ["https://ethz.ch"],
    "aliases": ["Poly"],
    "acronyms": ["ETH"],
    "labels": [{"label": "ETH Zürich", "iso639": "de"}],
    "wikipedia_url": "https://en.wikipedia.org/wiki/ETH_Zurich",
    "country": {"country_code": "CH", "country_name": "Switzerland"},
    "addresses": [{"city": "Zurich", "lat": 47.4, "lng": 8.5, "geonames_city": {"id": 2657896}}],
    "external_ids": {"GRID": {"preferred": "grid.5801.c", "all": "grid.5801.c"}},
    "relationships": [{"type": "Child", "id": "https://ror.org/013meh722", "label": "Cambridge"}],
}


def test_schema_2() -> None:
    """Names keep kind and language, the preferred identifier is first, a merger names its successor."""
    record = ror_record(_SECOND)
    assert (record.id, record.name, record.status) == ("05a28rw58", "ETH Zurich", "withdrawn")
    assert record.names == (
        RorName(value="ETH", kind="acronym"),
        RorName(value="ETH Zurich", kind="label", language="en", is_display=True),
    )
    assert record.identifiers == (
        RorIdentifier(register="isni", value="0000 0002", is_preferred=True),
        RorIdentifier(register="isni", value="0000 0001"),
    )
    assert (record.websites, record.domains) == (("https://ethz.ch",), ("ethz.ch",))
    assert record.wikipedia == ("https://en.wikipedia.org/wiki/ETH_Zurich",)
    assert record.places == (
        RorPlace(
            city="Zurich",
            country_code="CH",
            country="Switzerland",
            geonames=2657896,
            latitude=47.4,
            longitude=8.0,
        ),
    )
    assert record.merged_into == "013meh722"
    assert record.last_modified == "2024-12-11"


def test_schema_1() -> None:
    """The older shape gives the same values, its words in lower case."""
    record = ror_record(_FIRST)
    assert record.kinds == ("education",)
    assert [(name.value, name.kind, name.language) for name in record.names] == [
        ("ETH Zurich", "label", ""),
        ("ETH Zürich", "label", "de"),
        ("Poly", "alias", ""),
        ("ETH", "acronym", ""),
    ]
    assert record.identifiers == (RorIdentifier(register="grid", value="grid.5801.c", is_preferred=True),)
    assert record.websites == ("https://ethz.ch",)
    assert record.wikipedia == ("https://en.wikipedia.org/wiki/ETH_Zurich",)
    assert [(place.city, place.country, place.geonames) for place in record.places] == [
        ("Zurich", "Switzerland", 2657896)
    ]
    assert record.relations == (RorRelation(kind="child", target="013meh722", label="Cambridge"),)
    assert record.merged_into == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "it is no JSON object"),
        ({"id": "https://ror.org/nonsense"}, "which is none of ROR"),
        ({"id": "https://ror.org/013meh722"}, "it has no name that is shown"),
    ],
)
def test_what_is_no_record(data: object, said: str) -> None:
    """What is no record is refused with a reason."""
    with pytest.raises(ValueError, match=said):
        ror_record(data)
