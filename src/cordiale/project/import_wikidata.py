"""Entities of Wikidata into a project: read twice, first for what they are, then for what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Dataset, Literal, URIRef

from cordiale.link.loss import loss, unless_empty
from cordiale.link.piped import told_path
from cordiale.link.things import linked_pairs
from cordiale.link.turtle_blocks import literal
from cordiale.link.wikidata_facts import Thing
from cordiale.link.wikidata_files import Found, read_found, read_wikidata, redirect
from cordiale.link.wikidata_names import is_id
from cordiale.link.wikidata_selection import Selection, Survey, neighbours, survey
from cordiale.link.wikidata_sheets import FOLDER, REFERENCES, WIKIDATA, mended, sheets, thing_of_entity
from cordiale.link.wikidata_terms import FAMILIES
from cordiale.model.errors import SourceError, UsageError
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings
from cordiale.project.import_folder import ImportFolder, ImportReport, each_once
from cordiale.read.folder import read_project
from cordiale.read.settings import find_root

__all__ = ["Choice", "import_wikidata"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for: ids, types, and the steps from these ids and from our own things."""

    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    steps: int | None = None


def import_wikidata(start: Path, files: Sequence[Path], choice: Choice) -> ImportReport:
    """Import what is chosen of the files into ``data/wikidata``, and describe it in the catalogue.

    What was imported of an entity before is replaced. Memory holds a line of the files at a time, and of each
    chosen entity its names.

    Raises:
        UsageError: C720, no id of an item; C524, the catalogue lacks a prefix.
        SourceError: the project cannot be read.
        MachineError: C901, C733, C911, a file cannot be read or written; the project is as it was.
    """
    wrong = sorted(each for each in choice.ids | choice.types if not is_id(each))
    if wrong:
        raise UsageError(
            Problem(
                code="C720", message=f'"{wrong[0]}" is no id of Wikidata', remedy="write, for instance, Q42"
            )
        )
    files = each_once(files)
    project = read_project(find_root(start))
    if project.unreadable:
        raise SourceError(*project.unreadable)
    settings = project.settings
    selection = _selection(files, choice, _linked(project.dataset))
    told = survey(_entities(files), selection, settings.languages)
    things = {**_known(project.dataset, settings), **told.things}
    with ImportFolder(project.root, FOLDER, settings) as folder:
        taken: set[str] = set()
        for found in _all(files):
            if isinstance(found, Problem):
                folder.lose((found,))
            elif selection.takes(found):
                taken.update(_take(found, told, things, settings, folder))
        folder.lose(_absent(selection, told))
        folder.describe(WIKIDATA, _publisher(settings))
        entities = {f"{FOLDER}/{id_.lower()}" for id_ in taken}
        return folder.commit(
            taken=len(taken),
            replaces=lambda name: "/".join(name.split("/")[:2]) in entities,
            cited=REFERENCES,
        )


def _take(
    found: Found, told: Survey, things: dict[str, Thing], settings: Settings, folder: ImportFolder
) -> Iterator[str]:
    """Write the files of an entity, unless a later revision stands elsewhere; its id, if it was taken."""
    _, place = told.latest.get(found.id, (0, found.place))
    if place != found.place:
        message = f"{found.id} stands here again; a later revision was taken: {place}"
        folder.lose((loss("C721", Severity.WARNING, message, "nothing is to be done", found.place),))
        return
    entity = read_found(found)
    if isinstance(entity, Problem):
        folder.lose((entity,))
        return
    if entity.redirected_from:
        folder.lose((redirect(entity.redirected_from, entity.id, found.place),))
    whole, problems = mended(entity, found.place)
    # What told no id when it was surveyed is known only now.
    things.setdefault(entity.id, thing_of_entity(whole, settings.languages))
    made = sheets(whole, things, settings, found.place)
    if isinstance(made, Problem):
        folder.lose((made,))
        return
    folder.lose((*problems, *made.losses))
    folder.write(made.files, made.entries)
    yield entity.id


def _all(files: Sequence[Path]) -> Iterator[Found | Problem]:
    for path in files:
        yield from unless_empty(read_wikidata(path), told_path(path))


def _entities(files: Sequence[Path]) -> Iterator[Found]:
    return (found for found in _all(files) if isinstance(found, Found))


def _selection(files: Sequence[Path], choice: Choice, ours: frozenset[str]) -> Selection:
    if choice.steps is None:
        is_all = not choice.ids and not choice.types
        return Selection(ids=choice.ids, types=choice.types, is_all=is_all)
    around = ours | choice.ids
    for _ in range(choice.steps):
        around = neighbours(_entities(files), around)
    return Selection(ids=around, types=choice.types)


def _linked(dataset: Dataset) -> frozenset[str]:
    """The items that our things are linked to."""
    linked = (str(value) for _, value in linked_pairs(dataset))
    space = PREFIXES["wd"]
    return frozenset(each.removeprefix(space) for each in linked if each.startswith(space))


def _known(dataset: Dataset, settings: Settings) -> dict[str, Thing]:
    """What the project knows already of items of Wikidata, by earlier imports."""
    known: dict[str, Thing] = {}
    for subject, _, kind, _ in dataset.quads((None, RDF.type, None, None)):
        name = str(kind).removeprefix(PREFIXES["cord"])
        id_ = str(subject).removeprefix(PREFIXES["wd"])
        if isinstance(subject, URIRef) and id_ != str(subject) and name in FAMILIES:
            labels = {
                label.language: str(label)
                for label in dataset.objects(subject, RDFS.label)
                if isinstance(label, Literal)
            }
            names = tuple(labels.get(tag, id_) for tag in settings.languages)
            known[id_] = Thing(kind=name, names=names, coined=tuple(False for _ in names))
    return known


def _absent(selection: Selection, told: Survey) -> Iterator[Problem]:
    for id_ in sorted(selection.ids - set(told.latest)):
        message = f"{id_} was asked for and is in none of the files"
        yield loss("C722", Severity.INFO, message, "fetch its JSON, and import that too", None)


def _publisher(settings: Settings) -> str:
    labels = " , ".join(f"{literal('Wikidata')}@{tag}" for tag in settings.languages)
    return f"<{WIKIDATA}>\n    a cord:Publisher ;\n    rdfs:label {labels} ;\n.\n"
