"""Turtle in the house style from text that is already short: what large imports are written with.

A predicate and its object make a line below their subject. Nothing here knows terms, so a line costs no more
than its text; the lines of a subject stand in the order of the house (``checks.turtle_style``).
"""

import re
from collections.abc import Mapping
from json.encoder import encode_basestring

__all__ = ["Blocks", "iri", "literal"]

_FIRST = (
    "a",
    "rdfs:label",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:definition",
    "skos:scopeNote",
    "skos:example",
)
_RANKS = {predicate: rank for rank, predicate in enumerate(_FIRST)}
_LANGUAGES = ("en", "fr")
_TAG = re.compile('"@([A-Za-z]+(?:-[A-Za-z0-9]+)*)$')
# Strings and IRIs, in which a colon parts no prefix from a name; then what one is parted from.
_PREFIX = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|(?P<prefix>[\w-]*):')
_NOT_IN_IRIS = frozenset('<>"{}|\\^` ') | {chr(code) for code in range(33)}


def literal(text: str) -> str:
    r"""A string in quotes; the escapes of JSON are among those of Turtle (Turtle 1.1, section 6.4).

    >>> print(literal('say "oui"\n'))
    "say \"oui\"\n"
    """
    return encode_basestring(text)


def iri(text: str) -> str | None:
    """An IRI in angle brackets; nothing when it is none.

    >>> iri("https://example.org/"), iri("https://example.org/a b"), iri("example.org")
    ('<https://example.org/>', None, None)
    """
    scheme, colon, rest = text.partition(":")
    well_formed = (
        colon and rest and scheme.isascii() and scheme[:1].isalpha() and not _NOT_IN_IRIS & set(text)
    )
    return f"<{text}>" if well_formed and scheme.translate(_SCHEME).isalnum() else None


_SCHEME = str.maketrans("", "", "+-.")


class Blocks:
    """The lines of one file, by subject."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, None]] = {}

    def add(self, subject: str, line: str) -> None:
        """One more line, ``predicate object``, about a subject; said twice it stands once."""
        self._lines.setdefault(subject, {})[line] = None

    def add_all(self, subject: str, lines: list[str]) -> None:
        """The same for several lines."""
        self._lines.setdefault(subject, {}).update(dict.fromkeys(lines))

    def merge(self, other: "Blocks") -> None:
        """Take in all lines of another file."""
        for subject, lines in other._lines.items():
            self._lines.setdefault(subject, {}).update(lines)

    def without(self, prefix: str) -> "Blocks":
        """The same without the lines whose predicate has this prefix."""
        kept = Blocks()
        for subject, lines in self._lines.items():
            kept.add_all(subject, [line for line in lines if not line.startswith(prefix)])
        return kept

    def holds(self, subject: str) -> bool:
        """Whether anything is said of the subject."""
        return subject in self._lines

    def text(self, prefixes: Mapping[str, str], comment: str) -> str:
        """The file: the prefixes that occur, a comment, and the blocks in order of their subjects."""
        blocks = "".join(
            f"\n{subject}\n{_properties(sorted(lines, key=_order))}.\n"
            for subject, lines in sorted(self._lines.items())
        )
        used = {found["prefix"] for found in _PREFIX.finditer(blocks)}
        head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes.items() if name in used)
        return f"{head}\n# {comment}\n{blocks}"


def _properties(lines: list[str]) -> str:
    """The lines of a subject, each predicate told once."""
    last, text = "", []
    for line in lines:
        predicate, _, value = line.partition(" ")
        if predicate == last:
            text.append(f" ,\n        {value}")
        else:
            text.append(f" ;\n    {line}" if last else f"    {line}")
            last = predicate
    return f"{''.join(text)} ;\n" if text else ""


def _order(line: str) -> tuple[int, str, int, str]:
    predicate = line.partition(" ")[0]
    rank = len(_FIRST) + 1 if predicate == "dcterms:source" else _RANKS.get(predicate, len(_FIRST))
    tag = _TAG.search(line)
    language = tag[1].lower() if tag else ""
    return rank, predicate, _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES), line
