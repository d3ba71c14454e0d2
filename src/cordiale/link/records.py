"""What is known of one thing in a register, as far as it helps to tell it from others."""

from dataclasses import dataclass

__all__ = ["Name", "Record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a thing."""

    text: str
    kind: str  # "label", "alias" or "acronym"
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing of a register; what the register does not say is empty."""

    id: str  # IRI
    names: tuple[Name, ...]  # the one to show first
    types: tuple[str, ...] = ()  # in the words of the register
    status: str = "active"
    countries: tuple[str, ...] = ()  # ISO 3166-1, two letters
    cities: tuple[str, ...] = ()
    established: int | None = None  # year
    identifiers: tuple[tuple[str, str], ...] = ()  # scheme and value; the preferred ones first
    websites: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # ids of what it is part of
    successors: tuple[str, ...] = ()  # ids of what replaces it
    description: str = ""

    @property
    def label(self) -> str:
        """The name to show."""
        return self.names[0].text if self.names else self.id

    def values(self, scheme: str) -> tuple[str, ...]:
        """The identifiers of one scheme, such as ``wikidata``."""
        return tuple(value for name, value in self.identifiers if name == scheme)
