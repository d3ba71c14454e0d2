"""Labelled links as numbers: what the models of `cordiale.link` are fitted to and measured on."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import RdfFormat, parse

from cordiale.link.evidence import Match, matches
from cordiale.link.lookup import Lookup
from cordiale.link.misspelt import Speller
from cordiale.link.names import words
from cordiale.link.pair_evidence import Pair, pairs
from cordiale.link.records import Name, Record
from cordiale.link.register import Register
from cordiale.link.register_file import make_register, open_register
from cordiale.link.ror_lines import record_of_ror_line
from cordiale.link.wikidata_index import wikidata_records

__all__ = ["Labelled", "affiliations", "institutions", "register", "ror_against_wikidata"]


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """Candidates of many texts or records, and which are right."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    group: NDArray[np.int32]  # the text or record that each is a candidate of
    fold: NDArray[np.int32]  # 0 to 4, equal for equal texts
    rows: NDArray[np.int32]  # of the register
    wanted: int  # right answers in all, found as candidates or not
    matches: tuple[Match, ...] = ()


def register(shared: Path, name: str, folder: Path) -> Register:
    """The register ``ror`` or ``wikidata`` of the shared data, kept in a folder."""
    if not (folder / name).is_dir():
        make_register(_records(shared, name), folder / name, name=name)
    return open_register(folder / name)


def _records(shared: Path, name: str) -> Iterator[Record]:
    if name == "ror":
        with gzip.open(shared / "datasets/ror/ror_reconstructed_v2.9.jsonl.gz") as lines:
            yield from map(record_of_ror_line, lines)
    else:
        with gzip.open(shared / "datasets/wikidata-subset/wikidata_arnold_subset.nt.gz") as lines:
            yield from wikidata_records(parse(lines.read(), format=RdfFormat.N_TRIPLES))


def texts(gold: Path) -> list[dict[str, Any]]:
    """The labelled affiliations: ``text`` and the list ``ror``."""
    return [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]


def affiliations(gold: Path, ror: Register) -> Labelled:
    """The candidates of labelled affiliations."""
    lookup, speller = Lookup(ror.index), Speller(ror.index.vocabulary)
    found: list[tuple[int, int, bool, Match]] = []
    rows = texts(gold)
    for number, row in enumerate(rows):
        for match in matches(speller.read(words(row["text"])), ror, lookup):
            found.append((number, _fold(row["text"]), ror.ids[match.record] in row["ror"], match))
    return Labelled(
        features=np.array([match.features for *_, match in found], dtype=np.float32),
        right=np.array([right for _, _, right, _ in found]),
        group=np.array([number for number, *_ in found], dtype=np.int32),
        fold=np.array([fold for _, fold, *_ in found], dtype=np.int32),
        rows=np.array([match.record for *_, match in found], dtype=np.int32),
        wanted=sum(len(set(row["ror"])) for row in rows),
        matches=tuple(match for *_, match in found),
    )


def ror_against_wikidata(pairs_file: Path, ror: Register, wikidata: Register, *, others: int = 0) -> Labelled:
    """The candidates in Wikidata of ROR's records, which keep to themselves what they say of Wikidata.

    ``others`` more records, whose item is not there, have no right answer.
    """
    with pairs_file.open(encoding="utf-8") as lines:
        wanted = {row["ror"]: row["qid"] for row in csv.DictReader(lines, delimiter="\t")}
    asked = [(replace(ror.record(ror.row[iri]), identifiers=()), qid) for iri, qid in wanted.items()]
    there = {iri.rsplit("/", 1)[1] for iri in wikidata.ids}
    step = max(1, len(ror) // max(1, others))
    for row in range(0, len(ror), step) if others else ():
        record = ror.record(row)
        if (
            record.values("wikidata")
            and not there & set(record.values("wikidata"))
            and record.id not in wanted
        ):
            asked.append((replace(record, identifiers=()), ""))
    return _labelled(asked, wikidata, lambda iri, qid: iri.endswith(f"/{qid}"), len(wanted))


def institutions(shared: Path, ror: Register) -> Labelled:
    """The candidates in ROR of universities known by name, country and, a quarter of them, by website."""
    asked = []
    path = shared / "datasets/linking-gold/university_domains_to_ror.tsv"
    with path.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            if number % 4 == 0:
                site = (f"https://{row['domain']}/",) if number % 16 == 0 else ()
                thing = Record(
                    id=f"urn:university:{number}",
                    names=(Name(text=row["university"], kind="label"),),
                    countries=(row["country_code"],),
                    websites=site,
                    types=("education",),
                )
                asked.append((thing, row["ror"]))
    return _labelled(asked, ror, lambda iri, wanted: iri == wanted, len(asked))


def _labelled(asked: list[tuple[Record, str]], against: Register, same: Any, wanted: int) -> Labelled:
    lookup = Lookup(against.index)
    found: list[tuple[int, int, bool, Pair]] = []
    for number, (thing, answer) in enumerate(asked):
        for pair in pairs(thing, against, lookup):
            right = bool(answer) and same(against.ids[pair.record], answer)
            found.append((number, _fold(thing.label), right, pair))
    return Labelled(
        features=np.array([pair.features for *_, pair in found], dtype=np.float32),
        right=np.array([right for _, _, right, _ in found]),
        group=np.array([number for number, *_ in found], dtype=np.int32),
        fold=np.array([fold for _, fold, *_ in found], dtype=np.int32),
        rows=np.array([pair.record for *_, pair in found], dtype=np.int32),
        wanted=wanted,
    )


@cache
def _fold(text: str) -> int:
    return int(hashlib.sha256(text.casefold().strip().encode()).hexdigest(), 16) % 5
