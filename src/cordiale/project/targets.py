"""Where a project may be published to: not over something else, and not among its own files."""

from pathlib import Path

from cordiale.model.errors import UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.publish.folders import is_free
from cordiale.read.walk import FOLDERS

__all__ = ["check_target"]


def check_target(root: Path, target: Path, marker: str, what: str) -> None:
    """Refuse a folder that is not to be written to; ``what`` is written, of which ``marker`` is a file.

    Raises:
        UsageError: C570, it has something in it and was not made by us, or is no folder; C576, it is a folder
            that the project at ``root`` is read from, or in one.
    """
    place = Place(path=target.as_posix())
    resolved = target.resolve()
    for name in FOLDERS:
        if resolved.is_relative_to((root / name).resolve()):
            message = f"the project is read from {name}/: no {what} is written there"
            raise _misuse("C576", message, f"name a folder elsewhere, such as {what}", place)
    if not is_free(target, marker):
        message = f"this is no {what} that cordiale made, and is left as it is"
        raise _misuse("C570", message, "name a folder that is empty or not there yet", place)


def _misuse(code: str, message: str, remedy: str, place: Place) -> UsageError:
    return UsageError(Problem(code=code, message=message, remedy=remedy, place=place))
