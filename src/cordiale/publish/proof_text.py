"""A proof for people and for programs: as a tree of text, and as JSON."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from rdflib import RDF

from cordiale.model.places import Place
from cordiale.model.proofs import Proof
from cordiale.model.terms import Node, Triple
from cordiale.publish.term_text import term_text

__all__ = ["PlacesOf", "ProofLine", "proof_json", "proof_lines", "proof_text", "rule_link"]

PlacesOf: TypeAlias = Callable[[Triple], Sequence[Place]]

_OWL_RL = (
    "https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules",
    re.compile("(?:eq|prp|cls|cax|dt|scm)-.+"),
)
_RDFS = (
    "https://www.w3.org/TR/rdf11-mt/#patterns-of-rdfs-entailment-informative",
    re.compile("rdfs[0-9]+|rdfD2"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One line of a proof: what is shown (``None``: false), and the rule that shows it, if it is not stated.

    With ``members`` the triple is the first of a list, which has these. ``again``: it is proved further up.
    """

    depth: int
    triple: Triple | None
    members: tuple[Node, ...] | None
    rule: str
    again: bool


def rule_link(rule: str) -> str | None:
    """Where a specification states the rule; nothing for a rule of the user's own.

    >>> rule_link("rdfs8")
    'https://www.w3.org/TR/rdf11-mt/#patterns-of-rdfs-entailment-informative'
    """
    return next((link for link, names in (_OWL_RL, _RDFS) if names.fullmatch(rule)), None)


def proof_text(
    proof: Proof, places: PlacesOf, short: Callable[[Node], str], told: Callable[[Place], str] = str
) -> str:
    """The proof as a tree: under each triple what it follows from, behind it the rule or where it stands.

    The cells of an asserted list are told in one line. What was shown before is not shown again. ``told``
    writes a place.
    """
    lines = []
    for line in proof_lines(proof):
        if line.members is not None:
            assert line.triple is not None
            members = " ".join(map(short, line.members))
            said = f"{short(line.triple[0])} is the list ( {members} )"
            because = _told(line.triple, places, told)
        else:
            said = "false" if line.triple is None else " ".join(map(short, line.triple))
            if line.rule:
                because = f"{line.rule}, see above" if line.again else line.rule
            else:
                because = "" if line.triple is None else _told(line.triple, places, told)
        lines.append(f"{'  ' * line.depth}{said}  [{because}]")
    rules = dict.fromkeys(step.rule for step in reversed(proof.steps))
    links = [f"{rule}: {link}" for rule in sorted(rules) if (link := rule_link(rule))]
    return "\n".join([*lines, *(["", *links] if links else [])]) + "\n"


def proof_lines(proof: Proof) -> Iterator[ProofLine]:
    """The proof as a tree, root first; what was shown before is not shown again below.

    The cells of an asserted list are one line.
    """
    lists: dict[Triple, tuple[Node, ...]] = {}
    hidden: set[Triple] = set()
    for step in proof.steps:
        found, cells = _lists(step.premises, proof)
        lists.update(found)
        hidden.update(cells)
    for depth, triple, again in proof.walk():
        if triple in hidden:
            continue
        members = None if triple is None else lists.get(triple)
        step_to = None if members is not None else proof.by_conclusion.get(triple)
        rule = step_to.rule if step_to else ""
        yield ProofLine(depth=depth, triple=triple, members=members, rule=rule, again=again)


def proof_json(
    proof: Proof,
    places: PlacesOf,
    supports: Sequence[Sequence[str]] = (),
    *,
    truncated: bool = False,
    evidence: Mapping[Place, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """The proof as a JSON object; terms as in N-Triples, ``null`` for ``false``.

    ``supports`` are the sets of sources that suffice for what is proved; if ``truncated``, others may too.
    ``evidence`` is what a row of a mapping set says of itself, by its place.
    """

    def texts(triple: Triple | None) -> list[str] | None:
        return None if triple is None else [term_text(term) for term in triple]

    content = {
        "conclusion": texts(proof.conclusion),
        "steps": [
            {
                "rule": step.rule,
                "link": rule_link(step.rule),
                "premises": [texts(premise) for premise in step.premises],
                "conclusion": texts(step.conclusion),
            }
            for step in proof.steps
        ],
        "asserted": [
            {
                "triple": texts(triple),
                "places": [
                    {"path": place.path, "line": place.line, "column": place.column}
                    | ({"mapping": dict(evidence[place])} if place in evidence else {})
                    for place in places(triple)
                ],
            }
            for triple in proof.asserted
        ],
        "supports": [list(each) for each in supports],
        "truncated": truncated,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _told(triple: Triple, places: PlacesOf, told: Callable[[Place], str]) -> str:
    return ", ".join(map(told, places(triple))) or "asserted"


def _lists(premises: Sequence[Triple], proof: Proof) -> tuple[dict[Triple, tuple[Node, ...]], list[Triple]]:
    """The first triple of each asserted list, with the members of the list; and all its other triples."""
    firsts = _only(t for t in premises if t[1] == RDF.first and t not in proof.by_conclusion)
    rests = _only(t for t in premises if t[1] == RDF.rest and t not in proof.by_conclusion)
    lines: dict[Triple, tuple[Node, ...]] = {}
    hidden: list[Triple] = []
    for head in firsts.keys() - {rest[2] for rest in rests.values()}:
        cells = list(_cells(head, firsts, rests))
        if cells and rests[cells[-1]][2] == RDF.nil:
            lines[firsts[head]] = tuple(firsts[cell][2] for cell in cells)
            hidden += [
                triple for cell in cells for triple in (firsts[cell], rests[cell]) if triple != firsts[head]
            ]
    return lines, hidden


def _only(triples: Iterator[Triple]) -> Mapping[Node, Triple]:
    """The triples by subject; none of those whose subject has several."""
    found: dict[Node, list[Triple]] = {}
    for triple in triples:
        found.setdefault(triple[0], []).append(triple)
    return {subject: each[0] for subject, each in found.items() if len(each) == 1}


def _cells(head: Node, firsts: Mapping[Node, Triple], rests: Mapping[Node, Triple]) -> Iterator[Node]:
    seen: set[Node] = set()
    cell = head
    while cell in firsts and cell in rests and cell not in seen:
        seen.add(cell)
        yield cell
        cell = rests[cell][2]
