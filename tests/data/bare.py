"""The project's folders as rdflib alone reads them, without the program."""

from pathlib import Path

from rdflib import Dataset, Graph, URIRef

__all__ = ["CORD", "NAMES", "read_graphs", "read_shapes", "turtle_files"]

CORD = "https://w3id.org/cordiale/ns#"
NAMES = "https://w3id.org/cordiale/source/"


def turtle_files(root: Path, *folders: str) -> list[Path]:
    """All Turtle files in these folders, in order."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.ttl"))


def read_graphs(root: Path) -> Dataset:
    """Each file of data/ and ontology/ as a graph, named after its path as docs/adr/0001 says."""
    dataset = Dataset(default_union=True)
    for path in turtle_files(root, "data", "ontology"):
        name = path.relative_to(root).with_suffix("").as_posix().removeprefix("data/")
        dataset.graph(URIRef(NAMES + name)).parse(path, format="turtle", publicID=NAMES + name)
    return dataset


def read_shapes(root: Path) -> Graph:
    """All shapes in one graph."""
    shapes = Graph()
    for path in turtle_files(root, "shapes"):
        shapes.parse(path, format="turtle", publicID=f"{NAMES}shapes/{path.stem}")
    return shapes
