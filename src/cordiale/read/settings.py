"""The project's folder, and what ``[tool.cordiale]`` in its ``pyproject.toml`` says."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cordiale.model.errors import NotFoundError, SettingsError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.read.near import near_remedy
from cordiale.read.text import decode, machine_error
from cordiale.read.toml import not_toml
from cordiale.read.views import read_views

__all__ = ["SETTINGS_FILE", "find_root", "read_settings"]

SETTINGS_FILE = "pyproject.toml"
_TABLE = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*cordiale[ \t]*\]", re.MULTILINE)
_IRI = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*"
_TAG = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_NAME = r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What the value of one key must be: in a list, or a table by language, every item must match."""

    pattern: str
    want: str
    example: str
    many: bool = False
    by_language: bool = False
    may_be_empty: bool = False
    is_optional: bool = False


_KEYS = {
    "terms": _Key(
        pattern=_IRI + "[/#]", want='an IRI that ends in "#" or "/"', example='"https://example.org/ns#"'
    ),
    "things": _Key(
        pattern=_IRI + "[/#]", want='an IRI that ends in "#" or "/"', example='"https://example.org/id/"'
    ),
    "sources": _Key(
        pattern=_IRI + "/", want='an IRI that ends in "/"', example='"https://example.org/source/"'
    ),
    "languages": _Key(
        pattern=_TAG,
        want="a list of language tags",
        example='["en", "fr"]',
        many=True,
    ),
    "catalogue": _Key(pattern=_NAME, want="the name of a source", example='"sources"'),
    "trusted": _Key(
        pattern=_NAME,
        want="a list of names of sources or folders",
        example='["ontology", "sources", "entities"]',
        many=True,
        may_be_empty=True,
    ),
    "house": _Key(
        pattern=r"C\d{1,3}",
        want="a list of codes of house rules",
        example='["C32", "C46"]',
        many=True,
        may_be_empty=True,
        is_optional=True,
    ),
    "ignore": _Key(
        pattern=r"C\d{1,3}",
        want="a list of codes of problems",
        example='["C305"]',
        many=True,
        may_be_empty=True,
        is_optional=True,
    ),
    "same_as": _Key(
        pattern=_NAME,
        want="a list of names of mapping sets or folders",
        example='["links/ror"]',
        many=True,
        may_be_empty=True,
        is_optional=True,
    ),
    "by_row": _Key(
        pattern=_NAME,
        want="a list of names of mapping sets or folders",
        example='["links"]',
        many=True,
        may_be_empty=True,
        is_optional=True,
    ),
    "title": _Key(
        pattern=r"(?s).*\S.*",
        want="what the project is called, in each language",
        example='{ en = "Bridges", fr = "Ponts" }',
        by_language=True,
        is_optional=True,
    ),
}


def find_root(start: Path) -> Path:
    """The nearest folder, from ``start`` upwards, whose ``pyproject.toml`` has ``[tool.cordiale]``.

    Raises:
        NotFoundError: C115, there is none.
        MachineError: C901, a ``pyproject.toml`` on the way cannot be read.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        file = folder / SETTINGS_FILE
        try:
            if file.is_file() and _has_table(file.read_text("utf-8", errors="replace")):
                return folder
        except OSError as error:
            raise machine_error(str(file), error) from error
    raise NotFoundError(
        Problem(
            code="C115",
            message=f'there is no Cordiale project in "{start}" or in a folder above it',
            remedy="go to the project's folder, or make one: a pyproject.toml with a table [tool.cordiale]",
        )
    )


def read_settings(root: Path) -> Settings:
    """What the table ``[tool.cordiale]`` of ``root/pyproject.toml`` says; some keys may be missing.

    Raises:
        SettingsError: C102 (not UTF-8), C110 (not TOML), C111 (no table), and of its keys all that is wrong:
            C112 (missing), C113 (unknown), C114 (wrong value).
        MachineError: C901, the file cannot be read.
    """
    try:
        text = decode((root / SETTINGS_FILE).read_bytes(), path=SETTINGS_FILE)
        table = _table(text)
    except OSError as error:
        raise machine_error(SETTINGS_FILE, error) from error
    except SourceError as error:
        raise SettingsError(*error.problems) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(not_toml(str(error), text, code="C110", path=SETTINGS_FILE)) from error
    if not isinstance(table, dict):
        raise SettingsError(
            Problem(
                code="C111",
                message="there is no table [tool.cordiale]",
                remedy=f"write [tool.cordiale] with the keys {', '.join(_KEYS)}",
                place=Place(path=SETTINGS_FILE),
            )
        )
    views, wrong_views = read_views(table.get("views", {}), text, SETTINGS_FILE)
    problems = [_unknown(key, text) for key in table if key not in (*_KEYS, "views")]
    problems += wrong_views
    problems += [_missing(key, text) for key in _KEYS if key not in table and not _KEYS[key].is_optional]
    problems += [_wrong(key, text) for key in _KEYS if key in table and not _fits(table[key], _KEYS[key])]
    if problems:
        raise SettingsError(*problems)
    return Settings(
        terms=table["terms"],
        things=table["things"],
        sources=table["sources"],
        languages=tuple(table["languages"]),
        catalogue=table["catalogue"],
        trusted=tuple(table["trusted"]),
        views=views,
        house=tuple(table.get("house", ())),
        ignore=tuple(table.get("ignore", ())),
        same_as=tuple(table.get("same_as", ())),
        by_row=tuple(table.get("by_row", ())),
        title=table.get("title", {}),
    )


def _table(text: str) -> object:
    tool = tomllib.loads(text).get("tool")
    return tool.get("cordiale") if isinstance(tool, dict) else None


def _has_table(text: str) -> bool:
    try:
        return _table(text) is not None
    except tomllib.TOMLDecodeError:
        return _TABLE.search(text) is not None  # the file that is meant, with an error to be told


def _fits(value: object, key: _Key) -> bool:
    if key.by_language:
        return (
            isinstance(value, dict)
            and bool(value)
            and all(re.fullmatch(_TAG, language) for language in value)
            and all(isinstance(text, str) and re.fullmatch(key.pattern, text) for text in value.values())
        )
    if key.many:
        return (
            isinstance(value, list)
            and bool(value or key.may_be_empty)
            and all(isinstance(item, str) and re.fullmatch(key.pattern, item) for item in value)
        )
    return isinstance(value, str) and re.fullmatch(key.pattern, value) is not None


def _unknown(key: str, text: str) -> Problem:
    return Problem(
        code="C113",
        message=f'[tool.cordiale] has no key "{key}"',
        remedy=near_remedy(key, _KEYS, otherwise=f"its keys are {', '.join(_KEYS)}"),
        place=_place(key, text),
    )


def _missing(key: str, text: str) -> Problem:
    return Problem(
        code="C112",
        message=f'[tool.cordiale] lacks the key "{key}", {_KEYS[key].want}',
        remedy=f"write, for instance: {key} = {_KEYS[key].example}",
        place=_place("", text),
    )


def _wrong(key: str, text: str) -> Problem:
    return Problem(
        code="C114",
        message=f'the value of "{key}" must be {_KEYS[key].want}',
        remedy=f"write, for instance: {key} = {_KEYS[key].example}",
        place=_place(key, text),
    )


def _place(key: str, text: str) -> Place:
    """The line of ``key`` in the table, or else of the table's head; no line in other styles of TOML."""
    head = _TABLE.search(text)
    if not head:
        return Place(path=SETTINGS_FILE)
    found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(text, head.end())
    at = found.end() if key and found else head.end()
    return Place(path=SETTINGS_FILE, line=text.count("\n", 0, at) + 1)
