"""The tree of what can go wrong; each error carries the problems that a person is shown."""

from cordiale.model.problems import Problem

__all__ = [
    "CordialeError",
    "MachineError",
    "NotFoundError",
    "QueryHeaderError",
    "QuerySyntaxError",
    "SettingsError",
    "SourceError",
    "TurtleSyntaxError",
    "UnprovenError",
    "UsageError",
]


class CordialeError(Exception):
    """Any error that a user can be told about; the command ends with ``exit_code``."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class SourceError(CordialeError):
    """A file of the project cannot be used as it stands."""


class TurtleSyntaxError(SourceError):
    """A Turtle file breaks the grammar (https://www.w3.org/TR/turtle/)."""


class QueryHeaderError(SourceError):
    """The ``#+`` header of a stored question cannot be read."""


class QuerySyntaxError(SourceError):
    """A query breaks the grammar of SPARQL 1.1 or asks for what is not allowed."""


class SettingsError(SourceError):
    """``[tool.cordiale]`` in ``pyproject.toml`` is missing or wrong."""


class UnprovenError(CordialeError):
    """A triple is neither stated nor inferred."""


class UsageError(CordialeError):
    """The caller named or typed something wrongly."""

    exit_code = 2


class NotFoundError(UsageError):
    """No question, source, parameter or thing of that name."""


class MachineError(CordialeError):
    """The machine failed: a disk is full, a file cannot be read or written."""

    exit_code = 3
