"""House rules for what terms and things say of themselves: labels, definitions, names, and whether anything
speaks of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Dataset, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.wording import Names
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.terms import Node
from cordiale.read.naming import is_same_as

__all__ = ["check_vocabulary_style"]

_CLASSES = (OWL.Class, RDFS.Class, RDFS.Datatype)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
_MEMBERS = (OWL.distinctMembers, OWL.members)
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_PROPERTY_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset(["a", "an", "the", "of", "un", "une", "le", "la", "les", "l", "de", "d", "du", "des"])


def check_vocabulary_style(
    data: Dataset, settings: Settings, trusted: Iterable[URIRef], shapes: Iterable[Node], blame: Blame
) -> tuple[Problem, ...]:
    """Warnings of terms, and of things that trusted sources describe; ``shapes`` are nodes that shapes name.

    C330 is a label that a language lacks, C331 one too many, C332 a definition that a language lacks, C333 a
    definition that only repeats the label, C334 a term and C335 a thing that are named unlike others, C336 a
    term that is deprecated for no other, C337 a thing that nothing speaks of, C338 two things said to be the
    same.
    """
    rules = _Rules(data, settings, frozenset(trusted), frozenset(shapes), blame)
    found = (*rules.texts(), *rules.names(), *rules.deprecated(), *rules.orphans(), *rules.same())
    return tuple(dict.fromkeys(found))


class _Rules:
    def __init__(
        self,
        data: Dataset,
        settings: Settings,
        trusted: frozenset[URIRef],
        shapes: frozenset[Node],
        blame: Blame,
    ) -> None:
        self._settings = settings
        self._blame = blame
        self._names = Names(data)
        self._types: defaultdict[Node, set[Node]] = defaultdict(set)
        self._texts: defaultdict[tuple[Node, Node], list[Literal]] = defaultdict(list)
        self._mentioned: set[Node] = set(shapes)
        self._described: set[Node] = set()
        self._deprecated: set[Node] = set()
        self._replaced: set[Node] = set()
        self._same: list[tuple[Node, Node]] = []
        differing: list[Node] = []
        firsts: list[tuple[Node, Node]] = []
        rests: dict[Node, Node] = {}
        for subject, predicate, object_, graph in data.quads():
            if predicate == RDF.type:
                self._types[subject].add(object_)  # type: ignore[index,arg-type] # rdflib types more widely
                if graph in trusted:
                    self._described.add(subject)  # type: ignore[arg-type]
            elif isinstance(object_, Literal):
                if predicate in (RDFS.label, SKOS.definition):
                    self._texts[subject, predicate].append(object_)  # type: ignore[index]
                elif predicate == OWL.deprecated and str(object_) == "true":
                    self._deprecated.add(subject)  # type: ignore[arg-type]
            elif predicate == OWL.sameAs:
                self._same.append((subject, object_))  # type: ignore[arg-type]
            elif predicate in _MEMBERS:
                differing.append(object_)  # type: ignore[arg-type]
            elif predicate == RDF.first:
                firsts.append((subject, object_))  # type: ignore[arg-type]
            elif predicate == RDF.rest:
                rests[subject] = object_  # type: ignore[index,assignment]
            else:
                self._mentioned.add(object_)  # type: ignore[arg-type]
                if predicate == DCTERMS.isReplacedBy:
                    self._replaced.add(subject)  # type: ignore[arg-type]
            if graph not in trusted:
                self._mentioned.add(subject)  # type: ignore[arg-type]
        # That things differ from each other says nothing of them.
        cells: set[Node] = set()
        while differing:
            cell = differing.pop()
            if cell not in cells and cell in rests:
                differing.append(rests[cell])
            cells.add(cell)
        self._mentioned.update(member for cell, member in firsts if cell not in cells)
        self._terms = self._sorted(settings.terms)
        self._things = [
            thing
            for thing in self._sorted(settings.things)
            # What is of types of OWL alone is an axiom about things.
            if thing in self._described and any(not kind.startswith(str(OWL)) for kind in self._types[thing])
        ]

    def _sorted(self, namespace: str) -> list[URIRef]:
        return sorted(n for n in self._types if isinstance(n, URIRef) and n.startswith(namespace))

    def texts(self) -> Iterator[Problem]:
        languages = self._settings.languages
        for node in (*self._terms, *self._things):
            is_term = node.startswith(self._settings.terms)
            labels = self._by_language(node, RDFS.label)
            definitions = self._by_language(node, SKOS.definition)
            for language in languages:
                name = self._names.term(node)
                if language not in labels:
                    remedy = f'write rdfs:label "…"@{language}'
                    yield self._warning("C330", f'{name} has no label in "{language}"', remedy, node)
                for extra in labels[language][1:]:
                    message = f'{name} has more than one label in "{language}"'
                    remedy = "keep one, and write the others as skos:altLabel"
                    yield self._warning("C331", message, remedy, node, RDFS.label, extra)
                if is_term and language not in definitions:
                    remedy = f'write skos:definition "…"@{language}: its kind, and what sets it apart'
                    yield self._warning("C332", f'{name} has no definition in "{language}"', remedy, node)
                for text in definitions[language]:
                    if labels[language] and _repeats(text, labels[language][0]):
                        message = f"the definition of {name} only repeats its label"
                        remedy = "say of which kind it is, and what sets it apart from others of this kind"
                        yield self._warning("C333", message, remedy, node, SKOS.definition, text)

    def names(self) -> Iterator[Problem]:
        for term in self._terms:
            local = term.removeprefix(self._settings.terms)
            for kinds, pattern, want in (
                (_CLASSES, _CLASS_NAME, "a class is called like LikeThis"),
                (_PROPERTIES, _PROPERTY_NAME, "a property is called likeThis"),
            ):
                if self._types[term].intersection(kinds) and not pattern.fullmatch(local):
                    message = f"{self._names.term(term)} is named unlike its kind: {want}"
                    yield self._warning("C334", message, "rename it wherever it stands", term)
        for thing in self._things:
            if not _SLUG.fullmatch(thing.removeprefix(self._settings.things)):
                message = f"{self._names.term(thing)} is named unlike other things"
                remedy = "rename it with the letters a to z, digits and single hyphens alone: like-this"
                yield self._warning("C335", message, remedy, thing)

    def deprecated(self) -> Iterator[Problem]:
        for term in self._terms:
            if term in self._deprecated - self._replaced:
                message = f"{self._names.term(term)} is deprecated, and nothing is said to replace it"
                yield self._warning("C336", message, "write dcterms:isReplacedBy with the term to use", term)

    def orphans(self) -> Iterator[Problem]:
        for thing in self._things:
            if thing not in self._mentioned:
                message = f"nothing speaks of {self._names.term(thing)}"
                yield self._warning("C337", message, "use it in what a document says, or delete it", thing)

    def same(self) -> Iterator[Problem]:
        for subject, object_ in sorted(self._same):
            place = self._blame(subject, OWL.sameAs, object_).place
            if place is not None and is_same_as(place.path, self._settings):
                continue  # the project asks for it
            message = f"{self._names.term(subject)} is said to be the same as {self._names.term(object_)}"
            remedy = (
                "write skos:exactMatch: the rules would write all that is said of one of the other as well"
            )
            yield self._warning("C338", message, remedy, subject, OWL.sameAs, object_)

    def _by_language(self, node: Node, predicate: Node) -> defaultdict[str, list[Literal]]:
        found: defaultdict[str, list[Literal]] = defaultdict(list)
        for text in self._texts.get((node, predicate), ()):
            found[(text.language or "").lower()].append(text)
        for texts in found.values():
            if len(texts) > 1:  # else no file need be read again for its places
                texts.sort(key=lambda text: self._place(node, predicate, text))
        return found

    def _place(self, node: Node, predicate: Node, text: Literal) -> tuple[str, int, int]:
        place = self._blame(node, predicate, text).place
        return (place.path, place.line or 0, place.column or 0) if place else ("", 0, 0)

    def _warning(
        self,
        code: str,
        message: str,
        remedy: str,
        subject: Node,
        predicate: Node | None = None,
        value: Node | None = None,
    ) -> Problem:
        place = self._blame(subject, predicate, value).place
        if predicate is None:
            # Of the files that speak of it, that is meant which says what it is.
            kind = self._blame(subject, RDF.type, min(self._types[subject])).place
            place = place if kind is None or (place and place.path == kind.path) else kind
        return Problem(code=code, message=message, remedy=remedy, severity=Severity.WARNING, place=place)


def _repeats(definition: str, label: str) -> bool:
    """Whether a definition has no word but those of the label.

    >>> _repeats("A bridge.", "bridge"), _repeats("A structure that carries a way.", "bridge")
    (True, False)
    """
    words: Sequence[set[str]] = [
        {word.casefold() for word in _WORD.findall(text)} - _ARTICLES for text in (definition, label)
    ]
    return words[0] <= words[1]
