"""What speaks for and against two records of two registers being of one thing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from cordiale.link.identifiers import Identifier, identifiers_of
from cordiale.link.lookup import Lookup
from cordiale.link.names import bag, fold, words
from cordiale.link.records import Record
from cordiale.link.register import Register

__all__ = ["PAIR_FEATURES", "Pair", "pairs"]

_MOST = 12  # records weighed for one
_SINGLE = ("ror", "wikidata", "grid", "isni", "orcid")  # of which a thing has one, as a rule
_GENERIC = frozenset(("funder", "other", "nonprofit", "organisation"))

PAIR_FEATURES = (
    "identifiers_shared", "identifiers_differ", "domain", "same_name", "same_label", "acronym_only",
    "spelling", "token_set", "names_shared", "rarity", "country", "city", "years", "type", "parent",
    "rivals", "better_spelt", "active",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One record that another may be the same thing as."""

    record: int  # row in the register
    features: tuple[float, ...]  # in the order of PAIR_FEATURES
    evidence: tuple[str, ...]  # the same for people


def pairs(thing: Record, register: Register, lookup: Lookup) -> tuple[Pair, ...]:
    """The records of a register that a thing may be, by identifiers first, then by names."""
    shared: defaultdict[int, list[Identifier]] = defaultdict(list)
    own = identifiers_of(thing)
    for identifier in sorted(own):
        for row in register.identified(identifier):
            shared[row].append(identifier)
    fits: defaultdict[int, float] = defaultdict(float)
    for name in thing.names:
        for found in lookup.find(words(name.text)):
            row = int(register.index.record_of[found.name])
            fit = found.coverage * float(register.index.weight[found.name]) * (1.5 if found.whole else 1)
            fits[row] = max(fits[row], fit)
    ranked = sorted(fits, key=lambda row: (-fits[row], row))
    rows = list(dict.fromkeys([*shared, *ranked[:_MOST]]))
    each = [_compare(thing, own, register.record(row), row, shared[row], register) for row in rows]
    for numbers, _ in each:
        numbers["rivals"] = sum(other["same_name"] >= numbers["same_name"] for other, _ in each) - 1
        numbers["better_spelt"] = sum(other["spelling"] > numbers["spelling"] for other, _ in each)
    return tuple(
        Pair(record=row, features=tuple(numbers[name] for name in PAIR_FEATURES), evidence=tuple(said))
        for row, (numbers, said) in zip(rows, each, strict=True)
    )


def _compare(
    thing: Record,
    own: frozenset[Identifier],
    record: Record,
    row: int,
    shared: Sequence[Identifier],
    register: Register,
) -> tuple[dict[str, float], list[str]]:
    theirs = identifiers_of(record)
    said = [f"same {scheme.upper() if scheme in _SINGLE else scheme} {value}" for scheme, value in shared]
    numbers: dict[str, float] = {
        "identifiers_shared": sum(scheme in (*_SINGLE, "wikipedia") for scheme, _ in shared)
    }
    numbers["identifiers_differ"] = 0.0
    for scheme in _SINGLE:
        mine, its = _of(own, scheme), _of(theirs, scheme)
        if mine and its and not mine & its:
            numbers["identifiers_differ"] += 1
            said.append(f"{scheme.upper()} differs: {', '.join(sorted(its))}")
    numbers["domain"] = _domains(_of(own, "domain"), _of(theirs, "domain"), said)
    _names(thing, record, row, register, numbers, said)
    numbers["country"] = _agree(thing.countries, record.countries, "country", said)
    numbers["city"] = _agree(_folded(thing.cities), _folded(record.cities), "city", said)
    if thing.established is None or record.established is None:
        numbers["years"] = -1.0
    else:
        numbers["years"] = float(min(abs(thing.established - record.established), 200))
        said.append(
            f"founded in {record.established}, as said" if numbers["years"] == 0
            else f"founded in {record.established}, not {thing.established}"
        )  # fmt: skip
    numbers["type"] = _agree(_kinds(thing), _kinds(record), "kind", said)
    numbers["parent"] = _agree(thing.parents, record.parents, "parent", said)
    numbers["active"] = float(record.status == "active")
    if record.status != "active":
        said.append(f"the record is {record.status}")
    return numbers, said


def _names(
    thing: Record, record: Record, row: int, register: Register, numbers: dict[str, float], said: list[str]
) -> None:
    mine = {" ".join(fold(word.written) for word in words(name.text)): name for name in thing.names}
    its = dict(zip(register.folded_names(row), record.names, strict=True))
    its |= {" ".join(fold(word.written) for word in words(plain)): name
            for name in record.names if (plain := _plain(name.text)) != name.text}  # fmt: skip
    spelling, one, other = max(
        ((fuzz.ratio(left, right), left, right) for left in mine for right in its if left and right),
        default=(0.0, "", ""),
    )
    numbers["spelling"] = spelling
    numbers["token_set"] = max(
        (fuzz.token_set_ratio(left, right) for left in mine for right in its if left and right), default=0.0
    )
    bags = {frozenset(bag(name.text)): name for name in reversed(thing.names)}
    equal = [(bags[key], name) for name in record.names if (key := frozenset(bag(_plain(name.text)))) in bags]
    full = [(left, right) for left, right in equal if not _short(left.text) and not _short(right.text)]
    numbers["same_name"] = 2.0 if full else 1.0 if equal else 0.0
    numbers["same_label"] = float(
        any(left == thing.names[0] and right == record.names[0] for left, right in equal)
    )
    numbers["acronym_only"] = float(bool(equal) and not full)
    numbers["names_shared"] = float(len({right.text for _, right in equal}))
    vocabulary, rarity = register.index.vocabulary, register.index.rarity
    numbers["rarity"] = max(
        (
            sum(
                float(rarity[vocabulary[word]]) for word in set(bag(_plain(right.text))) if word in vocabulary
            )
            for _, right in equal
        ),
        default=0.0,
    )
    if full:
        said.append(f'same name "{full[0][1].text}"')
    elif equal:
        said.append(f'same acronym "{equal[0][1].text}"')
    elif _initials(thing.label) in _acronyms(record):
        said.append(f'"{_initials(thing.label)}" is an acronym of the name')
    elif one and spelling >= 60:
        said.append(f'name like "{its[other].text}" ({spelling:.0f} %)')


def _domains(mine: frozenset[str], its: frozenset[str], said: list[str]) -> float:
    if not mine or not its:
        return 0.0
    if mine & its:
        return 2.0
    if any(left.endswith(f".{right}") or right.endswith(f".{left}") for left in mine for right in its):
        said.append("a domain below the other")
        return 1.0
    said.append(f"domain differs: {', '.join(sorted(its))}")
    return -1.0


def _agree(mine: Sequence[str], its: Sequence[str], what: str, said: list[str]) -> float:
    if not mine or not its:
        return 0.0
    if common := set(mine) & set(its):
        said.append(f"same {what} {', '.join(sorted(common))}")
        return 1.0
    said.append(f"{what} differs: {', '.join(sorted(set(its)))}")
    return -1.0


def _kinds(record: Record) -> tuple[str, ...]:
    return tuple(kind for kind in record.types if kind not in _GENERIC)


def _of(identifiers: frozenset[Identifier], scheme: str) -> frozenset[str]:
    return frozenset(value for name, value in identifiers if name == scheme)


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(word.text for word in words(name)) for name in names)


def _plain(name: str) -> str:
    """The name without the country that the register adds: "Eni (Italy)"."""
    at = name.rfind(" (")
    return name[:at] if name.endswith(")") and at > 0 else name


def _short(name: str) -> bool:
    return " " not in name.strip() and len(name) <= 8 and name.upper() == name


def _acronyms(record: Record) -> frozenset[str]:
    return frozenset(
        name.text.upper() for name in record.names if name.kind == "acronym" or _short(name.text)
    )


def _initials(name: str) -> str:
    letters = [word.written[0] for word in words(name)]
    return "".join(letters).upper() if len(letters) > 1 else ""
