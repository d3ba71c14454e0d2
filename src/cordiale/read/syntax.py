"""Whether a text is Turtle, by a strict parser; if not, one plain sentence says why, and where."""

import re
from collections.abc import Mapping

import pyoxigraph

from cordiale.model.errors import TurtleSyntaxError
from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem
from cordiale.read.near import near_remedy
from cordiale.read.text import stray_character

__all__ = ["check_syntax"]

_PLACE_WORDS = re.compile(r"^Parser error (?:at|between) line [^:]*: ")
_UNDECLARED = re.compile(r"The prefix (?P<prefix>[^:]*): has not been declared")

# What the parser says, what we say, what to do. The first that matches is taken; its group fills the message.
_SENTENCES = tuple(
    (re.compile(pattern), message, remedy)
    for pattern, message, remedy in (
        (
            r"^Unexpected end of file",
            "what starts here is never closed",
            'close a string with the quotation marks it began with, an IRI with ">"',
        ),
        (
            r"^Unexpected end",
            "the file ends in the middle of a statement",
            'finish the statement, and end it with "."',
        ),
        (
            r"^A dot is expected",
            'the statement before this has no "." at its end',
            'write "." there, or go on with ";" (same subject) or "," (same subject and predicate)',
        ),
        (
            r"^Line jumps are not allowed in string literals",
            "a line break in a string with one quotation mark",
            'write \\n for it, or open and close the string with three quotation marks: """',
        ),
        (
            r"^(?P<what>.+) is not a valid subject",
            "{what} cannot be a subject",
            "begin with an IRI, a prefixed name or a blank node; or does the statement before end too early?",
        ),
        (
            r"^(?P<what>.+) is not a valid predicate",
            "{what} cannot be a predicate",
            'write an IRI, a prefixed name, or "a"; or is a "," or a quotation mark missing before this?',
        ),
        (
            r"^(?P<what>.+) is not a valid RDF object",
            "{what} cannot be an object",
            "write an IRI, a prefixed name, a blank node, a number, or a string in quotation marks",
        ),
        (
            r"^Unexpected escape character '(?P<what>.+)'$",
            'the string has the unknown escape "{what}"',
            'write "\\\\" for a backslash; known are \\t \\b \\n \\r \\f \\" \\\' \\\\ \\uXXXX \\UXXXXXXXX',
        ),
        (
            r"^The escape sequence '(?P<what>[^']+)'",
            "{what} is no character",
            'write "\\u" and 4, or "\\U" and 8, hexadecimal digits of a Unicode character',
        ),
        (
            r"^The (PREFIX|BASE) ",
            "this declaration is not complete",
            "write @prefix name: <IRI> . or @base <IRI> .",
        ),
        (
            r"^Invalid IRI (?P<what>.+)$",
            "not an IRI: invalid {what}",
            "write spaces and the like as %20, and % itself as %25",
        ),
        (
            r"^blank node property lists should end",
            'the "[" before this is not closed',
            'write "]" after its last property, or ";" before the next',
        ),
    )
)
_GRAMMAR = "see the grammar, https://www.w3.org/TR/turtle/#sec-grammar-grammar"


def check_syntax(text: str, *, path: str, base: str) -> Mapping[str, str]:
    """The prefixes that ``text`` declares, once it is known to be Turtle.

    The judge is Oxigraph's parser: strict, and it knows line and column. It reads RDF 1.2 too, which the
    reader refuses afterwards.

    Raises:
        TurtleSyntaxError: C101 (grammar), C103 (byte order mark), C104 (undeclared prefix), C105 (NUL),
            C108 (a term of more than 16 MB).
    """
    if stray := stray_character(text, path=path):
        raise TurtleSyntaxError(stray)
    parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
    try:
        for _ in parser:  # its terms are of no use here: it lower-cases language tags
            pass
    except MemoryError as error:  # so the parser calls it, and none is lacking
        remedy = "keep such a text in a file of its own, and name that"
        raise _refuse("C108", "a term is longer than 16 MB", remedy, Place(path=path)) from error
    except SyntaxError as error:
        place = Place(path=path, line=error.lineno, column=error.offset)
        raise _translated(error.msg, place, parser.prefixes) from error
    return parser.prefixes


def _translated(said: str, place: Place, declared: Mapping[str, str]) -> TurtleSyntaxError:
    said = _PLACE_WORDS.sub("", said)
    undeclared = _UNDECLARED.search(said)
    if undeclared:
        prefix = undeclared["prefix"]
        remedy = _prefix_remedy(prefix, declared)
        return _refuse("C104", f'prefix "{prefix}" is not bound', remedy, place)
    for pattern, message, remedy in _SENTENCES:
        match = pattern.search(said)
        if match:
            return _refuse("C101", message.format(**match.groupdict()), remedy, place)
    return _refuse("C101", said[:1].lower() + said[1:], _GRAMMAR, place)


def _prefix_remedy(prefix: str, declared: Mapping[str, str]) -> str:
    if prefix in PREFIXES:
        return f"write at the top of the file: @prefix {prefix}: <{PREFIXES[prefix]}> ."
    declare = f"write at the top of the file: @prefix {prefix}: <...> . with the namespace's IRI"
    return near_remedy(prefix, {*declared, *PREFIXES}, otherwise=declare)


def _refuse(code: str, message: str, remedy: str, place: Place) -> TurtleSyntaxError:
    return TurtleSyntaxError(Problem(code=code, message=message, remedy=remedy, place=place))
