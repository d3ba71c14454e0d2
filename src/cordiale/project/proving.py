"""Proofs of a project's triples: from the fewest sources, down to the lines of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cordiale.closure.consequences import close
from cordiale.model.proofs import Proof
from cordiale.model.sources import source_of
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.why import Why, read_object, read_predicate, read_subject, unproven
from cordiale.trust.slices import slice_for

if TYPE_CHECKING:
    from cordiale.project.reasoned_graph import ReasonedGraph

__all__ = ["explained", "proof_under", "read_triple", "supports_of"]


def read_triple(kg: ReasonedGraph, subject: str | Node, predicate: str | Node, value: str | Node) -> Triple:
    """The triple whose terms are given as such, or as one types them.

    Raises:
        NotFoundError, UsageError: a name means nothing, or several things.
    """
    return (
        read_subject(subject, kg.names, kg.all_prefixes) if type(subject) is str else cast(Node, subject),
        read_predicate(predicate, kg.names, kg.all_prefixes)
        if type(predicate) is str
        else cast(Node, predicate),
        read_object(value, kg.names, kg.all_prefixes) if type(value) is str else cast(Node, value),
    )


def supports_of(kg: ReasonedGraph, triple: Triple) -> tuple[tuple[str, ...], ...]:
    """The minimal sets of sources that a triple rests on, at least one.

    Raises:
        UnprovenError: C605, it does not hold; with what is nearest, and what premise is missing.
    """
    supports = kg.supports(*triple)
    if supports:
        return supports
    # What is too trivial to be kept in a closure has a proof all the same, by an axiom of the rules.
    proof = kg.consequences.why(*triple)
    if proof is not None:
        return ((),)
    misses = kg.consequences.why_not(*triple)
    raise unproven(triple, kg.graph, iter(kg.closure.inferred), kg.names, misses)


def proof_under(kg: ReasonedGraph, triple: Triple, support: tuple[str, ...]) -> Proof:
    """The proof of a triple from what some sources state, and what is trusted.

    Raises:
        UnprovenError: C605, it does not follow from these.
    """
    believed = {name: triples for name, triples in kg.stated.items() if name in support}
    trusted = [each for name in kg.trusted for each in kg.stated[name]]
    stated = [each for triples in believed.values() for each in triples]
    if triple in stated or triple in trusted:
        return Proof(conclusion=triple)
    part = sorted(slice_for(triple, stated, trusted), key=lambda one: [term_key(term) for term in one])
    proof = close(part).why(*triple) or close([*stated, *trusted]).why(*triple)
    if proof is None:  # trivial, or of names that only the whole graph has
        proof = kg.consequences.why(*triple)
    if proof is None:
        raise unproven(triple, kg.graph, iter(kg.closure.inferred), kg.names)
    return proof


def explained(
    kg: ReasonedGraph,
    proof: Proof,
    supports: tuple[tuple[str, ...], ...] = (),
    support: tuple[str, ...] | None = None,
) -> Why:
    """The proof with its places; with a support, only those in its sources and in what is trusted."""
    within = None if support is None else {*support, *kg.trusted}
    places = {
        triple: tuple(place for place in kg.places_of(triple) if within is None or source_of(place) in within)
        for triple in proof.asserted
    }
    return Why(
        proof=proof,
        places=places,
        evidence={place: said for told in places.values() for place in told if (said := kg.evidence(place))},
        supports=supports,
        truncated=bool(supports and proof.conclusion) and kg.is_truncated(*cast(Triple, proof.conclusion)),
        support=support,
        _names=kg.names,
        _settings=kg.settings,
        _prefixes=kg.all_prefixes,
    )
