"""Where in the project's files something stands."""

from dataclasses import dataclass

__all__ = ["Place"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A position in a file; lines and columns count from 1, and an unknown one is ``None``.

    >>> str(Place(path="data/cam/entente-cordiale.ttl", line=14, column=5))
    'data/cam/entente-cordiale.ttl:14:5'
    >>> str(Place(path="data/sources.ttl"))
    'data/sources.ttl'
    """

    path: str  # relative to the project's folder, with "/" between its parts
    line: int | None = None
    column: int | None = None
    row: str = ""  # of a mapping set read row by row: the key of the row, which is a source of its own

    def __str__(self) -> str:
        """``path:line:column``, as far as they are known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
