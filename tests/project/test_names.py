"""From what a person types to the IRI that is meant, and back."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, Dataset, Literal, URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.settings import Settings
from cordiale.model.terms import Triple
from cordiale.project.knowledge_graph import open_project
from cordiale.project.names import Names
from tests.small_project import SOURCES, TERMS, THINGS

_SETTINGS = Settings(
    terms=TERMS, things=THINGS, sources=SOURCES, languages=("en",), catalogue="sources", trusted=()
)
_PREFIXES = {"sea": TERMS, "deep": f"{TERMS}deep/", "all": "https://example.org/"}


def _names(*iris: URIRef) -> Names:
    """The names of a graph that holds these things, each labelled with its IRI."""
    graph = Dataset(default_union=True)
    for iri in iris:
        graph.add((iri, RDFS.label, Literal(str(iri))))
    return Names(lambda: _told(graph), _SETTINGS, _PREFIXES)


def _told(graph: Dataset) -> Iterable[Triple]:
    return (cast(Triple, triple) for triple in graph.triples((None, None, None)))


@pytest.fixture(scope="module")
def names(built_once: Path) -> Names:
    """The names of the small project."""
    return open_project(built_once).names


@pytest.mark.parametrize(
    "name",
    [
        "Skerry Light",
        "SKERRY LIGHT",
        "Feu du récif",
        "feu du recif",
        "The Old Tower",
        "skerry-light",
        ":skerry-light",
        f"{THINGS}skerry-light",
        f"<{THINGS}skerry-light>",
    ],
)
def test_a_thing_has_many_names(names: Names, name: str) -> None:
    """A thing is found by its labels in any case, other labels, slug, CURIE and IRI."""
    assert names.expand(name) == URIRef(f"{THINGS}skerry-light")


@pytest.mark.parametrize("name", ["almanac/1901", "[1]", "Almanac for 1901", f"{SOURCES}almanac/1901"])
def test_a_source_has_many_names(names: Names, name: str) -> None:
    """A source is found by its name, identifier, label and IRI."""
    assert names.expand(name) == URIRef(f"{SOURCES}almanac/1901")


def test_a_term_is_found_by_its_curie(names: Names) -> None:
    """A prefix that a file declares makes a CURIE."""
    assert names.expand("sea:within") == URIRef(f"{TERMS}within")


def test_an_iri_in_brackets_need_not_be_held(names: Names) -> None:
    """A full IRI in angle brackets is taken as it is, another name only when the graph holds the thing."""
    assert names.expand("<urn:x:nowhere>") == URIRef("urn:x:nowhere")
    with pytest.raises(NotFoundError):
        names.expand("urn:x:nowhere")


@pytest.mark.parametrize(
    "name", ["<no iri>", "<>>", "sea:no iri", "https://example.org/no iri", "no\niri", "{x}"]
)
def test_what_can_be_no_iri_is_only_said_to_be_unknown(
    names: Names, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A name with signs that no IRI has is unknown, and rdflib does not log a warning of its own."""
    with pytest.raises(NotFoundError, match="C501"):
        names.expand(name)
    assert not caplog.records


def test_an_iri_without_slashes_is_found() -> None:
    """An IRI such as urn:isbn:… is found as it is written."""
    assert _names(URIRef("urn:isbn:42")).expand("urn:isbn:42") == URIRef("urn:isbn:42")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Skery Light", '"Skerry Light"'),
        ("skerry-ligth", ":skerry-light"),
        ("Tower", '"The Old Tower"'),
        ("towr", '"The Old Tower"'),
        ("almanac/1091", "almanac/1901"),
        ("Feu du rècife", '"Feu du récif"'),
        (f"{THINGS}skerry-ligth", ":skerry-light"),
    ],
)
def test_near_names_are_told(names: Names, typed: str, meant: str) -> None:
    """What is not found is answered with what may have been meant: a whole name, or one with such a word."""
    with pytest.raises(NotFoundError) as caught:
        names.expand(typed)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("C501", f'nothing is called "{typed}"')
    assert problem.remedy.startswith("did you mean ")
    assert meant in problem.remedy


def test_a_thing_is_offered_once(names: Names) -> None:
    """Label and slug of one thing are near names of it alike; it is offered by the nearest."""
    with pytest.raises(NotFoundError) as caught:
        names.expand("Skery Light")
    assert caught.value.problems[0].remedy.count("kerry") == 1


def test_accents_tell_two_names_apart() -> None:
    """Of names that differ in accents alone, the one that is written so is meant; without any, neither is."""
    graph = Dataset(default_union=True)
    for slug, label in (("side", "côté"), ("hill", "Coté"), ("rank", "cote")):
        graph.add((URIRef(THINGS + slug), RDFS.label, Literal(label, lang="fr")))
    names = Names(lambda: _told(graph), _SETTINGS, {})
    assert [names.expand(name) for name in ("CÔTÉ", "coté", "Cote")] == [
        URIRef(THINGS + slug) for slug in ("side", "hill", "rank")
    ]
    with pytest.raises(UsageError, match="C502"):
        names.expand("côte")


def test_without_near_names_the_kinds_are_told(names: Names) -> None:
    """When nothing is near, the remedy says what a name may be."""
    with pytest.raises(NotFoundError) as caught:
        names.expand("qqqqqqqq")
    assert caught.value.problems[0].remedy == "give a label, a CURIE or an IRI of the graph"


def test_a_name_of_two_things_is_refused() -> None:
    """A label that two things bear is refused, with the short name of each."""
    graph = Dataset(default_union=True)
    for slug in ("north", "south"):
        graph.add((URIRef(THINGS + slug), RDFS.label, Literal("Twin Light", lang="en")))
    with pytest.raises(UsageError) as caught:
        Names(lambda: _told(graph), _SETTINGS, {}).expand("twin light")
    assert str(caught.value) == 'C502 "twin light" is the name of several things\n  write :north or :south'


def test_labels_fall_back(names: Names) -> None:
    """A label is given in the language asked for, else in another, else the short name stands for it."""
    skerry = URIRef(f"{THINGS}skerry-light")
    assert names.label(skerry, "fr") == "Feu du récif"
    assert names.label(skerry, "de") in {"Feu du récif", "Skerry Light"}
    assert names.label(URIRef(f"{TERMS}within"), "en") == "sea:within"


_LOCAL = st.lists(st.sampled_from([*"aé1-._~:@!,;=&%/#?", "//", "skerry", "sea:"]), max_size=5).map("".join)
_IRIS = st.builds(
    lambda space, local: URIRef(space + local),
    st.sampled_from(
        [SOURCES, THINGS, TERMS, f"{TERMS}deep/", "https://example.org/", "urn:x:", "sea:", "a:"]
    ),
    _LOCAL,
)


@given(st.lists(_IRIS, min_size=1, max_size=4))
def test_short_names_lead_back(iris: list[URIRef]) -> None:
    """The short name of any IRI of a graph is the name of that IRI and no other."""
    names = _names(*iris)
    assert [names.expand(names.shorten(iri)) for iri in iris] == iris


def test_short_names_of_the_real_graph_lead_back(project_root: Path) -> None:
    """Every IRI of the project's own graph is found by its short name; hardly one needs to be written out."""
    kg = open_project(project_root)
    iris = {term for quad in kg.graph.quads() for term in quad if isinstance(term, URIRef)}
    assert len(iris) > 1000
    wrong = {iri for iri in iris if kg.names.holds(iri) and kg.names.expand(kg.names.shorten(iri)) != iri}
    assert wrong == set()
    ours = {iri for iri in iris if str(iri).startswith((kg.settings.things, kg.settings.terms))}
    assert {iri for iri in ours if kg.names.shorten(iri).startswith("<")} == set()
