"""Labels of blank nodes: the same for isomorphic datasets, within a limit of work."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef

from cordiale.model.errors import CordialeError
from cordiale.model.terms import Node
from cordiale.publish.blank_nodes import relabelled, stably_labelled
from cordiale.publish.quads import Quad, checked
from cordiale.publish.term_text import term_text
from tests.isomorphism import canonical, parsed
from tests.strategies import datasets, renamed

Labelling: TypeAlias = Callable[[Sequence[Quad]], tuple[Quad, ...]]

EX = "https://example.org/"
P = URIRef(EX + "p")


def lines(quads: Sequence[Quad]) -> set[str]:
    """Quads as text, in which rdflib's own idea of equality has no part."""
    return {" ".join("" if term is None else term_text(term) for term in quad) for quad in quads}


def circle(size: int, prefix: str = "c") -> list[Quad]:
    """Blank nodes that refer to one another in a ring."""
    return [(BNode(f"{prefix}{n}"), P, BNode(f"{prefix}{(n + 1) % size}"), None) for n in range(size)]


def clique(size: int) -> list[Quad]:
    """Blank nodes that all refer to all others."""
    return [(BNode(f"k{n}"), P, BNode(f"k{m}"), None) for n in range(size) for m in range(size) if n != m]


@pytest.mark.parametrize("labelled", [relabelled, stably_labelled])
@given(quads=datasets(), seed=st.integers(0, 10_000))
def test_isomorphic_datasets_get_equal_labels(
    labelled: Labelling, quads: tuple[Quad, ...], seed: int
) -> None:
    """Neither names nor order of the input leave a trace."""
    assert lines(labelled(checked(renamed(quads, seed)))) == lines(labelled(checked(quads)))


@pytest.mark.parametrize("labelled", [relabelled, stably_labelled])
@given(quads=datasets())
def test_labels_keep_the_dataset(labelled: Labelling, quads: tuple[Quad, ...]) -> None:
    """The labelled dataset is the one that came in."""
    assert canonical(labelled(checked(quads))) == canonical(quads)


@given(datasets(), datasets())
def test_what_is_elsewhere_changes_no_label(one: tuple[Quad, ...], other: tuple[Quad, ...]) -> None:
    """Labels stay when a dataset is added that has no blank node in common with this one."""

    def apart(term: Node) -> Node:
        return BNode(f"e{term}") if isinstance(term, BNode) else term

    added = [(apart(s), p, apart(o), BNode(f"e{g}") if isinstance(g, BNode) else g) for s, p, o, g in other]
    assert lines(stably_labelled(checked(one))) <= lines(stably_labelled(checked([*one, *added])))


def test_an_added_statement_is_an_added_line() -> None:
    """A bracket before others, a member of one list, and the lines of all others are as they were."""
    text = "<x:a> <x:p> [ <x:q> 1 ] , [ <x:q> 2 ] . <x:b> <x:p> ( 1 2 ) . _:c <x:p> _:d . _:d <x:p> _:c ."
    before = lines(stably_labelled(checked(parsed(text, ox.RdfFormat.TURTLE))))
    after = lines(stably_labelled(checked(parsed(f"{text} <x:a> <x:p> [ <x:q> 0 ] .", ox.RdfFormat.TURTLE))))
    assert before < after
    assert len(after - before) == 2


def test_twins_are_two() -> None:
    """Equal brackets in one place have labels of their own."""
    text = "<x:a> <x:p> [ <x:q> [] ] , [ <x:q> [] ] , [ <x:q> [] ] ."
    found = stably_labelled(checked(parsed(text, ox.RdfFormat.TURTLE)))
    assert len(lines(found)) == 6
    assert len({term for quad in found for term in quad if isinstance(term, BNode)}) == 6


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16), st.integers(0, 10_000))
def test_tangled_nodes_get_equal_labels(edges: list[tuple[int, int]], seed: int) -> None:
    """Blank nodes that only differ by how they are linked are told apart, or are images of one another."""
    quads: list[Quad] = [(BNode(f"n{a}"), P, BNode(f"n{b}"), None) for a, b in dict.fromkeys(edges)]
    expected = relabelled(quads)
    assert lines(relabelled(renamed(quads, seed))) == lines(expected)
    assert canonical(expected) == canonical(quads)


@pytest.mark.parametrize(
    "quads",
    [
        pytest.param(circle(12), id="ring"),
        pytest.param(circle(6) + circle(6, "d") + circle(3, "e"), id="equal rings"),
        pytest.param(clique(9), id="clique"),
        pytest.param([(URIRef(EX), P, BNode(f"t{n}"), None) for n in range(300)], id="equal leaves"),
        pytest.param(
            [(BNode(f"{top}"), P, BNode(f"u{n}"), None) for top in "xy" for n in range(9)], id="two tops"
        ),
    ],
)
def test_alike_nodes_get_equal_labels(quads: list[Quad]) -> None:
    """Symmetric graphs come out alike whichever of their equal nodes is met first."""
    expected = lines(relabelled(quads))
    for seed in range(4):
        assert lines(relabelled(renamed(quads, seed))) == expected


def test_twin_subtrees_are_counted() -> None:
    """Two equal brackets in one place are not one."""
    one: list[Quad] = [(BNode("a"), P, BNode("b"), None), (BNode("b"), P, BNode("a"), None)]
    twice = [*one, (BNode("a"), P, BNode("t1"), None), (BNode("a"), P, BNode("t2"), None)]
    twice += [(BNode("b"), P, BNode("t3"), None)]
    assert lines(relabelled(renamed(twice, 1))) == lines(relabelled(twice))
    assert len(lines(relabelled(twice))) == 5


def test_long_list_of_equal_members_is_quick() -> None:
    """A list of 3,000 equal members is labelled in order, without recursion."""
    cells = [BNode(f"l{n}") for n in range(3000)]
    quads: list[Quad] = [(URIRef(EX), P, cells[0], None)]
    rests: list[Node] = [*cells[1:], RDF.nil]
    for cell, rest in zip(cells, rests, strict=True):
        quads += [(cell, RDF.first, Literal("x"), None), (cell, RDF.rest, rest, None)]
    labels = [s for s, p, _, _ in relabelled(quads) if p == RDF.rest]
    assert labels == [BNode(f"b{n}") for n in range(1, 3001)]


def test_a_graph_too_symmetric_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit of work there is an error, not a hanging machine."""
    monkeypatch.setattr("cordiale.publish.blank_nodes.WORK_LIMIT", 5000)
    with pytest.raises(CordialeError, match="C194 the blank nodes are too much alike"):
        relabelled(clique(9))


def test_rdf_canon_suite(shared: Path) -> None:
    """Input and result of each W3C canonicalisation test are isomorphic, so they are labelled alike."""
    folder = shared / "suites/rdf-canon/tests/rdfc10"
    pairs = [(path, folder / path.name.replace("-in.nq", "-rdfc10.nq")) for path in folder.glob("*-in.nq")]
    pairs = sorted(pair for pair in pairs if pair[1].exists())
    assert len(pairs) >= 60
    different = [
        before.name
        for before, after in pairs
        if lines(relabelled(checked(parsed(before.read_text(), ox.RdfFormat.N_QUADS))))
        != lines(relabelled(checked(parsed(after.read_text(), ox.RdfFormat.N_QUADS))))
    ]
    assert different == []
