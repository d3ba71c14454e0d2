"""What is told to follow does: no small interpretation says otherwise."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.closure.entailments.entailment import entails
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from tests.closure.interpretations import (
    CLASSES,
    INDIVIDUALS,
    PROPERTIES,
    Axiom,
    countermodel,
    written,
)

__all__: list[str] = []

_name, _on, _thing = st.sampled_from(CLASSES), st.sampled_from(PROPERTIES), st.sampled_from(INDIVIDUALS)


def _wider(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    count = st.integers(0, 2)
    return st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
        st.tuples(st.just("one of"), _thing),
        st.tuples(st.sampled_from(["some", "all"]), _on, inner),
        st.tuples(st.just("value"), _on, _thing),
        st.tuples(st.just("self"), _on),
        st.tuples(st.sampled_from(["at most", "at least"]), count, _on, inner),
    )


_class = st.recursive(_name | st.sampled_from(["Thing", "Nothing"]), _wider, max_leaves=3)

_kinds = [
    "Functional",
    "InverseFunctional",
    "Symmetric",
    "Asymmetric",
    "Transitive",
    "Reflexive",
    "Irreflexive",
]

axioms: st.SearchStrategy[Axiom] = st.one_of(
    st.tuples(st.just("type"), _thing, _class),
    st.tuples(st.sampled_from(["triple", "not triple"]), _thing, _on, _thing),
    st.tuples(st.sampled_from(["same", "different"]), _thing, _thing),
    st.tuples(st.sampled_from(["sub class", "same class", "disjoint", "complement"]), _class, _class),
    st.tuples(st.sampled_from(["sub property", "same property", "disjoint properties", "inverse"]), _on, _on),
    st.tuples(st.sampled_from(["domain", "range"]), _on, _class),
    st.tuples(st.just("chain"), _on, _on, _on),
    st.tuples(st.just("key"), _name, _on),
    st.tuples(st.just("property"), st.sampled_from(_kinds), _on),
)


def _check(premises: Collection[Axiom], conclusion: Axiom) -> None:
    if countermodel(premises, conclusion) is None:
        return
    answer = entails(
        DuckdbEngine(),
        written(premises, prefix="p", declared=True),
        written([conclusion], prefix="c", declared=False),
    )
    assert not answer.clashes
    assert not answer.is_entailed


_graphs = st.lists(axioms, max_size=6)


@given(premises=_graphs, conclusion=axioms)
@settings(max_examples=30)
def test_nothing_is_entailed_that_an_interpretation_makes_false(
    premises: Collection[Axiom], conclusion: Axiom
) -> None:
    """Where the premises can be true and the conclusion false, the answer is "not shown", without a clash."""
    _check(premises, conclusion)


@pytest.mark.slow
@given(premises=_graphs, conclusion=axioms)
@settings(max_examples=600)
@pytest.mark.timeout(1200)
def test_the_same_with_more_examples(premises: Collection[Axiom], conclusion: Axiom) -> None:
    """As above."""
    _check(premises, conclusion)
