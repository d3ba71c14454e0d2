"""IRIs shortened by prefixes, and which prefixes that took."""

import re
from collections.abc import Mapping

__all__ = ["Prefixes"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
# PN_PREFIX and PN_LOCAL of Turtle 1.1, section 6.5, without escapes: what needs one is written as an IRI.
_PREFIX = re.compile(f"(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?")
_LOCAL = re.compile(f"[{_BASE}_:0-9](?:[{_CHARS}.:]*[{_CHARS}:])?")


class Prefixes:
    """The prefixes of one document; it remembers which were used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # The longest namespace wins, so that nothing depends on the order in which they were bound.
        self._known = sorted(
            ((iri, prefix) for prefix, iri in prefixes.items() if iri and _PREFIX.fullmatch(prefix)),
            key=lambda pair: (-len(pair[0]), pair),
        )
        self._used: dict[str, str] = {}
        self._told: dict[str, str | None] = {}  # each IRI stands in many triples

    def curie(self, iri: str) -> str | None:
        """``iri`` as prefix and local name; nothing when no prefix fits or the local name needs an escape."""
        if iri not in self._told:
            self._told[iri] = self._curie(iri)
        return self._told[iri]

    def _curie(self, iri: str) -> str | None:
        for namespace, prefix in self._known:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        return None

    def used(self) -> list[tuple[str, str]]:
        """Prefix and namespace of those used so far, alphabetical."""
        return sorted(self._used.items())
