"""The closure against the conformance suites of OWL 2 RL; every known gap stands here with its reason.

Three suites: the part of Schneider's RDF-Based suite that is for OWL 2 RL, what the W3C approved of it, and
the W3C's approved cases of the RL profile. The rules alone answer 269 of 273, 153 of 153 and 82 of 98.
"""

from collections import Counter
from collections.abc import Callable, Mapping

import pytest

from cordiale.closure.entailments.entailment import entails, follows
from cordiale.closure.second_opinion.owlrl_engine import OwlrlEngine
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from tests.suites.cases import Case, Kind
from tests.suites.scoring import Remembering, answers
from tests.suites.suites import approved_rdfbased, approved_rl, parameters, schneider_rl, working_group

__all__: list[str] = []

_OUT_OF_RANGE = (
    "disputed: a float or double out of range is no value in XSD 1.0, and rounds to an infinity in XSD 1.1, "
    "section 3.3.4.2, which OWL 2 uses and we follow"
)
_BY_REFUTATION = "the rules do not say what is not: shown by refutation (test_rl_profile_with_refutation)"
_FROM_NOTHING = "a class expression of the conclusion only, which must be taken to exist: see entails"
_BETWEEN_DATATYPES = "the rules know no axioms between datatypes: see entails"
_ONLY_LAST = "owlrl compares the last member of a list of disjoint properties with nothing"

_RDFBASED_GAPS = {
    f"rdfbased-dat-dtype-{datatype}-illtyped-{end}|inconsistent": _OUT_OF_RANGE
    for datatype in ("float", "double")
    for end in ("lo", "hi")
}

# What the rules alone do not show; goal-directed entailment shows all of it.
_RULES_ONLY_GAPS = {
    "DisjointClasses-001|entails": _BY_REFUTATION,
    "DisjointClasses-003|entails": _BY_REFUTATION,
    "New-Feature-DisjointDataProperties-002|entails": _BY_REFUTATION,
    "New-Feature-DisjointObjectProperties-001|entails": _BY_REFUTATION,
    "New-Feature-DisjointObjectProperties-002|entails": _BY_REFUTATION,
    "New-Feature-ObjectQCR-002|entails": _BY_REFUTATION,
    "New-Feature-ReflexiveProperty-001|entails": "no rule is about owl:ReflexiveProperty: see entails",
    "WebOnt-I5.26-010|entails": _FROM_NOTHING,
    "WebOnt-I5.5-005|entails": _FROM_NOTHING,
    "WebOnt-I5.8-006|entails": _BETWEEN_DATATYPES,
    "WebOnt-I5.8-008|entails": _BETWEEN_DATATYPES,
    "WebOnt-I5.8-009|entails": _BETWEEN_DATATYPES,
    "WebOnt-differentFrom-001|entails": "no rule turns owl:differentFrom round: shown by refutation",
    "chain2trans1|entails": "no rule concludes that a property is transitive: shown for witnesses",
    "owl2-rl-rules-fp-differentFrom|entails": _BY_REFUTATION,
    "owl2-rl-rules-ifp-differentFrom|entails": _BY_REFUTATION,
}

_NEGATIVE_GAPS = {
    "WebOnt-Ontology-003|entails-not": "proposed: all but the ontology header, which is dropped, follows",
}

# With owlrl as the engine, whose ill-typed floats happen to be those of XSD 1.0.
_OWLRL_RDFBASED_GAPS = {
    "rdfbased-dat-dtype-hexbinary-illtyped|inconsistent": "owlrl takes an odd number of digits for hexBinary",
}
_OWLRL_REFUTATION_GAPS = {
    "New-Feature-DisjointDataProperties-002|entails": _ONLY_LAST,
    "New-Feature-DisjointObjectProperties-002|entails": _ONLY_LAST,
    "string-integer-clash|inconsistent": "owlrl looks only at the literal's own datatype (dt-not-type)",
}

_DUCKDB = Remembering(DuckdbEngine())
_OWLRL = Remembering(OwlrlEngine())


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("cases", "gaps", "score"),
    [
        (schneider_rl, _RDFBASED_GAPS, 269),
        (approved_rdfbased, {}, 153),
        (approved_rl, _RULES_ONLY_GAPS, 82),
        (approved_rl, {}, 98),
        (schneider_rl, _OWLRL_RDFBASED_GAPS, 272),
        (approved_rl, _RULES_ONLY_GAPS | _OWLRL_REFUTATION_GAPS, 81),
        (approved_rl, _OWLRL_REFUTATION_GAPS, 95),
    ],
)
def test_scores(cases: Callable[[], tuple[Case, ...]], gaps: Mapping[str, str], score: int) -> None:
    """Each suite has as many cases besides the known gaps as its score says, and each gap is a case of it."""
    ids = {case.id for case in cases()}
    assert gaps.keys() <= ids
    assert len(ids) - len(gaps) == score


@pytest.mark.parametrize("case", parameters(schneider_rl(), gaps=_RDFBASED_GAPS))
def test_schneider(case: Case) -> None:
    """The rules answer a case of Schneider's suite."""
    assert answers(case, _DUCKDB, follows)


@pytest.mark.parametrize("case", parameters(approved_rdfbased(), gaps={}))
def test_approved_rdfbased(case: Case) -> None:
    """The rules answer an approved case of Schneider's suite."""
    assert answers(case, _DUCKDB, follows)


@pytest.mark.parametrize("case", parameters(approved_rl(), gaps=_RULES_ONLY_GAPS))
def test_rl_profile(case: Case) -> None:
    """The rules alone answer an approved case of the RL profile."""
    assert answers(case, _DUCKDB, follows)


@pytest.mark.parametrize("case", parameters(approved_rl(), gaps={}))
def test_rl_profile_with_refutation(case: Case) -> None:
    """Goal-directed entailment answers an approved case of the RL profile."""
    assert answers(case, _DUCKDB, entails)


_NEGATIVE = tuple(case for case in working_group() if case.kind is Kind.NEGATIVE)
_CONSISTENT = tuple(case for case in working_group() if case.kind is Kind.CONSISTENT)


@pytest.mark.usefixtures("shared")
def test_cases_of_all_profiles_are_found() -> None:
    """The manifest has so many cases that must not be entailed, or must not clash."""
    found = Counter(case.kind for case in working_group())
    assert (found[Kind.NEGATIVE], found[Kind.CONSISTENT]) == (23, 344)


@pytest.mark.parametrize("case", parameters(_NEGATIVE, gaps=_NEGATIVE_GAPS))
def test_nothing_is_entailed_that_is_not(case: Case) -> None:
    """A case of any profile and semantics that does not follow is not told to."""
    assert answers(case, _DUCKDB, entails)


@pytest.mark.slow
@pytest.mark.parametrize("case", parameters(_CONSISTENT, gaps={}))
def test_what_is_consistent_has_no_clash(case: Case) -> None:
    """A consistent case of any profile has no clash."""
    assert answers(case, _DUCKDB, follows)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", parameters(schneider_rl(), gaps=_OWLRL_RDFBASED_GAPS))
def test_schneider_with_owlrl(case: Case) -> None:
    """The same with owlrl as the engine: what the harness adds is not the engine's work."""
    assert answers(case, _OWLRL, follows)


@pytest.mark.slow
@pytest.mark.parametrize("case", parameters(approved_rl(), gaps=_OWLRL_REFUTATION_GAPS))
def test_rl_profile_with_owlrl(case: Case) -> None:
    """Refutation works with any engine, as far as this one finds clashes."""
    assert answers(case, _OWLRL, entails)
