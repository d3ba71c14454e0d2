"""Turtle files as exact terms: lexical forms as written, blank nodes named alike in every run, places."""

from types import MappingProxyType

from rdflib import BNode
from rdflib.plugins.parsers.notation3 import BadSyntax

from cordiale.model.errors import TurtleSyntaxError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.read.literals import quiet_literals
from cordiale.read.parser import Parser, Terms
from cordiale.read.source_file import SourceFile
from cordiale.read.syntax import check_syntax
from cordiale.read.text import Lines

__all__ = ["read_turtle"]


def read_turtle(text: str, *, path: str, base: str) -> SourceFile:
    """The triples of ``text``, exact to the letter of each literal (https://www.w3.org/TR/turtle/).

    ``path`` names the file in places and in blank nodes, so that two readings give equal triples and two
    files never share a blank node. ``base`` is the IRI that relative ones are resolved against.

    >>> file = read_turtle('<#a> <#b> 01 .', path="data/x.ttl", base="https://example.org/x")
    >>> file.triples[0][2].n3(), str(file.places[file.triples[0]][0])
    ('"01"^^<http://www.w3.org/2001/XMLSchema#integer>', 'data/x.ttl:1:11')

    Raises:
        TurtleSyntaxError: C101 to C105 (see ``check_syntax``), C106 (RDF 1.2, which rdflib cannot hold),
            C107 (more than a hundred brackets in each other, or so).
    """
    prefixes = check_syntax(text, path=path, base=base)
    lines = Lines(text)
    parser = Parser(Terms(path), base)
    try:
        with quiet_literals():
            parser.loadBuf(text + "\n")
    except BadSyntax as error:
        raise TurtleSyntaxError(
            Problem(
                code="C106",
                message="this is not Turtle 1.1",
                remedy="leave out what RDF 1.2 added: quoted and annotated triples, VERSION, text direction",
                place=lines.place(path, error._i),
            )
        ) from error
    except RecursionError as error:
        raise TurtleSyntaxError(
            Problem(
                code="C107",
                message="brackets are nested too deeply",
                remedy="give the inner nodes names, such as _:inner, and describe them apart",
                place=Place(path=path),
            )
        ) from error
    places: dict[Triple, tuple[Place, ...]] = {}
    subjects: dict[Node, Place] = {}
    # The parser tells a list of objects after what is nested in it; the order of starts is the reader's.
    for offset, triple, start in sorted(parser.found, key=lambda found: found[0]):
        place = lines.place(path, offset)
        places[triple] = (*places.get(triple, ()), place)
        if triple[0] not in subjects:
            subjects[triple[0]] = place if isinstance(triple[0], BNode) else lines.place(path, start)
    return SourceFile(
        path=path,
        triples=tuple(places),
        prefixes=MappingProxyType(dict(prefixes)),
        places=MappingProxyType(places),
        subjects=MappingProxyType(subjects),
    )
