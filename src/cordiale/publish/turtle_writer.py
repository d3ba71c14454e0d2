"""Turtle and TriG in the house style, the same bytes for the same graph.

Prefixes in alphabetical order, only those used; an ontology first, then subjects by IRI, then blank nodes;
each subject alone on its line, one predicate a line, `` ;`` after each, and a lone full stop. Predicates:
``a``, labels, definition, notes and examples, axioms (rdfs: and owl:), facts by IRI, mappings, and
dcterms:source last. Objects: English, French, then sorted.

Several objects share a line when they are types, or texts with a language, and it fits 110 columns; otherwise
each has a line of its own, so that one more is one more line. So do the members of a list past 60 columns.

A short form (5, 1.50, true) stands only where rdflib and Oxigraph read the same lexical form back; rdflib
rewrites nearly every double, so doubles are quoted. This is also why rdflib's own writers are not used: its
Turtle and TriG writers turn ``"1.5"^^xsd:double`` into 1.5e+00 and ``"1"^^xsd:boolean`` into an integer.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple, term_key
from cordiale.publish.blank_nodes import relabelled
from cordiale.publish.nesting import Nesting, by_subject, nest
from cordiale.publish.prefixing import Prefixes
from cordiale.publish.quads import Quad, by_graph, checked, node_number, shared_nodes
from cordiale.publish.term_text import iri_text, long_string_text, string_text

__all__ = ["predicate_key", "write_trig", "write_turtle"]

_WIDTH = 110
_LIST_WIDTH = 60
_STEP = "    "

_FIRST: tuple[URIRef, ...] = (
    RDF.type,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.definition,
    SKOS.scopeNote,
    SKOS.example,
)
_AXIOMS = (str(RDFS), str(OWL))
_MAPPING = re.compile(f"{re.escape(str(SKOS))}[a-z]+Match")
_LANGUAGES = ("en", "fr")
_SHORT_FORMS = {
    # At most 100 digits: Python's int() refuses to read more than some thousands.
    XSD.integer: re.compile("0|-?[1-9][0-9]{0,99}"),
    XSD.decimal: re.compile(r"-?(0|[1-9][0-9]{0,99})\.[0-9]{1,100}"),
    XSD.boolean: re.compile("true|false"),
}


def write_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """One graph as Turtle (https://www.w3.org/TR/turtle/); isomorphic graphs give the same text.

    >>> ex = "https://example.org/"
    >>> print(write_turtle([(URIRef(ex + "pont"), RDFS.label, Literal("Pont", lang="fr"))],
    ...                    {"ex": ex, "rdfs": str(RDFS), "owl": str(OWL)}), end="")
    @prefix ex: <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    ex:pont
        rdfs:label "Pont"@fr ;
    .

    Raises:
        CordialeError: C191 to C193 (not RDF), C194 (blank nodes that cannot be told apart).
    """
    return write_trig(relabelled(checked((s, p, o, None) for s, p, o in triples)), prefixes)


def write_trig(quads: Collection[Quad], prefixes: Mapping[str, str]) -> str:
    """A dataset as TriG (https://www.w3.org/TR/trig/), the default graph first, then the others by name.

    ``quads`` are ``checked`` and ``relabelled``.
    """
    graphs = by_graph(quads)
    shared = shared_nodes(graphs)
    properties = {name: by_subject(graph) for name, graph in graphs.items()}
    nestings = {name: nest(pairs, shared) for name, pairs in properties.items()}
    nodes = {term for quad in quads for term in quad if isinstance(term, BNode)}
    nodes.difference_update(*(nesting.unlabelled for nesting in nestings.values()))
    labels = {node: f"_:b{number}" for number, node in enumerate(sorted(nodes, key=node_number), 1)}
    used = Prefixes(prefixes)
    blocks: list[str] = []
    for name in graphs:
        layout = _Layout(properties=properties[name], nesting=nestings[name], labels=labels, prefixes=used)
        if name is None:
            blocks.extend(layout.blocks(""))
        else:
            inside = "\n\n".join(layout.blocks(_STEP))
            blocks.append(f"{layout.term(name)} {{\n{inside}\n}}")
    header = "".join(f"@prefix {prefix}: {iri_text(iri)} .\n" for prefix, iri in used.used())
    return "\n".join(([header] if header else []) + [f"{block}\n" for block in blocks])


def predicate_key(predicate: URIRef) -> tuple[int, str]:
    """Where a predicate stands among those of its subject."""
    if predicate in _FIRST:
        return _FIRST.index(predicate), ""
    if str(predicate).startswith(_AXIOMS):
        return 10, predicate
    if predicate == DCTERMS.source:
        return 13, ""
    return (12 if _MAPPING.fullmatch(predicate) else 11), predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """One graph on its way to text."""

    properties: Mapping[Node, Sequence[tuple[URIRef, Node]]]
    nesting: Nesting
    labels: Mapping[BNode, str]
    prefixes: Prefixes

    def blocks(self, indent: str) -> list[str]:
        """The text of each subject that stands on its own, in order, indented."""
        inside = self.nesting.inline | self.nesting.cells
        found = []
        for subject in self.properties:
            if isinstance(subject, BNode) and subject in inside:
                continue
            text = "\n".join(
                [f"{indent}{self.term(subject)}", *self.statements(subject, indent + _STEP), f"{indent}."]
            )
            found.append((self._subject_key(subject), text))
        return [text for _, text in sorted(found)]

    def statements(self, subject: Node, indent: str) -> list[str]:
        """The predicates of a subject with their objects, a line or more each."""
        objects: dict[URIRef, list[Node]] = {}
        for predicate, object_ in self.properties.get(subject, ()):
            objects.setdefault(predicate, []).append(object_)
        return [self._statement(p, objects[p], indent) for p in sorted(objects, key=predicate_key)]

    def _statement(self, predicate: URIRef, objects: Sequence[Node], indent: str) -> str:
        verb = "a" if predicate == RDF.type else self.term(predicate)
        if len(objects) == 1:
            return f"{indent}{verb} {self.object(objects[0], indent)} ;"
        deeper = indent + _STEP
        found = [(object_, self.object(object_, deeper)) for object_ in objects]
        texts = [text for _, text in sorted((self._object_key(*pair), pair[1]) for pair in found)]
        line = f"{indent}{verb} {' , '.join(texts)} ;"
        short = predicate == RDF.type or all(isinstance(o, Literal) and o.language for o in objects)
        if short and "\n" not in line and len(line) <= _WIDTH:
            return line
        # A bracket that opens on the predicate's line would close at another depth than the ones below it.
        nested = any(isinstance(object_, BNode) and "\n" in text for object_, text in found)
        start = f"\n{deeper}" if nested else " "
        return f"{indent}{verb}{start}" + f" ,\n{deeper}".join(texts) + " ;"

    def object(self, term: Node, indent: str) -> str:
        """An object, with what is nested in it; ``indent`` is that of the line it starts on."""
        if isinstance(term, BNode) and term in self.nesting.lists:
            members = [self.object(member, indent + _STEP) for member in self.nesting.lists[term]]
            line = f"( {' '.join(members)} )"
            if "\n" not in line and len(line) <= _LIST_WIDTH:
                return line
            return "\n".join(["(", *(f"{indent}{_STEP}{member}" for member in members), f"{indent})"])
        if isinstance(term, BNode) and term in self.nesting.inline:
            lines = self.statements(term, indent + _STEP)
            return "\n".join(["[", *lines, f"{indent}]"]) if lines else "[]"
        return self.term(term)

    def term(self, term: Node) -> str:
        """A term by itself."""
        if isinstance(term, BNode):
            return self.labels.get(term, "[]")
        if isinstance(term, Literal):
            return self._literal(term)
        return "()" if term == RDF.nil else self.prefixes.curie(term) or iri_text(term)

    def _literal(self, literal: Literal) -> str:
        short = _SHORT_FORMS.get(literal.datatype) if literal.datatype is not None else None
        if short and short.fullmatch(literal):
            return str(literal)
        text = long_string_text(literal) if "\n" in literal else string_text(literal)
        if literal.language:
            return f"{text}@{literal.language}"
        return text if literal.datatype is None else f"{text}^^{self.term(literal.datatype)}"

    def _subject_key(self, subject: Node) -> tuple[bool, int, str]:
        """An ontology, IRIs, blank nodes by what is said of them, labelled ones."""
        plain = (RDF.type, OWL.Ontology) not in self.properties[subject]
        if isinstance(subject, BNode):
            number = node_number(subject) if subject in self.labels else 0
            return plain, 1 + number, ""
        return plain, 0, subject

    def _object_key(self, term: Node, text: str) -> tuple[int, int, int, tuple[int, str, str, str]]:
        """English, French, then IRIs, labelled blank nodes, nested ones by their text, and literals."""
        last = len(_LANGUAGES)
        if isinstance(term, BNode):
            number = node_number(term) if term in self.labels else 0
            return last, 1 if number else 2, number, (0, "" if number else text, "", "")
        language = term.language or "" if isinstance(term, Literal) else ""
        main = language.lower().partition("-")[0]
        rank = _LANGUAGES.index(main) if main in _LANGUAGES else last
        return rank, 3 if isinstance(term, Literal) else 0, 0, term_key(term)
