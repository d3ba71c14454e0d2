"""A new document: its file, with prefixes, and its entry in the catalogue, for a person to fill."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.publish.files import save
from cordiale.read.folder import read_project
from cordiale.read.settings import find_root
from cordiale.read.turtle import read_turtle

__all__ = ["NewSource", "new_source"]

_FILE_PREFIXES = ("cord", "dcterms", "rdf", "rdfs")
_CATALOGUE_PREFIXES = {"cord", "dcterms", "rdfs", "xsd"}


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
        UsageError: C521 (no web address), C522 (no such name), C523 (the source exists), C524 (the
            catalogue lacks a prefix).
        MachineError: a file cannot be written.
    """
    root = find_root(start)
    files = read_project(root)
    settings = files.settings
    source = name or _name_of(url)
    if not re.match(r"https?://[^\s<>\"{}|\\^`]+$", url):
        raise _misuse("C521", f'"{url}" is no web address', "give the whole address, https://…")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*", source):
        raise _misuse(
            "C522", f'"{source}" is no name of a source', "give --name folder/file, in a-z, 0-9 and -"
        )
    path, catalogue = root / "data" / f"{source}.ttl", root / "data" / f"{settings.catalogue}.ttl"
    if path.exists() or any(known.name == source for known in files.sources):
        raise _misuse("C523", f'there is a source "{source}" already', "give another --name folder/file")
    text = catalogue.read_text(encoding="utf-8")
    place = catalogue.relative_to(root).as_posix()
    declared = read_turtle(text, path=place, base=settings.sources + settings.catalogue).prefixes
    missing = sorted(_CATALOGUE_PREFIXES - declared.keys())
    if missing:
        raise _misuse("C524", f"{place} does not declare {', '.join(missing)}", "declare them with @prefix")
    extended = _insert(text, source, _entry(source, url, language, settings, text))
    # What is written must read; a catalogue that a person keeps is never left broken.
    read_turtle(extended, path=place, base=settings.sources + settings.catalogue)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, _file(url, settings, files.prefixes).encode())
    save(catalogue, extended.encode())
    return NewSource(name=source, path=path.relative_to(root).as_posix(), catalogue=place)


def _name_of(url: str) -> str:
    """``folder/file`` from an address: the host's own name, and a date or the last part of the path.

    >>> _name_of("https://www.ox.ac.uk/news/2025-07-09-oxford-joins-franco-british-partnership")
    'ox/2025-07-09'
    >>> _name_of("https://fr.wikipedia.org/wiki/Entente_cordiale")
    'wikipedia/entente-cordiale'
    >>> _name_of("https://www.gov.uk/government/news/uk-france-leaders-declaration")
    'gov-uk/uk-france-leaders-declaration'
    """
    parts = urlsplit(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    # Two short labels end a British or Australian host, such as ac.uk; elsewhere the last one does.
    suffix = 2 if len(labels[-1]) == 2 and len(labels[-2:]) == 2 and len(labels[-2]) <= 3 else 1
    folder = _slug(labels[-suffix - 1] if len(labels) > suffix else ".".join(labels))
    date = re.search(r"\d{4}-\d\d-\d\d", parts.path)
    last = next((part for part in reversed(parts.path.split("/")) if part), "home")
    words = _slug(re.sub(r"\.\w{2,5}$", "", last)).split("-")
    return f"{folder}/{date[0] if date else '-'.join(words[:5])}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
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


def _insert(text: str, source: str, entry: str) -> str:
    """The catalogue with the entry before the first one that comes after it by name, else at the end."""
    for found in re.finditer(r"^<([^>]+)>$", text, re.MULTILINE):
        if found[1] > source:
            return f"{text[: found.start()]}{entry}\n{text[found.start() :]}"
    return f"{text.rstrip()}\n\n{entry}"


def _file(url: str, settings: Settings, prefixes: Mapping[str, str]) -> str:
    lines = [f"@base <{settings.sources}> .", f"@prefix : <{settings.things}> ."]
    lines += [f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in _FILE_PREFIXES]
    return "\n".join(lines) + f"\n\n# What {url} states: a claim each, its plain triples below it.\n"


def _misuse(code: str, message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code=code, message=message, remedy=remedy))
