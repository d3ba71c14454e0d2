"""What our own sources say, as statements of Wikidata about things that are linked to its items.

A source that has a web address is a reference: its address, and the day on which it was published. The same
statement by several sources is one statement with several references.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from rdflib import XSD, Literal

from cordiale.link.loss import loss
from cordiale.link.wikidata_model import EntityValue, Monolingual, Reference, Snak, Statement, Time, Value
from cordiale.link.wikidata_names import snak_key
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple

__all__ = ["Cited", "own_statements"]

_CORD = PREFIXES["cord"]
# Our term, Wikidata's property, and whether the property goes the other way.
_TIES = MappingProxyType(
    {
        "affiliatedWith": ("P1416", False),
        "appearedAt": ("P1344", False),
        "associateMemberOf": ("P463", False),
        "constituentOf": ("P361", False),
        "directorOf": ("P1037", True),
        "foundedBy": ("P112", False),
        "founderOf": ("P112", True),
        "foundingMemberOf": ("P463", False),
        "fundedBy": ("P8324", False),
        "hasDirector": ("P1037", False),
        "hasHead": ("P1037", False),
        "hasPart": ("P527", False),
        "hasPartner": ("P710", False),
        "headOf": ("P1037", True),
        "heldAt": ("P276", False),
        "memberOf": ("P463", False),
        "partOf": ("P361", False),
        "received": ("P166", False),
        "spokeAt": ("P1344", False),
        "supportedBy": ("P859", False),
        "tookPartIn": ("P1344", False),
    }
)
_VALUES = MappingProxyType(
    {
        "createdOn": "P571",
        "endedOn": "P582",
        "foundedOn": "P571",
        "launchedOn": "P571",
        "officialName": "P1448",
        "onDate": "P585",
        "startedOn": "P580",
    }
)
# A person's role or study: the property, whether it goes from body to person, and where the body stands.
_HELD = MappingProxyType(
    {
        "holdsDirectorship": ("P1037", True, "roleAt"),
        "holdsHeadship": ("P1037", True, "roleAt"),
        "holdsRole": ("P1416", False, "roleAt"),
        "undertookDoctorate": ("P69", False, "studyAt"),
        "undertookStudy": ("P69", False, "studyAt"),
    }
)
_DATES = MappingProxyType({"startedOn": "P580", "endedOn": "P582"})
_PRECISIONS = MappingProxyType({str(XSD.date): 11, str(XSD.gYearMonth): 10, str(XSD.gYear): 9})
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a reference tells of a source: its address, and the XSD date on which it was published."""

    url: str
    issued: Literal | None = None


def own_statements(
    graphs: Mapping[str, Iterable[Triple]], items: Mapping[Node, str], cited: Mapping[str, Cited]
) -> tuple[dict[str, tuple[Statement, ...]], tuple[Problem, ...]]:
    """The statements by item, and what could not be stated.

    ``graphs`` are the triples by the name of their source, ``items`` the ids of things that are linked, and
    ``cited`` the sources that have an address. C736 a source without one, whose statement has no reference
    from it; C737 a thing that no item is linked to, a warning for each property.
    """
    found: dict[tuple[str, str, str], list[Statement]] = {}
    unlinked: dict[str, int] = {}
    unaddressed: dict[str, int] = {}
    for source, triples in graphs.items():
        reference = _reference(cited[source]) if source in cited else None
        for item, main, qualifiers in _said(list(triples), items, unlinked):
            if reference is None:
                unaddressed[source] = unaddressed.get(source, 0) + 1
            statement = Statement(
                id="", main=main, qualifiers=qualifiers, references=(reference,) if reference else ()
            )
            found.setdefault((item, main.property, snak_key(main)), []).append(statement)
    by_item: dict[str, list[Statement]] = {}
    for (item, _, _), statements in sorted(found.items(), key=lambda pair: pair[0]):
        for merged in _merged(statements):
            key = f"{item} {merged.main.property} {snak_key(merged.main)} {merged.qualifiers!r}"
            id_ = f"{item}${str(uuid5(NAMESPACE_URL, key)).upper()}"
            by_item.setdefault(item, []).append(replace(merged, id=id_))
    problems = [
        _told("C737", f"{count} statements of {name} name a thing that no item of Wikidata is linked to")
        for name, count in sorted(unlinked.items())
    ]
    problems += [
        _told("C736", f"{count} statements have no reference from {source}, which has no web address")
        for source, count in sorted(unaddressed.items())
    ]
    return {item: tuple(statements) for item, statements in by_item.items()}, tuple(problems)


_Said = tuple[str, Snak, tuple[Snak, ...]]


def _said(triples: list[Triple], items: Mapping[Node, str], unlinked: dict[str, int]) -> Iterator[_Said]:
    """Item, main snak and qualifiers of each statement that one source makes."""
    about: dict[Node, dict[str, list[Node]]] = {}
    for subject, predicate, value in triples:
        name = str(predicate).removeprefix(_CORD)
        if name != str(predicate):
            about.setdefault(subject, {}).setdefault(name, []).append(value)

    def tied(
        name: str, property_: str, start: Node, end: Node, qualifiers: tuple[Snak, ...]
    ) -> Iterator[_Said]:
        if start in items and end in items:
            value = EntityValue(id=items[end])
            yield items[start], Snak(property=property_, value=value, datatype="wikibase-item"), qualifiers
        elif start in items or end in items:
            unlinked[name] = unlinked.get(name, 0) + 1

    for subject, said in about.items():
        for name, values in said.items():
            for value in values:
                if name in _TIES:
                    property_, is_inverse = _TIES[name]
                    ends = (value, subject) if is_inverse else (subject, value)
                    yield from tied(name, property_, *ends, ())
                elif name in _HELD:
                    property_, is_inverse, place = _HELD[name]
                    role = about.get(value, {})
                    for body in role.get(place, ()):
                        ends = (body, subject) if is_inverse else (subject, body)
                        yield from tied(name, property_, *ends, tuple(_dates(role)))
                elif name in _VALUES and subject in items:
                    snak = _snak(_VALUES[name], value)
                    if snak is not None:
                        yield items[subject], snak, ()


def _dates(role: Mapping[str, list[Node]]) -> Iterator[Snak]:
    for name, property_ in _DATES.items():
        for value in role.get(name, ()):
            snak = _snak(property_, value)
            if snak is not None:
                yield snak


def _snak(property_: str, node: Node) -> Snak | None:
    if not isinstance(node, Literal):
        return None
    time = _time(node)
    if time is not None:
        return Snak(property=property_, value=time, datatype="time")
    if node.language:
        text: Value = Monolingual(text=str(node), language=node.language)
        return Snak(property=property_, value=text, datatype="monolingualtext")
    return None


def _time(node: Literal) -> Time | None:
    precision = _PRECISIONS.get(str(node.datatype))
    found = _DATE.fullmatch(str(node)) if precision else None
    if found is None or precision is None:
        return None
    year, month, day = (part or "00" for part in found.groups())
    return Time(time=f"+{year}-{month}-{day}T00:00:00Z", precision=precision)


def _reference(cited: Cited) -> Reference:
    snaks = [Snak(property="P854", value=cited.url, datatype="url")]
    time = _time(cited.issued) if cited.issued is not None else None
    if time is not None:
        snaks.append(Snak(property="P577", value=time, datatype="time"))
    return Reference(snaks=tuple(snaks))


def _merged(statements: list[Statement]) -> Iterator[Statement]:
    """One statement for those that say the same; what says less than another is told by that other.

    Sources that disagree in their dates keep a statement each.
    """
    by_qualifiers: dict[frozenset[Snak], list[Reference]] = {}
    for statement in sorted(statements, key=lambda each: -len(each.qualifiers)):
        qualifiers = frozenset(statement.qualifiers)
        fuller = next((each for each in by_qualifiers if qualifiers <= each), qualifiers)
        by_qualifiers.setdefault(fuller, []).extend(statement.references)
    for qualifiers, references in by_qualifiers.items():
        yield Statement(
            id="",
            main=statements[0].main,
            qualifiers=tuple(sorted(qualifiers, key=lambda snak: (snak.property, snak_key(snak)))),
            references=tuple(sorted(dict.fromkeys(references), key=lambda each: str(each.snaks[0].value))),
        )


def _told(code: str, message: str) -> Problem:
    remedies = {
        "C736": "give the source its cord:url in the catalogue",
        "C737": "link it to its item in a mapping set",
    }
    return loss(code, Severity.WARNING, message, remedies[code], None)
