"""What a build leaves behind so that the next command need neither parse, reason nor fill a store again.

``build/kept.json`` has what each file states and what follows from all of them, ``build/kept.nq`` what the
query engine holds. Each tells by a digest what it was made of: from other bytes, or by other code, it is as
none, and so is one that was changed or cut short. Times of files are never asked.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from cordiale.model.terms import Triple
from cordiale.read.folder import ProjectFiles
from cordiale.read.kept import code_digest, kept_bytes

__all__ = ["KEPT", "QUADS", "closure_key", "kept_of", "load_quads", "quads_bytes"]

_PACKAGES = ("duckdb", "pyarrow", "pyoxigraph", "rdflib")  # what the engines work with
_ROOMS = ("cordiale.closure", "cordiale.query", "cordiale.read")  # ours, whose code shows in what is kept

KEPT = "kept.json"
QUADS = "kept.nq"


def closure_key(digests: Mapping[str, str], trusted: Iterable[str], rules: bytes = b"") -> str:
    """A SHA-256 of all that a closure depends on: the bytes of each source, whom one trusts, and the code.

    ``digests`` are those of the sources' files, by name (see ``file_digest``); ``rules`` is the
    file of the project's own rules.
    """
    made_by = [*map(version, _PACKAGES), *map(code_digest, _ROOMS)]
    own = hashlib.sha256(rules).hexdigest()
    content = json.dumps([made_by, sorted(digests.items()), sorted(trusted), own])
    return hashlib.sha256(content.encode()).hexdigest()


def kept_of(files: ProjectFiles, closure_key: str, inferred: tuple[Triple, ...]) -> bytes:
    """The content of ``KEPT`` for files that can all be read."""
    content = {
        files.digests[path]: (files.statements[path], files.declared[path]) for path in files.statements
    }
    return kept_bytes({**content, closure_key: (inferred, {})})


def quads_bytes(quads: bytes, closure_key: str) -> bytes:
    """The content of ``QUADS``: what an engine dumped, sealed with what it was made of."""
    return _seal(quads, closure_key) + quads


def load_quads(path: Path, closure_key: str) -> bytes | None:
    """What the engine held for this closure, or nothing where that is not kept."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    seal, end, quads = content.partition(b"\n")
    return quads if seal + end == _seal(quads, closure_key) else None


def _seal(quads: bytes, closure_key: str) -> bytes:
    return f"# {closure_key} {hashlib.sha256(quads).hexdigest()}\n".encode()
