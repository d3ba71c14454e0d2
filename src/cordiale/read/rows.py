"""The rows of mapping sets as sources of their own, each named after what it says."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import unquote

from rdflib import URIRef

from cordiale.model.settings import Settings
from cordiale.model.sources import Source
from cordiale.model.terms import Node, Triple
from cordiale.read.naming import is_trusted

__all__ = ["row_keys", "row_sources"]

_MOST = 60  # characters of each thing in a key


def row_keys(triples: Iterable[Triple]) -> Mapping[Triple, str]:
    """A key for each row of a mapping set, by its triple: the last parts of subject and object.

    It depends neither on the order of the rows nor on what else they say. Rows whose keys would be one, in
    any case of letters, add eight digits of a digest of their triples.

    >>> said = (URIRef("https://example.org/id/cnrs"), URIRef("x:is"), URIRef("https://ror.org/02feahw73"))
    >>> row_keys([said])[said]
    'cnrs-02feahw73'
    """
    told = {triple: f"{_part(triple[0])}-{_part(triple[2])}" for triple in triples}
    times = Counter(key.casefold() for key in told.values())
    return MappingProxyType(
        {
            triple: key if times[key.casefold()] == 1 else f"{key}-{_digest(triple)}"
            for triple, key in told.items()
        }
    )


def row_sources(
    source: Source, triples: Iterable[Triple], settings: Settings
) -> Iterator[tuple[Source, tuple[Triple, ...]]]:
    """Each row of a mapping set as a source below the set's name, with what it states.

    Where no row states anything, since all of them deny, the set is one source, as other files are.
    """
    keys = row_keys(triples)
    if not keys:
        yield source, ()
    for triple, key in keys.items():
        name = f"{source.name}/{key}"
        iri = URIRef(settings.sources + name)
        yield replace(source, name=name, iri=iri, trusted=is_trusted(name, settings)), (triple,)


def _part(term: Node) -> str:
    """The last part of an IRI, in letters that an IRI and a shell take as they are."""
    last = re.split("[/#:]", unquote(str(term)).rstrip("/#:"))[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    return re.sub("[^A-Za-z0-9._]+", "-", plain).strip("-.")[:_MOST] or "x"


def _digest(triple: Triple) -> str:
    return sha256(" ".join(term.n3() for term in triple).encode()).hexdigest()[:8]
