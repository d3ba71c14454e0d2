"""The reference pages that are made from the code: ``python -m tests.reference_pages`` (``make docs``).

``docs/reference/python.md`` has what ``import cordiale`` gives, ``commands.md`` the command line.
"""

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import typer

import cordiale
from cordiale.cli.main import VERBS, app
from cordiale.closure.consequences import Consequences
from cordiale.closure.entailments.entailment import Entailment, Reason
from cordiale.model.errors import CordialeError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.project.why import Why
from cordiale.query.answers import Answer
from cordiale.trust.conflicts import Conflict, Said

__all__ = ["PAGES", "commands_page", "python_page"]

_MADE = "Made from the code by `make docs`; edit it there.\n"
# What the methods of KnowledgeGraph and Consequences give back.
_RESULTS = (Answer, Why, Conflict, Said, Consequences, Entailment, Reason, Problem, Place)
_WIDE = 100
_BAR = "\\|"  # in a cell of a table


def python_page() -> str:
    """What ``import cordiale`` gives: functions, classes and their public members, errors."""
    parts = [f"# Python\n\n{_MADE}", "## Functions\n"]
    for name, function in (("open", cordiale.open), ("reason", cordiale.reason)):
        parts.append(_entry(f"cordiale.{name}", function, "###"))
    parts.append("`cordiale.closure` can be called too, and is `cordiale.reason`.\n")
    parts.append(_class(cordiale.KnowledgeGraph))
    parts += [_class(result) for result in _RESULTS]
    parts.append(f"## Errors\n\n{_prose(CordialeError.__doc__)}\n")
    parts += [f"- `{error.__name__}`: {_prose(error.__doc__)}" for error in _errors(CordialeError)]
    return "\n".join(parts) + "\n"


def _errors(error: type[CordialeError]) -> Iterator[type[CordialeError]]:
    for kind in error.__subclasses__():
        if kind.__module__ == CordialeError.__module__:
            yield kind
            yield from _errors(kind)


def _class(kind: type) -> str:
    parts = [f"## {kind.__name__}\n\n{_prose(kind.__doc__)}\n"]
    members: dict[str, object] = {}
    for base in reversed([each for each in kind.__mro__ if each.__module__.startswith("cordiale.")]):
        members |= {name: member for name, member in vars(base).items() if not name.startswith("_")}
    for name, member in sorted(members.items()):
        if isinstance(member, property | cached_property):
            got = member.fget if isinstance(member, property) else member.func
            assert got is not None
            parts.append(
                f"### {name}\n\n`{inspect.signature(got).return_annotation}`. {_prose(got.__doc__)}\n"
            )
        elif inspect.isfunction(member):
            parts.append(_entry(name, member, "###"))
    return "\n".join(parts)


def _entry(name: str, function: Any, heading: str) -> str:
    signature = inspect.signature(function)
    given = [each for each in signature.parameters.values() if each.name != "self"]
    shown = f"{name}{signature.replace(parameters=given)}"
    if len(shown) > _WIDE:
        inside = "".join(f"    {each},\n" for each in _marked(given))
        shown = f"{name}(\n{inside}) -> {inspect.formatannotation(signature.return_annotation)}"
    # Annotations are told by their last names, with or without the marks of those that are read late.
    shown = re.sub(r"\b(?:\w+\.)+(?=[A-Z])", "", re.sub(r"(?<=[:>] )'([^']*)'", r"\1", shown))
    return f"{heading} {name}\n\n```text\n{shown}\n```\n\n{_prose(function.__doc__)}\n"


def _marked(given: list[inspect.Parameter]) -> Iterator[str]:
    """The parameters, with a star before those that are given by name only."""
    starred = False
    for each in given:
        if each.kind is each.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        starred = starred or each.kind is each.VAR_POSITIONAL
        yield str(each)


def _prose(docstring: str | None) -> str:
    """A docstring as Markdown: examples fenced, errors listed, names in single marks."""
    assert docstring is not None
    lines: list[str] = []
    example = False
    for line in inspect.cleandoc(docstring).replace("``", "`").splitlines():
        if line.startswith(">>>") and not example:
            lines.append("```python")
            example = True
        if example and not line:
            lines.append("```")
            example = False
        if line.startswith("Raises:"):
            lines += ["Raises:", ""]
        elif match := re.match(r"    (\w+(?:, \w+)*): (.*)", line):
            lines.append(f"- {', '.join(f'`{name}`' for name in match[1].split(', '))}: {match[2]}")
        else:
            lines.append(line)
    if example:
        lines.append("```")
    return "\n".join(lines)


def commands_page() -> str:
    """The help of each verb, and of the verbs within."""
    parts = [f"# Commands\n\n{_MADE}"]
    group = typer.main.get_command(app)
    context: Any = typer.Context(group, info_name="cordiale")
    for verb in VERBS:
        _, command, _ = group.resolve_command(context, [verb])  # type: ignore[attr-defined]
        parts += _command(command, f"cordiale {verb}", "##")
    return "\n".join(parts) + "\n"


def _command(command: Any, path: str, heading: str) -> Iterator[str]:
    yield f"{heading} {path}\n\n{inspect.cleandoc(command.help or '')}\n"
    context = typer.Context(command, info_name=path)
    rows = [row for each in command.get_params(context) if (row := each.get_help_record(context))]
    rows = [row for row in rows if row[0] != "--help"]
    if rows:
        yield "| Argument or option | |\n|---|---|"
        for name, said in rows:
            cells = (f"`{name}`", " ".join(said.split()))
            yield f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"
        yield ""
    for name, inner in getattr(command, "commands", {}).items():
        yield from _command(inner, f"{path} {name}", heading + "#")


PAGES = {"python.md": python_page, "commands.md": commands_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        Path(__file__).parents[1].joinpath("docs", "reference", page).write_text(write(), encoding="utf-8")
