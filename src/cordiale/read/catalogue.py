"""What the catalogue says of each source, and which sources a name means."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath

from rdflib import DCTERMS, RDFS, SKOS, Dataset, Graph, Literal, URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple
from cordiale.read.catalogue_checks import CORD, check_catalogue, entry_of, last_part, objects
from cordiale.read.near import near_remedy

__all__ = ["DESCRIBING", "catalogue_problems", "catalogued", "described", "find_sources"]

# With what things are said to be, of whatever the catalogue names.
DESCRIBING = frozenset((RDFS.label, SKOS.prefLabel, CORD.reliability))


def catalogue_problems(
    sources: Iterable[Source],
    dataset: Dataset,
    settings: Settings,
    places_of: Callable[[Triple], tuple[Place, ...]],
) -> tuple[Problem, ...]:
    """What is wrong between catalogue and files: C205 (no catalogue), and what ``check_catalogue`` finds.

    ``places_of`` tells where a triple stands; it is asked for what is wrong alone.
    """
    plain = tuple(sources)
    catalogue = next((source for source in plain if source.name == settings.catalogue), None)
    if catalogue is None:
        return (_no_catalogue(settings),) if any(not source.trusted for source in plain) else ()
    return check_catalogue(plain, dataset.graph(catalogue.iri), catalogue.path, settings, places_of)


def described(sources: Iterable[Source], dataset: Dataset, settings: Settings) -> tuple[Source, ...]:
    """The sources with what the catalogue says of them.

    Publisher, tier and access are given by their label, in the first language of the settings that has one.
    """
    plain = tuple(sources)
    catalogue = next((source for source in plain if source.name == settings.catalogue), None)
    if catalogue is None:
        return plain
    graph = dataset.graph(catalogue.iri)
    return tuple(_described(source, graph, dataset, settings) for source in plain)


def catalogued(sources: Iterable[Source], dataset: Dataset, settings: Settings) -> tuple[Source, ...]:
    """The sources, and those that only the catalogue knows, as what others rest on; in order of name."""
    known = {source.name: source for source in sources}
    catalogue = known.get(settings.catalogue)
    if catalogue is None:
        return tuple(known.values())
    graph = dataset.graph(catalogue.iri)
    for entry in sorted({node for node in graph.subjects() if isinstance(node, URIRef)}):
        name = str(entry).removeprefix(settings.sources)
        is_folder = any(other.startswith(f"{name}/") for other in known)
        if name and name != str(entry) and name not in known and not is_folder:
            known[name] = _described(Source(name=name, iri=entry, path=""), graph, dataset, settings)
    return tuple(known[name] for name in sorted(known))


def find_sources(name: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources that ``name`` means: a name, a path, a folder (all its files), an IRI or an identifier.

    The name of a mapping set that is read row by row means all of its rows.

    Upper and lower case are one, unless two names differ in that alone. A folder may end in "/".

    Raises:
        NotFoundError: C210, no source is meant; with near names.
        UsageError: C211, a file and a folder have the name, or several sources the identifier.
    """
    known = tuple(sources)
    asked = name.removeprefix("<").removesuffix(">")
    folded = asked.casefold()
    files = [source for source in known if any(folded == each.casefold() for each in _names(source))]
    files = [source for source in files if asked in _names(source)] or files
    under = folded.rstrip("/") + "/"
    inside = [source for source in known if any(each.casefold().startswith(under) for each in _names(source))]
    if files and inside:
        raise _ambiguous(name, f'write "{asked}/" for the folder, "{files[0].path}" for the file')
    if files or inside:
        return tuple(files or inside)
    identified = [source for source in known if folded in (each.casefold() for each in source.identifiers)]
    if len({source.path for source in identified}) > 1:
        choices = " or ".join(f'"{source.name}"' for source in identified)
        raise _ambiguous(name, f"it is the identifier of each of these, so write {choices}")
    if identified:
        return tuple(identified)
    folders = {str(parent) for source in known for parent in PurePosixPath(source.name).parents} - {"."}
    candidates = {*folders, *(each for source in known for each in (source.name, *source.identifiers))}
    raise NotFoundError(
        Problem(
            code="C210",
            message=f'there is no source "{name}"',
            remedy=near_remedy(asked, candidates, otherwise="cordiale sources lists them all"),
        )
    )


def _names(source: Source) -> tuple[str, ...]:
    return tuple(filter(None, (source.name, source.path, str(source.iri))))


def _ambiguous(name: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C211", message=f'"{name}" means several sources', remedy=remedy))


def _described(source: Source, graph: Graph, dataset: Dataset, settings: Settings) -> Source:
    entry, languages = entry_of(source, graph, settings), settings.languages

    def first(predicate: URIRef) -> str:
        return next((str(found) for found in objects(graph, entry, predicate)), "")

    def first_label(predicate: URIRef) -> str:
        found = next(iter(objects(graph, entry, predicate)), None)
        return _label(found, dataset, languages, otherwise=last_part(found)) if found is not None else ""

    label = _label(entry, graph, languages, otherwise="")
    return replace(
        source,
        label=label if entry == source.iri or not label else f"{label}: {last_part(source.iri)}",
        publisher=first_label(DCTERMS.publisher),
        issued=first(DCTERMS.issued),
        language=first(DCTERMS.language),
        tier=first_label(CORD.tier),
        reliability=_reliability(objects(graph, source.iri, CORD.tier), dataset),
        access=first_label(CORD.access),
        identifiers=tuple(str(found) for found in objects(graph, entry, DCTERMS.identifier)),
        rests_on=tuple(found for found in objects(graph, entry, CORD.restsOn) if isinstance(found, URIRef)),
    )


def _reliability(tiers: Iterable[Node], dataset: Dataset) -> Decimal | None:
    """The lowest of what the tiers' reliability is said to be, where any is."""
    found = [Decimal(str(value)) for tier in tiers for value in objects(dataset, tier, CORD.reliability)]
    return min(found, default=None)


def _label(node: Node, graph: Graph, languages: tuple[str, ...], *, otherwise: str) -> str:
    """The node's label in the first of the languages that has one, else any."""
    labels = [
        found
        for predicate in (RDFS.label, SKOS.prefLabel)
        for found in objects(graph, node, predicate)
        if isinstance(found, Literal)
    ]
    for language in (*languages, None):
        for found in labels:
            if found.language == language:
                return str(found)
    return str(labels[0]) if labels else otherwise


def _no_catalogue(settings: Settings) -> Problem:
    return Problem(
        code="C205",
        message=f'there is no catalogue: no source is called "{settings.catalogue}"',
        remedy=f"write data/{settings.catalogue}.ttl, or correct the key catalogue of [tool.cordiale]",
        place=Place(path="pyproject.toml"),
    )
