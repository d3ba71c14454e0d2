"""What is particular to one project: the values of ``[tool.cordiale]``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cordiale.model.views import Policy

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The namespaces, languages and trusted files of a project."""

    terms: str  # namespace of the ontology's terms
    things: str  # namespace of the individuals
    sources: str  # namespace of the named graphs, one a file
    languages: tuple[str, ...]  # BCP 47 tags; every label is wanted in each
    catalogue: str  # name of the source that describes the others
    trusted: tuple[str, ...]  # names of sources (or folders of them) that rest on nothing
    views: Mapping[str, Policy] = field(default_factory=dict)  # by name
    house: tuple[str, ...] = ()  # codes of house rules that hold, or how such codes begin
    ignore: tuple[str, ...] = ()  # codes of problems that are not told, or how such codes begin
    same_as: tuple[str, ...] = ()  # mapping sets (or folders) whose exact matches are read as owl:sameAs
    by_row: tuple[str, ...] = ()  # mapping sets (or folders) each row of which is a source of its own
    title: Mapping[str, str] = field(default_factory=dict)  # what the project is called, by language

    @property
    def inferred(self) -> str:
        """IRI of the graph that holds what was inferred."""
        return self.sources + "inferred"
