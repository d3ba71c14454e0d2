"""Each format: the same dataset comes back, in Oxigraph and in rdflib, from the same bytes each time."""

import json
import os
import re
import subprocess
import sys
import xml.parsers.expat
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from cordiale.model.errors import CordialeError, NotFoundError
from cordiale.model.prefixes import PREFIXES
from cordiale.model.terms import Triple
from cordiale.publish.formats import FORMATS, write, write_triples
from cordiale.publish.quads import Quad, quads_of
from cordiale.publish.rdfxml import _LETTERS
from tests.isomorphism import canonical, normalized, parsed, quads_in
from tests.strategies import datasets, xml_datasets

EX = "https://example.org/ns#"
S, P, OBJ = (URIRef(EX + name) for name in "spo")
ALL = {**PREFIXES, "ex": EX, "": "https://example.org/id/", "x": "urn:x:", "amp": "https://example.org/?a&b="}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "jsonld-expanded": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "canonical": ox.RdfFormat.N_QUADS,
}
RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "jsonld-expanded": "json-ld",
    "rdfxml": "xml",
    "canonical": "nquads",
}
ONE_GRAPH = ("turtle", "ntriples", "rdfxml")
GOLDEN = Path(__file__).parent.parent / "golden/turtle_writer"
EVERY = pytest.mark.parametrize("fmt", FORMATS)


def dataset(quads: Iterable[Quad]) -> Dataset:
    """An rdflib dataset of these quads."""
    made = Dataset(default_union=True)
    for subject, predicate, object_, name in quads:
        made.graph(name if name is not None else DATASET_DEFAULT_GRAPH_ID).add((subject, predicate, object_))
    return made


def kept(quads: Iterable[Quad], fmt: str) -> list[Quad]:
    """What a format keeps of quads: some hold one graph only."""
    return [(s, p, o, None if fmt in ONE_GRAPH else g) for s, p, o, g in quads]


def examples(fmt: str) -> st.SearchStrategy[tuple[Quad, ...]]:
    """Datasets that a format can hold."""
    return xml_datasets() if fmt == "rdfxml" else datasets()


@EVERY
@settings(max_examples=60)
@given(data=st.data())
def test_oxigraph_reads_back(fmt: str, data: st.DataObject) -> None:
    """Oxigraph finds the dataset again, each lexical form as it was."""
    quads = data.draw(examples(fmt))
    again = parsed(write(dataset(quads), fmt, ALL).decode(), OXIGRAPH[fmt])
    assert canonical(again, fold_tags=True) == canonical(kept(quads, fmt), fold_tags=True)


# rdflib's own parsers of TriG and JSON-LD still use what it calls deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@EVERY
@settings(max_examples=60)
@given(data=st.data())
def test_rdflib_reads_back(fmt: str, data: st.DataObject) -> None:
    """rdflib finds the dataset again, with literals rewritten as it rewrites any."""
    quads = data.draw(examples(fmt))
    text = write(dataset(quads), fmt, ALL).decode()
    if fmt in ONE_GRAPH:
        again = quads_in(Graph().parse(data=text, format=RDFLIB[fmt]))
    else:
        again = list(quads_of(Dataset().parse(data=text, format=RDFLIB[fmt])))
    assert canonical(normalized(again)) == canonical(normalized(kept(quads, fmt)))


@EVERY
@settings(max_examples=60)
@given(data=st.data())
def test_same_dataset_same_bytes(fmt: str, data: st.DataObject) -> None:
    """The order in which quads were added, and the names of blank nodes, leave no trace."""
    quads = data.draw(examples(fmt))
    changed = [
        tuple(BNode(f"other{term}") if isinstance(term, BNode) else term for term in quad)
        for quad in reversed(quads)
    ]
    assert write(dataset(cast(list[Quad], changed)), fmt, ALL) == write(dataset(quads), fmt, ALL)


@EVERY
def test_language_tags_as_written(fmt: str) -> None:
    """No format changes the case of a language tag."""
    assert "en-GB" in write_triples([(S, P, Literal("colour", lang="en-GB"))], fmt, ALL).decode()


@EVERY
def test_lexical_forms_as_written(fmt: str) -> None:
    """No format rewrites a number, a truth value or a date."""
    forms = [
        ("01", XSD.integer),
        ("1.50", XSD.decimal),
        ("1e0", XSD.double),
        ("INF", XSD.double),
        ("1", XSD.boolean),
    ]
    triples = [(S, P, Literal(text, datatype=datatype, normalize=False)) for text, datatype in forms]
    again = parsed(write_triples(triples, fmt, ALL).decode(), OXIGRAPH[fmt])
    assert sorted(str(o) for _, _, o, _ in again) == sorted(text for text, _ in forms)


@EVERY
def test_empty_dataset(fmt: str) -> None:
    """A dataset without a triple is written as a document without one."""
    assert parsed(write(Dataset(), fmt, ALL).decode(), OXIGRAPH[fmt]) == []


def test_lines_are_sorted() -> None:
    """N-Quads: one line a quad, in order, a new line at the end."""
    quads: list[Quad] = [(S, P, OBJ, URIRef(EX + "g")), (S, P, Literal("é\n"), None)]
    assert write(dataset(quads), "nquads", {}).decode() == (
        f'<{S}> <{P}> "é\\n" .\n<{S}> <{P}> <{OBJ}> <{EX}g> .\n'
    )


def test_one_graph_formats_take_the_union() -> None:
    """A triple of two graphs is one triple of the union."""
    quads: list[Quad] = [(S, P, OBJ, None), (S, P, OBJ, URIRef(EX + "g"))]
    assert write(dataset(quads), "ntriples", {}).decode() == f"<{S}> <{P}> <{OBJ}> .\n"


def test_trig_in_house_style() -> None:
    """TriG: the default graph, then each named graph with its blocks indented."""
    shared = BNode()
    quads: list[Quad] = [
        (S, P, OBJ, None),
        (S, P, shared, URIRef(EX + "g2")),
        (S, P, shared, URIRef(EX + "g1")),
        (OBJ, P, BNode(), URIRef(EX + "g1")),
    ]
    assert write(dataset(quads), "trig", ALL).decode() == (
        f"@prefix ex: <{EX}> .\n\n"
        "ex:s\n    ex:p ex:o ;\n.\n\n"
        "ex:g1 {\n    ex:o\n        ex:p [] ;\n    .\n\n    ex:s\n        ex:p _:b1 ;\n    .\n}\n\n"
        "ex:g2 {\n    ex:s\n        ex:p _:b1 ;\n    .\n}\n"
    )


def test_w3c_trig_suite(shared: Path) -> None:
    """Each dataset of the W3C evaluation tests comes back from TriG, and is written again the same."""
    folder = shared / "suites/rdf-tests/rdf/rdf11/rdf-trig"
    base = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-trig/"
    action = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action")
    manifest = Graph().parse(folder / "manifest.ttl", publicID=base)
    kind = URIRef("http://www.w3.org/ns/rdftest#TestTrigEval")
    files = sorted(str(manifest.value(entry, action)) for entry in manifest.subjects(RDF.type, kind))
    assert len(files) >= 140
    wrong = []
    for iri in files:
        text = (folder / iri.removeprefix(base)).read_text(encoding="utf-8")
        before = parsed(text, ox.RdfFormat.TRIG, base=iri)
        written = write(dataset(before), "trig", ALL).decode()
        after = parsed(written, ox.RdfFormat.TRIG)
        if canonical(after) != canonical(before) or write(dataset(after), "trig", ALL).decode() != written:
            wrong.append(iri)
    assert wrong == []


def test_jsonld_context_and_graphs() -> None:
    """JSON-LD: used prefixes as the context, lists as lists, named graphs by name, no native numbers."""
    cell = BNode()
    quads: list[Quad] = [
        (S, RDF.type, OBJ, None),
        (S, P, Literal("5", datatype=XSD.integer), URIRef(EX + "g")),
        (S, P, cell, URIRef(EX + "g")),
        (cell, RDF.first, Literal("a", lang="fr"), URIRef(EX + "g")),
        (cell, RDF.rest, RDF.nil, URIRef(EX + "g")),
    ]
    values = [{"@list": [{"@value": "a", "@language": "fr"}]}, {"@value": "5", "@type": "xsd:integer"}]
    assert json.loads(write(dataset(quads), "jsonld", ALL)) == {
        "@context": {"ex": EX, "xsd": str(XSD)},
        "@graph": [
            {"@id": "ex:s", "@type": ["ex:o"]},
            {"@id": "ex:g", "@graph": [{"@id": "ex:s", "ex:p": values}]},
        ],
    }


def test_jsonld_types_that_are_no_type() -> None:
    """A type that is a literal or a list stands under rdf:type beside @type, whichever came first."""
    triples: list[Triple] = [(S, RDF.type, Literal("odd")), (S, RDF.type, OBJ), (S, RDF.type, RDF.nil)]
    text = write_triples(triples, "jsonld", ALL)
    assert write_triples(reversed(triples), "jsonld", ALL) == text
    assert json.loads(text)["@graph"] == [
        {"@id": "ex:s", "@type": ["ex:o", "rdf:nil"], "rdf:type": [{"@value": "odd"}]}
    ]


def test_jsonld_prefix_that_an_iri_would_be_read_with() -> None:
    """A prefix that is also the scheme of an IRI in the data stays out of the context."""
    triples = [(URIRef("ex:thing"), P, URIRef("ex://thing"))]
    text = write_triples(triples, "jsonld", ALL).decode()
    assert parsed(text, ox.RdfFormat.JSON_LD) == [(*triples[0], None)]
    assert json.loads(text)["@context"] == {}


def test_rdfxml_escapes_what_xml_means() -> None:
    """Ampersands in namespaces and datatypes, carriage returns and brackets in text come back."""
    datatype = URIRef("https://example.org/?x=1&y=2")
    triples: list[Triple] = [
        (S, URIRef("https://example.org/?a&b=c"), Literal("]]> & <b> \r\n\t", datatype=datatype)),
        (S, URIRef("https://elsewhere.org/?c&d=1e"), URIRef("https://example.org/?q='&")),
    ]
    text = write_triples(triples, "rdfxml", ALL).decode()
    again = parsed(text, ox.RdfFormat.RDF_XML)
    assert canonical(again) == canonical([(*triple, None) for triple in triples])
    assert 'xmlns:ns1="https://elsewhere.org/?c&amp;d=1"' in text


@pytest.mark.parametrize(
    ("predicate", "object_", "code"),
    [
        ("https://example.org/123", OBJ, "C195"),
        ("https://example.org/", OBJ, "C195"),
        (f"{RDF}li", OBJ, "C195"),
        (f"{RDF}Description", OBJ, "C195"),
        ("http://www.w3.org/2000/xmlns/a", OBJ, "C195"),
        (str(P), Literal("bell \x07"), "C196"),
        (str(P), Literal("\uffff"), "C196"),
    ],
)
def test_rdfxml_refuses_what_it_cannot_say(predicate: str, object_: URIRef | Literal, code: str) -> None:
    """A predicate that is no XML name, or a character that XML lacks, is refused with a way out."""
    with pytest.raises(CordialeError, match=f"{code} ") as caught:
        write_triples([(S, URIRef(predicate), object_)], "rdfxml", ALL)
    assert caught.value.problems[0].remedy == "export as Turtle or N-Triples, which take every graph"


def test_rdfxml_letters_are_known_to_expat() -> None:
    """Each letter that may stand in an element's name is one for the parser of Python's standard library."""
    letters = [chr(n) for n in range(0x10000) if n not in range(0xD800, 0xE000)]
    allowed = [c for c in letters if re.fullmatch(f"[{_LETTERS}]", c)]
    assert len(allowed) > 20_000
    for start in range(0, len(allowed), 1000):
        elements = "".join(f"<{c}/>" for c in allowed[start : start + 1000])
        xml.parsers.expat.ParserCreate().Parse(f"<r>{elements}</r>", True)


def test_unknown_format_names_the_nearest() -> None:
    """A misspelt format is wrong use, answered with the one that was meant."""
    with pytest.raises(NotFoundError, match='C591 no format "turtel"\n  did you mean "turtle"'):
        write(Dataset(), "turtel", {})
    with pytest.raises(NotFoundError, match="the formats are turtle, trig"):
        write(Dataset(), "docx", {})


PROGRAM = """
import sys
from itertools import pairwise
from pathlib import Path
from rdflib import Dataset
from cordiale.model.prefixes import PREFIXES
from cordiale.publish.formats import FORMATS, write
dataset = Dataset()
dataset.parse(sys.argv[1], format="trig")
for name in FORMATS:
    Path(sys.argv[2], name).write_bytes(write(dataset, name, PREFIXES))
"""


def test_hash_seed_leaves_no_trace(tmp_path: Path) -> None:
    """Two processes with different hash seeds write the same bytes in every format."""
    source = tmp_path / "in.trig"
    case = (GOLDEN / "blank-nodes/in.ttl").read_text(encoding="utf-8")
    source.write_text(f"{case}\n<{EX}g> {{ <{EX}s> <{EX}p> [ a <{EX}C> ] , ( 1 [] ) . }}\n", encoding="utf-8")
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(source), str(tmp_path / seed)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / seed).iterdir()} for seed in "12")
    assert first == second
    assert len(first) == len(OXIGRAPH)
