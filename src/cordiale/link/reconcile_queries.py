"""Queries of the Reconciliation API 0.2, checked: what is malformed or too large is refused with a reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem

__all__ = ["MOST_IDS", "MOST_RESULTS", "Query", "extension", "queries"]

_MOST_QUERIES = 100
MOST_RESULTS = 50
MOST_IDS = 1000
_LONGEST = 1000  # characters of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query of a batch (section 4.1)."""

    text: str
    types: tuple[str, ...] = ()
    type_strict: str = "should"
    limit: int = 10
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


def queries(text: str) -> dict[str, Query]:
    """The batch that a JSON text holds, by key.

    Raises:
        UsageError: C747, it is none, with what is wrong; C748, it is too large.
    """
    batch = _loaded(text)
    if len(batch) > _MOST_QUERIES:
        raise _large(f"{len(batch)} queries in one batch", f"send at most {_MOST_QUERIES}")
    return {key: _query(key, asked) for key, asked in batch.items()}


def _query(key: str, asked: object) -> Query:
    if not isinstance(asked, dict):
        raise _wrong(f'query "{key}" is no object')
    unknown = sorted(asked.keys() - {"query", "type", "limit", "properties", "type_strict"})
    if unknown:
        raise _wrong(f'query "{key}" has an unknown member "{unknown[0]}"')
    text, kinds = asked.get("query", ""), asked.get("type", [])
    limit, strict, given = (
        asked.get("limit", 10),
        asked.get("type_strict", "should"),
        asked.get("properties", []),
    )
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if (
        not isinstance(text, str)
        or not isinstance(kinds, list)
        or not all(isinstance(kind, str) for kind in kinds)
    ):
        raise _wrong(f'query "{key}": "query" is a text, "type" a text or a list of texts')
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 0:
        raise _wrong(f'query "{key}": "limit" is a number')
    if strict not in ("any", "should", "all"):
        raise _wrong(f'query "{key}": "type_strict" is any, should or all')
    if len(text) > _LONGEST:
        raise _large(f'query "{key}" has {len(text)} characters', f"send at most {_LONGEST}")
    if not isinstance(given, list):
        raise _wrong(f'query "{key}": "properties" is a list')
    if not text.strip() and not given:
        raise _wrong(f'query "{key}" has neither "query" nor "properties"')
    return Query(
        text=text.strip(),
        types=tuple(kinds),
        type_strict=strict,
        limit=max(1, min(int(limit), MOST_RESULTS)),
        properties=tuple(_property(key, each) for each in given[:MOST_RESULTS]),
    )


def _property(key: str, given: object) -> tuple[str, tuple[str, ...]]:
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        raise _wrong(f'query "{key}": each property has a "pid" and a "v"')
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    texts = []
    for value in values[:MOST_RESULTS]:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            texts.append(value["id"])
        elif isinstance(value, str | int | float):
            texts.append(str(value))
        else:
            raise _wrong(f'query "{key}": a value is a text, a number, true, false or an object with an "id"')
    return given["pid"], tuple(text[:_LONGEST] for text in texts)


def extension(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The ids and the properties, with the most values of each, of a data extension query (section 8.3).

    Raises:
        UsageError: C747, it is none, with what is wrong; C748, it is too large.
    """
    asked = _loaded(text)
    ids, given = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise _wrong('"ids" is a list of texts')
    if not isinstance(given, list) or not all(
        isinstance(each, dict) and isinstance(each.get("id"), str) for each in given
    ):
        raise _wrong('"properties" is a list of objects with an "id"')
    if len(ids) > MOST_IDS or len(given) > MOST_RESULTS:
        raise _large(
            f"{len(ids)} ids and {len(given)} properties", f"send at most {MOST_IDS} and {MOST_RESULTS}"
        )
    return tuple(ids), tuple((each["id"], _limit(each.get("settings"))) for each in given)


def _limit(settings: object) -> int:
    given = str(settings.get("limit", "0")) if isinstance(settings, Mapping) else "0"
    return int(given) if given.isdecimal() and len(given) < 6 else 0


def _loaded(text: str) -> dict[str, object]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(f"it is no JSON: {error}") from error
    if not isinstance(loaded, dict):
        raise _wrong("it is no JSON object")
    return loaded


def _wrong(message: str) -> UsageError:
    return UsageError(
        Problem(
            code="C747",
            message=f"the request cannot be read: {message}",
            remedy="see https://reconciliation-api.github.io/specs/0.2/",
        )
    )


def _large(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C748", message=f"the request is too large: {message}", remedy=remedy))
