"""Conflicts by rules of a project rest on the sources that they should: held against closures of choices."""

from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, Literal, URIRef

from cordiale.closure.rulebook.conflict_rules import parse_conflict_rules
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.supported import SupportedClosure, close_supported
from cordiale.model.terms import Triple

_RULES = """\
@prefix : <urn:x:>
several: ?x :made ?a, ?x :made ?b, ?a < ?b -> false "?x was made twice"
older: ?x :part ?y, ?x :made ?a, ?y :made ?b, ?a < ?b -> false "?x is older than ?y"
cut: ?x :part ?y, ?y :part ?x -> round(?x, ?y)
turning: round(?x, ?y), ?x != ?y -> false "?x and ?y are parts of each other"
"""
_PART, _MADE = URIRef("urn:x:part"), URIRef("urn:x:made")
_THINGS = [URIRef(f"urn:x:{name}") for name in "abc"]
_TRUSTED: list[Triple] = [(_PART, RDF.type, OWL.TransitiveProperty)]

parts = st.tuples(st.sampled_from(_THINGS), st.just(_PART), st.sampled_from(_THINGS))
years = st.tuples(st.sampled_from(_THINGS), st.just(_MADE), st.integers(1, 3).map(Literal))
sources = st.fixed_dictionaries({name: st.lists(st.one_of(parts, years), max_size=3) for name in "pqr"})


def _closed(stated: Mapping[str, list[Triple]]) -> SupportedClosure:
    rules = parse_conflict_rules(_RULES, path="conflicts.rules")
    return close_supported({**stated, "base": _TRUSTED}, {"base"}, read_rule_set("owl2rl"), rules)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(sources)
def test_a_conflict_is_there_when_one_of_its_sets_is(stated: dict[str, list[Triple]]) -> None:
    """For every choice of sources: what a closure of these finds, and nothing else, has a set among them."""
    whole = _closed(stated)
    for size in range(4):
        for chosen in combinations(stated, size):
            found = _closed({name: stated[name] for name in chosen})
            left = {
                (each.clash.rule, frozenset(each.clash.triples))
                for each in whole.conflicts
                if any(set(names) <= set(chosen) for names in whole.names(each.support))
            }
            assert {(each.clash.rule, frozenset(each.clash.triples)) for each in found.conflicts} == left


def test_sets_are_minimal_and_go_through_inference() -> None:
    """Two steps of a part, and the two years: four documents, or three where one says more."""
    a, b, c = _THINGS
    found = _closed(
        {
            "p": [(a, _PART, b)],
            "q": [(b, _PART, c)],
            "r": [(a, _MADE, Literal(1)), (b, _PART, c)],
            "s": [(c, _MADE, Literal(2))],
        }
    )
    (conflict,) = found.conflicts
    assert (conflict.about, [str(value) for value in conflict.values]) == ((a, c), ["1", "2"])
    assert found.names(conflict.support) == (("p", "r", "s"),)


def test_a_rule_that_fires_without_end_is_told_and_not_followed() -> None:
    """A million firings are not sorted: the rule is named, and nothing of it is told."""
    rules = parse_conflict_rules("all: ?a ?b ?c, ?d ?e ?f, ?g ?h ?i -> false", path="conflicts.rules")
    stated: list[Triple] = [(URIRef(f"urn:x:{number}"), _PART, _THINGS[0]) for number in range(120)]
    found = close_supported({"p": stated}, set(), read_rule_set("owl2rl"), rules)
    assert found.conflicts == ()
    (fault,) = found.faults
    assert "more than 1,000,000 times" in fault.detail
