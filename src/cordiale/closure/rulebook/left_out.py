"""What says nothing or is too much, whether a graph needs it all the same, and what was left out.

The rules marked ``@trivial`` conclude that a thing is the same as itself, that a class is in ``owl:Thing``,
and the like. Such a triple is a premise of something that is not trivial only where the graph says more of
the terms in it than the rules expect: that ``owl:Thing`` is in some class or is what a restriction asks for,
that some class is in ``owl:Nothing``, that ``owl:sameAs`` has a super-property. Then the rule is followed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cordiale.closure.rulebook.rules import TRIPLE, Constant, Rule
from cordiale.closure.sql.compiler import SAME, TYPE, asks_for_sameness, is_vocabulary
from cordiale.closure.sql.store import Store
from cordiale.closure.values.literals import DATATYPE_MAP

__all__ = ["DECISIVE_TERMS", "Usage", "followed", "is_unforeseen", "look", "report"]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def _iris(namespace: str, *names: str) -> frozenset[str]:
    return frozenset(f"<{namespace}{name}>" for name in names)


# Said of any term; no premise of a rule.
_NOTES = _iris(_RDFS, "label", "comment", "seeAlso", "isDefinedBy") | _iris(_OWL, "versionInfo", "deprecated")
_AS_CLASS = _iris(_RDFS, "subClassOf", "domain", "range") | _iris(_OWL, "onClass", "onDataRange")
_AS_FILLER = _iris(_OWL, "allValuesFrom", "someValuesFrom")  # scm-svf1 and scm-avf1 ask what it is a part of
_CLASSIFYING = {TYPE} | _iris(_RDFS, "subClassOf", "domain", "range")
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

_THING, _NOTHING = f"<{_OWL}Thing>", f"<{_OWL}Nothing>"
_OUTERMOST = frozenset({_THING, _NOTHING})

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
        | _AS_FILLER
        | _RANGES
        | _DECLARATIONS
        | _OUTERMOST
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
    known = f"CASE WHEN p < {bound} THEN p END"
    rows = store.rows(
        f"SELECT DISTINCT s, {known}, CASE WHEN o < {bound} THEN o END, 0 FROM t WHERE s < {bound}"
        f" UNION ALL SELECT DISTINCT o, {known}, NULL, 1 FROM t WHERE o < {bound}"
    )
    terms: set[str] = set()
    datatypes: set[str] = set()
    for number, predicate_number, object_, place in rows:
        term, predicate = names[number], names.get(predicate_number, "")
        if not is_vocabulary(predicate):
            terms |= _OUTERMOST & {term}
            continue
        if predicate in _NOTES:
            continue
        if not _is_expected(term, predicate, names.get(object_), is_object=place == 1):
            terms.add(term)
        ranged = predicate == TYPE or (place == 1 and predicate in _RANGES)
        if term[1:-1] in DATATYPE_MAP and not ranged:
            datatypes.add(term[1:-1])
    if terms & (_RANGES | _BUILDING):
        datatypes |= DATATYPE_MAP
    return Usage(terms=frozenset(terms), datatypes=frozenset(datatypes))


def _is_expected(term: str, predicate: str, object_: str | None, *, is_object: bool) -> bool:
    """Whether no rule makes more of a term in this place than of any other class or property."""
    if not is_object:
        return predicate == TYPE and object_ in _DECLARATIONS
    if term == _NOTHING:
        return False
    return predicate == TYPE or predicate in _AS_CLASS or (predicate in _AS_FILLER and term != _THING)


def _redefines(terms: Iterable[str], rules: Iterable[Rule]) -> bool:
    """Whether one of the terms is what trivial triples are made of, or what premises about axioms ask for."""
    asked = {
        atom.terms[1].text
        for rule in rules
        for atom in rule.body
        if atom.relation == TRIPLE and isinstance(atom.terms[1], Constant)
    }
    return not (_BUILDING | set(filter(is_vocabulary, asked))).isdisjoint(terms)


def _asked_for(rules: Iterable[Rule]) -> frozenset[str]:
    """What of owl:Thing, owl:Nothing and owl:sameAs has premises that trivial triples match as such."""
    found = set()
    for rule in rules:
        for atom in rule.body:
            if atom.relation == TRIPLE:
                subject, predicate, object_ = map(str, atom.terms)
                found |= {object_} & {_THING} if predicate in _CLASSIFYING else set()
                found |= {subject} & {_NOTHING} if predicate in _REFLEXIVE else set()
        if asks_for_sameness(rule):
            found.add(SAME)
    return frozenset(found)


def followed(rules: Collection[Rule], usage: Usage, *, full: bool) -> tuple[Rule, ...]:
    """The rules without those that are left out."""
    every = full or _redefines(usage.terms, rules)
    needed = (usage.terms & _OUTERMOST) | _asked_for(rules)

    def is_followed(rule: Rule) -> bool:
        if "trivial" not in rule.marks:
            return True
        if "values" in rule.marks:
            return False
        concluded = {str(term) for atom in rule.head for term in atom.terms}
        return every or not concluded.isdisjoint(needed)

    return tuple(filter(is_followed, rules))


def is_unforeseen(renamed: frozenset[str], usage: Usage, rules: Iterable[Rule]) -> bool:
    """Whether terms that got other names while the rules ran are used as nobody could see from the graph."""
    terms = renamed - usage.terms
    datatypes = {term[1:-1] for term in terms} & DATATYPE_MAP
    return bool(terms & _OUTERMOST or datatypes) or _redefines(terms, rules)


def report(rules: Iterable[Rule], chosen: Collection[Rule], *, full: bool) -> tuple[str, ...]:
    """One line for each rule of which something is not told: its name, and what it concludes."""
    left = {
        rule.name
        for rule in rules
        if ("trivial" in rule.marks and rule not in chosen) or (not full and rule.name in _LEFT_OUT)
    }
    lines = [f"{name}: {_LEFT_OUT.get(name, 'its conclusions')}" for name in sorted(left)]
    if not full:
        lines.append("cax-sco, scm-dom1, scm-rng1: what follows for owl:Thing and rdfs:Resource as classes")
    return tuple(lines)
