"""The conformance cases of OWL 2 RL as values, read from the manifests of the two suites."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
from rdflib import OWL, RDF, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple

__all__ = ["Case", "Kind", "rdfbased_cases", "read_rdf", "working_group_cases"]

_TEST = "http://www.w3.org/2007/OWL/testOntology#"
_ONE_QUOTED_ENTITY = re.compile(rb"(<!ENTITY \w+ )'([^']*)'")
# Proposed, never approved: its premise has rdf:RDF elements within one another.
_NO_RDF_XML = frozenset({"FS2RDF-literals-ar"})
_TURTLE, _RDF_XML = ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML


class Kind(StrEnum):
    """What a case asks of a reasoner."""

    POSITIVE = "entails"
    NEGATIVE = "entails-not"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question: does the premise entail the conclusion, or is it consistent?

    ``iri`` names the test, of which a case is one unit; ``profiles`` and ``semantics`` are the W3C
    manifest's words. The premise holds what it imports. The conclusion has no ontology header.
    """

    iri: str
    kind: Kind
    premise: tuple[Triple, ...]
    conclusion: tuple[Triple, ...] = ()
    profiles: frozenset[str] = frozenset()
    semantics: frozenset[str] = frozenset()
    is_approved: bool = True

    @property
    def id(self) -> str:
        """The name in reports."""
        return f"{self.iri}|{self.kind}"


def read_rdf(
    data: bytes | str, *, rdf_format: ox.RdfFormat, base: str, prefix: str = "b"
) -> tuple[Triple, ...]:
    """The triples of a document in its order, with lexical forms as written and stable blank nodes."""
    numbers: dict[str, int] = {}

    def node(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(f"{prefix}{numbers.setdefault(term.value, len(numbers))}")
        assert isinstance(term, ox.Literal)
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = URIRef(term.datatype.value)
        literal = Literal(term.value, datatype=datatype, normalize=False)
        if str(literal) != term.value:  # the constructor takes white space out of an xsd:token all the same
            literal = Literal(term.value)
            literal.__setstate__((None, {"language": None, "datatype": datatype}))
        return literal

    quads = ox.parse(data, format=rdf_format, base_iri=base)
    return tuple((node(quad.subject), node(quad.predicate), node(quad.object)) for quad in quads)


def rdfbased_cases(folder: Path) -> tuple[Case, ...]:
    """Schneider's suite for the OWL 2 RDF-Based Semantics, the part that is for OWL 2 RL, by name.

    ``folder`` holds one folder a test: ``NAME.metadata.properties`` and its graphs.
    """
    kinds = {"POSITIVE_ENTAILMENT": Kind.POSITIVE, "INCONSISTENCY": Kind.INCONSISTENT}
    cases = []
    for metadata in sorted(folder.glob("*/*.metadata.properties")):
        entries = {entry.get("key"): entry.text or "" for entry in ElementTree.parse(metadata).iter("entry")}
        if "OWL2RL" not in entries["testcase.entailmentregimeset"].split("+"):
            continue
        name, kind = entries["testcase.id"], kinds[entries["testcase.type"]]

        def graph(part: str, metadata: Path = metadata, name: str = name) -> tuple[Triple, ...]:
            data = metadata.with_name(f"{name}.{part}graph.ttl").read_bytes()
            return read_rdf(data, rdf_format=_TURTLE, base="http://www.example.org", prefix=part[:1])

        is_positive = kind is Kind.POSITIVE
        cases.append(
            Case(
                iri=name,
                kind=kind,
                premise=graph("premise" if is_positive else ""),
                conclusion=_without_header(graph("conclusion")) if is_positive else (),
            )
        )
    return tuple(cases)


def working_group_cases(manifest: bytes, *, functional: Mapping[str, str]) -> tuple[Case, ...]:
    """The cases of the OWL Working Group, one for each question that a test asks, by name.

    ``functional`` has the premise in Turtle of each test that the manifest has in functional syntax only.
    """
    # The manifest quotes its entities as XML allows and the strict parser does not.
    graph = read_rdf(_ONE_QUOTED_ENTITY.sub(rb'\1"\2"', manifest), rdf_format=_RDF_XML, base=_TEST)
    nodes: dict[Node, dict[str, list[Node]]] = {}
    for subject, predicate, object_ in graph:
        nodes.setdefault(subject, {}).setdefault(str(predicate).removeprefix(_TEST), []).append(object_)
    tests = [test for test in nodes.values() if _words(test, "identifier") - _NO_RDF_XML]
    cases = [case for test in tests for case in _questions(test, nodes, functional)]
    return tuple(sorted(cases, key=lambda case: case.id))


def _questions(
    test: Mapping[str, list[Node]],
    nodes: Mapping[Node, Mapping[str, list[Node]]],
    functional: Mapping[str, str],
) -> Iterator[Case]:
    (name,) = _words(test, "identifier")
    base = f"http://owl.semanticweb.org/id/{name.replace(' ', '-')}"

    def ontology(of: Mapping[str, list[Node]], role: str, *, prefix: str = "b") -> tuple[Triple, ...]:
        texts = of.get(f"rdfXml{role}Ontology")
        if texts is None:
            return read_rdf(functional[name], rdf_format=_TURTLE, base=base)
        return read_rdf(texts[0], rdf_format=_RDF_XML, base=base, prefix=prefix)

    types = _words(test, str(RDF.type))
    if not types & {f"{kind}Test" for kind in _ROLES}:
        return
    if "rdfXmlPremiseOntology" not in test and name not in functional:
        return  # direct semantics only, or not of the RL profile
    premise = ontology(test, "Premise")
    for number, imported in enumerate(nodes[node] for node in test.get("importedOntology", [])):
        # Some tests are about what does not follow because it is not imported.
        if "rdfXmlInputOntology" in imported and _imports(premise) & set(imported["importedOntologyIRI"]):
            premise += ontology(imported, "Input", prefix=f"i{number}b")
    for word, (kind, role) in _ROLES.items():
        if f"{word}Test" in types and (role is None or f"rdfXml{role}Ontology" in test):
            yield Case(
                iri=name,
                kind=kind,
                premise=premise,
                conclusion=_without_header(ontology(test, role)) if role else (),
                profiles=frozenset(_words(test, "profile")),
                semantics=frozenset(_words(test, "semantics")),
                is_approved="Approved" in _words(test, "status"),
            )


_ROLES: Mapping[str, tuple[Kind, str | None]] = {
    "PositiveEntailment": (Kind.POSITIVE, "Conclusion"),
    "NegativeEntailment": (Kind.NEGATIVE, "NonConclusion"),
    "Consistency": (Kind.CONSISTENT, None),
    "Inconsistency": (Kind.INCONSISTENT, None),
}


def _imports(triples: Iterable[Triple]) -> set[Node]:
    return {object_ for _, predicate, object_ in triples if predicate == OWL.imports}


def _words(test: Mapping[str, list[Node]], key: str) -> set[str]:
    return {str(term).removeprefix(_TEST) for term in test.get(key, [])}


def _without_header(triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The triples without the typing and the imports of ontologies, as the suites are scored."""
    return tuple(t for t in triples if t[1] != OWL.imports and t[1:] != (RDF.type, OWL.Ontology))
