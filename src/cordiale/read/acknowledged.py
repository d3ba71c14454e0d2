"""The conflicts that a project knows of: ``data/conflicts.toml``."""

import re
import tomllib

from cordiale.model.acknowledgements import Acknowledgement
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.read.near import near_remedy
from cordiale.read.text import decode
from cordiale.read.toml import not_toml

__all__ = ["ACKNOWLEDGED", "read_acknowledged"]

ACKNOWLEDGED = "data/conflicts.toml"

_EXAMPLE = {
    "rule": '"single-valued"',
    "about": '["an-election", "cord:onDate"]',
    "values": '["2024-06-11", "2024-06-14"]',
    "sources": '["ror"]',
    "reason": '"The minutes and the newspaper differ."',
}
_OF_ONE = frozenset({"about", "values"})
_OF_ALL = frozenset({"sources"})
_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*known[ \t]*\]\]", re.MULTILINE)


def read_acknowledged(data: bytes, *, path: str = ACKNOWLEDGED) -> tuple[Acknowledgement, ...]:
    """The tables ``[[known]]`` of a file, in their order.

    >>> read_acknowledged(b"")
    ()

    Raises:
        SourceError: C102 (not UTF-8), C140 (not TOML), C141 (a table is not as it should be).
    """
    text = decode(data, path=path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(not_toml(str(error), text, code="C140", path=path)) from error
    places = [Place(path=path, line=text.count("\n", 0, found.start()) + 1) for found in _HEAD.finditer(text)]
    tables = content.get("known", [])
    others = sorted(content.keys() - {"known"})
    problems = [_wrong(f'there is no "{key}" here', "write [[known]]", path, None) for key in others]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SourceError(_wrong("known is no list of tables", "write [[known]] over each", path, None))
    found = []
    for number, table in enumerate(tables):
        place = places[number] if number < len(places) else Place(path=path)
        wrong = list(_wrong_keys(table, path, place))
        problems += wrong
        if not wrong:
            found.append(
                Acknowledgement(
                    rule=table["rule"],
                    about=tuple(table.get("about", ())),
                    values=tuple(table.get("values", ())),
                    sources=tuple(table.get("sources", ())),
                    reason=table["reason"],
                    place=place,
                )
            )
    if problems:
        raise SourceError(*problems)
    return tuple(found)


def _wrong_keys(table: dict[str, object], path: str, place: Place) -> list[Problem]:
    problems = []
    for key in sorted(table.keys() - _EXAMPLE.keys()):
        remedy = near_remedy(key, _EXAMPLE, otherwise=f"the keys are {', '.join(_EXAMPLE)}")
        problems.append(_wrong(f'a known conflict has no key "{key}"', remedy, path, place))
    if "sources" in table and not _OF_ONE.isdisjoint(table):
        remedy = "take out sources, or both about and values"
        problems.append(_wrong("a known conflict is one, or all within some sources", remedy, path, place))
    for key, example in _EXAMPLE.items():
        if key in (_OF_ONE if "sources" in table else _OF_ALL):
            continue
        value = table.get(key)
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        if not (is_list if key in _OF_ONE | _OF_ALL else isinstance(value, str) and value.strip()):
            what = "a list of texts" if key in _OF_ONE | _OF_ALL else "a text"
            message = f'the "{key}" of a known conflict must be {what}'
            problems.append(_wrong(message, f"write, for instance: {key} = {example}", path, place))
    return problems


def _wrong(message: str, remedy: str, path: str, place: Place | None) -> Problem:
    return Problem(code="C141", message=message, remedy=remedy, place=place or Place(path=path))
