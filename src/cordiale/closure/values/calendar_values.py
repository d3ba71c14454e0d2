"""Dates, times and durations: their lexical forms and their values (XSD 1.1, section 3)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

__all__ = ["CALENDAR", "Value", "calendar_value", "duration_reader", "end", "instant"]

# A value: its space, and what tells it from others there.
Value: TypeAlias = tuple[str, str]

_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DAY = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_CLOCK = (
    r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d+))?"
    r"|(?P<end>24:00:00(?:\.0+)?))"
)
CALENDAR: dict[str, re.Pattern[str]] = {
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
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def calendar_value(name: str, form: str) -> Value | None:
    """The value of a date or time of a datatype of ``CALENDAR``; ``None`` where it is none."""
    found = CALENDAR[name].fullmatch(form)
    if found is None:
        return None
    parts = found.groupdict()
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if month and day and not _day_exists(int(year or 2000), int(month), int(day)):
        return None
    if name == "dateTimeStamp" and not parts["zone"]:
        return None
    hour: str | None
    minute: str | None
    second: str | None
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


def instant(key: str) -> Fraction:
    """When a date or time begins, in seconds; without a time zone as if in UTC."""
    year, month, day, hour, minute, second, fraction, offset = key.split("|")
    number = int(year or 2000)
    cycles, near = divmod(number, 400)
    days = cycles * 146097 + date(near + 400, int(month or 1), int(day or 1)).toordinal()
    seconds = ((days * 24 + int(hour or 0)) * 60 + int(minute or 0) - int(offset or 0)) * 60 + int(
        second or 0
    )
    return Fraction(seconds) + Fraction(f"0.{fraction or 0}")


def end(space: str, key: str) -> Fraction | None:
    """When a day, a month or a year is over, in seconds; ``None`` for what is no such span of time."""
    year, month, *rest = key.split("|")
    if space == "date":
        return instant(key) + 24 * 60 * 60
    if space == "gYear" or (space == "gYearMonth" and month == "12"):
        return instant("|".join((str(int(year) + 1), month and "01", *rest)))
    return instant("|".join((year, f"{int(month) + 1:02}", *rest))) if space == "gYearMonth" else None


def duration_reader(name: str) -> Callable[[str], Value | None]:
    """What reads the durations of a datatype: months and seconds, or ``None``."""

    def read(form: str) -> Value | None:
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
