"""Links held against what mapping sets deny, and against what others make of them."""

from pathlib import Path

import pytest

from cordiale.link.identity import Link
from cordiale.link.records import Name, Record
from cordiale.link.register import Register
from cordiale.link.register_file import register_of
from cordiale.model.problems import Severity
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.linking import accept_all, propose
from tests.linked_project import LINKS, link
from tests.small_project import THINGS, small

__all__ = ["small"]

_Q77 = "http://www.wikidata.org/entity/Q77"
_WEIR = Link(thing=f"{THINGS}weir-bridge", record=_Q77)
_WHY = ("semapv:ManualMappingCuration", "Ada Lovelace", "", "2026-11-23")
_SAME = 'same_as = ["links/wikidata"]\n'


@pytest.fixture(scope="module")
def register() -> Register:
    """A register that knows one bridge."""
    names = (Name(text="Weir Bridge Trust", kind="label", language="en"),)
    return register_of([Record(id=_Q77, names=names, types=("organisation",))], name="wikidata")


def _bridges(root: Path, *rows: tuple[str, str, str, str], keys: str = _SAME) -> KnowledgeGraph:
    """The small project with two trusts of bridges, and a mapping set."""
    entities = root / "data/entities.ttl"
    said = "".join(
        f':{name} a <https://schema.org/Organization> ; rdfs:label "{label}"@en , "{label} (fr)"@fr .\n'
        for name, label in (("weir-bridge", "Weir Bridge Trust"), ("old-bridge", "Old Bridge Trust"))
    )
    entities.write_text(entities.read_text(encoding="utf-8") + said, encoding="utf-8")
    return open_project(link(root, *((*row, *_WHY) for row in rows), keys=keys))


def _codes(kg: KnowledgeGraph, register: Register, *links: Link) -> list[str]:
    good, problems = accept_all(kg, register, links or (_WEIR,))
    grave = [each for each in problems if each.severity is Severity.VIOLATION]
    assert bool(good) == (len(grave) < len(links or (_WEIR,)))
    return [each.code for each in grave]


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_denied_is_neither_proposed_nor_accepted(
    small: Path, register: Register, turned: bool
) -> None:
    """Whichever way round, in any set, drawn as an identity or not; the line that denies it is told."""
    pair = ("id:weir-bridge", "wd:Q77")
    one, other = reversed(pair) if turned else pair
    kg = _bridges(small, (one, "skos:exactMatch", "Not", other), keys="")
    offered = {each.thing.id: each.candidates for each in propose(kg, register)}
    assert offered[f"{THINGS}weir-bridge"] == ()
    good, (problem,) = accept_all(kg, register, (_WEIR,))
    assert good == ()
    assert problem.code == "C758"
    assert problem.message == (
        f"{THINGS}weir-bridge and {_Q77} are said not to be the same, and would be:"
        f" {THINGS}weir-bridge = {_Q77}"
        if not turned
        else f"{_Q77} and {THINGS}weir-bridge are said not to be the same, and would be:"
        f" {_Q77} = {THINGS}weir-bridge"
    )
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == (LINKS, 12)


def test_what_nothing_speaks_against_is_proposed_and_accepted(small: Path, register: Register) -> None:
    """A denial of another pair does not matter."""
    kg = _bridges(small, ("id:old-bridge", "skos:exactMatch", "Not", "wd:Q77"), keys="")
    offered = {each.thing.id: [found.id for found in each.candidates] for each in propose(kg, register)}
    assert offered[f"{THINGS}weir-bridge"] == [_Q77]
    assert offered[f"{THINGS}old-bridge"] == []
    assert _codes(kg, register) == []


def test_a_link_is_refused_for_what_it_leads_to(small: Path, register: Register) -> None:
    """By way of another thing: as a check would refuse it once it is accepted."""
    chain = (
        ("wd:Q77", "skos:exactMatch", "", "orcid:x"),
        ("id:old-bridge", "skos:exactMatch", "", "orcid:x"),
    )
    kg = _bridges(small, *chain)
    good, (problem,) = accept_all(kg, register, (_WEIR,))
    assert good == ()
    assert problem.code == "C750"
    assert problem.message == (
        f"{THINGS}old-bridge and {THINGS}weir-bridge would be one thing:"
        f" {THINGS}old-bridge = https://orcid.org/x = {_Q77} = {THINGS}weir-bridge"
    )
    assert {each.line for each in (problem.place, *problem.related) if each} == {12, 13}
    accepted = ("id:weir-bridge", "skos:exactMatch", "", "wd:Q77")
    after = open_project(link(small, *((*row, *_WHY) for row in (*chain, accepted)), keys=_SAME))
    assert [each.code for each in after.refused_merges.problems] == ["C750"]


def test_what_was_wrong_before_refuses_no_other_link(small: Path, register: Register) -> None:
    """Only what a link adds counts; a link that is accepted counts for the next."""
    wrong = (
        ("id:old-bridge", "skos:exactMatch", "", "wd:Q1"),
        ("id:old-bridge", "skos:exactMatch", "", "wd:Q2"),
    )
    kg = _bridges(small, *wrong)
    assert [each.code for each in kg.refused_merges.problems] == ["C751"]
    assert _codes(kg, register) == []
    other = Link(thing=f"{THINGS}skerry-light", record=_Q77)
    assert _codes(kg, register, _WEIR, other) == ["C750"]
