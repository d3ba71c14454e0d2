"""Supports are a semiring of positive Boolean expressions, and a cut one never claims to be whole."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.model.supports import MOST_SETS, ONE, ZERO, Support

_SOURCES = range(1, 7)
_sets = st.lists(st.frozensets(st.sampled_from(_SOURCES), max_size=4), max_size=6)
_supports = _sets.map(Support.of)
_cut = st.builds(lambda support, most: support.minimal(most), _supports, st.integers(1, 4))
_EVERY_OUT = [frozenset(out) for size in range(len(_SOURCES) + 1) for out in combinations(_SOURCES, size)]


def _falls(sets: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """What must be out for none of the sets to suffice: the meaning of a support, by its definition."""
    told = [frozenset(each) for each in sets]
    return [out for out in _EVERY_OUT if all(each & out for each in told)]


@given(_sets)
def test_holds_is_what_the_sets_say(sets: list[frozenset[int]]) -> None:
    """A support holds until every set that made it has lost a source."""
    support = Support.of(sets)
    assert [out for out in _EVERY_OUT if not support.holds(out)] == _falls(sets)


@given(_supports, _supports)
def test_sum_is_either_and_product_is_both(one: Support, other: Support) -> None:
    """Sum and product mean ``or`` and ``and``."""
    for out in _EVERY_OUT:
        assert (one + other).holds(out) == (one.holds(out) or other.holds(out))
        assert (one * other).holds(out) == (one.holds(out) and other.holds(out))


@given(_sets)
def test_sets_are_minimal_and_in_order(sets: list[frozenset[int]]) -> None:
    """No set contains another, each is sorted, and those with the fewest sources come first."""
    support = Support.of(sets)
    told = [frozenset(each) for each in support]
    assert set(told) == {each for each in sets if not any(other < each for other in sets)}
    assert [tuple(sorted(each)) for each in told] == list(support)
    assert list(support) == sorted(support, key=lambda each: (len(each), each))
    assert len(support) == len(told)


@given(_supports, _supports)
def test_what_means_the_same_is_the_same(one: Support, other: Support) -> None:
    """Two supports are equal when they fall alike: the form is canonical, so that it can be interned."""
    assert (one == other) == (_falls(one) == _falls(other))


@given(_supports, _supports, _supports)
def test_semiring(a: Support, b: Support, c: Support) -> None:
    """Commutative, associative, distributive, absorptive, idempotent; with zero and one."""
    assert a + b == b + a
    assert a * b == b * a
    assert (a + b) + c == a + (b + c) == Support.sum((a, b, c))
    assert (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a + b * c == (a + b) * (a + c)
    assert a + a * b == a
    assert a * (a + b) == a
    assert a + a == a * a == a


@given(st.one_of(_supports, _cut))
def test_zero_and_one(a: Support) -> None:
    """Nothing adds nothing and makes nothing, whatever was cut; what needs no source changes no product."""
    assert a + ZERO == a * ONE == ONE * a == a
    assert a * ZERO == ZERO * a == ZERO
    assert a + ONE == ONE


@given(st.lists(st.sampled_from(_SOURCES)))
def test_stated_is_a_set_a_source(sources: list[int]) -> None:
    """A stated triple falls when all that state it are out."""
    assert list(Support.stated(sources)) == [(source,) for source in sorted(set(sources))]


@given(_supports, st.integers(1, 6))
def test_minimal_keeps_the_smallest_and_says_so(support: Support, limit: int) -> None:
    """The sets with the fewest sources are kept, and the support is truncated just when one was dropped."""
    kept = support.minimal(limit)
    assert kept.sets == support.sets[:limit]
    assert kept.truncated == (len(support) > limit)


@given(_supports, _supports, st.integers(1, 3), st.integers(1, 3))
def test_truncated_never_claims_to_be_whole(one: Support, other: Support, most: int, more: int) -> None:
    """What is made of a cut support lists nothing that does not suffice, and unless whole is marked."""
    a, b = one.minimal(most), other.minimal(more)
    for cut, whole in ((a + b, one + other), (a * b, one * other), (a.minimal(9), one)):
        for out in _EVERY_OUT:
            assert whole.holds(out) or not cut.holds(out)
        assert cut.truncated or cut == whole


def test_cap_is_reached_at_the_set_that_is_too_many() -> None:
    """As many sets as may be kept are the whole; one more is cut, and so are products that grow too large."""
    pairs = [(source, 1000 + source) for source in range(MOST_SETS + 1)]
    assert not Support.of(pairs[:-1]).truncated
    assert Support.of(pairs).truncated
    assert len(Support.of(pairs)) == MOST_SETS
    assert Support.stated(range(MOST_SETS + 1)).truncated
    wide = [Support.stated(range(16 * at, 16 * at + 16)) for at in range(3)]
    assert not (wide[0] * wide[1]).truncated
    assert (wide[0] * wide[1] * wide[2]).truncated
    assert len(wide[0] * wide[1] * wide[2]) == MOST_SETS


@pytest.mark.parametrize("support", [ZERO, ONE, Support.of([{1, 2}, {3}])])
def test_supports_are_values(support: Support) -> None:
    """Equal ones have one hash, and none can be changed."""
    again = Support.of(support.sets)
    assert again == support
    assert hash(again) == hash(support)
    with pytest.raises(AttributeError):
        support.truncated = True  # type: ignore[misc]
