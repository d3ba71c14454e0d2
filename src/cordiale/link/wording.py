"""The evidence for a match in a text, in words for people."""

from collections.abc import Sequence

from cordiale.link.evidence import FEATURES, Match
from cordiale.link.names import Word
from cordiale.link.register import Register

__all__ = ["worded"]


def worded(match: Match, text: Sequence[Word], register: Register) -> tuple[str, ...]:
    """What speaks for and against a match, the name first."""
    number = dict(zip(FEATURES, match.features, strict=True))
    record, found = register.record(match.record), match.found
    written = " ".join(word.written for word in text[found.start : found.end])
    kind = ("name", "other name", "acronym")[int(number["kind"])]
    said = [
        f'its {kind} "{written}"' if found.whole else f'{found.coverage:.0%} of its {kind} in "{written}"'
    ]
    home = ", ".join(record.countries)
    if number["country"] > 0:
        said.append(f"same country {home}")
    elif number["country"] < 0:
        said.append(f"country differs: {home}")
    elif number["city_country"] < 0:
        said.append(f"the text names a city elsewhere: {home} expected")
    if number["city"] > 0:
        said.append(f"same city {record.cities[0]}")
    elif number["city"] < 0:
        said.append(f"city differs: {', '.join(record.cities)}")
    if number["parent_found"] == 1:
        said.append("the text names what it is part of")
    if number["child_found"] == 1:
        said.append("the text names a part of it")
    if number["inside_longer"]:
        said.append("the words are inside a longer name")
    if number["rivals"]:
        said.append(f"{number['rivals']:.0f} more of that name")
    if record.status != "active":
        said.append(f"the record is {record.status}")
    return tuple(said)
