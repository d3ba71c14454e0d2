"""The closure kept beside the build, so that a question need not wait for the reasoner again."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from rdflib import BNode, Literal, URIRef

from cordiale.closure.engine import Clash, Closure
from cordiale.model.terms import Node, Triple
from cordiale.publish.files import save
from cordiale.read.literals import exact_literal, quiet_literals

__all__ = ["CLOSURE", "closure_key", "load_closure", "save_closure"]

CLOSURE = "closure.json"  # in the build folder

_PACKAGES = ("duckdb", "owlrl", "pyarrow", "rdflib")  # what engines work with


def closure_key(triples: Iterable[Triple], engine: str) -> str:
    """A SHA-256 of all that a closure depends on: the triples in any order, the engine, and the code."""
    versions = [version(package) for package in _PACKAGES]
    digest = hashlib.sha256(json.dumps([engine, *versions]).encode())
    # Not the version of cordiale: the rules change between two releases too.
    for module in sorted(files("cordiale.closure").iterdir(), key=lambda module: module.name):
        if module.name.endswith((".py", ".rules")):
            digest.update(module.read_bytes())
    for line in sorted(json.dumps([_encode(term) for term in triple]) for triple in triples):
        digest.update(line.encode())
    return digest.hexdigest()


def load_closure(path: Path, key: str) -> Closure | None:
    """The stored closure when it is the one for this key, else nothing."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["key"] != key:
            return None
        with quiet_literals():
            terms = [_decode(term) for term in stored["terms"]]
        return Closure(
            inferred=tuple(_triple(ids, terms) for ids in stored["inferred"]),
            clashes=tuple(
                Clash(
                    rule=clash["rule"],
                    message=clash["message"],
                    triples=tuple(_triple(ids, terms) for ids in clash["triples"]),
                )
                for clash in stored["clashes"]
            ),
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None  # absent, cut short or of another version: it is computed anew


def save_closure(path: Path, key: str, closure: Closure) -> None:
    """Write the closure where ``load_closure`` finds it.

    Raises:
        MachineError: the file cannot be written.
    """
    numbers: dict[tuple[str, ...], int] = {}

    def ids(triple: Triple) -> list[int]:
        return [numbers.setdefault(_encode(term), len(numbers)) for term in triple]

    inferred = [ids(triple) for triple in closure.inferred]
    clashes = [
        {"rule": clash.rule, "message": clash.message, "triples": [ids(triple) for triple in clash.triples]}
        for clash in closure.clashes
    ]
    stored = {"key": key, "terms": list(numbers), "inferred": inferred, "clashes": clashes}
    save(path, json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode())


def _encode(term: Node) -> tuple[str, ...]:
    if isinstance(term, Literal):
        return "literal", str(term), str(term.datatype or ""), term.language or ""
    return ("blank" if isinstance(term, BNode) else "iri"), str(term)


def _decode(parts: list[str]) -> Node:
    kind, text, *rest = parts
    if kind == "literal":
        datatype, language = rest
        return exact_literal(text, URIRef(datatype) if datatype else None, language or None)
    return BNode(text) if kind == "blank" else URIRef(text)


def _triple(ids: list[int], terms: list[Node]) -> Triple:
    subject, predicate, value = (terms[number] for number in ids)
    return subject, predicate, value
