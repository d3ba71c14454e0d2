"""What people decided on candidates, as SSSOM files: accepted, rejected, unsure."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
from operator import itemgetter

import yaml

from cordiale.link.identifiers import identifier
from cordiale.read.mapping_table import MappingRow, read_table
from cordiale.read.mappings import prefixes_of

__all__ = ["COLUMNS", "Decided", "Decision", "new_decisions", "read_decisions", "with_decisions"]

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
_ENDS = "\r\n"
_ORCID = "https://orcid.org/"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A pair on which a file says something: what a later review has to know of it."""

    thing: str  # IRI
    record: str  # IRI
    verdict: str  # that of the file, but "rejected" where the row denies the link


def read_decisions(text: str, verdict: str, *, path: str) -> tuple[Decided, ...]:
    """The pairs decided in one file, in its order; a row whose ``predicate_modifier`` is Not rejects.

    Raises:
        SourceError: what ``read_table`` and ``prefixes_of`` raise.
        KeyError: a row lacks one side.
    """
    table = read_table(text, path=path)
    prefixes = prefixes_of(table)
    denied = [row.cells.get("predicate_modifier") == "Not" for row in table.rows]
    pairs = [_pair(row, prefixes) for row in table.rows]
    return tuple(
        Decided(thing=thing, record=record, verdict="rejected" if denies else verdict)
        for (thing, record), denies in zip(pairs, denied, strict=True)
    )


def new_decisions(*, things: str, set_id: str, title: str, licence: str) -> str:
    """A mapping set for decisions, as yet without any; ``things`` is the namespace of our own."""
    head = yaml.safe_dump(
        {
            "curie_map": {**_PREFIXES, "thing": things},
            "license": licence,
            "mapping_set_id": set_id,
            "mapping_set_title": title,
        },
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return "".join(f"#{line}\n" for line in head.splitlines()) + "\t".join(COLUMNS) + "\n"


def with_decisions(
    text: str, made: Iterable[Decision], *, verdict: str, things: str, path: str = "decisions"
) -> str:
    """A mapping set with the decisions of ``verdict`` added; what stood in it stays to the letter.

    Rows of pairs that were decided anew go, whatever was decided. A new row stands before the first that
    sorts after it, so that a sorted set stays one. Prefixes and columns that the set lacks are added.

    Raises:
        SourceError: what ``read_table`` and ``prefixes_of`` raise.
        KeyError: a row lacks one side.
    """
    table = read_table(text, path=path)
    prefixes = prefixes_of(table)
    last = {(each.thing, each.record): each for each in made}
    added = [each for _, each in sorted(last.items(), key=itemgetter(0)) if each.verdict == verdict]
    lacking = _lacking({**_PREFIXES, "orcid": _ORCID, "thing": things}, prefixes, added)
    cells = {(each.thing, each.record): _cells(each, {**prefixes, **lacking}) for each in added}
    columns = [name for name in COLUMNS if name not in table.columns and any(c[name] for c in cells.values())]
    pairs = [_pair(row, prefixes) for row in table.rows]
    if not added and last.keys().isdisjoint(pairs):
        return text
    lines = list(io.StringIO(text, newline=""))
    end = "\r\n" if text.endswith("\r\n") else "\n"
    lines[-1] = lines[-1].rstrip(_ENDS) + end
    starts = [*(row.line - 1 for row in table.rows), len(lines)]
    rows = [(pair, "".join(lines[at:to])) for pair, (at, to) in zip(pairs, pairwise(starts), strict=True)]
    rows = [each for each in rows if each[0] not in last]
    for pair, values in cells.items():
        at = next((number for number, (other, _) in enumerate(rows) if other > pair), len(rows))
        rows.insert(at, (pair, _line((values.get(name, "") for name in (*table.columns, *columns)), end)))
    head = lines[: len(table.head)]
    head = _declaring(head, lacking) if lacking else head
    named = lines[len(table.head) : starts[0]]
    named[0] = "\t".join((named[0].rstrip(_ENDS), *columns)) + end
    return "".join((*head, *named, *(row for _, row in rows)))


def _pair(row: MappingRow, prefixes: Mapping[str, str]) -> tuple[str, str]:
    return _expand(row.cells["subject_id"], prefixes), _expand(row.cells["object_id"], prefixes)


def _lacking(
    ours: Mapping[str, str], known: Mapping[str, str], decisions: Iterable[Decision]
) -> dict[str, str]:
    """The prefixes that decisions need and a set lacks; numbered where it uses the name otherwise."""
    iris = [iri for each in decisions for iri in (each.thing, each.record, each.reviewer)]
    return {
        next(each for each in chain((prefix,), map(f"{prefix}{{}}".format, count(2))) if each not in known): (
            space
        )
        for prefix, space in ours.items()
        if space not in known.values() and any(iri.startswith(space) for iri in iris)
    }


def _declaring(head: Sequence[str], prefixes: Mapping[str, str]) -> list[str]:
    """The lines of a header with prefixes declared in its ``curie_map``, in either style of YAML."""
    at = next((n for n, line in enumerate(head) if re.match(r"#\s*curie_map\s*:", line)), len(head))
    before, opening, after = head[:at], (*head[at : at + 1], "#curie_map:\n")[0], head[at + 1 :]
    if "{" in opening:
        inline = "".join(f"{prefix}: {json.dumps(space)}, " for prefix, space in prefixes.items())
        return [*before, opening.replace("{", "{" + inline, 1), *after]
    indent = re.match(r"#\s+(?=\S+:)", after[0]) if after else None
    lines = (f"{indent[0] if indent else '#  '}{prefix}: {space}\n" for prefix, space in prefixes.items())
    return [*before, opening, *lines, *after]


def _line(values: Iterable[str], end: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator=end).writerow(values)
    return line.getvalue()


def _cells(decision: Decision, prefixes: Mapping[str, str]) -> Mapping[str, str]:
    orcid = decision.reviewer if identifier(decision.reviewer) else ""
    return {
        "subject_id": _shorten(decision.thing, prefixes),
        "subject_label": decision.label,
        "predicate_id": _shorten(decision.predicate, prefixes),
        "predicate_modifier": "Not" if decision.verdict == "rejected" else "",
        "object_id": _shorten(decision.record, prefixes),
        "object_label": decision.record_label,
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": _shorten(orcid, prefixes),
        "author_label": "" if orcid else decision.reviewer,
        "mapping_date": decision.date,
        "confidence": f"{decision.probability:g}",
        "comment": "; ".join(decision.evidence),
    }


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, space in sorted(prefixes.items(), key=lambda each: -len(each[1])):
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _expand(curie: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = curie.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes and not local.startswith("//") else curie
