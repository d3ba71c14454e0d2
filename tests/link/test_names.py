"""A name as its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.names import bag, fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ. of Oxford", "University of Oxford"),
        ("Université de Genève", "Universita di Geneve"),
        ("École Polytechnique", "ECOLE POLYTECHNIQUE"),
        ("M.D. Anderson Cancer Ctr", "MD Anderson Cancer Center"),
        ("Science &amp; Technology Institute", "Science and Technology Institute"),
        ("L’Université d’Évry", "Université Evry"),
        ("3Institute of Tides", "Institute of Tides"),
        ("Lantern Works Ltd", "Lantern Works"),
    ],
)
def test_spellings_of_a_name_are_one_bag(one: str, other: str) -> None:
    """Abbreviations, accents, particles, entities, footnote marks and legal forms tell no names apart."""
    assert bag(one) == bag(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Kent", "Kent State University"),
        ("Institute of Tides", "Institute of Times"),
        ("Ltd", "GmbH"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """What distinguishes is kept, and a name of nothing but a legal form is that."""
    assert sorted(bag(one)) != sorted(bag(other))


def test_parts_of_an_address_are_counted() -> None:
    """Words know in which part of the address they stand."""
    found = words("Dept. of Physics, University of Oxford; Oxford, UK")
    assert [(word.text, word.part) for word in found] == [
        ("department", 0), ("physic", 0), ("university", 1), ("oxford", 1), ("oxford", 2), ("uk", 3)
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    """What was folded is folded; any text has words, or none."""
    assert fold(fold(text)) == fold(text)
    assert all(word.text for word in words(text))
