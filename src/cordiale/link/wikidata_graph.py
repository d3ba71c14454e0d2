"""Values of Wikidata as lines of RDF in its full statement model (p:, ps:, pq:, pr:, ranks, value nodes).

What the model has no word for, the order of things and Wikidata's own hashes, stands in one literal a
statement, ``imp:layout``, so that the JSON can be written again; it means nothing and may be missing.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from cordiale.link.turtle_blocks import Blocks, iri, literal
from cordiale.link.wikidata_model import (
    Entity,
    EntityValue,
    GlobeValue,
    Monolingual,
    Number,
    Quantity,
    Reference,
    Snak,
    Statement,
    Time,
    Value,
)
from cordiale.link.wikidata_names import (
    DATATYPES,
    RANKS,
    digest,
    page_address,
    site_address,
    snak_key,
    statement_name,
)

__all__ = ["add_entity", "add_statement", "add_truthy", "reference_name", "time_literal"]

_FILES = "http://commons.wikimedia.org/wiki/Special:FilePath/"
_TIME = re.compile(
    r"([+-])([0-9]+)-(0[0-9]|1[0-2])-([0-2][0-9]|3[01])T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])Z"
)
_DATA = "http://commons.wikimedia.org/data/main/"


def add_entity(blocks: Blocks, entity: Entity) -> None:
    """Write what the page says of the entity apart from its statements: names, articles, the page itself."""
    subject = f"wd:{entity.id}"
    lines = [f"a wikibase:{'Item' if entity.kind == 'item' else 'Property'}"]
    if entity.datatype:
        lines.append(f"wikibase:propertyType {_datatype(entity.datatype)}")
    lines += [f"skos:prefLabel {literal(text)}@{language}" for language, text in entity.labels]
    lines += [f"sdo:description {literal(text)}@{language}" for language, text in entity.descriptions]
    lines += [f"skos:altLabel {literal(text)}@{language}" for language, text in entity.aliases]
    blocks.add_all(subject, lines)
    for name in _aliases_out_of_order(entity):
        blocks.add(subject, f"imp:aliases {literal(name)}")
    for property_, datatype in _datatypes(entity):
        blocks.add(f"wd:{property_}", f"wikibase:propertyType {_datatype(datatype)}")
    for link in entity.sitelinks:
        badges = [f"wikibase:badge wd:{badge}" for badge in link.badges]
        host = f"sdo:isPartOf <{site_address(link.site)}>"
        article = f"<{page_address(link.site, link.title)}>"
        name = f"sdo:name {literal(link.title)}"
        blocks.add_all(article, ["a sdo:Article", f"sdo:about {subject}", host, name, *badges])
        if len(badges) > 1:
            blocks.add(article, f"imp:layout {literal(';'.join(link.badges))}")
    page = entity.page
    about = ["a sdo:Dataset", f"sdo:about {subject}"]
    if page.revision is not None:
        about.append(f"sdo:version {page.revision}")
    if page.modified:
        about.append(f'sdo:dateModified "{page.modified}"^^xsd:dateTime')
    if page.id is not None:
        about.append(f"imp:layout {literal(f'{page.id};{page.namespace};{page.title}')}")
    blocks.add_all(f"data:{entity.id}", about)


def _aliases_out_of_order(entity: Entity) -> Iterator[str]:
    """For each language whose aliases are not sorted: the language, and the rank of each in turn."""
    by_language: dict[str, list[str]] = {}
    for language, text in entity.aliases:
        by_language.setdefault(language, []).append(text)
    for language, texts in by_language.items():
        ranks = {text: str(rank) for rank, text in enumerate(sorted(set(texts)))}
        if [ranks[text] for text in texts] != sorted(ranks.values(), key=int):
            yield f"{language};{' '.join(ranks[text] for text in texts)}"


def _datatypes(entity: Entity) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for statement in entity.statements:
        snaks = (statement.main, *statement.qualifiers)
        for snak in (*snaks, *(snak for each in statement.references for snak in each.snaks)):
            if snak.datatype:
                found[snak.property] = snak.datatype
    return found.items()


def _datatype(name: str) -> str:
    return f"wikibase:{DATATYPES[name]}" if name in DATATYPES else literal(name)


def add_statement(
    blocks: Blocks, entity: str, statement: Statement, references: Iterable[Reference], position: int
) -> str:
    """Write a statement about an entity with these of its references; the statement's name is returned."""
    main = statement.main
    name = f"wds:{statement_name(statement.id)}"
    blocks.add(f"wd:{entity}", f"p:{main.property} {name}")
    lines = ["a wikibase:Statement", f"wikibase:rank {RANKS.get(statement.rank, RANKS['normal'])}"]
    _add_snak(blocks, lines, main, "ps", statement.id)
    for snak in statement.qualifiers:
        _add_snak(blocks, lines, snak, "pq", statement.id)
    layout = [str(position), main.hash + ("" if main.datatype else "-"), *_layout(statement.qualifiers)]
    layout += [f"r {reference_name(each)}" for each in statement.references]
    lines.append(f"imp:layout {literal(';'.join(layout))}")
    for reference in references:
        node = f"wdref:{reference_name(reference)}"
        lines.append(f"prov:wasDerivedFrom {node}")
        if not blocks.holds(node):
            inside = ["a wikibase:Reference", f"imp:layout {literal(';'.join(_layout(reference.snaks)))}"]
            for snak in reference.snaks:
                _add_snak(blocks, inside, snak, "pr", node)
            blocks.add_all(node, inside)
    blocks.add_all(name, lines)
    return name


def add_truthy(blocks: Blocks, entity: Entity) -> None:
    """Write wdt: for the statements of the best rank of each property, and say which these are."""
    preferred = {each.main.property for each in entity.statements if each.rank == "preferred"}
    for statement in entity.statements:
        main = statement.main
        best = "preferred" if main.property in preferred else "normal"
        if statement.rank != best:
            continue
        blocks.add(f"wds:{statement_name(statement.id)}", "a wikibase:BestRank")
        if main.value is not None:
            blocks.add(f"wd:{entity.id}", f"wdt:{main.property} {_simple(main.value, main.datatype)}")


def reference_name(reference: Reference) -> str:
    """The last part of a reference's IRI: Wikidata's hash, or one of ours."""
    return reference.hash or digest(*(f"{snak.property} {snak_key(snak)}" for snak in reference.snaks))


def _layout(snaks: tuple[Snak, ...]) -> list[str]:
    """Of each snak its property, its rank among those of the property, and its hash."""
    groups: dict[str, list[str]] = {}
    for snak in snaks:
        groups.setdefault(snak.property, []).append(snak_key(snak))
    ranks = {property_: sorted(keys) for property_, keys in groups.items() if len(keys) > 1}
    return [
        f"{snak.property} {ranks[snak.property].index(snak_key(snak)) if snak.property in ranks else 0} "
        f"{snak.hash}{'' if snak.datatype else '-'}"
        for snak in snaks
    ]


def _add_snak(blocks: Blocks, lines: list[str], snak: Snak, prefix: str, home: str) -> None:
    if snak.kind == "novalue":
        lines.append(f"a wdno:{snak.property}")
    elif snak.value is None:
        blank = digest(home, snak.property, snak.hash)
        lines.append(f"{prefix}:{snak.property} <http://www.wikidata.org/.well-known/genid/{blank}>")
    else:
        lines.append(f"{prefix}:{snak.property} {_simple(snak.value, snak.datatype)}")
        if isinstance(snak.value, Time | Quantity | GlobeValue):
            node = f"wdv:{digest(snak.value)}"
            lines.append(f"{prefix}v:{snak.property} {node}")
            if not blocks.holds(node):
                blocks.add_all(node, _inside(snak.value))


def _simple(value: Value, datatype: str) -> str:
    """The value as one term."""
    if isinstance(value, str):
        return _string(value, datatype)
    if isinstance(value, EntityValue):
        return f"wd:{value.id}"
    if isinstance(value, Monolingual):
        return f"{literal(value.text)}@{value.language}"
    if isinstance(value, Time):
        return time_literal(value)
    if isinstance(value, Quantity):
        return f'"{value.amount}"^^xsd:decimal'
    return f'"Point({value.longitude} {value.latitude})"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'


def _string(text: str, datatype: str) -> str:
    if datatype == "url":
        return iri(text) or literal(text)
    if datatype == "commonsMedia":
        return f"<{_FILES}{quote(text, safe='')}>"
    if datatype in ("geo-shape", "tabular-data"):
        return f"<{_DATA}{quote(text, safe='')}>"
    return literal(text)


def time_literal(time: Time) -> str:
    """The time as Wikidata's RDF writes it: a day and hour that exist, in the years of XSD 1.1.

    >>> time_literal(Time(time="-0044-03-15T00:00:00Z", precision=11))
    '"-0043-03-15T00:00:00Z"^^xsd:dateTime'
    >>> time_literal(Time(time="+1990-00-00T00:00:00Z", precision=9))
    '"1990-01-01T00:00:00Z"^^xsd:dateTime'
    >>> time_literal(Time(time="+2016-06-31T00:00:00Z", precision=11))
    '"2016-06-30T00:00:00Z"^^xsd:dateTime'
    """
    found = _TIME.fullmatch(time.time)
    if found is None:
        return literal(time.time)
    sign, year, month, day, hour = found.groups()
    number = int(year) - (sign == "-")  # XSD 1.1 has a year 0, which is 1 BCE
    number = -number if sign == "-" else number
    last = monthrange(2000 + number % 400, int(month) or 1)[1]
    shown = f"-{-number:04}" if number < 0 else f"{number:04}"
    return f'"{shown}-{int(month) or 1:02}-{min(int(day) or 1, last):02}T{hour}Z"^^xsd:dateTime'


def _inside(value: Time | Quantity | GlobeValue) -> list[str]:
    """The lines of a value node."""
    if isinstance(value, Time):
        return [
            "a wikibase:TimeValue",
            f"wikibase:timeValue {time_literal(value)}",
            f"wikibase:timePrecision {value.precision}",
            f"wikibase:timeTimezone {value.timezone}",
            f"wikibase:timeCalendarModel <{value.calendar}>",
            f"imp:time {literal(value.time)}",
            *([f"imp:before {value.before}"] if value.before else []),
            *([f"imp:after {value.after}"] if value.after else []),
        ]
    if isinstance(value, Quantity):
        unit = "http://www.wikidata.org/entity/Q199" if value.unit == "1" else value.unit
        return [
            "a wikibase:QuantityValue",
            f'wikibase:quantityAmount "{value.amount}"^^xsd:decimal',
            f"wikibase:quantityUnit <{unit}>",
            *([f'wikibase:quantityLowerBound "{value.lower}"^^xsd:decimal'] if value.lower else []),
            *([f'wikibase:quantityUpperBound "{value.upper}"^^xsd:decimal'] if value.upper else []),
        ]
    return [
        "a wikibase:GlobecoordinateValue",
        f"wikibase:geoLatitude {_number(value.latitude)}",
        f"wikibase:geoLongitude {_number(value.longitude)}",
        *([f"wikibase:geoPrecision {_number(value.precision)}"] if value.precision is not None else []),
        *([f"imp:altitude {_number(value.altitude)}"] if value.altitude is not None else []),
        f"wikibase:geoGlobe <{value.globe}>",
    ]


def _number(number: Number) -> str:
    """A number with its type kept apart: JSON's 51 and 51.0 are read back as they were."""
    return f'"{number!r}"^^xsd:{"integer" if isinstance(number, int) else "double"}'
