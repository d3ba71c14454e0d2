"""The command ``cordiale``: its verbs, and how its errors reach a person."""

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cordiale.cli.printing import flush, need_verb
from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem

__all__ = ["VERBS", "app", "main", "run"]

# Each verb with what it does, in the words of its own help: a verb is imported when it is called, so that
# neither the help of all nor another verb waits for its libraries.
VERBS = {
    "build": "Read, check, reason, answer and export to build/.",
    "check": "List what is wrong with the files.",
    "query": "Answer a stored question, or a query of your own.",
    "show": "Show what is known of a thing.",
    "why": "Show why a fact holds.",
    "verify": "Ask again what a receipt records.",
    "without": "Show what falls without some sources.",
    "diff": "Show what changes between two revisions.",
    "conflicts": "Show which sources cannot all be right.",
    "sources": "List the sources, and what only each of them carries.",
    "reason": "Write what follows from RDF files, or from the project.",
    "entails": "Say whether CONCLUSION follows from PREMISES, and how.",
    "link": "Link things to records of other registers.",
    "import": "Take in what another register says.",
    "export": "Write the graph in a format.",
    "publish": "Write the graph as a static site, or as a release.",
    "init": "Write a small complete project, to be filled with yours.",
    "new": "Begin a new source.",
}


class _Verbs(TyperGroup):
    """The verbs, known by name and sentence; the one that is called is imported."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {verb: TyperCommand(verb, help=said) for verb, said in VERBS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        verb, command, rest = super().resolve_command(ctx, args)
        return verb, _imported(verb) if verb else command, rest


def _imported(verb: str) -> Any:
    """The command of a verb, or the group of its commands."""
    module = f"{verb}_" if iskeyword(verb) else verb
    found = getattr(import_module(f"cordiale.cli.{module}"), module)
    if not isinstance(found, typer.Typer):
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(verb)(found)
        found = app
    return typer.main.get_command(found)


app = typer.Typer(
    name="cordiale",
    cls=_Verbs,
    help="A knowledge graph that shows its sources: for what it was told, and for what it worked out.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(need_verb)


def main() -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 a problem in the project, 2 wrong use, 3 the machine failed, 130 interrupted.
    """
    sys.exit(_run())


def run() -> None:
    """The same, as a process that does nothing else and ends at once.

    The system takes back the memory of a graph in no time, where Python takes it apart term by term.
    """
    code = _run()
    sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    try:
        # Typer turns a KeyboardInterrupt into 130.
        code: int = typer.main.get_command(app).main(prog_name="cordiale", standalone_mode=False) or 0
        flush()
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
