"""Records of ROR from a file: a list of them, or one a line."""

from collections.abc import Iterator
from pathlib import Path

from cordiale.link.json_values import open_packed, read_json_values
from cordiale.link.loss import loss
from cordiale.link.piped import told_path
from cordiale.link.ror_records import RorRecord, ror_record
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity

__all__ = ["read_ror"]


def read_ror(path: Path) -> Iterator[tuple[RorRecord, Place] | Problem]:
    """Record and place, or what is wrong there: C719, a value that is no record.

    Raises:
        MachineError: C901, the file cannot be read.
    """
    shown = told_path(path)
    with open_packed(path) as stream:
        for each in read_json_values(stream, path=shown):
            if isinstance(each, Problem):
                yield each
                continue
            line, value = each
            place = Place(path=shown, line=line)
            try:
                yield ror_record(value), place
            except ValueError as error:
                message = f"the value is no record of ROR: {error}"
                yield loss("C719", Severity.VIOLATION, message, "take it from a dump of ROR", place)
