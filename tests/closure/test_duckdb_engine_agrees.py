"""The engine agrees with plain Python on small ontologies, whatever is in them."""

import random

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, XSD

from cordiale.closure.loading.coding import Encoder, term_texts
from cordiale.closure.loading.nodes import node_of
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.closure.sql.materialise import ClosedGraph, Options, close_coded, vocabulary_of
from tests.closure.naive import TextTriple, TooManyFacts, close_naively, value_text
from tests.closure.ontologies import consistent_graphs, graphs, odd_graphs

RULES = read_rule_set("owl2rl")


def close(triples: tuple[TextTriple, ...], options: Options | None = None) -> ClosedGraph:
    """The closure by the engine."""
    encoder = Encoder(vocabulary_of(RULES))
    encoder.add(term_texts(triples))
    return close_coded(encoder.coded(), RULES, options)


def _values(triples: object) -> set[TextTriple]:
    return {tuple(map(value_text, triple)) for triple in triples}  # type: ignore[attr-defined,misc]


def _told(triple: TextTriple) -> bool:
    """Whether a triple of a naive closure is one that a closure tells."""
    s, p, _ = triple
    return not s.startswith('"') and p.startswith("<")


def _same_things(triples: tuple[TextTriple, ...], *, full: bool) -> None:
    try:
        naive, clashes = close_naively(triples, RULES)
    except TooManyFacts:
        reject()
    closed = close(triples, Options(full=full))
    assert bool(clashes) == bool(closed.clashes), (clashes, closed.clashes)
    if any(clash.rule in ("eq-diff1", "eq-diff2", "eq-diff3") for clash in closed.clashes):
        return  # an equality that is a clash is not followed, on purpose
    assert {clash.rule for clash in closed.clashes} == clashes
    expected = {triple for triple in naive - _values(triples) if _told(triple)}
    if not full:
        expected = {t for t in expected if not is_trivial(tuple(map(node_of, t)))}  # type: ignore[arg-type]
    got = _values(closed) - _values(triples)
    assert {t for t in got if '"' in t[2]} | expected >= got
    assert got == expected


def test_vocabulary_that_is_all_one_comes_to_an_end() -> None:
    """All datatypes are made the same here, and what the rules know of each of them is known of the one."""
    closed = close(
        (
            (RDF.type.n3(), RDFS.subPropertyOf.n3(), "<http://e/p>"),
            (RDFS.subClassOf.n3(), RDFS.subPropertyOf.n3(), "<http://e/p>"),
            ("<http://e/p>", RDF.type.n3(), OWL.InverseFunctionalProperty.n3()),
        )
    )
    assert (XSD.integer.n3(), OWL.sameAs.n3(), XSD.string.n3()) in set(closed)


@settings(max_examples=40)
@given(graphs)
def test_equals_a_naive_evaluation(triples: tuple[TextTriple, ...]) -> None:
    """The same triples and the same rules that clash, less what is trivial."""
    _same_things(triples, full=False)


@settings(max_examples=40)
@given(odd_graphs)
def test_equals_a_naive_evaluation_where_the_vocabulary_is_redefined(triples: tuple[TextTriple, ...]) -> None:
    """Even with broken lists, terms of OWL that are made equal to others, and types that are transitive."""
    _same_things(triples, full=False)


@settings(max_examples=20)
@given(graphs)
def test_full_closure_equals_a_naive_evaluation(triples: tuple[TextTriple, ...]) -> None:
    """With everything asked for, trivial triples are told as well."""
    _same_things(triples, full=True)


@settings(max_examples=20)
@given(consistent_graphs, consistent_graphs)
def test_more_triples_never_retract(one: tuple[TextTriple, ...], other: tuple[TextTriple, ...]) -> None:
    """What follows from a part follows from the whole, up to forms of literals, unless there is a clash."""
    part, whole = close(one), close(tuple(dict.fromkeys(one + other)))
    if not whole.clashes:
        assert _values(part) | _values(one) <= _values(whole) | _values(one + other)


@settings(max_examples=20)
@given(consistent_graphs)
def test_closing_twice_adds_nothing(triples: tuple[TextTriple, ...]) -> None:
    """A closed graph is its own closure, up to the form of literals."""
    first = close(triples)
    if not first.clashes:
        again = close(tuple(dict.fromkeys((*triples, *first))))
        assert _values(again) <= _values(first) | _values(triples)


@settings(max_examples=20)
@given(graphs, st.randoms(use_true_random=False))
def test_order_does_not_matter(triples: tuple[TextTriple, ...], shuffler: random.Random) -> None:
    """The same triples, clashes and rounds come out in whatever order the triples are told."""
    shuffled = list(triples)
    shuffler.shuffle(shuffled)
    one, other = close(triples), close(tuple(shuffled))
    assert set(_with_rounds(one)) == set(_with_rounds(other))
    assert _told_of(one) == _told_of(other)


def _told_of(closed: ClosedGraph) -> list[tuple[str, list[str]]]:
    """The clashes; which of two names that are the same comes first in the sentence is by chance."""
    return sorted((clash.rule, sorted(clash.message.split())) for clash in closed.clashes)


def _with_rounds(closed: ClosedGraph) -> list[tuple[TextTriple, int]]:
    """The triples with their rounds, but for equalities: which name comes first is by chance."""
    rounds = closed.inferred.column("r").to_pylist()
    return [(t, 0 if "sameAs" in t[1] else r) for t, r in zip(closed, rounds, strict=True)]
