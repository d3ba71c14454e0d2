"""Entities of Wikidata from files of any kind, one after another: JSON, dumps, RDF."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
from rdflib import XSD, BNode, URIRef

from cordiale.link.json_values import open_packed, read_json_values
from cordiale.link.loss import loss
from cordiale.link.piped import told_path
from cordiale.link.wikidata_json import entities_of, read_entity
from cordiale.link.wikidata_json_writer import write_entity
from cordiale.link.wikidata_model import Entity
from cordiale.link.wikidata_rdf import WikidataGraph
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node
from cordiale.read.literals import exact_literal, quiet_literals
from cordiale.read.text import decode, machine_error

__all__ = ["NO_ENTITY_OF_OURS", "Found", "read_found", "read_wikidata", "redirect"]

NO_ENTITY_OF_OURS = ("C702", "C712")  # what is well-formed, and neither item nor property, or gone

_RDF = (".ttl", ".nt")
_BASE = "http://www.wikidata.org/"
_SUBJECT = re.compile(r"(?:\w+:|<[^<>]*/entity/)([QPLM][0-9]+)[>\s]")


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
    shown = told_path(path)
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


def redirect(old: str, new: str, place: Place) -> Problem:
    """C710, a warning: an entity goes by another id now."""
    remedy = f"{new} is what is taken; write that id in links"
    return loss("C710", Severity.WARNING, f"{old} is a redirect to {new}", remedy, place)


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
        text = decode(data, path=shown)
    except SourceError as error:
        yield from error.problems
        return
    # Leniently: Wikidata has language tags that BCP 47 has not, which are told one by one.
    quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE, base_iri=_BASE, lenient=True)
    try:
        with quiet_literals():
            graph = WikidataGraph((_term(q.subject), _term(q.predicate), _term(q.object)) for q in quads)
    except SyntaxError as error:
        place = Place(path=shown, line=error.lineno)
        yield _refused("C700", f"the file is not Turtle: {error.msg}", "fetch it again", place)
        return
    lines = _lines(text)
    for id_ in graph.ids:
        place = Place(path=shown, line=lines.get(id_))
        for property_ in graph.truthy_only(id_):
            message = f"{property_} of {id_} is told by wdt: alone, without a statement"
            yield _refused("C702", message, "take the file with all statements, not the truthy one", place)
        try:
            entity = graph.entity(id_)
        except SourceError as error:
            yield from (replace(problem, place=place) for problem in error.problems)
            continue
        for name in graph.bare(id_):
            message = f"the statement {name} has no value here"
            yield _refused("C702", message, "take a file that holds its statements too", place)
        yield Found(asked=id_, data=write_entity(entity), place=place)
    for old, new in graph.redirects:
        yield redirect(old, new, Place(path=shown, line=lines.get(old)))
    for name in graph.others:
        message = f"{name} is neither an item nor a property"
        place = Place(path=shown, line=lines.get(name))
        yield _refused("C702", message, "lexemes and files of Commons are not taken", place)
    if not (graph.ids or graph.others or graph.redirects):
        remedy = "take a file from Special:EntityData, or a dump with all statements"
        yield _refused("C719", "the file describes no item or property", remedy, Place(path=shown))


def _lines(text: str) -> dict[str, int]:
    """The line on which each entity is first a subject."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _SUBJECT.match(line):
            lines.setdefault(found[1], number)
    return lines


def _term(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        kind = URIRef(term.datatype.value)
        return exact_literal(term.value, None if term.language or kind == XSD.string else kind, term.language)
    return BNode(str(term).removeprefix("_:"))


def _refused(code: str, message: str, remedy: str, place: Place) -> Problem:
    return loss(code, Severity.VIOLATION, message, remedy, place)
