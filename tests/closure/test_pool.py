"""Supports by their numbers: products and sums are those of the supports, and news is what is new."""

from hypothesis import given
from hypothesis import strategies as st

from cordiale.closure.sourced.pool import ONE_ID, ZERO_ID, Pool
from cordiale.model.supports import ONE, ZERO, Support

_sets = st.lists(st.frozensets(st.integers(1, 5), min_size=1, max_size=3), min_size=1, max_size=4)
_whole = _sets.map(Support.of)
_supports = st.one_of(_whole, st.builds(Support.minimal, _whole, st.integers(1, 2)))
_several = st.lists(_supports, min_size=1, max_size=4)


@given(_several)
def test_a_support_has_one_number(supports: list[Support]) -> None:
    """Equal supports have the same number, others another; and the number finds it again."""
    pool = Pool()
    numbers = [pool.number(support) for support in supports]
    assert [pool.supports[number] for number in numbers] == supports
    assert len(set(numbers)) == len(set(supports))
    assert (pool.number(ZERO), pool.number(ONE)) == (ZERO_ID, ONE_ID)
    assert len(pool.supports) == len(set(pool.supports))


@given(_several)
def test_product_of_numbers(supports: list[Support]) -> None:
    """It is the product of the supports, in whatever order and however often they come."""
    pool = Pool()
    numbers = [pool.number(support) for support in supports]
    expected = ONE
    for support in sorted(set(supports), key=pool.number):
        expected = expected * support
    assert pool.supports[pool.product(numbers)] == expected
    assert pool.product([*reversed(numbers), ONE_ID, *numbers]) == pool.product(numbers)
    assert pool.product([]) == pool.product([ONE_ID]) == ONE_ID


@given(st.one_of(st.just(ZERO), _supports), _several)
def test_news_is_what_is_new(old: Support, others: list[Support]) -> None:
    """News has just the sets that were not there and are now; old and news together are all."""
    pool = Pool()
    made_id, news_id = pool.improved(pool.number(old), [pool.number(other) for other in others])
    made, news = pool.supports[made_id], pool.supports[news_id]
    assert made == Support.sum((old, *others))
    assert (news_id == ZERO_ID) == (made == old)
    assert old + news == made
    if made.sets != old.sets:
        assert set(news.sets) == set(made.sets) - set(old.sets)


@given(_supports, _several)
def test_what_is_added_twice_is_no_news(old: Support, others: list[Support]) -> None:
    """So that the rounds of a closure come to an end."""
    pool = Pool()
    numbers = [pool.number(other) for other in others]
    made, _ = pool.improved(pool.number(old), numbers)
    assert pool.improved(made, numbers) == (made, ZERO_ID)
    assert pool.improved(made, [made]) == (made, ZERO_ID)


def test_becoming_truncated_is_news() -> None:
    """A support of which no more than a mark is new is passed on: what rests on it is truncated as well."""
    pool = Pool()
    old = pool.number(Support.of([{1}]))
    made, news = pool.improved(old, [pool.number(Support.of([{1}, {2, 3}]).minimal(1))])
    assert pool.supports[made] == pool.supports[news] == Support(((1,),), truncated=True)
