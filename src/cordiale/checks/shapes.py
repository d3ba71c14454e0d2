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
- pySHACL parses a query anew for each focus node, some 10 ms each: prefer one target node, or what SHACL
  Core can say.
"""

import logging
import warnings

from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, BNode, Graph, URIRef

from cordiale.checks.offline import reaching_outside
from cordiale.checks.results import Blame, Results
from cordiale.checks.wording import Names
from cordiale.model.places import Place
from cordiale.model.problems import Problem

__all__ = ["check_shapes"]

_TO_SHAPES = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)

# What pySHACL logs it also raises or reports; without this it would write to stderr.
_SILENT = logging.Logger(__name__, level=logging.CRITICAL + 1)


def check_shapes(data: Graph, shapes: Graph, blame: Blame) -> tuple[Problem, ...]:
    """What the shapes find wrong with the data, by place; both graphs stay as they are.

    ``data`` is a graph, or a Dataset whose default graph is the union of the others; shapes about a file
    need a Dataset. ``blame(subject, predicate, object)`` tells where a triple stands, or, when no such
    triple does or a part is ``None``, where its subject does; a subject may be a shape.

    C301 is a validation result, as severe as its ``sh:resultSeverity``. C302 is a shape that cannot be used,
    C303 one whose query would go to the network, C304 one that is named and not there: with these nothing
    is validated.
    """
    names = Names(shapes, data)
    problems = _outside(shapes, names, blame) | _undefined(shapes, names, blame)
    if not problems:
        try:
            report = _validate(data, shapes)
        except Exception as fault:  # rdflib raises a bare one for a prefix that a query does not know
            problems = _unusable(data, shapes, names, blame, fault)
        else:
            problems = Results(report, data, shapes, names).problems(blame)
    return tuple(sorted(problems, key=_order))


def _validate(data: Graph, shapes: Graph, *only: URIRef) -> Graph:
    """The report on the data by all shapes, or by some only.

    Raises:
        Exception: whatever pySHACL, rdflib or pyparsing raises for a shape that is wrong.
    """
    own = Graph(bind_namespaces="none")  # pySHACL adds triples to the shapes graph
    for prefix, space in shapes.namespaces():
        own.bind(prefix, space)
    for triple in shapes:
        own.add(triple)
    # Advanced features make pySHACL validate a copy of the data, so that no rule can change it.
    options = {"advanced": True, "logger": _SILENT, "use_shapes": [str(shape) for shape in only]}
    with warnings.catch_warnings():
        # SPARQL in rdflib 7.6 uses what its own Dataset has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        validator = Validator(DataGraph.from_rdflib(data), shacl_graph=own, options=options)
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    assert isinstance(report, Graph)
    return report


def _outside(shapes: Graph, names: Names, blame: Blame) -> frozenset[Problem]:
    """A problem for each query in the shapes that rdflib would go to the network for."""
    return frozenset(
        Problem(
            code="C303",
            message=f"the query of {names.term(subject)} reaches outside with {keyword}",
            remedy="ask only the data of the project: shapes are checked offline",
            place=blame(subject, None, None),
        )
        for subject, keyword in reaching_outside(shapes)
    )


def _undefined(shapes: Graph, names: Names, blame: Blame) -> frozenset[Problem]:
    """A problem for each name of a shape that the shapes do not describe."""
    return frozenset(
        Problem(
            code="C304",
            message=f"{names.term(subject)} uses the shape {names.term(object_)}, which is not there",
            remedy="correct the name, or write the shape; until then nothing is checked by shapes",
            place=blame(subject, predicate, object_),
        )
        for predicate in _TO_SHAPES
        for subject, object_ in shapes.subject_objects(predicate)
        if isinstance(subject, URIRef | BNode) and isinstance(object_, URIRef)
        if (object_, None, None) not in shapes
    )


def _unusable(data: Graph, shapes: Graph, names: Names, blame: Blame, fault: Exception) -> frozenset[Problem]:
    """A problem for each shape that fails by itself; else one for all of them, without a place."""
    reasons: dict[URIRef | None, Exception] = {}
    speakers = {s for s, p in shapes.subject_predicates() if str(p).startswith(str(SH))}
    for subject in (speaker for speaker in speakers if isinstance(speaker, URIRef)):
        try:
            _validate(data, shapes, subject)
        except Exception as own_fault:
            reasons[subject] = own_fault
    return frozenset(
        Problem(
            code="C302",
            message=f"{names.term(shape) if shape else 'a shape'} cannot be used: {_first_line(reason)}",
            remedy="correct it; until then nothing is checked by shapes",
            place=blame(shape, None, None) if shape else None,
        )
        for shape, reason in (reasons or {None: fault}).items()
    )


def _first_line(fault: Exception) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)


def _order(problem: Problem) -> tuple[object, ...]:
    """By place, the ones without a place last; then by what is said."""
    place = problem.place or Place(path="")
    where = (problem.place is None, place.path, place.line or 0, place.column or 0)
    return (*where, problem.code, problem.message, problem.remedy)
