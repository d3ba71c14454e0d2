"""Files as house rules would have them: prefixes and order, nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from cordiale.checks.turtle_fixes import fixed_turtle
from cordiale.project.checking import CheckReport
from cordiale.publish.files import save
from cordiale.query.style_fixes import fixed_query

__all__ = ["Fix", "fixes", "write_fixes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A file as it is and as it should be."""

    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        lines = unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            fromfile=f"a/{self.path}",
            tofile=f"b/{self.path}",
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )


def fixes(report: CheckReport, languages: Sequence[str]) -> tuple[Fix, ...]:
    """The files in which a problem can be put right by moving or deleting lines, in order of path.

    Where one of a kind is waived, none of that kind in its file is put right: its lines would move too.
    """
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for problem in report.problems:
        if problem.place is not None:
            codes[problem.place.path].add(problem.code)
    for waived in report.waived:
        if waived.problem.place is not None:
            codes[waived.problem.place.path].discard(waived.problem.code)
    found = []
    for path in sorted(codes.keys() & report.texts.keys()):
        text = report.texts[path]
        after = text
        if path.endswith(".ttl"):
            after = fixed_turtle(text, codes[path], languages)
        elif path.endswith(".rq"):
            after = fixed_query(text, codes[path])
        if after != text:
            found.append(Fix(path=path, before=text, after=after))
    return tuple(found)


def write_fixes(root: Path, found: Iterable[Fix]) -> None:
    """Write the files as they should be, each in one step.

    Raises:
        MachineError: a file cannot be written.
    """
    for fix in found:
        save(root / fix.path, fix.after.encode())
