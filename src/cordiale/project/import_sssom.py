"""Mapping sets (SSSOM) into a project: each a file of ``data/links``, and so a source."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.link.catalogue_entry import Entry
from cordiale.link.piped import told_path
from cordiale.link.sssom_files import mapping_set_text
from cordiale.link.sssom_tables import distinct_rows, write_table
from cordiale.model.errors import CordialeError, SourceError, UsageError
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.model.sources import MAPPING_SET
from cordiale.project.import_folder import ImportFolder, ImportReport, each_once
from cordiale.read.folder import read_project
from cordiale.read.mapping_table import MappingTable, read_table
from cordiale.read.mappings import read_mappings
from cordiale.read.settings import find_root
from cordiale.read.text import decode

__all__ = ["import_sssom"]

_FOLDER = "links"


def import_sssom(start: Path, files: Sequence[Path], *, name: str | None) -> ImportReport:
    """Write mapping sets to ``data/links`` under ``name`` or the names of their files.

    A set is refused as a whole when anything in it is wrong, so that no row is ever dropped; a row that says
    again what another says stands once. A licence that is missing, or no IRI, is kept so, and reported. A set
    that is imported again replaces itself.

    Raises:
        UsageError: C731, another set has the name, or a name is none; C732, one name for several sets.
        SourceError: all that is wrong with a set: C13x, and C137 as a violation.
        MachineError: a file cannot be read or written; the project is as it was.
    """
    files = each_once(files)
    if name is not None and len(files) > 1:
        message = "one name was given for several files"
        raise UsageError(Problem(code="C732", message=message, remedy="import them one by one"))
    project = read_project(find_root(start))
    if project.unreadable:
        raise SourceError(*project.unreadable)
    taken = 0
    with ImportFolder(project.root, _FOLDER, project.settings) as folder:
        for path in files:
            text, problems = mapping_set_text(path)
            shown = told_path(path)
            table, kept = _checked(text, shown)
            rows, repeated = distinct_rows(table)
            slug = _name(name or ("-" if shown == "stdin" else path.name), project.root, table)
            folder.lose((*problems, *kept, *repeated))
            content = write_table(table, rows).encode()
            entry = _entry(f"{_FOLDER}/{slug}", table, project.settings)
            folder.write({f"{_FOLDER}/{slug}{MAPPING_SET}": content}, (entry,))
            taken += len(rows)
        return folder.commit(taken=taken, replaces=lambda _: False)


def _checked(text: str, path: str) -> tuple[MappingTable, tuple[Problem, ...]]:
    """The set, and what SSSOM would not allow in it and is kept all the same."""
    read_mappings(text, path=path)
    table = read_table(text, path=path)
    found = [each for each in check_mapping_sets({path: text}) if each.code == "C137"]
    wrong = [each for each in found if each.severity is Severity.VIOLATION]
    if wrong:
        raise SourceError(*wrong)
    return table, tuple(replace(each, severity=Severity.INFO) for each in found)


def _name(given: str, root: Path, table: MappingTable) -> str:
    stem = re.sub(r"(\.sssom)?\.tsv(\.gz|\.bz2)?$", "", given)
    slug = re.sub(r"[^a-z0-9.]+", "-", stem.lower()).strip("-.")
    target = root / "data" / _FOLDER / f"{slug}{MAPPING_SET}"
    if not slug:
        raise UsageError(
            Problem(
                code="C731", message=f'"{given}" is no name of a source', remedy="give --name, in a-z and -"
            )
        )
    if target.exists() and _id(target) != table.header.get("mapping_set_id"):
        message = f'"{_FOLDER}/{slug}" is another mapping set already'
        raise UsageError(Problem(code="C731", message=message, remedy="give another --name"))
    return slug


def _id(path: Path) -> object:
    try:
        return read_table(decode(path.read_bytes(), path=path.name), path=path.name).header["mapping_set_id"]
    except (CordialeError, KeyError, yaml.YAMLError):
        return None


def _entry(name: str, table: MappingTable, settings: Settings) -> Entry:
    header = table.header
    title = " ".join(str(header.get("mapping_set_title") or header.get("mapping_set_id")).split())
    words = {"fr": "Alignement : "}
    issued = str(header.get("publication_date") or header.get("mapping_date") or "")
    return Entry(
        name=name,
        kind="Document",
        labels=tuple(f"{words.get(tag, 'Mapping set: ')}{title}" for tag in settings.languages),
        access="access-read",
        tier="tier-low",
        issued=issued if re.fullmatch(r"\d{4}-\d\d-\d\d", issued) else "",
    )
