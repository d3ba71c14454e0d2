"""Waivers: comments that say why a problem may stand.

``# waive C305: kept for the next release`` behind a statement waives problems of this code on its line. On a
line of its own it waives them in what follows, up to the next blank line; indented, on the next line only.
``# waive-file`` waives them in the whole file. Several codes stand with commas between them, and there must
be a reason.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.read.text import Lines

__all__ = ["Waived", "waive"]

# Strings and IRIs, in which a number sign begins no comment; then comments.
_TOKENS = re.compile(
    r'"{3}.*?"{3}|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|(?P<comment>\#[^\r\n]*)',
    re.DOTALL,
)
_WAIVER = re.compile(r"#+\s*waive(?P<file>-file)?\b\s*(?P<rest>.*)")
_CODES = re.compile(r"(?P<codes>C\d{3}(?:\s*,\s*C\d{3})*)\s*:\s*(?P<reason>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A problem that may stand, and why."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiver:
    codes: tuple[str, ...]
    reason: str
    place: Place
    lines: range

    def covers(self, problem: Problem) -> bool:
        place = problem.place
        return (
            place is not None
            and place.path == self.place.path
            and problem.code in self.codes
            and (place.line or 1) in self.lines
        )


def waive(
    problems: Iterable[Problem], texts: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Waived, ...]]:
    """The problems that stand against no waiver, and those that do; ``texts`` are the files by path.

    To the first are added C313, a waiver without codes or reason, and C314, one that waives nothing.
    """
    waivers: defaultdict[str, list[_Waiver]] = defaultdict(list)
    kept: list[Problem] = []
    for path, text in texts.items():
        if "waive" in text:
            for found in _read(path, text):
                if isinstance(found, Problem):
                    kept.append(found)
                else:
                    waivers[path].append(found)
    waived: list[Waived] = []
    used: set[tuple[_Waiver, str]] = set()
    for problem in problems:
        of_file = waivers.get(problem.place.path, ()) if problem.place else ()
        waiver = next((each for each in of_file if each.covers(problem)), None)
        if waiver is None:
            kept.append(problem)
        else:
            used.add((waiver, problem.code))
            waived.append(Waived(problem=problem, reason=waiver.reason))
    kept += [
        Problem(
            code="C314",
            message=f"nothing here is waived by the code {code}",
            remedy="take the waiver out",
            severity=Severity.WARNING,
            place=waiver.place,
        )
        for of_file in waivers.values()
        for waiver in of_file
        for code in waiver.codes
        if (waiver, code) not in used
    ]
    return tuple(kept), tuple(waived)


def _read(path: str, text: str) -> Iterator[_Waiver | Problem]:
    places = Lines(text)
    rows = text.splitlines()
    for token in _TOKENS.finditer(text):
        found = _WAIVER.match(token["comment"] or "")
        if not found:
            continue
        place = places.place(path, token.start("comment"))
        said = _CODES.fullmatch(found["rest"].strip())
        if said is None:
            yield Problem(
                code="C313",
                message="a waiver needs codes and a reason",
                remedy="write, for instance: # waive C305: kept for the next release",
                place=place,
            )
            continue
        assert place.line is not None
        yield _Waiver(
            codes=tuple(code.strip() for code in said["codes"].split(",")),
            reason=said["reason"].strip(),
            place=place,
            lines=range(1, len(rows) + 2) if found["file"] else _covered(rows, place.line),
        )


def _covered(rows: list[str], line: int) -> range:
    """The lines that a waiver on this line is about; lines count from 1."""
    row = rows[line - 1]
    if not row.lstrip().startswith("#"):
        return range(line, line + 1)
    end = line
    if row.startswith("#"):
        while end < len(rows) and rows[end].strip():
            end += 1
        return range(line, end + 1)
    while end < len(rows) and rows[end].lstrip().startswith("#"):
        end += 1
    return range(line, end + 2)
