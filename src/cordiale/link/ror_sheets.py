"""Records of ROR as our vocabulary: a file for the organisations of each country.

ROR's own ties to other registers are close matches: to hold two things for the same is for our mapping sets.
What ROR no longer keeps is no institution here, but says what took its place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from cordiale.link.catalogue_entry import Entry
from cordiale.link.loss import loss
from cordiale.link.ror_records import RorName, RorPlace, RorRecord, RorRelation
from cordiale.link.turtle_blocks import Blocks, iri, literal
from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.settings import Settings

__all__ = ["FOLDER", "PREFIXES_USED", "ROR", "Known", "country_of", "entry_of", "say", "whole_entry"]

FOLDER = "ror"
ROR = "https://ror.org/"
_IMPORT = "https://w3id.org/cordiale/import#"
PREFIXES_USED = MappingProxyType(
    {
        "cord": PREFIXES["cord"],
        "dcterms": PREFIXES["dcterms"],
        "foaf": PREFIXES["foaf"],
        "geonames": "https://sws.geonames.org/",
        "imp": _IMPORT,
        "org": PREFIXES["org"],
        "owl": PREFIXES["owl"],
        "rdfs": PREFIXES["rdfs"],
        "ror": ROR,
        "schema": PREFIXES["schema"],
        "skos": PREFIXES["skos"],
        "wd": PREFIXES["wd"],
        "xsd": PREFIXES["xsd"],
    }
)
_KINDS = MappingProxyType(
    {"company": "Company", "education": "HigherEducationInstitution", "government": "PublicBody"}
)
_REGISTERS = MappingProxyType(
    {
        "fundref": "https://doi.org/10.13039/",
        "grid": "https://www.grid.ac/institutes/",
        "isni": "https://isni.org/isni/",
        "wikidata": PREFIXES["wd"],
    }
)
_TIES = MappingProxyType(
    {
        "child": "cord:hasPart",
        "parent": "cord:partOf",
        "predecessor": "dcterms:replaces",
        "related": "org:linkedTo",
        "successor": "dcterms:isReplacedBy",
    }
)
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What has to be known of a record that another names: its status, and what took its place."""

    status: str
    merged_into: str = ""


def country_of(record: RorRecord) -> str:
    """The country's code in lower case, or "unplaced"."""
    code = next((place.country_code for place in record.places if place.country_code), "")
    return code.lower() if re.fullmatch("[A-Za-z]{2}", code) else "unplaced"


def say(
    record: RorRecord, known: Mapping[str, Known], settings: Settings, place: Place
) -> tuple[Blocks, list[Problem]]:
    """What a record says, and what is lost of it. ``known`` are the records that are imported.

    C703 no name in a language, C705 a tie to a record that is not imported, C713 an address that is no IRI,
    C716 kinds that exclude one another, C723 withdrawn, C724 a tie to a withdrawn record, which was mended.
    """
    return _Saying(record, known, settings, place).all()


class _Saying:
    """The parts of ``say``."""

    def __init__(
        self, record: RorRecord, known: Mapping[str, Known], settings: Settings, place: Place
    ) -> None:
        self._record = record
        self._known = known
        self._languages = settings.languages
        self._place = place
        self._subject = f"ror:{record.id}"
        self._blocks = Blocks()
        self._problems: list[Problem] = []

    def all(self) -> tuple[Blocks, list[Problem]]:
        record = self._record
        kind = self._kind()
        if record.status == "withdrawn":
            self._lose("C723", Severity.INFO, f"{record.id} is withdrawn", "it is kept as what is no longer")
            self._say("owl:deprecated true")
        else:
            self._say(f"a cord:{kind}")
        if record.status == "inactive":
            self._say('imp:status "inactive"')
        self._names()
        if record.established is not None and 0 < record.established < 10000:
            term = "foundedOn" if kind == "Company" else "createdOn"
            if record.status != "withdrawn":
                self._say(f'cord:{term} "{record.established:04}"^^xsd:gYear')
        self._addresses()
        for identifier in record.identifiers:
            self._identifier(identifier.register, identifier.value)
        for relation in record.relations:
            self._tie(relation)
        if record.status != "withdrawn":
            for each in record.places:
                self._where(each)
        return self._blocks, self._problems

    def _kind(self) -> str:
        kinds = {_KINDS[kind] for kind in self._record.kinds if kind in _KINDS}
        for kind in self._record.kinds:
            self._say(f"imp:kind {literal(kind)}")
        if len(kinds) > 1:
            message = f"{self._record.id} is of kinds that exclude one another: {', '.join(sorted(kinds))}"
            self._lose("C716", Severity.WARNING, message, "it was taken for a cord:Institution")
        return kinds.pop() if len(kinds) == 1 else "Institution"

    def _names(self) -> None:
        record = self._record
        labels = {name.language: name.value for name in reversed(record.names) if name.kind == "label"}
        shown = next((name for name in record.names if name.is_display), RorName(value="", kind="label"))
        if shown.language:
            labels[shown.language] = shown.value
        used = set()
        for tag in self._languages:
            name = labels.get(tag, record.name)
            used.add((tag, name))
            self._say(f"rdfs:label {literal(name)}@{tag}")
            if tag not in labels:
                self._say(f"cord:coinedLabel {literal(name)}@{tag}")
                message = f'{record.id} has no label in {tag}; it is called "{name}"'
                self._lose("C703", Severity.WARNING, message, "it has the name that ROR shows")
        for each in record.names:
            if (each.language, each.value) not in used:
                tag = f"@{each.language}" if _TAG.fullmatch(each.language) else ""
                self._say(f"skos:altLabel {literal(each.value)}{tag}")

    def _addresses(self) -> None:
        for predicate, addresses in (
            ("schema:url", self._record.websites),
            ("foaf:page", self._record.wikipedia),
        ):
            for address in addresses:
                found = iri(address)
                self._say(f"{predicate} {found or literal(address)}")
                if found is None:
                    message = f"an address of {self._record.id} is no IRI: {address[:80]}"
                    self._lose("C713", Severity.WARNING, message, "it is kept as text")
        for domain in self._record.domains:
            self._say(f"imp:domain {literal(domain)}")

    def _identifier(self, register: str, value: str) -> None:
        space = _REGISTERS.get(register)
        found = iri(space + value.replace(" ", "")) if space else None
        if found and register == "wikidata" and not re.fullmatch("Q[1-9][0-9]*", value):
            found = None
        self._say(f"skos:closeMatch {found}" if found else f"imp:identifier {literal(f'{register}:{value}')}")

    def _tie(self, relation: RorRelation) -> None:
        target = self._known.get(relation.target)
        other = relation.target
        if target is None or relation.kind not in _TIES:
            message = f"{relation.kind} of {self._record.id} is a record that was not imported: {other}"
            self._lose("C705", Severity.INFO, message, "import that record too, or take one step more")
            return
        history = relation.kind in ("predecessor", "successor", "related")
        if target.status == "withdrawn" and not history:
            message = f"{relation.kind} of {self._record.id} is withdrawn: {other}"
            if self._known.get(target.merged_into, target).status == "withdrawn":
                self._lose("C724", Severity.INFO, message, "nothing is said of the tie")
                return
            other = target.merged_into
            self._lose("C724", Severity.WARNING, message, "the record that took its place stands for it")
        if self._record.status == "withdrawn" and not history:
            return  # what is no longer is part of nothing
        self._say(f"{_TIES[relation.kind]} ror:{other}")

    def _where(self, place: RorPlace) -> None:
        if re.fullmatch("[A-Z]{2}", place.country_code):
            self._say(f'schema:addressCountry "{place.country_code}"')
        if place.geonames is None or not place.city:
            return
        node = f"<{PREFIXES_USED['geonames']}{place.geonames}/>"
        self._say(f"cord:locatedAt {node}")
        self._blocks.add(node, "a cord:City")
        for tag in self._languages:
            self._blocks.add(node, f"rdfs:label {literal(place.city)}@{tag}")
            if tag != "en":
                self._blocks.add(node, f"cord:coinedLabel {literal(place.city)}@{tag}")
        if place.latitude is not None and place.longitude is not None:
            self._blocks.add(node, f'schema:latitude "{_decimal(place.latitude)}"^^xsd:decimal')
            self._blocks.add(node, f'schema:longitude "{_decimal(place.longitude)}"^^xsd:decimal')

    def _say(self, line: str) -> None:
        self._blocks.add(self._subject, line)

    def _lose(self, code: str, severity: Severity, message: str, remedy: str) -> None:
        self._problems.append(loss(code, severity, message, remedy, self._place))


def _decimal(degrees: float) -> str:
    """A number without an exponent, which xsd:decimal has not."""
    return format(Decimal(repr(degrees)), "f")


def entry_of(country: str, settings: Settings) -> Entry:
    """The entry of a country's file."""
    where = country.upper() if len(country) == 2 else "no country"
    french = country.upper() if len(country) == 2 else "sans pays"
    return Entry(
        name=f"{FOLDER}/{country}",
        kind="DocumentPart",
        labels=tuple(
            f"ROR, notices : {french}" if tag == "fr" else f"ROR, records: {where}"
            for tag in settings.languages
        ),
        access="access-read",
        tier="tier-scholarly",
        part_of=FOLDER,
        language="mul",
        publisher=ROR,
    )


def whole_entry(settings: Settings) -> Iterator[Entry]:
    """The entry of the registry."""
    yield Entry(
        name=FOLDER,
        kind="WebPage",
        labels=tuple("Research Organization Registry" for _ in settings.languages),
        access="access-read",
        tier="tier-scholarly",
        url=ROR,
        language="mul",
        publisher=ROR,
    )
