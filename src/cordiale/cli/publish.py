"""``cordiale publish``: the graph as a static site."""

from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import messages, table_text, write_out
from cordiale.project.site.publishing import publish as publish_site

__all__ = ["publish"]


def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is new, empty, or has such a site.")
    ],
    project: Project = Path(),
) -> None:
    """Write the graph as a static site.

    Pages for any web host or disk, in English and French: one for each entity, document, question and term,
    with its sources and proofs, and the same as Turtle and JSON-LD. A folder of something else is left alone.
    """
    with messages.status("read") as status:
        report = publish_site(project, folder, status.update)
    rows = [
        ("entities", str(report.things)),
        ("documents", str(report.documents)),
        ("questions", str(report.questions)),
        ("terms", str(report.terms)),
        ("files", str(report.files)),
        ("languages", ", ".join(report.languages)),
    ]
    write_out(table_text(("pages of", ""), rows))
