"""The three suites that the closure is scored on, from where the shared data lies; else empty."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.suites.cases import Case, rdfbased_cases, working_group_cases

__all__ = ["approved_rdfbased", "approved_rl", "parameters", "schneider_rl", "working_group"]

_PREFIXES = """
    @prefix : <http://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# Premises that the manifest has in functional syntax only, by OWL 2 Mapping to RDF Graphs, tables 1 and 13.
_FUNCTIONAL = {
    "functionality-clash": """
        [] a owl:Ontology .
        :a a owl:NamedIndividual ,
            [ a owl:Restriction ; owl:onProperty :hasAge ; owl:hasValue "18"^^xsd:integer ] ,
            [ a owl:Restriction ; owl:onProperty :hasAge ; owl:hasValue "19"^^xsd:integer ] .
        :hasAge a owl:DatatypeProperty , owl:FunctionalProperty .
    """,
    "Plus and Minus Zero are Distinct": """
        [] a owl:Ontology .
        :Meg a owl:NamedIndividual ; :numberOfChildren "+0.0"^^xsd:float , "-0.0"^^xsd:float .
        :numberOfChildren a owl:DatatypeProperty , owl:FunctionalProperty .
    """,
    "string-integer-clash": """
        [] a owl:Ontology .
        :a a owl:NamedIndividual , [ a owl:Restriction ; owl:onProperty :hasAge ; owl:hasValue "aString" ] .
        :hasAge a owl:DatatypeProperty ; rdfs:range xsd:integer .
    """,
}


def schneider_rl() -> tuple[Case, ...]:
    """Schneider's suite for the OWL 2 RDF-Based Semantics, the part that is for OWL 2 RL."""
    return rdfbased_cases(_folder() / "owl2-rdfbased" / "subsuites" / "owl2rl")


@cache
def working_group() -> tuple[Case, ...]:
    """The cases of the OWL Working Group that have RDF/XML, of any profile, semantics and status."""
    manifest = _folder() / "owl2-testcases" / "all.rdf"
    functional = {name: _PREFIXES + text for name, text in _FUNCTIONAL.items()}
    return working_group_cases(manifest.read_bytes(), functional=functional) if manifest.is_file() else ()


def approved_rdfbased() -> tuple[Case, ...]:
    """What the Working Group approved of Schneider's suite."""
    return tuple(c for c in working_group() if c.is_approved and c.iri.startswith("rdfbased-sem-"))


def approved_rl() -> tuple[Case, ...]:
    """The approved cases of the OWL 2 RL profile that hold under the RDF-Based Semantics."""
    return tuple(
        c for c in working_group() if c.is_approved and "RL" in c.profiles and "RDF-BASED" in c.semantics
    )


def parameters(cases: Iterable[Case], *, gaps: dict[str, str]) -> list[object]:
    """Each case as a parameter of a test; one of the known gaps must fail, for the reason given."""
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(strict=True, reason=gaps[case.id])] if case.id in gaps else [],
        )
        for case in cases
    ]


def _folder() -> Path:
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("CORDIALE_SHARED", root.parent / "shared")) / "suites"
