"""Where the page of each thing stands: file names that every file system takes, each given once."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType

__all__ = ["addresses", "file_name"]

_KEPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LONGEST = 80
# Ours are the lists, which some file systems find by Index too, and the second and later pages of a name.
_OURS = re.compile(r"index|.*--[0-9]+", re.IGNORECASE)
# Windows refuses these, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def file_name(name: str) -> str:
    """A file name for a name: itself where every file system takes it, else a readable part and a digest.

    No name has that of a list or of a later page: ``index`` and ``NAME--2``.

    >>> file_name("stephen-cave")
    'stephen-cave'
    >>> file_name("../étude").startswith("tude-"), file_name("many--2").startswith("many-2-")
    (True, True)
    """
    taken = _DEVICES.fullmatch(name) or _OURS.fullmatch(name)
    if _KEPT.fullmatch(name) and len(name) <= _LONGEST and not taken:
        return name
    readable = "-".join(re.findall(r"[A-Za-z0-9]+", name))[: _LONGEST // 2]
    return f"{readable}-{_digest(name)}".lstrip("-")


def addresses(folder: str, names: Mapping[str, str]) -> Mapping[str, str]:
    """The path of the page of each IRI, without its ending; ``names`` has the IRIs' local names.

    Slashes make folders. Names that differ in case alone, which some file systems take for one, are told
    apart by a digest.

    >>> addresses("thing", {"x:a": "a", "x:A": "A"})["x:a"] != "thing/a"
    True
    """
    found = {iri: "/".join([folder, *map(file_name, name.split("/"))]) for iri, name in names.items()}
    taken = _counted(path.lower() for path in found.values())
    return MappingProxyType(
        {
            iri: path if taken[path.lower()] == 1 else f"{path}-{_digest(iri)}"
            for iri, path in sorted(found.items())
        }
    )


def _counted(paths: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for path in paths:
        counted[path] = counted.get(path, 0) + 1
    return counted


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
