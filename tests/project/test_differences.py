"""What is different between two states of a small project, each a folder."""

import json
import shutil
from pathlib import Path

import pytest

import cordiale
from cordiale.project.difference_text import Told, as_json, as_markdown, as_text
from cordiale.project.differences import Change, Differences, differences
from tests.small_project import TERMS, THINGS


@pytest.fixture
def states(small: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two states, which are the same so far."""
    rule = f"@prefix sea: <{TERMS}>\nlit-once: ?x sea:litIn ?a, ?x sea:litIn ?b, ?a < ?b -> false"
    (small / "ontology" / "conflicts.rules").write_text(rule)
    return small, Path(shutil.copytree(small, tmp_path / "later"))


def _says(root: Path, source: str, turtle: str) -> int:
    """Add a statement to a source; the line that it stands in."""
    path = root / "data" / f"{source}.ttl"
    path.write_text(f"{path.read_text()}{turtle}\n")
    return path.read_text().count("\n")


def _between(one: Path, other: Path) -> Differences:
    return differences(cordiale.open(one), cordiale.open(other))


def _written(changes: tuple[Change, ...]) -> list[tuple[str, str, list[str]]]:
    """Subjects and objects, without their namespace, and places without columns."""
    return [
        (
            str(each.triple[0]).removeprefix(THINGS),
            str(each.triple[2]).removeprefix(THINGS),
            [f"{place.path}:{place.line}" for place in each.places],
        )
        for each in changes
    ]


def test_the_same_differs_in_nothing(states: tuple[Path, Path]) -> None:
    """A comment changes nothing."""
    _says(states[1], "almanac/1901", "# A comment.")
    empty = Differences(**dict.fromkeys(Differences.__slots__, ()))
    assert _between(*states) == empty


def test_triples_are_gained_with_their_lines_and_lost_the_other_way(states: tuple[Path, Path]) -> None:
    """What is stated stands somewhere; what is inferred has the changed line, not the others it takes."""
    line = _says(states[1], "almanac/1901", ":harbour-light sea:within :inner-isles .")
    found = _between(*states)
    place = [f"data/almanac/1901.ttl:{line}"]
    assert _written(found.stated_gained) == [("harbour-light", "inner-isles", place)]
    assert _written(found.inferred_gained) == [("harbour-light", "western-isles", place)]
    assert (found.stated_lost, found.inferred_lost) == ((), ())
    back = _between(*states[::-1])
    assert (back.stated_lost, back.inferred_lost) == (found.stated_gained, found.inferred_gained)
    assert (back.stated_gained, back.inferred_gained) == ((), ())


def test_what_follows_anyway_is_not_gained_twice(states: tuple[Path, Path]) -> None:
    """A triple that is stated now and followed before is a gain of what is stated, and says so."""
    _says(states[1], "almanac/1901", ":skerry-light sea:within :western-isles .")
    found = _between(*states)
    assert [each.remains for each in found.stated_gained] == [True]
    assert (found.inferred_gained, found.inferred_lost) == ((), ())
    assert [each.remains for each in _between(*states[::-1]).stated_lost] == [True]


def test_a_further_source_is_no_gain_of_triples(states: tuple[Path, Path]) -> None:
    """It is told apart, with the line in that source alone."""
    line = _says(states[1], "almanac/1901", ":skerry-light sea:within :inner-isles .")
    found = _between(*states)
    assert (found.stated_gained, found.inferred_gained) == ((), ())
    assert _written(found.more_sources) == [
        ("skerry-light", "inner-isles", [f"data/almanac/1901.ttl:{line}"])
    ]
    assert _between(*states[::-1]).fewer_sources == found.more_sources


def test_a_list_is_the_same_wherever_it_stands(states: tuple[Path, Path]) -> None:
    """Blank nodes are known by what is said of them: what comes before a list does not change it."""
    first, second = ":one sea:of ( :a [ sea:x :b ] ) .", ":two sea:of ( :c :d ) ."
    _says(states[0], "almanac/1901", first)
    _says(states[1], "almanac/1901", f"{second}\n{first}")
    gained = _between(*states).stated_gained
    assert {str(each.triple[2]).removeprefix(THINGS) for each in gained} >= {"c", "d"}
    assert len(gained) == 5
    assert all(each.places for each in gained)
    assert _between(*states).stated_lost == ()


def test_a_list_that_leads_to_itself_is_the_same(states: tuple[Path, Path]) -> None:
    """And so are two of which the same is said."""
    for root in states:
        _says(root, "almanac/1901", "_:x sea:of _:y . _:y sea:of _:x . :a sea:of [ sea:x 1 ] , [ sea:x 1 ] .")
    _says(states[1], "almanac/1901", ":last sea:of ( 1 ) .")
    assert len(_between(*states).stated_gained) == 3


def test_a_conflict_is_opened_by_its_line(states: tuple[Path, Path]) -> None:
    """Of the two years of the harbour's light the new one; and a third year of the other light."""
    year = _says(states[1], "almanac/1901", ':harbour-light sea:litIn "1850"^^xsd:gYear .')
    third = _says(states[1], "harbour-board/report", ':skerry-light sea:litIn "1846"^^xsd:gYear .')
    found = _between(*states)
    opened = [
        (len(each.conflict.values), [f"{p.path}:{p.line}" for p in each.places]) for each in found.opened
    ]
    assert sorted(opened) == [
        (2, [f"data/almanac/1901.ttl:{year}"]),
        (3, [f"data/harbour-board/report.ttl:{third}"]),
    ]
    assert found.closed == ()
    assert len(_between(*states[::-1]).closed) == 2


def test_answers_change_by_their_lines(states: tuple[Path, Path]) -> None:
    """Rows that are gained and lost; a question that is new, and one that is gone."""
    old, new = states
    path = new / "data" / "almanac" / "1901.ttl"
    path.write_text(path.read_text().replace('"1844"', '"1843"'))
    (new / "queries" / "taller.rq").rename(new / "queries" / "higher.rq")
    changed = {each.question: each for each in _between(old, new).answers}
    assert changed.keys() == {"disputed", "higher", "taller"}
    assert [str(row[0]) for row in changed["disputed"].loses] == ["1844"]
    assert [str(row[0]) for row in changed["disputed"].gains] == ["1843"]
    assert {str(place) for place in changed["disputed"].places} == {"data/almanac/1901.ttl:13:15"}
    assert (changed["higher"].note, changed["taller"].note) == ("a new question", "the question is gone")


def test_the_line_of_a_long_inference_need_not_name_the_row(states: tuple[Path, Path]) -> None:
    """It is looked for in what the row rests on: a line elsewhere that names the thing is none of it."""
    for root in states:
        _says(root, "harbour-board/report", ":harbour-light sea:within :north-isle .")
    line = _says(states[1], "harbour-board/report", ":north-isle sea:within :inner-isles .")
    _says(states[1], "almanac/1901", ":harbour-light sea:lamps 3 .")
    for found, kind in ((_between(*states), "gains"), (_between(*states[::-1]), "loses")):
        changed = {each.question: each for each in found.answers}
        assert len(getattr(changed["standing-in"], kind)) == 1
        assert [f"{place.path}:{place.line}" for place in changed["standing-in"].places] == [
            f"data/harbour-board/report.ttl:{line}"
        ]


def test_a_question_that_fails_is_told(states: tuple[Path, Path]) -> None:
    """Its example may be gone; the others are compared all the same."""
    path = states[1] / "queries" / "lights" / "disputed.rq"
    path.write_text(path.read_text().replace(":skerry-light", "nosuch:thing"))
    (change,) = _between(*states).answers
    assert change.question == "disputed"
    assert change.note.startswith("it fails: ")


def test_text_markdown_and_json_tell_the_same(states: tuple[Path, Path]) -> None:
    """Text has all; Markdown keeps its fences whatever a literal holds, and is cut where it is long."""
    many = " , ".join(f'"{number} ``` |"' for number in range(200))
    _says(states[1], "almanac/1901", f":skerry-light rdfs:comment {many} .")
    before, after = map(cordiale.open, states)
    told = Told(found=differences(before, after), before=before, after=after, names=("a`b", "later"))
    text, markdown = as_text(told), as_markdown(told)
    assert "200 stated triples gained, 0 lost" in text
    assert text.count("\n  + ") == 200
    assert "<b>200 stated triples gained, 0 lost</b>" in markdown
    assert "lines more" in markdown
    assert markdown.count("```") == 2
    assert "`a'b`" in markdown
    content = json.loads(as_json(told))
    assert len(content["stated"]["gained"]) == 200
    assert content["stated"]["gained"][0]["places"][0]["path"] == "data/almanac/1901.ttl"
    assert content["conflicts"] == {"opened": [], "closed": []}
