"""Statements as QuickStatements, version 1: a command a line, its parts parted by tabs.

See https://www.wikidata.org/wiki/Help:QuickStatements. A second reference begins with ``!S`` where the first
begins with ``S``. The syntax has no rank and no way to escape a tab or a line break in a text.
"""

from collections.abc import Iterable, Iterator

from cordiale.link.loss import loss
from cordiale.link.wikidata_model import (
    EntityValue,
    GlobeValue,
    Monolingual,
    Quantity,
    Snak,
    Statement,
    Time,
    Value,
)
from cordiale.model.problems import Problem, Severity

__all__ = ["commands", "value_text"]

_JULIAN = "http://www.wikidata.org/entity/Q1985786"


def commands(id_: str, statements: Iterable[Statement]) -> Iterator[str | Problem]:
    """A line for each statement about an item, or why there is none: C735, an info.

    >>> from cordiale.link.wikidata_model import Reference
    >>> main = Snak(property="P571", value=Time(time="+1209-00-00T00:00:00Z", precision=9))
    >>> site = Snak(property="P854", value="https://www.cam.ac.uk/")
    >>> told = Statement(id="", main=main, references=(Reference(snaks=(site,)),) * 2)
    >>> [line.split("\\t")[:5] for line in commands("Q35794", [told])]
    [['Q35794', 'P571', '+1209-00-00T00:00:00Z/9', 'S854', '"https://www.cam.ac.uk/"']]
    """
    for statement in statements:
        named = f"{id_} {statement.main.property}"
        if statement.rank == "deprecated":
            yield _untold(f"the statement {named} is deprecated, and QuickStatements has no ranks")
            continue
        parts = [id_, *_snak(statement.main)]
        for qualifier in statement.qualifiers:
            parts += _snak(qualifier)
        for number, reference in enumerate(statement.references):
            for place, snak in enumerate(reference.snaks):
                property_, value = _snak(snak)
                mark = "!S" if number and not place else "S"
                parts += [f"{mark}{property_[1:]}", value]
        if any(set(part) & set("\t\r\n") for part in parts):
            yield _untold(f"a text of {named} holds a tab or a line break")
            continue
        yield "\t".join(parts)
        if statement.rank == "preferred":
            yield _untold(f"the preferred rank of {named} is not told")


def value_text(value: Value) -> str:
    """A value in the syntax of QuickStatements."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, EntityValue):
        return value.id
    if isinstance(value, Monolingual):
        return f'{value.language}:"{value.text}"'
    if isinstance(value, Time):
        return f"{value.time}/{value.precision}{'/J' if value.calendar == _JULIAN else ''}"
    if isinstance(value, Quantity):
        bounds = (
            f"[{value.lower.lstrip('+')},{value.upper.lstrip('+')}]" if value.lower or value.upper else ""
        )
        unit = "" if value.unit == "1" else f"U{value.unit.rpartition('/Q')[2]}"
        return f"{value.amount.lstrip('+')}{bounds}{unit}"
    assert isinstance(value, GlobeValue)
    return f"@{value.latitude}/{value.longitude}"


def _snak(snak: Snak) -> tuple[str, str]:
    return snak.property, snak.kind if snak.value is None else value_text(snak.value)


def _untold(message: str) -> Problem:
    return loss("C735", Severity.INFO, message, "write it in Wikidata by hand, or export the RDF", None)
