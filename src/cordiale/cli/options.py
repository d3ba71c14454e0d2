"""The flags that mean the same wherever they stand."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AsOf",
    "Contested",
    "DatedOnly",
    "Engine",
    "ExportFormat",
    "Folder",
    "Format",
    "GraphFormat",
    "MinReliability",
    "MinSources",
    "Output",
    "ProblemFormat",
    "Project",
    "QueryFormat",
    "Reasoner",
    "ReasonerOption",
    "ReportFormat",
    "Triples",
    "ViewName",
    "Without",
]


class Triples(StrEnum):
    """Which triples a command works on."""

    ASSERTED = "asserted"
    INFERRED = "inferred"
    BOTH = "both"


class Engine(StrEnum):
    """Which library answers a query."""

    OXIGRAPH = "oxigraph"
    RDFLIB = "rdflib"


class Reasoner(StrEnum):
    """Which engine makes the closure."""

    DUCKDB = "duckdb"
    OWLRL = "owlrl"


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"


class ProblemFormat(StrEnum):
    """How a list of problems is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class GraphFormat(StrEnum):
    """How a graph is written."""

    TURTLE = "turtle"
    TRIG = "trig"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"


class ExportFormat(StrEnum):
    """How a graph is exported: as a graph, or for Wikidata in the last three."""

    TURTLE = "turtle"
    TRIG = "trig"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    JSONLD_EXPANDED = "jsonld-expanded"
    JSONLD_COMPACTED = "jsonld-compacted"
    CONTEXT = "context"
    CANONICAL = "canonical"
    CSV_ENTITIES = "csv-entities"
    CSV_ROLES = "csv-roles"
    QUICKSTATEMENTS = "quickstatements"
    WIKIDATA = "wikidata"
    WIKIDATA_JSON = "wikidata-json"


class QueryFormat(StrEnum):
    """How the answer to a query is written: rows in the first five, a graph in the others."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    TRIG = "trig"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"


Project = Annotated[
    Path, typer.Option("--project", "-C", metavar="DIR", help="The project's folder, or one inside it.")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder, or one inside it.")]
Format = Annotated[GraphFormat, typer.Option("--format", help="How the graph is written.")]
ReasonerOption = Annotated[
    Reasoner, typer.Option("--engine", help="What makes the closure; owlrl is slow, and a second opinion.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SOURCE",
        help="Leave a source out: a name, folder, identifier, publisher, tier, or a SELECT query.",
    ),
]
MinSources = Annotated[
    int | None,
    typer.Option(metavar="K", help="Believe what no K-1 withdrawals make fall."),
]
MinReliability = Annotated[
    float | None,
    typer.Option(metavar="R", help="Leave out tiers that are less reliable."),
]
AsOf = Annotated[str, typer.Option(metavar="DATE", help="Leave out what was published later.")]
DatedOnly = Annotated[bool, typer.Option("--dated-only", help="With --as-of: and what is undated.")]
ViewName = Annotated[
    str,
    typer.Option("--view", metavar="NAME", help="A view that the project's settings name."),
]
Contested = Annotated[
    bool,
    typer.Option("--contested", help="Keep what only sources at odds with each other carry."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to stdout.")
]
