"""RDF terms as HTML: whatever they hold, they stand on the page as text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape
from rdflib import RDF, XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.publish.term_text import term_text

__all__ = ["LONGEST", "TermsHtml", "in_script", "visible"]

LONGEST = 2000  # characters of a literal on a page; its twin in Turtle has all of them
_DEEPEST = 6  # brackets within brackets

# What reorders or hides text: overrides, isolates and marks of direction, zero widths, other controls.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_IN_SCRIPT = re.compile("[<>&\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_PLAIN = frozenset(
    (None, XSD.string, XSD.date, XSD.gYear, XSD.gYearMonth, XSD.integer, XSD.anyURI, XSD.boolean)
)


def visible(text: str) -> str:
    """The text with each character that would reorder or hide others told by its number.

    >>> visible("abc\\u202edef")
    'abc⟨U+202E⟩def'
    """
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def in_script(text: str) -> str:
    """JSON that may stand in a script: nothing in it ends the element, reorders it or hides a part.

    >>> in_script('"</script>"')
    '"\\\\u003c/script\\\\u003e"'
    """
    return _IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsHtml:
    """Terms on one page: in its language, with links from where it stands.

    ``root`` leads from the page to the folder of the site, ``paths`` to the pages of IRIs from the folder of
    a language. ``inside`` has what blank nodes say.
    """

    language: str
    root: str
    paths: Mapping[str, str]
    label: Callable[[URIRef, str], str]
    short: Callable[[URIRef], str]
    inside: Mapping[Node, Sequence[Triple]]
    cut: str  # what is said of a text that is too long, with {} for its length
    _known: dict[URIRef, Markup] = field(default_factory=dict, repr=False)  # links that were made before

    def name(self, term: Node) -> str:
        """A term as plain text."""
        if isinstance(term, URIRef):
            return visible(self.label(term, self.language))
        return visible(str(term)) if isinstance(term, Literal) else "[…]"

    def link(self, iri: str, fragment: str = "") -> str:
        """The address of the page of an IRI, or nothing."""
        path = self.paths.get(iri)
        if path is None:
            return ""
        return f"{self.root}{self.language}/{path}.html{'#' if fragment else ''}{fragment}"

    def term(self, term: Node, depth: int = 0) -> Markup:
        """A term: a link where it has a page or is on the web, else text."""
        if isinstance(term, URIRef):
            if term not in self._known:
                self._known[term] = self._iri(term)
            return self._known[term]
        if isinstance(term, Literal):
            return self._literal(term)
        return self._blank(term, depth)

    def data(self, term: Node) -> str:
        """A term in N-Triples, for programs; nothing where it is too long or a blank node."""
        if isinstance(term, BNode):
            return ""
        text = term_text(term)
        return text if len(text) <= LONGEST else ""

    def _iri(self, iri: URIRef) -> Markup:
        address = self.link(iri)
        if address:
            return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, self.name(iri))
        text = visible(self.label(iri, self.language).strip("<>"))
        if _WEB.fullmatch(iri):
            safe = quote(iri, safe=":/?#[]@!$&'()*+,;=%~")
            return Markup('<a class="out" rel="noopener noreferrer" href="{}"><bdi>{}</bdi></a>').format(
                safe, text
            )
        return Markup('<code class="iri"><bdi>{}</bdi></code>').format(text)

    def _literal(self, literal: Literal) -> Markup:
        text = str(literal)
        if literal.datatype == XSD.anyURI and _WEB.fullmatch(text):
            return self._iri(URIRef(text))
        shown = escape(visible(text[:LONGEST]))
        if len(text) > LONGEST:
            shown += Markup('… <small class="cut">{}</small>').format(self.cut.format(len(text)))
        if literal.language:
            tag = literal.language
            note = (
                ""
                if tag == self.language
                else Markup(' <small class="tag" title="{0}">{0}</small>').format(tag)
            )
            return Markup('<bdi lang="{}">{}</bdi>{}').format(tag, shown, note)
        if literal.datatype in _PLAIN:
            return Markup("<bdi>{}</bdi>").format(shown)
        kind = visible(self.short(literal.datatype)) if literal.datatype is not None else ""
        return Markup('<bdi>{}</bdi> <small class="tag">{}</small>').format(shown, kind)

    def _blank(self, node: BNode, depth: int) -> Markup:
        """What a blank node says, in brackets, lists in parentheses."""
        if depth > _DEEPEST:
            return Markup("[…]")
        members = self._members(node)
        if members is not None:
            inside = Markup(" ").join(self.term(member, depth + 1) for member in members)
            return Markup('<span class="blank">( {} )</span>').format(inside)
        said = Markup(" ; ").join(
            Markup("{} {}").format(self.term(p, depth + 1), self.term(o, depth + 1))
            for _, p, o in self.inside.get(node, ())
            if (p, o) != (RDF.type, RDF.List)
        )
        return Markup('<span class="blank">[ {} ]</span>').format(said)

    def _members(self, node: Node) -> list[Node] | None:
        found: list[Node] = []
        seen: set[Node] = set()
        while node != RDF.nil:
            said = {p: o for _, p, o in self.inside.get(node, ())}
            if node in seen or RDF.first not in said or RDF.rest not in said:
                return None
            seen.add(node)
            found.append(said[RDF.first])
            node = said[RDF.rest]
        return found
