"""What files stated when they were last read, by a digest of their bytes, so that none is parsed twice.

It is one file beside the build: a line with a digest of what made it and of what follows, then JSON. Terms
come back to the letter. A file that was cut short, changed, or made by other code is as none.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cordiale.model.terms import Node, Triple
from cordiale.read.literals import quiet_literals
from cordiale.read.spelling import Spelled, spelled, told

__all__ = ["NOTHING_KEPT", "Kept", "code_digest", "file_digest", "kept_bytes", "load_kept"]

_PACKAGES = ("pyoxigraph", "pyyaml", "rdflib")  # what files are read with


@dataclass(frozen=True, kw_only=True, eq=False)
class Kept:
    """Triples and prefixes by key: the digest of a file, or whatever else triples are kept under."""

    _terms: list[Spelled] = field(default_factory=list, repr=False)
    _triples: Mapping[str, list[int]] = field(default_factory=dict, repr=False)
    _prefixes: Mapping[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def __contains__(self, key: str) -> bool:
        """Whether something is kept under the key."""
        return key in self._triples

    def triples(self, key: str) -> tuple[Triple, ...]:
        """The triples, in the order in which they were given.

        Raises:
            KeyError: nothing is kept under the key.
        """
        nodes = self._nodes
        places = iter(self._triples[key])
        return tuple((nodes[s], nodes[p], nodes[o]) for s, p, o in zip(places, places, places, strict=True))

    def prefixes(self, key: str) -> Mapping[str, str]:
        """The prefixes that stand beside the triples.

        Raises:
            KeyError: as ``triples``.
        """
        return self._prefixes[key]

    @cached_property
    def _nodes(self) -> list[Node]:
        with quiet_literals():
            return [told(term) for term in self._terms]


NOTHING_KEPT = Kept()


def kept_bytes(content: Mapping[str, tuple[tuple[Triple, ...], Mapping[str, str]]]) -> bytes:
    """The file that keeps these triples and prefixes: the same content, the same bytes."""
    numbers: dict[str | tuple[str, str, str], int] = {}
    triples: dict[str, list[int]] = {}
    for key in sorted(content):
        terms = (spelled(term) for triple in content[key][0] for term in triple)
        triples[key] = [numbers.setdefault(term, len(numbers)) for term in terms]
    prefixes = {key: dict(content[key][1]) for key in sorted(content)}
    text = json.dumps([[*numbers], triples, prefixes], separators=(",", ":"))
    return f"{_seal(text.encode())}\n{text}".encode()


def load_kept(path: Path) -> Kept:
    """What is kept in a file; nothing, when it is not there, not whole, or not made by this code."""
    try:
        seal, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return NOTHING_KEPT
    if seal.decode("latin-1") != _seal(text):
        return NOTHING_KEPT
    terms, triples, prefixes = json.loads(text)
    return Kept(_terms=terms, _triples=triples, _prefixes=prefixes)


def file_digest(data: bytes, *, path: str, base: str, reading: str = "") -> str:
    """The digest of all that the triples of a file depend on, besides the code.

    ``reading`` tells how the settings want the file to be read.
    """
    return hashlib.sha256(b"\0".join((path.encode(), base.encode(), reading.encode(), data))).hexdigest()


@cache
def code_digest(package: str) -> str:
    """The digest of the modules of a package of ours, and of what is packed with them.

    Not its version: the code changes between two releases too.
    """
    digest = hashlib.sha256()
    for name, module in sorted(_modules(files(package), "")):
        digest.update(name.encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()


def _modules(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _modules(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".py", ".rules")):
            yield path + entry.name, entry


def _seal(text: bytes) -> str:
    made_by = [code_digest("cordiale.read"), *map(version, _PACKAGES)]
    return hashlib.sha256(json.dumps(made_by).encode() + text).hexdigest()
