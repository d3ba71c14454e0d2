"""Which entities of a file are meant: by id, by type, or by nearness to our own things."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cordiale.link.wikidata_facts import Thing
from cordiale.link.wikidata_files import Found
from cordiale.link.wikidata_sheets import thing_of
from cordiale.model.places import Place

__all__ = ["Selection", "Survey", "neighbours", "survey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is to be imported: what has one of the ids, or is of one of the types, or everything."""

    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    is_all: bool = False

    def takes(self, found: Found) -> bool:
        """Whether an entity is meant, by either of the ids that it goes by."""
        if self.is_all or found.id in self.ids or found.asked in self.ids:
            return True
        return bool(self.types) and not self.types.isdisjoint(_values(found.data, "P31"))


@dataclass(slots=True)
class Survey:
    """What a first reading tells: what each selected entity is, and where its latest revision stands."""

    things: dict[str, Thing] = field(default_factory=dict)
    latest: dict[str, tuple[int, Place]] = field(default_factory=dict)
    again: int = 0  # how many stand there in an older revision as well


def survey(found: Iterable[Found], selection: Selection, languages: tuple[str, ...]) -> Survey:
    """What the selected entities are; of one that comes several times, the latest revision counts."""
    told = Survey()
    for each in found:
        if not each.id or not isinstance(each.data, dict) or not selection.takes(each):
            continue
        revision = each.data.get("lastrevid")
        number = revision if isinstance(revision, int) else 0
        if each.id in told.latest:
            told.again += 1
            if told.latest[each.id][0] >= number:
                continue
        told.latest[each.id] = (number, each.place)
        labels = each.data.get("labels")
        names = {
            tag: text["value"]
            for tag, text in (labels.items() if isinstance(labels, dict) else ())
            if isinstance(text, dict) and isinstance(text.get("value"), str)
        }
        told.things[each.id] = thing_of(names, tuple(_values(each.data, "P31")), each.id, languages)
    return told


def neighbours(found: Iterable[Found], centre: frozenset[str]) -> frozenset[str]:
    """The central entities, and those that their statements name in values and qualifiers."""
    around = set(centre)
    for each in found:
        if each.id in centre or each.asked in centre:
            around.update(_mentioned(each.data))
    return frozenset(around)


def _values(data: object, property_: str) -> Iterator[str]:
    """The items that are values of a property, unless the statement is deprecated."""
    claims = data.get("claims") if isinstance(data, dict) else None
    group = claims.get(property_) if isinstance(claims, dict) else None
    for statement in group if isinstance(group, list) else ():
        if isinstance(statement, dict) and statement.get("rank") != "deprecated":
            yield from _id(statement.get("mainsnak"))


def _mentioned(data: object) -> Iterator[str]:
    claims = data.get("claims") if isinstance(data, dict) else None
    for group in claims.values() if isinstance(claims, dict) else ():
        for statement in group:
            yield from _id(statement.get("mainsnak"))
            qualifiers = statement.get("qualifiers")
            for snaks in qualifiers.values() if isinstance(qualifiers, Mapping) else ():
                for snak in snaks:
                    yield from _id(snak)


def _id(snak: Any) -> Iterator[str]:
    value = snak.get("datavalue", {}).get("value") if isinstance(snak, dict) else None
    if isinstance(value, dict) and value.get("entity-type") == "item":
        yield value.get("id") or f"Q{value.get('numeric-id')}"
