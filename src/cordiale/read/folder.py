"""A project's folder as graphs: one named graph a source, the shapes, and where each triple stands."""

from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rdflib import Dataset, Graph, URIRef

from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.model.sources import MAPPING_SET, Source, source_name
from cordiale.model.terms import Node, Triple
from cordiale.read.acknowledged import ACKNOWLEDGED
from cordiale.read.catalogue import DESCRIBING, catalogue_problems, described
from cordiale.read.joining import join_places, join_prefixes, joined_dataset, joined_shapes
from cordiale.read.kept import NOTHING_KEPT, Kept, file_digest
from cordiale.read.mapping_evidence import evidence_of
from cordiale.read.mapping_table import read_table
from cordiale.read.mappings import denied_matches, read_mappings
from cordiale.read.naming import (
    MOST_BYTES,
    is_by_row,
    is_same_as,
    named_sources,
    too_large,
    unfilled_sources,
    unknown_sets,
    untrusted_names,
)
from cordiale.read.rows import row_sources
from cordiale.read.settings import read_settings
from cordiale.read.source_file import SourceFile
from cordiale.read.text import decode, machine_error
from cordiale.read.turtle import read_turtle
from cordiale.read.walk import find_files

__all__ = ["CONFLICT_RULES", "ProjectFiles", "read_project"]

CONFLICT_RULES = "ontology/conflicts.rules"


@dataclass(frozen=True, kw_only=True, eq=False)
class ProjectFiles:
    """What stands in a project's folder, and what is wrong with its files.

    The bytes of the files were read once and for all. What they state is worked out when somebody asks, and
    taken from ``kept`` where the same bytes were read before; where something stands, by reading its file
    again with a parser that records places.
    """

    root: Path
    settings: Settings
    filed: tuple[Source, ...]  # each file that is a source, by name, as the folder alone tells it
    shape_paths: tuple[str, ...]
    question_paths: tuple[Path, ...]
    contents: Mapping[str, bytes]  # of sources and shapes, by path
    question_contents: Mapping[Path, bytes]  # of questions and their expected answers
    beside: Mapping[str, bytes]  # of what is neither, by path: conflict rules, acknowledged conflicts
    refused: tuple[Problem, ...]  # what was not read for its name or its kind
    kept: Kept = NOTHING_KEPT
    _files: dict[str, SourceFile] = field(default_factory=dict, repr=False)
    _tables: dict[str, dict[int, Mapping[str, str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """For each source and shape, by path, the digest under which what it states is kept."""
        settings = self.settings
        reading = {
            path: ("row by row " if is_by_row(path, settings) else "")
            + ("same as" if is_same_as(path, settings) else "")
            for path in self.contents
        }
        return {
            path: file_digest(data, path=path, base=self._base(path), reading=reading[path])
            for path, data in self.contents.items()
        }

    @cached_property
    def unreadable(self) -> tuple[Problem, ...]:
        """The problems for which something of the folder was left out."""
        found = list(self.refused)
        for path, digest in self.digests.items():
            if digest not in self.kept:
                try:
                    self._file(path)
                except SourceError as error:
                    found += error.problems
        return tuple(found)

    @cached_property
    def listed(self) -> tuple[Source, ...]:
        """The sources by name, as yet without what the catalogue says of them."""
        return self._split[0]

    @cached_property
    def stated(self) -> Mapping[str, tuple[Triple, ...]]:
        """The triples of each source, by its name; none of a refused file."""
        return self._split[1]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """By name, as the catalogue describes them; of a refused file the graph is empty."""
        return described(self.listed, self.describing, self.settings)

    @cached_property
    def describing(self) -> Dataset:
        """The part of the dataset that tells of sources: the catalogue, and how all things are labelled."""
        telling = {
            name: triples
            if name == self.settings.catalogue
            else tuple(triple for triple in triples if triple[1] in DESCRIBING)
            for name, triples in self.stated.items()
        }
        return joined_dataset(self.listed, telling, {})

    @cached_property
    def statements(self) -> Mapping[str, tuple[Triple, ...]]:
        """The triples of each source and shape that could be read, by path, in document order."""
        return {path: self._triples(path) for path in self._readable}

    @cached_property
    def declared(self) -> Mapping[str, Mapping[str, str]]:
        """The prefixes of each, likewise."""
        return {path: self._prefixes(path) for path in self._readable}

    @cached_property
    def dataset(self) -> Dataset:
        """A named graph a source; its default graph is the union of them."""
        return joined_dataset(self.listed, self.stated, self.prefixes)

    @cached_property
    def shapes(self) -> Graph:
        """What the files of shapes state."""
        shapes = (self.statements[path] for path in self.shape_paths if path in self.statements)
        return joined_shapes(shapes, self.prefixes)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The house's, and the files' own."""
        return self._joined[0]

    @property
    def places(self) -> Mapping[Triple, tuple[Place, ...]]:
        """Of sources and shapes, all of which are read for it."""
        return self._recorded[0]

    @property
    def subjects(self) -> Mapping[Node, Place]:
        """Where statements about each thing start, likewise."""
        return self._recorded[1]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Of all files that can be decoded, but the questions, by path."""
        texts: dict[str, str] = {}
        for path in self.contents:
            with suppress(SourceError):
                texts[path] = self._text(path)
        return texts

    @cached_property
    def mapping_sets(self) -> Mapping[str, str]:
        """The text of each that could be read, by its path."""
        return {path: self._text(path) for path in self._readable if path.endswith(MAPPING_SET)}

    @cached_property
    def denied(self) -> tuple[tuple[URIRef, URIRef, Place], ...]:
        """What mapping sets deny to be the same (see ``denied_matches``)."""
        sets = self.mapping_sets.items()
        return tuple(found for path, text in sets for found in denied_matches(text, path=path))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All of them."""
        problems = [*self.unreadable, *untrusted_names(self.listed, self.settings)]
        problems += [*unknown_sets(self.filed, self.settings), *self._joined[1]]
        # A file that is left out would be missed by the catalogue too, and the same told twice.
        if not self.unreadable:
            problems += catalogue_problems(self.listed, self.dataset, self.settings, self.places_of)
            problems += unfilled_sources(self.sources, self.statements, self.places_of)
        return tuple(problems)

    def with_dataset(self, dataset: Dataset) -> "ProjectFiles":
        """The same files, of whose statements only these are believed."""
        seen = copy(self)
        seen.__dict__["dataset"] = dataset  # in the place of what would be worked out
        return seen

    def places_of(self, triple: Triple) -> tuple[Place, ...]:
        """Where the object of ``triple`` starts in each file that states it; empty for an inferred one."""
        stating = (path for path in self._ordered if triple in self._sets[path])
        return tuple(place for path in stating for place in self._file(path).places[triple])

    def evidence(self, place: Place) -> Mapping[str, str]:
        """What the row of a mapping set at a place says of itself (see ``evidence_of``); else nothing."""
        if not place.path.endswith(MAPPING_SET):
            return {}
        if place.path not in self._tables:
            table = read_table(self._text(place.path), path=place.path)
            self._tables[place.path] = {row.line: evidence_of(table, row) for row in table.rows}
        return self._tables[place.path].get(place.line or 0, {})

    def place_of_subject(self, node: Node) -> Place | None:
        """Where statements about ``node`` start: in a trusted file if one makes any, else in the first."""
        return self.subjects.get(node)

    def blame(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """The nearest place to a triple, or to part of one, that something is wrong with."""
        if predicate is not None and value is not None:
            places = self.places_of((subject, predicate, value))
            if places:
                return places[0]
        return self.place_of_subject(subject)

    @cached_property
    def _ordered(self) -> tuple[str, ...]:
        """The readable files: trusted sources, the other sources, shapes."""
        sources = sorted(self.filed, key=lambda source: (not source.trusted, source.path))
        paths = (*(source.path for source in sources), *self.shape_paths)
        return tuple(path for path in paths if path in self._readable)

    @cached_property
    def _readable(self) -> tuple[str, ...]:
        assert self.unreadable is not None  # those that are not kept were read for it
        return tuple(
            path for path, digest in self.digests.items() if path in self._files or digest in self.kept
        )

    @cached_property
    def _split(self) -> tuple[tuple[Source, ...], Mapping[str, tuple[Triple, ...]]]:
        """The sources and what they state; a mapping set that is one row by row is all of its rows."""
        found: list[tuple[Source, tuple[Triple, ...]]] = []
        for source in self.filed:
            triples = self.statements.get(source.path, ())
            if is_by_row(source.path, self.settings):
                found += row_sources(source, triples, self.settings)
            else:
                found.append((source, triples))
        found.sort(key=lambda each: each[0].name)
        return tuple(source for source, _ in found), {source.name: triples for source, triples in found}

    @cached_property
    def _sets(self) -> Mapping[str, frozenset[Triple]]:
        return {path: frozenset(triples) for path, triples in self.statements.items()}

    @cached_property
    def _joined(self) -> tuple[Mapping[str, str], list[Problem]]:
        return join_prefixes(self.declared, self._text, self.settings)

    @cached_property
    def _recorded(self) -> tuple[Mapping[Triple, tuple[Place, ...]], Mapping[Node, Place]]:
        return join_places(self._file(path) for path in self._ordered)

    def _triples(self, path: str) -> tuple[Triple, ...]:
        return self._files[path].triples if path in self._files else self.kept.triples(self.digests[path])

    def _prefixes(self, path: str) -> Mapping[str, str]:
        return self._files[path].prefixes if path in self._files else self.kept.prefixes(self.digests[path])

    def _text(self, path: str) -> str:
        return decode(self.contents[path], path=path)

    def _base(self, path: str) -> str:
        return self.settings.sources + source_name(path)

    def _file(self, path: str) -> SourceFile:
        """The file with its places.

        Raises:
            SourceError: what is wrong with it.
        """
        if path not in self._files:
            text = self._text(path)
            same_as, by_row = is_same_as(path, self.settings), is_by_row(path, self.settings)
            self._files[path] = (
                read_mappings(text, path=path, same_as=same_as, by_row=by_row)
                if path.endswith(MAPPING_SET)
                else read_turtle(text, path=path, base=self._base(path))
            )
        return self._files[path]


def read_project(root: Path, kept: Kept = NOTHING_KEPT) -> ProjectFiles:
    """All files of the project in ``root``; what is wrong with one is told, and the others are read.

    ``kept`` is what files stated when they were read before.

    Raises:
        SettingsError: ``pyproject.toml`` cannot be used (see ``read_settings``).
        MachineError: C901, a file or a folder cannot be read.
    """
    root = root.resolve()
    settings = read_settings(root)
    ontology, refused_ontology = find_files(root, "ontology", ".ttl", deep=False)
    data, refused_data = find_files(root, "data", (".ttl", MAPPING_SET), deep=True)
    shape_paths, refused_shapes = find_files(root, "shapes", ".ttl", deep=False)
    questions, refused_questions = find_files(root, "queries", ".rq", deep=True)
    sources, refused_names = named_sources((*ontology, *data), settings)
    contents: dict[str, bytes] = {}
    refused_sizes: list[Problem] = []
    for path in (*(source.path for source in sources), *shape_paths):
        try:
            if (root / path).stat().st_size > MOST_BYTES:
                refused_sizes.append(too_large(path))
            else:
                contents[path] = (root / path).read_bytes()
        except OSError as error:
            raise machine_error(path, error) from error
    question_contents: dict[Path, bytes] = {}
    for question in (root / path for path in questions):
        for file in (question, question.with_suffix(".expected.csv")):
            try:
                if file == question or file.exists():
                    question_contents[file] = file.read_bytes()
            except OSError as error:
                raise machine_error(file.relative_to(root).as_posix(), error) from error
    beside: dict[str, bytes] = {}
    for path in (CONFLICT_RULES, ACKNOWLEDGED):
        try:
            if (root / path).exists():
                beside[path] = (root / path).read_bytes()
        except OSError as error:
            raise machine_error(path, error) from error
    return ProjectFiles(
        root=root,
        settings=settings,
        filed=sources,
        shape_paths=shape_paths,
        question_paths=tuple(root / path for path in questions),
        contents=contents,
        question_contents=question_contents,
        beside=beside,
        refused=(
            *refused_ontology,
            *refused_data,
            *refused_shapes,
            *refused_questions,
            *refused_names,
            *refused_sizes,
        ),
        kept=kept,
    )
