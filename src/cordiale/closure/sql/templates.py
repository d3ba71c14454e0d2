"""Rules with one premise about data, worked out for the axioms that are there: one join fires them all.

``prp-dom: ?p rdfs:domain ?c, ?x ?p ?y -> ?x rdf:type ?c`` becomes a row for each domain axiom: "whatever has
predicate p: its subject, rdf:type, c". All such rows stand in two tables, by predicate (``by_p``) and by
predicate and object (``by_po``), and a round is a join of the newest triples with each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cordiale.closure.rulebook.rules import TRIPLE, Atom, Constant, Rule, Term, Tuple, Variable
from cordiale.closure.sql.compiler import Compiler

__all__ = ["TEMPLATE_COLUMNS", "Template", "as_template", "fire_templates", "template_rows"]

TEMPLATE_COLUMNS = "kp INTEGER, ko INTEGER, sk INTEGER, s INTEGER, p INTEGER, ok INTEGER, o INTEGER"

# Where a term of the conclusion comes from: it is in the row, or it is the triple's subject or object.
_IN_ROW, _SUBJECT, _OBJECT = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A rule, split: the premises about axioms, and the one about data."""

    rule: Rule
    axioms: Rule  # the same rule without the premise about data
    data: Atom
    keyed: bool  # by the object as well


def as_template(rule: Rule, compiler: Compiler, structural: frozenset[str]) -> Template | None:
    """The rule as a template, if the others tell at most predicate and object of its one premise about data.

    ``structural`` are the helper relations that rest on axioms alone.
    """
    data = [atom for atom in rule.body if compiler.kind(atom) == "data"]
    rest = tuple(atom for atom in rule.body if compiler.kind(atom) != "data")
    if len(data) != 1 or any(atom.relation not in structural for atom in rest if atom.relation):
        return None
    atom = data[0]
    known = frozenset(name for other in rest for name in other.variables)
    subject, predicate, object_ = atom.terms
    if not isinstance(subject, Variable) or subject.name in known or subject in (predicate, object_):
        return None
    if not _is_known(predicate, known) or object_ == predicate:
        return None
    fits = [head.relation == TRIPLE and _is_known(head.terms[1], known) for head in rule.head]
    if not fits or not all(fits) or any(not comparison.variables <= known for comparison in rule.comparisons):
        return None
    return Template(rule=rule, axioms=replace(rule, body=rest), data=atom, keyed=_is_known(object_, known))


def template_rows(templates: Sequence[Template], compiler: Compiler) -> str:
    """The rows that the templates have for the axioms, without conclusions that repeat the premise."""
    selects = []
    for template in templates:
        subject, predicate, object_ = template.data.terms
        for head in template.axioms.head:
            columns: list[Term | int] = [predicate, object_ if template.keyed else -1]
            for place in (0, 2):
                term = head.terms[place]
                if term == subject:
                    columns += [_SUBJECT, -1]
                elif term == object_ and not template.keyed:
                    columns += [_OBJECT, -1]
                else:
                    columns += [_IN_ROW, term]
            columns.insert(4, head.terms[1])
            names = ("kp", "ko", "sk", "s", "p", "ok", "o")
            selects.append(compiler.rows(template.axioms, columns, names))
    joined = " UNION ALL ".join(selects)
    return (
        f"SELECT DISTINCT * FROM ({joined}) rows WHERE NOT (kp = p AND sk = {_SUBJECT} AND"
        f" ((ko = -1 AND ok = {_OBJECT}) OR (ko <> -1 AND ok = {_IN_ROW} AND o = ko)))"
    )


def fire_templates(templates: str, data: str, *, keyed: bool, also: str = "") -> str:
    """What the rows of one table (k) conclude from the triples of another (d); columns s, p, o ``also``."""
    key = "d.p = k.kp AND d.o = k.ko" if keyed else "d.p = k.kp"
    return (
        f"SELECT {_pick('k.sk', 'k.s')} AS s, k.p AS p, {_pick('k.ok', 'k.o')} AS o{also}"
        f" FROM {data} d JOIN {templates} k ON {key}"
    )


def _pick(kind: str, value: str) -> str:
    return f"CASE {kind} WHEN {_SUBJECT} THEN d.s WHEN {_OBJECT} THEN d.o ELSE {value} END"


def _is_known(term: Term, known: frozenset[str]) -> bool:
    return isinstance(term, Constant) or (
        not isinstance(term, Tuple) and isinstance(term, Variable) and term.name in known
    )
