"""``cordiale new``: begin something that a person will fill."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.project.new_source import new_source

__all__ = ["new"]

new = typer.Typer(help="Begin a new source.", no_args_is_help=True, rich_markup_mode=None)


@new.callback()
def _new() -> None:
    """Begin something new."""


@new.command()
def source(
    url: Annotated[str, typer.Argument(help="The document's web address.")],
    name: Annotated[
        str | None,
        typer.Option(metavar="FOLDER/FILE", help="The source's name; made of the address otherwise."),
    ] = None,
    language: Annotated[str, typer.Option(help="The document's language, as a BCP 47 tag.")] = "en",
    project: Project = Path(),
) -> None:
    """Write the file of a document and its entry in the catalogue."""
    made = new_source(project, url, name=name, language=language)
    print(f"{made.path}: write what the document states")
    print(f"{made.catalogue}: complete the entry <{made.name}>: label, publisher, date, tier, access")
