"""An entry of the catalogue for a source that an import makes, as text in the house style."""

from dataclasses import dataclass

from cordiale.link.turtle_blocks import literal
from cordiale.model.settings import Settings

__all__ = ["CATALOGUE_PREFIXES", "Entry", "entry_text"]

CATALOGUE_PREFIXES = frozenset({"cord", "dcterms", "rdfs", "xsd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue is to say of a source; ``labels`` are one a language of the project."""

    name: str
    kind: str  # a class of documents: WebPage, DocumentPart, ...
    labels: tuple[str, ...]
    access: str
    tier: str
    part_of: str = ""
    rests_on: str = ""
    url: str = ""
    issued: str = ""  # a day
    language: str = "und"  # BCP 47: undetermined
    publisher: str = ""  # an IRI


def entry_text(entry: Entry, settings: Settings, *, is_based: bool) -> str:
    """The entry; ``is_based`` says that the catalogue's @base is the namespace of the sources."""
    base = "" if is_based else settings.sources
    lines = [
        f"a cord:{entry.kind}",
        "rdfs:label "
        + " ,\n        ".join(
            f"{literal(text)}@{tag}" for tag, text in zip(settings.languages, entry.labels, strict=True)
        ),
        f"cord:access <{settings.things}{entry.access}>",
    ]
    if entry.rests_on:
        lines.append(f"cord:restsOn <{base}{entry.rests_on}>")
    lines.append(f"cord:tier <{settings.things}{entry.tier}>")
    if entry.url:
        lines.append(f"cord:url {literal(entry.url)}^^xsd:anyURI")
    if entry.part_of:
        lines.append(f"dcterms:isPartOf <{base}{entry.part_of}>")
    if entry.issued:
        lines.append(f'dcterms:issued "{entry.issued}"^^xsd:date')
    lines.append(f'dcterms:language "{entry.language}"')
    if entry.publisher:
        lines.append(f"dcterms:publisher <{entry.publisher}>")
    return f"<{base}{entry.name}>\n" + "".join(f"    {line} ;\n" for line in lines) + ".\n"
