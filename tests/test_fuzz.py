"""Files of the project's own graph with bytes changed at random: whatever they hold, errors are ours.

Five minutes with single files, five with whole projects. A change is made from a number that a failure tells,
so that it can be made again: ``_changed(content, others, random.Random(number))``.
"""

import os
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.query.limits import Limits
from cordiale.read.turtle import read_turtle
from tests.copies import copied_project

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_SECONDS = 300.0
_ODD = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\\u0000",
    b"\\uD800",
    b"\xe2\x80\xae",
    b'"""',
    b"<",
    b"{",
    b"((((",
)


def _changed(content: bytes, others: bytes, chance: random.Random) -> bytes:
    """The content with some changes: a bit turned, bytes lost, doubled, odd, or taken from elsewhere."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + int(chance.paretovariate(0.6)))
        kind = chance.randrange(5)
        if kind == 0 and start < len(changed):
            changed[start] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[start:end]
        elif kind == 2:
            changed[start:start] = changed[start:end]
        elif kind == 3:
            changed[start:start] = chance.choice(_ODD)
        else:
            place = chance.randrange(len(others))
            changed[start:end] = others[place : place + int(chance.paretovariate(0.6))]
    return bytes(changed)


def _numbers(seconds: float) -> Iterator[int]:
    """Numbers for as long as that: other ones each time, but where CI is to fail for its change alone."""
    end = time.monotonic() + seconds
    number = 0 if os.environ.get("CI") else time.time_ns()
    while time.monotonic() < end:
        yield number
        number += 1


def _problems(kg: KnowledgeGraph, path: Path, content: bytes) -> tuple[Problem, ...]:
    """What is wrong with a file of Turtle that is read, or of SPARQL that is asked."""
    text = content.decode("utf-8", errors="replace")
    try:
        if path.suffix == ".rq":
            kg.query(text, path=path.name, limits=Limits(seconds=5, rows=10_000))
        else:
            read_turtle(text, path=path.name, base="https://example.org/")
    except CordialeError as error:
        return error.problems
    return ()


def _are_for_people(problems: Iterable[Problem]) -> bool:
    """Whether each has a code, a sentence and a remedy."""
    return all(each.code and each.message and each.remedy for each in problems)


def test_files_with_bytes_changed_are_told(project_root: Path) -> None:
    """Turtle is read, and questions are asked."""
    kg = open_project(project_root)
    files = sorted(
        path
        for folder, ending in (("data", "ttl"), ("shapes", "ttl"), ("ontology", "ttl"), ("queries", "rq"))
        for path in (project_root / folder).rglob(f"*.{ending}")
    )
    others = b"".join(path.read_bytes() for path in files)
    asked = told = 0
    for number in _numbers(_SECONDS):
        chance = random.Random(number)
        path = chance.choice(files)
        try:
            problems = _problems(kg, path, _changed(path.read_bytes(), others, chance))
        except Exception as error:
            raise AssertionError(f"{path} changed by {number}") from error
        assert _are_for_people(problems), f"{path} changed by {number}"
        asked, told = asked + 1, told + bool(problems)
    assert told > asked // 10, "hardly any change was seen"


def test_projects_with_bytes_changed_are_told(project_root: Path, tmp_path: Path) -> None:
    """A few files at once, mappings, expected answers and settings among them."""
    root = copied_project(project_root, tmp_path / "project")
    files = sorted(
        path
        for folder in ("data", "queries", "shapes", "ontology")
        for path in (root / folder).rglob("*")
        if path.is_file()
    )
    files += [root / "pyproject.toml"] * 10
    others = b"".join(path.read_bytes() for path in set(files))
    for number in _numbers(_SECONDS):
        chance = random.Random(number)
        spoilt = {path: path.read_bytes() for path in chance.sample(files, 3)}
        for path, content in spoilt.items():
            path.write_bytes(_changed(content, others, chance))
        try:
            problems = open_project(root).check()
        except CordialeError as error:
            problems = error.problems
        except Exception as error:
            raise AssertionError(f"{sorted(map(str, spoilt))} changed by {number}") from error
        finally:
            for path, content in spoilt.items():
                path.write_bytes(content)
        assert _are_for_people(problems), number
