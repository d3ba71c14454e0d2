"""Receipts: what was asked and answered, on which files, and whether it would be answered so again.

After the Ethical Black Box of Winfield and Jirotka (2017): a record from which one can tell afterwards why
something came out as it did. A receipt is JSON, and carries a digest of itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from cordiale.model.errors import SourceError, UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.views import EVERYTHING, Policy
from cordiale.read.spelling import spelled, told

if TYPE_CHECKING:
    from cordiale.model.terms import Node
    from cordiale.project.knowledge_graph import KnowledgeGraph
    from cordiale.project.reasoned_graph import Choice
    from cordiale.query.answers import Answer

__all__ = ["Asked", "Receipt", "Verification", "read_receipt", "receipt_text", "verify"]

_KIND = "cordiale receipt"
_Row = tuple[str, str]  # the terms and the sources, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked: a text of SPARQL, terms for its variables, of which triples, and in which view.

    ``question`` is the id of a stored question, nothing for a query of one's own.
    """

    question: str
    text: str
    bindings: Mapping[str, Node]
    triples: Choice
    policy: Policy
    contested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was asked, which rows it had with which sources, the digests of files, and the version."""

    asked: Asked
    rows: tuple[_Row, ...]
    files: Mapping[str, str]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How the answer differs now: rows as JSON, and the files that are other ones.

    ``resting`` are rows that are still there, and rest on other sources: each with those of then and of now.
    ``edited`` tells that the stored question has another text now; the text of then was asked.
    """

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    resting: tuple[tuple[str, str, str], ...]
    changed_files: tuple[str, ...]
    edited: bool
    version: str  # that made the receipt, where it is another one

    @property
    def holds(self) -> bool:
        """Whether the same rows come out, on the same sources."""
        return not (self.gained or self.lost or self.resting)


def receipt_text(kg: KnowledgeGraph, asked: Asked, answer: Answer) -> str:
    """The receipt of an answer that tells its sources, as JSON."""
    content: dict[str, Any] = {
        "kind": _KIND,
        "version": version("cordiale"),
        "question": asked.question,
        "text": asked.text,
        "bindings": {name: spelled(term) for name, term in sorted(asked.bindings.items())},
        "triples": asked.triples,
        "view": {**asdict(asked.policy), "contested": asked.contested},
        "files": dict(kg.fingerprints),
        "rows": [[json.loads(part) for part in row] for row in _rows(answer)],
    }
    told_once = json.loads(json.dumps(content, default=str))
    return json.dumps({**told_once, "digest": _digest(told_once)}, ensure_ascii=False, indent=1) + "\n"


def read_receipt(data: bytes, *, path: str) -> Receipt:
    """The receipt that a file holds.

    Raises:
        UsageError: C680, it is no receipt.
        SourceError: C681, it was edited since it was written.
    """
    try:
        content = json.loads(data)
        digest = content.pop("digest")
        if content["kind"] != _KIND:
            raise ValueError
        view = dict(content["view"])
        contested = bool(view.pop("contested"))
        reliability = view["min_reliability"]
        receipt = Receipt(
            asked=Asked(
                question=str(content["question"]),
                text=str(content["text"]),
                bindings={str(name): told(each) for name, each in content["bindings"].items()},
                triples=content["triples"],
                policy=Policy(
                    without=tuple(view["without"]),
                    min_sources=int(view["min_sources"]),
                    min_reliability=None if reliability is None else Decimal(reliability),
                    as_of=str(view["as_of"]),
                    dated_only=bool(view["dated_only"]),
                ),
                contested=contested,
            ),
            rows=tuple(cast(_Row, tuple(map(_json, row))) for row in content["rows"]),
            files=content["files"],
            version=str(content["version"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        problem = Problem(
            code="C680",
            message="this is no receipt",
            remedy="name a file that `cordiale query --receipt` wrote",
            place=Place(path=path),
        )
        raise UsageError(problem) from error
    if digest != _digest(content):
        problem = Problem(
            code="C681",
            message="the receipt is not as it was written",
            remedy="take it from where it was kept; what it says now is nobody's word",
            place=Place(path=path),
        )
        raise SourceError(problem)
    return receipt


def verify(kg: KnowledgeGraph, receipt: Receipt) -> Verification:
    """Ask again what a receipt records, of the graph as it is now.

    Raises:
        CordialeError: as ``KnowledgeGraph.view`` and ``KnowledgeGraph.query``.
    """
    asked = receipt.asked
    is_all = asked.policy == EVERYTHING and not asked.contested
    seen = kg if is_all else kg.view(asked.policy, contested=asked.contested)
    answer = seen.query(asked.text, asked.bindings, triples=asked.triples, sources=True)
    before, after = dict(receipt.rows), dict(_rows(answer))
    stored = next((each.text for each in kg.questions if each.id == asked.question), None)
    here = version("cordiale")
    return Verification(
        gained=tuple(row for row in after if row not in before),
        lost=tuple(row for row in before if row not in after),
        resting=tuple(
            (row, sources, after[row])
            for row, sources in before.items()
            if row in after and after[row] != sources
        ),
        changed_files=tuple(
            path
            for path in sorted({*receipt.files, *kg.fingerprints})
            if receipt.files.get(path) != kg.fingerprints.get(path)
        ),
        edited=bool(asked.question) and stored != asked.text,
        version="" if receipt.version == here else receipt.version,
    )


def _rows(answer: Answer) -> list[_Row]:
    """Rows, triples, or the one yes or no, each with its sources; blank nodes are not told apart."""
    rows: Sequence[Sequence[Node | None]] = answer.rows or answer.triples
    values: list[list[object]] = [[None if term is None else spelled(term) for term in row] for row in rows]
    if answer.kind == "boolean":
        values = [[answer.truth]]
    return [(_json(row), _json(asdict(sources))) for row, sources in zip(values, answer.sources, strict=True)]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _digest(content: object) -> str:
    return hashlib.sha256(_json(content).encode()).hexdigest()
