"""Records of ROR as what helps to tell organisations apart, a line of JSON each."""

import json

from cordiale.link.records import Name, Record
from cordiale.link.ror_records import RorRecord, ror_record

__all__ = ["record_of_ror", "record_of_ror_line"]


def record_of_ror_line(line: str | bytes) -> Record:
    """The record of one line of JSON.

    Raises:
        ValueError: the line is no JSON, or no record of ROR.
    """
    return record_of_ror(ror_record(json.loads(line)))


def record_of_ror(ror: RorRecord) -> Record:
    """What helps to tell an organisation of ROR from others."""
    names = ror.names or ()
    shown = sorted(names, key=lambda name: not name.is_display)
    related = {kind: tuple(f"https://ror.org/{each.target}" for each in ror.relations if each.kind == kind)
               for kind in ("parent", "successor")}  # fmt: skip
    return Record(
        id=ror.iri,
        names=tuple(Name(text=name.value, kind=name.kind, language=name.language or None) for name in shown)
        or (Name(text=ror.name, kind="label"),),
        types=ror.kinds,
        status=ror.status,
        countries=tuple(dict.fromkeys(place.country_code for place in ror.places if place.country_code)),
        cities=tuple(dict.fromkeys(place.city for place in ror.places if place.city)),
        established=ror.established,
        identifiers=(
            *((each.register, each.value) for each in ror.identifiers),
            *(("wikipedia", address) for address in ror.wikipedia),
        ),
        websites=ror.websites,
        domains=ror.domains,
        parents=related["parent"],
        successors=related["successor"],
    )
