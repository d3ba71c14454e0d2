"""A project's folder as graphs: one named graph a source, the shapes, and where each triple stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rdflib import RDFS, Dataset, Graph, URIRef

from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import MAPPING_SET, Source, source_name
from cordiale.model.terms import Node, Triple
from cordiale.read.catalogue import describe
from cordiale.read.mappings import read_mappings
from cordiale.read.settings import read_settings
from cordiale.read.source_file import SourceFile
from cordiale.read.text import Lines, decode, machine_error
from cordiale.read.turtle import read_turtle
from cordiale.read.walk import find_files

__all__ = ["ProjectFiles", "read_project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """What stands in a project's folder, and what is wrong with its files."""

    root: Path
    settings: Settings
    sources: tuple[
        Source, ...
    ]  # by name, as the catalogue describes them; of a refused file the graph is empty
    dataset: Dataset  # a named graph a source; its default graph is the union of them
    shapes: Graph
    prefixes: Mapping[str, str]  # the house's, and the files' own
    places: Mapping[Triple, tuple[Place, ...]]  # of sources and shapes
    subjects: Mapping[Node, Place]
    texts: Mapping[str, str]  # of all files that could be decoded, but the questions, by path
    mapping_sets: Mapping[str, str]  # of those that could be read
    question_paths: tuple[Path, ...]
    problems: tuple[Problem, ...]  # all of them
    unreadable: tuple[Problem, ...]  # of these, the ones for which something of the folder was left out

    def places_of(self, triple: Triple) -> tuple[Place, ...]:
        """Where the object of ``triple`` starts in each file that states it; empty for an inferred one."""
        return self.places.get(triple, ())

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


def read_project(root: Path) -> ProjectFiles:
    """All files of the project in ``root``; what is wrong with one is told, and the others are read.

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
    sources, refused_names = _sources((*ontology, *data), settings)
    unreadable = [*refused_ontology, *refused_data, *refused_shapes, *refused_questions, *refused_names]
    texts: dict[str, str] = {}
    files: dict[str, SourceFile] = {}
    bases = {source.path: str(source.iri) for source in sources}
    bases |= {path: settings.sources + source_name(path) for path in shape_paths}
    for path, base in bases.items():
        try:
            texts[path] = decode((root / path).read_bytes(), path=path)
            if path.endswith(MAPPING_SET):
                files[path] = read_mappings(texts[path], path=path)
            else:
                files[path] = read_turtle(texts[path], path=path, base=base)
        except OSError as error:
            raise machine_error(path, error) from error
        except SourceError as error:
            unreadable += error.problems
    prefixes, conflicts = _join_prefixes(files.values(), texts, settings)

    trusted_first = sorted(sources, key=lambda source: (not source.trusted, source.path))
    ordered = [*(source.path for source in trusted_first), *shape_paths]
    places, subjects = _join_places(files[path] for path in ordered if path in files)
    dataset = _dataset(sources, files, prefixes)
    described, differences = describe(sources, dataset, settings, places=places)
    # A file that is left out would be missed by the catalogue too, and the same told twice.
    problems = [*unreadable, *_untrusted(sources, settings), *conflicts]
    if not unreadable:
        problems += [*differences, *_unfilled(described, files, places)]
    return ProjectFiles(
        root=root,
        settings=settings,
        sources=described,
        dataset=dataset,
        shapes=_shapes((files[path] for path in shape_paths if path in files), prefixes),
        prefixes=prefixes,
        places=places,
        subjects=subjects,
        texts=MappingProxyType(texts),
        mapping_sets={path: texts[path] for path in files if path.endswith(MAPPING_SET)},
        question_paths=tuple(root / path for path in questions),
        problems=tuple(problems),
        unreadable=tuple(unreadable),
    )


def _sources(paths: Iterable[str], settings: Settings) -> tuple[tuple[Source, ...], list[Problem]]:
    """A source for each path, by name, and what is wrong with the names."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path in paths:
        name = source_name(path)
        trusted = any(_within(name, item) for item in settings.trusted)
        if name in sources or settings.sources + name == settings.inferred:
            taken = sources[name].path if name in sources else "what the project infers"
            problems.append(
                Problem(
                    code="C123",
                    message=f'the name "{name}" is taken by {taken}',
                    remedy="give the file another name",
                    place=Place(path=path),
                )
            )
        else:
            iri = URIRef(settings.sources + name)
            sources[name] = Source(name=name, iri=iri, path=path, trusted=trusted)
    return tuple(sources[name] for name in sorted(sources)), problems


def _untrusted(sources: Iterable[Source], settings: Settings) -> list[Problem]:
    names = [source.name for source in sources]
    return [
        Problem(
            code="C125",
            message=f'"{item}" is trusted, but no source has that name',
            remedy="correct the key trusted of [tool.cordiale], or add the file",
            severity=Severity.WARNING,
            place=Place(path="pyproject.toml"),
        )
        for item in settings.trusted
        if not any(_within(name, item) for name in names)
    ]


def _unfilled(
    sources: Iterable[Source], files: Mapping[str, SourceFile], places: Mapping[Triple, tuple[Place, ...]]
) -> Iterator[Problem]:
    """What was begun and not gone on with: a file without triples, an entry labelled with its own name."""
    for source in sources:
        if source.label and source.path.endswith(".ttl") and not files[source.path].triples:
            yield Problem(
                code="C526",
                message=f'"{source.name}" states nothing yet',
                remedy="write a claim for each statement, or take out file and catalogue entry",
                severity=Severity.WARNING,
                place=Place(path=source.path),
            )
        if source.label == source.name:
            said = (source.iri, RDFS.label)
            entry = (found[0] for triple, found in places.items() if triple[:2] == said)
            yield Problem(
                code="C527",
                message=f'"{source.name}" is not described yet: its label is its own name',
                remedy="complete the entry: label, publisher, date, tier, access",
                severity=Severity.WARNING,
                place=next(entry, Place(path=source.path)),
            )


def _within(name: str, item: str) -> bool:
    """Whether a source's name is this one, or in the folder of this name."""
    return name == item or name.startswith(item + "/")


def _join_prefixes(
    files: Iterable[SourceFile], texts: Mapping[str, str], settings: Settings
) -> tuple[Mapping[str, str], list[Problem]]:
    """One namespace a prefix: the house's, else that of the first file; and the files that differ from it."""
    joined = {**PREFIXES, "": settings.things}
    problems: list[Problem] = []
    for file in files:
        for prefix, namespace in file.prefixes.items():
            if prefix not in joined and namespace in joined.values():
                continue  # a second name for a namespace would be written in the place of its first
            if joined.setdefault(prefix, namespace) != namespace:
                pattern = rf"(?:prefix\s+|^#\s+['\"]?){re.escape(prefix)}['\"]?:"
                declared = re.search(pattern, texts[file.path], re.IGNORECASE | re.MULTILINE)
                problems.append(
                    Problem(
                        code="C124",
                        message=f'prefix "{prefix}" is <{namespace}> here, elsewhere <{joined[prefix]}>',
                        remedy="bind it alike in all files, or choose another prefix here",
                        severity=Severity.WARNING,
                        place=Lines(texts[file.path]).place(file.path, declared.start() if declared else 0),
                    )
                )
    return MappingProxyType(joined), problems


def _join_places(
    files: Iterable[SourceFile],
) -> tuple[Mapping[Triple, tuple[Place, ...]], Mapping[Node, Place]]:
    places: dict[Triple, tuple[Place, ...]] = {}
    subjects: dict[Node, Place] = {}
    for file in files:
        for triple, found in file.places.items():
            places[triple] = (*places.get(triple, ()), *found)
        for node, place in file.subjects.items():
            subjects.setdefault(node, place)
    return MappingProxyType(places), MappingProxyType(subjects)


def _dataset(
    sources: Iterable[Source], files: Mapping[str, SourceFile], prefixes: Mapping[str, str]
) -> Dataset:
    dataset = Dataset(default_union=True)
    for source in sources:
        graph = dataset.graph(source.iri)  # also when nothing is in it, so that it is known
        if source.path in files:
            # Terms go in as they are; Dataset.parse would write numbers anew.
            graph.addN((*triple, graph) for triple in files[source.path].triples)
    _bind(dataset, prefixes)
    return dataset


def _shapes(files: Iterable[SourceFile], prefixes: Mapping[str, str]) -> Graph:
    shapes = Graph()
    for file in files:
        shapes.addN((*triple, shapes) for triple in file.triples)
    _bind(shapes, prefixes)
    return shapes


def _bind(graph: Graph, prefixes: Mapping[str, str]) -> None:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
