"""The files of a folder as sources: a name for each, and what is wrong with names and entries."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rdflib import RDFS, URIRef

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import ACCEPTED, MAPPING_SET, Source, source_name
from cordiale.model.terms import Triple
from cordiale.read.near import near_remedy

__all__ = [
    "MOST_BYTES",
    "is_by_row",
    "is_same_as",
    "is_trusted",
    "named_sources",
    "too_large",
    "unfilled_sources",
    "unknown_sets",
    "untrusted_names",
]

MOST_BYTES = 256 << 20  # of one file: places are kept in memory, some twenty times as large


def named_sources(paths: Iterable[str], settings: Settings) -> tuple[tuple[Source, ...], list[Problem]]:
    """A source for each path, by name, and what is wrong with the names."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    paths = tuple(paths)
    by_row = {source_name(path): path for path in paths if is_by_row(path, settings)}
    for path in paths:
        name = source_name(path)
        rows = next((of for each, of in by_row.items() if name.startswith(f"{each}/")), "")
        if rows or name in sources or settings.sources + name == settings.inferred:
            taken = sources[name].path if name in sources else "what the project infers"
            if rows:
                taken = f"the rows of {rows}"
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
            sources[name] = Source(name=name, iri=iri, path=path, trusted=is_trusted(name, settings))
    return tuple(sources[name] for name in sorted(sources)), problems


def is_trusted(name: str, settings: Settings) -> bool:
    """Whether a source of this name rests on nothing."""
    return any(_within(name, item) for item in settings.trusted)


def is_by_row(path: str, settings: Settings) -> bool:
    """Whether a file is a mapping set each row of which is a source."""
    return _is_set_of(path, settings.by_row)


def is_same_as(path: str, settings: Settings) -> bool:
    """Whether a file is a mapping set whose exact matches are read as owl:sameAs."""
    return _is_set_of(path, settings.same_as)


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


def unknown_sets(sources: Iterable[Source], settings: Settings) -> list[Problem]:
    """A problem C128 for each name in ``by_row`` and ``same_as`` that means no mapping set.

    The sets that a review writes may be named before there is a decision.
    """
    sets = [source.name for source in sources if source.path.endswith(MAPPING_SET)]
    folders = {name.rpartition("/")[0] for name in sets} - {""}
    return [
        Problem(
            code="C128",
            message=f'"{item}" in {key} is no mapping set, nor a folder with one',
            remedy=near_remedy(
                item,
                (*sets, *folders),
                otherwise=f"correct the key {key}: the name of data/links/ror{MAPPING_SET} is links/ror",
            ),
            place=Place(path="pyproject.toml"),
        )
        for key, items in (("same_as", settings.same_as), ("by_row", settings.by_row))
        for item in items
        if item not in ACCEPTED.values() and not any(_within(name, item) for name in sets)
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


def _is_set_of(path: str, items: Iterable[str]) -> bool:
    return path.endswith(MAPPING_SET) and any(_within(source_name(path), item) for item in items)


def _within(name: str, item: str) -> bool:
    """Whether a source's name is this one, or in the folder of this name."""
    return name == item or name.startswith(item + "/")
