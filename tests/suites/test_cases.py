"""The manifests are read whole: no case is lost on the way."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat
from rdflib import XSD, Literal

from tests.suites.cases import Case, Kind, read_rdf
from tests.suites.suites import approved_rdfbased, approved_rl, schneider_rl, working_group

__all__: list[str] = []

_COUNTS = {
    schneider_rl: {Kind.POSITIVE: 209, Kind.INCONSISTENT: 64},
    approved_rdfbased: {Kind.POSITIVE: 66, Kind.CONSISTENT: 66, Kind.INCONSISTENT: 21},
    approved_rl: {Kind.POSITIVE: 26, Kind.NEGATIVE: 4, Kind.CONSISTENT: 54, Kind.INCONSISTENT: 14},
}


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("suite", _COUNTS, ids=lambda suite: suite.__name__)
def test_every_unit_is_found(suite: object) -> None:
    """Each suite has as many questions of each kind as its publisher counted."""
    assert callable(suite)
    assert Counter(case.kind for case in suite()) == _COUNTS[suite]


@pytest.mark.usefixtures("shared")
def test_ids_are_unique() -> None:
    """No case hides another of the same name."""
    for cases in (schneider_rl(), working_group()):
        assert len({case.id for case in cases}) == len(cases)


@pytest.mark.usefixtures("shared")
def test_imports_are_part_of_the_premise() -> None:
    """WebOnt-imports-011 needs what its support document says."""
    (case,) = (c for c in approved_rl() if c.iri == "WebOnt-imports-011" and c.kind is Kind.POSITIVE)
    assert any("support011-A" in str(subject) for subject, _, _ in case.premise)


def test_lexical_forms_survive(tmp_path: Path) -> None:
    """The white space of a token, which rdflib's constructor takes out, reaches the reasoner."""
    path = tmp_path / "graph.ttl"
    path.write_text('<x:a> <x:p> " b  1 "^^<http://www.w3.org/2001/XMLSchema#token> , 042.0 .')
    _, (_, _, number) = triples = read_rdf(path.read_bytes(), rdf_format=RdfFormat.TURTLE, base="x:")
    literal = triples[0][2]
    assert isinstance(literal, Literal)
    assert (str(literal), literal.datatype, str(number)) == (" b  1 ", XSD.token, "042.0")


def test_a_case_is_named_by_test_and_question() -> None:
    """One test that asks two questions is two cases."""
    case = Case(iri="WebOnt-I4.6-004", kind=Kind.NEGATIVE, premise=())
    assert case.id == "WebOnt-I4.6-004|entails-not"
