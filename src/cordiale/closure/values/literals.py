"""Literals and their data values: which literals are the same value, and which datatypes a value lies in.

The OWL 2 RL datatype map (OWL 2 Profiles, section 4.2.1) with the lexical mappings of XSD 1.1, and the dates,
times and durations of RDF 1.1. A value is written as one canonical literal, so that equal values have equal
texts. Two values are the same when XSD calls them identical: 0.0 and -0.0 of a float are not, nor are two
times of different time zones.
"""

import base64
import binascii
import re
import struct
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias
from xml.etree import ElementTree
from xml.parsers import expat

from cordiale.closure.values.calendar_values import (
    CALENDAR,
    Value,
    calendar_value,
    duration_reader,
    end,
    instant,
)

__all__ = [
    "DATATYPE_MAP",
    "RDF_NS",
    "XSD_NS",
    "Order",
    "canonical",
    "is_less",
    "is_value_of",
    "order_key",
    "order_of",
    "split_literal",
]

XSD_NS = "http://www.w3.org/2001/XMLSchema#"
RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# A kind of order, and the first and the last place that a value takes in it.
Order: TypeAlias = tuple[str, object, object]

_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
)
_NAME_START += "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME_MORE = _NAME_START + "0-9.\xb7\u0300-\u036f\u203f\u2040-"
_STRINGS: dict[str, re.Pattern[str]] = {
    "string": re.compile(r".*", re.DOTALL),
    "normalizedString": re.compile(r"[^\t\n\r]*"),
    "token": re.compile(r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?"),
    "language": re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": re.compile(f"[:{_NAME_MORE}]+"),
    "Name": re.compile(f"[:{_NAME_START}][:{_NAME_MORE}]*"),
    "NCName": re.compile(f"[{_NAME_START}][{_NAME_MORE}]*"),
}
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_FLOAT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN")
# XSD 1.1 leaves it open how far an IRI reference (RFC 3987) is checked. This much is wrong in any: a colon
# in a first step that is no scheme, a lone "%", a second "#".
_IRI = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))(?:[^%#]|%[0-9A-Fa-f]{2})*(?:#(?:[^%#]|%[0-9A-Fa-f]{2})*)?",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
DATATYPE_MAP: frozenset[str] = frozenset(
    {XSD_NS + name for name in (*_INTEGERS, *_STRINGS, *CALENDAR)}
    | {
        XSD_NS + name
        for name in (
            "decimal",
            "float",
            "double",
            "boolean",
            "hexBinary",
            "base64Binary",
            "anyURI",
            "duration",
            "dayTimeDuration",
            "yearMonthDuration",
        )
    }
    | {RDF_NS + name for name in ("PlainLiteral", "XMLLiteral", "langString")}
    | {"http://www.w3.org/2000/01/rdf-schema#Literal"}
)


def split_literal(text: str) -> tuple[str, str, str]:
    r"""Lexical form, datatype and language tag of a literal in N-Triples; the datatype is never empty.

    >>> split_literal('"a\\tb"')
    ('a\tb', 'http://www.w3.org/2001/XMLSchema#string', '')
    >>> split_literal('"chat"@fr')[1:]
    ('http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'fr')
    """
    end = text.rindex('"')
    form, rest = text[1:end], text[end + 1 :]
    if "\\" in form:
        form = _ESCAPE.sub(_unescape, form)
    if rest.startswith("@"):
        return form, RDF_NS + "langString", rest[1:]
    return form, rest[3:-1] or XSD_NS + "string", ""


def canonical(form: str, datatype: str, language: str) -> str | None:
    """The text that stands for the value of a literal of ``DATATYPE_MAP``; ``None`` where it is ill-typed.

    Equal texts are the same value, different ones are different values.

    >>> canonical("01", XSD_NS + "byte", "") == canonical("1.0", XSD_NS + "decimal", "")
    True
    >>> canonical("1", XSD_NS + "decimal", "") == canonical("1", XSD_NS + "float", "")
    False
    """
    value = _value(form, datatype, language)
    return None if value is None else f"{value[0]} {value[1]}"


def is_value_of(text: str, datatype: str) -> bool:
    """Whether the value that ``canonical`` wrote lies in a datatype of ``DATATYPE_MAP``."""
    space, _, key = text.partition(" ")
    name = datatype.removeprefix(XSD_NS)
    if datatype == "http://www.w3.org/2000/01/rdf-schema#Literal":
        return True
    if name in _INTEGERS:
        low, high = _INTEGERS[name]
        if space != "decimal" or "/" in key:
            return False
        number = int(key)
        return (low is None or number >= low) and (high is None or number <= high)
    if name in _STRINGS:
        return space == "string" and _STRINGS[name].fullmatch(key) is not None
    if name == "dateTimeStamp":
        return space == "dateTime" and key.rpartition("|")[2] != ""
    if datatype == RDF_NS + "PlainLiteral":
        return space in ("string", "langString")
    if name in ("dayTimeDuration", "yearMonthDuration"):
        return space == "duration" and key.split("|")[0 if name == "dayTimeDuration" else 1] == "0"
    return space == name.removeprefix(RDF_NS)


def order_key(text: str) -> Order | None:
    """What ``<`` compares two values by (see ``is_less``); ``None`` where there is no order.

    Numbers of all datatypes are in one order, texts in that of their characters, times of day, days of the
    month and so on in one for each datatype. Years, months, days and instants are in one order: they are
    spans of time, without a time zone as if in UTC.
    """
    space, _, key = text.partition(" ")
    number = Fraction(key) if space == "decimal" else None
    if space in ("float", "double") and key not in ("NaN", "inf", "-inf"):
        number = Fraction(float(key))
    if number is not None:
        return "number", number, number
    if space == "string":
        return "text", key, key
    if space in ("gYear", "gYearMonth", "date", "dateTime"):
        begin, over = instant(key), end(space, key)
        # The last of a span is before the instant at which it is over; an instant is its own last.
        return "time", (begin, 0), (begin, 0) if over is None else (over, -1)
    if space in CALENDAR:
        return space, instant(key), instant(key)
    return None


def order_of(literal: str) -> Order | None:
    """What ``<`` compares a literal (N-Triples) by."""
    key = canonical(*split_literal(literal))
    return None if key is None else order_key(key)


def is_less(one: Order | None, other: Order | None) -> bool:
    """Whether a value is certainly less than another of its kind: its last is before the other's first.

    So a year is less than a day of the next one, and neither less nor more than one of its own days.
    """
    if one is None or other is None or one[0] != other[0]:
        return False
    return bool(one[2] < other[1])  # type: ignore[operator]


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescape(found: re.Match[str]) -> str:
    short, long, character = found.groups()
    if short or long:
        return chr(int(short or long, 16))
    return _ESCAPED.get(character, character)


@lru_cache(maxsize=1 << 16)
def _value(form: str, datatype: str, language: str) -> Value | None:
    if language:
        return "langString", f"{form}@{language.lower()}"
    name = datatype.removeprefix(XSD_NS)
    if name in _INTEGERS:
        value = _decimal(form) if _DECIMAL.fullmatch(form) and "." not in form else None
        return value if value and is_value_of(" ".join(value), datatype) else None
    if name in _STRINGS:
        return ("string", form) if _STRINGS[name].fullmatch(form) else None
    if name in CALENDAR:
        return calendar_value(name, form)
    reader = _READERS.get(name.removeprefix(RDF_NS))
    return reader(form) if reader else None


def _decimal(form: str) -> Value | None:
    if not _DECIMAL.fullmatch(form):
        return None
    return "decimal", str(Fraction(form.rstrip(".") if form.endswith(".") else form))


def _double(form: str) -> Value | None:
    if not _FLOAT.fullmatch(form):
        return None
    return "double", "NaN" if form == "NaN" else repr(float(form))


def _float(form: str) -> Value | None:
    """Rounds to the nearest value of 32 bits, as XSD 1.1 does; too large a number is an infinity."""
    if not _FLOAT.fullmatch(form):
        return None
    if form == "NaN":
        return "float", form
    number = float(form)
    try:
        return "float", repr(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return "float", "inf" if number > 0 else "-inf"


def _boolean(form: str) -> Value | None:
    truth = {"true": "1", "1": "1", "false": "0", "0": "0"}.get(form)
    return ("boolean", truth) if truth else None


def _hex(form: str) -> Value | None:
    return ("hexBinary", form.upper()) if re.fullmatch(r"(?:[0-9A-Fa-f]{2})*", form) else None


def _base64(form: str) -> Value | None:
    try:
        return "base64Binary", base64.b64decode(form.replace(" ", ""), validate=True).hex()
    except (binascii.Error, ValueError):
        return None


def _plain(form: str) -> Value | None:
    text, at, tag = form.rpartition("@")
    if not at or (tag and not _LANGUAGE.fullmatch(tag)):
        return None
    return ("langString", f"{text}@{tag.lower()}") if tag else ("string", text)


def _xml(form: str) -> Value | None:
    try:
        expat.ParserCreate().Parse(f"<x>{form}</x>", True)
    except (expat.ExpatError, ValueError):
        return None
    try:
        # Two texts of one value may differ in the order of attributes, or in how an empty element ends.
        return "XMLLiteral", ElementTree.canonicalize(f"<x>{form}</x>", with_comments=True)
    except ElementTree.ParseError:  # a prefix is bound outside the literal
        return "XMLLiteral", form


_READERS: dict[str, Callable[[str], Value | None]] = {
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    "boolean": _boolean,
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": lambda form: ("anyURI", form) if _IRI.fullmatch(form) else None,
    "PlainLiteral": _plain,
    "XMLLiteral": _xml,
    "duration": duration_reader("duration"),
    "dayTimeDuration": duration_reader("dayTimeDuration"),
    "yearMonthDuration": duration_reader("yearMonthDuration"),
}
