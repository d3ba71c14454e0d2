"""RDF terms as text: the escapes that N-Triples, N-Quads, Turtle and TriG share."""

import re

from rdflib import BNode, Literal, URIRef

from cordiale.model.terms import Node

__all__ = ["escaped_text", "iri_text", "literal_text", "long_string_text", "string_text", "term_text"]

# What cannot be seen, or would turn the text around it: controls, line separators, direction marks, the byte
# order mark, non-characters. Escaped, they survive any editor and show in a diff.
_HIDDEN = "\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_IN_IRI = re.compile(f'[{_HIDDEN}\x20<>"{{}}|^`\\\\]')
_IN_STRING = re.compile(f'[{_HIDDEN}"\\\\]')
# In a long string a line ends as a line, and a quote is escaped only where it could close the string.
_IN_LONG_STRING = re.compile(rf'(?!\n)[{_HIDDEN}\\]|"(?="|\Z)')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def iri_text(iri: str) -> str:
    r"""``<iri>``; what IRIREF does not take is written as UCHAR (Turtle 1.1, sections 2.4 and 6.4).

    >>> print(iri_text("https://example.org/a b"))
    <https://example.org/a\u0020b>
    """
    return f"<{_IN_IRI.sub(lambda found: _numeric(found[0]), iri)}>"


def string_text(text: str) -> str:
    r"""``text`` between double quotes, on one line (Turtle 1.1, section 6.4).

    >>> print(string_text('say "oui"\n'))
    "say \"oui\"\n"
    """
    return f'"{_IN_STRING.sub(_escape, text)}"'


def long_string_text(text: str) -> str:
    """``text`` between three double quotes, its lines kept as lines."""
    return f'"""{_IN_LONG_STRING.sub(_escape, text)}"""'


def literal_text(literal: Literal) -> str:
    """A literal in full: lexical form as it is, language tag as written, datatype as an IRI."""
    text = string_text(literal)
    if literal.language:
        return f"{text}@{literal.language}"
    return f"{text}^^{iri_text(literal.datatype)}" if literal.datatype is not None else text


def term_text(term: Node) -> str:
    """A term as N-Triples writes it (https://www.w3.org/TR/n-triples/, section 2).

    >>> term_text(BNode("b1")), term_text(Literal("oui", lang="fr-CA"))
    ('_:b1', '"oui"@fr-CA')
    """
    if isinstance(term, URIRef):
        return iri_text(term)
    return f"_:{term}" if isinstance(term, BNode) else literal_text(term)


def escaped_text(text: str) -> str:
    r"""A term that some other program wrote as N-Triples, what cannot be seen in it escaped.

    >>> print(escaped_text('"a\u200eb"'))
    "a\u200Eb"
    """
    return _UNSEEN.sub(lambda found: _numeric(found[0]), text)


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or _numeric(found[0])


def _numeric(character: str) -> str:
    return f"\\u{ord(character):04X}"
