"""Literals and their data values: which literals are the same value, and which datatypes a value lies in.

The OWL 2 RL datatype map (OWL 2 Profiles, section 4.2.1) with the lexical mappings of XSD 1.1, and the dates, times and
durations of RDF 1.1. A value is written as one canonical literal, so that equal values have equal texts. Two values are the same when
XSD calls them identical: 0.0 and -0.0 of a float are not, nor are two times of different time zones.
"""

import base64
import binascii
import re
import struct
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias
from xml.etree import ElementTree
from xml.parsers import expat

__all__ = ["DATATYPE_MAP", "RDF_NS", "XSD_NS", "canonical", "is_value_of", "order_key", "split_literal"]

XSD_NS = "http://www.w3.org/2001/XMLSchema#"
RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

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
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DAY = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d+))?|(?P<end>24:00:00(?:\.0+)?))"
_CALENDAR: dict[str, re.Pattern[str]] = {
    "dateTime": re.compile(f"{_DAY}T{_CLOCK}{_ZONE}"),
    "dateTimeStamp": re.compile(f"{_DAY}T{_CLOCK}{_ZONE}"),
    "date": re.compile(f"{_DAY}{_ZONE}"),
    "time": re.compile(f"{_CLOCK}{_ZONE}"),
    "gYearMonth": re.compile(rf"(?P<year>-?(?:[1-9]\d{{3,}}|0\d{{3}}))-(?P<month>0[1-9]|1[0-2]){_ZONE}"),
    "gYear": re.compile(rf"(?P<year>-?(?:[1-9]\d{{3,}}|0\d{{3}})){_ZONE}"),
    "gMonthDay": re.compile(rf"--(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01]){_ZONE}"),
    "gMonth": re.compile(rf"--(?P<month>0[1-9]|1[0-2]){_ZONE}"),
    "gDay": re.compile(rf"---(?P<day>0[1-9]|[12]\d|3[01]){_ZONE}"),
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
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)

# A value: its space, and what tells it from others there.
_Value: TypeAlias = tuple[str, str]

DATATYPE_MAP: frozenset[str] = frozenset(
    {XSD_NS + name for name in (*_INTEGERS, *_STRINGS, *_CALENDAR)}
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

    >>> split_literal('"a\\tb"'), split_literal('"chat"@fr')[1:]
    (('a\tb', 'http://www.w3.org/2001/XMLSchema#string', ''), ('http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'fr'))
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


def order_key(text: str) -> tuple[str, Fraction | float | str] | None:
    """What ``<`` compares two values by: the kind of order they are in, and the place there; ``None``: no order.

    Numbers of all datatypes are in one order, texts in that of their characters; dates and times by the
    instant at which they begin, without a time zone as if in UTC.
    """
    space, _, key = text.partition(" ")
    if space == "decimal":
        return "number", Fraction(key)
    if space in ("float", "double"):
        return ("number", Fraction(float(key))) if key not in ("NaN", "inf", "-inf") else None
    if space == "string":
        return "text", key
    if space in _CALENDAR:
        return space, _instant(key)
    return None


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescape(found: re.Match[str]) -> str:
    short, long, character = found.groups()
    if short or long:
        return chr(int(short or long, 16))
    return _ESCAPED.get(character, character)


@lru_cache(maxsize=1 << 16)
def _value(form: str, datatype: str, language: str) -> _Value | None:
    if language:
        return "langString", f"{form}@{language.lower()}"
    name = datatype.removeprefix(XSD_NS)
    if name in _INTEGERS:
        value = _decimal(form) if _DECIMAL.fullmatch(form) and "." not in form else None
        return value if value and is_value_of(" ".join(value), datatype) else None
    if name in _STRINGS:
        return ("string", form) if _STRINGS[name].fullmatch(form) else None
    if name in _CALENDAR:
        return _calendar(name, form)
    reader = _READERS.get(name.removeprefix(RDF_NS))
    return reader(form) if reader else None


def _decimal(form: str) -> _Value | None:
    if not _DECIMAL.fullmatch(form):
        return None
    return "decimal", str(Fraction(form.rstrip(".") if form.endswith(".") else form))


def _double(form: str) -> _Value | None:
    if not _FLOAT.fullmatch(form):
        return None
    return "double", "NaN" if form == "NaN" else repr(float(form))


def _float(form: str) -> _Value | None:
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


def _boolean(form: str) -> _Value | None:
    truth = {"true": "1", "1": "1", "false": "0", "0": "0"}.get(form)
    return ("boolean", truth) if truth else None


def _hex(form: str) -> _Value | None:
    return ("hexBinary", form.upper()) if re.fullmatch(r"(?:[0-9A-Fa-f]{2})*", form) else None


def _base64(form: str) -> _Value | None:
    try:
        return "base64Binary", base64.b64decode(form.replace(" ", ""), validate=True).hex()
    except (binascii.Error, ValueError):
        return None


def _plain(form: str) -> _Value | None:
    text, at, tag = form.rpartition("@")
    if not at or (tag and not _LANGUAGE.fullmatch(tag)):
        return None
    return ("langString", f"{text}@{tag.lower()}") if tag else ("string", text)


def _xml(form: str) -> _Value | None:
    try:
        expat.ParserCreate().Parse(f"<x>{form}</x>", True)
    except (expat.ExpatError, ValueError):
        return None
    try:
        # Two texts of one value may differ in the order of attributes, or in how an empty element ends.
        return "XMLLiteral", ElementTree.canonicalize(f"<x>{form}</x>", with_comments=True)
    except ElementTree.ParseError:  # a prefix is bound outside the literal
        return "XMLLiteral", form


def _calendar(name: str, form: str) -> _Value | None:
    found = _CALENDAR[name].fullmatch(form)
    if found is None:
        return None
    parts = found.groupdict()
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if month and day and not _day_exists(int(year or 2000), int(month), int(day)):
        return None
    if name == "dateTimeStamp" and not parts["zone"]:
        return None
    if parts.get("end"):
        hour, minute, second = "00", "00", "00"
        if year and month and day:
            year, month, day = _next_day(int(year), int(month), int(day))
    else:
        hour, minute, second = parts.get("hour"), parts.get("minute"), parts.get("second")
    fraction = (parts.get("part") or "").rstrip("0")
    zone = parts["zone"]
    offset = "" if not zone else "0" if zone == "Z" else str(_minutes(zone))
    if year:
        year = str(int(year))
    key = "|".join(part or "" for part in (year, month, day, hour, minute, second, fraction, offset))
    return "dateTime" if name == "dateTimeStamp" else name, key


def _day_exists(year: int, month: int, day: int) -> bool:
    length = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 28
    if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        length = 29
    return day <= length


def _next_day(year: int, month: int, day: int) -> tuple[str, str, str]:
    # The Gregorian calendar repeats every 400 years, and Python knows the years 1 to 9999.
    near = date(year % 400 + 400, month, day) + timedelta(days=1)
    return str(year + near.year - (year % 400 + 400)), f"{near.month:02}", f"{near.day:02}"


def _minutes(zone: str) -> int:
    hours, minutes = zone[1:].split(":")
    return (int(hours) * 60 + int(minutes)) * (-1 if zone[0] == "-" else 1)


def _instant(key: str) -> Fraction:
    year, month, day, hour, minute, second, fraction, offset = key.split("|")
    number = int(year or 2000)
    cycles, near = divmod(number, 400)
    days = cycles * 146097 + date(near + 400, int(month or 1), int(day or 1)).toordinal()
    seconds = ((days * 24 + int(hour or 0)) * 60 + int(minute or 0) - int(offset or 0)) * 60 + int(
        second or 0
    )
    return Fraction(seconds) + Fraction(f"0.{fraction or 0}")


def _duration(name: str) -> Callable[[str], _Value | None]:
    def read(form: str) -> _Value | None:
        found = _DURATION.fullmatch(form)
        if found is None:
            return None
        parts = found.groupdict()
        sign = -1 if parts["sign"] else 1
        months = sign * (int(parts["years"] or 0) * 12 + int(parts["months"] or 0))
        days, hours = int(parts["days"] or 0), int(parts["hours"] or 0)
        minutes = (days * 24 + hours) * 60 + int(parts["minutes"] or 0)
        seconds = sign * (Fraction(Decimal(parts["seconds"] or 0)) + minutes * 60)
        given = {part for part, amount in parts.items() if amount is not None} - {"sign"}
        allowed = {
            "duration": given,
            "dayTimeDuration": {"days", "hours", "minutes", "seconds"},
            "yearMonthDuration": {"years", "months"},
        }[name]
        return ("duration", f"{months}|{seconds}") if given <= allowed else None

    return read


_READERS: dict[str, Callable[[str], _Value | None]] = {
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    "boolean": _boolean,
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": lambda form: ("anyURI", form) if _IRI.fullmatch(form) else None,
    "PlainLiteral": _plain,
    "XMLLiteral": _xml,
    "duration": _duration("duration"),
    "dayTimeDuration": _duration("dayTimeDuration"),
    "yearMonthDuration": _duration("yearMonthDuration"),
}
