"""A state of a project: a revision of git, or a folder."""

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cordiale.model.errors import CordialeError, MachineError, NotFoundError, SourceError, UsageError
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.warm import KEPT
from cordiale.read.acknowledged import read_acknowledged
from cordiale.read.folder import read_project
from cordiale.read.kept import load_kept
from cordiale.read.near import near_remedy
from cordiale.read.settings import find_root
from cordiale.read.walk import FOLDERS

__all__ = ["committed_on", "opened"]

_SETTINGS = "pyproject.toml"


@contextmanager
def opened(revision: str, project: Path) -> Iterator[KnowledgeGraph]:
    """The graph of a revision of the project in a folder, or of another folder; as long as the context lasts.

    What git knows by this name comes first; ``./name`` is a folder in any case. Nothing is checked out: the
    files of the revision are written to a temporary folder, links and submodules left out.

    Raises:
        NotFoundError: C670, git has no such revision, and there is no such folder.
        SourceError: C671, its files cannot be read or reasoned with; with the problems in them.
        UsageError: C672, the revision has no project.
        MachineError: C673, git cannot be run.
    """
    root = find_root(project)
    with ExitStack() as stack:
        commit = None if revision.startswith((".", os.sep)) else _commit(root, revision)
        try:
            if commit is None:
                folder = Path(revision)
                if not folder.is_dir():
                    raise _unknown(root, revision)
                kg = open_project(folder)
            else:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cordiale-")))
                if not _extract(root, commit, folder):
                    raise _no_project(revision)
                # What the files of the last build stated is kept by their bytes, whosever they are.
                files = read_project(folder, load_kept(root / "build" / KEPT))
                if files.unreadable:
                    raise SourceError(*files.unreadable)
                kg = KnowledgeGraph(files, "duckdb")
            _ = kg.supported, read_acknowledged(kg.acknowledged)
        except SourceError as error:
            raise SourceError(*_told(revision, error)) from error
        yield kg


def committed_on(root: Path) -> str:
    """The day of the last commit that changed a folder, as its committer had it; empty without git."""
    try:
        done = _git(root, "log", "-1", "--format=%cs", "--", ".")
    except MachineError:
        return ""
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def _told(revision: str, error: CordialeError) -> Iterator[Problem]:
    """That a revision cannot be compared, and why: places as git writes them."""
    number = len(error.problems)
    yield Problem(
        code="C671",
        message=f'"{revision}" does not build: {number} problem{"s" if number != 1 else ""} in its files',
        remedy="compare with another revision, or put these right:",
    )
    for problem in error.problems:
        place = problem.place
        if place is not None:
            place = replace(place, path=f"{revision}:{place.path}")
        yield replace(problem, place=place)


def _commit(root: Path, revision: str) -> str | None:
    """The commit that git knows by a name; nothing when there is none, or no repository."""
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def _extract(root: Path, commit: str, folder: Path) -> bool:
    """Write the project's files at a commit to a folder; whether there was a project."""
    where = _git(root, "rev-parse", "--show-toplevel", "--show-prefix").stdout.decode().splitlines()
    top, prefix = where[0], where[1] if len(where) > 1 else ""
    tree = f"{commit}:{prefix}"
    if _git(root, "cat-file", "-e", f"{tree}{_SETTINGS}").returncode:
        return False
    with tempfile.TemporaryFile() as archive:
        # In a folder of the repository, git would look for that folder below the tree.
        done = _git(Path(top), "archive", "--format=tar", tree, into=archive.fileno())
        if done.returncode:
            raise _failed(done.stderr.decode(errors="replace"))
        archive.seek(0)
        with tarfile.open(fileobj=archive) as tar:
            for member in tar:
                parts = PurePosixPath(member.name).parts
                if member.isfile() and (parts[0] in FOLDERS or member.name == _SETTINGS):
                    tar.extract(member, folder, filter="data")
    return True


def _git(root: Path, *arguments: str, into: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    # Neither a question on the terminal nor a fetch of what a partial clone lacks.
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, stdout=into, stderr=subprocess.PIPE, env=quiet, check=False)
    except FileNotFoundError as error:
        raise _failed("there is no such command") from error


def _failed(said: str) -> MachineError:
    return MachineError(
        Problem(
            code="C673",
            message=f"git failed: {(said.strip() or 'it does not say why').splitlines()[0]}",
            remedy="install git, or give two folders: ./before ./after",
        )
    )


def _unknown(root: Path, revision: str) -> NotFoundError:
    done = _git(root, "for-each-ref", "--format=%(refname:short)")
    names = done.stdout.decode(errors="replace").split()
    return NotFoundError(
        Problem(
            code="C670",
            message=f'"{revision}" is neither a revision that git knows here nor a folder',
            remedy=near_remedy(revision, names, otherwise="give a branch, a tag, a commit, or a folder"),
        )
    )


def _no_project(revision: str) -> UsageError:
    return UsageError(
        Problem(
            code="C672",
            message=f'"{revision}" has no project: no pyproject.toml in this folder',
            remedy="choose a later revision, in which the project is where it is now",
        )
    )
