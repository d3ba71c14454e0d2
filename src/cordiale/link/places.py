"""Where a text says that something is: countries by their names, and cities that the register knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cordiale.link.country_names import COUNTRY_NAMES, OTHER_NAMES
from cordiale.link.names import Word, words
from cordiale.link.records import Record

__all__ = ["Places", "Said", "places_of"]

# Of the United States, as addresses have them.
_STATE_CODES = """
AL AK AZ AR CA CT DE FL GA HI ID IL IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
"""
_STATES = frozenset(_STATE_CODES.split())
_LONGEST = 4  # words of a place's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One place that a text names."""

    start: int  # first word
    end: int  # after the last
    countries: frozenset[str]
    city: str | None = None  # its words, where it is a city


class Places:
    """The places that can be told from their names."""

    def __init__(self, countries: Mapping[str, str], cities: Mapping[str, frozenset[str]]) -> None:
        self.countries = dict(countries)  # by the words of their names
        self.cities = dict(cities)

    def country(self, name: Sequence[Word]) -> str | None:
        """The code of the country, or of the country of the part of one, that has this name."""
        return self.countries.get(" ".join(word.text for word in name))

    def said(self, text: Sequence[Word]) -> tuple[Said, ...]:
        """The places that a text names, longest first where names overlap."""
        found: list[Said] = []
        at = 0
        while at < len(text):
            for size in range(min(_LONGEST, len(text) - at), 0, -1):
                phrase = " ".join(word.text for word in text[at : at + size])
                code = self.countries.get(phrase)
                if code is None and size == 1 and text[at].written in _STATES and text[at].part > 0:
                    code = "US"
                cities = self.cities.get(phrase)
                if code or cities:
                    found.append(
                        Said(
                            start=at,
                            end=at + size,
                            countries=frozenset([code]) if code else cities or frozenset(),
                            city=phrase if cities else None,
                        )
                    )
                    at += size - 1
                    break
            at += 1
        return tuple(found)


def places_of(records: Iterable[Record]) -> Places:
    """The places of a register: countries and parts of them by name, and the cities of its records."""
    named = {
        _phrase(name): code
        for table in (COUNTRY_NAMES, OTHER_NAMES)
        for code, names in table.items()
        for name in names.split(", ")
    }
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.countries:
            for city in record.cities:
                cities[_phrase(city)].add(record.countries[0])
    return Places(named, {city: frozenset(codes) for city, codes in cities.items() if city})


def _phrase(name: str) -> str:
    return " ".join(word.text for word in words(name))
