"""A proof as a graph: PROV-O in Turtle, and a Mermaid flowchart."""

from collections.abc import Callable, Mapping

from rdflib import DCTERMS, PROV, RDF, RDFS, Literal, URIRef

from cordiale.model.places import Place
from cordiale.model.proofs import Proof
from cordiale.model.terms import Node, Triple
from cordiale.publish.proof_text import PlacesOf, rule_link
from cordiale.publish.turtle_writer import write_turtle

__all__ = ["proof_mermaid", "proof_prov"]

_SPACE = "urn:cordiale:proof:"
_CLASHES = URIRef(f"{_SPACE}false")


def proof_prov(
    proof: Proof,
    places: PlacesOf,
    source: Callable[[Place], URIRef],
    prefixes: Mapping[str, str],
    told: Callable[[Place], str] = str,
) -> str:
    """The proof in PROV-O (https://www.w3.org/TR/prov-o/), as Turtle.

    Each triple is an entity, described as an rdf:Statement; each step an activity that used its premises
    and followed a plan, the rule. An asserted triple was quoted from its source. ``told`` writes a place.
    """
    names = {triple: URIRef(f"{_SPACE}triple-{at}") for at, triple in enumerate(_triples(proof), start=1)}
    found: list[Triple] = []
    for triple, name in names.items():
        if triple is None:
            found += [(_CLASHES, RDF.type, PROV.Entity), (_CLASHES, RDFS.label, Literal("false"))]
            continue
        found += [(name, RDF.type, PROV.Entity), (name, RDF.type, RDF.Statement)]
        found += zip((name,) * 3, (RDF.subject, RDF.predicate, RDF.object), triple, strict=True)
        if triple not in proof.by_conclusion:
            for place in places(triple):
                found.append((name, PROV.wasQuotedFrom, source(place)))
                found.append((name, DCTERMS.bibliographicCitation, Literal(told(place))))
    names[None] = _CLASHES
    for at, step in enumerate(proof.steps, start=1):
        activity, rule = URIRef(f"{_SPACE}step-{at}"), URIRef(f"{_SPACE}rule-{step.rule}")
        association = URIRef(f"{_SPACE}step-{at}-by-rule")
        found += [
            (names[step.conclusion], PROV.wasGeneratedBy, activity),
            (activity, RDF.type, PROV.Activity),
            (activity, PROV.qualifiedAssociation, association),
            (association, RDF.type, PROV.Association),
            (association, PROV.agent, URIRef(f"{_SPACE}cordiale")),
            (association, PROV.hadPlan, rule),
            (rule, RDF.type, PROV.Plan),
            (rule, RDFS.label, Literal(step.rule)),
            (URIRef(f"{_SPACE}cordiale"), RDF.type, PROV.SoftwareAgent),
        ]
        for premise in step.premises:
            found.append((activity, PROV.used, names[premise]))
            found.append((names[step.conclusion], PROV.wasDerivedFrom, names[premise]))
        if link := rule_link(step.rule):
            found.append((rule, RDFS.seeAlso, URIRef(link)))
    return write_turtle(dict.fromkeys(found), {**prefixes, "proof": _SPACE})


def proof_mermaid(
    proof: Proof, places: PlacesOf, short: Callable[[Node], str], told: Callable[[Place], str] = str
) -> str:
    """The proof as a Mermaid flowchart (https://mermaid.js.org/), down to what is shown."""
    names = {triple: f"t{at}" for at, triple in enumerate(_triples(proof), start=1)}
    lines = ["flowchart TD"]
    for triple, name in names.items():
        label = _escaped("false" if triple is None else " ".join(map(short, triple)))
        if triple is not None and triple not in proof.by_conclusion:
            where = "<br/>".join(_escaped(told(place)) for place in places(triple)) or "asserted"
            label = f"{label}<br/><i>{where}</i>"
        lines.append(f'  {name}["{label}"]')
    for at, step in enumerate(proof.steps, start=1):
        lines.append(f'  s{at}(["{_escaped(step.rule)}"])')
        lines += [f"  {names[premise]} --> s{at}" for premise in step.premises]
        lines.append(f"  s{at} --> {names[step.conclusion]}")
        if link := rule_link(step.rule):
            lines.append(f'  click s{at} "{link}"')
    return "\n".join(lines) + "\n"


def _triples(proof: Proof) -> list[Triple | None]:
    """What is shown first, then all others, each once."""
    return list(dict.fromkeys(triple for _, triple, _ in proof.walk()))


def _escaped(text: str) -> str:
    """Text for a label: Mermaid takes entity codes with ``#`` in the place of ``&``."""
    for character in '#&<>"`':
        text = text.replace(character, f"\0{ord(character)};")
    return text.replace("\0", "#").replace("\n", "<br/>")
