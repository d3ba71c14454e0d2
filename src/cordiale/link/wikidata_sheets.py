"""One entity of Wikidata as the files that its import makes, and their entries in the catalogue.

The page of an entity is a document of parts, each a file that can be withdrawn: ``item`` says what it is
and is called, ``unreferenced`` holds the statements that rest on nothing, and each reference has a file of
its own,
which rests on the document that it cites (docs/adr/0017-a-reference-is-a-document.md).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from cordiale.link.catalogue_entry import Entry
from cordiale.link.loss import loss
from cordiale.link.turtle_blocks import Blocks, iri
from cordiale.link.wikidata_facts import Line, Thing, facts, label_lines
from cordiale.link.wikidata_graph import add_entity, add_statement
from cordiale.link.wikidata_model import Entity, EntityValue, Reference, Snak, Statement, Text
from cordiale.link.wikidata_names import NAMESPACES, digest, snak_key
from cordiale.link.wikidata_terms import class_of
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings

__all__ = ["FOLDER", "REFERENCES", "WIKIDATA", "Sheets", "mended", "sheets", "thing_of", "thing_of_entity"]

FOLDER = "wikidata"
REFERENCES = "wikidata-references"
WIKIDATA = "http://www.wikidata.org/entity/Q2013"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RETRIEVED = "P813"
_URL, _STATED_IN, _IMPORTED_FROM = "P854", "P248", "P143"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The files of one entity, by name of their source, the entries for the catalogue, and what was lost."""

    id: str
    files: Mapping[str, bytes]
    entries: tuple[Entry, ...]
    losses: tuple[Problem, ...]


def thing_of(
    labels: Mapping[str, str], classes: tuple[str, ...], id_: str, languages: tuple[str, ...]
) -> Thing:
    """Our class for an entity, and its name in each language: its own, or else that of another language.

    >>> thing_of({"en": "Paris", "mul": "Paris!"}, ("Q515",), "Q90", ("en", "fr"))
    Thing(kind='City', names=('Paris', 'Paris!'), coined=(False, True))
    """
    kind, _ = class_of(classes)
    spare = next((labels[tag] for tag in ("mul", *languages) if tag in labels), "")
    spare = spare or next(iter(labels.values()), id_)
    return Thing(
        kind=kind,
        names=tuple(labels.get(tag, spare) for tag in languages),
        coined=tuple(tag not in labels for tag in languages),
    )


def thing_of_entity(entity: Entity, languages: tuple[str, ...]) -> Thing:
    """The same for an entity that has been read."""
    return thing_of(dict(entity.labels), _classes(entity), entity.id, languages)


def _classes(entity: Entity) -> tuple[str, ...]:
    stated = (each for each in entity.statements if each.rank != "deprecated")
    values = (each.main.value for each in stated if each.main.property == "P31")
    return tuple(value.id for value in values if isinstance(value, EntityValue))


def mended(entity: Entity, place: Place) -> tuple[Entity, list[Problem]]:
    """The entity with what RDF cannot hold taken out or put right, and what that was.

    C711 a second statement with one id, C713 an address that is no IRI (kept as text), C714 a language
    that is no tag of BCP 47.
    """
    problems: list[Problem] = []
    statements: dict[str, Statement] = {}
    for statement in entity.statements:
        if statement.id in statements:
            message = f"two statements of {entity.id} have the id {statement.id}; the first was taken"
            problems.append(
                _told("C711", Severity.VIOLATION, message, "delete one of them in Wikidata", place)
            )
            continue
        snaks = (statement.main, *statement.qualifiers)
        for snak in (*snaks, *(snak for each in statement.references for snak in each.snaks)):
            if snak.datatype == "url" and isinstance(snak.value, str) and iri(snak.value) is None:
                message = f"an address in {snak.property} is no IRI: {snak.value[:80]}"
                problems.append(_told("C713", Severity.WARNING, message, "it is kept as text", place))
        statements[statement.id] = statement
    groups = []
    for texts in (entity.labels, entity.descriptions, entity.aliases):
        groups.append(tuple(text for text in texts if _is_tag(text)))
        for tag, text in texts:
            if not _is_tag((tag, text)):
                message = f'"{tag}" is no language tag: "{text[:80]}" is left out'
                problems.append(_told("C714", Severity.VIOLATION, message, "give it a tag of BCP 47", place))
    labels, descriptions, aliases = groups
    kept = replace(
        entity,
        labels=labels,
        descriptions=descriptions,
        aliases=aliases,
        statements=tuple(statements.values()),
    )
    return kept, problems


def _is_tag(text: Text) -> bool:
    return _TAG.fullmatch(text[0]) is not None


def sheets(entity: Entity, things: Mapping[str, Thing], settings: Settings, place: Place) -> Sheets | Problem:
    """The files of an entity that is of one piece (see ``mended``).

    C719 a text that is not Unicode, for which there are none.
    """
    thing = things[entity.id]
    whole = f"{FOLDER}/{entity.id.lower()}"
    item = Blocks()
    add_entity(item, entity)
    losses = list(_about(entity, thing, settings, place))
    if thing.kind:
        item.add_all(f"wd:{entity.id}", list(label_lines(thing, settings.languages)))
    files: dict[str, Blocks] = {"item": item}
    cited: dict[str, Reference] = {}  # by name of the file, which is that of the document too
    for position, statement in enumerate(entity.statements):
        lines: list[Line] = []
        for each in facts(entity.id, statement, things, settings.languages):
            if isinstance(each, Problem):
                losses.append(replace(each, place=place))
            else:
                lines.append(each)
        by_file: dict[str, list[Reference]] = {} if statement.references else {"unreferenced": []}
        for reference in statement.references:
            document = _document(reference)
            cited.setdefault(document, reference)
            by_file.setdefault(document, []).append(reference)
        for file, references in by_file.items():
            blocks = files.setdefault(file, Blocks())
            add_statement(blocks, entity.id, statement, references, position)
            for subject, line in lines:
                blocks.add(subject, line)
    entries = [_page_entry(entity, whole, thing, settings)]
    for name in files:
        entries.append(_part_entry(entity.id, whole, name, name in cited, settings))
        if name in cited:
            entries.append(_document_entry(name, cited[name], settings))
    try:
        content = {
            f"{whole}/{name}": blocks.text(NAMESPACES, f"Wikidata on {entity.id}: {_said(name)}").encode()
            for name, blocks in files.items()
        }
    except UnicodeEncodeError:
        message = f"a text of {entity.id} holds half of a surrogate pair, which is no character"
        return _told("C719", Severity.VIOLATION, message, "fetch the entity again", place)
    return Sheets(id=entity.id, files=content, entries=tuple(entries), losses=tuple(losses))


def _said(name: str) -> str:
    words = {
        "item": "what it is, its names and articles.",
        "unreferenced": "what the page states without a reference.",
    }
    return words.get(name, f"what the page states with the reference {name}.")


def _about(entity: Entity, thing: Thing, settings: Settings, place: Place) -> Iterator[Problem]:
    """C703 no label in a language, C715 no kind of ours, C716 kinds that exclude one another."""
    classes = _classes(entity)
    kind, is_apart = class_of(classes)
    if is_apart:
        message = f"{entity.id} is of kinds that exclude one another: {', '.join(classes)}"
        remedy = (
            f"it was taken for a cord:{kind}" if kind else "it is kept as Wikidata's item, of no kind of ours"
        )
        yield _told("C716", Severity.WARNING if kind else Severity.INFO, message, remedy, place)
    elif not kind:
        message = f"{entity.id} is of no kind of ours: {', '.join(classes) or 'its class is not told'}"
        remedy = "it is kept as Wikidata's item; what it states is not said in our terms"
        yield _told("C715", Severity.INFO, message, remedy, place)
    for tag, name, coined in zip(settings.languages, thing.names, thing.coined, strict=True):
        if kind and coined:
            message = f'{entity.id} has no label in {tag}; it is called "{name}"'
            yield _told("C703", Severity.WARNING, message, "give it a label in Wikidata", place)


def _document(reference: Reference) -> str:
    """The name of the document that a reference cites: what it says of it, but for when it was looked at."""
    snaks = [each for each in reference.snaks if each.property != _RETRIEVED] or list(reference.snaks)
    key = digest(*sorted(f"{snak.property} {snak_key(snak)}" for snak in snaks))[:10]
    url, stated, imported = (_value(reference, each) for each in (_URL, _STATED_IN, _IMPORTED_FROM))
    host = _host(url)
    return f"{host or stated.lower() or (imported and f'from-{imported.lower()}') or 'reference'}-{key}"


def _host(url: str) -> str:
    try:
        name = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40]


def _value(reference: Reference, property_: str) -> str:
    for snak in reference.snaks:
        if snak.property == property_ and snak.value is not None:
            return snak.value.id if isinstance(snak.value, EntityValue) else str(snak.value)
    return ""


def _page_entry(entity: Entity, whole: str, thing: Thing, settings: Settings) -> Entry:
    names = thing.names if thing.kind else tuple(entity.id for _ in settings.languages)
    return Entry(
        name=whole,
        kind="WebPage",
        labels=tuple(f"Wikidata: {name} ({entity.id})" for name in names),
        access="access-read",
        tier="tier-encyclopaedia",
        url=f"https://www.wikidata.org/wiki/{'Property:' if entity.kind == 'property' else ''}{entity.id}",
        issued=entity.page.modified[:10],
        language="mul",
        publisher=WIKIDATA,
    )


def _part_entry(id_: str, whole: str, name: str, is_cited: bool, settings: Settings) -> Entry:
    words = {"item": ("names", "noms"), "unreferenced": ("without reference", "sans référence")}
    english, french = words.get(name, (f"with {name}", f"avec {name}"))
    return Entry(
        name=f"{whole}/{name}",
        kind="DocumentPart",
        labels=tuple(f"Wikidata, {id_}: {french if tag == 'fr' else english}" for tag in settings.languages),
        access="access-read",
        tier="tier-encyclopaedia",
        part_of=whole,
        rests_on=f"{REFERENCES}/{name}" if is_cited else "",
        language="mul",
        publisher=WIKIDATA,
    )


def _document_entry(name: str, reference: Reference, settings: Settings) -> Entry:
    url = _value(reference, _URL)
    is_address = url.startswith(("https://", "http://")) and iri(url) is not None
    text = url or "; ".join(map(_words, reference.snaks))
    return Entry(
        name=f"{REFERENCES}/{name}",
        kind="WebPage" if is_address else "Document",
        labels=tuple(text[:200] for _ in settings.languages),
        access="access-unseen",
        tier="tier-encyclopaedia" if _value(reference, _IMPORTED_FROM) else "tier-low",
        url=url if is_address else "",
    )


def _words(snak: Snak) -> str:
    value = snak.value.id if isinstance(snak.value, EntityValue) else getattr(snak.value, "time", snak.value)
    return f"{snak.property} {getattr(value, 'text', value)}"


def _told(code: str, severity: Severity, message: str, remedy: str, place: Place) -> Problem:
    return loss(code, severity, message, remedy, place)
