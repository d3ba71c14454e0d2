"""Records from a SPARQL endpoint: what is sent, what comes back, and what is no answer."""

import pytest
from pyoxigraph import RdfFormat, parse

from cordiale.link.endpoint import post, statements_at
from cordiale.link.records import Name, Record
from cordiale.link.wikidata_index import wikidata_records
from cordiale.model.errors import MachineError
from tests.link.endpoints import answering, serving

TURTLE = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .

wd:Q101 rdfs:label "University of Northport"@en , "Nordhafen"@de ; skos:altLabel "UNP"@en ;
    wdt:P31 wd:Q900 ; wdt:P6782 "000000112" ; wdt:P9999 "else" .
wd:Q900 rdfs:label "maritime university"@en ; wdt:P279 wd:Q901 .
wd:Q901 rdfs:label "university"@en ; wdt:P279 wd:Q3918 .
wd:Q102 rdfs:label "Institute of Tides"@en ; wdt:P856 <https://tides.example/> .
wd:Q103 rdfs:label "Institute of Tides"@fr .
wd:Q104 rdfs:label "Something else"@en .
"""


def _thing(
    *names: str, identifiers: tuple[tuple[str, str], ...] = (), websites: tuple[str, ...] = ()
) -> Record:
    return Record(
        id="https://example.org/id/x",
        names=tuple(Name(text=name, kind="label") for name in names),
        identifiers=identifiers,
        websites=websites,
    )


def _found(*things: Record) -> dict[str, Record]:
    with serving(TURTLE) as endpoint:
        lines = statements_at(post(endpoint.address), things, ("en", "fr"))
    records = wikidata_records(parse(lines, format=RdfFormat.N_TRIPLES))
    return {record.id.rpartition("/")[2]: record for record in records}


def test_equal_names_are_found_with_what_tells_them_apart() -> None:
    """Labels and aliases in our languages; the classes above tell the kind."""
    found = _found(_thing("UNP"))
    assert [name.text for name in found["Q101"].names if name.language == "en"] == [
        "University of Northport", "UNP"
    ]  # fmt: skip
    assert found["Q101"].types == ("education",)
    assert found["Q101"].values("ror") == ("000000112",)
    assert found.keys() == {"Q101"}
    assert _found(_thing("Institute of Tides")).keys() == {"Q102", "Q103"}
    assert _found(_thing("Nordhafen")) == {}
    assert _found() == {}


def test_identifiers_find_what_no_name_does() -> None:
    """Those of a register, and a website."""
    assert "Q101" in _found(_thing("x", identifiers=(("ror", "https://ror.org/000000112"),)))
    assert "Q102" in _found(_thing("x", websites=("https://tides.example/",)))
    assert _found(_thing("x", websites=('https://tides.example/"> . }',))) == {}


def test_names_cannot_break_out_of_the_query() -> None:
    """They are literals, whatever stands in them; what was asked is a query of one form."""
    assert _found(_thing('"@en } ?item ?p ?o } #', 'a\\"b\nc')) == {}


def test_things_are_asked_for_in_batches_and_nothing_else_is_sent() -> None:
    """Twenty a query; a description stays at home."""
    things = [_thing(f"thing {number}") for number in range(41)]
    with serving(TURTLE) as endpoint:
        statements_at(post(endpoint.address), things, ("en",))
    assert [query.count("@en") for query in endpoint.queries] == [20, 20, 1]


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (500, "text/plain", b"", "it answers 500"),
        (302, "text/plain", b"", "it answers 302"),
        (200, "text/html", b"<p>", "it answers with text/html, which is no RDF"),
        (200, "application/n-triples", b"<a> <b>", "its answer cannot be read"),
    ],
)
def test_what_is_no_answer_is_told(status: int, kind: str, body: bytes, said: str) -> None:
    """In a sentence, as a fault of the machine; a redirect is not followed."""
    with (
        answering(status, kind, body, Location="http://127.0.0.1:9/") as endpoint,
        pytest.raises(MachineError, match=f"C757 {endpoint.address} gives no records: {said}"),
    ):
        post(endpoint.address)("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def test_an_endpoint_that_is_not_there_is_told() -> None:
    """Its port was free a moment ago."""
    with answering(200, "text/plain", b"") as endpoint:
        address = endpoint.address
    with pytest.raises(MachineError, match="C757"):
        post(address)("ASK { ?s ?p ?o }")
