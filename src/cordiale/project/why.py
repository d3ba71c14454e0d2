"""Why something holds in a project: its proof, with the places in the files that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast
from typing import Literal as OneOf

from rdflib import RDF, XSD, BNode, Dataset, Literal, URIRef

from cordiale.model.errors import NotFoundError, SourceError, UnprovenError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof
from cordiale.model.settings import Settings
from cordiale.model.sources import source_of
from cordiale.model.terms import Node, Triple
from cordiale.project.names import Names
from cordiale.publish.proof_graph import proof_mermaid, proof_prov
from cordiale.publish.proof_text import proof_json, proof_text
from cordiale.publish.term_text import term_text
from cordiale.read.mapping_evidence import evidence_text
from cordiale.read.turtle import read_turtle

if TYPE_CHECKING:
    from cordiale.closure.proofs.proofs import Pattern

__all__ = ["ProofFormat", "Why", "read_object", "read_predicate", "read_subject", "unproven"]

ProofFormat: TypeAlias = OneOf["text", "json", "prov", "mermaid"]

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|true|false")


@dataclass(frozen=True, kw_only=True, eq=False)
class Why:
    """The proof of a triple, or of a clash, and where each triple that it rests on stands in the files.

    ``evidence`` is what rows of mapping sets say of themselves, by their places.
    ``supports`` are all minimal sets of sources that suffice for the triple, or when ``truncated`` those that
    are kept; and ``support`` the one that this proof needs no other than; ``None`` where that was not asked.
    """

    proof: Proof
    places: Mapping[Triple, tuple[Place, ...]]
    evidence: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)
    supports: tuple[tuple[str, ...], ...] = ()
    truncated: bool = False
    support: tuple[str, ...] | None = None
    _names: Names = field(repr=False)
    _settings: Settings = field(repr=False)
    _prefixes: Mapping[str, str] = field(repr=False)

    @property
    def sources(self) -> tuple[URIRef, ...]:
        """The sources that state what the proof rests on, by name."""
        return tuple(sorted({self._source(place) for places in self.places.values() for place in places}))

    def __str__(self) -> str:
        """The proof as a tree of text, and the sets of sources that suffice."""
        tree = proof_text(self.proof, self._places, self._short, self._told)
        sets = [_joined(each) for each in self.supports]
        if not sets or self.support is not None:
            return tree
        heading = "rests on" if len(sets) == 1 else f"rests on any of {len(sets)} sets of sources"
        if self.truncated:
            heading += ", and maybe of others: no more are kept"
        return "\n".join((tree.rstrip("\n"), "", heading, *(f"  {each}" for each in sets))) + "\n"

    def write(self, fmt: ProofFormat = "text") -> str:
        """The proof as text, JSON, PROV-O in Turtle, or a Mermaid flowchart."""
        if fmt == "json":
            return proof_json(
                self.proof,
                self._places,
                self.supports,
                truncated=self.truncated,
                evidence=self.evidence,
            )
        if fmt == "prov":
            return proof_prov(self.proof, self._places, self._source, self._prefixes, self._told)
        if fmt == "mermaid":
            return proof_mermaid(self.proof, self._places, self._short, self._told)
        return str(self)

    def _places(self, triple: Triple) -> tuple[Place, ...]:
        return self.places.get(triple, ())

    def _told(self, place: Place) -> str:
        """The place; behind that of a mapping, why it was made, by whom, when."""
        said = evidence_text(self.evidence.get(place, {}))
        return f"{place} ({said})" if said else str(place)

    def _source(self, place: Place) -> URIRef:
        return URIRef(self._settings.sources + source_of(place))

    def _short(self, term: Node) -> str:
        if isinstance(term, URIRef):
            return self._names.shorten(term)
        text = term_text(term)
        if isinstance(term, Literal) and term.datatype is not None:
            text = text.replace(term_text(term.datatype), self._names.shorten(term.datatype))
        return text


def _joined(sources: tuple[str, ...]) -> str:
    return " + ".join(sources) or "no source: what is trusted suffices"


def read_subject(name: str, names: Names, prefixes: Mapping[str, str]) -> Node:
    """The thing that a label, a CURIE, a slug, an IRI, or ``_:`` with a blank node's label means.

    A term of a vocabulary that no triple has, such as owl:Thing, is found by its CURIE.

    Raises:
        NotFoundError, UsageError: as ``Names.expand``.
    """
    if name.startswith("_:"):
        return BNode(name[2:])
    try:
        return names.expand(name)
    except NotFoundError:
        prefix, _, local = name.partition(":")
        if local and prefix and prefix in prefixes:
            return URIRef(prefixes[prefix] + local)
        raise


def read_predicate(name: str, names: Names, prefixes: Mapping[str, str]) -> Node:
    """The property that a name means, as a subject; ``a`` is rdf:type.

    Raises:
        NotFoundError, UsageError: as ``Names.expand``.
    """
    return RDF.type if name == "a" else read_subject(name, names, prefixes)


def read_object(name: str, names: Names, prefixes: Mapping[str, str]) -> Node:
    """The literal that a text in Turtle's form means, or else the thing, as a subject.

    Raises:
        UsageError: C514, a quoted text is no literal in Turtle.
        NotFoundError, UsageError: as ``Names.expand``.
    """
    if name[:1] in ('"', "'") or _NUMBER.fullmatch(name):
        return _literal(name, prefixes)
    return read_subject(name, names, prefixes)


def _literal(text: str, prefixes: Mapping[str, str]) -> Node:
    declared = "".join(
        f"@prefix {prefix}: <{space}> .\n" for prefix, space in {"xsd": str(XSD), **prefixes}.items()
    )
    try:
        file = read_turtle(f"{declared}<x:s> <x:p> {text} .", path="argument", base="x:")
    except SourceError as error:
        raise _no_literal(text) from error
    if len(file.triples) != 1:
        raise _no_literal(text)
    return file.triples[0][2]


def _no_literal(text: str) -> UsageError:
    return UsageError(
        Problem(
            code="C514",
            message=f"{text} is no literal",
            remedy='write it as in Turtle: "text"@en, "2025-07-09"^^xsd:date, 42',
        )
    )


def unproven(
    triple: Triple,
    asserted: Dataset,
    inferred: Iterator[Triple],
    names: Names,
    misses: Iterable[tuple[str, tuple[Triple, ...], Pattern]] = (),
) -> UnprovenError:
    """The error C605: nothing states the triple and it does not follow; with what is nearest to it.

    ``misses`` are rules that would conclude it, what holds of their premises, and the one that is missing.
    """

    def short(term: Node) -> str:
        return names.shorten(term) if isinstance(term, URIRef) else term_text(term)

    near = sorted(_near(triple, asserted, inferred), key=lambda held: [term_text(term) for term in held])[:3]
    said = " ".join(map(short, triple))
    held = "; ".join(" ".join(map(short, each)) for each in near)
    remedy = f"what holds: {held}" if held else "nothing like it holds"
    for rule, holds, missing in misses:
        wanted = " ".join("?" if term is None else short(term) for term in missing)
        given = "; ".join(" ".join(map(short, each)) for each in holds)
        remedy += f"\n  {rule} would conclude it from: {given}; what is missing is {wanted}"
    return UnprovenError(
        Problem(
            code="C605",
            message=f"no source states {said}, and it does not follow by the rules",
            remedy=remedy,
        )
    )


def _near(triple: Triple, asserted: Dataset, inferred: Iterator[Triple]) -> set[Triple]:
    """The triples between the two things; where there are none, those of the subject with the predicate."""
    subject, predicate, object_ = triple
    between: set[Triple] = set()
    alike: set[Triple] = set()
    stated = (cast(Triple, held) for held in asserted.triples((None, None, None)))
    for held in (*stated, *inferred):
        if {held[0], held[2]} == {subject, object_}:
            between.add(held)
        elif held[:2] == (subject, predicate):
            alike.add(held)
    return between or alike
