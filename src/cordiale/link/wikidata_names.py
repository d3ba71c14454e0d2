"""The namespaces of Wikidata's RDF, and how ids, values and pages are written in it.

See https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format.
"""

import hashlib
import re
from types import MappingProxyType
from urllib.parse import quote, unquote

from cordiale.link.wikidata_model import Snak, Value
from cordiale.model.prefixes import PREFIXES

__all__ = [
    "DATATYPES",
    "IMPORT",
    "NAMESPACES",
    "RANKS",
    "digest",
    "is_id",
    "page_address",
    "site_address",
    "site_of",
    "snak_key",
    "statement_id",
    "statement_name",
]

IMPORT = "https://w3id.org/cordiale/import#"
_WIKIDATA = "http://www.wikidata.org/"
# Alphabetical; sdo, since schema: is bound to the https form in this house.
NAMESPACES = MappingProxyType(
    {
        "cord": PREFIXES["cord"],
        "data": "https://www.wikidata.org/wiki/Special:EntityData/",
        "imp": IMPORT,
        "p": f"{_WIKIDATA}prop/",
        "pq": f"{_WIKIDATA}prop/qualifier/",
        "pqv": f"{_WIKIDATA}prop/qualifier/value/",
        "pr": f"{_WIKIDATA}prop/reference/",
        "prov": PREFIXES["prov"],
        "prv": f"{_WIKIDATA}prop/reference/value/",
        "ps": f"{_WIKIDATA}prop/statement/",
        "psv": f"{_WIKIDATA}prop/statement/value/",
        "rdfs": PREFIXES["rdfs"],
        "sdo": "http://schema.org/",
        "skos": PREFIXES["skos"],
        "wd": PREFIXES["wd"],
        "wdno": f"{_WIKIDATA}prop/novalue/",
        "wdref": f"{_WIKIDATA}reference/",
        "wds": f"{_WIKIDATA}entity/statement/",
        "wdt": PREFIXES["wdt"],
        "wdv": f"{_WIKIDATA}value/",
        "wikibase": "http://wikiba.se/ontology#",
        "xsd": PREFIXES["xsd"],
    }
)
RANKS = MappingProxyType(
    {
        "preferred": "wikibase:PreferredRank",
        "normal": "wikibase:NormalRank",
        "deprecated": "wikibase:DeprecatedRank",
    }
)
DATATYPES = MappingProxyType(
    {
        "commonsMedia": "CommonsMedia",
        "entity-schema": "EntitySchema",
        "external-id": "ExternalId",
        "geo-shape": "GeoShape",
        "globe-coordinate": "GlobeCoordinate",
        "math": "Math",
        "monolingualtext": "Monolingualtext",
        "musical-notation": "MusicalNotation",
        "quantity": "Quantity",
        "string": "String",
        "tabular-data": "TabularData",
        "time": "Time",
        "url": "Url",
        "wikibase-form": "WikibaseForm",
        "wikibase-item": "WikibaseItem",
        "wikibase-lexeme": "WikibaseLexeme",
        "wikibase-property": "WikibaseProperty",
        "wikibase-sense": "WikibaseSense",
    }
)
_ID = re.compile(r"[QPLE][1-9][0-9]*(-[FS][1-9][0-9]*)?")
_STATEMENT = re.compile(r"([A-Za-z][0-9]+)-([A-Za-z0-9-]+)")
_GROUPS = (
    "wiki",
    "wiktionary",
    "wikibooks",
    "wikinews",
    "wikiquote",
    "wikisource",
    "wikiversity",
    "wikivoyage",
)
_SITE = re.compile(f"([a-z0-9_]+?)({'|'.join(_GROUPS)})")
_SPECIAL = MappingProxyType(
    {
        "commonswiki": "commons.wikimedia.org",
        "foundationwiki": "foundation.wikimedia.org",
        "incubatorwiki": "incubator.wikimedia.org",
        "mediawikiwiki": "www.mediawiki.org",
        "metawiki": "meta.wikimedia.org",
        "outreachwiki": "outreach.wikimedia.org",
        "sourceswiki": "wikisource.org",
        "specieswiki": "species.wikimedia.org",
        "wikidatawiki": "www.wikidata.org",
        "wikimaniawiki": "wikimania.wikimedia.org",
    }
)
_HOSTS = MappingProxyType({host: site for site, host in _SPECIAL.items()})


def is_id(text: str) -> bool:
    """Whether it is the id of an entity.

    >>> is_id("Q42"), is_id("L525-F2"), is_id("q42"), is_id("Q0")
    (True, True, False, False)
    """
    return _ID.fullmatch(text) is not None


def statement_name(id_: str) -> str:
    """The last part of a statement's IRI: its id, where ``$`` is ``-``."""
    return id_.replace("$", "-", 1)


def statement_id(name: str) -> str:
    """The id of a statement from the last part of its IRI.

    >>> statement_id("Q42-F078E5B3-F9A8-480E-B7AC-D97778CBBEF9")
    'Q42$F078E5B3-F9A8-480E-B7AC-D97778CBBEF9'
    """
    found = _STATEMENT.fullmatch(name)
    return f"{found[1]}${found[2]}" if found else name


def site_address(site: str) -> str:
    """The host of a wiki; of one that is not known its id, under which it is found again.

    >>> site_address("be_x_oldwiki"), site_address("frwikisource"), site_address("commonswiki")
    ('https://be-x-old.wikipedia.org/', 'https://fr.wikisource.org/', 'https://commons.wikimedia.org/')
    """
    found = _SITE.fullmatch(site)
    if site in _SPECIAL:
        return f"https://{_SPECIAL[site]}/"
    if not found:
        return f"https://{site}.invalid/"
    group = "wikipedia" if found[2] == "wiki" else found[2]
    return f"https://{found[1].replace('_', '-')}.{group}.org/"


def page_address(site: str, title: str) -> str:
    """The address of a page."""
    return f"{site_address(site)}wiki/{quote(title.replace(' ', '_'), safe='/:@!$()*,;~')}"


def site_of(address: str) -> tuple[str, str]:
    """Site and title of a page, from its address; empty when it is no page of a wiki."""
    host, _, page = address.partition("/wiki/")
    name = host.partition("://")[2]
    title = unquote(page).replace("_", " ")
    if name in _HOSTS:
        return _HOSTS[name], title
    if name.endswith(".invalid"):
        return name.removesuffix(".invalid"), title
    language, _, group = name.removesuffix(".org").rpartition(".")
    kind = "wiki" if group == "wikipedia" else group
    return (f"{language.replace('-', '_')}{kind}", title) if language and kind in _GROUPS else ("", "")


def snak_key(snak: Snak) -> str:
    """What tells the snaks of one property apart, in a stable order."""
    return f"{snak.kind} {snak.value!r}"


def digest(*parts: Value | str | None) -> str:
    """A short name made from what it names."""
    return hashlib.md5(repr(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
