"""The files of a project's folder, by their place and ending, in one order on every machine."""

import os
import re
from pathlib import Path
from typing import NoReturn

from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.read.text import machine_error

__all__ = ["FOLDERS", "find_files"]

FOLDERS = ("data", "ontology", "queries", "shapes")  # what a project is read from, besides its settings

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def find_files(
    root: Path, folder: str, suffix: str | tuple[str, ...], *, deep: bool
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The files under ``folder`` so ending, relative to ``root`` and sorted; and what is refused.

    Hidden files are passed over; without ``deep``, so are sub-folders. Symbolic links to folders are never
    followed: a document with two names would count as two sources.

    Raises:
        MachineError: C901, a folder cannot be listed.
    """
    top = root / folder
    if leads_out := _link_problem(root, top):
        return (), (leads_out,)
    paths: list[str] = []
    problems: list[Problem] = []

    def fail(error: OSError) -> NoReturn:
        raise machine_error(_relative(root, Path(error.filename)), error) from error

    for here, folders, files in os.walk(top, onerror=fail) if top.is_dir() else ():
        shown = [Path(here, name) for name in folders if not name.startswith(".")]
        folders[:] = [path.name for path in shown] if deep else []
        links = [path for path in shown if deep and path.is_symlink()]
        problems += [_link_problem(root, path) or _folder_link(root, path) for path in links]
        for name in files:
            path = Path(here, name)
            if name.startswith(".") or not name.endswith(suffix):
                continue
            if refused := _link_problem(root, path) or _name_problem(_relative(root, path)):
                problems.append(refused)
            else:
                paths.append(_relative(root, path))
    return tuple(sorted(paths)), tuple(sorted(problems, key=lambda problem: str(problem.place)))


def _name_problem(path: str) -> Problem | None:
    bad = [part for part in path.split("/") if not _NAME.fullmatch(part)]
    if not bad:
        return None
    return Problem(
        code="C122",
        message=f'"{bad[0]}" cannot be part of a name and of an IRI',
        remedy='name files and folders with the letters a-z and A-Z, digits, "-", "_" and "." alone',
        place=Place(path=path),
    )


def _link_problem(root: Path, path: Path) -> Problem | None:
    if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return None
    return Problem(
        code="C120",
        message="a symbolic link that leads out of the project",
        remedy="copy what it points to into the project, so that the folder holds all its sources",
        place=Place(path=_relative(root, path)),
    )


def _folder_link(root: Path, path: Path) -> Problem:
    return Problem(
        code="C121",
        message="a symbolic link to a folder, which is not followed",
        remedy="move the folder here, or take the link away: one document has one name",
        place=Place(path=_relative(root, path)),
    )


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
