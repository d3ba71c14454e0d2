"""Mapping sets held against SSSOM: what their slots may hold, beyond what their triples are read from."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.mapping_table import NEEDED, MappingTable, read_table
from cordiale.read.near import near_remedy

__all__ = ["check_mapping_sets"]

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")


def check_mapping_sets(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with mapping sets that can be read, given by path, in the order of their lines.

    C137 is a slot of the header or a value of a row that SSSOM does not allow
    (https://mapping-commons.github.io/sssom/), C138 one that it does not know (a warning). A licence that is
    missing, or no IRI, is a warning too: of a set of others it is theirs to tell.
    """
    return tuple(problem for path in sorted(texts) for problem in _check(read_table(texts[path], path=path)))


def _check(table: MappingTable) -> Iterator[Problem]:
    # Here, since it takes a third of a second, which only a project with mapping sets should wait for.
    from pydantic import BaseModel, ValidationError
    from sssom_pydantic import MappingSetRecord, Record
    from sssom_pydantic.constants import BUILTIN_CONVERTER
    from sssom_pydantic.io import row_to_record

    def wrong(make: Callable[[dict[str, Any]], BaseModel], slots: dict[str, Any]) -> Mapping[str, str]:
        try:
            make(slots)
        except ValidationError as error:
            # A slot is told once, however many of its values are wrong.
            return {str(each["loc"][0]): each["msg"] for each in error.errors() if each["loc"]}
        return {}

    header = dict(table.header)
    for slot, severity in (("license", Severity.WARNING), ("mapping_set_id", Severity.VIOLATION)):
        if not _IRI.fullmatch(str(header.get(slot, ""))):
            yield _not_allowed(slot, "an IRI is needed", table.slot_place(slot), severity)
        header[slot] = "https://example.org/"  # judged; the library would mend it, and write so to stderr
    of_set = wrong(MappingSetRecord.model_validate, header)
    if not of_set:
        # What the header says of all rows is one mistake, not one a row.
        for_all = MappingSetRecord.model_validate(header).get_propagatable()
        of_set = wrong(Record.model_validate, {**dict.fromkeys(NEEDED, "skos:x"), **for_all})
    for slot, said in of_set.items():
        yield _not_allowed(slot, said, table.slot_place(slot))
    extensions = _extensions(header)
    for slot in header:
        if slot not in MappingSetRecord.model_fields and slot not in extensions:
            yield _unknown(slot, [*MappingSetRecord.model_fields, *extensions], table.slot_place(slot))
    for column in table.columns:
        if column and column not in Record.model_fields and column not in extensions:
            place = Place(path=table.path, line=len(table.head) + 1)
            yield _unknown(column, [*Record.model_fields, *extensions], place)
    for row in table.rows:
        cells = {column: value for column, value in row.cells.items() if column in Record.model_fields}
        for column, said in wrong(partial(row_to_record, converter=BUILTIN_CONVERTER), cells).items():
            yield _not_allowed(column, said, table.place(row, column))


def _extensions(header: Mapping[str, object]) -> list[str]:
    """The slots that the set itself adds to those of SSSOM."""
    defined = header.get("extension_definitions")
    entries = defined if isinstance(defined, list) else ()
    return [str(entry["slot_name"]) for entry in entries if isinstance(entry, dict) and "slot_name" in entry]


def _not_allowed(slot: str, said: str, place: Place, severity: Severity = Severity.VIOLATION) -> Problem:
    return Problem(
        code="C137",
        message=f'the value of "{slot}" is not allowed: {said[:1].lower()}{said[1:]}',
        remedy=f"see https://w3id.org/sssom/{slot}",
        severity=severity,
        place=place,
    )


def _unknown(slot: str, known: list[str], place: Place) -> Problem:
    return Problem(
        code="C138",
        message=f'SSSOM knows no "{slot}"',
        remedy=near_remedy(slot, known, otherwise="define it in the header, below extension_definitions:"),
        severity=Severity.WARNING,
        place=place,
    )
