"""Problems as JSON, as SARIF 2.1.0 and as commands of GitHub's runners."""

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from urllib.parse import quote

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity

__all__ = ["problem_json", "write_github", "write_json", "write_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_CODES = "docs/reference/problems.md"


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as the members of a JSON object; an unknown place is null."""
    place = problem.place
    return {
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "related": [
            {"path": other.path, "line": other.line, "column": other.column} for other in problem.related
        ],
        "supports": [sorted(support) for support in problem.supports],
    }


def write_json(problems: Iterable[Problem]) -> str:
    """A list of objects, see ``problem_json``."""
    return _dumped([problem_json(problem) for problem in problems])


def write_sarif(problems: Sequence[Problem], waived: Sequence[tuple[Problem, str]] = ()) -> str:
    """A log of one run (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).

    What is ``waived``, with the reason why, is told as suppressed. Lines and columns count from 1, columns in
    code points.
    """
    codes = sorted({problem.code for problem in (*problems, *(problem for problem, _ in waived))})
    results = [_result(problem, codes) for problem in problems]
    for problem, reason in waived:
        suppression = {"kind": "inSource", "justification": reason}
        results.append({**_result(problem, codes), "suppressions": [suppression]})
    driver = {
        "name": "cordiale",
        "semanticVersion": version("cordiale"),
        "rules": [{"id": code, "help": {"text": f"See {_CODES}, {code}."}} for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def write_github(problems: Iterable[Problem]) -> str:
    """A line for each problem, which a runner of GitHub shows beside the line of the file."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _result(problem: Problem, codes: Sequence[str]) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.message}\n{problem.remedy}"},
        "locations": [_location(problem.place)] if problem.place else [],
        "properties": {
            "remedy": problem.remedy,
            "supports": [sorted(support) for support in problem.supports],
        },
    }
    if problem.related:
        result["relatedLocations"] = [_location(place) for place in problem.related]
    return result


def _location(place: Place) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(place.path), "uriBaseId": "%SRCROOT%"}}
    if place.line is not None:
        column = {} if place.column is None else {"startColumn": place.column}
        physical["region"] = {"startLine": place.line, **column}
    return {"physicalLocation": physical}


def _command(problem: Problem) -> str:
    place = problem.place
    where = {} if place is None else {"file": place.path, "line": place.line, "col": place.column}
    properties = {**where, "title": problem.code}
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value is not None)
    return f"::{_COMMANDS[problem.severity]} {shown}::{_data(f'{problem.message}{chr(10)}{problem.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
