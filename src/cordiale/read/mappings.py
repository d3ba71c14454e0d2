"""Mapping sets (SSSOM) as triples: each row says that one thing is matched to another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from rdflib import OWL, SKOS, URIRef

from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.read.mapping_table import NEEDED, MappingRow, MappingTable, read_table
from cordiale.read.near import near_remedy
from cordiale.read.rows import row_keys
from cordiale.read.source_file import SourceFile

__all__ = ["denied_matches", "prefixes_of", "read_mappings"]

# SSSOM knows these without a declaration.
_BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NO_TERM = tuple(URIRef(_BUILT_IN["sssom"] + name) for name in ("NoTermFound", "NoMapping"))
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read_mappings(text: str, *, path: str, same_as: bool = False, by_row: bool = False) -> SourceFile:
    """The triple subject, predicate, object of each row; the other columns say why to believe it.

    A row whose ``predicate_modifier`` denies it, that says that there is no match, or of which one side is a
    text, makes none. With ``same_as``, exact matches are identities: ``owl:sameAs`` in the place of
    ``skos:exactMatch``. With ``by_row``, places tell the row, which is a source.

    Raises:
        SourceError: what ``read_table`` raises, C131 (no usable ``curie_map``), and of the rows all that is
            wrong: C133 (a prefix is not bound), C134 (a value is missing), C135 (no CURIE, or of no IRI).
    """
    table = read_table(text, path=path)
    prefixes = prefixes_of(table)
    problems: list[Problem] = []
    places: dict[Triple, tuple[Place, ...]] = {}
    subjects: dict[Node, Place] = {}
    for row in table.rows:
        texts = table.literal_ids(row)
        wrong = [
            problem
            for column in NEEDED
            if column not in texts or column in row.cells
            for problem in _wrong(table, row, column, prefixes)
        ]
        problems += wrong
        if wrong or texts or "predicate_modifier" in row.cells:
            continue
        subject, predicate, value = (_expand(row.cells[column], prefixes) for column in NEEDED[:3])
        if subject in _NO_TERM or value in _NO_TERM:
            continue
        triple = (subject, OWL.sameAs if same_as and predicate == SKOS.exactMatch else predicate, value)
        places[triple] = (*places.get(triple, ()), table.place(row, "object_id"))
        subjects.setdefault(subject, table.place(row, "subject_id"))
    if problems:
        raise SourceError(*problems)
    if by_row:
        keys = row_keys(places)
        places = {triple: tuple(replace(at, row=keys[triple]) for at in places[triple]) for triple in places}
    return SourceFile(
        path=path,
        triples=tuple(places),
        # A prefix for all addresses ("https:") makes a CURIE of each, and would shorten none elsewhere.
        prefixes=MappingProxyType(
            {prefix: space for prefix, space in prefixes.items() if not _SCHEME.fullmatch(space)}
        ),
        places=MappingProxyType(places),
        subjects=MappingProxyType(subjects),
    )


def denied_matches(text: str, *, path: str) -> tuple[tuple[URIRef, URIRef, Place], ...]:
    """What rows of a readable mapping set deny to be the same: two things, and where that stands."""
    table = read_table(text, path=path)
    prefixes = prefixes_of(table)
    found = []
    for row in table.rows:
        if row.cells.get("predicate_modifier") != "Not" or table.literal_ids(row):
            continue
        subject, predicate, value = (_expand(row.cells[column], prefixes) for column in NEEDED[:3])
        if predicate in (SKOS.exactMatch, OWL.sameAs):
            found.append((subject, value, table.place(row, "object_id")))
    return tuple(found)


def prefixes_of(table: MappingTable) -> Mapping[str, str]:
    """The namespaces by prefix: those of the header's ``curie_map``, and those that SSSOM has built in.

    Raises:
        SourceError: C131, a ``curie_map`` that does not give an IRI to each prefix.
    """
    declared = table.header.get("curie_map") or {}
    if not isinstance(declared, dict):
        raise SourceError(_no_map("curie_map is not a list of prefixes", table.slot_place("curie_map")))
    wrong = [
        _no_map(f'the prefix "{prefix}" stands for no IRI', table.slot_place(str(prefix)))
        for prefix, space in declared.items()
        if not (isinstance(prefix, str) and isinstance(space, str) and _IRI.fullmatch(space))
    ]
    if wrong:
        raise SourceError(*wrong)
    return MappingProxyType({**_BUILT_IN, **declared})


def _no_map(message: str, place: Place) -> Problem:
    remedy = "write below curie_map: a line for each prefix, such as #  ror: https://ror.org/"
    return Problem(code="C131", message=message, remedy=remedy, place=place)


def _expand(value: str, prefixes: Mapping[str, str]) -> URIRef:
    prefix, _, local = value.partition(":")
    return URIRef(prefixes[prefix] + local)


def _wrong(
    table: MappingTable, row: MappingRow, column: str, prefixes: Mapping[str, str]
) -> Iterator[Problem]:
    """What keeps the value of a column from being the IRI of a term."""
    value = row.cells.get(column)
    if value is None:
        yield Problem(
            code="C134",
            message=f'the row has no "{column}"',
            remedy="write it, or take the row out: a triple needs both its things and what is between them",
            place=Place(path=table.path, line=row.line),
        )
        return
    prefix, colon, _ = value.partition(":")
    if not colon or (prefix in prefixes and not _IRI.fullmatch(_expand(value, prefixes))):
        yield Problem(
            code="C135",
            message=f'"{value}" is not a CURIE' if not colon else f'"{value}" stands for no IRI',
            remedy="write a prefix, a colon and the name, such as wd:Q34433; a space in it as %20",
            place=table.place(row, column),
        )
    elif prefix not in prefixes:
        declare = f"add the prefix to the header, below curie_map: #  {prefix}: and the namespace's IRI"
        yield Problem(
            code="C133",
            message=f'prefix "{prefix}" is not in the curie_map',
            remedy=near_remedy(prefix, prefixes, otherwise=declare),
            place=table.place(row, column),
        )
