"""Entities of Wikidata from files of any kind, one after another: JSON, dumps, RDF."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cordiale.link.json_values import open_packed, read_json_values
from cordiale.link.loss import loss
from cordiale.link.wikidata_json import entities_of, read_entity, write_entity
from cordiale.link.wikidata_model import Entity
from cordiale.link.wikidata_rdf import read_entities
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.literals import quiet_literals
from cordiale.read.text import decode, machine_error
from cordiale.read.turtle import read_turtle

__all__ = ["Found", "read_found", "read_wikidata"]

_RDF = (".ttl", ".nt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entity as its file has it, not yet looked into."""

    asked: str
    data: object
    place: Place

    @property
    def id(self) -> str:
        """Its id, if it tells one."""
        told = self.data.get("id") if isinstance(self.data, dict) else ""
        return told if isinstance(told, str) and told else self.asked


def read_wikidata(path: Path) -> Iterator[Found | Problem]:
    """What a file holds, by its name: .ttl and .nt are RDF, all else is JSON; .gz and .bz2 are unpacked.

    Raises:
        MachineError: C901, the file cannot be read.
    """
    shown = path.as_posix()
    plain = path.with_suffix("") if path.suffix in (".gz", ".bz2") else path
    if plain.suffix in _RDF:
        yield from _read_rdf(path, shown)
        return
    with open_packed(path) as stream:
        for each in read_json_values(stream, path=shown):
            if isinstance(each, Problem):
                yield each
                continue
            line, value = each
            for asked, data in entities_of(value):
                yield Found(asked=asked, data=data, place=Place(path=shown, line=line))


def read_found(found: Found) -> Entity | Problem:
    """The entity, or what keeps the value from being one.

    C702 of a kind that is not taken, C712 missing in Wikidata, C719 no entity.
    """
    try:
        return read_entity(found.data, asked=found.asked)
    except NotImplementedError as error:
        return _refused("C702", str(error), "lexemes and files of Commons are not taken", found.place)
    except LookupError as error:
        return _refused("C712", str(error.args[0]), "ask for it by the id that it has now", found.place)
    except ValueError as error:
        return _refused("C719", str(error), "fetch it again from Special:EntityData or a dump", found.place)


def _read_rdf(path: Path, shown: str) -> Iterator[Found | Problem]:
    try:
        with open_packed(path) as stream:
            data = stream.read()
    except (OSError, EOFError) as error:
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
            raise machine_error(shown, error) from error
        yield _refused("C700", f"the file breaks off: {error}", "fetch it again", Place(path=shown))
        return
    try:
        with quiet_literals():
            file = read_turtle(decode(data, path=shown), path=shown, base="http://www.wikidata.org/")
    except SourceError as error:
        yield from error.problems
        return
    lines = {str(subject): place.line for subject, place in file.subjects.items()}
    for entity in read_entities(file.triples):
        line = lines.get(f"http://www.wikidata.org/entity/{entity.id}")
        yield Found(asked=entity.id, data=write_entity(entity), place=Place(path=shown, line=line))


def _refused(code: str, message: str, remedy: str, place: Place) -> Problem:
    return loss(code, Severity.VIOLATION, message, remedy, place)
