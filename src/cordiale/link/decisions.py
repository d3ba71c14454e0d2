"""What people decided on candidates, as SSSOM files: accepted, rejected, unsure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import yaml

from cordiale.link.identifiers import identifier
from cordiale.read.mapping_table import read_table
from cordiale.read.mappings import prefixes_of

__all__ = ["COLUMNS", "Decision", "read_decisions", "write_decisions"]

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
)
_PREFIXES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "ror": "https://ror.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wikidata": "http://www.wikidata.org/entity/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one person, on whether a thing is a record."""

    thing: str  # IRI
    label: str
    record: str  # IRI
    record_label: str
    verdict: str  # "accepted", "rejected" or "unsure"
    reviewer: str
    date: str  # ISO 8601, a day
    probability: float
    evidence: tuple[str, ...] = ()
    predicate: str = "http://www.w3.org/2004/02/skos/core#exactMatch"


def read_decisions(text: str, verdict: str, *, path: str) -> tuple[Decision, ...]:
    """The decisions of one file, in its order.

    Raises:
        SourceError: what ``read_table`` and ``prefixes_of`` raise.
    """
    table = read_table(text, path=path)
    prefixes = prefixes_of(table)
    return tuple(
        Decision(
            thing=_expand(row.cells["subject_id"], prefixes),
            label=row.cells.get("subject_label", ""),
            record=_expand(row.cells["object_id"], prefixes),
            record_label=row.cells.get("object_label", ""),
            verdict=verdict,
            reviewer=_expand(row.cells.get("author_id", ""), prefixes) or row.cells.get("author_label", ""),
            date=row.cells.get("mapping_date", ""),
            probability=float(row.cells.get("confidence", "0")),
            evidence=tuple(filter(None, row.cells.get("comment", "").split("; "))),
            predicate=_expand(row.cells["predicate_id"], prefixes),
        )
        for row in table.rows
    )


def write_decisions(
    decisions: Iterable[Decision], *, things: str, set_id: str, title: str, licence: str
) -> str:
    """A mapping set of decisions, its rows sorted, one a pair; ``things`` is the namespace of our own."""
    prefixes = {**_PREFIXES, "thing": things}
    decisions = tuple(decisions)
    if any(each.reviewer.startswith("https://orcid.org/") for each in decisions):
        prefixes["orcid"] = "https://orcid.org/"
    head = yaml.safe_dump(
        {
            "curie_map": dict(sorted(prefixes.items())),
            "license": licence,
            "mapping_set_id": set_id,
            "mapping_set_title": title,
        },
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    lines = io.StringIO()
    rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
    rows.writerow(COLUMNS)
    last = {(each.thing, each.record): each for each in decisions}
    rows.writerows(_cells(last[pair], prefixes) for pair in sorted(last))
    return "".join(f"#{line}\n" for line in head.splitlines()) + lines.getvalue()


def _cells(decision: Decision, prefixes: Mapping[str, str]) -> Sequence[str]:
    orcid = decision.reviewer if identifier(decision.reviewer) else ""
    return (
        _shorten(decision.thing, prefixes),
        decision.label,
        _shorten(decision.predicate, prefixes),
        "Not" if decision.verdict == "rejected" else "",
        _shorten(decision.record, prefixes),
        decision.record_label,
        "semapv:ManualMappingCuration",
        _shorten(orcid, prefixes) if orcid else "",
        "" if orcid else decision.reviewer,
        decision.date,
        f"{decision.probability:g}",
        "; ".join(decision.evidence),
    )


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, space in sorted(prefixes.items(), key=lambda each: -len(each[1])):
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _expand(curie: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = curie.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes and not local.startswith("//") else curie
