"""SHACL through pySHACL: validation results as problems with a place and a remedy.

Conventions for authors of shapes:

- ``sh:message`` says what is wrong, then what to write instead, parted by the first ``: `` or ``; `` outside
  double quotes: ``An event has one date: write "2025-07-09"^^xsd:date; if disputed, one a document.`` The
  first part is the problem's message, the second its remedy. Without a second part the remedy is the shape's
  ``sh:description``, else its ``rdfs:seeAlso``, else its name. Focus node, path and value are put before the
  message, which need not repeat them, unless it names the focus node itself.
- A message of ``sh:sparql`` may say ``{?name}`` for each variable that the query selects, ``{$this}`` too;
  quotes around it keep a literal whole. IRIs come out as CURIEs. Either the constraint has a message or its
  shape, not both.
- A shape about a file has the file's graph as its target and reads that graph alone, or compares others
  with it. It selects, as ``?value``, the subject of the triple that is wrong, and its predicate as
  ``?path``::

    cord:Catalogue-facts a sh:NodeShape ;
        sh:targetNode <https://w3id.org/cordiale/source/sources> ;
        sh:sparql [
            sh:message "The catalogue describes documents only: write this in the file of the document."@en ;
            sh:prefixes <https://w3id.org/cordiale/source/shapes/sources> ;
            sh:select \"""SELECT DISTINCT $this ?path ?value WHERE {
                GRAPH $this { ?value ?path ?object }
                FILTER (?path NOT IN (rdf:type, rdfs:label, dcterms:issued)) }\""" ;
        ] .

  ``sh:prefixes`` names a resource that has ``sh:declare`` for each prefix but rdf, rdfs and owl.
  pySHACL forbids ``MINUS``, ``VALUES`` and ``AS ?this``; ``FILTER NOT EXISTS`` and ``IN`` do their work.
- A query is asked anew for each focus node: prefer one target node, or what SHACL Core can say. It has a
  limit of time.
"""

from collections.abc import Iterator, Mapping

from rdflib import SH, BNode, Graph, Literal, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.engine import culprit, validate
from cordiale.checks.limits import OutOfTimeError
from cordiale.checks.offline import QUERIES, reaching_outside
from cordiale.checks.order import in_order
from cordiale.checks.recursion import cycles
from cordiale.checks.results import Results
from cordiale.checks.wording import Names
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, term_key

__all__ = ["SECONDS", "check_shapes"]

SECONDS = 10.0  # that one shape may take for one query or one value

_TO_SHAPES = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_UNTIL_THEN = "until then nothing is checked by shapes"


def check_shapes(
    data: Graph, shapes: Graph, blame: Blame, *, seconds: float = SECONDS
) -> tuple[Problem, ...]:
    """What the shapes find wrong with the data, by place; both graphs stay as they are.

    ``data`` is a graph, or a Dataset whose default graph is the union of the others; shapes about a file
    need a Dataset. ``blame(subject, predicate, object)`` tells where a triple stands, or, when no such
    triple does or a part is ``None``, where its subject does; a subject may be a shape.

    C301 is a validation result, as severe as its ``sh:resultSeverity``. C311 is a shape that takes more than
    ``seconds``: the others are checked. C302 is a shape that cannot be used, C303 one whose query would go to
    the network, C304 one that is named and not there, C312 one that leads back to itself: with these nothing
    is validated.
    """
    names = Names(shapes, data)
    problems = {
        *_outside(shapes, names, blame),
        *_undefined(shapes, names, blame),
        *_recursive(shapes, names, blame),
    }
    if not problems:
        slow: dict[Node, str] = {}
        try:
            while (report := _report(data, shapes, slow, seconds)) is None:
                pass
        except Exception as fault:  # rdflib raises a bare one for a prefix that a query does not know
            problems = _unusable(data, shapes, names, blame, fault)
        else:
            problems = {
                *Results(report, data, shapes, names).problems(blame),
                *_slow(slow, shapes, names, blame, seconds),
            }
    return in_order(problems)


def _report(data: Graph, shapes: Graph, slow: dict[Node, str], seconds: float) -> Graph | None:
    """The report by all shapes but the slow ones; ``None`` when one more of them is slow."""
    try:
        return validate(data, shapes, seconds=seconds, without=slow)
    except OutOfTimeError as error:
        shape, constraint = culprit(error.__traceback__)
        if shape is None or shape in slow:
            raise
        slow[shape] = constraint
        return None


def _slow(
    slow: Mapping[Node, str], shapes: Graph, names: Names, blame: Blame, seconds: float
) -> Iterator[Problem]:
    for shape, constraint in slow.items():
        owner = _named(shapes, shape)
        yield Problem(
            code="C311",
            message=f"{names.term(owner)} is left out: its {constraint or 'target'} takes over {seconds:g} s",
            remedy="write its query so that it ends, or its sh:pattern without repetition in repetition",
            place=blame(owner, None, None).place,
        )


def _recursive(shapes: Graph, names: Names, blame: Blame) -> Iterator[Problem]:
    """A problem for each way from a shape to itself, which SHACL leaves undefined (section 3.4.3)."""
    for cycle in cycles(shapes):
        way = " to ".join(names.term(_named(shapes, node)) for node in dict.fromkeys(cycle))
        yield Problem(
            code="C312",
            message=f"a shape leads back to itself: {way}",
            remedy=f"take one of the references out; {_UNTIL_THEN}",
            place=blame(cycle[0], None, None).place,
        )


def _outside(shapes: Graph, names: Names, blame: Blame) -> Iterator[Problem]:
    """A problem for each query in the shapes that rdflib would go to the network for."""
    for subject, keyword in reaching_outside(shapes):
        queries = [(p, _node(o)) for p in QUERIES for o in shapes.objects(subject, p)]
        yield Problem(
            code="C303",
            message=f"the query of {names.term(_named(shapes, subject))} reaches outside with {keyword}",
            remedy="ask only the data of the project: shapes are checked offline",
            place=blame(subject, *queries[0]).place,
        )


def _undefined(shapes: Graph, names: Names, blame: Blame) -> Iterator[Problem]:
    """A problem for each name of a shape that the shapes do not describe."""
    for predicate in _TO_SHAPES:
        for subject, object_ in shapes.subject_objects(predicate):
            if not isinstance(subject, URIRef | BNode) or not isinstance(object_, URIRef):
                continue
            if (object_, None, None) not in shapes:
                yield Problem(
                    code="C304",
                    message=f"{names.term(subject)} uses the shape {names.term(object_)}, which is not there",
                    remedy=f"correct the name, or write the shape; {_UNTIL_THEN}",
                    place=blame(subject, predicate, object_).place,
                )


def _unusable(data: Graph, shapes: Graph, names: Names, blame: Blame, fault: Exception) -> set[Problem]:
    """A problem for each shape that fails by itself; else one for all of them, without a place."""
    reasons: dict[URIRef | None, Exception] = {}
    at_fault, _ = culprit(fault.__traceback__)
    if at_fault is not None and isinstance(owner := _named(shapes, at_fault), URIRef):
        reasons[owner] = fault
    else:
        speakers = {s for s, p in shapes.subject_predicates() if str(p).startswith(str(SH))}
        for subject in (speaker for speaker in speakers if isinstance(speaker, URIRef)):
            try:
                validate(data, shapes, subject, seconds=SECONDS)
            except Exception as own_fault:
                reasons[subject] = own_fault
    return {
        Problem(
            code="C302",
            message=f"{names.term(shape) if shape else 'a shape'} cannot be used: {_first_line(reason)}",
            remedy=f"correct it; {_UNTIL_THEN}",
            place=blame(shape, None, None).place if shape else None,
        )
        for shape, reason in (reasons or {None: fault}).items()
    }


def _named(shapes: Graph, node: Node) -> Node:
    """The shape itself when it has a name, else the one that it is written in."""
    seen: set[Node] = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        owners = [s for s in shapes.subjects(None, node) if isinstance(s, URIRef | BNode)]
        node = min(owners, key=term_key, default=node)
    return node


def _node(term: object) -> Node:
    assert isinstance(term, URIRef | BNode | Literal)  # rdflib types what a graph holds more widely
    return term


def _first_line(fault: Exception) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)
