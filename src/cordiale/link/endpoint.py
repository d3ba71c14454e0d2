"""Records of Wikidata from a SPARQL endpoint that somebody named: those that share a name or an identifier.

An endpoint has no index that could be asked for what is alike: only equal names are found. What is found is
then weighed as the records of a file are. The names, identifiers and websites of the things that are looked
for are all that is sent.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph
from rdflib import Literal, URIRef

from cordiale.link.identifiers import identifier
from cordiale.link.records import Record
from cordiale.model.errors import MachineError
from cordiale.model.problems import Problem

__all__ = ["Ask", "endpoint_of", "post", "statements_at"]

Ask = Callable[[str], bytes]  # the triples that a CONSTRUCT query is answered with, as N-Triples

_BATCH = 20  # things in one query
_MOST_ITEMS = 400  # that one query finds
_MOST_BYTES = 64 << 20  # of one answer
_SECONDS = 60  # an answer may take
_SCHEMES = {"ror": "P6782", "grid": "P2427", "isni": "P213", "orcid": "P496"}
_TOLD = ["P31", "P213", "P496", "P571", "P856", "P1448", "P1705", "P1813", "P2427", "P6782"]
_QUERY = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
CONSTRUCT { ?item ?told ?value . ?class wdt:P279 ?above }
WHERE {
  { SELECT DISTINCT ?item WHERE { %(ways)s } LIMIT %(most)d }
  { VALUES ?told { rdfs:label skos:altLabel schema:description %(told)s } ?item ?told ?value }
  UNION
  { ?item wdt:P31/wdt:P279* ?class . ?class wdt:P279 ?above }
}
"""


def endpoint_of(against: str) -> str | None:
    """The address of an endpoint, where that is what is named to link against.

    >>> endpoint_of("wikidata:https://example.org/sparql"), endpoint_of("wikidata:dump.nt")
    ('https://example.org/sparql', None)
    """
    address = against.removeprefix("wikidata:")
    return address if re.match("https?://", address) else None


def statements_at(ask: Ask, things: Sequence[Record], languages: Sequence[str]) -> bytes:
    """What is stated of the items that bear a name in one of the languages, or an identifier, of a thing."""
    batches = (things[start : start + _BATCH] for start in range(0, len(things), _BATCH))
    return b"".join(ask(_query(batch, languages)) for batch in batches)


def _query(things: Sequence[Record], languages: Sequence[str]) -> str:
    names = sorted(
        {
            Literal(name.text, lang=tag).n3()
            for thing in things
            for name in thing.names
            for tag in (*languages, "mul")
        }
    )
    known = sorted({pair for thing in things for pair in _identified(thing)})
    ways = [f"{{ VALUES ?name {{ {' '.join(names)} }} ?item rdfs:label|skos:altLabel ?name }}"]
    if known:
        ways.append(f"{{ VALUES (?by ?id) {{ {' '.join(known)} }} ?item ?by ?id }}")
    told = " ".join(f"wdt:{number}" for number in _TOLD)
    return _QUERY % {"ways": " UNION ".join(ways), "most": _MOST_ITEMS, "told": told}


def _identified(thing: Record) -> Iterator[str]:
    """Pairs of property and value that only the thing's own item should have."""
    for _, value in thing.identifiers:
        known = identifier(value)
        if known is None or known.scheme not in _SCHEMES:
            continue
        spelt = [known.value]
        if known.scheme == "isni":  # in blocks of four, too
            spelt.append(" ".join(re.findall(".{4}", known.value)))
        yield from (f"(wdt:{_SCHEMES[known.scheme]} {Literal(each).n3()})" for each in spelt)
    for website in thing.websites:
        if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", website):
            yield f"(wdt:P856 {URIRef(website).n3()})"


class _NoRedirects(HTTPRedirectHandler):
    """Goes nowhere that was not named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(address: str) -> Ask:
    """Asks an endpoint by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-operation).

    What it returns raises MachineError: C757, there is no answer, or none that is RDF.
    """
    opener = build_opener(_NoRedirects)

    def ask(query: str) -> bytes:
        request = Request(
            address,
            data=urlencode({"query": query}).encode(),
            headers={
                "Accept": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5",
                "User-Agent": f"cordiale/{version('cordiale')}",
            },
        )
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                data = answer.read(_MOST_BYTES + 1)
                kind = answer.headers.get_content_type()
        except HTTPError as error:
            raise _failed(address, f"it answers {error.code} {error.reason}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise _failed(address, str(getattr(error, "reason", error))) from error
        if len(data) > _MOST_BYTES:
            raise _failed(address, f"its answer has more than {_MOST_BYTES >> 20} MB")
        return _as_lines(data, kind, address)

    return ask


def _as_lines(data: bytes, kind: str, address: str) -> bytes:
    form = pyoxigraph.RdfFormat.from_media_type(kind)
    if form is None:
        raise _failed(address, f"it answers with {kind}, which is no RDF")
    try:
        triples = [quad.triple for quad in pyoxigraph.parse(data, form)]
    except SyntaxError as error:
        raise _failed(address, f"its answer cannot be read: {error.msg}") from error
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert lines is not None  # no file was named to write to
    return lines


def _failed(address: str, said: str) -> MachineError:
    return MachineError(
        Problem(
            code="C757",
            message=f"{address} gives no records: {said}",
            remedy="see that it is the address of a SPARQL endpoint, or give a file: --against wikidata:FILE",
        )
    )
