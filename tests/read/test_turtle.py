"""Exact terms, blank nodes and places of Turtle files."""

import logging

import pytest
import rdflib
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

from cordiale.model.errors import TurtleSyntaxError
from cordiale.model.terms import Node
from cordiale.read.source_file import SourceFile
from cordiale.read.turtle import read_turtle
from tests.read.comparing import canonical, judged

BASE = "https://example.org/x"
PREFIXES = f"@prefix : <https://example.org/> .\n@prefix xsd: <{XSD}> .\n"


def read(text: str, path: str = "data/x.ttl") -> SourceFile:
    """The file that the text makes."""
    return read_turtle(text, path=path, base=BASE)


def value(written: str) -> Node:
    """The term that a file has where ``written`` is the object."""
    return read(f"{PREFIXES}:a :b {written} .").triples[0][2]


def places(text: str) -> list[tuple[str, str]]:
    """What stands where: the last part of each triple's object, and its line and column."""
    file = read(text)
    return [
        (str(triple[2]).rsplit("/")[-1], f"{place.line}:{place.column}")
        for triple in file.triples
        for place in file.places[triple]
    ]


@pytest.mark.parametrize(
    ("written", "text", "datatype"),
    [
        ("01", "01", XSD.integer),
        ("+1", "+1", XSD.integer),
        ("-0", "-0", XSD.integer),
        ("1.50", "1.50", XSD.decimal),
        ("-.5", "-.5", XSD.decimal),
        ("-0.0", "-0.0", XSD.decimal),
        ("1E0", "1E0", XSD.double),
        ("1.e+01", "1.e+01", XSD.double),
        (".5e1", ".5e1", XSD.double),
        ("true", "true", XSD.boolean),
        ("false", "false", XSD.boolean),
        ('"01"^^xsd:integer', "01", XSD.integer),
        ('"-3"^^xsd:negativeInteger', "-3", XSD.negativeInteger),
        ('"1.50"^^xsd:decimal', "1.50", XSD.decimal),
        ('"1"^^xsd:boolean', "1", XSD.boolean),
        ('"TRUE"^^xsd:boolean', "TRUE", XSD.boolean),
        ('"2025-07-09T10:00:00.000Z"^^xsd:dateTime', "2025-07-09T10:00:00.000Z", XSD.dateTime),
        ('"  a  b "^^xsd:token', "  a  b ", XSD.token),
        ('"a\\tb"^^xsd:normalizedString', "a\tb", XSD.normalizedString),
        ('"<p>x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>', "<p>x", RDF.HTML),
        ('"0A"^^xsd:hexBinary', "0A", XSD.hexBinary),
        ('"plain"', "plain", None),
        ('"typed"^^xsd:string', "typed", XSD.string),
    ],
)
def test_lexical_forms_stay_as_written(written: str, text: str, datatype: URIRef | None) -> None:
    """A literal is what its file says, to the letter."""
    found = value(written)
    assert isinstance(found, Literal)
    assert (str(found), found.datatype) == (text, datatype)


@pytest.mark.parametrize("tag", ["en-GB", "EN-gb", "fr", "zh-Hant-TW"])
def test_language_tags_stay_as_written(tag: str) -> None:
    """A language tag keeps its capitals."""
    found = value(f'"colour"@{tag}')
    assert isinstance(found, Literal)
    assert found.language == tag


def test_numbers_still_have_values() -> None:
    """A literal that keeps its form has its value all the same, for whoever computes."""
    found = value("01")
    assert isinstance(found, Literal)
    assert found.value == 1


def test_equal_values_of_different_form_stay_apart() -> None:
    """The literals 1, 01 and 1.0 are three terms (RDF 1.1 Concepts, section 3.3), in a graph as well."""
    file = read(f'{PREFIXES}:a :b 1 , 01 , "1"^^xsd:integer , 1.0 .')
    graph = Graph()
    for triple in file.triples:
        graph.add(triple)
    assert sorted(str(triple[2]) for triple in file.triples) == ["01", "1", "1.0"]
    assert sorted(str(each) for each in graph.objects()) == ["01", "1", "1.0"]


def test_bare_and_typed_number_are_one_triple_with_two_places() -> None:
    """What is stated twice is one triple, and both places are kept."""
    assert places(f'{PREFIXES}:a :b 1 ,\n  "1"^^xsd:integer .') == [("1", "3:7"), ("1", "4:3")]


def test_ill_typed_literals_are_read_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    """A literal that its datatype does not allow is data for the shapes, not a matter for the log."""
    with caplog.at_level(logging.DEBUG):
        for written in ('"x"^^xsd:integer', '"maybe"^^xsd:boolean', '"2025-13-41"^^xsd:date'):
            assert value(written).n3().startswith(written.split("^")[0])
    assert caplog.records == []


def test_the_log_of_rdflib_is_as_before(caplog: pytest.LogCaptureFixture) -> None:
    """After reading, rdflib speaks again, and its global switch has not been touched."""
    value('"x"^^xsd:integer')
    with caplog.at_level(logging.WARNING):
        Literal("x", datatype=XSD.integer)
    assert len(caplog.records) == 1
    assert rdflib.NORMALIZE_LITERALS is True


def test_objects_have_places() -> None:
    """Each triple knows line and column of its object, after commas, semicolons and comments too."""
    text = '@prefix : <https://example.org/> .\n:a :b :c ,\n   :d ;\n # é\n :e "é𝄞" , :f .\n:g a :h.'
    assert places(text) == [("c", "2:7"), ("d", "3:4"), ("é𝄞", "5:5"), ("f", "5:12"), ("h", "6:6")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count(end: str) -> None:
    """Lines are counted whatever ends them, and a string over several lines keeps its ends."""
    text = end.join(["<a> <b> '''x", "y''' , <c> .", "# z", "<d> <e> <f> ."])
    file = read(text)
    assert str(file.triples[0][2]) == f"x{end}y"
    assert places(text)[1:] == [("c", "2:8"), ("f", "4:9")]


def test_nested_nodes_have_places() -> None:
    """A property list in brackets is an object at its bracket; what it holds has places of its own."""
    text = "<a> <b> [ <c> <d> ;\n <e> [ <f> <g> ] ] , <h> ."
    file = read(text)
    where = {
        str(triple[1])[-1] + (str(triple[2])[-1] if isinstance(triple[2], URIRef) else "_"): str(place)
        for triple in file.triples
        for place in file.places[triple]
    }
    assert where == {
        "b_": "data/x.ttl:1:9",
        "cd": "data/x.ttl:1:15",
        "e_": "data/x.ttl:2:6",
        "fg": "data/x.ttl:2:12",
        "bh": "data/x.ttl:2:22",
    }


def test_collections_have_places() -> None:
    """The members of a collection stand where they are written; the list stands at its bracket."""
    file = read("<a> <b> ( 1\n ( ) <c> ) .")
    kinds = {RDF.first: "first", RDF.rest: "rest"}
    found = [
        (kinds.get(URIRef(str(triple[1])), "list"), *(str(place) for place in file.places[triple]))
        for triple in file.triples
    ]
    assert found == [
        ("list", "data/x.ttl:1:9"),
        ("first", "data/x.ttl:1:11"),
        ("rest", "data/x.ttl:2:2"),
        ("first", "data/x.ttl:2:2"),
        ("rest", "data/x.ttl:2:6"),
        ("first", "data/x.ttl:2:6"),
        ("rest", "data/x.ttl:2:10"),
    ]


def test_subjects_have_places() -> None:
    """A subject stands where it is first one, a blank node where its first object is."""
    file = read("<a> <b> <c> .\n\n<d> <e> [ <f> <g> ] .\n<a> <x> <y> .")
    found = {"_" if isinstance(node, BNode) else str(node)[-1]: str(at) for node, at in file.subjects.items()}
    assert found == {"a": "data/x.ttl:1:1", "d": "data/x.ttl:3:1", "_": "data/x.ttl:3:15"}


def test_reading_twice_gives_equal_triples() -> None:
    """Blank nodes have the same names in every reading, so that two runs can be compared."""
    text = "[] <a> _:x , ( _:x [ <b> <c> ] ) . _:x <d> <e> ."
    assert read(text).triples == read(text).triples


def test_blank_nodes_of_two_files_differ() -> None:
    """No two files share a blank node, however alike their paths are."""
    paths = ["data/a-b.ttl", "data/a/b.ttl", "data/a_b.ttl", "data/a.b.ttl", "data/a_2e_b.ttl"]
    found = {read("_:x <a> <b> .", path).triples[0][0] for path in paths}
    assert len(found) == len(paths)


def test_order_is_that_of_the_document() -> None:
    """Triples come in the order in which their objects are written, each once."""
    file = read("<a> <b> [ <c> 1 ] , 2 . <a> <b> 2 , 3 .")
    assert [str(triple[2]) for triple in file.triples if isinstance(triple[2], Literal)] == ["1", "2", "3"]


def test_prefixes_are_told() -> None:
    """The prefixes of a file are known by name and namespace, relative ones resolved."""
    file = read("@base <https://example.org/y/> . PREFIX ex: <z#> ex:a a ex:b .")
    assert dict(file.prefixes) == {"ex": "https://example.org/y/z#"}


@pytest.mark.parametrize(
    "text",
    [
        "@prefix a.b: <x:> . a.b:c a.b:d a.b:e.f , a.b:g\\. .",
        "@prefix true.x: <x:> . @prefix bind: <y:> . <a> <b> true , true.x:y , bind:z . bind:a a bind:b .",
        "PREFIX : <x:>\nPREFIX bind.x: <y:>\nbind.x:a :b-1..2 :%41\\~\\'é:c .",
        "BASE <http://h/a/b/c/d>\n<> <../e> <?q> , <#f> , <//k/l> , </m/./n/../o> , <../../../../p> .",
        "<a> <b> <\\u00e9\\U0001D11E> .",
        r"""<a> <b> 'a\'b' , '''c''\'''' , '\\u0041' , "\u0041\t\U0001D11E" , ' " ' .""",
        "<a><b>1.<c><d>1.5.<e><f>-1e0.",
        "<a> a <b> ; ; <c> <d> ; .",
        "_:a.b <p> _:1-·2 .",
    ],
)
def test_both_parsers_read_the_same(text: str) -> None:
    """Corners of the grammar where rdflib's own parser fails or differs are read as Oxigraph reads them."""
    assert canonical(read(text).triples) == judged(text, base=BASE)


def test_deep_nesting_is_refused() -> None:
    """Brackets without end are one problem, not a crash; fifty are read."""
    assert len(read("<a> <b> " + "[ <c> " * 50 + "1" + " ]" * 50 + " .").triples) == 51
    with pytest.raises(TurtleSyntaxError, match=r"data/x.ttl: C107 brackets are nested too deeply"):
        read("<a> <b> " + "( " * 2000 + ") " * 2000 + ".")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<a> <b> << <c> <d> <e> >> .", "data/x.ttl:1:9"),
        ("<a> <b> <<( <c> <d> <e> )>> .", "data/x.ttl:1:9"),
        ("<a> <b> <c>\n  {| <d> <e> |} .", "data/x.ttl:2:3"),
        ('VERSION "1.2"\n<a> <b> <c> .', "data/x.ttl:1:1"),
        ('<a> <b> "c"@en--ltr .', "data/x.ttl:1:15"),
    ],
)
def test_rdf_1_2_is_refused(text: str, place: str) -> None:
    """What the judge knows and rdflib cannot hold is refused where it stands, never half read."""
    with pytest.raises(TurtleSyntaxError) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("C106", place)
