"""The files of a folder as sources: a name for each, and what is wrong with names and entries."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rdflib import RDFS, URIRef

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import Source, source_name
from cordiale.model.terms import Triple

__all__ = ["MOST_BYTES", "named_sources", "too_large", "unfilled_sources", "untrusted_names"]

MOST_BYTES = 256 << 20  # of one file: places are kept in memory, some twenty times as large


def named_sources(paths: Iterable[str], settings: Settings) -> tuple[tuple[Source, ...], list[Problem]]:
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


def too_large(path: str) -> Problem:
    """The problem C127: a file has more than ``MOST_BYTES``."""
    return Problem(
        code="C127",
        message=f"the file has more than {MOST_BYTES >> 20} MB",
        remedy="give each document, or each part of one, a file of its own",
        place=Place(path=path),
    )


def untrusted_names(sources: Iterable[Source], settings: Settings) -> list[Problem]:
    """A problem C125 for each trusted name that no source has."""
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


def unfilled_sources(
    sources: Iterable[Source],
    statements: Mapping[str, tuple[Triple, ...]],
    places_of: Callable[[Triple], tuple[Place, ...]],
) -> Iterator[Problem]:
    """What was begun and not gone on with: a file without triples, an entry labelled with its own name."""
    for source in sources:
        if source.label and source.path.endswith(".ttl") and not statements[source.path]:
            yield Problem(
                code="C526",
                message=f'"{source.name}" states nothing yet',
                remedy="write a claim for each statement, or take out file and catalogue entry",
                severity=Severity.WARNING,
                place=Place(path=source.path),
            )
        if source.label == source.name:
            said = (source.iri, RDFS.label)
            labels = (each for triples in statements.values() for each in triples if each[:2] == said)
            entry = (place for triple in labels for place in places_of(triple))
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
