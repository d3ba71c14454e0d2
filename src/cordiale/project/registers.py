"""Registers to link to, named as on the command line, each built once and kept below ``build/``."""

import bz2
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from cordiale.link.endpoint import Ask, endpoint_of, statements_at
from cordiale.link.records import Record
from cordiale.link.register import Register
from cordiale.link.register_file import FORMAT, make_register, open_register, register_of
from cordiale.link.ror_lines import record_of_ror
from cordiale.link.ror_records import ror_record
from cordiale.link.wikidata_files import NO_ENTITY_OF_OURS, read_found, read_wikidata
from cordiale.link.wikidata_index import triples_of, wikidata_records
from cordiale.link.wikidata_model import Entity
from cordiale.model.errors import NotFoundError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.read.text import machine_error

__all__ = ["REGISTERS", "register_at", "register_named"]

REGISTERS = ("ror", "wikidata")

_REMEDY = "give entities of Wikidata as N-Triples, as Turtle (.ttl) or as entity JSON"


def register_named(against: str, kept: Path) -> Register:
    """The register of ``ror:FILE`` or ``wikidata:FILE``; ``ror`` alone is the one that was used last.

    Raises:
        NotFoundError: C740, no such register; C741, none was built so far.
        SourceError: C742, a line is no record; C743, the file is compressed otherwise, or broken.
        MachineError: the file cannot be read.
    """
    if endpoint_of(against):
        raise NotFoundError(
            Problem(
                code="C740",
                message=f'"{against}" is an endpoint, which can only be asked for given things',
                remedy="link propose and link review take it; write ror:FILE or wikidata:FILE here",
            )
        )
    name, _, file = against.partition(":")
    if name not in REGISTERS or (":" in against and not file):
        raise NotFoundError(
            Problem(
                code="C740",
                message=f'"{against}" is no register',
                remedy="write ror:FILE or wikidata:FILE",
            )
        )
    if not file:
        return _last(name, kept)
    path = Path(file)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        folder = kept / f"{name}-{FORMAT}-{digest}"
        if not folder.is_dir():
            make_register(_records(name, path), folder, name=name)
        (kept / f"{name}.txt").write_text(folder.name, encoding="utf-8")
        return open_register(folder)
    except OSError as error:
        raise machine_error(str(path), error) from error


def register_at(ask: Ask, things: Sequence[Record], languages: Sequence[str]) -> Register:
    """The records of Wikidata that an endpoint has for some things, as a register in memory.

    Raises:
        MachineError: C757, the endpoint does not answer.
    """
    stated = parse(statements_at(ask, things, languages), format=RdfFormat.N_TRIPLES)
    return register_of(wikidata_records(stated, languages=languages), name="wikidata")


def _last(name: str, kept: Path) -> Register:
    try:
        return open_register(kept / (kept / f"{name}.txt").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotFoundError(
            Problem(
                code="C741",
                message=f"no register of {name} was built so far",
                remedy=f"name its file once: --against {name}:FILE",
            )
        ) from error


def _records(name: str, path: Path) -> Iterator[Record]:
    content = _content(path)
    try:
        yield from wikidata_records(_triples(content, path)) if name == "wikidata" else _ror(content, path)
    except SyntaxError as error:
        at = error.lineno
        raise SourceError(
            Problem(
                code="C742",
                message=f"the file is no RDF: {error.msg}",
                remedy=_REMEDY,
                place=Place(path=str(path), line=at or None),
            )
        ) from error


def _triples(content: bytes, path: Path) -> Iterator[Quad]:
    """What a file says in Wikidata's RDF; its JSON is read one entity after another."""
    if content.lstrip()[:1] in (b"{", b"["):
        return triples_of(_entities(path))
    is_turtle = path.name.removesuffix(".gz").removesuffix(".bz2").endswith(".ttl")
    return iter(parse(content, format=RdfFormat.TURTLE if is_turtle else RdfFormat.N_TRIPLES))


def _entities(path: Path) -> Iterator[Entity]:
    """The items and properties of a file; lexemes and what is gone are no records, and passed over."""
    for found in read_wikidata(path):
        entity = found if isinstance(found, Problem) else read_found(found)
        if isinstance(entity, Entity):
            yield entity
        elif entity.code not in NO_ENTITY_OF_OURS:
            raise SourceError(replace(entity, code="C742", remedy=_REMEDY))


def _ror(content: bytes, path: Path) -> Iterator[Record]:
    lines = content.splitlines()
    # The registry publishes one array; extracts have a record a line.
    try:
        whole = json.loads(content) if content.lstrip()[:1] == b"[" else None
    except ValueError as error:
        raise SourceError(
            Problem(
                code="C742",
                message=f"the file is no JSON: {error}",
                remedy="fetch it again",
                place=Place(path=str(path)),
            )
        ) from error
    seen: set[str] = set()
    for number, entry in enumerate(whole if whole is not None else lines, start=1):
        if entry == b"":
            continue
        try:
            record = record_of_ror(ror_record(entry if whole is not None else json.loads(entry)))
        except ValueError as error:
            raise SourceError(
                Problem(
                    code="C742",
                    message=f"this is no record of ROR: {error}",
                    remedy="give the data dump of ROR, a record a line or one array",
                    place=Place(path=str(path), line=None if whole is not None else number),
                )
            ) from error
        if record.id not in seen:
            seen.add(record.id)
            yield record


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)
        return bz2.decompress(data) if data[:3] == b"BZh" else data
    except (EOFError, ValueError, gzip.BadGzipFile) as error:
        raise SourceError(
            Problem(
                code="C743",
                message="the file is broken: it cannot be decompressed",
                remedy="fetch it again",
                place=Place(path=str(path)),
            )
        ) from error
