"""RDF terms as HTML: whatever they hold, they stand on the page as text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape
from rdflib import RDF, XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.publish.term_text import term_text

__all__ = ["LONGEST", "TermsHtml", "in_script", "shortened", "visible"]

LONGEST = 2000  # characters of a literal on a page; its twin in Turtle has all of them
_LONGEST_NAME = 200  # characters of a label where it stands as a name: on every page that links to its thing
_DEEPEST = 6  # brackets within brackets
_MOST_INSIDE = 200  # terms within the brackets of one value; its twin in Turtle has all of them

# What reorders or hides text: controls, what has no sign of its own (Unicode's Cf, Zl and Zp), letters that
# are blank. Arabic, Syriac and Kaithi marks that stand around numbers are of Cf and have a sign.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Joiners shape the letters of some scripts, and emoji; after others they only hide.
_JOINED = "\u0370-\u1fff\u2190-\u2bff\u2c80-\ufeff\uff00-\U0001faff"
_UNSEEN = re.compile(f"[{_HIDDEN}]|(?<![{_JOINED}])[\u200c\u200d]")
_IN_SCRIPT = re.compile(f"[<>&]|{_UNSEEN.pattern}")
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


def shortened(text: str) -> str:
    """A text as a name: with an ellipsis in the place of what is too much.

    >>> len(shortened("long " * 1000))
    200
    """
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


def in_script(text: str) -> str:
    """JSON that may stand in a script: nothing in it ends the element, reorders it or hides a part.

    >>> in_script('"</script>"')
    '"\\\\u003c/script\\\\u003e"'
    """
    return _IN_SCRIPT.sub(lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    """A character as JSON escapes it: by its one or two units of UTF-16."""
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


@dataclass(slots=True)
class _Inside:
    """What was told within the brackets of one value: blank nodes may refer to one another in circles."""

    told: set[Node] = field(default_factory=set)
    left: int = _MOST_INSIDE


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
            return visible(shortened(self.label(term, self.language)))
        return visible(shortened(term)) if isinstance(term, Literal) else "[…]"

    def link(self, iri: str, fragment: str = "") -> str:
        """The address of the page of an IRI, or nothing."""
        path = self.paths.get(iri)
        if path is None:
            return ""
        return f"{self.root}{self.language}/{path}.html{'#' if fragment else ''}{fragment}"

    def term(self, term: Node) -> Markup:
        """A term: a link where it has a page or is on the web, else text; of a blank node what it says."""
        if isinstance(term, URIRef):
            if term not in self._known:
                self._known[term] = self._iri(term)
            return self._known[term]
        if isinstance(term, Literal):
            return self._literal(term)
        return self._blank(term, 0, _Inside())

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
        text = visible(shortened(self.label(iri, self.language).strip("<>")))
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

    def _blank(self, node: BNode, depth: int, inside: _Inside) -> Markup:
        """What a blank node says, in brackets, lists in parentheses; once, and so much in all."""
        if depth > _DEEPEST or node in inside.told:
            return Markup("[…]")
        inside.told.add(node)
        members = self._members(node)
        if members is not None:
            told = self._within([(member,) for member in members], depth, inside)
            return Markup('<span class="blank">( {} )</span>').format(Markup(" ").join(told))
        said = [(p, o) for _, p, o in self.inside.get(node, ()) if (p, o) != (RDF.type, RDF.List)]
        told = self._within(said, depth, inside)
        return Markup('<span class="blank">[ {} ]</span>').format(Markup(" ; ").join(told))

    def _within(self, said: Iterable[tuple[Node, ...]], depth: int, inside: _Inside) -> Iterator[Markup]:
        """Terms side by side, with a sign where there is no room for more."""
        for terms in said:
            if inside.left <= 0:
                yield Markup("…")
                return
            inside.left -= len(terms)
            yield Markup(" ").join(
                self._blank(each, depth + 1, inside) if isinstance(each, BNode) else self.term(each)
                for each in terms
            )

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
