"""What says nothing or is too much, whether a graph needs it all the same, and what was left out.

The rules marked ``@trivial`` conclude that a thing is the same as itself, that a class is in ``owl:Thing``,
and the like. Such a triple is a premise of something that is not trivial only where the graph says more of
the terms in it than the rules expect: that ``owl:Thing`` is in some class, that ``owl:sameAs`` has a
super-property. Then the rule is followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cordiale.closure.compiler import TYPE, is_vocabulary
from cordiale.closure.literals import DATATYPE_MAP
from cordiale.closure.rules import Rule
from cordiale.closure.store import Store

__all__ = ["DECISIVE_TERMS", "Usage", "followed", "look", "report"]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def _iris(namespace: str, *names: str) -> frozenset[str]:
    return frozenset(f"<{namespace}{name}>" for name in names)


# Said of any term; no premise of a rule.
_NOTES = _iris(_RDFS, "label", "comment", "seeAlso", "isDefinedBy") | _iris(_OWL, "versionInfo", "deprecated")
_AS_CLASS = _iris(_RDFS, "subClassOf", "domain", "range") | _iris(
    _OWL, "allValuesFrom", "someValuesFrom", "onClass", "onDataRange"
)
_REFLEXIVE = _iris(_RDFS, "subClassOf", "subPropertyOf") | _iris(
    _OWL, "equivalentClass", "equivalentProperty"
)
# What properties and classes are declared to be; it makes nothing follow.
_DECLARATIONS = _iris(
    _OWL,
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "AnnotationProperty",
    "OntologyProperty",
    "NamedIndividual",
) | _iris(_RDFS, "Class", "Datatype", "Property")
_DECLARATIONS |= {"<http://www.w3.org/1999/02/22-rdf-syntax-ns#Property>"}

_THING = f"<{_OWL}Thing>"
_NEEDED_BY_THING = frozenset({"scm-cls", "cls-thing", "cls-nothing1"})

# What trivial triples are made of; whoever says something of these may conclude anything from them.
_BUILDING = (
    _REFLEXIVE
    | _iris(_OWL, "sameAs", "Class", "AnnotationProperty", "ObjectProperty", "DatatypeProperty")
    | _iris(_RDFS, "Datatype")
    | {TYPE}
)

_RANGES = _iris(_RDFS, "range") | _iris(_OWL, "allValuesFrom", "onDatatype")

# All terms that are looked at, which a closure has to know by number.
DECISIVE_TERMS = tuple(
    sorted(
        _BUILDING
        | _NOTES
        | _AS_CLASS
        | _RANGES
        | _DECLARATIONS
        | {_THING}
        | {f"<{datatype}>" for datatype in DATATYPE_MAP}
    )
)

_LEFT_OUT = {
    "eq-ref": "x owl:sameAs x",
    "prp-ap": "the annotation properties of OWL are owl:AnnotationProperty",
    "cls-thing": "owl:Thing rdf:type owl:Class",
    "cls-nothing1": "owl:Nothing rdf:type owl:Class",
    "dt-type1": "the datatypes are rdfs:Datatype",
    "dt-type2": "the datatypes that each literal is a value of",
    "dt-eq": "owl:sameAs between literals of one value (compared when needed)",
    "dt-diff": "owl:differentFrom between literals of two values (compared when needed)",
    "scm-cls": "c rdfs:subClassOf c, c owl:equivalentClass c, c rdfs:subClassOf owl:Thing,"
    " owl:Nothing rdfs:subClassOf c",
    "scm-op": "p rdfs:subPropertyOf p, p owl:equivalentProperty p",
    "scm-dp": "p rdfs:subPropertyOf p, p owl:equivalentProperty p",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The terms that a graph uses as the rules do not expect, and the datatypes it uses as classes."""

    terms: frozenset[str]
    datatypes: frozenset[str]  # IRIs


def look(store: Store) -> Usage:
    """How the asserted triples use the vocabulary."""
    names = {number: text for text, number in store.coded.constants.items()}
    bound = store.coded.vocabulary
    rows = store.rows(
        f"SELECT DISTINCT s, p, CASE WHEN o < {bound} THEN o END, 0 FROM t WHERE s < {bound} AND p < {bound}"
        f" UNION ALL SELECT DISTINCT o, p, NULL, 1 FROM t WHERE o < {bound} AND p < {bound}"
    )
    terms, datatypes = set(), set()
    for number, predicate_number, object_, place in rows:
        term, predicate = names[number], names[predicate_number]
        if predicate in _NOTES or not is_vocabulary(predicate):
            continue
        if predicate == TYPE:
            expected = place == 1 or names.get(object_) in _DECLARATIONS
        else:
            expected = place == 1 and predicate in _AS_CLASS
        if not expected:
            terms.add(term)
        ranged = predicate == TYPE or (place == 1 and predicate in _RANGES)
        if term[1:-1] in DATATYPE_MAP and not ranged:
            datatypes.add(term[1:-1])
    if terms & (_RANGES | _BUILDING):
        datatypes |= DATATYPE_MAP
    return Usage(terms=frozenset(terms), datatypes=frozenset(datatypes))


def followed(rules: Iterable[Rule], usage: Usage, *, full: bool) -> tuple[Rule, ...]:
    """The rules without those that are left out."""
    every = full or bool(usage.terms & _BUILDING)
    return tuple(
        rule
        for rule in rules
        if "trivial" not in rule.marks
        or (every and "values" not in rule.marks)
        or (rule.name in _NEEDED_BY_THING and _THING in usage.terms)
    )


def report(rules: Iterable[Rule], chosen: Iterable[Rule], *, full: bool) -> tuple[str, ...]:
    """One line for each rule that was left out: its name, and what it would have concluded."""
    kept = {rule.name for rule in chosen}
    left = sorted({rule.name for rule in rules if "trivial" in rule.marks} - kept)
    lines = [f"{name}: {_LEFT_OUT.get(name, 'its conclusions')}" for name in left]
    if not full:
        lines.append("cax-sco, scm-dom1, scm-rng1: what follows for owl:Thing and rdfs:Resource as classes")
    return tuple(lines)
