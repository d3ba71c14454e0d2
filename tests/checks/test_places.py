"""Each kind of result of SHACL is told at the place of the triple that is wrong."""

from collections.abc import Callable

import pytest
from rdflib import Dataset, Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.shapes import check_shapes
from cordiale.model.terms import Node
from cordiale.read.source_file import SourceFile
from cordiale.read.turtle import read_turtle

EX = "https://example.org/"
PREFIXES = f"""\
@prefix : <{EX}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BRIDGE = """\
:arch
    a :Bridge ;
    :opened "1607"^^xsd:gYear ;
    :crosses :seine , :marne ;
    rdfs:label "Arch"@en , "The Arch"@en , "Arche"@fr ;
    :builder :mason ;
    :closed "1600"^^xsd:gYear ;
    :note "old" ;
.

:mason :name "Mason" ; :worksWith :apprentice .
:apprentice :name "Young" .
:seine a :River .
"""
# What a shape of :arch asks, and the text at whose place it is not so. After "|" come other places.
CASES = {
    "datatype": ("sh:path :opened ; sh:datatype xsd:date", '"1607"^^'),
    "class": ("sh:path :crosses ; sh:class :River", ":marne"),
    "nodeKind": ("sh:path :crosses ; sh:nodeKind sh:Literal ; sh:not [ sh:in ( :seine ) ]", ":seine"),
    "minExclusive": ('sh:path :opened ; sh:minExclusive "1700"^^xsd:gYear', '"1607"^^'),
    "maxInclusive": ('sh:path :opened ; sh:maxInclusive "1500"^^xsd:gYear', '"1607"^^'),
    "minLength": ("sh:path :note ; sh:minLength 9", '"old"'),
    "maxLength": ("sh:path :note ; sh:maxLength 2", '"old"'),
    "pattern": ('sh:path :note ; sh:pattern "^new"', '"old"'),
    "languageIn": ('sh:path rdfs:label ; sh:languageIn ( "en" )', '"Arche"@fr'),
    "uniqueLang": ("sh:path rdfs:label ; sh:uniqueLang true", '"The Arch"@en|"Arch"@en'),
    "maxCount": ("sh:path :crosses ; sh:maxCount 1", ":marne|:seine"),
    "maxCount, more": ("sh:path rdfs:label ; sh:maxCount 1", '"The Arch"@en|"Arche"@fr|"Arch"@en'),
    "in": ("sh:path :note ; sh:in ( 1 2 )", '"old"'),
    "hasValue": ("sh:path :crosses ; sh:hasValue :loire", ":arch\n"),
    "minCount": ("sh:path :height ; sh:minCount 1", ":arch\n"),
    "equals": ("sh:path :height ; sh:equals :note", '"old"'),
    "disjoint": ("sh:path :note ; sh:disjoint :note", '"old"'),
    "lessThan": ("sh:path :opened ; sh:lessThan :closed", '"1607"^^'),
    "or": ("sh:path :note ; sh:or ( [ sh:datatype xsd:date ] [ sh:class :River ] )", '"old"'),
    "not": ("sh:path :note ; sh:not [ sh:datatype xsd:string ]", '"old"'),
    "node": ("sh:path :builder ; sh:node [ sh:property [ sh:path :born ; sh:minCount 1 ] ]", ":mason ;"),
    "property": ("sh:path :builder ; sh:property [ sh:path :born ; sh:minCount 1 ]", ":mason :name"),
    "qualified, too many": (
        "sh:path :crosses ; sh:qualifiedValueShape [ sh:class :River ] ; sh:qualifiedMaxCount 0",
        ":seine|:marne",
    ),
    "qualified, too few": (
        "sh:path :crosses ; sh:qualifiedValueShape [ sh:class :River ] ; sh:qualifiedMinCount 2",
        ":arch\n",
    ),
    "inverse": ("sh:path [ sh:inversePath :builds ] ; sh:minCount 1", ":arch\n"),
    "sequence": ("sh:path ( :builder :name ) ; sh:maxLength 3", '"Mason"'),
    "alternative": ("sh:path [ sh:alternativePath ( :note :height ) ] ; sh:maxLength 1", '"old"'),
    "zeroOrMore": (
        "sh:path ( :builder [ sh:zeroOrMorePath :worksWith ] :name ) ; sh:minLength 6",
        '"Mason"',
    ),
    "oneOrMore": ("sh:path ( :builder [ sh:oneOrMorePath :worksWith ] :name ) ; sh:minLength 6", '"Young"'),
    "inverse in a sequence": (
        "sh:path ( :builder [ sh:inversePath :builder ] ) ; sh:nodeKind sh:Literal",
        ":mason ;",
    ),
    "SPARQL": (
        "sh:path :crosses ; sh:sparql [ sh:select 'SELECT $this ?value "
        f"WHERE {{ $this $PATH ?value FILTER (?value != <{EX}seine>) }}' ]",
        ":marne",
    ),
}
NODE_CASES = {
    "class": ("sh:class :River", ":arch\n"),
    "SPARQL with a path": (
        f"sh:sparql [ sh:select 'SELECT $this ?path ?value WHERE {{ $this ?path ?value "
        f"FILTER (?path = <{EX}closed>) }}' ]",
        '"1600"^^',
    ),
}


def read(text: str) -> SourceFile:
    """A file of the project."""
    return read_turtle(PREFIXES + text, path="data/arch.ttl", base=EX)


def blaming(file: SourceFile) -> Callable[..., Blamed]:
    """Tells places in the file."""

    def blame(subject: Node, predicate: Node | None, value: Node | None) -> Blamed:
        if predicate is not None and value is not None:
            places = file.places.get((subject, predicate, value))
            if places:
                return Blamed(places=places)
        place = file.subjects.get(subject)
        return Blamed(places=(place,) if place else ())

    return blame


def place_of(text: str) -> str:
    """Where a text first stands in the file."""
    whole = PREFIXES + BRIDGE
    offset = whole.index(text)
    return f"data/arch.ttl:{whole.count(chr(10), 0, offset) + 1}:{offset - whole.rfind(chr(10), 0, offset)}"


def told(shape: str) -> set[tuple[str, ...]]:
    """The places of each problem that a shape finds."""
    file = read(BRIDGE)
    data = Dataset(default_union=True)
    graph = data.graph(URIRef(EX + "source"))
    graph.addN((*triple, graph) for triple in file.triples)
    shapes = Graph()
    shapes.addN((*triple, shapes) for triple in read(shape).triples)
    problems = check_shapes(data, shapes, blaming(file))
    assert {problem.code for problem in problems} <= {"C301"}, problems
    return {(str(problem.place), *map(str, problem.related)) for problem in problems}


@pytest.mark.parametrize("name", list(CASES))
def test_of_a_property(name: str) -> None:
    """The value that is wrong, or the subject that lacks one; too many values one by one."""
    asked, wrong = CASES[name]
    found = told(f":S a sh:NodeShape ; sh:targetNode :arch ; sh:property [ a sh:PropertyShape ; {asked} ] .")
    assert tuple(map(place_of, wrong.split("|"))) in found
    assert len(found) == (2 if name in ("nodeKind", "zeroOrMore") else 1)


@pytest.mark.parametrize("name", list(NODE_CASES))
def test_of_a_node(name: str) -> None:
    """The node's own block, or the triple that a query names."""
    asked, wrong = NODE_CASES[name]
    assert told(f":S a sh:NodeShape ; sh:targetNode :arch ; {asked} .") == {(place_of(wrong),)}


def test_of_a_closed_shape() -> None:
    """Each property that is too many is told at its value."""
    asked = "sh:closed true ; sh:ignoredProperties ( rdfs:label ) ; sh:property [ sh:path :opened ]"
    found = told(f":S a sh:NodeShape ; sh:targetNode :mason ; {asked} .")
    assert found == {(place_of('"Mason"'),), (place_of(":apprentice ."),)}


def test_of_a_literal() -> None:
    """A focus node that is no subject is told where the triple names it that made it a target."""
    found = told(":S a sh:NodeShape ; sh:targetObjectsOf :note ; sh:datatype xsd:date .")
    assert found == {(place_of('"old"'),)}


def test_of_a_target_of_sparql() -> None:
    """Targets of SHACL-AF find their nodes, which are told like others."""
    found = told(
        ":S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select "
        f"'SELECT ?this WHERE {{ ?this <{EX}builder> ?any }}' ] ; "
        "sh:property [ sh:path :note ; sh:maxLength 1 ] ."
    )
    assert found == {(place_of('"old"'),)}


def test_of_an_expression() -> None:
    """Expression constraints of SHACL-AF are told at the node that they are not true of."""
    found = told(":S a sh:NodeShape ; sh:targetNode :arch ; sh:expression [ sh:path :note ] .")
    assert found == {(place_of(":arch\n"),)}
