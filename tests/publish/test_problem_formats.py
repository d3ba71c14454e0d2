"""Problems in formats that other programs read."""

import json
from typing import Any

import pytest

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.publish.problem_formats import write_github, write_json, write_sarif

WRONG = Problem(
    code="C301",
    message='the year is no year, "1607" neither: 100 %',
    remedy='write "1607"^^xsd:gYear',
    place=Place(path="data/pont neuf/é.ttl", line=14, column=5),
    related=(Place(path="data/b.ttl", line=2),),
    supports=(frozenset({"b", "a"}), frozenset({"c"})),
)
RARE = Problem(code="C305", message="rare", remedy="use it", severity=Severity.INFO)
ODD = Problem(
    code="C124",
    message="odd",
    remedy="bind it",
    severity=Severity.WARNING,
    place=Place(path="pyproject.toml"),
)


def check_sarif(log: Any) -> None:
    """Fail where a log has not the shape of SARIF 2.1.0 (sections 3.13 to 3.29)."""
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert isinstance(run["tool"]["driver"]["name"], str)
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert isinstance(result["message"]["text"], str)
        assert set(result) <= {
            *("ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"),
            *("suppressions", "properties"),
        }
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert uri.isascii()
            assert " " not in uri
            assert not uri.startswith("/")
            for bound in physical.get("region", {"startLine": 1}).values():
                assert isinstance(bound, int)
                assert bound >= 1
        for suppression in result.get("suppressions", ()):
            assert suppression["kind"] in ("inSource", "external")
            assert suppression["justification"]


def test_json() -> None:
    """Every member is there, whether it is known or not; sources of a support are in order."""
    wrong, rare = json.loads(write_json([WRONG, RARE]))
    assert (wrong["path"], wrong["line"], wrong["column"]) == ("data/pont neuf/é.ttl", 14, 5)
    assert wrong["related"] == [{"path": "data/b.ttl", "line": 2, "column": None}]
    assert wrong["supports"] == [["a", "b"], ["c"]]
    assert set(rare) == set(wrong)
    assert rare["path"] is None


@pytest.mark.parametrize("problems", [[], [WRONG], [WRONG, RARE, ODD, WRONG]])
def test_sarif(problems: list[Problem]) -> None:
    """The log has the shape of SARIF 2.1.0, a result for each problem, and what is waived as suppressed."""
    log = json.loads(write_sarif(problems, [(ODD, "it is odd")]))
    check_sarif(log)
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [*(problem.code for problem in problems), "C124"]
    assert [("suppressions" in result) for result in results] == [*(False for _ in problems), True]
    for result, problem in zip(results, problems, strict=False):
        assert result["message"]["text"] == f"{problem.message}\n{problem.remedy}"
        assert len(result["locations"]) == (problem.place is not None)
    if problems:
        physical = results[0]["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "data/pont%20neuf/%C3%A9.ttl"
        assert physical["region"] == {"startLine": 14, "startColumn": 5}


def test_github() -> None:
    """A line each, with the signs escaped that a runner would take for its own."""
    assert write_github([WRONG, ODD, RARE]).splitlines() == [
        "::error file=data/pont neuf/é.ttl,line=14,col=5,title=C301::the year is no year, "
        '"1607" neither: 100 %25%0Awrite "1607"^^xsd:gYear',
        "::warning file=pyproject.toml,title=C124::odd%0Abind it",
        "::notice title=C305::rare%0Ause it",
    ]
