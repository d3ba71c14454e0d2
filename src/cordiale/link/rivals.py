"""How the candidates of one text stand to each other, once each was weighed by itself."""

from collections.abc import Sequence

import numpy as np

from cordiale.link.evidence import Match
from cordiale.link.register import Register

__all__ = ["STANDING", "standing"]

STANDING = (
    "odds", "best_on_same_words", "claimed", "best_on_equal_words", "best_elsewhere", "sure_elsewhere",
    "best_relative", "rank", "best_below",
)  # fmt: skip
_NEGLIGIBLE = 0.05
_BELOW = 14  # how many of the next are looked at


def standing(
    group: Sequence[Match], probability: Sequence[float], register: Register
) -> list[tuple[float, ...]]:
    """For each match, in the order given, the numbers that STANDING names."""
    order = sorted(range(len(group)), key=lambda each: -probability[each])
    numbers: list[tuple[float, ...]] = [()] * len(group)
    for rank, each in enumerate(order):
        numbers[each] = _stands(each, rank, order, group, probability, register)
    return numbers


def _stands(
    each: int,
    rank: int,
    order: Sequence[int],
    group: Sequence[Match],
    probability: Sequence[float],
    register: Register,
) -> tuple[float, ...]:
    words, own = group[each].at, group[each].record
    claims = dict.fromkeys(words, 0.0)
    same = equal = elsewhere = relative = 0.0
    sure = 0
    for other in order[:rank]:
        chance = probability[other]
        if chance < _NEGLIGIBLE:
            break
        shared = words & group[other].at
        if shared:
            same = max(same, chance)
            claims.update({word: max(claims[word], chance) for word in shared})
            if group[other].at == words:
                equal = max(equal, chance)
        else:
            elsewhere = max(elsewhere, chance)
            sure += chance > 0.5
        if group[other].record in register.parents(own) or own in register.parents(group[other].record):
            relative = max(relative, chance)
    below = max(
        (probability[other] for other in order[rank + 1 : rank + 1 + _BELOW] if words & group[other].at),
        default=0.0,
    )
    chance = float(np.clip(probability[each], 1e-6, 1 - 1e-6))
    odds = float(np.log(chance / (1 - chance)))
    return (odds, same, sum(claims.values()) / len(claims), equal, elsewhere, sure, relative, rank, below)
