"""The 29 disagreements of the dossier: each is found by a conflict rule, or for a reason it is not."""

import re
from pathlib import Path

import pytest

from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.supported import close_supported
from cordiale.model.views import Policy
from cordiale.project.knowledge_graph import KnowledgeGraph
from tests.data.bare import CORD

THINGS = "https://w3id.org/cordiale/id/"

# Found: of which thing and property, and which values are at odds. A rule of another kind has its name.
FOUND = {
    "K-02": ("entente-cordiale-ai-initiative", "parts-counted", {"5", "3"}),
    "K-06": ("inria-ucl-joint-centre", "planned-otherwise", {"2024", "2025-07-08"}),
    "K-10": ("isambard-ai", "launchedOn", {"2025-07-15", "2025-07-17"}),
    "K-10, the sum": ("sum-isambard-ai", "amount", {"211000000", "225000000"}),
    "K-11": ("election-galap-2024", "onDate", {"2024-06-11", "2024-06-14"}),
    "K-12": (
        "role-galap-provisional-administrator-ups",
        "startedOn",
        {"2024-03-01", "2024-03-02", "2024-03-04"},
    ),
    "K-13": ("role-tracey-vice-chancellor-oxford", "startedOn", {"2023-01-01", "2023-01-10"}),
    "K-14": ("universite-paris-saclay", "createdOn", {"2019-11-05", "2019-11-06"}),
    "K-19": ("hi-paris", "researcherCount", {"250", "300"}),
    "K-21": ("mistral-ai", "foundedOn", {"2023-04", "2023-05"}),
    "K-24": ("turing-dataia-agreement-2018", "durationInYears", {"4", "5"}),
}

NOT_FOUND = {
    "K-01": "words for how it came about: each is a relation of its own, and several may hold",
    "K-03": "wordings of the fifth area; an area may be described in many ways",
    "K-04": "spellings of a name; a thing may have many official names",
    "K-05": "who announced it: an announcement may have several authors, and no list is closed",
    "K-07": "two events: created in January, the launch celebrated in July; a property for each",
    "K-08": "formats of an event: a thing may be of many kinds, and none of these is disjoint with another",
    "K-09": "reported speech: a statement that somebody made is no statement about the world",
    "K-15": "two titles of one role, and a title is a text that may vary",
    "K-16": "a list without Oxford does not say that Oxford is none: silence is no contradiction",
    "K-17": "announced and launched are two events; 2016, October 2016 and a day of it are compatible",
    "K-18": "who received a sum: it may go to several, and one of these belongs to the other",
    "K-20": "a target and a count: about ten were wanted, nine were chosen; a property for each",
    "K-22": "who may take part in one doctorate: an institute, a university and two schools",
    "K-23": "authors of a proposal: one page names one, two pages name both; no list is closed",
    "K-25": "two revisions of one page, one of which is silent",
    "K-26": "several is no number; the four names are a count of what documents give",
    "K-27": "a sum in all and its two parts: compatible, and three sums in the graph",
    "K-28": "over 800 and nearly 800 are both 800 here; the bound is a claim's precision, left to the reader",
    "K-29": "taking office and an election on one day: two events, of which one document confuses the names",
}

# Found, and in no row of the dossier: no document says so in words, but it follows from several.
BESIDES = {("dataia-institute", "older-than-its-whole")}


def _found(kg: KnowledgeGraph) -> dict[tuple[str, str], set[str]]:
    """The values of each conflict, by its thing and its property, or else its rule."""
    told = {}
    for each in kg.conflicts():
        names = [str(term) for term in each.about]
        things = [name.removeprefix(THINGS) for name in names if name.startswith(THINGS)]
        properties = [name.removeprefix(CORD) for name in names if name.startswith(CORD)]
        told[things[0], properties[0] if properties else each.rule] = {str(value) for value in each.values}
    return told


def test_each_of_the_29_is_found_or_has_a_reason(kg: KnowledgeGraph) -> None:
    """What is found is what the table says, and nothing besides that is not listed."""
    numbers = {key[:4] for key in FOUND}
    assert numbers.isdisjoint(NOT_FOUND)
    assert numbers | NOT_FOUND.keys() == {f"K-{number:02}" for number in range(1, 30)}
    found = _found(kg)
    assert {(thing, what): values for thing, what, values in FOUND.values()} == {
        key: values for key, values in found.items() if key not in BESIDES
    }
    assert found.keys() >= BESIDES


def test_the_table_is_of_the_dossier(shared: Path) -> None:
    """Its rows are those of the dossier, with values that stand there where they are dates or numbers."""
    dossier = (shared / "facts" / "dossier.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (K-\d\d) \|(.*)$", dossier, flags=re.MULTILINE))
    assert rows.keys() == {key[:4] for key in FOUND} | NOT_FOUND.keys()
    assert "211 m" in rows["K-10"]
    assert "11 June 2024" in rows["K-11"]
    assert "14 June 2024" in rows["K-11"]


def test_dates_in_conflict_are_those_of_the_stored_question(kg: KnowledgeGraph) -> None:
    """Q26 asks for dates in SPARQL; the rules find the same, and sums, counts and durations beside them."""
    rows = kg.ask("conflicting").rows
    asked = {(str(row[0]).removeprefix(THINGS), str(row[1]).removeprefix(CORD)) for row in rows}
    dates = {"launchedOn", "onDate", "startedOn", "createdOn", "foundedOn", "planned-otherwise"}
    found = {(thing, what) for thing, what in _found(kg) if what in dates}
    assert {(thing, "planned-otherwise" if what == "plannedFor" else what) for thing, what in asked} == found


def test_every_conflict_is_acknowledged_with_a_reason(kg: KnowledgeGraph) -> None:
    """So that a build fails on new ones only."""
    assert [each.about for each in kg.conflicts() if each.known is None] == []
    assert kg.conflict_problems() == ()


def test_conflicts_by_rules_change_nothing_that_is_known(kg: KnowledgeGraph) -> None:
    """With the project's rules and without them, the same triples rest on the same sources."""
    plain = close_supported(kg.stated, kg.trusted, read_rule_set("owl2rl"))
    told = kg.supported
    assert told.conflicts
    assert plain.inferred() == told.inferred()
    assert plain.supports == told.supports
    assert told.contested == frozenset()


@pytest.mark.parametrize("number", ["K-06", "K-14"])
def test_what_resolves_a_conflict_resolves_it(kg: KnowledgeGraph, number: str) -> None:
    """In a view without one of the smallest withdrawals there is none of this matter."""
    thing, what, _ = FOUND[number]
    conflict = next(
        each
        for each in kg.conflicts()
        if f"{THINGS}{thing}" in map(str, each.about) and each.rule != "older-than-its-whole"
    )
    assert conflict.withdrawals
    for withdrawn in conflict.withdrawals:
        assert (thing, what) not in _found(kg.view(Policy(without=withdrawn)))
