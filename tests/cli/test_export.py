"""``cordiale export`` and ``cordiale reason``: the graph, and what follows from it."""

import csv
import json
from pathlib import Path

import pyoxigraph
import pytest

from tests.cli.conftest import Cordiale
from tests.small_project import SOURCES, TERMS, THINGS

_FORMATS = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, False),
    "trig": (pyoxigraph.RdfFormat.TRIG, True),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, False),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, True),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, True),
    "jsonld-expanded": (pyoxigraph.RdfFormat.JSON_LD, True),
    "jsonld-compacted": (pyoxigraph.RdfFormat.JSON_LD, True),
    "rdfxml": (pyoxigraph.RdfFormat.RDF_XML, False),
    "canonical": (pyoxigraph.RdfFormat.N_QUADS, True),
}
_CHOICES = {"asserted": 60, "inferred": 4, "both": 64}


def _quads(text: str, fmt: pyoxigraph.RdfFormat) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(text.encode(), fmt))


@pytest.mark.parametrize("triples", _CHOICES)
@pytest.mark.parametrize("fmt", _FORMATS)
def test_every_format_holds_the_graph(cordiale: Cordiale, built: Path, fmt: str, triples: str) -> None:
    """Each format reads back to as many triples; those that can, keep a graph for each source."""
    done = cordiale("export", "--format", fmt, "--triples", triples, "-C", built)
    assert (done.code, done.err) == (0, "")
    kind, named = _FORMATS[fmt]
    found = _quads(done.out, kind)
    assert len({(quad.subject, quad.predicate, quad.object) for quad in found}) == _CHOICES[triples]
    graphs = {str(quad.graph_name) for quad in found}
    if not named:
        assert graphs == {"DEFAULT"}
    elif triples == "inferred":
        assert graphs == {f"<{SOURCES}inferred>"}
    else:
        assert f"<{SOURCES}almanac/1901>" in graphs
        assert (f"<{SOURCES}inferred>" in graphs) is (triples == "both")
    if triples != "inferred":
        assert "041.50" in done.out
        assert "en-GB" in done.out


def test_asserted_turtle_is_what_one_gets(cordiale: Cordiale, small: Path) -> None:
    """Without flags, export gives what the sources state, as Turtle."""
    plain = cordiale("export", "-C", small).out
    assert plain == cordiale("export", "--format", "turtle", "--triples", "asserted", "-C", small).out
    assert "sea:Structure a" not in plain.partition(":skerry-light")[2]


def test_a_file_is_replaced_whole(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """-o replaces a file with what would be printed, and leaves nothing beside it."""
    target = tmp_path / "out" / "graph.ttl"
    target.parent.mkdir()
    target.write_text("old")
    done = cordiale("export", "-o", target, "-C", small)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.read_text(encoding="utf-8") == cordiale("export", "-o", "-", "-C", small).out
    assert [path.name for path in target.parent.iterdir()] == ["graph.ttl"]


def test_a_file_stays_when_the_export_fails(cordiale: Cordiale, small: Path, tmp_path: Path) -> None:
    """An export that cannot be made does not touch the file."""
    target = tmp_path / "graph.ttl"
    target.write_text("old")
    (small / "data/almanac/1901.ttl").write_text("no Turtle")
    assert cordiale("export", "-o", target, "-C", small).code == 1
    assert target.read_text() == "old"


def test_reason_writes_what_follows(cordiale: Cordiale, small: Path) -> None:
    """What is inferred goes to stdout, how much that is to stderr."""
    done = cordiale("reason", "--format", "ntriples", "-C", small)
    assert (done.code, done.err) == (0, "60 triples asserted, 4 inferred\n")
    assert f"<{THINGS}skerry-light> <{TERMS}within> <{THINGS}western-isles> .\n" in done.out
    assert done.out.count("\n") == 4
    both = cordiale("reason", "--format", "ntriples", "--triples", "both", "-C", small)
    assert both.out.count("\n") == 64


def test_reason_tells_clashes(cordiale: Cordiale, small: Path) -> None:
    """A clash goes to stderr, on one line however long, and the code is 1; what follows is still written."""
    with (small / "data/almanac/1901.ttl").open("a") as file:
        file.write(":skerry-light a sea:Isle .\n")
    done = cordiale("reason", "--format", "ntriples", "-C", small)
    assert done.code == 1
    assert done.out.count("\n") >= 4
    count, clash, remedy, also, *_ = done.err.splitlines()
    assert count.startswith("61 triples asserted")
    assert clash.startswith("data/almanac/1901.ttl:18:17: C601 ")
    assert clash.endswith("(rule cax-dw)")
    assert remedy.startswith("  ")
    assert also == "  also data/entities.ttl:17:1, ontology/sea.ttl:14:75"


@pytest.mark.parametrize(
    ("flags", "option"),
    [
        (("--triples", "both"), "--triples"),
        (("--frame", "light"), "--frame"),
        (("--format", "context"), "--supports"),
        (("--format", "wikidata"), "--supports"),
    ],
)
def test_supports_go_with_graphs_alone(
    cordiale: Cordiale, built: Path, flags: tuple[str, ...], option: str
) -> None:
    """An option that would have no effect is refused, not passed over."""
    done = cordiale("export", "--supports", *flags, "-C", built)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"C734 {option} ")


def test_supports_in_any_format(cordiale: Cordiale, built: Path) -> None:
    """What inferred triples rest on is the same graph in Turtle and in lines."""
    turtle = _quads(cordiale("export", "--supports", "-C", built).out, pyoxigraph.RdfFormat.TURTLE)
    lines = cordiale("export", "--supports", "--format", "nquads", "-C", built)
    assert (lines.code, lines.err) == (0, "")
    assert _quads(lines.out, pyoxigraph.RdfFormat.N_QUADS) == turtle
    assert lines.out.count("<http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement>") == 4


def test_views_mean_the_same_for_every_format(cordiale: Cordiale, built: Path) -> None:
    """What a source that is out states is in no format, nor what was inferred with it."""
    for fmt, (kind, _) in _FORMATS.items():
        flags = ("--without", "harbour-board/report", "--triples", "both")
        found = _quads(cordiale("export", "--format", fmt, *flags, "-C", built).out, kind)
        skerry = pyoxigraph.NamedNode(f"{THINGS}skerry-light")
        told = {str(quad.object) for quad in found if quad.subject == skerry}
        assert [each[:6] for each in told if "gYear" in each] == ['"1844"']
        assert f"<{THINGS}western-isles>" not in told


def _frame(folder: Path, name: str, frame: object) -> None:
    frames = folder / "ontology/frames"
    frames.mkdir(exist_ok=True)
    (frames / f"{name}.jsonld").write_text(json.dumps(frame), encoding="utf-8")


def test_framed(cordiale: Cordiale, built: Path) -> None:
    """``--frame`` writes trees of one kind, subclasses included, with the names of the context."""
    _frame(built, "structure", {"type": "Structure", "@embed": "@never"})
    done = cordiale("export", "--format", "jsonld", "--frame", "structure", "-C", built)
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert [each["id"] for each in document["@graph"]] == [
        f"{THINGS}harbour-light",
        f"{THINGS}skerry-light",
    ]
    skerry = document["@graph"][1]
    assert skerry["type"] == ["Light"]
    assert skerry["neighbourOf"] == [f"{THINGS}harbour-light"]
    assert skerry["comment"] == {"en-GB": ["A tower, grey."]}
    context = cordiale("export", "--format", "context", "-C", built)
    assert json.loads(context.out)["@context"] == document["@context"]


def test_frames_that_are_none(cordiale: Cordiale, built: Path) -> None:
    """A frame that is not there, or is none, or stands with another format, is wrong use."""
    command = ("export", "--format", "jsonld", "-C", built, "--frame")
    assert cordiale(*command, "light").err == 'C581 no frame "light"\n  write ontology/frames/light.jsonld\n'
    _frame(built, "light", [])
    assert cordiale(*command, "lihgt").err == 'C581 no frame "lihgt"\n  did you mean "light"?\n'
    done = cordiale(*command, "light")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "ontology/frames/light.jsonld: C582 the frame cannot be used: a frame is a JSON"
    )
    assert cordiale("export", "--frame", "light", "-C", built).err.startswith(
        "C734 --frame is for the format"
    )
    assert cordiale(*command, "../sources").err.startswith('C581 no frame "../sources"')


def test_tables(cordiale: Cordiale, built: Path) -> None:
    """A line for each thing, its inferred types included, without what a view leaves out."""
    done = cordiale("export", "--format", "csv-entities", "-C", built)
    assert (done.code, done.err) == (0, "")
    rows = {row["iri"].removeprefix(THINGS): row for row in csv.DictReader(done.out.splitlines())}
    assert sorted(rows) == ["harbour-light", "inner-isles", "skerry-light", "western-isles"]
    skerry = rows["skerry-light"]
    assert (skerry["types"], skerry["label_fr"]) == ("sea:Light | sea:Structure", "Feu du récif")
    assert (skerry["other_en"], skerry["sources"]) == ("The Old Tower", "almanac/1901 ; harbour-board/report")
    without = cordiale("export", "--format", "csv-entities", "--without", "almanac/1901", "-C", built).out
    assert "almanac/1901" not in without
    assert cordiale("export", "--format", "csv-roles", "-C", built).out.count("\n") == 1


@pytest.mark.parametrize("choice", ["asserted", "inferred", "both"])
@pytest.mark.parametrize("fmt", ["csv-entities", "csv-roles", "context", "wikidata"])
def test_a_choice_of_triples_is_for_graphs(cordiale: Cordiale, built: Path, fmt: str, choice: str) -> None:
    """Also the choice that graphs have when none is made."""
    refused = cordiale("export", "--format", fmt, "--triples", choice, "-C", built)
    assert (refused.code, refused.out, refused.err[:17]) == (2, "", "C734 --triples is")


@pytest.mark.parametrize(
    "flags",
    [
        *(("--without", "almanac"), ("--min-sources", "2"), ("--min-reliability", "0.5"), ("--contested",)),
        *(("--min-reliability", "0"), ("--as-of", "1901"), ("--dated-only",), ("--view", "board")),
    ],
)
def test_the_context_is_of_no_view(cordiale: Cordiale, built: Path, flags: tuple[str, ...]) -> None:
    """It is the same in each, so an option that chooses one is refused."""
    refused = cordiale("export", "--format", "context", *flags, "-C", built)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"C734 {flags[0]} is for graphs and tables")
