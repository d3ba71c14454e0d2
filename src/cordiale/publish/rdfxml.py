"""RDF/XML, plain and sorted: one rdf:Description a subject, one property element a triple.

rdflib's own writer is not used: it writes a control character, or an & in a datatype or a namespace, as it
stands, and the file is no XML.
"""

import re
from collections.abc import Collection, Mapping
from itertools import count
from typing import NoReturn
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, BNode, Literal, URIRef

from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple, term_key
from cordiale.publish.nesting import by_subject
from cordiale.publish.quads import node_number
from cordiale.publish.turtle_writer import predicate_key

__all__ = ["write_rdfxml"]

# Char of XML 1.0, section 2.2.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Letters of Latin, Greek, Cyrillic and Chinese that are name characters in all editions of XML 1.0: the
# fifth allows more, but expat, and so Python and rdflib, reads by the fourth.
_LETTERS = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0391-\u03a1\u03a3-\u03ce\u0410-\u044f\u4e00-\u9fa5"
)
_NAME = re.compile(f"[{_LETTERS}][{_LETTERS}0-9.\u00b7-]*")
_LAST_NAME = re.compile(f"[{_LETTERS}][{_LETTERS}0-9.\u00b7-]*\\Z")
# Namespaces in XML 1.0, section 3: these two are not ours to bind.
_RESERVED = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
# RDF/XML, section 7.2.2: names that are syntax, and rdf:li, which would come back as rdf:_1.
_SYNTAX = {
    f"{RDF}{name}"
    for name in (
        *("Description", "RDF", "ID", "about", "aboutEach", "aboutEachPrefix", "bagID"),
        *("datatype", "li", "nodeID", "parseType", "resource"),
    )
}
_REMEDY = "export as Turtle or N-Triples, which take every graph"


def write_rdfxml(triples: Collection[Triple], prefixes: Mapping[str, str]) -> str:
    """One graph as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), to be encoded as UTF-8.

    ``triples`` are ``checked`` and ``stably_labelled``.

    Raises:
        CordialeError: C195 (a predicate that is no XML name), C196 (a character that XML 1.0 cannot hold).
    """
    names, namespaces = _names({URIRef(predicate) for _, predicate, _ in triples}, prefixes)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<rdf:RDF"]
    lines.extend(f"    xmlns:{prefix}={_attribute(iri)}" for prefix, iri in sorted(namespaces.items()))
    lines[-1] += ">"
    properties = by_subject(triples)
    for subject in sorted(properties, key=_subject_key):
        lines.append(f"  <rdf:Description {_reference(subject, 'rdf:about')}>")
        for predicate, object_ in sorted(properties[subject], key=_property_key):
            lines.append(f"    {_element(names[predicate], object_)}")
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _names(
    predicates: Collection[URIRef], prefixes: Mapping[str, str]
) -> tuple[dict[URIRef, str], dict[str, str]]:
    """The name of each predicate as an element, and the namespaces that takes."""
    # Prefixes that begin with xml are reserved; the longest namespace wins, then the first prefix.
    known = sorted(
        (-len(iri), prefix, iri)
        for prefix, iri in prefixes.items()
        if iri not in ("", *_RESERVED)
        and _NAME.fullmatch(prefix)
        and not prefix.lower().startswith("xml")
        and prefix != "rdf"
    )
    known.append((0, "rdf", str(RDF)))
    namespaces = {"rdf": str(RDF)}
    names = {}
    for predicate in sorted(predicates):
        fits = (
            (prefix, namespace)
            for _, prefix, namespace in known
            if predicate.startswith(namespace) and _NAME.fullmatch(predicate, len(namespace))
        )
        fit = next(fits, None)
        if fit is None:
            fit = _split(predicate, {*prefixes, *namespaces})
            known.append((0, *fit))
        prefix, namespace = fit
        if str(predicate) in _SYNTAX or namespace in _RESERVED:
            _refuse(predicate)
        namespaces[prefix] = namespace
        names[predicate] = f"{prefix}:{predicate[len(namespace) :]}"
    return names, namespaces


def _split(predicate: URIRef, taken: Collection[str]) -> tuple[str, str]:
    """A new prefix for what stands before the longest name at the end of an IRI."""
    found = _LAST_NAME.search(predicate)
    if not found or not found.start():
        _refuse(predicate)
    prefix = next(name for number in count(1) if (name := f"ns{number}") not in taken)
    return prefix, predicate[: found.start()]


def _refuse(predicate: URIRef) -> NoReturn:
    raise CordialeError(
        Problem(code="C195", message=f"RDF/XML cannot name the predicate <{predicate}>", remedy=_REMEDY)
    )


def _element(name: str, object_: Node) -> str:
    if not isinstance(object_, Literal):
        return f"<{name} {_reference(object_, 'rdf:resource')}/>"
    attribute = ""
    if object_.language:
        attribute = f" xml:lang={_attribute(object_.language)}"
    elif object_.datatype is not None:
        attribute = f" rdf:datatype={_attribute(object_.datatype)}"
    # A bare carriage return would come back as a line feed (XML 1.0, section 2.11).
    return f"<{name}{attribute}>{escape(_legal(object_), {chr(13): '&#13;'})}</{name}>"


def _reference(term: Node, attribute: str) -> str:
    return f'rdf:nodeID="{term}"' if isinstance(term, BNode) else f"{attribute}={_attribute(term)}"


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    if found := _NO_CHARACTER.search(text):
        shown = text if len(text) < 60 else f"{text[:57]}..."
        raise CordialeError(
            Problem(
                code="C196",
                message=f"XML 1.0 has no character U+{ord(found[0]):04X}, which stands in {shown!r}",
                remedy=_REMEDY,
            )
        )
    return text


def _subject_key(subject: Node) -> tuple[int, str]:
    return (node_number(subject), "") if isinstance(subject, BNode) else (0, subject)


def _property_key(pair: tuple[URIRef, Node]) -> tuple[tuple[int, str], tuple[int, int, str, str, str]]:
    predicate, object_ = pair
    kind, text, datatype, language = term_key(object_)
    number = node_number(object_) if isinstance(object_, BNode) else 0
    return predicate_key(predicate), (kind, number, "" if number else text, datatype, language)
