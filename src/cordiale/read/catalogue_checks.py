"""The catalogue held against the files, and ``cord:restsOn`` against itself."""

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef

from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import Source, source_name
from cordiale.model.terms import Node, Triple, term_key
from cordiale.read.near import near_remedy

__all__ = ["CORD", "check_catalogue", "entry_of", "last_part", "objects"]

CORD = Namespace(PREFIXES["cord"])
_READ = ("read", "access-read")  # how the concept may be called that says that a document could be read


def check_catalogue(
    sources: tuple[Source, ...],
    graph: Graph,
    path: str,
    settings: Settings,
    places_of: Callable[[Triple], tuple[Place, ...]],
) -> tuple[Problem, ...]:
    """What is wrong between the catalogue (``graph``, the file ``path``) and the files.

    An entry is an IRI of the sources' namespace that the catalogue says anything of; a folder of files may
    have one too. Trusted sources need none.

    C201 a file without entry, C202 a document that was read, without file, C203 a cycle of ``cord:restsOn``,
    C204 ``cord:restsOn`` what is neither file nor entry.
    """
    checker = _Checker(sources, graph, path, settings, places_of)
    return (*checker.files(), *checker.entries(), *checker.rests_on())


def entry_of(source: Source, graph: Graph, settings: Settings) -> URIRef:
    """The entry of a source in the catalogue (``graph``): its own, or of a row that of its mapping set."""
    if not source.path or (source.iri, None, None) in graph:
        return source.iri
    return URIRef(settings.sources + source_name(source.path))


def objects(graph: Graph, subject: Node, predicate: URIRef) -> list[Node]:
    """The objects of these triples, of a Dataset in all its graphs, in the project's order of terms."""
    if isinstance(graph, Dataset):
        # Dataset.objects of rdflib 7.6 calls what rdflib itself has deprecated, and warns.
        found = {quad[2] for quad in graph.quads((subject, predicate, None, None))}
    else:
        found = set(graph.objects(subject, predicate))
    return sorted((node for node in found if isinstance(node, URIRef | BNode | Literal)), key=term_key)


def last_part(node: Node) -> str:
    """What follows the last "/" or "#" of an IRI."""
    return str(node).rstrip("/#").replace("#", "/").rpartition("/")[2]


class _Checker:
    """The parts of ``check_catalogue``."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        graph: Graph,
        path: str,
        settings: Settings,
        places_of: Callable[[Triple], tuple[Place, ...]],
    ) -> None:
        self._sources = sources
        self._graph = graph
        self._path = path
        self._settings = settings
        self._namespace = settings.sources
        self._places_of = places_of
        subjects = {node for node in graph.subjects() if isinstance(node, URIRef)}
        self._entries = sorted(node for node in subjects if self._name(node) not in ("", str(node)))

    def files(self) -> Iterator[Problem]:
        wanted = {
            entry_of(source, self._graph, self._settings): source
            for source in self._sources
            if not source.trusted
        }
        for entry, source in wanted.items():
            if entry not in self._entries:
                yield Problem(
                    code="C201",
                    message=f'the catalogue does not describe "{self._name(entry)}"',
                    remedy=f"add {entry.n3()} to {self._path}, with its label, publisher and access",
                    place=Place(path=source.path),
                )

    def entries(self) -> Iterator[Problem]:
        for entry in self._entries:
            access = [node for node in objects(self._graph, entry, CORD.access) if last_part(node) in _READ]
            if access and not any(f"{source.iri}/".startswith(f"{entry}/") for source in self._sources):
                yield Problem(
                    code="C202",
                    message=f'"{self._name(entry)}" was read, but there is no file of what it says',
                    remedy=f"write data/{self._name(entry)}.ttl, or say in cord:access how far it was read",
                    severity=Severity.WARNING,
                    place=self._place((entry, CORD.access, access[0])),
                )

    def rests_on(self) -> Iterator[Problem]:
        known = {*self._entries, *(source.iri for source in self._sources)}
        graph: dict[URIRef, list[URIRef]] = {}
        for entry in self._entries:
            for node in objects(self._graph, entry, CORD.restsOn):
                if isinstance(node, URIRef) and node in known:
                    graph.setdefault(entry, []).append(node)
                else:
                    names = [self._name(each) for each in known]
                    yield Problem(
                        code="C204",
                        message=f'"{self._name(entry)}" rests on the unknown "{self._name(node)}"',
                        remedy=near_remedy(self._name(node), names, otherwise="describe it in the catalogue"),
                        place=self._place((entry, CORD.restsOn, node)),
                    )
        while cycle := _cycle(graph):
            # One edge of it goes, so that the next search finds another cycle, if there is one.
            graph[cycle[0]].remove(cycle[1])
            yield Problem(
                code="C203",
                message=f"sources rest on each other: {' on '.join(self._name(node) for node in cycle)}",
                remedy="take out the cord:restsOn that is not so",
                place=self._place((cycle[0], CORD.restsOn, cycle[1])),
            )

    def _place(self, triple: Triple) -> Place:
        catalogue = Place(path=self._path)
        return next((place for place in self._places_of(triple) if place.path == self._path), catalogue)

    def _name(self, node: Node) -> str:
        return str(node).removeprefix(self._namespace)


def _cycle(graph: Mapping[URIRef, list[URIRef]]) -> list[URIRef]:
    """The nodes of a cycle, each before one it rests on and the first again at the end; empty if none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[URIRef] = error.args[1][::-1]  # it lists them the other way round
        start = nodes.index(min(nodes))
        return [*nodes[start:-1], *nodes[: start + 1]]
    return []
