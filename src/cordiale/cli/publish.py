"""``cordiale publish``: the graph as a static site, or as a release."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import Project
from cordiale.cli.printing import messages, problems_text, table_text, write_out
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem, has_violation

__all__ = ["GARBAGE", "publish"]

GARBAGE = 200_000  # objects between two searches for cycles: a site makes many objects and few cycles


def publish(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A folder that is new, empty, or has the like of it.")
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(
            "--release",
            metavar="VERSION",
            help="Write a release instead: data files, what they are, their digests.",
        ),
    ] = None,
    issued: Annotated[
        str,
        typer.Option("--date", metavar="DATE", help="The date of a release; else that of the last commit."),
    ] = "",
    url: Annotated[
        str,
        typer.Option(metavar="URL", help="The web address of the folder of a release, up to its last slash."),
    ] = "",
    project: Project = Path(),
) -> None:
    """Write the graph as a static site, or as a release.

    The site is for any web host or disk, in English and French: a page for each entity, document, question,
    conflict and term, with its sources and proofs, and the same as Turtle and JSON-LD. A release is a folder
    with every export, VoID and DCAT, CITATION.cff, and a manifest with the SHA-256 of each file; it is
    build/release-VERSION unless DIR is given. Nothing is written when a check finds a violation, and a folder
    of something else is left alone.
    """
    if release is not None:  # an empty one is wrong: it may come from a variable that is not set
        _release(project, release, folder, issued, url)
        return
    if issued or url:
        option = "--date" if issued else "--url"
        raise _misuse(f"{option} is for --release", "leave it out, or add --release VERSION")
    if folder is None:
        raise _misuse("a site needs a folder", "name one: cordiale publish site; or see --release")
    _site(project, folder)


def _site(project: Path, folder: Path) -> None:
    from cordiale.project.site.publishing import MARKER
    from cordiale.project.site.publishing import publish as publish_site
    from cordiale.project.targets import check_target
    from cordiale.read.settings import find_root

    gc.set_threshold(GARBAGE)
    check_target(find_root(project), folder, MARKER, "site")  # at once, and not after all that is checked
    with messages.status("check") as status:
        _tell(_problems(project), "site")
        report = publish_site(project, folder, status.update)
    rows = [
        ("entities", str(report.things)),
        ("documents", str(report.documents)),
        ("questions", str(report.questions)),
        ("conflicts", str(report.conflicts)),
        ("terms", str(report.terms)),
        ("files", str(report.files)),
        ("languages", ", ".join(report.languages)),
    ]
    write_out(table_text(("pages of", ""), rows))


def _release(project: Path, version: str, folder: Path | None, issued: str, url: str) -> None:
    from cordiale.project.release import release

    with messages.status("read") as status:
        report = release(project, version, status.update, folder=folder, issued=issued, url=url)
    _tell(report.problems, "release")
    rows = [
        ("folder", report.folder.as_posix()),
        ("files", str(report.files)),
        ("bytes", str(report.size)),
        ("fingerprint", report.fingerprint),
    ]
    write_out(table_text(("release", version), rows))


def _problems(project: Path) -> tuple[Problem, ...]:
    """What is wrong with a project, found by a process of its own: to write a site takes another one too."""
    from cordiale.project.apart import apart
    from cordiale.project.build import every_problem
    from cordiale.project.knowledge_graph import open_project

    kg = open_project(project)
    with apart(lambda: every_problem(kg)) as checked:
        return checked()


def _tell(problems: tuple[Problem, ...], what: str) -> None:
    """Tell of problems.

    Raises:
        Exit: with 1, some are violations.
    """
    messages.print(problems_text(problems), end="", markup=False, soft_wrap=True)
    if has_violation(problems):
        messages.print(f"nothing was written: a {what} has no violation")
        raise typer.Exit(1)


def _misuse(message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code="C571", message=message, remedy=remedy))
