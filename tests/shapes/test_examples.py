"""Every shape has an example that it finds wrong, beside one in which it finds nothing.

``tests/shapes/<file>/good.ttl`` and ``bad.ttl`` belong to ``shapes/<file>.ttl``; they are ``.trig`` where the
shapes ask in which file a triple stands. A bad node is named after the shape that finds it:
``bad:Claim-madeIn.two`` after ``cordsh:Claim-madeIn``.
"""

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, BNode, Dataset, Graph, Literal, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.shapes import check_shapes
from cordiale.model.terms import Node
from tests.data.bare import NAMES, turtle_files
from tests.isomorphism import parsed

ROOT = Path(__file__).resolve().parents[2]
SHAPES = "https://w3id.org/cordiale/shapes#"
FILES = sorted(path.stem for path in (ROOT / "shapes").glob("*.ttl"))
PREFIXES = URIRef(SHAPES + "prefixes")
TARGETS = (SH.target, SH.targetClass, SH.targetNode)

# A claim of no known kind is neither a fact nor voiced: its second fault follows from the first.
FOLLOWS = {("Claim-claimKind", "Claim-kinds")}


def nowhere(_subject: Node, _predicate: Node | None, _object: Node | None) -> Blamed:
    """No place for anything."""
    return Blamed()


@cache
def read_shape_file(name: str) -> Graph:
    """The shapes of one file, with the prefixes that all files declare for their queries."""
    shapes = Graph()
    for path in turtle_files(ROOT, "shapes"):
        graph = Graph().parse(path)
        shared = {PREFIXES, *graph.objects(PREFIXES, SH.declare)}
        for triple in graph:
            if path.stem == name or triple[0] in shared:
                shapes.add(triple)
    shapes.bind("cordsh", SHAPES)
    shapes.bind("bad", "https://example.org/bad/")
    return shapes


@cache
def read_example(name: str, kind: str) -> Dataset:
    """An example file with the ontology, a graph each."""
    dataset = Dataset(default_union=True)
    for path in turtle_files(ROOT, "ontology"):
        dataset.graph(URIRef(f"{NAMES}ontology/{path.stem}")).parse(path)
    (path,) = (ROOT / "tests" / "shapes" / name).glob(f"{kind}.*")
    syntax = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
    for subject, predicate, object_, graph in parsed(path.read_text(encoding="utf-8"), syntax):
        dataset.graph(graph or URIRef(NAMES + "example")).add((subject, predicate, object_))
    return dataset


def speaking(shapes: Graph) -> dict[Node, Node]:
    """What has a message, shapes and SPARQL constraints, with the shape that it belongs to."""
    owners = {constraint: shape for shape, constraint in shapes.subject_objects(SH.sparql)}
    return {node: owners.get(node, node) for node in shapes.subjects(SH.message)}  # type: ignore[misc]


def named(shape: Node) -> str:
    """The local name of a shape."""
    return str(shape).removeprefix(SHAPES)


def found(name: str, kind: str, *, without: Node | None = None) -> set[tuple[str, str]]:
    """Which shape finds which bad node of an example; a shape may be left without constraints.

    Every message is replaced by the name of its shape, so that it tells which one spoke.
    """
    shapes, owners = read_shape_file(name), speaking(read_shape_file(name))
    tagged = Graph(namespace_manager=shapes.namespace_manager)
    for subject, predicate, object_ in shapes:
        if predicate == SH.message:
            object_ = Literal(str(owners[subject]))  # type: ignore[index]
        if subject != without or predicate in (RDF.type, SH.path, SH.message):
            tagged.add((subject, predicate, object_))
    problems = check_shapes(read_example(name, kind), tagged, nowhere)
    assert [problem for problem in problems if problem.code != "C301"] == []
    told = set()
    for problem in problems:
        nodes = re.findall(r"\bbad:([\w.-]+)", problem.message.rpartition(": ")[0])
        told.add((nodes[0] if nodes else problem.message, problem.message.rpartition(": cordsh:")[2]))
    return told


def constraints(name: str) -> tuple[set[str], set[Node]]:
    """Names of the shapes of a file that can speak in a report; and those that only serve others inside."""
    shapes = read_shape_file(name)
    reached: set[object] = {shape for predicate in TARGETS for shape in shapes.subjects(predicate)}
    reached |= {part for shape, part in shapes.subject_objects(SH.property) if shape in reached}
    owners = set(speaking(shapes).values())
    return {named(shape) for shape in owners & reached}, owners - reached


def test_shape_files_are_found() -> None:
    """There are as many as we think, each with its examples."""
    assert len(FILES) >= 10
    examples = ROOT / "tests" / "shapes"
    assert {path.name for path in examples.iterdir() if path.is_dir() and path.name[0] != "_"} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with_the_good_example(name: str) -> None:
    """The good example conforms, and each node shape has something to look at in it."""
    assert found(name, "good") == set()
    shapes, data = read_shape_file(name), read_example(name, "good")
    types = {
        above
        for _, kind in data.subject_objects(RDF.type)
        for above in data.transitive_objects(kind, RDFS.subClassOf)
    }
    for shape in set(shapes.subjects(SH.targetClass)):
        assert types & set(shapes.objects(shape, SH.targetClass)), shape


@pytest.mark.parametrize("name", FILES)
def test_each_shape_finds_its_bad_example(name: str) -> None:
    """In the bad example every shape finds its own nodes, and no other does but where that follows."""
    told = found(name, "bad")
    own = {(node, shape) for node, shape in told if node.partition(".")[0] == shape}
    others = {each for each in told - own if (each[0].partition(".")[0], each[1]) not in FOLLOWS}
    assert others == set()
    without_case = constraints(name)[0] - {shape for _, shape in own}
    assert without_case == set()
    subjects = {str(subject) for subject in read_example(name, "bad").subjects()}
    assert {node for node, _ in own} == {iri.partition("/bad/")[2] for iri in subjects if "/bad/" in iri}


@pytest.mark.parametrize(
    ("name", "shape"),
    [(name, shape) for name in FILES for shape in sorted(constraints(name)[1])],
    ids=lambda value: named(value) if isinstance(value, URIRef) else None,
)
def test_each_shape_inside_another_is_needed(name: str, shape: Node) -> None:
    """A shape that only serves others finds something too: without it less is found in the bad example."""
    assert not isinstance(shape, BNode)
    assert found(name, "bad", without=shape) < found(name, "bad")


@pytest.mark.parametrize("name", FILES)
def test_each_message_says_what_to_write_instead(name: str) -> None:
    """What is told of a bad example has a remedy of its own, not only the name of a shape to look at."""
    problems = check_shapes(read_example(name, "bad"), read_shape_file(name), nowhere)
    assert problems
    assert [problem for problem in problems if not problem.remedy or problem.remedy.startswith("see ")] == []


@pytest.mark.parametrize("name", FILES)
def test_shapes_speak_both_languages(name: str) -> None:
    """Each shape that finds something says so in English and French and how grave it is."""
    shapes = read_shape_file(name)
    for node, shape in speaking(shapes).items():
        said = {SH.message: node, **({SH.name: node} if (node, SH.path, None) in shapes else {})}
        for predicate, subject in said.items():
            languages = sorted(
                getattr(text, "language", None) or "" for text in shapes.objects(subject, predicate)
            )
            assert languages == ["en", "fr"], (named(shape), predicate)
        assert shapes.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info), named(shape)
