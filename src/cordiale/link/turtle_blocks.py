"""Turtle in the house style from text that is already short: what large imports are written with.

A predicate and its object make a line below their subject. Nothing here knows terms, so a line costs no more
than its text; the lines of a subject stand in order, the types first.
"""

from collections.abc import Mapping
from json.encoder import encode_basestring

__all__ = ["Blocks", "iri", "literal"]

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
        head = "".join(
            f"@prefix {name}: <{space}> .\n" for name, space in prefixes.items() if f"{name}:" in blocks
        )
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


def _order(line: str) -> tuple[int, str]:
    if line.startswith("a "):
        return 0, line
    return (1 if line.startswith(("rdfs:label ", "skos:")) else 2), line
