"""What a row of a mapping set says of itself: why it was made, by whom, when."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cordiale.read.mapping_table import MappingRow, MappingTable

__all__ = ["evidence_of", "evidence_text"]

# Slots of SSSOM (https://mapping-commons.github.io/sssom/Mapping/), in the order in which they are told.
# Those of the header speak for all rows that do not say otherwise.
_SLOTS = (
    "mapping_justification",
    "author_label",
    "author_id",
    "creator_label",
    "creator_id",
    "reviewer_label",
    "reviewer_id",
    "mapping_tool",
    "mapping_date",
    "publication_date",
    "confidence",
)


def evidence_of(table: MappingTable, row: MappingRow) -> Mapping[str, str]:
    """The values of the slots that say why to believe a row, several values parted by ``|``."""
    told = {slot: row.cells.get(slot) or _text(table.header.get(slot)) for slot in _SLOTS}
    return MappingProxyType({slot: value for slot, value in told.items() if value})


def evidence_text(evidence: Mapping[str, str]) -> str:
    """The same for people.

    >>> evidence_text({"mapping_justification": "semapv:ManualMappingCuration", "author_label": "Ada",
    ...                "reviewer_id": "orcid:0000-0002-1825-0097", "mapping_date": "2026-11-23"})
    'manual mapping curation, by Ada, reviewed by orcid:0000-0002-1825-0097, 2026-11-23'
    """

    def first(*slots: str) -> str:
        return next((evidence[slot].replace("|", " and ") for slot in slots if slot in evidence), "")

    author = first("author_label", "author_id", "creator_label", "creator_id")
    reviewer = first("reviewer_label", "reviewer_id")
    parts = (
        _words(first("mapping_justification")),
        author and f"by {author}",
        reviewer and f"reviewed by {reviewer}",
        first("mapping_tool"),
        first("mapping_date", "publication_date"),
        f"confidence {evidence['confidence']}" if "confidence" in evidence else "",
    )
    return ", ".join(filter(None, parts))


def _words(justification: str) -> str:
    """A term of the vocabulary of justifications in words; any other as it is."""
    name = justification.removeprefix("semapv:")
    return justification if name == justification else re.sub("(?<!^)(?=[A-Z])", " ", name).lower()


def _text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(str(each) for each in value)
    return "" if value is None else str(value)
