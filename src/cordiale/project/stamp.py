"""What a build was made of, and what it wrote: where neither has changed, there is nothing to build.

The stamp is ``build.json`` in the build folder. Its key digests the bytes of every file that a build reads,
all code of the package and the versions of what it works with; beside it stand the digests of all that was
written, and of each file that was read, in which no check found anything.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from cordiale.model.problems import Problem, has_violation
from cordiale.read.folder import ProjectFiles
from cordiale.read.kept import code_digest

__all__ = ["STAMP", "BuildReport", "build_key", "faultless", "load_report", "stamp_bytes"]

STAMP = "build.json"

_PACKAGES = ("duckdb", "owlrl", "pyarrow", "pyoxigraph", "pyshacl", "pyyaml", "rdflib", "sssom-pydantic")
_COUNTS = ("sources", "asserted", "inferred", "passed", "failed")
_VOLATILE = re.compile(rb"\b(NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)  # SPARQL 1.1, section 17.4


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build made; ``seconds`` are per step, in the order of the steps."""

    sources: int
    asserted: int
    inferred: int
    problems: tuple[Problem, ...]
    passed: int
    failed: int
    seconds: tuple[tuple[str, float], ...]

    @property
    def ok(self) -> bool:
        """Whether there is no violation; failed questions and clashes are violations."""
        return not has_violation(self.problems)


def build_key(files: ProjectFiles, engine: str) -> str | None:
    """The digest of all that a build depends on; nothing where it depends on the clock or on chance."""
    texts = [*files.question_contents.values(), *(files.contents[path] for path in files.shape_paths)]
    if any(map(_VOLATILE.search, texts)):
        return None
    read = [*files.digests.items()]
    read += [
        (path.relative_to(files.root).as_posix(), _digest(data))
        for path, data in files.question_contents.items()
    ]
    read += [(path, _digest(data)) for path, data in files.beside.items()]
    return _digest(json.dumps([engine, _checked_by(files), sorted(read)]).encode())


def stamp_bytes(key: str, report: BuildReport, folder: Path, read: ProjectFiles) -> bytes:
    """The stamp of a build without problems that stands in a folder: the same build, the same bytes."""
    files = {
        path.relative_to(folder).as_posix(): _digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    counts = {name: getattr(report, name) for name in _COUNTS}
    checked = {"by": _checked_by(read), "digests": sorted(read.digests.values())}
    return f"{json.dumps({'key': key, **counts, 'files': files, 'checked': checked}, indent=1)}\n".encode()


def faultless(folder: Path, files: ProjectFiles) -> frozenset[str]:
    """The paths of those files in which the last build, by the same code and settings, found nothing wrong.

    Nothing is told of a file's part in the whole: what it states may be wrong beside what others state now.
    """
    try:
        checked = json.loads((folder / STAMP).read_bytes())["checked"]
        if checked["by"] != _checked_by(files):
            return frozenset()
        digests = frozenset(checked["digests"])
    except (OSError, ValueError, LookupError, TypeError):
        return frozenset()
    return frozenset(path for path, digest in files.digests.items() if digest in digests)


def load_report(folder: Path, key: str) -> BuildReport | None:
    """What the build in a folder told, when it is of this key and all of it is still there; else nothing."""
    try:
        content = json.loads((folder / STAMP).read_bytes())
        written = content["files"].items()
        if content["key"] != key or any(
            _digest((folder / path).read_bytes()) != each for path, each in written
        ):
            return None
        return BuildReport(**{name: content[name] for name in _COUNTS}, problems=(), seconds=())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # absent, cut short, or of another version: it is built anew


def _checked_by(files: ProjectFiles) -> str:
    """A digest of what decides, besides a file itself, on what is wrong with it: code and settings."""
    settings = _digest((files.root / "pyproject.toml").read_bytes())
    return _digest(json.dumps([code_digest("cordiale"), *map(version, _PACKAGES), settings]).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
