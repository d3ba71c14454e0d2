"""The command ``cordiale``: its verbs, and how its errors reach a person."""

import os
import sys

import click
import typer

from cordiale.cli import build, check, export, query, reason, show
from cordiale.cli.new import new
from cordiale.model.errors import CordialeError

__all__ = ["app", "main"]

app = typer.Typer(
    name="cordiale",
    help="A knowledge graph that shows its sources: for what it was told, and for what it worked out.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for verb in (build, check, query, show, reason, export):
    app.command()(getattr(verb, verb.__name__.rsplit(".", 1)[1]))
app.add_typer(new, name="new")


def main() -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 a problem in the project, 2 wrong use, 3 the machine failed, 130 interrupted.
    """
    sys.exit(_run())


def _run() -> int:
    try:
        return typer.main.get_command(app).main(standalone_mode=False) or 0
    except CordialeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"C904 the machine failed: {error}\n  check disk space and permissions", file=sys.stderr)
        return 3
