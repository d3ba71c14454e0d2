"""What the pages of the site are made from: terms and facts as they are, in no language yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef

from cordiale.model.places import Place
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple
from cordiale.query.answers import RowSources
from cordiale.trust.conflicts import Conflict, Said

__all__ = [
    "AnswerView",
    "Axiom",
    "Claim",
    "ConflictPage",
    "DocumentPage",
    "FactView",
    "FilePage",
    "IndexPage",
    "ProofView",
    "QuestionPage",
    "RestingOn",
    "RuleUse",
    "ShapeUse",
    "SourceRow",
    "Statement",
    "TermPage",
    "ThingPage",
    "TimeRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """A line of a proof with what it follows from; ``members`` are those of an asserted list.

    ``rule`` is the one that concludes it, none where it is stated; ``again``: it was proved further up.
    """

    triple: Triple
    members: tuple[Node, ...] | None
    rule: str
    link: str
    places: tuple[Place, ...]
    again: bool
    below: tuple["ProofView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A triple with what it rests on.

    ``stated_by`` and ``supports`` are names of sources; ``sources`` all of them that occur in ``supports``.
    ``best`` is the tier of the most reliable one. ``single``: it falls when some one source goes.
    """

    triple: Triple
    anchor: str
    stated_by: tuple[str, ...]
    supports: tuple[tuple[str, ...], ...]
    truncated: bool
    sources: tuple[str, ...]
    best: URIRef | None
    single: bool
    trusted: bool
    disputed: bool
    contested: bool
    places: tuple[Place, ...]
    proof: ProofView | None

    @property
    def predicate(self) -> Node:
        """The property."""
        return self.triple[1]

    @property
    def value(self) -> Node:
        """The value."""
        return self.triple[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """A thing with its dates: each the property and the lexical form; with the first and the last."""

    thing: URIRef
    marks: tuple[tuple[Node, str], ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingPage:
    """A thing, or a part of the facts of one that has very many.

    ``own`` are the facts in the project's words, ``other`` those in public vocabularies; ``disputes``, on
    the first page, all facts of properties that take one value and have several; ``conflicts`` those that it
    has a part in, by IRI; ``incoming`` triples with it as value, of ``incoming_count``. ``about`` are
    schema.org's facts of it.
    """

    thing: URIRef
    path: str
    types: tuple[FactView, ...]
    own: tuple[tuple[Node, tuple[FactView, ...]], ...]
    other: tuple[tuple[Node, tuple[FactView, ...]], ...]
    disputes: tuple[tuple[Node, tuple[FactView, ...]], ...]
    conflicts: tuple[URIRef, ...]
    incoming: tuple[Triple, ...]
    incoming_count: int
    neighbours: tuple[tuple[Node, Node, bool], ...]
    times: tuple[TimeRow, ...]
    about: str
    part: int = 1
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axiom:
    """What is laid down of a term: a key of the site's wording, and the terms that each blank of it takes."""

    key: str
    parts: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeUse:
    """A shape that names a term, and what it says to who breaks it."""

    shape: URIRef
    messages: tuple[Literal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """A conflict rule that names a term: its name, its text and its place."""

    name: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPage:
    """A term of the ontology: its page as a thing, what is laid down of it, and where it is used.

    ``fragment`` is where it stands on the page of all terms, ``kind`` "class", "property" or "other";
    ``uses`` is how many statements about things use it, of which some are ``examples``; ``inferred`` is how
    many inferred facts about things do.
    """

    page: ThingPage
    fragment: str
    kind: str
    definitions: tuple[Literal, ...]
    axioms: tuple[Axiom, ...]
    questions: tuple[URIRef, ...]
    shapes: tuple[ShapeUse, ...]
    rules: tuple[RuleUse, ...]
    uses: int
    inferred: int
    examples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of a document, and what it cites: each with how far it could be read."""

    claim: URIRef
    number: str
    kinds: tuple[Node, ...]
    cites: tuple[tuple[URIRef, Node | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A triple that a document states, and which others state it too."""

    triple: Triple
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingOn:
    """A triple that falls without a document; ``asserted`` where somebody states it."""

    triple: Triple
    asserted: bool
    before: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document: what the catalogue says of it, what it says, and what falls without it.

    ``chains`` tell which documents are out with it. Of the lists at most some hundreds are told, with the
    whole number beside them.
    """

    source: Source
    page: ThingPage
    claims: tuple[Claim, ...]
    alone: tuple[Statement, ...]
    alone_count: int
    shared: tuple[Statement, ...]
    shared_count: int
    falls: tuple[RestingOn, ...]
    falls_count: int
    inferred_alone: int
    survives_count: int
    chains: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """A conflict: its rule where it is one of the project's, and its sides by subject and property."""

    iri: URIRef
    path: str
    conflict: Conflict
    rule: RuleUse | None
    sides: tuple[tuple[Node, Node, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The answer to a question: its columns and rows, or yes or no; or why there is none.

    ``sources`` has what each row, or the yes or no, rests on.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    truth: bool | None = None
    failed: str = ""
    sources: tuple[RowSources, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A stored question with its answer, and the command that asks it."""

    id: str
    iri: URIRef
    path: str
    summary: Mapping[str, str]
    description: str
    parameters: tuple[tuple[str, str], ...]
    text: str
    file: str
    command: str
    answer: AnswerView


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A document in the list of all, with what it carries."""

    source: Source
    tier: URIRef | None
    access: URIRef | None
    publisher: URIRef | None
    states: int
    states_alone: int
    infers_alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    """The text of a file, line by line."""

    file: str
    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """What the front page and the lists are made from; ``groups`` are things by type."""

    asserted: int
    inferred: int
    groups: tuple[tuple[Node | None, tuple[URIRef, ...]], ...]
    terms: tuple[URIRef, ...]
    sources: tuple[SourceRow, ...]
    questions: tuple[QuestionPage, ...]
    conflicts: tuple[ConflictPage, ...]
