"""Graphs and datasets in any of the formats that are exported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from rdflib import Dataset

from cordiale.model.errors import NotFoundError
from cordiale.model.problems import Problem
from cordiale.model.terms import Triple
from cordiale.publish.blank_nodes import relabelled, stably_labelled
from cordiale.publish.canonical import canonical
from cordiale.publish.jsonld import write_expanded, write_jsonld
from cordiale.publish.quads import Quad, checked, merged, quads_of
from cordiale.publish.rdfxml import write_rdfxml
from cordiale.publish.term_text import term_text
from cordiale.publish.turtle_writer import write_trig
from cordiale.read.near import near_remedy

__all__ = ["FORMATS", "write", "write_all", "write_triples"]

_Writer: TypeAlias = Callable[[Sequence[Quad], Mapping[str, str]], str]  # of checked quads, with prefixes


def write(dataset: Dataset, fmt: str, prefixes: Mapping[str, str]) -> bytes:
    """``dataset`` in one of ``FORMATS``, as UTF-8; isomorphic datasets give the same bytes.

    Turtle, N-Triples and RDF/XML hold one graph: all triples, whichever graph they stand in. N-Triples and
    N-Quads are sorted lines (https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/); canonical are
    those of RDFC-1.0 (https://www.w3.org/TR/rdf-canon/).

    Raises:
        NotFoundError: C591, no such format.
        CordialeError: C191 to C197, the format cannot hold the dataset.
    """
    return write_all(dataset, (fmt,), prefixes)[fmt]


def write_all(dataset: Dataset, formats: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, bytes]:
    """``dataset`` in several formats, by their names, each as ``write`` gives it; its terms are checked once.

    Raises:
        NotFoundError, CordialeError: as ``write``.
    """
    quads = checked(quads_of(dataset))
    return {fmt: _write(quads, fmt, prefixes) for fmt in formats}


def write_triples(triples: Iterable[Triple], fmt: str, prefixes: Mapping[str, str]) -> bytes:
    """One graph in one of ``FORMATS``, as UTF-8; isomorphic graphs give the same bytes.

    Raises:
        NotFoundError, CordialeError: as ``write``.
    """
    return _write(checked((s, p, o, None) for s, p, o in triples), fmt, prefixes)


def _write(quads: Sequence[Quad], fmt: str, prefixes: Mapping[str, str]) -> bytes:
    if fmt not in FORMATS:
        remedy = near_remedy(fmt, FORMATS, otherwise=f"the formats are {', '.join(FORMATS)}")
        raise NotFoundError(Problem(code="C591", message=f'no format "{fmt}"', remedy=remedy))
    keeps_names, writer = FORMATS[fmt]
    return writer(quads if keeps_names else merged(quads), prefixes).encode()


def _ordered(writer: _Writer) -> _Writer:
    """``writer``, which labels few blank nodes if any, given them in an order that depends on the graph."""
    return lambda quads, prefixes: writer(relabelled(quads), prefixes)


def _labelled(writer: _Writer) -> _Writer:
    """``writer``, given blank nodes whose labels depend on their surroundings alone."""
    return lambda quads, prefixes: writer(stably_labelled(quads), prefixes)


def _write_canonical(quads: Sequence[Quad], _prefixes: Mapping[str, str]) -> str:
    return canonical(quads).text


def _write_lines(quads: Sequence[Quad], _prefixes: Mapping[str, str]) -> str:
    lines = (" ".join(term_text(term) for term in quad if term is not None) for quad in quads)
    return "".join(sorted(f"{line} .\n" for line in lines))


def _write_rdfxml(quads: Sequence[Quad], prefixes: Mapping[str, str]) -> str:
    return write_rdfxml([(s, p, o) for s, p, o, _ in quads], prefixes)


# Name, whether named graphs are kept, and what writes it.
FORMATS: Mapping[str, tuple[bool, _Writer]] = MappingProxyType(
    {
        "turtle": (False, _ordered(write_trig)),
        "trig": (True, _ordered(write_trig)),
        "ntriples": (False, _labelled(_write_lines)),
        "nquads": (True, _labelled(_write_lines)),
        "jsonld": (True, _labelled(write_jsonld)),
        "jsonld-expanded": (True, _labelled(write_expanded)),
        "rdfxml": (False, _labelled(_write_rdfxml)),
        "canonical": (True, _write_canonical),
    }
)
