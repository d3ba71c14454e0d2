"""A source: one file or one row of a mapping set, one named graph, what one document or part states."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from rdflib import URIRef

from cordiale.model.places import Place

__all__ = ["ACCEPTED", "MAPPING_SET", "Source", "source_name", "source_of"]

MAPPING_SET = ".sssom.tsv"  # how the path of a mapping set ends (https://mapping-commons.github.io/sssom/)
# The sets that a review writes, by register; settings may name them before anything was accepted.
ACCEPTED = {"ror": "links/ror-accepted", "wikidata": "links/wikidata-accepted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of the project and what the catalogue says of it.

    Name, graph IRI and path say the same: ``seed-article/p4``, ``<base>seed-article/p4``,
    ``data/seed-article/p4.ttl``. A row of a mapping set that is a source of its own has the path of the set,
    and below the set's name one of its own: ``links/ror/cnrs-02feahw73``.
    """

    name: str
    iri: URIRef
    path: str  # relative to the project's folder; empty when the catalogue knows it and no file holds it
    trusted: bool = False
    label: str = ""
    publisher: str = ""
    issued: str = ""  # an XSD date, year and month, or year; empty when the document shows none
    language: str = ""
    tier: str = ""
    reliability: Decimal | None = None  # of the tier, from 0 to 1
    access: str = ""
    identifiers: tuple[str, ...] = ()
    rests_on: tuple[URIRef, ...] = ()


def source_name(path: str) -> str:
    """The name of the source that a file is.

    >>> source_name("data/seed-article/p4.ttl"), source_name("ontology/cordiale.ttl")
    ('seed-article/p4', 'ontology/cordiale')
    >>> source_name("data/links/ror.sssom.tsv")
    'links/ror'
    """
    suffix = MAPPING_SET if path.endswith(MAPPING_SET) else PurePosixPath(path).suffix
    stem = PurePosixPath(path.removesuffix(suffix))
    return str(stem.relative_to("data") if stem.parts[0] == "data" else stem)


def source_of(place: Place) -> str:
    """The name of the source that a place is in.

    >>> source_of(Place(path="data/links/ror.sssom.tsv", line=23, row="cnrs-02feahw73"))
    'links/ror/cnrs-02feahw73'
    >>> source_of(Place(path="data/seed-article/p4.ttl", line=14, column=5))
    'seed-article/p4'
    """
    name = source_name(place.path)
    return f"{name}/{place.row}" if place.row else name
