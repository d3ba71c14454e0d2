"""When two literals are certainly different values."""

from datetime import date, time, timedelta
from decimal import Decimal

from rdflib import RDF, XSD, Literal
from rdflib.xsd_datetime import Duration

__all__ = ["are_different"]

# rdflib maps these to no Python value; without a time zone each value has one lexical form.
_CALENDAR = frozenset({XSD.gYear, XSD.gYearMonth, XSD.gMonth, XSD.gMonthDay, XSD.gDay})

_TEXT = frozenset({None, XSD.string, RDF.langString})


def are_different(one: Literal, other: Literal) -> bool:
    """Whether the data values of two literals differ; ``False`` also where that cannot be told.

    Rule dt-diff (OWL 2 Profiles, section 4.3, table 8), for text, numbers, truth values, dates and times.
    The numeric datatypes are compared as if they had one value space.

    >>> are_different(Literal("01", datatype=XSD.integer, normalize=False), Literal(1))
    False
    >>> are_different(Literal("2025-07", datatype=XSD.gYearMonth), Literal("2025-07-09", datatype=XSD.date))
    True
    """
    first, second = _value(one), _value(other)
    return first is not None and second is not None and first != second


def _value(literal: Literal) -> tuple[str, object] | None:
    """The literal's value space and its value in it; ``None`` when they are not known."""
    datatype, value = literal.datatype, literal.value
    if datatype in _TEXT:
        return "text", (str(literal), (literal.language or "").lower())
    if datatype in _CALENDAR and str(literal).replace("-", "").isdigit():
        return str(datatype), str(literal)
    if isinstance(value, bool):  # before int, of which Python's bool is one
        return "truth", value
    if isinstance(value, int | float) or (isinstance(value, Decimal) and value.is_finite()):
        return "number", value
    if isinstance(value, date | time | timedelta | Duration):
        return type(value).__name__, value
    return None
