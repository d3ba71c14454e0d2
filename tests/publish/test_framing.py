"""JSON-LD compacted and framed: nothing is lost, nothing is fetched, and what cannot be framed is told."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.prefixes import PREFIXES
from cordiale.model.terms import Triple
from cordiale.publish.blank_nodes import relabelled
from cordiale.publish.context import context_of
from cordiale.publish.framing import (
    read_frame,
    subclasses_of,
    write_compacted,
    write_context,
    write_framed,
)
from cordiale.publish.quads import Quad, checked
from tests.isomorphism import canonical, parsed
from tests.strategies import datasets

EX = "https://example.org/ns#"
ID = "https://example.org/id/"
PERSON, KNOWS, BORN, NICK = (URIRef(EX + name) for name in ("Person", "knows", "born", "nick"))
ONTOLOGY: tuple[Triple, ...] = (
    (PERSON, RDF.type, OWL.Class),
    (URIRef(EX + "Poet"), RDF.type, OWL.Class),
    (URIRef(EX + "Poet"), RDFS.subClassOf, PERSON),
    (URIRef(EX + "Sonneteer"), RDFS.subClassOf, URIRef(EX + "Poet")),
    (KNOWS, RDF.type, OWL.ObjectProperty),
    (BORN, RDF.type, OWL.DatatypeProperty),
    (BORN, RDFS.range, XSD.date),
    (NICK, RDF.type, OWL.DatatypeProperty),
    (NICK, RDFS.range, RDF.langString),
    (URIRef(EX + "a-b"), RDF.type, OWL.DatatypeProperty),
    (URIRef(EX + "type"), RDF.type, OWL.DatatypeProperty),
    (URIRef("https://elsewhere.org/ns#knows"), RDF.type, OWL.ObjectProperty),
)
# Terms of the strategies' own namespace, so that generated data meet them.
CONTEXT = context_of(ONTOLOGY, EX, {**PREFIXES, "ex": EX, "x": "urn:x:", "": ID})
ADA, BOB = (URIRef(ID + name) for name in ("ada", "bob"))
PEOPLE: tuple[Quad, ...] = (
    (ADA, RDF.type, URIRef(EX + "Sonneteer"), URIRef(ID + "g")),
    (ADA, RDFS.label, Literal("Ada", lang="en-GB"), URIRef(ID + "g")),
    (ADA, RDFS.label, Literal("Ada", lang="en-gb"), URIRef(ID + "g")),
    (ADA, KNOWS, BOB, URIRef(ID + "h")),
    (ADA, BORN, Literal("1815-12-10", datatype=XSD.date, normalize=False), None),
    (ADA, BORN, Literal("01815", datatype=XSD.gYear, normalize=False), None),
    (BOB, RDFS.label, Literal("Bob"), None),
    (BOB, KNOWS, ADA, None),
)


def framed(frame: dict[str, Any], quads: tuple[Quad, ...] = PEOPLE) -> dict[str, Any]:
    """What a frame makes of quads, whose graphs are merged."""
    ready = relabelled(checked((s, p, o, None) for s, p, o, _ in quads))
    content = json.dumps(frame).encode()
    made = write_framed(ready, read_frame(content, "f.jsonld"), CONTEXT, subclasses_of(ONTOLOGY, CONTEXT))
    found: dict[str, Any] = json.loads(made)
    return found


def test_context_names_the_terms() -> None:
    """Local names, with types and languages; what is no name, or taken, is left to the prefixes."""
    assert CONTEXT["Person"] == {"@id": EX + "Person"}
    assert CONTEXT["knows"] == {"@id": EX + "knows", "@type": "@id"}
    assert CONTEXT["born"] == {"@id": EX + "born", "@type": str(XSD.date)}
    assert CONTEXT["nick"] == {"@id": EX + "nick", "@container": ["@language", "@set"]}
    assert CONTEXT["type"] == {"@id": "@type", "@container": "@set"}
    assert (CONTEXT["ex"], "" in CONTEXT, "a-b" in CONTEXT) == (EX, False, False)
    assert json.loads(write_context(CONTEXT)) == {"@context": CONTEXT}


@settings(max_examples=100)
@given(datasets())
def test_compacted_reads_back(quads: tuple[Quad, ...]) -> None:
    """Oxigraph finds the dataset again, lexical forms and named graphs included."""
    again = parsed(write_compacted(relabelled(checked(quads)), CONTEXT), ox.RdfFormat.JSON_LD)
    assert canonical(again, fold_tags=True) == canonical(quads, fold_tags=True)


def test_compacted_uses_the_context() -> None:
    """Names for terms, strings for values of the datatype that the context gives, a key a language."""
    document = json.loads(write_compacted(relabelled(checked(PEOPLE)), CONTEXT))
    assert document["@context"] == CONTEXT
    assert document["@graph"] == [
        {
            "id": ID + "ada",
            "born": ["1815-12-10"],
            "ex:born": [{"type": "xsd:gYear", "@value": "01815"}],
        },
        {"id": ID + "bob", "knows": [ID + "ada"], "label": {"@none": ["Bob"]}},
        {
            "id": ID + "g",
            "@graph": [
                {
                    "id": ID + "ada",
                    "type": ["ex:Sonneteer"],
                    "label": {"en-GB": ["Ada"], "en-gb": ["Ada"]},
                }
            ],
        },
        {"id": ID + "h", "@graph": [{"id": ID + "ada", "knows": [ID + "bob"]}]},
    ]


def test_a_prefix_that_an_iri_would_be_read_with_stays_out() -> None:
    """An IRI whose scheme is a prefix of the context comes back whole."""
    quads: tuple[Quad, ...] = ((URIRef("ex:thing"), KNOWS, URIRef("x:other"), None),)
    text = write_compacted(relabelled(checked(quads)), CONTEXT)
    assert parsed(text, ox.RdfFormat.JSON_LD) == list(quads)
    assert CONTEXT.keys() - json.loads(text)["@context"].keys() == {"ex", "x"}


def test_an_added_fact_adds_lines_only() -> None:
    """A second value of a property changes no other line but the comma of its neighbour."""
    before = write_compacted(relabelled(checked(PEOPLE)), CONTEXT).splitlines()
    more: Quad = (ADA, KNOWS, URIRef(ID + "cy"), URIRef(ID + "h"))
    after = write_compacted(relabelled(checked((*PEOPLE, more))), CONTEXT).splitlines()
    assert [line.strip() for line in after if line not in before] == [f'"{ID}bob",', f'"{ID}cy"']
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("kind", ["Person", "ex:Person", str(PERSON), ["Event", "Person"]])
def test_a_type_means_its_subclasses(kind: str | list[str]) -> None:
    """Ada, a sonneteer, is found as a person; Bob, of no type, is not."""
    document = framed({"type": kind, "@embed": "@never"})
    assert document["@graph"] == [
        {
            "id": ID + "ada",
            "type": ["ex:Sonneteer"],
            "born": ["1815-12-10"],
            "ex:born": [{"type": "xsd:gYear", "@value": "01815"}],
            "knows": [ID + "bob"],
            "label": {"en-GB": ["Ada"], "en-gb": ["Ada"]},
        }
    ]


@settings(max_examples=60)
@given(datasets())
def test_a_frame_of_everything_reads_back(quads: tuple[Quad, ...]) -> None:
    """Framed without a condition, the merged graphs come back whole."""
    merged = checked((s, p, o, None) for s, p, o, _ in quads)
    text = write_framed(relabelled(merged), {"@embed": "@never"}, CONTEXT, {})
    again = parsed(text, ox.RdfFormat.JSON_LD)
    assert canonical(again, fold_tags=True) == canonical(merged, fold_tags=True)


def test_a_node_within_a_list_within_a_list() -> None:
    """What a nested list refers to keeps its label."""
    turtle = f"<{ADA}> <{KNOWS}> ( ( [ <{NICK}> 1 ] ) ) ."
    quads = relabelled(checked(parsed(turtle, ox.RdfFormat.TURTLE)))
    text = write_framed(quads, {"@embed": "@never"}, CONTEXT, {})
    assert canonical(parsed(text, ox.RdfFormat.JSON_LD)) == canonical(quads)


def test_what_the_frame_embeds() -> None:
    """A thing within a thing shows what its part of the frame asks for; ``{}`` is any text."""
    inside = {"@id": {}, "@embed": "@always", "@explicit": True, "label": {}}
    document = framed({"type": "Person", "@explicit": True, "knows": inside})
    assert document["@graph"] == [
        {
            "id": ID + "ada",
            "type": ["ex:Sonneteer"],
            "knows": [{"id": ID + "bob", "label": {"@none": ["Bob"]}}],
        }
    ]


def test_a_frame_that_matches_nothing() -> None:
    """No thing of the kind is a document without one."""
    assert framed({"type": "Poet"}, ((BOB, KNOWS, ADA, None),))["@graph"] == []


def test_framed_reads_back() -> None:
    """All that is said of the thing is there: lists, numbers, and IRIs in which Python sees spaces."""
    cell = BNode("c")
    odd = URIRef("https://elsewhere.org/\u00a0(x)?c='d'&e=\u3000#%20~")
    quads: tuple[Quad, ...] = (
        *PEOPLE,
        (ADA, URIRef(EX + "list"), cell, None),
        (cell, RDF.first, Literal("01", datatype=XSD.integer, normalize=False), None),
        (cell, RDF.rest, RDF.nil, None),
        (ADA, odd, odd, None),
        (ADA, RDF.type, odd, None),
        (ADA, KNOWS, Literal('"\u202e\n', datatype=odd, normalize=False), None),
        (ADA, KNOWS, URIRef("urn:aside:0"), None),
    )
    text = json.dumps(framed({"type": "Person", "@embed": "@never"}, quads))
    expected = [(s, p, o, None) for s, p, o, _ in quads if s != BOB]
    assert canonical(parsed(text, ox.RdfFormat.JSON_LD), fold_tags=True) == canonical(
        expected, fold_tags=True
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "a frame is a JSON object"),
        ('{"@context": {}}', "a frame has no @context of its own"),
        ('{"type": "Person", "@embed": "@sometimes"}', "invalid value of @embed"),
        ('{"type": "Person", "knows": {"@context": "https://example.org/c.jsonld"}}', "have to be fetched"),
        ('{"type": "Person", "knows": []}', "a JSON-LD frame must be a single object"),
        ('{"type": "Person", "@explicit": []}', "its form is none that a frame may have"),
    ],
)
def test_what_is_no_frame_is_told(content: str, said: str) -> None:
    """Each gets one sentence, and no document is fetched."""
    quads = relabelled(checked((s, p, o, None) for s, p, o, _ in PEOPLE))
    with pytest.raises(UsageError, match="C582 the frame cannot be used: ") as caught:
        write_framed(quads, read_frame(content.encode(), "f.jsonld"), CONTEXT, {"Person": [EX + "Sonneteer"]})
    assert said in str(caught.value)
