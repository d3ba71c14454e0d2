"""From what a person types to the IRI that is meant, and back."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from rdflib import DCTERMS, RDFS, SKOS, Literal, URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.model.terms import Node, Triple
from cordiale.read.near import folded, near_names

__all__ = ["Names"]

_NAMING = (RDFS.label, SKOS.altLabel, DCTERMS.identifier)
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`]")  # Turtle 1.1, production IRIREF


class Names:
    """The names under which the things of one graph are known."""

    def __init__(
        self, triples: Callable[[], Iterable[Triple]], settings: Settings, prefixes: Mapping[str, str]
    ) -> None:
        """``triples`` gives those of the graph, for a name to be looked up; to shorten one takes none."""
        self._triples = triples
        self._settings = settings
        self._spaces = {**prefixes, "": settings.things}

    def expand(self, name: str) -> URIRef:
        """The IRI that a name means: an IRI, a CURIE, the last part of an IRI, a label or an identifier.

        Labels and identifiers are found in any case, and without their accents when no other has none.
        A thing that the graph does not hold is found only when its full IRI is given in angle brackets.

        Raises:
            NotFoundError: C501, with near names.
            UsageError: C502, several things bear this name.
        """
        if name.startswith("<") and name.endswith(">") and not _NOT_IN_IRIS.search(name[1:-1]):
            return URIRef(name[1:-1])
        for candidate in self._candidates(name):
            if self.holds(candidate):
                return candidate
        named = self._bearers(name)
        if len(named) == 1:
            return named[0]
        if named:
            raise UsageError(
                Problem(
                    code="C502",
                    message=f'"{name}" is the name of several things',
                    remedy=f"write {' or '.join(self.shorten(iri) for iri in named)}",
                )
            )
        raise self.unknown(name)

    def unknown(self, name: str) -> NotFoundError:
        """The error C501: nothing has this name; with near names."""
        near = self._near(name)
        return NotFoundError(
            Problem(
                code="C501",
                message=f'nothing is called "{name}"',
                remedy=f"did you mean {near}?" if near else "give a label, a CURIE or an IRI of the graph",
            )
        )

    def holds(self, iri: URIRef) -> bool:
        """Whether the IRI stands in any triple of the graph."""
        return iri in self._held

    def shorten(self, iri: URIRef) -> str:
        """The short name under which ``expand`` finds the IRI again: a source's, a CURIE, or ``<IRI>``."""
        source = iri.removeprefix(self._settings.sources)
        if source != str(iri) and re.fullmatch(r"[^:<\s]*[^:<\s/]", source):
            return source
        fitting = [(prefix, space) for prefix, space in self._spaces.items() if iri.startswith(space)]
        prefix, space = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
        local = iri.removeprefix(space)
        return f"{prefix}:{local}" if space and local and not set(local) & set("/#?") else f"<{iri}>"

    def written(self, term: Node) -> str:
        """A term as short as can be: a CURIE or slug, a literal in quotes, a blank node by its label."""
        if isinstance(term, URIRef):
            return self.shorten(term)
        if isinstance(term, Literal):
            tag = f"@{term.language}" if term.language else ""
            return f'"{term}"{tag}' if tag or term.datatype is None else str(term)
        return f"_:{term}"

    def label(self, iri: URIRef, language: str) -> str:
        """The label in the language, else in any, else the short name."""
        labels = self._labels.get(iri, ())
        for label in labels:
            if label.language == language:
                return str(label)
        return str(min(labels)) if labels else self.shorten(iri)

    @cached_property
    def _held(self) -> frozenset[Node]:
        return frozenset(term for triple in self._triples() for term in triple)

    @cached_property
    def _labels(self) -> Mapping[Node, list[Literal]]:
        labels: dict[Node, list[Literal]] = {}
        for subject, predicate, name in self._triples():
            if predicate == RDFS.label and isinstance(name, Literal):
                labels.setdefault(subject, []).append(name)
        return labels

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, set[URIRef]]]:
        """The things by their names: folded, then as written."""
        named: dict[str, dict[str, set[URIRef]]] = {}
        for subject, predicate, name in self._triples():
            if predicate in _NAMING and isinstance(subject, URIRef):
                named.setdefault(folded(str(name)), {}).setdefault(str(name), set()).add(subject)
        return named

    def _candidates(self, name: str) -> Iterator[URIRef]:
        """What the name could be short for, the most literal reading first."""
        if _NOT_IN_IRIS.search(name):
            return
        if "://" in name:
            yield URIRef(name)
        elif ":" in name:
            prefix, local = name.split(":", 1)
            if prefix in self._spaces:
                yield URIRef(self._spaces[prefix] + local)
            yield URIRef(name)  # an IRI without "//", such as urn:isbn:…
        elif not set(name) & set("[]"):
            yield URIRef(self._settings.sources + name.removesuffix("/"))
            yield URIRef(self._settings.things + name)

    def _bearers(self, name: str) -> list[URIRef]:
        """The things of this name; of names that differ in accents alone, the one that is written so."""
        written = self._named.get(folded(name), {})
        same = [label for label in written if label.casefold() == name.casefold()]
        return sorted({thing for label in same or written for thing in written[label]})

    def _near(self, name: str) -> str:
        """Up to three things with a name that looks like this one, each once, or nothing."""
        known: dict[str, tuple[str, frozenset[URIRef]]] = {}  # folded: as it is offered, what it means
        for key, written in self._named.items():
            if len(key) < 80:
                known[key] = f'"{min(written)}"', frozenset().union(*written.values())
        for subject in dict.fromkeys(subject for subject, _, _ in self._triples()):
            for space in (self._settings.things, self._settings.sources):
                if isinstance(subject, URIRef) and subject.startswith(space):
                    slug = folded(subject.removeprefix(space))
                    known.setdefault(slug, (self.shorten(subject), frozenset([subject])))
        wanted = folded(name).removeprefix(":")
        for space in (self._settings.things, self._settings.sources):
            wanted = wanted.removeprefix(folded(space))
        found = near_names(wanted, known, limit=9)
        # A part of a name finds the whole, "jirotka" and "jirotca" find "Marina Jirotka".
        words = near_names(wanted, {word for key in known for word in key.split()}, cutoff=0.75)
        if len(wanted) > 3:
            words.insert(0, wanted)
        parts = [key for word in words for key in sorted(known, key=len) if word in key]
        offered: dict[frozenset[URIRef], str] = {}
        for key in (*found, *parts):
            offered.setdefault(known[key][1], known[key][0])
        return ", ".join([*offered.values()][:3])
