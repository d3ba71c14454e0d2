"""``cordiale show``: what is known of a thing, and who says so."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale
from tests.small_project import THINGS

_SHOWN = """\
Skerry Light  :skerry-light

labels
  rdfs:label  "Feu du récif"@fr  [entities]
  rdfs:label  "Skerry Light"@en  [entities]

types
  rdf:type  sea:Light  [entities]
  rdf:type  sea:Structure  [inferred]

facts
  rdfs:comment  "A tower, grey."@en-GB  [almanac/1901]
  skos:altLabel  "The Old Tower"@en  [entities]
  sea:height  041.50  [almanac/1901]
  sea:lamps  007  [almanac/1901]
  sea:litIn  1844  [almanac/1901]
  sea:litIn  1845  [harbour-board/report]
  sea:neighbourOf  :harbour-light  [harbour-board/report]
  sea:within  :inner-isles  [harbour-board/report]
  sea:within  :western-isles  [inferred]
"""


@pytest.mark.parametrize("name", ["Skerry Light", "feu du récif", ":skerry-light", f"{THINGS}skerry-light"])
def test_a_thing_is_shown_with_who_says_so(cordiale: Cordiale, small: Path, name: str) -> None:
    """Types and facts by any name of the thing: each with its sources, as written, inferred ones marked."""
    done = cordiale("show", name, "-C", small)
    assert (done.code, done.out, done.err) == (0, _SHOWN, "")


def test_facts_can_be_chosen(cordiale: Cordiale, small: Path) -> None:
    """What is stated and what is inferred can be shown apart."""
    inferred = cordiale("show", "skerry-light", "--triples", "inferred", "-C", small).out
    assert [line for line in inferred.splitlines() if "[" in line] == [
        line for line in _SHOWN.splitlines() if "[inferred]" in line
    ]
    asserted = cordiale("show", "skerry-light", "--triples", "asserted", "-C", small).out
    assert asserted == "".join(line for line in _SHOWN.splitlines(keepends=True) if "[inferred]" not in line)


def test_json_says_the_same(cordiale: Cordiale, small: Path) -> None:
    """As JSON every fact has its terms in full, its sources by name, and whether it is inferred."""
    found = json.loads(cordiale("show", "skerry-light", "--format", "json", "-C", small).out)
    assert found["thing"] == f"{THINGS}skerry-light"
    facts = {(fact["predicate"].rpartition("#")[2], fact["object"]): fact for fact in found["facts"]}
    height = facts["height", '"041.50"^^<http://www.w3.org/2001/XMLSchema#decimal>']
    assert (height["sources"], height["inferred"]) == (["almanac/1901"], False)
    within = facts["within", f"<{THINGS}western-isles>"]
    assert (within["sources"], within["inferred"]) == ([], True)
    assert {label["object"] for label in found["labels"]} == {'"Skerry Light"@en', '"Feu du récif"@fr'}
    assert len(found["facts"]) == 9


def test_a_source_is_a_thing_too(cordiale: Cordiale, small: Path) -> None:
    """A source can be shown by its identifier; the catalogue is what states it."""
    done = cordiale("show", "[1]", "-C", small)
    assert done.out.startswith("Almanac for 1901  almanac/1901\n")
    assert "  dcterms:publisher  :almanac  [sources]\n" in done.out


def test_what_is_only_spoken_of_has_no_facts(cordiale: Cordiale, small: Path) -> None:
    """A thing that stands in the graph, but never as a subject, is there and says so."""
    done = cordiale("show", "owl:Class", "-C", small)
    assert (done.code, done.out) == (0, "owl:Class  owl:Class\n\nno facts of its own\n")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Skery Light", 'did you mean "Skerry Light"'),
        ("<urn:x:nowhere>", "give a label, a CURIE or an IRI of the graph"),
    ],
)
def test_what_is_not_there_is_told(cordiale: Cordiale, small: Path, name: str, remedy: str) -> None:
    """An unknown name is wrong use: one message, with near names where there are some."""
    done = cordiale("show", name, "-C", small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f'C501 nothing is called "{name}"\n  {remedy}')
