"""A new project: a small complete graph that builds, to be filled with one's own."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cordiale.model.errors import UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.publish.files import save, unwritable
from cordiale.publish.folders import folder_aside, put_in_place

__all__ = ["new_project"]


def new_project(folder: Path) -> tuple[str, ...]:
    """Write a project to a folder that is empty or not there yet; the paths of its files, in order.

    It has one class, two sources that disagree, a shape, and two questions with their answers.

    Raises:
        UsageError: C126, something is there already.
        MachineError: C911, it cannot be written.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            Problem(
                code="C126",
                message="something is there already",
                remedy="name a folder that is empty, or is not there yet",
                place=Place(path=folder.as_posix()),
            )
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with folder_aside(target) as aside:
            paths = tuple(sorted(_copy(files("cordiale.project") / "template", aside, "")))
            put_in_place(aside, target, paths)
    except OSError as error:
        raise unwritable(folder, error) from error
    return paths


def _copy(source: Traversable, target: Path, path: str) -> list[str]:
    copied: list[str] = []
    for entry in source.iterdir():
        if entry.is_dir():
            (target / entry.name).mkdir()
            copied += _copy(entry, target / entry.name, f"{path}{entry.name}/")
        else:
            save(target / entry.name, entry.read_bytes())
            copied.append(path + entry.name)
    return copied
