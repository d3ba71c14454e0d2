"""A new document: its file, with prefixes, and its entry in the catalogue, for a person to fill."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.publish.files import save
from cordiale.read.catalogue_checks import CORD
from cordiale.read.folder import read_project
from cordiale.read.settings import find_root
from cordiale.read.text import decode, machine_error
from cordiale.read.turtle import read_turtle

__all__ = ["NewSource", "new_source"]

_FILE_PREFIXES = ("cord", "dcterms", "rdf", "rdfs")
_CATALOGUE_PREFIXES = {"cord", "dcterms", "rdfs", "xsd"}
_SPELT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "-"})  # what has no base letter
# Hosts below these belong to somebody by their third label from the end.
_SECOND_LEVEL = {"ac.uk", "asso.fr", "co.uk", "gouv.fr", "gov.uk", "org.uk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """What was written: the source's name, its file, and the catalogue, relative to the project."""

    name: str
    path: str
    catalogue: str


def new_source(start: Path, url: str, *, name: str | None, language: str) -> NewSource:
    """Write the file of a document at ``url`` and its entry in the catalogue.

    The name is ``folder/file``; without one it is made of the host and the last part of the address. The
    entry says ``:access-unconfirmed`` and has labels to be rewritten: nobody has read the document yet.

    Raises:
        UsageError: C521 (no web address), C522 (no such name), C523 (the source exists, or,
            when no name is given, one with this address), C524 (the catalogue lacks a prefix), C525 (no
            language tag).
        SourceError: the catalogue is no Turtle.
        MachineError: the catalogue cannot be read, or a file cannot be written.
    """
    root = find_root(start)
    files = read_project(root)
    settings = files.settings
    source = _checked_name(url, name, language, settings)
    path, catalogue = f"data/{source}.ttl", f"data/{settings.catalogue}.ttl"
    base = settings.sources + settings.catalogue
    try:
        text = decode((root / catalogue).read_bytes(), path=catalogue)
    except OSError as error:
        raise machine_error(catalogue, error) from error
    known = read_turtle(text, path=catalogue, base=base)
    at_url = [
        str(subject)
        for subject, predicate, value in known.triples
        if (predicate, str(value)) == (CORD.url, url)
    ]
    twin = min(at_url, default="").removeprefix(settings.sources)
    if twin and twin != source and name is None:
        raise _misuse(
            "C523", f'"{twin}" has this address already', "complete it, or give --name folder/file for a part"
        )
    entries = {str(subject).removeprefix(settings.sources) for subject, _, _ in known.triples}
    if (root / path).exists() or source in entries or any(each.name == source for each in files.sources):
        raise _misuse("C523", f'there is a source "{source}" already', "give another --name folder/file")
    missing = sorted(_CATALOGUE_PREFIXES - known.prefixes.keys())
    if missing:
        raise _misuse(
            "C524", f"{catalogue} does not declare {', '.join(missing)}", "declare them with @prefix"
        )
    extended = _insert(text, source, _entry(source, url, language, settings, text), settings)
    # What is written must read; a catalogue that a person keeps is never left broken.
    read_turtle(extended, path=catalogue, base=base)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    save(root / path, _file(url, settings, files.prefixes).encode())
    try:
        save(root / catalogue, extended.encode())
    except BaseException:
        (root / path).unlink()
        raise
    return NewSource(name=source, path=path, catalogue=catalogue)


def _checked_name(url: str, name: str | None, language: str, settings: Settings) -> str:
    """The source's name, given or made of the address, when all three are well formed."""
    address = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", url)
    try:
        source = name or _name_of(url)
    except ValueError:  # urllib's, of a host that cannot be
        address = None
    if not address:
        raise _misuse("C521", f'"{url}" is no web address', "give the whole address, https://…")
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
        raise _misuse("C525", f'"{language}" is no language tag', 'write, for instance, "en" or "fr-CA"')
    trusted = any(source.startswith(f"{each}/") for each in settings.trusted)
    if trusted or not re.fullmatch(r"[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*", source):
        what = "lies in a trusted folder" if trusted else "is no name of a source"
        raise _misuse("C522", f'"{source}" {what}', "give --name folder/file, in a-z, 0-9 and -")
    return source


def _name_of(url: str) -> str:
    """``folder/file`` from an address: the host's own name, and a date or the last part of the path.

    >>> _name_of("https://www.ox.ac.uk/news/2025-07-09-oxford-joins-franco-british-partnership")
    'ox/2025-07-09'
    >>> _name_of("https://fr.wikipedia.org/wiki/Entente_cordiale")
    'wikipedia/entente-cordiale'
    >>> _name_of("https://www.gov.uk/government/news/uk-france-leaders-declaration")
    'gov-uk/uk-france-leaders-declaration'
    >>> _name_of("https://www.cea.fr/Pages/R%C3%A9seau-IA.aspx?id=3")
    'cea/reseau-ia'
    """
    parts = urlsplit(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    suffix = 2 if ".".join(labels[-2:]) in _SECOND_LEVEL else 1
    folder = _slug(labels[-suffix - 1] if len(labels) > suffix else ".".join(labels))
    date = re.search(r"\d{4}-\d\d-\d\d", parts.path)
    last = next((part for part in reversed(unquote(parts.path).split("/")) if part), "home")
    words = _slug(re.sub(r"\.\w{2,5}$", "", last)).split("-")
    return f"{folder}/{date[0] if date else '-'.join(words[:5])}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELT)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _entry(source: str, url: str, language: str, settings: Settings, text: str) -> str:
    """The entry in house style, with the short names that the catalogue's own head allows."""
    based = f"@base <{settings.sources}>" in text
    short = f"@prefix : <{settings.things}>" in text
    labels = " ,\n        ".join(f'"{source}"@{tag}' for tag in settings.languages)
    access, tier = (
        f":{concept}" if short else f"<{settings.things}{concept}>"
        for concept in ("access-unconfirmed", "tier-low")
    )
    lines = [
        f"<{'' if based else settings.sources}{source}>",
        "    a cord:WebPage ;",
        f"    rdfs:label {labels} ;",
        f"    cord:access {access} ;",
        f"    cord:tier {tier} ;",
        f'    cord:url "{url}"^^xsd:anyURI ;',
        f'    dcterms:language "{language}" ;',
        ".",
    ]
    return "\n".join(lines) + "\n"


def _insert(text: str, source: str, entry: str, settings: Settings) -> str:
    """The catalogue with the entry before the first one that comes after it by name, else at the end.

    All else stays to the letter. Comments right above an entry belong to it.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    entry = entry.replace("\n", newline)
    for found in re.finditer(r"^(?:#.*\n)*<([^>]+)>\r?$", text, re.MULTILINE):
        if found[1].removeprefix(settings.sources) > source:
            return f"{text[: found.start()]}{entry}{newline}{text[found.start() :]}"
    return f"{text}{newline if text.endswith(newline) else 2 * newline}{entry}"


def _file(url: str, settings: Settings, prefixes: Mapping[str, str]) -> str:
    lines = [f"@base <{settings.sources}> .", f"@prefix : <{settings.things}> ."]
    lines += [f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in _FILE_PREFIXES]
    return "\n".join(lines) + f"\n\n# What {url} states: a claim each, its plain triples below it.\n"


def _misuse(code: str, message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code=code, message=message, remedy=remedy))
