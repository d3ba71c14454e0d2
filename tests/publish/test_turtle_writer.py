"""The Turtle writer: house style, exact terms, the same bytes for the same graph."""

import random
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

from cordiale.model.errors import CordialeError
from cordiale.model.prefixes import PREFIXES
from cordiale.model.terms import Node, Triple
from cordiale.publish.turtle_writer import write_turtle
from cordiale.read.turtle import read_turtle
from tests.isomorphism import canonical, normalized, parsed, quads_in
from tests.strategies import graphs

EX = "https://example.org/ns#"
BASE = "https://example.org/base"
ALL = {
    **PREFIXES,
    "ex": EX,
    "": "https://example.org/id/",
    "deep": "https://example.org/id/deep/",
    "x": "urn:x:",
}
GOLDEN = Path(__file__).parent.parent / "golden/turtle_writer"


def one(object_: Node) -> tuple[Triple, ...]:
    """A graph of one triple."""
    return ((URIRef(EX + "s"), URIRef(EX + "p"), object_),)


def reread(text: str) -> tuple[Triple, ...]:
    """The triples of a text that was just written, by the exact reader."""
    return read_turtle(text, path="data/out.ttl", base=BASE).triples


def quads(triples: tuple[Triple, ...]) -> list[tuple[Node, Node, Node, None]]:
    """Triples of the default graph."""
    return [(s, p, o, None) for s, p, o in triples]


@given(graphs())
@example(one(Literal('"')))
@example(one(Literal('a\n""')))
@example(one(Literal("\\\n\\")))
def test_read_back_exactly(triples: tuple[Triple, ...]) -> None:
    """The exact reader finds the graph again: lexical forms, language tags, blank nodes."""
    assert canonical(quads(reread(write_turtle(triples, ALL)))) == canonical(quads(triples))


@given(graphs())
def test_oxigraph_reads_back(triples: tuple[Triple, ...]) -> None:
    """Oxigraph finds the graph again, but for the case of language tags."""
    again = parsed(write_turtle(triples, ALL), ox.RdfFormat.TURTLE)
    assert canonical(again, fold_tags=True) == canonical(quads(triples), fold_tags=True)


@given(graphs())
def test_rdflib_reads_back(triples: tuple[Triple, ...]) -> None:
    """rdflib finds the graph again, with literals rewritten as it rewrites any."""
    again = quads_in(Graph().parse(data=write_turtle(triples, ALL), format="turtle"))
    assert canonical(normalized(again)) == canonical(normalized(quads(triples)))


@given(graphs(), st.integers(0, 10_000))
def test_same_graph_same_bytes(triples: tuple[Triple, ...], seed: int) -> None:
    """Order of triples, names of blank nodes and order of prefixes leave no trace."""
    rng = random.Random(seed)
    nodes = sorted({term for triple in triples for term in triple if isinstance(term, BNode)})
    names = dict(zip(nodes, (BNode(f"r{n}") for n in rng.sample(range(999), len(nodes))), strict=True))
    changed = [tuple(names[t] if isinstance(t, BNode) else t for t in triple) for triple in triples]
    rng.shuffle(changed)
    prefixes = list(ALL.items())
    rng.shuffle(prefixes)
    assert write_turtle([(s, p, o) for s, p, o in changed], dict(prefixes)) == write_turtle(triples, ALL)


@given(graphs())
def test_written_again_same_bytes(triples: tuple[Triple, ...]) -> None:
    """What was written, read and written again does not change."""
    text = write_turtle(triples, ALL)
    assert write_turtle(reread(text), ALL) == text


@pytest.mark.parametrize("case", sorted(GOLDEN.iterdir()), ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    """Each case is written as its expected file stands, and that file is written as itself."""
    expected = (case / "expected.ttl").read_text(encoding="utf-8")
    for name in ("in.ttl", "expected.ttl"):
        file = read_turtle((case / name).read_text(encoding="utf-8"), path=f"data/{name}", base=BASE)
        assert write_turtle(file.triples, file.prefixes) == expected


def test_golden_cases_are_found() -> None:
    """Each golden case holds its two files and nothing else."""
    cases = sorted(GOLDEN.iterdir())
    assert len(cases) >= 6
    assert {frozenset(path.name for path in case.iterdir()) for case in cases} == {
        frozenset({"in.ttl", "expected.ttl"})
    }


def test_w3c_turtle_suite(shared: Path) -> None:
    """Each graph of the W3C evaluation tests is written, read back the same, and written again the same."""
    folder = shared / "suites/rdf-tests/rdf/rdf11/rdf-turtle"
    base = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
    rdft = "http://www.w3.org/ns/rdftest#"
    action = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action")
    manifest = Graph().parse(folder / "manifest.ttl", publicID=base)
    entries = manifest.subjects(RDF.type, URIRef(rdft + "TestTurtleEval"))
    files = sorted(str(manifest.value(entry, action)) for entry in entries)
    assert len(files) >= 145
    wrong = []
    for iri in files:
        text = (folder / iri.removeprefix(base)).read_text(encoding="utf-8")
        before = parsed(text, ox.RdfFormat.TURTLE, base=iri)
        written = write_turtle([(s, p, o) for s, p, o, _ in before], ALL)
        after = parsed(written, ox.RdfFormat.TURTLE)
        rdflib_after = quads_in(Graph().parse(data=written, format="turtle"))
        if (
            canonical(after) != canonical(before)
            or canonical(normalized(rdflib_after)) != canonical(normalized(before))
            or write_turtle([(s, p, o) for s, p, o, _ in after], ALL) != written
        ):
            wrong.append(iri)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "datatype", "short"),
    [
        ("5", XSD.integer, True),
        ("-5", XSD.integer, True),
        ("01", XSD.integer, False),
        ("+5", XSD.integer, False),
        ("-0", XSD.integer, False),
        ("9" * 5000, XSD.integer, False),
        ("1.50", XSD.decimal, True),
        ("-0.0", XSD.decimal, True),
        ("5", XSD.decimal, False),
        (".5", XSD.decimal, False),
        ("1e0", XSD.double, False),
        ("true", XSD.boolean, True),
        ("1", XSD.boolean, False),
        ("-3", XSD.negativeInteger, False),
    ],
)
def test_short_forms_only_where_nothing_is_lost(text: str, datatype: URIRef, short: bool) -> None:
    """A number stands bare only when every reader gives its lexical form back."""
    written = write_turtle(one(Literal(text, datatype=datatype, normalize=False)), ALL)
    assert (f"ex:p {text} ;" in written) is short
    assert (f'ex:p "{text}"^^xsd:' in written) is not short
    if short:
        found = next(Graph().parse(data=written, format="turtle").objects())
        assert (str(found), found.datatype) == (text, datatype)  # type: ignore[attr-defined]


def test_language_tags_as_written() -> None:
    """Tags keep their case, and two that differ in case only are both kept, in the same order each time."""
    triples = [*one(Literal("a", lang="en-GB")), *one(Literal("a", lang="en-gb"))]
    assert 'ex:p "a"@en-GB , "a"@en-gb ;' in write_turtle(triples, ALL)
    assert write_turtle(reversed(triples), ALL) == write_turtle(triples, ALL)


def test_string_datatype_is_no_other_term() -> None:
    """``"a"`` and ``"a"^^xsd:string`` are one term, written once."""
    triples = [*one(Literal("a")), *one(Literal("a", datatype=XSD.string))]
    assert write_turtle(triples, ALL) == write_turtle(one(Literal("a")), ALL)


def test_odd_iris_are_escaped() -> None:
    """What no IRI may hold is written as an escape, which rdflib reads."""
    written = write_turtle(one(URIRef("https://example.org/a b<c>\u202e")), ALL)
    assert "ex:p <https://example.org/a\\u0020b\\u003Cc\\u003E\\u202E> ;" in written


def test_an_added_fact_is_one_changed_line() -> None:
    """A new member in the middle of a long row of objects adds one line and changes none."""
    rows = [(URIRef(EX + "s"), URIRef(EX + "p"), URIRef(f"{EX}a{n}")) for n in range(9)]
    before = write_turtle([*rows[:4], *rows[5:]], ALL).splitlines()
    after = write_turtle(rows, ALL).splitlines()
    assert [line for line in after if line not in before] == ["        ex:a4 ,"]
    assert len(after) == len(before) + 1


def test_deep_nesting_takes_a_label() -> None:
    """Brackets within brackets stop at eight levels, so that no reader runs out of stack."""
    nodes: list[Node] = [URIRef(EX + "s"), *(BNode(f"d{n}") for n in range(2000))]
    triples = tuple((a, URIRef(EX + "p"), b) for a, b in pairwise(nodes))
    written = write_turtle(triples, ALL)
    assert max(len(line) - len(line.lstrip()) for line in written.splitlines()) == 9 * 4
    assert len(reread(written)) == len(triples)


def test_malformed_lists_stay_as_they_are() -> None:
    """Cells with two members, without an end, or of another type are written triple by triple."""
    text = f"""
        @prefix ex: <{EX}> . @prefix rdf: <{RDF}> .
        ex:two ex:p [ rdf:first 1 , 2 ; rdf:rest () ] .
        ex:open ex:p [ rdf:first 1 ] .
        ex:typed ex:p [ a rdf:List ; rdf:first 1 ; rdf:rest ( 2 ) ] .
        ex:loop ex:p _:l . _:l rdf:first 1 ; rdf:rest _:l .
        ex:shared ex:p _:s ; ex:q _:s . _:s rdf:first 1 ; rdf:rest () .
    """
    triples = reread(text)
    written = write_turtle(triples, ALL)
    assert canonical(quads(reread(written))) == canonical(quads(triples))
    assert written.count("( ") == 1


@pytest.mark.parametrize(
    ("triple", "code"),
    [
        ((Literal("a"), URIRef(EX + "p"), Literal("b")), "C191"),
        ((URIRef(EX + "s"), BNode("p"), Literal("b")), "C191"),
        ((URIRef(EX + "s"), URIRef(EX + "p"), URIRef("relative")), "C192"),
        ((URIRef(EX + "s"), URIRef(EX + "p"), Literal("\ud800")), "C193"),
    ],
)
def test_what_is_not_rdf_is_refused(triple: Triple, code: str) -> None:
    """A literal subject, a blank predicate, a relative IRI and half a character each get one sentence."""
    with pytest.raises(CordialeError) as caught:
        write_turtle([triple], ALL)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_empty_graph_is_an_empty_file() -> None:
    """No triple, no prefix, no text."""
    assert write_turtle([], ALL) == ""
