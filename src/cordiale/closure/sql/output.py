"""What a closure adds to the graph it was made from: names unfolded, literals as they are written."""

from collections.abc import Sequence

import pyarrow as pa

from cordiale.closure.sql.equality import Equality
from cordiale.closure.sql.store import Store

__all__ = ["TRIVIAL_TERMS", "inferred", "not_trivial"]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"

_EVERYTHING = (f"<{_OWL}Thing>", f"<{_RDFS}Resource>")
_REFLEXIVE = (
    f"<{_OWL}sameAs>",
    f"<{_RDFS}subClassOf>",
    f"<{_OWL}equivalentClass>",
    f"<{_RDFS}subPropertyOf>",
    f"<{_OWL}equivalentProperty>",
)
_CLASSIFYING = (f"<{_RDF}type>", f"<{_RDFS}subClassOf>", f"<{_RDFS}domain>", f"<{_RDFS}range>")
_ANNOTATIONS = tuple(f"<{_RDFS}{name}>" for name in ("comment", "isDefinedBy", "label", "seeAlso")) + tuple(
    f"<{_OWL}{name}>"
    for name in ("backwardCompatibleWith", "deprecated", "incompatibleWith", "priorVersion", "versionInfo")
)
_NOTHING, _CLASS, _ANNOTATION = f"<{_OWL}Nothing>", f"<{_OWL}Class>", f"<{_OWL}AnnotationProperty>"
_DATATYPE = f"<{_RDFS}Datatype>"

# The terms that tell a trivial triple.
TRIVIAL_TERMS = (
    *_EVERYTHING,
    *_REFLEXIVE,
    *_CLASSIFYING,
    *_ANNOTATIONS,
    _NOTHING,
    _CLASS,
    _ANNOTATION,
    _DATATYPE,
)


def inferred(store: Store, equality: Equality, *, full: bool) -> pa.Table:
    """The inferred triples, in no order: columns s, p, o, and r, the round in which each was first there.

    Only RDF 1.1: no literal is a subject, no blank node and no literal a predicate. Trivial ones only if
    ``full``.
    """
    rows = "SELECT s, p, o, r FROM t"
    if equality.is_used:
        rows = equality.unfolded(rows)
    if store.has_forms:
        rows = _in_their_forms(rows, folded=equality.is_used)
    if equality.is_used or store.has_forms:
        asserted = "a" if store.has_forms else "(SELECT s, p, o FROM asserted)"
        new = f"({rows}) u ANTI JOIN {asserted} USING (s, p, o)"
        rows = f"SELECT s, p, o, min(r) AS r FROM {new} GROUP BY s, p, o"
    coded = store.coded
    conditions = ["r > 0", f"s < {coded.literals}", f"p < {coded.blanks}"]
    if not full:
        conditions.extend(not_trivial(store))
    return store.table(f"SELECT s, p, o, r FROM ({rows}) y WHERE {' AND '.join(conditions)}")


def _in_their_forms(rows: str, *, folded: bool) -> str:
    """Each value in the forms that its subject has it in, by any name; else in the one for all."""
    thing = "coalesce(n.rep, {}.s)" if folded else "{}.s"
    names = "LEFT JOIN names n ON n.id = {}.s" if folded else ""
    forms = (
        f"SELECT DISTINCT {thing.format('a')} AS s, form.value, a.o FROM a JOIN form ON form.id = a.o"
        f" {names.format('a')}"
    )
    return (
        f"SELECT w.s, w.p, coalesce(f.o, w.o) AS o, w.r"
        f" FROM ({rows}) w {names.format('w')} LEFT JOIN ({forms}) f"
        f" ON f.s = {thing.format('w')} AND f.value = w.o"
    )


def not_trivial(store: Store) -> list[str]:
    """Conditions that hold of every triple that ``is_trivial`` does not name (see trivial.py)."""
    number = store.coded.constants

    def listed(terms: Sequence[str]) -> str:
        return "(" + ", ".join(str(number[term]) for term in terms) + ")"

    type_ = number[f"<{_RDF}type>"]
    typed = (
        f"o = {number[_DATATYPE]} OR (o = {number[_CLASS]} AND s IN {listed((_EVERYTHING[0], _NOTHING))})"
        f" OR (o = {number[_ANNOTATION]} AND s IN {listed(_ANNOTATIONS)})"
    )
    return [
        f"NOT (s = o AND p IN {listed(_REFLEXIVE)})",
        f"NOT (o IN {listed(_EVERYTHING)} AND p IN {listed(_CLASSIFYING)})",
        f"NOT (s = {number[_NOTHING]} AND p = {number[f'<{_RDFS}subClassOf>']})",
        f"NOT (p = {type_} AND ({typed}))",
    ]
