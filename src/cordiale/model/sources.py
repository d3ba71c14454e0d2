"""A source: one file, one named graph, what one document or part of it states."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from rdflib import URIRef

__all__ = ["MAPPING_SET", "Source", "source_name"]

MAPPING_SET = ".sssom.tsv"  # how the path of a mapping set ends (https://mapping-commons.github.io/sssom/)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of the project and what the catalogue says of it.

    Name, graph IRI and path say the same: ``seed-article/p4``, ``<base>seed-article/p4``,
    ``data/seed-article/p4.ttl``.
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
