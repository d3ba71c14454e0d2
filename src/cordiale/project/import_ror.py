"""Records of ROR into a project: read twice, first for what there is, then for what it says."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rdflib import Dataset

from cordiale.link.loss import loss, unless_empty
from cordiale.link.piped import told_path
from cordiale.link.ror_files import read_ror
from cordiale.link.ror_records import RorRecord
from cordiale.link.ror_sheets import (
    FOLDER,
    PREFIXES_USED,
    ROR,
    Known,
    country_of,
    entry_of,
    say,
    whole_entry,
)
from cordiale.link.things import linked_pairs
from cordiale.link.turtle_blocks import Blocks, literal
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.project.import_folder import ImportFolder, ImportReport, each_once
from cordiale.read.folder import read_project
from cordiale.read.settings import find_root

__all__ = ["import_ror"]


def import_ror(
    start: Path,
    files: Sequence[Path],
    *,
    ids: frozenset[str] = frozenset(),
    countries: frozenset[str] = frozenset(),
    steps: int | None = None,
) -> ImportReport:
    """Import what is chosen of the files into ``data/ror``, a file a country, and describe it.

    The choice is by id, by country, and by steps along the ties of ROR from the ids and from our own things;
    without one, all is taken. Files of countries that were imported before are replaced.

    Raises:
        SourceError: the project cannot be read.
        UsageError: C524, the catalogue lacks a prefix.
        MachineError: C901, C733, C911, a file cannot be read or written; the project is as it was.
    """
    files = each_once(files)
    project = read_project(find_root(start))
    if project.unreadable:
        raise SourceError(*project.unreadable)
    settings = project.settings
    wanted = {each.removeprefix(ROR) for each in ids}
    chosen = None if steps is None and not ids and not countries else frozenset(wanted)
    if steps is not None:
        chosen = _around(files, frozenset(wanted) | _linked(project.dataset), steps)
    codes = frozenset(code.lower() for code in countries)
    known: dict[str, Known] = {}
    for record in _chosen(files, chosen, codes):
        known.setdefault(record.id, Known(status=record.status, merged_into=record.merged_into))
    with ImportFolder(project.root, FOLDER, settings) as folder:
        by_country: dict[str, Blocks] = {}
        places: dict[str, Place] = {}
        for each in _records(files):
            if isinstance(each, Problem):
                folder.lose((each,))
                continue
            record, place = each
            if not _is_chosen(record, chosen, codes):
                continue
            if record.id in places:
                message = f"{record.id} stands here again; the first was taken: {places[record.id]}"
                folder.lose((loss("C721", Severity.WARNING, message, "nothing is to be done", place),))
                continue
            places[record.id] = place
            said, problems = say(record, known, settings, place)
            by_country.setdefault(country_of(record), Blocks()).merge(said)
            folder.lose(problems)
        folder.lose(_absent((chosen or frozenset()) - places.keys()))
        for country, blocks in by_country.items():
            text = blocks.text(PREFIXES_USED, "ROR on organisations; places after GeoNames, CC BY 4.0.")
            folder.write(
                {f"{FOLDER}/{country}": text.encode("utf-8", "replace")}, (entry_of(country, settings),)
            )
        folder.write({}, whole_entry(settings))
        folder.describe(ROR, _publisher(settings))
        return folder.commit(taken=len(places), replaces=lambda _: False)


def _records(files: Sequence[Path]) -> Iterator[tuple[RorRecord, Place] | Problem]:
    for path in files:
        yield from unless_empty(read_ror(path), told_path(path))


def _is_chosen(record: RorRecord, ids: frozenset[str] | None, countries: frozenset[str]) -> bool:
    return ids is None or record.id in ids or country_of(record) in countries


def _chosen(
    files: Sequence[Path], ids: frozenset[str] | None, countries: frozenset[str]
) -> Iterator[RorRecord]:
    for each in _records(files):
        if not isinstance(each, Problem) and _is_chosen(each[0], ids, countries):
            yield each[0]


def _around(files: Sequence[Path], centre: frozenset[str], steps: int) -> frozenset[str]:
    around = set(centre)
    for _ in range(steps):
        for record in list(_chosen(files, frozenset(around), frozenset())):
            around.update(relation.target for relation in record.relations)
    return frozenset(around)


def _linked(dataset: Dataset) -> frozenset[str]:
    """The records that our things are linked to."""
    linked = (str(value) for _, value in linked_pairs(dataset))
    return frozenset(each.removeprefix(ROR) for each in linked if each.startswith(ROR))


def _absent(ids: frozenset[str]) -> Iterator[Problem]:
    for id_ in sorted(ids):
        message = f"the record {id_} was asked for and is in none of the files"
        yield loss("C722", Severity.INFO, message, "take a newer dump of ROR", None)


def _publisher(settings: Settings) -> str:
    labels = " , ".join(f"{literal('Research Organization Registry')}@{tag}" for tag in settings.languages)
    return f"<{ROR}>\n    a cord:Publisher ;\n    rdfs:label {labels} ;\n.\n"
