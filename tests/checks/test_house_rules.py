"""House rules for terms, things and shapes."""

import pytest
from rdflib import Dataset, Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.shape_style import check_shape_style
from cordiale.checks.vocabulary_style import check_vocabulary_style
from cordiale.model.places import Place
from cordiale.model.settings import Settings
from cordiale.model.terms import Node

NS, ID = "https://example.org/ns#", "https://example.org/id/"
TRUSTED = URIRef("https://example.org/source/entities")
SETTINGS = Settings(
    terms=NS,
    things=ID,
    sources="https://example.org/source/",
    languages=("en", "fr"),
    catalogue="sources",
    trusted=("entities",),
)
PREFIXES = f"""\
@prefix : <{ID}> .
@prefix ex: <{NS}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
BRIDGE = """
    ex:Bridge a owl:Class ; rdfs:label "bridge"@en , "pont"@fr ;
        skos:definition "A way over an obstacle."@en , "Voie sur un obstacle."@fr .
    :pont-neuf a ex:Bridge ; rdfs:label "Pont Neuf"@en , "Pont Neuf"@fr .
"""
SHAPE = """
    ex:Bridge a sh:NodeShape ; sh:targetClass ex:Bridge ; sh:property ex:Bridge-opened .
    ex:Bridge-opened sh:path ex:opened ; sh:minCount 1 ; sh:severity sh:Violation ;
        sh:message "A year is missing: write it."@en , "L’année manque ; écrivez-la."@fr .
"""


def blame(subject: Node, predicate: Node | None, value: Node | None) -> Blamed:
    """A place for everything, so that nothing is passed over."""
    return Blamed(places=(Place(path=f"{subject} {predicate} {value}"),))


def vocabulary(text: str, *, mentioned: str = ":seine ex:flowsUnder :pont-neuf .") -> list[str]:
    """The codes of what is told of a trusted file, besides another that mentions things."""
    data = Dataset(default_union=True)
    data.graph(TRUSTED).parse(data=PREFIXES + text)
    data.graph(URIRef("https://example.org/source/river")).parse(data=PREFIXES + mentioned)
    return [each.code for each in check_vocabulary_style(data, SETTINGS, [TRUSTED], [], blame)]


def test_good_terms_and_things() -> None:
    """What has its labels and definitions and is spoken of is as it should be."""
    assert vocabulary(BRIDGE) == []


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (':pont-neuf rdfs:label "New Bridge"@en .', ["C331"]),
        (':arch a ex:Bridge ; rdfs:label "arch"@en . ex:x rdfs:seeAlso :arch .', ["C330"]),
        ('ex:Tower a owl:Class ; rdfs:label "t"@en , "t"@fr .', ["C332", "C332"]),
        (
            'ex:Tower a owl:Class ; rdfs:label "tower"@en , "tour"@fr ; '
            'skos:definition "A tower."@en , "La tour."@fr .',
            ["C333", "C333"],
        ),
        (
            'ex:tower a owl:Class ; rdfs:label "tower"@en , "tour"@fr ; '
            'skos:definition "High and narrow."@en , "Haute et étroite."@fr .',
            ["C334"],
        ),
        (':Pont_Neuf a ex:Bridge ; rdfs:label "P"@en , "P"@fr ; rdfs:seeAlso :Pont_Neuf .', ["C335"]),
        ("ex:Bridge owl:deprecated true .", ["C336"]),
        ("ex:Bridge owl:deprecated true ; dcterms:isReplacedBy ex:Way .", []),
        (':arch a ex:Bridge ; rdfs:label "arch"@en , "arche"@fr .', ["C337"]),
        (
            ':arch a ex:Bridge ; rdfs:label "arch"@en , "arche"@fr . '
            ":all a owl:AllDifferent ; owl:distinctMembers ( :arch :pont-neuf ) .",
            ["C337"],
        ),
        (":pont-neuf owl:sameAs :arch .", ["C338"]),
    ],
)
def test_what_is_told_of_terms_and_things(more: str, codes: list[str]) -> None:
    """Each rule finds its fault and no other does."""
    assert vocabulary(BRIDGE + more) == codes


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("", "", []),
        ("ex:Bridge-opened", "ex:opening", ["C341"]),
        (' , "L’année manque ; écrivez-la."@fr', "", ["C342"]),
        ('"A year is missing: write it."', '"A year is missing."', ["C343"]),
        ("sh:severity sh:Violation ;", "", ["C344"]),
        (
            "sh:property ex:Bridge-opened",
            "sh:property [ sh:path ex:opened ]",
            ["C340", "C342", "C342", "C344"],
        ),
    ],
)
def test_what_is_told_of_shapes(before: str, after: str, codes: list[str]) -> None:
    """Each rule finds its fault and no other does."""
    shapes = Graph().parse(data=PREFIXES + (SHAPE.replace(before, after) if before else SHAPE))
    assert [each.code for each in check_shape_style(shapes, ("en", "fr"), blame)] == codes
