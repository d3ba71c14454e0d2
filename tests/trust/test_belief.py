"""Which supports a view believes, held against a search of all withdrawals."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.model.supports import ONE, ZERO, Support
from cordiale.model.views import View
from cordiale.trust.belief import believed
from cordiale.trust.resting import Resting

NAMES = ("", "a", "b", "c", "d", "e")  # the first is that of all that is trusted
EVERYONE = (*NAMES[1:], "unseen")

supports = st.lists(
    st.lists(st.sets(st.integers(1, 5), max_size=3), max_size=4).map(Support.of), min_size=1, max_size=5
)
restings = st.dictionaries(
    st.sampled_from(NAMES[1:]), st.sets(st.sampled_from(EVERYONE), min_size=1, max_size=2), max_size=3
).map(
    lambda on: Resting({name: frozenset(others - {name}) for name, others in on.items() if others - {name}})
)


def _subsets(items: Iterable[str], most: int) -> Iterator[frozenset[str]]:
    for size in range(most + 1):
        yield from map(frozenset, combinations(sorted(items), size))


def _stands(support: Support, out: frozenset[str], least: int, known: Resting) -> bool:
    """By the words: whichever ``least - 1`` further sources go, it holds."""
    return all(
        support.holds({NAMES.index(name) for name in known.out(out | more) if name in NAMES})
        for more in _subsets(EVERYONE, least - 1)
    )


@settings(max_examples=200)
@given(supports, restings, st.sets(st.sampled_from(EVERYONE), max_size=2), st.integers(1, 3))
def test_believed_is_what_no_withdrawal_makes_fall(
    every: list[Support], known: Resting, out: set[str], least: int
) -> None:
    """Sources that rest on others fall with them, also when it is counted how many it takes."""
    view = View(out=known.out(out), least=least)
    found = believed(every, NAMES, view, known)
    assert found == {at for at, one in enumerate(every) if _stands(one, view.out, least, known)}


@settings(max_examples=200)
@given(supports, restings, st.integers(1, 3))
def test_what_is_believed_is_closed_under_the_rules(
    premises: list[Support], known: Resting, least: int
) -> None:
    """Where all premises are believed, so is what follows; where one of several ways is, so is the sum."""
    conclusion = ONE
    for premise in premises:
        conclusion = conclusion * premise
    every = [*premises, conclusion, Support.sum(premises)]
    found = believed(every, NAMES, View(least=least), known)
    assert (len(premises) in found) or not set(range(len(premises))) <= found
    assert (len(premises) + 1 in found) or found.isdisjoint(range(len(premises)))


def test_what_is_trusted_always_stands() -> None:
    """It needs no source; what nothing supports never does."""
    view = View(out=frozenset(NAMES[1:]), least=3)
    assert believed([ONE, ZERO], NAMES, view, Resting({})) == {0}
