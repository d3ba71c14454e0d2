"""House rules for shapes: names, messages that say what to write, and how grave it is."""

import re
from collections.abc import Iterator, Sequence

from rdflib import SH, BNode, Graph, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.wording import Names, parted
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, term_key

__all__ = ["check_shape_style"]

_NAME = re.compile(r"[A-Z]\w*(?:-\w+)+")


def check_shape_style(shapes: Graph, languages: Sequence[str], blame: Blame) -> tuple[Problem, ...]:
    """Warnings of property shapes and of constraints by queries, which are what reports name.

    C340 is a property shape without a name, C341 one that is not named after its class and property, C342 a
    message that a language lacks, C343 a message that does not say what to write instead, C344 a shape that
    does not say how grave it is.
    """
    rules = _Rules(shapes, languages, blame)
    return tuple(problem for shape in rules.speaking() for problem in rules.of(shape))


class _Rules:
    def __init__(self, shapes: Graph, languages: Sequence[str], blame: Blame) -> None:
        self._shapes = shapes
        self._languages = languages
        self._blame = blame
        self._names = Names(shapes)

    def speaking(self) -> list[Node]:
        """The shapes that make results of their own: of a property that a shape has, or by a query."""
        found: set[Node] = set()
        for owner, shape in self._shapes.subject_objects(SH.property):
            # In a parameter, and in what is only tried, nobody reads a message.
            if isinstance(owner, URIRef) and isinstance(shape, URIRef | BNode):
                found.update({shape} if (shape, None, None) in self._shapes else ())
        for shape in self._shapes.subjects(SH.sparql):
            assert isinstance(shape, URIRef | BNode)
            found.add(shape)
        return sorted(found, key=term_key)

    def of(self, shape: Node) -> Iterator[Problem]:
        name = self._names.term(shape)
        if isinstance(shape, BNode):
            path = self._shapes.value(shape, SH.path)
            about = self._names.path(self._shapes, path) if isinstance(path, URIRef | BNode) else "a query"
            yield self._warning(
                "C340", f"the shape of {about} has no name", "give it an IRI: Class-property", shape
            )
            name = f"the shape of {about}"
        elif not _NAME.fullmatch(re.split(r"[#/]", shape)[-1]) and (shape, SH.path, None) in self._shapes:
            message = f"{name} is not named after its class and property"
            yield self._warning("C341", message, "call it Class-property: reports and diffs name it", shape)
        messages = self._messages(shape)
        tags = {(text.language or "").lower() for _, text in messages}
        for language in self._languages:
            if language not in tags and "" not in tags:
                remedy = f'write sh:message "what is wrong: what to write"@{language}'
                yield self._warning("C342", f'{name} has no message in "{language}"', remedy, shape)
        for speaker, text in messages:
            if (
                not parted(re.sub(r"\s+([:;])", r"\1", text))[1]
                and (shape, SH.description, None) not in self._shapes
            ):
                message = f"a message of {name} does not say what to write instead"
                remedy = 'say what is wrong, ":" or ";", and what to write: "A light has one year: keep one."'
                yield self._warning("C343", message, remedy, speaker, SH.message, text)
        if (shape, SH.severity, None) not in self._shapes:
            remedy = "write sh:severity sh:Violation (wrong), sh:Warning (incomplete) or sh:Info (advice)"
            yield self._warning("C344", f"{name} does not say how grave it is", remedy, shape)

    def _messages(self, shape: Node) -> list[tuple[Node, Literal]]:
        speakers = [shape, *self._shapes.objects(shape, SH.sparql)]
        found = [
            (speaker, text)
            for speaker in speakers
            if isinstance(speaker, URIRef | BNode)
            for text in self._shapes.objects(speaker, SH.message)
            if isinstance(text, Literal)
        ]
        return sorted(found, key=lambda each: term_key(each[1]))

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
        return Problem(code=code, message=message, remedy=remedy, severity=Severity.WARNING, place=place)
