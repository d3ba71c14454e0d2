"""``cordiale new``: begin something that a person will fill."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import need_verb, write_out
from cordiale.project.new_source import new_source

__all__ = ["new", "source"]

new = typer.Typer(help="Begin a new source.", add_completion=False, rich_markup_mode=None)
new.callback(invoke_without_command=True)(need_verb)


@new.command()
def source(
    url: Annotated[str, typer.Argument(metavar="URL", help="The document's web address.")],
    name: Annotated[
        str | None,
        typer.Option(metavar="FOLDER/FILE", help="The source's name; made of the address otherwise."),
    ] = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The document's language, as a BCP 47 tag.")
    ] = "en",
    project: Project = Path(),
) -> None:
    """Write the file of a document and its entry in the catalogue."""
    made = new_source(project, url, name=name, language=language)
    write_out(
        f"{made.path}: write what the document states\n"
        f"{made.catalogue}: complete the entry <{made.name}>: label, publisher, date, tier, access\n"
    )
