"""Stored questions: one ``.rq`` file each, with what its header says and the answer that is expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cordiale.model.errors import NotFoundError, SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.query.header import read_header
from cordiale.query.substitution import check_names
from cordiale.query.syntax import judge, read_query
from cordiale.query.values import Parameter
from cordiale.read.near import near_remedy
from cordiale.read.text import machine_error

__all__ = ["Question", "find_question", "read_questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query that has a name, says in words what it asks, and may have parameters."""

    id: str  # the file's name without ".rq"
    path: str  # relative to the project's folder
    summary: Mapping[str, str]  # the question in words, by language
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    text: str  # the whole file, which is a query for any SPARQL tool
    expected: str | None = None  # the CSV text of the answer, for the default or example values

    @property
    def examples(self) -> dict[str, str]:
        """The values for which the answer is expected, of the parameters that have no default."""
        return {each.name: each.example for each in self.parameters if each.required and each.example}


def read_questions(
    paths: Iterable[Path],
    root: Path,
    *,
    language: str = "en",
    contents: Mapping[Path, bytes] | None = None,
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions that can be asked, in order of id, and what is wrong with the others.

    ``language`` is that of the plain ``summary`` of a header. ``contents`` are the bytes of the files and of
    the expected answers, where they were read before.

    Problems: C401 to C406 (see ``read_query``, ``judge``), C410 to C415 and C433 (see ``read_header``), C416
    (an id that another question has), C417 (not plain UTF-8), C436 to C439 (see ``check_names``).

    Raises:
        MachineError: C901, for a file that cannot be read.
    """
    questions: dict[str, Question] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        try:
            question, notes = _read(path, root, language, contents)
        except SourceError as error:
            problems.extend(error.problems)
            continue
        problems.extend(notes)
        known = questions.get(question.id)
        if known:
            problems.append(
                Problem(
                    code="C416",
                    message=f'{known.path} is called "{known.id}" too',
                    remedy="rename one of the two files",
                    place=Place(path=question.path),
                )
            )
        else:
            questions[question.id] = question
    return tuple(questions[name] for name in sorted(questions)), tuple(problems)


def find_question(name: str, questions: Iterable[Question]) -> Question:
    """The question of that id.

    Raises:
        NotFoundError: C430, with near names.
    """
    known = {question.id: question for question in questions}
    if name not in known:
        otherwise = "cordiale query --list shows the questions; cordiale check, what is wrong with others"
        remedy = near_remedy(name, known, otherwise=otherwise)
        raise NotFoundError(Problem(code="C430", message=f'there is no question "{name}"', remedy=remedy))
    return known[name]


def _read(
    path: Path, root: Path, language: str, contents: Mapping[Path, bytes] | None
) -> tuple[Question, tuple[Problem, ...]]:
    relative = path.relative_to(root).as_posix()
    text = _text(path, relative, contents)
    if text.startswith("\ufeff"):
        raise _not_utf_8(relative, "the file begins with a byte order mark")
    query = read_query(text, path=relative)
    header = read_header(query, language=language)
    judge(query, {}, {})
    check_names(query, {parameter.variable for parameter in header.parameters})
    expected = path.with_suffix(".expected.csv")
    is_there = expected.exists() if contents is None else expected in contents
    question = Question(
        id=path.stem,
        path=relative,
        summary=header.summary,
        description=header.description,
        tags=header.tags,
        parameters=header.parameters,
        text=text,
        expected=_text(expected, expected.relative_to(root).as_posix(), contents) if is_there else None,
    )
    return question, header.notes


def _text(path: Path, relative: str, contents: Mapping[Path, bytes] | None) -> str:
    try:
        return (path.read_bytes() if contents is None else contents[path]).decode("utf-8")
    except OSError as error:
        raise machine_error(relative, error) from error
    except UnicodeDecodeError as error:
        raise _not_utf_8(relative, f"byte {error.start + 1} of the file is not UTF-8") from error


def _not_utf_8(path: str, message: str) -> SourceError:
    remedy = "save the file as UTF-8, without a byte order mark"
    return SourceError(Problem(code="C417", message=message, remedy=remedy, place=Place(path=path)))
