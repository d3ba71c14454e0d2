"""Conflicts of a small project: found, acknowledged, told; and rules and notes that are wrong."""

import re
from pathlib import Path

import pytest

import cordiale
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem, Severity
from cordiale.model.views import Policy
from cordiale.project.build import build
from tests.small_project import TERMS

RULES = f"""\
@prefix sea: <{TERMS}>
# One year for each light.
lit-once: ?x sea:litIn ?a, ?x sea:litIn ?b, ?a < ?b -> false "?x was lit in several years"
"""
KNOWN = """\
[[known]]
rule = "lit-once"
about = ["skerry-light"]
values = ["1844", "1845"]
reason = "The board counts from its first report."
"""
WITHIN = """\
[[known]]
rule = "lit-once"
sources = ["almanac", "harbour-board/report"]
reason = "One copied the other, with many a slip."
"""


@pytest.fixture
def sea(small: Path) -> Path:
    """The folder of a small project in which two documents are at odds by a rule."""
    (small / "ontology" / "conflicts.rules").write_text(RULES)
    return small


def _rules(root: Path, line: str) -> None:
    (root / "ontology" / "conflicts.rules").write_text(f"@prefix sea: <{TERMS}>\n{line}\n")


def _acknowledge(root: Path, text: str = KNOWN) -> None:
    (root / "data" / "conflicts.toml").write_text(text)


def _says(root: Path, source: str, turtle: str) -> None:
    path = root / "data" / f"{source}.ttl"
    path.write_text(path.read_text() + turtle)


def _problems(root: Path) -> list[Problem]:
    return [problem for problem in cordiale.open(root).check() if problem.code.startswith(("C1", "C6"))]


def _build(root: Path) -> tuple[bool, list[str]]:
    report = build(root, list[str]().append)
    return report.ok, [problem.code for problem in report.problems]


def test_both_sides_are_told(sea: Path) -> None:
    """What each says, where; which sources cannot all be right, and which withdrawals resolve it."""
    (found,) = cordiale.open(sea).conflicts()
    assert (found.rule, [str(value) for value in found.values]) == ("lit-once", ["1844", "1845"])
    assert [(said.sources, str(said.places[0])) for said in found.statements] == [
        (("almanac/1901",), "data/almanac/1901.ttl:13:15"),
        (("harbour-board/report",), "data/harbour-board/report.ttl:13:15"),
    ]
    assert found.sets == (("almanac/1901", "harbour-board/report"),)
    assert found.withdrawals == (("almanac/1901",), ("harbour-board/report",))
    assert found.known is None


def test_a_new_conflict_fails_and_its_remedy_mends(sea: Path) -> None:
    """A build and a check fail with place and remedy; with what the remedy says they do not."""
    (problem,) = _problems(sea)
    assert (problem.code, problem.severity) == ("C660", Severity.VIOLATION)
    assert str(problem.place) == "data/almanac/1901.ttl:13:15"
    assert problem.supports == (frozenset({"almanac/1901", "harbour-board/report"}),)
    assert _build(sea) == (False, ["C660"])
    note = problem.remedy.partition("\n")[2]
    _acknowledge(sea, note.replace('reason = ""', 'reason = "Known."'))
    assert _problems(sea) == []
    assert _build(sea) == (True, [])
    (found,) = cordiale.open(sea).conflicts()
    assert found.known is not None
    assert found.known.reason == "Known."


def test_a_further_value_is_a_new_conflict(sea: Path) -> None:
    """Three years are one conflict, which knows no more than two; who repeats a year says nothing new."""
    _acknowledge(sea)
    _says(sea, "almanac/1901", '\n:skerry-light sea:litIn "1845"^^xsd:gYear .\n')
    assert _problems(sea) == []
    _says(sea, "harbour-board/report", '\n:skerry-light sea:litIn "1850"^^xsd:gYear .\n')
    kg = cordiale.open(sea)
    (found,) = kg.conflicts()
    assert [str(value) for value in found.values] == ["1844", "1845", "1850"]
    # Each of the two documents contradicts itself by now.
    assert found.sets == (("almanac/1901",), ("harbour-board/report",))
    assert found.withdrawals == (("almanac/1901", "harbour-board/report"),)
    assert [problem.code for problem in kg.conflict_problems()] == ["C660"]


def test_all_that_some_sources_contradict_can_be_known_at_once(sea: Path) -> None:
    """By a rule, within folders or sources; a conflict with a side of another source is none of them."""
    _acknowledge(sea, WITHIN)
    _says(sea, "harbour-board/report", '\n:skerry-light sea:litIn "1850"^^xsd:gYear .\n')
    assert _problems(sea) == []
    (found,) = cordiale.open(sea).conflicts()
    assert found.known is not None
    assert found.known.reason == "One copied the other, with many a slip."
    _acknowledge(sea, WITHIN.replace('"almanac", ', ""))
    assert [(each.code, each.place is not None) for each in _problems(sea)] == [
        ("C660", True),
        ("C661", True),
    ]
    _acknowledge(sea, WITHIN.replace("lit-once", "lit-twice"))
    assert [each.code for each in _problems(sea)] == ["C660", "C661"]


def test_a_year_does_not_contradict_its_days(sea: Path) -> None:
    """1844 and a day of it are compatible, and so is a number in another form; a day of 1846 is not."""
    for name in ("almanac/1901", "harbour-board/report"):
        path = sea / "data" / f"{name}.ttl"
        path.write_text(
            re.sub(r"sea:litIn .*?gYear ;", 'sea:litIn "1844"^^xsd:gYear ;', path.read_text(), count=1)
        )
    _says(sea, "almanac/1901", '\n:skerry-light sea:litIn "1844-05-02"^^xsd:date .\n')
    assert cordiale.open(sea).conflicts() == ()
    _says(sea, "almanac/1901", '\n:harbour-light sea:litIn "1846-05-02"^^xsd:date .\n')
    (found,) = cordiale.open(sea).conflicts()
    assert [str(value) for value in found.values] == ["1846-05-02", "1851"]


def test_a_number_in_two_forms_is_shown_as_written(sea: Path) -> None:
    """Both forms of the one value have their places."""
    _rules(sea, 'lamps: ?x sea:lamps ?a, ?x sea:lamps ?b, ?a < ?b -> false "?x has several numbers of lamps"')
    _says(sea, "harbour-board/report", "\n:skerry-light sea:lamps 7 , 8 .\n")
    (found,) = cordiale.open(sea).conflicts()
    told = [(str(said.triple[2]), len(said.places)) for said in found.statements]
    assert told == [("007", 1), ("7", 1), ("8", 1)]


def test_an_inferred_side_has_its_sources(sea: Path) -> None:
    """A light within two groups of isles, of which one is only inferred."""
    _rules(sea, 'apart: ?x sea:within ?a, ?x sea:within ?b, ?a != ?b -> false "?x lies in two"')
    (found,) = cordiale.open(sea).conflicts()
    inferred = [said for said in found.statements if not said.sources]
    assert [said.supports for said in inferred] == [(("harbour-board/report",),)]


def test_a_conflict_takes_no_conclusion_away(sea: Path) -> None:
    """What follows from two sources that differ on a year stays: nothing is contested."""
    rule = (sea / "ontology" / "conflicts.rules").read_text()
    (sea / "ontology" / "conflicts.rules").unlink()
    before = cordiale.open(sea)
    expected = before.closure.inferred, before.ask("standing-in", area=":western-isles").rows
    (sea / "ontology" / "conflicts.rules").write_text(rule)
    after = cordiale.open(sea)
    assert after.conflicts()
    assert (after.closure.inferred, after.ask("standing-in", area=":western-isles").rows) == expected
    assert after.supported.contested == frozenset()
    assert after.supported.clashes == ()


def test_a_clash_is_a_conflict_that_cannot_be_acknowledged(sea: Path) -> None:
    """A light that is an isle by another document: told, with who says so, and failed as a clash."""
    _acknowledge(sea)
    _says(sea, "almanac/1901", "\n:inner-isles a sea:Light .\n")
    kg = cordiale.open(sea)
    logical = [each for each in kg.conflicts() if each.is_logical]
    assert [each.rule for each in logical] == ["cax-dw"]
    assert logical[0].sets == (("almanac/1901",),)
    assert logical[0].withdrawals == (("almanac/1901",),)
    assert [problem.code for problem in _problems(sea)] == ["C601"]


def test_a_view_has_only_its_own(sea: Path) -> None:
    """Without one side there is no conflict, and no note is held against the view."""
    _acknowledge(sea)
    seen = cordiale.open(sea).view(Policy(without=("almanac/1901",)))
    assert seen.conflicts() == ()
    assert seen.conflict_problems() == ()


def test_warm_is_cold(sea: Path) -> None:
    """The build keeps conflicts and what is wrong with rules; an edited rule is followed at once."""
    _acknowledge(sea)
    cold = cordiale.open(sea).conflicts()
    assert _build(sea) == (True, [])
    kg = cordiale.open(sea)
    assert kg.conflicts() == cold
    assert kg.supported.faults == ()
    _rules(sea, "dead: ?x sea:nothing ?y -> false")
    assert _build(sea)[1] == ["C661", "C662"]


@pytest.mark.parametrize(
    ("rule", "code", "said"),
    [
        ("dead: ?x sea:litAt ?y -> false", "C662", 'no triple meets its premise "?x litAt ?y"'),
        (
            "apart: ?x sea:lamps ?y, ?x sea:neighbourOf ?z, ?z sea:lamps ?u -> false",
            "C662",
            "never all of them",
        ),
        ("itself: ?x sea:litIn ?y, ?y < ?y -> false", "C662", "?y < ?y holds of nothing"),
        (
            "kinds: ?x sea:litIn ?y, ?x sea:lamps ?z, ?y < ?z -> false",
            "C662",
            "never compares two values of one",
        ),
        ("all: ?x ?p ?y -> false", "C663", "triples that it looks at are in conflict"),
    ],
)
def test_a_rule_that_says_nothing_is_warned_of(sea: Path, rule: str, code: str, said: str) -> None:
    """With the line of the rule; and it is no violation by itself."""
    _rules(sea, rule)
    (problem,) = [each for each in _problems(sea) if each.code != "C660"]
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert str(problem.place) == "ontology/conflicts.rules:2:1"
    assert said in problem.message


def test_a_side_that_follows_has_the_place_of_its_thing(sea: Path) -> None:
    """Where nothing states either side, the thing that it is about is somewhere all the same."""
    _rules(sea, 'within: ?x sea:within ?a, ?x sea:within ?b, ?a != ?b -> false "?x lies within two"')
    _says(sea, "almanac/1901", "\n:harbour-light sea:within :inner-isles .\n")
    told = [problem for problem in _problems(sea) if problem.code == "C660"]
    assert told
    assert all(problem.place is not None for problem in told)


def test_a_prefix_that_is_not_bound_is_told_with_a_remedy(sea: Path) -> None:
    """How to bind it."""
    (sea / "ontology" / "conflicts.rules").write_text('odd: ?x sea:litIn ?a, ?a != ?x -> false "?x"')
    (problem,) = _problems(sea)
    assert (problem.code, "sea" in problem.message) == ("C610", True)
    assert "@prefix sea:" in problem.remedy


def test_a_rule_that_finds_too_much_is_cut_and_says_so(sea: Path) -> None:
    """More than a thousand conflicts of one rule are not told one by one."""
    _rules(sea, 'all: ?x ?p ?y, ?u ?q ?v -> false "anything"')
    (fault,) = cordiale.open(sea).supported.faults
    assert "more than 1,000 conflicts" in fault.detail


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("ok: ?x a ?y -> false\nodd: ?x b ?y -> false", "C610", "ontology/conflicts.rules:2:9"),
        ("free: ?x a ?y, ?z != ?y -> false", "C610", "ontology/conflicts.rules:1:16"),
        ("more: ?x a ?y -> ?y a ?x", "C612", "ontology/conflicts.rules:1:1"),
        ("marked @equal: ?x a ?y -> false", "C612", "ontology/conflicts.rules:1:1"),
    ],
)
def test_what_is_no_conflict_rule_is_refused(sea: Path, text: str, code: str, place: str) -> None:
    """With file, line and column; once, whoever asks."""
    (sea / "ontology" / "conflicts.rules").write_text(text)
    assert [(problem.code, str(problem.place)) for problem in _problems(sea)] == [(code, place)]
    with pytest.raises(SourceError) as refused:
        cordiale.open(sea).conflicts()
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("[[known]\n", "C140", 1, "not TOML"),
        (KNOWN.replace("reason", "because"), "C141", 1, '"because"'),
        (KNOWN.replace('"The board counts from its first report."', '""'), "C141", 1, 'the "reason"'),
        ("\n" + KNOWN.replace('["skerry-light"]', '"skerry-light"'), "C141", 2, 'the "about"'),
        (f'{KNOWN}sources = ["almanac"]\n', "C141", 1, "one, or all"),
        (WITHIN.replace('["almanac", "harbour-board/report"]', '"almanac"'), "C141", 1, 'the "sources"'),
        ("[[knwon]]\n", "C141", None, '"knwon"'),
        ("known = 3\n", "C141", None, "no list"),
    ],
)
def test_a_note_that_cannot_be_read_is_told(
    sea: Path, text: str, code: str, line: int | None, said: str
) -> None:
    """The file is named, and the line where there is one."""
    _acknowledge(sea, text)
    problem = _problems(sea)[0]
    assert problem.code == code
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("data/conflicts.toml", line)
    assert said in problem.message


def test_a_note_of_nothing_is_warned_of(sea: Path) -> None:
    """It was resolved, or the note has a slip; helper relations and conclusions of others are no matter."""
    _acknowledge(sea, f"{KNOWN}\n{KNOWN.replace('skerry', 'harbour')}")
    (problem,) = _problems(sea)
    assert (problem.code, problem.severity, str(problem.place)) == (
        "C661",
        Severity.WARNING,
        "data/conflicts.toml:7",
    )


def test_a_helper_relation_may_be_made(sea: Path) -> None:
    """Rules for it stand in the same file, and add no triple."""
    _rules(sea, "old: ?x sea:litIn ?y -> years(?x, ?y)\ntwo: years(?x, ?a), years(?x, ?b), ?a < ?b -> false")
    kg = cordiale.open(sea)
    assert [each.rule for each in kg.conflicts()] == ["two"]
    assert kg.conflicts()[0].sets == (("almanac/1901", "harbour-board/report"),)
