"""``cordiale init``: begin a project of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.printing import write_out
from cordiale.project.new_project import new_project

__all__ = ["init"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is empty or not there yet.")],
) -> None:
    """Write a small complete project, to be filled with yours.

    One class, two sources that disagree, a shape and two questions: it builds as it stands.
    """
    paths = new_project(folder)
    write_out("".join(f"{(folder / path).as_posix()}\n" for path in paths))
