"""Identifiers that registers share, each brought to one spelling, so that equal ones are equal strings."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import numpy as np

from cordiale.link.records import Record

__all__ = ["Identifier", "domain_of", "identifier", "identifiers_of", "number_of"]


class Identifier(NamedTuple):
    """An identifier of a scheme: ror, wikidata, grid, isni, orcid, fundref, domain, wikipedia."""

    scheme: str
    value: str


# An IRI or a plain value, told by its shape.
_SHAPES = (
    ("ror", re.compile(r"(?:https?://)?ror\.org/(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?", re.I)),
    ("wikidata", re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)", re.I)),
    ("grid", re.compile(r"(?:https?://(?:www\.)?grid\.ac/institutes/)?(grid\.\d+\.[0-9a-f]+)", re.I)),
    ("orcid", re.compile(r"https?://orcid\.org/((?:\d{4}-){3}\d{3}[\dX])", re.I)),
    ("isni", re.compile(r"(?:https?://(?:www\.)?isni\.org/(?:isni/)?)?((?:\d{4}[ -]?){3}\d{3}[\dX])", re.I)),
    ("wikipedia", re.compile(r"https?://([a-z-]+)\.(?:m\.)?wikipedia\.org/wiki/([^?#]+)(?:#.*)?", re.I)),
)
# A page there says nothing of whose it is.
_HOSTS = """
facebook.com twitter.com x.com linkedin.com youtube.com instagram.com sites.google.com google.com
github.com github.io wordpress.com blogspot.com wixsite.com weebly.com wikipedia.org wikidata.org
en.wikipedia.org archive.org web.archive.org researchgate.net academia.edu europa.eu gov.uk
service.gov.uk gouv.fr
"""
_SHARED_HOSTS = frozenset(_HOSTS.split())


def identifier(text: str) -> Identifier | None:
    """The identifier that an IRI or a plain value is, by its shape; None where it is none.

    >>> identifier("https://www.isni.org/isni/0000000121901201")
    Identifier(scheme='isni', value='0000000121901201')
    >>> identifier("http://en.wikipedia.org/wiki/University_of_Oxford")
    Identifier(scheme='wikipedia', value='en:University of Oxford')
    """
    for scheme, shape in _SHAPES:
        if found := shape.fullmatch(text.strip()):
            return _spelt(scheme, found)
    return None


def _spelt(scheme: str, found: re.Match[str]) -> Identifier:
    value = found[1]
    if scheme == "wikipedia":
        title = unquote(found[2]).replace("_", " ")
        return Identifier(scheme, f"{value.lower()}:{title[:1].upper()}{title[1:]}")
    if scheme == "isni":
        return Identifier(scheme, re.sub(r"[ -]", "", value).upper())
    return Identifier(scheme, value.upper() if scheme in ("wikidata", "orcid") else value.lower())


def domain_of(website: str) -> str | None:
    """The host of a website without ``www.``; None for a page deep on a site, or on a host of many."""
    try:
        parts = urlsplit(website if "//" in website else f"//{website}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None  # such as a bracket that opens no IPv6 address
    if "." not in host or host in _SHARED_HOSTS:
        return None
    # A page below the top, but for a language, is often a part of another thing's site.
    path = [step for step in parts.path.split("/") if step]
    if len(path) > 1 or (path and len(path[0]) > 3 and "." not in path[0]):
        return None
    return host


def identifiers_of(record: Record) -> frozenset[Identifier]:
    """All identifiers of a record, its own IRI and its domains among them."""
    found = {own} if (own := identifier(record.id)) else set()
    for scheme, value in record.identifiers:
        known = identifier(value)
        found.add(known if known else Identifier(scheme, value.strip()))
    for website in record.websites:
        if domain := domain_of(website):
            found.add(Identifier("domain", domain))
    found |= {Identifier("domain", domain.lower().removeprefix("www.")) for domain in record.domains}
    return frozenset(found)


def number_of(identifier: Identifier) -> np.uint64:
    """A number of 64 bits for an identifier, the same on every machine."""
    digest = hashlib.blake2b("\t".join(identifier).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))
