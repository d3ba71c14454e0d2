"""pySHACL at work: what it is given, what it is spared, and where it is put right.

It validates a plain graph, quickly, and asks queries of ``queries.Asked``. What it gets wrong is put right in
``prepared``, the one place for that.
"""

import logging
import re
import warnings
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import pyshacl.constraints
import pyshacl.shape
from pyshacl import Validator
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from pyshacl.constraints.core.string_based_constraints import PatternConstraintComponent
from pyshacl.graph_abstraction import DataGraph, RdfLibDataGraph
from rdflib import RDF, SH, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory

from cordiale.checks.limits import within
from cordiale.checks.queries import SHAPES_GRAPH, Asked
from cordiale.model.terms import Node
from cordiale.read.literals import quiet_literals

__all__ = ["culprit", "prepared", "validate"]

_QUERIES = (SH.select, SH.ask, SH.construct)
_CHANGING = (SH.rule, SH.expression)
_FUNCTIONS = (SH.SPARQLFunction, SH.JSFunction)
_SHAPES_VARIABLE = re.compile(r"[?$]shapesGraph\b")
_SHORT = 20  # characters in which no expression can go astray for long
_DEEPEST = 200  # shapes in one another; recursive ones are refused before

# What pySHACL logs it also raises or reports; without this it would write to stderr.
_SILENT = logging.Logger(__name__, level=logging.CRITICAL + 1)


class _Parameters(list[URIRef]):
    """A list that finds its members at once: pySHACL looks into it for each triple of each shape."""

    def __init__(self, members: Iterable[URIRef]) -> None:
        super().__init__(members)
        self._known = set(self)

    def __contains__(self, term: object) -> bool:
        return term in self._known

    def append(self, term: URIRef) -> None:
        super().append(term)
        self._known.add(term)

    def copy(self) -> "_Parameters":
        return _Parameters(self)


class _Store(SimpleMemory):
    """Triples in three indexes, and nothing of contexts, which pySHACL asks for and does not use."""

    context_aware = True
    graph_aware = True


class _Data(RdfLibDataGraph):
    """A plain graph of all triples for SHACL Core, and the graph that queries are asked of."""

    def __init__(self, store: Any, impl: Graph, asked: Asked) -> None:
        super().__init__(store, impl)
        self._asked = asked

    def __new__(cls, store: Any, impl: Graph, asked: Asked) -> "_Data":  # noqa: ARG004
        made: _Data = super().__new__(cls, store, impl)
        return made

    def __bool__(self) -> bool:
        return True  # pySHACL asks at each result; the answer would be a count of all triples

    def quads(self, pattern: Any = None) -> Generator[Any, None, None]:
        yield from ((*triple, self.impl) for triple in self.impl.triples((pattern or (None,) * 4)[:3]))

    def query(self, query_object: Any, *_: Any, initBindings: Any = None, **__: Any) -> Any:  # type: ignore[override]
        return self._asked.ask(str(query_object), initBindings or {})


class _Limited:
    """A regular expression that may take so many seconds for one text."""

    def __init__(self, pattern: re.Pattern[str], seconds: float) -> None:
        self._pattern = pattern
        self._seconds = seconds

    def match(self, text: str) -> re.Match[str] | None:
        return self.search(text)  # which is what pySHACL asks for when there is no match at the beginning

    def search(self, text: str) -> re.Match[str] | None:
        if len(text) < _SHORT:
            return self._pattern.search(text)
        with within(self._seconds):
            return self._pattern.search(text)


class _Pattern(PatternConstraintComponent):
    """``sh:pattern`` with a limit of time."""

    seconds = 0.0

    def __init__(self, shape: Any) -> None:
        super().__init__(shape)
        compiled: Any = self.compiled_cache
        compiled.update({text: _Limited(pattern, self.seconds) for text, pattern in compiled.items()})


class _Property(PropertyConstraintComponent):
    """``sh:property``, asked of all value nodes at once: pySHACL begins anew for each of them."""

    def _evaluate_property_shape(
        self, executor: Any, shape: Any, graph: Any, values: dict[Any, Any], *more: Any
    ) -> Any:
        together = [value for nodes in values.values() for value in nodes]
        if len(set(together)) == len(together):  # else a value has a result for each of its focus nodes
            values = {None: [together]}
        return super()._evaluate_property_shape(  # type: ignore[no-untyped-call]
            executor, shape, graph, values, *more
        )


class _Validator(Validator):
    """Makes a report without its text, which takes the square of the time that its results take."""

    @classmethod
    def create_validation_report(cls, sg: Any, conforms: bool, results: list[Any]) -> Any:
        return super().create_validation_report(sg, conforms, [("", *parts) for _, *parts in results])


def validate(
    data: Graph, shapes: Graph, *only: URIRef, seconds: float, without: Iterable[Node] = ()
) -> Graph:
    """The report on the data by all shapes, or ``only`` by some, or ``without`` some; both graphs stay.

    ``seconds`` are for one query of a shape, and for its pattern on one value.

    Raises:
        OutOfTimeError: one of them took longer.
        Exception: whatever pySHACL, rdflib or pyparsing raises for a shape that is wrong.
    """
    own = prepared(shapes)
    for shape in without:
        own.add((shape, SH.deactivated, Literal(True)))
    options = {
        "advanced": True,
        "inplace": True,
        "logger": _SILENT,
        "max_validation_depth": _DEEPEST,
        "use_shapes": [str(shape) for shape in only],
    }
    pyshacl.shape.CONSTRAINT_PARAMS = (  # type: ignore[attr-defined] # which it looks for
        _Parameters(pyshacl.constraints.ALL_CONSTRAINT_PARAMETERS),
        {
            **pyshacl.constraints.CONSTRAINT_PARAMETERS_MAP,
            SH.property: _Property,
            SH.pattern: type("Pattern", (_Pattern,), {"seconds": seconds}),
        },
    )
    with warnings.catch_warnings(), quiet_literals(), _without_descriptions():
        # SPARQL in rdflib 7.6 uses what its own Dataset has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        validator = _Validator(_given(data, own, seconds), shacl_graph=own, options=options)
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    assert isinstance(report, Graph)
    return report


@contextmanager
def _without_descriptions() -> Iterator[None]:
    """Spare pySHACL the text that it writes for each result, even for those that it drops again."""
    described = ConstraintComponent.make_v_result_description
    ConstraintComponent.make_v_result_description = lambda *_, **__: ""  # type: ignore[method-assign]
    try:
        yield
    finally:
        ConstraintComponent.make_v_result_description = described  # type: ignore[method-assign]


def prepared(shapes: Graph) -> Graph:
    """A copy of the shapes with what pySHACL 0.40 gets wrong put right; it may add triples to it.

    - ``sh:uniqueLang "1"^^xsd:boolean`` is another term than ``true`` and asks for nothing (SHACL, 4.4.5;
      W3C test uniqueLang-002). pySHACL compares values. It is left out.
    - ``$shapesGraph`` is bound to the name of the shapes graph (5.3.1; W3C test shapesGraph-001). pySHACL
      refuses it. The variable takes another name, under which ``Asked`` binds it.
    """
    own = Graph(_Store(), bind_namespaces="none")
    for prefix, space in shapes.namespaces():
        own.bind(prefix, space)
    for subject, predicate, object_ in shapes:
        if predicate == SH.uniqueLang and str(object_) not in ("true", "false"):
            continue
        if predicate in _QUERIES and isinstance(object_, Literal):
            text = _SHAPES_VARIABLE.sub(f"?{SHAPES_GRAPH}", object_)
            own.add((subject, predicate, Literal(text, datatype=object_.datatype)))
        else:
            own.add((subject, predicate, object_))
    return own


def culprit(trace: TracebackType | None) -> tuple[Node | None, str]:
    """The shape that pySHACL was at when it was interrupted, and which of its constraints."""
    shape, constraint = None, ""
    while trace is not None:
        this = trace.tb_frame.f_locals.get("self")
        if isinstance(this, pyshacl.shape.Shape):
            shape, constraint = this.node, ""
        elif isinstance(this, ConstraintComponent):
            shape, constraint = this.shape.node, str(this.shacl_constraint_component).rpartition("#")[2]
        trace = trace.tb_next
    return shape, constraint.removesuffix("ConstraintComponent")


def _given(data: Graph, shapes: Graph, seconds: float) -> DataGraph:
    if any((None, predicate, None) in shapes for predicate in _CHANGING) or any(
        (None, RDF.type, kind) in shapes for kind in _FUNCTIONS
    ):
        # Rules add triples, which later rules and shapes see, and functions are those of rdflib.
        return DataGraph.from_rdflib(_copied(data))
    plain = Graph(_Store(), identifier=data.identifier, bind_namespaces="none")
    for prefix, space in data.namespaces():
        plain.bind(prefix, space)
    for triple in data.triples((None, None, None)):
        plain.add(triple)
    return _Data(plain.store, plain, Asked(data, shapes, seconds))


def _copied(data: Graph) -> Graph:
    if isinstance(data, Dataset):
        copy: Graph = Dataset(default_union=True)
        copy.addN((s, p, o, copy.get_context(g)) for s, p, o, g in data.quads())  # type: ignore[attr-defined]
    else:
        copy = Graph(identifier=data.identifier)
        for triple in data:
            copy.add(triple)
    for prefix, space in data.namespaces():
        copy.bind(prefix, space)
    return copy
