"""Merges that cannot be right are refused."""

from cordiale.link.identity import Link, objections, traps
from cordiale.link.records import Name, Record
from cordiale.link.ror_lines import record_of_ror_line
from cordiale.model.problems import Severity
from tests.link.registers import LINES

_THING, _OTHER = "https://example.org/id/northport", "https://example.org/id/other"
_ROR, _ROR2 = "https://ror.org/000000112", "https://ror.org/000000212"
_WIKIDATA = "http://www.wikidata.org/entity/"


def _codes(
    link: Link, *accepted: Link, kinds: tuple[str, ...] = (), record: Record | None = None
) -> list[str]:
    return [problem.code for problem in objections(link, accepted, kinds=kinds, record=record)]


def _record(number: int) -> Record:
    return record_of_ror_line(LINES[number - 1])


def test_a_good_link_meets_no_objection() -> None:
    """An education is an organisation; the same link twice is no second one."""
    link = Link(thing=_THING, record=_ROR)
    assert _codes(link, link, kinds=("organisation", "education"), record=_record(1)) == []


def test_one_record_is_not_two_things() -> None:
    """The record of another thing is refused."""
    assert _codes(Link(thing=_OTHER, record=_ROR), Link(thing=_THING, record=_ROR)) == ["C750"]


def test_one_thing_has_not_two_records_of_a_register() -> None:
    """Two ROR ids, or two items of Wikidata, for one thing are refused; one of each is not."""
    assert _codes(Link(thing=_THING, record=_ROR2), Link(thing=_THING, record=_ROR)) == ["C751"]
    items = [Link(thing=_THING, record=f"{_WIKIDATA}Q{number}") for number in (1, 2)]
    assert _codes(items[0], items[1]) == ["C751"]
    assert _codes(items[0], Link(thing=_THING, record=_ROR)) == []


def test_a_person_is_no_organisation() -> None:
    """Kinds that exclude each other are refused, whichever side is which."""
    link = Link(thing=_THING, record=_ROR)
    assert _codes(link, kinds=("person",), record=_record(1)) == ["C752"]
    human = Record(id=f"{_WIKIDATA}Q5", names=(Name(text="A", kind="label"),), types=("person",))
    assert _codes(Link(thing=_THING, record=human.id), kinds=("organisation",), record=human) == ["C752"]


def test_withdrawn_records_name_what_took_their_place() -> None:
    """A withdrawn record is refused, its successor offered."""
    problems = objections(Link(thing=_THING, record="x"), (), kinds=(), record=_record(5))
    assert [problem.code for problem in problems] == ["C753"]
    assert _ROR in problems[0].remedy


def test_a_link_at_odds_with_another_is_refused() -> None:
    """ROR's record names Q101; a thing that is linked to Q999 cannot be that record."""
    known = Link(thing=_THING, record=f"{_WIKIDATA}Q999")
    assert _codes(Link(thing=_THING, record=_ROR), known, record=_record(1)) == ["C754"]
    known = Link(thing=_THING, record=f"{_WIKIDATA}Q101")
    assert _codes(Link(thing=_THING, record=_ROR), known, record=_record(1)) == []


def test_what_the_register_mixes_up_is_a_warning() -> None:
    """Several items, or an item of several records, warn; the link to the record itself may stand."""
    link = Link(thing=_THING, record=_ROR2)
    several = objections(link, (), kinds=(), record=_record(2))
    shared = objections(link, (), kinds=(), record=_record(3), sharing=("https://ror.org/000000412",))
    assert [(each.code, each.severity) for each in (*several, *shared)] == [
        ("C756", Severity.WARNING), ("C755", Severity.WARNING)
    ]  # fmt: skip


def test_traps_are_listed() -> None:
    """Several items, shared items and shared names among active records."""
    found = {(trap.kind, trap.key): trap.among for trap in traps(map(record_of_ror_line, LINES))}
    assert found == {
        ("several-items", "https://ror.org/000000212"): ("Q102", "Q103"),
        ("shared-item", "Q104"): ("https://ror.org/000000312", "https://ror.org/000000412"),
        ("shared-name", "institute of tides"): ("https://ror.org/000000312", "https://ror.org/000000412"),
    }
