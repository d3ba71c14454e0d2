"""``cordiale diff``: what changes in the graph between two revisions or folders."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import write_out
from cordiale.project.difference_text import Told, as_json, as_markdown, as_text
from cordiale.project.differences import differences
from cordiale.project.revisions import opened

__all__ = ["DiffFormat", "diff"]


class DiffFormat(StrEnum):
    """How differences are told."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


_WRITERS = {DiffFormat.TEXT: as_text, DiffFormat.MARKDOWN: as_markdown, DiffFormat.JSON: as_json}


def diff(
    before: Annotated[
        str, typer.Argument(metavar="REV1", help="A branch, tag or commit of git, or a folder (./name).")
    ],
    after: Annotated[
        str, typer.Argument(metavar="REV2", help="The same; without it the project as it stands.")
    ] = "",
    fmt: Annotated[
        DiffFormat, typer.Option("--format", help="How it is written: markdown is for a pull request.")
    ] = DiffFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Show what changes between two revisions.

    Triples stated and inferred, conflicts and stored answers, each with the lines responsible.

    Nothing is checked out. A revision that does not build is refused with its problems.
    """
    with opened(before, project) as old, opened(after or str(project.resolve()), project) as new:
        names = (before, after or "the project as it stands")
        told = Told(found=differences(old, new), before=old, after=new, names=names)
        write_out(_WRITERS[fmt](told))
