"""House rules for how Turtle is written: prefixes, one predicate a line, and an order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS

from cordiale.checks.layout import Layout, Statement, Verb, read_layout
from cordiale.model.problems import Problem, Severity
from cordiale.read.text import Lines

__all__ = ["StyleFile", "check_turtle_style", "ordered", "subject_key", "verb_key"]

_AXIOMS = (
    "AllDifferent",
    "AllDisjointClasses",
    "AllDisjointProperties",
    "Axiom",
    "NegativePropertyAssertion",
)
_FIRST = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SKOS.example)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleFile:
    """A Turtle file to be held against the house rules.

    The blocks of an ordered file stand by IRI: those of ontology, shapes and the trusted sources. In what a
    document says, they follow the document.
    """

    path: str
    text: str
    is_ordered: bool
    may_have_blank_subjects: bool


def check_turtle_style(file: StyleFile, languages: Sequence[str]) -> tuple[Problem, ...]:
    """Warnings, each at its place.

    C320 is a prefix that nothing uses, C321 one out of order, C322 a block out of order, C323 a subject that
    is not alone on its line, C324 a predicate on the line of another, or a block without its `` ;`` and lone
    full stop, C325 a predicate out of order, C326 a language out of order, C327 a blank node as a subject.
    """
    layout = read_layout(file.text)
    rules = _Rules(file, layout, languages)
    return (*rules.prefixes(), *rules.blocks(), *rules.lines(), *rules.verbs())


def ordered(layout: Layout) -> list[Statement]:
    """The blocks that have a place in the order: those about a name, but for axioms of OWL about several."""
    axioms = {str(OWL[kind]) for kind in _AXIOMS}
    return [
        each
        for each in layout.statements
        if layout.iri(each.subject[0].text) and not axioms.intersection(_types(layout, each))
    ]


def subject_key(layout: Layout, statement: Statement) -> tuple[bool, str]:
    """Where a block stands: an ontology first, then by IRI."""
    return str(OWL.Ontology) not in _types(layout, statement), layout.iri(statement.subject[0].text)


def verb_key(layout: Layout, verb: Verb) -> int:
    """Where a predicate stands: type, labels, definition, notes, what else is said, and the source last."""
    iri = str(RDF.type) if verb.name == "a" else layout.iri(verb.name)
    if iri == str(DCTERMS.source):
        return len(_FIRST) + 1
    return next((rank for rank, first in enumerate(_FIRST) if str(first) == iri), len(_FIRST))


def _types(layout: Layout, statement: Statement) -> list[str]:
    names = [t.text for verb in statement.verbs if verb.name == "a" for each in verb.objects for t in each]
    return [layout.iri(name) for name in names]


class _Rules:
    def __init__(self, file: StyleFile, layout: Layout, languages: Sequence[str]) -> None:
        self._file = file
        self._layout = layout
        self._languages = languages
        self._lines = Lines(file.text)

    def prefixes(self) -> Iterator[Problem]:
        # A file that says nothing yet declares what it will use.
        for prefix in self._layout.prefixes if self._layout.statements else ():
            if prefix.name not in self._layout.used:
                yield self._warning(
                    "C320", f'nothing uses the prefix "{prefix.name}"', "take it out", prefix.start
                )
        for before, prefix in pairwise(self._layout.prefixes):
            if prefix.name < before.name:
                message = f'the prefix "{prefix.name}" stands after "{before.name}"'
                yield self._warning("C321", message, "put them in alphabetical order", prefix.start)

    def blocks(self) -> Iterator[Problem]:
        for before, block in pairwise(ordered(self._layout)) if self._file.is_ordered else ():
            if subject_key(self._layout, block) < subject_key(self._layout, before):
                message = f"{block.subject[0].text} stands after {before.subject[0].text}"
                yield self._warning("C322", message, "put the blocks in the order of their IRIs", block.start)
        for block in self._layout.statements:
            if not self._file.may_have_blank_subjects and block.subject[0].text.startswith(("_:", "[")):
                message = "a blank node has no name that another file could use"
                yield self._warning("C327", message, "give it an IRI", block.start)

    def lines(self) -> Iterator[Problem]:
        for block in self._layout.statements:
            if block.verbs and self._line(block.verbs[0].start) == self._line(block.subject[-1].start):
                message = f"{block.subject[0].text} is not alone on its line"
                yield self._warning("C323", message, "begin a line after it", block.verbs[0].start)
            ends = [verb.end for verb in block.verbs[:-1]]
            for end, verb in zip(ends, block.verbs[1:], strict=True):
                if self._line(end - 1) == self._line(verb.start):
                    message = f"{verb.name} stands on the line of another predicate"
                    yield self._warning("C324", message, "begin a line before it", verb.start)
            if block.verbs:
                stop = block.end - 1
                tail = self._layout.text[block.verbs[-1].end : stop]
                if ";" not in tail or self._layout.text[self._start_of_line(stop) : stop].strip():
                    message = 'a block ends with " ;" and a full stop on a line of its own'
                    yield self._warning("C324", message, 'write " ;", a new line, and "."', stop)

    def verbs(self) -> Iterator[Problem]:
        for block in self._layout.statements:
            for before, verb in pairwise(block.verbs):
                if verb_key(self._layout, verb) < verb_key(self._layout, before):
                    message = f"{verb.name} stands after {before.name}"
                    remedy = "the order is type, labels, definition, notes, what else is said, and the source"
                    yield self._warning("C325", message, remedy, verb.start)
            for verb in block.verbs:
                tagged = [(each, self._rank(each[-1].text)) for each in verb.objects if len(each) > 1]
                for (_, before_rank), (each, rank) in pairwise(tagged):
                    if rank < before_rank:
                        message = f"{each[-1].text[1:]} stands after another language"
                        remedy = f"write the languages in the order {', '.join(self._languages)}"
                        yield self._warning("C326", message, remedy, each[0].start)

    def _rank(self, tag: str) -> int:
        """Where a language stands; what is no tag, and other languages, come last."""
        language = tag.removeprefix("@").lower() if tag.startswith("@") else ""
        return self._languages.index(language) if language in self._languages else len(self._languages)

    def _line(self, offset: int) -> int:
        return self._lines.place("", offset).line or 0

    def _start_of_line(self, offset: int) -> int:
        return self._layout.text.rfind("\n", 0, offset) + 1

    def _warning(self, code: str, message: str, remedy: str, offset: int) -> Problem:
        place = self._lines.place(self._file.path, offset)
        return Problem(code=code, message=message, remedy=remedy, severity=Severity.WARNING, place=place)
