"""How a validation result is put into words: short names, one language, the remedy apart."""

import re
from collections.abc import Iterable

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from cordiale.model.terms import Node

__all__ = ["Names", "in_english", "parted"]

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]*[^\s<>\"{}|\\^`.,;:!?)'’]")

_LONGEST = 60  # characters of a literal that are shown

_REPEATED: dict[object, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


class Names:
    """Short names for the terms of some graphs, by the prefixes that these graphs bind."""

    def __init__(self, *graphs: Graph) -> None:
        spaces = {str(space): prefix for graph in graphs for prefix, space in graph.namespaces()}
        self._spaces = sorted(spaces.items(), key=lambda pair: (-len(pair[0]), pair))

    def term(self, term: Node) -> str:
        """A CURIE or ``<IRI>``; a literal in quotes, cut when long, with its tag or datatype.

        >>> from rdflib import XSD
        >>> Names(Graph()).term(Literal("1901", datatype=XSD.gYear))
        '"1901"^^xsd:gYear'
        """
        if isinstance(term, URIRef):
            return self._curie(str(term)) or f"<{term}>"
        if isinstance(term, BNode):
            return f"_:{term}"
        text = str(term) if len(term) <= _LONGEST else f"{term[: _LONGEST - 1]}…"
        tag = f"@{term.language}" if term.language else ""
        return f'"{text}"{tag}' + (f"^^{self.term(term.datatype)}" if term.datatype else "")

    def path(self, shapes: Graph, path: Node) -> str:
        """A path of the shapes graph as SPARQL writes it (SHACL, section 2.3.1)."""
        if not isinstance(path, BNode):
            return self.term(path)
        if (path, RDF.first, None) in shapes:
            return "/".join(self.path(shapes, step) for step in _members(shapes, path))
        for predicate, object_ in shapes.predicate_objects(path):
            if predicate == SH.alternativePath:
                return "(" + "|".join(self.path(shapes, way) for way in _members(shapes, object_)) + ")"
            if predicate == SH.inversePath:
                return "^" + self.path(shapes, _node(object_))
            if predicate in _REPEATED:
                return self.path(shapes, _node(object_)) + _REPEATED[predicate]
        return self.term(path)

    def shortened(self, text: str) -> str:
        """The text with its IRIs, bare or in angle brackets, as CURIEs where there is a prefix for them.

        pySHACL writes the IRI in full where a message says ``{?value}``.
        """
        text = re.sub(r"<([^<>\s]+)>", lambda found: self._curie(found[1]) or found[0], text)
        return _IRI.sub(lambda found: self._curie(found[0]) or found[0], text)

    def _curie(self, iri: str) -> str:
        """The CURIE of an IRI; empty when no prefix leaves a plain local name."""
        for space, prefix in self._spaces:
            if iri.startswith(space) and re.fullmatch(r"[\w.-]*\w", iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return ""


def in_english(messages: Iterable[Literal], templates: Iterable[Literal]) -> str:
    """The English one of a result's messages, else one without a language, else the first of any; or ``""``.

    pySHACL drops the language tag of a message when it fills in a variable. So ``templates``, what the
    shapes graph has for ``sh:message``, say in which language a message was.
    """
    patterns = [(_pattern(template), template.language) for template in templates]

    def rank(message: Literal) -> tuple[int, str]:
        languages = [language for pattern, language in patterns if pattern.fullmatch(message)]
        language = message.language or next(iter(sorted(filter(None, languages))), None)
        if language is None:
            return 1, str(message)
        return (0 if language.lower().split("-")[0] == "en" else 2), str(message)

    return str(min(messages, key=rank, default=""))


def parted(message: str) -> tuple[str, str]:
    """What is wrong, and what to write instead: the parts before and after the first ``; `` or ``: ``.

    Signs between double quotes do not part: a value may hold them. Without a sign the second is empty.

    >>> parted('"a: b" is no year: write "1607"^^xsd:gYear; put a disputed one in ex:openedNote.')
    ('"a: b" is no year', 'write "1607"^^xsd:gYear; put a disputed one in ex:openedNote.')
    >>> parted("The year is missing.")
    ('The year is missing.', '')
    """
    found = re.match(r'((?:[^";:]|"[^"]*"|["]|[;:](?!\s))+)[;:]\s+(.+)', message, re.DOTALL)
    return (found[1], found[2]) if found else (message, "")


def _pattern(template: Literal) -> re.Pattern[str]:
    """What a message looks like once its variables are filled in."""
    fixed = re.split(r"\{[?$][^{}]+\}", template)
    return re.compile(".*".join(re.escape(part) for part in fixed), re.DOTALL)


def _members(shapes: Graph, head: object) -> list[Node]:
    return [_node(member) for member in shapes.items(_node(head))]


def _node(term: object) -> Node:
    assert isinstance(term, URIRef | BNode | Literal)  # rdflib types what a graph holds more widely
    return term
