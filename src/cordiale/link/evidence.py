"""What speaks for and against each name that a text may hold: numbers for the model, and words for people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from cordiale.link.index import Index
from cordiale.link.lookup import Found, Lookup
from cordiale.link.names import Word, fold, is_acronym
from cordiale.link.places import Said
from cordiale.link.register import Register

__all__ = ["FEATURES", "Match", "matches"]

_MOST_WHOLE = 24  # records weighed for one text, that it holds a whole name of
_MOST_PARTLY = 14  # or the most of one
_HEADS = frozenset(
    [
        "academy",
        "agency",
        "association",
        "center",
        "college",
        "council",
        "department",
        "faculty",
        "foundation",
        "hospital",
        "institute",
        "laboratory",
        "ministry",
        "museum",
        "school",
        "society",
        "university",
    ]
)
_STRONG = frozenset(["academy", "center", "college", "hospital", "institute", "laboratory", "university"])

FEATURES = (
    "whole", "kind", "coverage", "weight", "words", "missing", "rarest_missing", "spelling", "gaps",
    "in_order", "parts_crossed", "before", "after", "head_before", "head_after", "strong_before",
    "strong_after", "rare_before", "rare_after", "place_share", "acronym_written", "names_found",
    "country", "city_country", "city", "city_known", "education", "company", "healthcare", "facility",
    "government", "inactive", "identifiers", "wikipedia", "children", "names_held", "text_words",
    "text_parts", "part", "parent_found", "child_found", "inside_longer", "rivals", "rivals_as_near",
    "better_rivals", "margin", "claimed", "claimed_tidily", "others_whole",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One record that a text may mean."""

    record: int  # row in the register
    found: Found  # its name that fits best
    at: frozenset[int]  # the words of the text that are of that name
    features: tuple[float, ...]  # in the order of FEATURES


def matches(text: Sequence[Word], register: Register, lookup: Lookup) -> tuple[Match, ...]:
    """The records that a text may mean, each by the name that fits best."""
    index, said = register.index, register.places.said(text)
    by_record: defaultdict[int, list[Found]] = defaultdict(list)
    for found in lookup.find(text):
        row = int(index.record_of[found.name])
        if _usable(found, text, index) and register.record(row).status != "withdrawn":
            by_record[row].append(found)
    best = {row: max(group, key=lambda found: _fit(found, index)) for row, group in by_record.items()}
    ranked = sorted(best, key=lambda row: -_fit(best[row], index)[0])
    kept = [row for row in ranked if best[row].whole][:_MOST_WHOLE]
    kept += [row for row in ranked if not best[row].whole][:_MOST_PARTLY]
    at = {row: _positions(best[row], text, index) for row in kept}
    each = {row: _alone(row, best[row], by_record[row], at[row], text, said, register) for row in kept}
    for row in kept:
        _among(row, best, at, each, register)
    return tuple(
        Match(record=row, found=best[row], at=at[row], features=tuple(each[row][name] for name in FEATURES))
        for row in kept
    )


def _usable(found: Found, text: Sequence[Word], index: Index) -> bool:
    """An acronym of one word counts where it is written as one."""
    if index.kind_of[found.name] != 2 or found.end - found.start > 1:
        return True
    return found.whole and is_acronym(text[found.start].written)


def _fit(found: Found, index: Index) -> tuple[float, int]:
    part = 1.0 if found.whole else 0.6 + 0.3 * found.coverage**2
    return found.coverage * float(index.weight[found.name]) * part, -int(index.kind_of[found.name])


def _positions(found: Found, text: Sequence[Word], index: Index) -> frozenset[int]:
    if found.whole:
        return frozenset(range(found.start, found.end))
    wanted = set(index.words_of(found.name).tolist())
    return frozenset(
        place for place in range(found.start, found.end) if index.vocabulary.get(text[place].text) in wanted
    )


def _alone(
    row: int,
    found: Found,
    others: Sequence[Found],
    at: frozenset[int],
    text: Sequence[Word],
    said: Sequence[Said],
    register: Register,
) -> dict[str, float]:
    """What is seen without a look at the other records."""
    index, record = register.index, register.record(row)
    name = index.words_of(found.name).tolist()
    weight, kind = float(index.weight[found.name]), int(index.kind_of[found.name])
    first, last = text[found.start].part, text[found.end - 1].part
    before = [word for word in text[: found.start] if word.part >= first]
    after = [word for word in text[found.end :] if word.part <= last]
    order = [
        name.index(number)
        for place in sorted(at)
        if (number := index.vocabulary.get(text[place].text)) in name
    ]
    outside = [place for place in said if place.start >= found.end or place.end <= found.start]
    home = set(record.countries)
    named = frozenset[str]().union(*(place.countries for place in outside if place.city is None))
    anywhere = frozenset[str]().union(*(place.countries for place in said if place.city is None))
    if named:
        country = 1.0 if home & named else -1.0
    else:
        country = 0.0 if not anywhere else 0.5 if home & anywhere else -0.7
    cities = [place for place in outside if place.city is not None]
    own = register.cities(row)
    own_city = any(place.city in own for place in cities)
    placed = {position for place in said for position in range(place.start, place.end)}
    rarity = index.rarity
    held = set(_ids(at, text, index))
    stretch = " ".join(fold(word.written) for word in text[found.start : found.end])
    return {
        "whole": found.whole,
        "kind": kind,
        "coverage": found.coverage,
        "weight": weight,
        "words": len(name),
        "missing": weight * (1 - found.coverage),
        "rarest_missing": max((float(rarity[number]) for number in name if number not in held), default=0.0),
        "spelling": max(fuzz.ratio(stretch, folded) for folded in register.folded_names(row)),
        "gaps": found.end - found.start - len(at),
        "in_order": order == sorted(order),
        "parts_crossed": last - first,
        "before": len(before),
        "after": len(after),
        "head_before": any(word.text in _HEADS for word in before),
        "head_after": any(word.text in _HEADS for word in after),
        "strong_before": any(word.text in _STRONG for word in before),
        "strong_after": any(word.text in _STRONG for word in after),
        "rare_before": _rarity(before[-1:], index),
        "rare_after": _rarity(after[:1], index),
        "place_share": float(sum(rarity[register_word] for register_word in _ids(at & placed, text, index)))
        / max(weight, 0.1),
        "acronym_written": kind == 2,
        "names_found": len({(other.start, other.end) for other in others if other.whole}),
        "country": country,
        "city_country": 0.0
        if not cities
        else 1.0
        if any(home & place.countries for place in cities)
        else -1.0,
        "city": 2.0
        if own_city
        else 1.0
        if any(place.city in own for place in said)
        else -1.0
        if cities and own
        else 0.0,
        "city_known": bool(own),
        **{
            kind: kind in record.types
            for kind in ("education", "company", "healthcare", "facility", "government")
        },
        "inactive": record.status != "active",
        "identifiers": len(record.identifiers),
        "wikipedia": bool(record.values("wikipedia")),
        "children": register.children(row),
        "names_held": len(record.names),
        "text_words": len(text),
        "text_parts": text[-1].part + 1,
        "part": first / (text[-1].part + 1),
        "parent_found": 0.0,
        "child_found": 0.0,
    }


def _rarity(beside: Sequence[Word], index: Index) -> float:
    """How rare a word beside the name is; 15 where the register has none such, 0 where there is none."""
    if not beside:
        return 0.0
    number = index.vocabulary.get(beside[0].text)
    return 15.0 if number is None else float(index.rarity[number])


def _ids(places: frozenset[int], text: Sequence[Word], index: Index) -> list[int]:
    return [index.vocabulary[text[place].text] for place in places if text[place].text in index.vocabulary]


def _among(
    row: int,
    best: Mapping[int, Found],
    at: Mapping[int, frozenset[int]],
    each: Mapping[int, dict[str, float]],
    register: Register,
) -> None:
    """Add what is seen beside the other records."""
    own, found = each[row], best[row]
    weighed = {
        other: _fit(best[other], register.index)[0] for other in each if other != row and at[other] & at[row]
    }
    same = [
        other
        for other in weighed
        if (best[other].start, best[other].end, best[other].whole) == (found.start, found.end, found.whole)
    ]
    near = (own["country"], own["city"], own["identifiers"])
    mine = _fit(found, register.index)[0]
    for parent in register.parents(row):
        if parent in each:
            own["parent_found"] = max(own["parent_found"], best[parent].coverage)
            each[parent]["child_found"] = max(each[parent]["child_found"], found.coverage)
    own["inside_longer"] = any(
        best[other].whole and best[other].start <= found.start and best[other].end >= found.end
        and best[other].end - best[other].start > found.end - found.start
        for other in weighed
    )  # fmt: skip
    own["rivals"] = len(same)
    own["rivals_as_near"] = sum(each[other]["country"] >= own["country"] for other in same)
    own["better_rivals"] = sum(
        (each[other]["country"], each[other]["city"], each[other]["identifiers"]) > near for other in same
    )
    own["claimed"] = max(
        (
            len(at[other] & at[row]) / len(at[row])
            for other in weighed
            if best[other].whole and weighed[other] > mine
        ),
        default=0.0,
    )
    own["claimed_tidily"] = max(
        (
            len(at[other] & at[row]) / len(at[row])
            for other in weighed
            if best[other].whole and each[other]["parts_crossed"] < own["parts_crossed"]
        ),
        default=0.0,
    )
    own["others_whole"] = len({(best[other].start, best[other].end) for other in each if best[other].whole})
    own["margin"] = mine - max(weighed.values(), default=0.0)
