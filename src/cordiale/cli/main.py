"""The command ``cordiale``: its verbs, and how its errors reach a person."""

import sys

import typer

from cordiale.cli import build, check, entails, export, query, reason, show, sources, why, without
from cordiale.cli.import_ import import_
from cordiale.cli.link import link
from cordiale.cli.new import new
from cordiale.cli.printing import need_verb
from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem

__all__ = ["app", "main"]

app = typer.Typer(
    name="cordiale",
    help="A knowledge graph that shows its sources: for what it was told, and for what it worked out.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(need_verb)
for verb in (build, check, query, show, why, without, sources, reason, entails, export):
    app.command()(getattr(verb, verb.__name__.rsplit(".", 1)[1]))
app.add_typer(import_, name="import")
app.add_typer(link, name="link")
app.add_typer(new, name="new")


def main() -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 a problem in the project, 2 wrong use, 3 the machine failed, 130 interrupted.
    """
    sys.exit(_run())


def _run() -> int:
    try:
        # Typer turns a KeyboardInterrupt into 130.
        code: int = typer.main.get_command(app).main(prog_name="cordiale", standalone_mode=False) or 0
    except CordialeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except typer.TyperException as error:
        print(_wrong_use(error), file=sys.stderr)
        return 2
    except typer.Abort:
        code = 130
    except OSError as error:
        print(_machine_failed(error), file=sys.stderr)
        return 3
    if code == 130:
        print("interrupted", file=sys.stderr)
    return code


def _wrong_use(error: typer.TyperException) -> Problem:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cordiale"
    said = error.format_message().replace("Value error, ", "").rstrip(".")  # the words of pydantic
    return Problem(code="C510", message=said[:1].lower() + said[1:], remedy=f"see {command} --help")


def _machine_failed(error: OSError) -> Problem:
    where = f"{error.filename}: " if error.filename else ""
    return Problem(
        code="C904",
        message=f"the machine failed: {where}{error.strerror or error}",
        remedy="check disk space and permissions",
    )
