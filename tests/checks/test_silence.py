"""Shapes that check nothing are told, and those that check something are not."""

import pytest
from rdflib import Dataset, Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.silence import check_silence
from cordiale.model.places import Place
from cordiale.model.problems import Severity
from cordiale.model.terms import Node

EX = "https://example.org/"
PREFIXES = f"""\
@prefix : <{EX}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
DATA = """
    :arch a :Bridge ; :opened "1607" ; :builder :mason . :mason :name "Mason" .
    :Bridge rdfs:subClassOf :Work . :builder rdfs:subPropertyOf :maker .
"""
SOUND = ":S a sh:NodeShape ; sh:targetClass :Bridge ; sh:property [ sh:path :opened ; sh:minCount 1 ] ."


def told(shapes: str, data: str = DATA) -> list[tuple[str, str, tuple[Node, ...]]]:
    """Code, message and blamed terms of each problem."""
    asked: list[tuple[Node | None, ...]] = []

    def blame(*triple: Node | None) -> Blamed:
        asked.append(triple)
        return Blamed(places=(Place(path="shapes/s.ttl", line=len(asked)),))

    graph = Dataset(default_union=True)
    graph.graph(URIRef(EX + "file")).parse(data=PREFIXES + data)
    problems = check_silence(Graph().parse(data=PREFIXES + shapes), graph, blame)
    assert all(problem.severity is Severity.WARNING and problem.remedy for problem in problems)
    assert [problem.place for problem in problems] == [
        Place(path="shapes/s.ttl", line=number) for number in range(1, len(asked) + 1)
    ]
    return [
        (problem.code, problem.message, tuple(term for term in triple if term is not None))
        for problem, triple in zip(problems, asked, strict=True)
    ]


def test_sound_shapes_are_passed_over() -> None:
    """A shape with a target, a path and a constraint is as it should be."""
    assert told(SOUND) == []


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ("sh:shape :T", 'SHACL has no term "sh:shape", so nothing is checked by it'),
        ("sh:mincount 1", 'SHACL has no term "sh:mincount", so nothing is checked by it'),
        ("sh:nodeKind sh:Iri", 'SHACL has no term "sh:Iri", so nothing is checked by it'),
    ],
)
def test_unknown_terms(shape: str, message: str) -> None:
    """A term that SHACL does not have is told where it stands, with one that is near."""
    found = told(f"{SOUND} :S {shape} .")
    assert [(code, said) for code, said, _ in found] == [("C307", message)]
    assert found[0][2][0] == URIRef(EX + "S")


@pytest.mark.parametrize("term", ["sh:values", "sh:expression", "sh:rule", "sh:SPARQLTarget", "sh:js"])
def test_terms_of_the_advanced_features_are_known(term: str) -> None:
    """What SHACL-AF and SHACL-JS add is no unknown term."""
    assert told(f"{SOUND} :S {term} [ a sh:TripleRule ] .") == []


@pytest.mark.parametrize(
    ("target", "matches"),
    [
        ("sh:targetClass :Bridge", True),
        ("sh:targetClass :Work", True),
        ("sh:targetClass :Brigde", False),
        ("sh:targetNode :mason", True),
        ("sh:targetNode :file", True),
        ("sh:targetNode :nobody", False),
        ('sh:targetNode "a text"', True),
        ("sh:targetSubjectsOf :opened", True),
        ("sh:targetSubjectsOf :closed", False),
        ("sh:targetObjectsOf :builder", True),
        ("sh:targetObjectsOf :closed", False),
    ],
)
def test_targets(target: str, matches: bool) -> None:
    """A target that matches nothing is told; classes below count, and names of files."""
    found = told(f":S a sh:NodeShape ; {target} ; sh:nodeKind sh:IRI .")
    assert [code for code, _, _ in found] == ([] if matches else ["C308"])


@pytest.mark.parametrize(
    ("shape", "silent"),
    [
        (":S a sh:NodeShape ; sh:targetClass :Bridge .", 1),
        (":S sh:targetClass :Bridge ; sh:severity sh:Warning ; sh:message 'wrong' .", 1),
        (":S a sh:NodeShape ; sh:targetClass :Bridge ; sh:property [ sh:path :opened ] .", 1),
        (":S sh:targetClass :Bridge ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:name 'x' ] ) .", 1),
        (":S sh:targetClass :Bridge ; sh:closed true ; sh:property [ sh:path :opened ] .", 0),
        (":S sh:targetClass :Bridge ; sh:rule [ ] .", 0),
        (
            ":S sh:targetClass :Bridge ; :most 3 . :C sh:parameter [ sh:path :most ] .",
            0,
        ),
    ],
)
def test_constraints(shape: str, silent: int) -> None:
    """A shape without constraints is told; what a constraint component of one's own asks is one."""
    assert [code for code, _, _ in told(shape)] == ["C309"] * silent


@pytest.mark.parametrize(
    ("path", "unused"),
    [
        (":opened", []),
        (":maker", []),
        (":openned", [":openned"]),
        ("( :builder :name )", []),
        ("( :builder :nickname )", [":nickname"]),
        ("[ sh:alternativePath ( :opened :closed ) ]", [":closed"]),
        ("[ sh:inversePath :builder ]", []),
        ("( [ sh:zeroOrMorePath :knows ] :name )", [":knows"]),
    ],
)
def test_paths(path: str, unused: list[str]) -> None:
    """A property that no data use is told where the path names it; one above a used one is used."""
    found = told(f":S sh:targetClass :Bridge ; sh:property :P . :P sh:path {path} ; sh:minCount 1 .")
    assert [(code, said) for code, said, _ in found] == [
        ("C310", f":P has a path by {name}, which no data uses") for name in unused
    ]
    assert [triple[-1] for _, _, triple in found] == [URIRef(EX + name[1:]) for name in unused]
