"""Entities of Wikidata, written to the files of an import and read back: nothing is lost."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.json_values import open_packed, read_json_values
from cordiale.link.wikidata_facts import Thing
from cordiale.link.wikidata_json import entities_of, read_entity
from cordiale.link.wikidata_json_writer import write_entity
from cordiale.link.wikidata_model import (
    Entity,
    EntityValue,
    GlobeValue,
    Monolingual,
    Page,
    Quantity,
    Reference,
    Sitelink,
    Snak,
    Statement,
    Time,
    Value,
)
from cordiale.link.wikidata_rdf import read_entities
from cordiale.link.wikidata_sheets import mended, sheets
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.model.terms import Triple
from cordiale.read.turtle import read_turtle

_SETTINGS = Settings(
    terms="https://example.org/ns#",
    things="https://example.org/id/",
    sources="https://example.org/source/",
    languages=("en", "fr"),
    catalogue="sources",
    trusted=("sources",),
)
_PLACE = Place(path="dump.json", line=1)
_THING = Thing(kind="", names=("x", "x"), coined=(True, True))


def _files(entity: Entity, thing: Thing = _THING) -> Mapping[str, bytes]:
    made = sheets(entity, {entity.id: thing}, _SETTINGS, _PLACE)
    assert not isinstance(made, Problem)
    return made.files


def _triples(files: Mapping[str, bytes]) -> Iterator[Triple]:
    for name, content in files.items():
        yield from read_turtle(content.decode(), path=f"{name}.ttl", base="https://example.org/").triples


def _again(entity: Entity) -> Entity:
    return next(each for each in read_entities(_triples(_files(entity))) if each.id == entity.id)


def _normal(data: Mapping[str, Any], entity: Entity) -> dict[str, Any]:
    """Entity JSON as Wikidata writes it today: what older shapes leave out, or tell twice, put right.

    Empty maps may be missing or lists, empty lists of references may be there, the order of qualifiers may be
    missing; a second statement with an id that is taken is not kept, and the report says so.
    """
    normal = {key: value for key, value in data.items() if key != "redirects"}
    normal |= {"id": entity.id, "type": entity.kind}
    for key in ("labels", "descriptions", "aliases", "claims", "sitelinks"):
        normal[key] = normal.get(key) or {}
    if entity.kind != "item":
        del normal["sitelinks"]
    claims: dict[str, list[dict[str, Any]]] = {}
    seen = set()
    for property_, group in normal["claims"].items():
        for statement in group:
            if statement["id"] in seen:
                continue
            seen.add(statement["id"])
            statement = {key: value for key, value in statement.items() if key != "references" or value}
            if "qualifiers" in statement:
                statement.setdefault("qualifiers-order", list(statement["qualifiers"]))
            claims.setdefault(property_, []).append(statement)
    return normal | {"claims": claims}


def _found(folder: Path) -> Iterator[tuple[str, str, object]]:
    """File, id that was asked for, and JSON of each entity in a folder."""
    for path in sorted(folder.rglob("*.json*")):
        with open_packed(path) as stream:
            for each in read_json_values(stream, path=path.name):
                assert not isinstance(each, Problem), each
                for asked, data in entities_of(each[1]):
                    yield path.name, asked, data


_OTHERS = ["L525", "L525-F2", "L525-S1", "M56656949", "M566797"]


@pytest.mark.parametrize(
    ("folder", "count", "missing"),
    [("edge-cases", 16, []), pytest.param("", 756, ["Q789 is missing in Wikidata"], marks=pytest.mark.slow)],
)
def test_every_real_entity_survives(shared: Path, folder: str, count: int, missing: list[str]) -> None:
    """JSON, our files, JSON: the same for each item and property of the data; the others are refused."""
    same, statements, refused = 0, 0, []
    for name, asked, data in _found(shared / "datasets" / "wikidata-json" / folder):
        try:
            entity = read_entity(data, asked=asked)
        except (NotImplementedError, LookupError) as error:
            refused.append(str(error.args[0]))
            continue
        assert isinstance(data, dict)
        whole, _ = mended(entity, _PLACE)
        assert write_entity(_again(whole)) == _normal(data, entity), f"{name}: {entity.id}"
        same += 1
        statements += len(whole.statements)
    assert (same, statements > 20 * count) == (count, True)
    assert sorted(refused) == [*(f"{id_} is neither an item nor a property" for id_ in _OTHERS), *missing]


def test_a_graph_that_is_changed_gives_other_json() -> None:
    """What is written comes from the triples: without the file of a reference, it has no reference."""
    cited = Reference(
        snaks=(Snak(property="P854", value="https://example.org/a", datatype="url"),), hash="ab"
    )
    statement = Statement(
        id="Q1$AB",
        main=Snak(property="P31", value=EntityValue(id="Q5")),
        rank="preferred",
        references=(cited,),
    )
    other = Statement(id="Q1$CD", main=Snak(property="P18", value="x"), references=(cited,))
    bare = Statement(id="Q1$EF", main=Snak(property="P19", kind="novalue"))
    files = dict(_files(Entity(id="Q1", statements=(statement, other, bare))))
    withdrawn = next(name for name in files if "example-org" in name)
    del files[withdrawn]
    left = next(each for each in read_entities(_triples(files)) if each.id == "Q1")
    assert [each.id for each in left.statements] == ["Q1$EF"]
    text = b"".join(files.values()).decode()
    assert "imp:layout" in text
    worse = {name: content.replace(b"NormalRank", b"DeprecatedRank") for name, content in files.items()}
    assert [each.rank for each in next(iter(read_entities(_triples(worse)))).statements] == ["deprecated"]


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
_DIGITS = st.integers(1, 10**6)
_ITEMS = _DIGITS.map(lambda number: EntityValue(id=f"Q{number}"))
_TIMES = st.builds(
    lambda sign, year, month, day, precision: Time(
        time=f"{sign}{year:04}-{month:02}-{day:02}T00:00:00Z", precision=precision, after=day
    ),
    st.sampled_from("+-"),
    st.integers(1, 20000),
    st.integers(0, 12),
    st.integers(0, 28),
    st.integers(0, 11),
)
_AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda number: f"{number:+f}")
_QUANTITIES = st.builds(lambda amount, low: Quantity(amount=amount, lower=low, upper=low), _AMOUNTS, _AMOUNTS)
_NUMBERS = st.integers(-180, 180) | st.floats(-180, 180)
_POINTS = st.builds(
    lambda north, east, near: GlobeValue(latitude=north, longitude=east, precision=near),
    _NUMBERS,
    _NUMBERS,
    st.none() | _NUMBERS,
)
# A datatype belongs to a property, and a value to a datatype.
_KINDS: tuple[tuple[str, str, st.SearchStrategy[Value]], ...] = (
    ("P1", "string", _TEXTS),
    ("P2", "wikibase-item", _ITEMS),
    ("P3", "time", _TIMES),
    ("P4", "quantity", _QUANTITIES),
    ("P5", "globe-coordinate", _POINTS),
    ("P6", "monolingualtext", _TEXTS.map(lambda text: Monolingual(text=text, language="fr-ca"))),
    ("P7", "commonsMedia", _TEXTS),
    ("P8", "url", st.sampled_from(["https://example.org/a?b=c#d", "no address", "http://é.fr/ü"])),
)


@st.composite
def _snaks(draw: st.DrawFn) -> Snak:
    property_, datatype, values = draw(st.sampled_from(_KINDS))
    kind = draw(st.sampled_from(["value"] * 8 + ["somevalue", "novalue"]))
    value = draw(values) if kind == "value" else None
    hash_ = draw(st.integers(0, 2**60).map(lambda number: f"{number:x}"))
    return Snak(property=property_, value=value, kind=kind, datatype=datatype, hash=hash_)


@st.composite
def _groups(draw: st.DrawFn) -> tuple[Snak, ...]:
    """Snaks as qualifiers and references have them: those of a property together, none twice."""
    drawn = draw(
        st.lists(_snaks(), max_size=5, unique_by=lambda snak: (snak.property, snak.kind, repr(snak.value)))
    )
    order = {snak.property: place for place, snak in reversed(list(enumerate(drawn)))}
    return tuple(sorted(drawn, key=lambda snak: order[snak.property]))


@st.composite
def _entities(draw: st.DrawFn) -> Entity:
    statements = []
    for number in range(draw(st.integers(0, 4))):
        main = draw(_snaks())
        # In RDF a property without a value as a qualifier looks like the statement's own.
        qualifiers = tuple(snak for snak in draw(_groups()) if snak.property != main.property)
        groups = draw(st.lists(_groups().filter(bool), max_size=2))
        references = tuple(
            Reference(snaks=group, hash=f"{number}a{place}") for place, group in enumerate(groups)
        )
        statements.append(
            Statement(
                id=f"Q7${number}-A",
                main=main,
                rank=draw(st.sampled_from(["normal", "preferred", "deprecated"])),
                qualifiers=qualifiers,
                references=references,
            )
        )
    # Those of one property stand together in Wikidata's JSON.
    statements.sort(key=lambda each: each.main.property)
    texts = st.dictionaries(st.sampled_from(["en", "fr", "zh-hant", "mul"]), _TEXTS, max_size=3)
    aliases = draw(st.dictionaries(st.sampled_from(["en", "fr"]), st.lists(_TEXTS, max_size=3, unique=True)))
    return Entity(
        id="Q7",
        labels=tuple(draw(texts).items()),
        descriptions=tuple(draw(texts).items()),
        aliases=tuple((tag, text) for tag, group in aliases.items() for text in group),
        statements=tuple(statements),
        sitelinks=(Sitelink(site="enwiki", title="A b", badges=("Q2", "Q1")),),
        page=Page(id=7, namespace=0, title="Q7", revision=12, modified="2024-01-02T03:04:05Z"),
    )


@given(_entities())
def test_any_entity_survives(entity: Entity) -> None:
    """Values of every kind, in any order, come back as they were, of whatever kind of ours the thing is."""
    assert write_entity(_again(entity)) == write_entity(entity)
    person = Thing(kind="Person", names=("a", "b"), coined=(False, True))
    found = list(read_entities(_triples(_files(entity, person))))
    assert write_entity(next(each for each in found if each.id == "Q7")) == write_entity(entity)


@pytest.mark.parametrize("layout", ["?", "x;y", "1;zz;P1", "1;;P1 7 ", ""])
def test_a_layout_that_was_edited_is_passed_over(layout: str) -> None:
    """Without a layout, or with a wrong one, the same is read in another order."""
    qualifiers = (Snak(property="P1", value="b"), Snak(property="P1", value="a"))
    entity = Entity(
        id="Q7",
        statements=(Statement(id="Q7$1", main=Snak(property="P2", value="x"), qualifiers=qualifiers),),
    )
    text = b"".join(_files(entity).values()).decode()
    edited = re.sub(r'imp:layout "[^"]*"', f'imp:layout "{layout}"', text)
    assert edited != text
    triples = read_turtle(edited, path="x.ttl", base="https://example.org/").triples
    (statement,) = next(iter(read_entities(triples))).statements
    assert [snak.value for snak in statement.qualifiers] == ["a", "b"]
