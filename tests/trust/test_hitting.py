"""The smallest withdrawals, held against a search of all of them."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.trust.hitting import smallest_withdrawals
from cordiale.trust.resting import Resting
from tests.trust.test_belief import EVERYONE, NAMES, restings

clashing = st.lists(st.sets(st.sampled_from(NAMES[1:]), min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=300)
@given(clashing, restings)
def test_no_smaller_withdrawal_does(sets: list[set[str]], known: Resting) -> None:
    """All smallest sets of sources, and these alone, break every set; what rests on others goes with them."""
    enough = [
        withdrawn
        for size in range(len(EVERYONE) + 1)
        for withdrawn in combinations(sorted(EVERYONE), size)
        if all(known.out(withdrawn) & each for each in sets)
    ]
    expected = {each for each in enough if len(each) == len(enough[0])}
    found = smallest_withdrawals(sets, known)
    assert set(found.sets) == expected
    assert not found.more


def test_what_is_trusted_cannot_be_withdrawn() -> None:
    """Where the empty set suffices, nothing helps."""
    assert smallest_withdrawals([set(), {"a"}], Resting({})).sets == ()


def test_a_long_search_says_that_it_was_cut() -> None:
    """Forty pairs without a common source have a million million smallest withdrawals: some are told."""
    found = smallest_withdrawals([{f"a{at}", f"b{at}"} for at in range(40)], Resting({}))
    assert found.more
