"""Shapes that do harm: that never end, that lead back to themselves, that explode."""

import threading
import time
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef

import cordiale
from cordiale.checks.blame import Blamed
from cordiale.checks.limits import OutOfTimeError, aside, within
from cordiale.checks.shapes import check_shapes
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from tests.small_project import small

__all__ = ["small"]

EX = "https://example.org/"
PREFIXES = f"@prefix : <{EX}> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
SOUND = ":Sound a sh:NodeShape ; sh:targetClass :Bridge ; sh:nodeKind sh:Literal ; sh:message 'sound; mend' ."
ENDLESS = """SELECT $this WHERE { $this a ?k . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?l ?m
    FILTER (STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) < 1) }"""


def check(shapes: str, data: str = "") -> tuple[Problem, ...]:
    """What the shapes find in two hundred bridges, within a second each."""
    bridges = "".join(f":b{n} a :Bridge ; :name 'n{n}' .\n" for n in range(200))
    graph = Dataset(default_union=True)
    graph.graph(URIRef(EX + "file")).parse(data=PREFIXES + bridges + data)

    def blame(subject: Node, _predicate: Node | None, _value: Node | None) -> Blamed:
        return Blamed(places=(Place(path="shapes/x.ttl", line=len(subject.removeprefix(EX))),))

    return check_shapes(graph, Graph().parse(data=PREFIXES + shapes), blame, seconds=1)


def test_a_query_that_never_ends() -> None:
    """It is named with its place and left out; the other shapes are checked."""
    started = time.monotonic()
    problems = check(
        f":Endless a sh:NodeShape ; sh:targetNode :b0 ; sh:sparql [ sh:select '''{ENDLESS}''' ] . {SOUND}"
    )
    assert time.monotonic() - started < 60
    slow = [problem for problem in problems if problem.code == "C311"]
    assert [(each.message, str(each.place)) for each in slow] == [
        (":Endless is left out: its SPARQL takes over 1 s", "shapes/x.ttl:7")
    ]
    assert sum(problem.message.endswith(": sound") for problem in problems) == 200


def test_a_query_that_never_ends_in_rdflib() -> None:
    """The same where rdflib has to answer, as for data that Oxigraph would not keep as it is."""
    problems = check(
        f":Endless a sh:NodeShape ; sh:targetNode :b0 ; sh:sparql [ sh:select '''{ENDLESS}''' ] .",
        ":b0 :length 01 .",
    )
    assert [problem.code for problem in problems] == ["C311"]


def test_a_regular_expression_that_explodes() -> None:
    """The shape with the pattern is named, and the others are checked."""
    problems = check(
        ":Named sh:targetNode :long ; sh:property :Named-name . "
        f":Named-name sh:path :name ; sh:pattern '^(a+)+$' . {SOUND}",
        f":long :name '{'a' * 40}!' .",
    )
    slow = [problem for problem in problems if problem.code == "C311"]
    assert [each.message for each in slow] == [":Named-name is left out: its Pattern takes over 1 s"]
    assert sum(problem.message.endswith(": sound") for problem in problems) == 200


@pytest.mark.parametrize(
    ("shapes", "way"),
    [
        (":A a sh:NodeShape ; sh:targetClass :Bridge ; sh:node :A .", ":A"),
        (":A sh:targetClass :Bridge ; sh:property :P . :P sh:path :next ; sh:node :A .", ":A to :P"),
        (
            ":A sh:targetClass :Bridge ; sh:or ( [ sh:not :C ] ) . :C sh:xone ( :A ) .",
            ":A to :C",
        ),
    ],
)
def test_recursive_shapes(shapes: str, way: str) -> None:
    """A shape that leads back to itself is told with the way, and nothing is validated."""
    problems = check(f"{shapes} {SOUND}", ":b0 :next :b0 .")
    assert [problem.code for problem in problems] == ["C312"]
    assert problems[0].message.startswith("a shape leads back to itself: ")
    assert set(way.split(" to ")) <= set(problems[0].message.split(": ")[1].split(" to "))


def test_the_limit_on_another_thread() -> None:
    """Where no signal comes, another thread keeps the time; afterwards all is as before."""
    found: list[type[BaseException] | None] = []

    def work() -> None:
        try:
            with within(0.2):
                while True:
                    pass
        except OutOfTimeError as error:
            found.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert found == [OutOfTimeError]


def test_the_limit_is_lifted() -> None:
    """What ends in time is not interrupted later."""
    with within(0.3):
        pass
    time.sleep(0.5)
    assert aside(lambda: 7, 5) == 7
    with pytest.raises(ValueError, match="no"):
        aside(lambda: int("no"), 5)
    with pytest.raises(OutOfTimeError):
        aside(lambda: time.sleep(5), 0.1)


def test_shapes_that_do_not_parse(small: Path) -> None:
    """A file of shapes that is no Turtle is told like others, at its line."""
    (small / "shapes/lights.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\nsh:a sh:b [ .\n")
    with pytest.raises(cordiale.CordialeError) as caught:
        cordiale.open(small).check()
    assert [(each.code, str(each.place)) for each in caught.value.problems] == [
        ("C101", "shapes/lights.ttl:2:13")
    ]


def test_a_file_that_is_edited_meanwhile(small: Path) -> None:
    """A file that is no longer as it was read is told, and one that is gone."""
    kg = cordiale.open(small)
    almanac = small / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text() + "# More.\n")
    (small / "queries/taller.rq").unlink()
    told = {(each.code, str(each.place)) for each in kg.check()}
    assert told == {("C315", "data/almanac/1901.ttl"), ("C315", "queries/taller.rq")}
