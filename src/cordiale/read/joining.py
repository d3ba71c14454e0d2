"""What several files say, put together: prefixes, places, a dataset of the sources, a graph of the shapes."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from rdflib import Dataset, Graph

from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple
from cordiale.read.source_file import SourceFile
from cordiale.read.text import Lines

__all__ = ["join_places", "join_prefixes", "joined_dataset", "joined_shapes"]


def join_prefixes(
    declared: Mapping[str, Mapping[str, str]], text_of: Callable[[str], str], settings: Settings
) -> tuple[Mapping[str, str], list[Problem]]:
    """One namespace a prefix: the house's, else that of the first file; and the files that differ from it."""
    joined = {**PREFIXES, "": settings.things}
    problems: list[Problem] = []
    for path, prefixes in declared.items():
        for prefix, namespace in prefixes.items():
            if prefix not in joined and namespace in joined.values():
                continue  # a second name for a namespace would be written in the place of its first
            if joined.setdefault(prefix, namespace) != namespace:
                pattern = rf"(?:prefix\s+|^#\s+['\"]?){re.escape(prefix)}['\"]?:"
                text = text_of(path)
                found = re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
                problems.append(
                    Problem(
                        code="C124",
                        message=f'prefix "{prefix}" is <{namespace}> here, elsewhere <{joined[prefix]}>',
                        remedy="bind it alike in all files, or choose another prefix here",
                        severity=Severity.WARNING,
                        place=Lines(text).place(path, found.start() if found else 0),
                    )
                )
    return MappingProxyType(joined), problems


def join_places(
    files: Iterable[SourceFile],
) -> tuple[Mapping[Triple, tuple[Place, ...]], Mapping[Node, Place]]:
    """Where each triple stands in all of the files, and where each subject is first described."""
    places: dict[Triple, tuple[Place, ...]] = {}
    subjects: dict[Node, Place] = {}
    for file in files:
        for triple, found in file.places.items():
            places[triple] = (*places.get(triple, ()), *found)
        for node, place in file.subjects.items():
            subjects.setdefault(node, place)
    return MappingProxyType(places), MappingProxyType(subjects)


def joined_dataset(
    sources: Iterable[Source], stated: Mapping[str, tuple[Triple, ...]], prefixes: Mapping[str, str]
) -> Dataset:
    """A named graph for each source, also where it states nothing; the default graph is their union.

    ``stated`` has the triples of sources, by name.
    """
    dataset = Dataset(default_union=True)
    for source in sources:
        graph = dataset.graph(source.iri)  # also when nothing is in it, so that it is known
        # Terms go in as they are; Dataset.parse would write numbers anew.
        graph.addN((*triple, graph) for triple in stated.get(source.name, ()))
    _bind(dataset, prefixes)
    return dataset


def joined_shapes(files: Iterable[tuple[Triple, ...]], prefixes: Mapping[str, str]) -> Graph:
    """What all files of shapes state, as one graph."""
    shapes = Graph()
    for triples in files:
        shapes.addN((*triple, shapes) for triple in triples)
    _bind(shapes, prefixes)
    return shapes


def _bind(graph: Graph, prefixes: Mapping[str, str]) -> None:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
