"""Entities of Wikidata in a project: our facts in the files of their references, each loss by its line."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, RDFS, Literal, URIRef

from cordiale.link.loss import LossKind
from cordiale.link.wikidata_model import Time
from cordiale.link.wikidata_names import NAMESPACES
from cordiale.model.errors import MachineError, UsageError
from cordiale.model.prefixes import PREFIXES
from cordiale.project.export_wikidata import export_wikidata
from cordiale.project.import_folder import ImportReport
from cordiale.project.import_wikidata import Choice, import_wikidata
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.copies import copied_project
from tests.link.entity_json import item, reference, snak, statement
from tests.small_project import SOURCES, bytes_under, small

__all__ = ["small"]

_BOOK = reference(snak("P854", "https://example.org/book"), name="aa")
_BOOK_AGAIN = reference(
    snak("P854", "https://example.org/book"), snak("P813", ("+2020-01-02T00:00:00Z", 11)), name="ab"
)
_WIKI = reference(snak("P143", "Q328"), name="bb")
_ENTITIES = [
    item(
        "Q1",
        statement("Q1$1", snak("P31", "Q5")),
        statement(
            "Q1$2",
            snak("P108", "Q2"),
            snak("P580", ("+1990-05-00T00:00:00Z", 10)),
            snak("P582", ("+1999-00-00T00:00:00Z", 9)),
            references=(_BOOK, _WIKI),
        ),
        statement("Q1$3", snak("P69", "Q2"), references=(_BOOK_AGAIN,)),
        en="Ada",
        fr="Ada",
    ),
    item(
        "Q2",
        statement("Q2$1", snak("P31", "Q3918")),
        statement("Q2$2", snak("P571", ("+1209-00-00T00:00:00Z", 9))),
        statement("Q2$3", snak("P361", "Q3"), references=(_WIKI,)),
        en="University",
    ),
    item("Q3", statement("Q3$1", snak("P31", "Q43229")), de="Verbund"),
]


def _dump(path: Path, *entities: object) -> Path:
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in entities]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    return path


def _import(root: Path, *entities: object, choice: Choice | None = None) -> ImportReport:
    return import_wikidata(root, [_dump(root.parent / "dump.json", *entities)], choice or Choice())


def _kinds(report: ImportReport) -> list[tuple[str, str, int, list[int | None]]]:
    """Code, outcome, count and lines of what was lost, but for what is said of statements of no term."""
    return [
        (kind.code, kind.outcome, kind.count, [place.line for place in kind.places])
        for kind in report.losses.kinds()
        if kind.code != "C704"
    ]


def _kind(report: ImportReport, code: str, line: int | None) -> LossKind:
    """The kind of loss of this code of which one stands on this line."""
    kinds = (kind for kind in report.losses.kinds() if kind.code == code)
    return next(kind for kind in kinds if line in [place.line for place in kind.places] or line is None)


def _graphs(kg: KnowledgeGraph, subject: str, predicate: str, value: str) -> list[str]:
    """The sources that state a triple, terms given as CURIEs of the house."""
    spaces = {**PREFIXES, "wds": f"{PREFIXES['wd']}statement/"}

    def expand(curie: str) -> URIRef:
        prefix, _, name = curie.partition(":")
        return URIRef(spaces[prefix] + name)

    triple = (expand(subject), RDF.type if predicate == "a" else expand(predicate), expand(value))
    return sorted(str(quad[3]).removeprefix(SOURCES) for quad in kg.graph.quads((*triple, None)))


def test_statements_become_facts_of_their_references(small: Path) -> None:
    """A dated employment is a role; each of its references states it, and cites a document that may fall."""
    report = _import(small, *_ENTITIES)
    kg = open_project(small)
    assert report.taken == 3
    holding = _graphs(kg, "wd:Q1", "cord:holdsRole", "wds:Q1-2")
    assert [name.rpartition("-")[0] for name in holding] == [
        "wikidata/q1/example-org",
        "wikidata/q1/from-q328",
    ]
    role = URIRef(f"{PREFIXES['wd']}statement/Q1-2")
    cord = PREFIXES["cord"]
    dates = {str(kg.graph.value(role, URIRef(cord + name))) for name in ("startedOn", "endedOn")}
    assert dates == {"1990-05", "1999"}
    assert set(kg.graph.objects(role, RDFS.label)) == {
        Literal("Ada, University", lang="en"),
        Literal("Ada, University", lang="fr"),
    }
    assert _graphs(kg, "wds:Q1-2", "cord:roleAt", "wd:Q2") == holding
    # The same page, looked at on a day, is the same document.
    assert _graphs(kg, "wd:Q1", "cord:alumnusOf", "wd:Q2") == holding[:1]
    assert _graphs(kg, "wd:Q2", "cord:partOf", "wd:Q3")[0].startswith("wikidata/q2/from-q328-")
    assert _graphs(kg, "wd:Q2", "a", "cord:University") == ["wikidata/q2/item"]
    founded = list(kg.graph.quads((URIRef(f"{PREFIXES['wd']}Q2"), URIRef(f"{cord}createdOn"), None, None)))
    assert [(str(value), str(graph)) for *_, value, graph in founded] == [
        ("1209", f"{SOURCES}wikidata/q2/unreferenced")
    ]
    by_name = {source.name: source for source in kg.sources}
    rests = by_name[holding[0]].rests_on
    assert [str(each).removeprefix(SOURCES).rpartition("-")[0] for each in rests] == [
        "wikidata-references/example-org"
    ]
    assert kg.graph.value(rests[0], URIRef(f"{cord}url")) is not None


def test_names_are_mended_and_told(small: Path) -> None:
    """What has no label in a language is called as in another, which is marked as coined."""
    report = _import(small, *_ENTITIES)
    assert _kinds(report) == [
        ("C703", "mended", 2, [3, 4]),
        ("C703", "mended", 1, [4]),
    ]
    labels = open_project(small).graph.objects(URIRef(f"{PREFIXES['wd']}Q3"), RDFS.label)
    assert set(labels) == {Literal("Verbund", lang="en"), Literal("Verbund", lang="fr")}
    lines = (small / report.report).read_text().splitlines()
    assert len(lines) == 1 + sum(kind.count for kind in report.losses.kinds())
    assert any("\t3\tC703\tmended\tQ2 has no label in fr" in line for line in lines)


_LATE = item("Q1", statement("Q1$9", snak("P571", ("+1999-00-00T00:00:00Z", 9))), en="later") | {
    "lastrevid": 9
}
_KIND = statement("Q7$1", snak("P31", "Q3918"))
_BAD: Mapping[str, tuple[object, str, str]] = {
    "truncated": (json.dumps(_ENTITIES[2])[:90], "C700", "refused"),
    "no entity": ({"claims": {}}, "C719", "refused"),
    "the shape of 2013": (
        {"entity": "q7", "label": {"en": "x"}, "claims": [{"m": ["value", 31], "g": "q7$1", "rank": 1}]},
        "C719",
        "refused",
    ),
    "a lexeme": ({"type": "lexeme", "id": "L1", "lemmas": {}, "claims": {}}, "C702", "refused"),
    "missing": ({"id": "Q9", "missing": ""}, "C712", "refused"),
    "a redirect": ({"entities": {"Q8": item("Q7", _KIND, en="x", fr="x")}}, "C710", "mended"),
    "an older revision": ({**_ENTITIES[0], "lastrevid": 3}, "C721", "mended"),
    "an address that is none": (
        item("Q7", statement("Q7$2", snak("P854", "http://a b")), en="x"),
        "C713",
        "mended",
    ),
    "a language that is none": (item("Q7", zh_classical="x"), "C714", "refused"),
    "two statements with one id": (
        item("Q7", _KIND, statement("Q7$1", snak("P31", "Q5")), en="x", fr="x"),
        "C711",
        "refused",
    ),
    "kinds apart": (
        item("Q7", _KIND, statement("Q7$2", snak("P31", "Q783794")), en="x", fr="x"),
        "C716",
        "mended",
    ),
    "no kind of ours": (item("Q7", statement("Q7$1", snak("P31", "Q8502")), en="x"), "C715", "kept"),
    "an unknown value": (
        item("Q7", _KIND, statement("Q7$2", snak("P571", "", "somevalue")), en="x", fr="x"),
        "C706",
        "kept",
    ),
    "no value": (
        item("Q7", _KIND, statement("Q7$2", snak("P361", "", "novalue")), en="x", fr="x"),
        "C706",
        "kept",
    ),
    "a decade": (
        item("Q7", _KIND, statement("Q7$2", snak("P571", ("+1950-00-00T00:00:00Z", 8))), en="x", fr="x"),
        "C707",
        "kept",
    ),
    "before the year 1": (
        item("Q7", _KIND, statement("Q7$2", snak("P571", ("-0387-00-00T00:00:00Z", 9))), en="x", fr="x"),
        "C707",
        "kept",
    ),
    "deprecated": (
        item("Q7", _KIND, statement("Q7$2", snak("P361", "Q3"), rank="deprecated"), en="x", fr="x"),
        "C708",
        "kept",
    ),
    "ended": (
        item(
            "Q7",
            _KIND,
            statement("Q7$2", snak("P361", "Q3"), snak("P582", ("+1999-00-00T00:00:00Z", 9))),
            en="x",
            fr="x",
        ),
        "C709",
        "kept",
    ),
    "a value that was not imported": (
        item("Q7", _KIND, statement("Q7$2", snak("P361", "Q99")), en="x", fr="x"),
        "C705",
        "kept",
    ),
    "a qualifier without a term": (
        item("Q7", _KIND, statement("Q7$2", snak("P361", "Q3"), snak("P1545", "1")), en="x", fr="x"),
        "C718",
        "kept",
    ),
    "half a character": (item("Q7", en="\ud800"), "C719", "refused"),
}


@pytest.mark.parametrize("name", _BAD)
def test_bad_input_is_told_with_its_line(small: Path, name: str) -> None:
    """What cannot be said is kept, mended or refused, each with its line; the others are imported."""
    bad, code, outcome = _BAD[name]
    text = json.dumps(bad) if name == "half a character" else bad
    entities = [_LATE if name == "an older revision" else _ENTITIES[0], _ENTITIES[2], text]
    report = _import(small, *entities)
    kind = _kind(report, code, 4)
    assert (kind.outcome, kind.count) == (outcome, 1)
    assert report.taken == 2 + (name in _TAKEN or (outcome != "refused" and name != "an older revision"))
    kg = open_project(small)
    assert _graphs(kg, "wd:Q3", "a", "cord:Institution") == ["wikidata/q3/item"]
    assert kg.check() == ()


# Refused in part.
_TAKEN = ("a language that is none", "two statements with one id")


def test_days_that_are_none_clash_with_nothing(small: Path) -> None:
    """31 June is no day: not said in our terms, and written as one that is, so that the graph stays true."""
    names = ("+2016-06-31", "+1900-02-29", "-0001-00-00", "+1990-13-45")
    hours = ("00", "00", "00", "99")
    days = [f"{name}T{hour}:00:00Z" for name, hour in zip(names, hours, strict=True)]
    wrong = [statement(f"Q7${number}", snak("P571", (day, 11))) for number, day in enumerate(days, start=2)]
    report = _import(small, item("Q7", _KIND, *wrong, en="x", fr="x"))
    assert _kinds(report) == [("C707", "kept", 4, [2])]
    kg = open_project(small)
    assert kg.closure.clashes == ()
    (entity,) = export_wikidata(kg, ()).entities
    times = [each.main.value for each in entity.statements if isinstance(each.main.value, Time)]
    assert [time.time for time in times] == days


def test_old_shapes_are_mended(small: Path) -> None:
    """Empty maps as lists, a number for an id, labels as plain texts, no order of qualifiers."""
    old = {**_ENTITIES[1], "aliases": [], "sitelinks": [], "descriptions": []}
    old["claims"]["P361"][0]["mainsnak"]["datavalue"]["value"] = {"entity-type": "item", "numeric-id": 3}
    report = _import(small, old, _ENTITIES[2])
    assert report.taken == 2
    assert _graphs(open_project(small), "wd:Q2", "cord:partOf", "wd:Q3") != []


def test_rdf_that_is_broken_or_of_another_model(small: Path, tmp_path: Path) -> None:
    """Truncated Turtle, a truthy file, a redirect, a lexeme, a tag that is none: each told by its line."""
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in NAMESPACES.items())
    lines = len(head.splitlines())
    texts = {
        "truncated": 'wd:Q7 p:P31 wds:Q7-1 .\nwds:Q7-1 ps:P31 wd:Q5 ; wikibase:rank "a',
        "truthy": "data:Q7 sdo:about wd:Q7 .\nwd:Q7 wdt:P31 wd:Q5 .",
        "bare": "wd:Q7 p:P31 wds:Q7-1 .",
        "no number": "wd:Q7 p:P571 wds:Q7-1 .\nwds:Q7-1 ps:P571 1 ; psv:P571 wdv:1 .\n"
        'wdv:1 wikibase:timeValue "1990" ; wikibase:timePrecision "x" .',
        "redirect": "wd:Q8 <http://www.w3.org/2002/07/owl#sameAs> wd:Q7 .",
        "lexeme": "wd:L1 a <http://www.w3.org/ns/lemon/ontolex#LexicalEntry> .",
        "tag": 'data:Q7 sdo:about wd:Q7 .\nwd:Q7 skos:prefLabel "x"@zh-classical , "y"@en .',
    }
    told = {}
    for name, text in texts.items():
        path = tmp_path / f"{name}.ttl"
        path.write_text(head + text)
        report = import_wikidata(small, [path], Choice())
        first = next(report.losses.kinds())
        told[name] = (report.taken, first.code, first.outcome, (first.places[0].line or 0) - lines)
    assert told == {
        "truncated": (0, "C700", "refused", 2),
        "truthy": (1, "C702", "refused", 1),
        "bare": (1, "C702", "refused", 1),
        "no number": (0, "C719", "refused", 1),
        "redirect": (0, "C710", "mended", 1),
        "lexeme": (0, "C702", "refused", 1),
        "tag": (1, "C714", "refused", 1),
    }
    assert open_project(small).check() == ()


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), {"q1", "q2", "q3"}),
        (Choice(ids=frozenset({"Q2"})), {"q2"}),
        (Choice(types=frozenset({"Q5"})), {"q1"}),
        (Choice(ids=frozenset({"Q3"}), types=frozenset({"Q5"})), {"q1", "q3"}),
        (Choice(ids=frozenset({"Q1"}), steps=0), {"q1"}),
        (Choice(ids=frozenset({"Q1"}), steps=1), {"q1", "q2"}),
        (Choice(ids=frozenset({"Q1"}), steps=2), {"q1", "q2", "q3"}),
        (Choice(steps=1), set()),
    ],
    ids=str,
)
def test_selection(small: Path, choice: Choice, taken: set[str]) -> None:
    """By id, by type, and by steps; without a choice, all."""
    _import(small, *_ENTITIES, choice=choice)
    assert {path.name for path in (small / "data").glob("wikidata/*") if path.is_dir()} == taken


def test_steps_start_from_our_links(small: Path) -> None:
    """What our things are linked to is where the neighbourhood begins."""
    links = "<https://example.org/sea/id/skerry-light> <http://www.w3.org/2004/02/skos/core#exactMatch> "
    with (small / "data/almanac/1901.ttl").open("a") as stream:
        stream.write(f"{links} <{PREFIXES['wd']}Q2> .\n")
    _import(small, *_ENTITIES, choice=Choice(steps=1))
    assert {path.name for path in (small / "data/wikidata").iterdir() if path.is_dir()} == {"q2", "q3"}


def test_again_replaces(small: Path) -> None:
    """The same import gives the same bytes; a newer one leaves nothing of the older behind."""
    _import(small, *_ENTITIES)
    first = bytes_under(small / "data")
    _import(small, *_ENTITIES)
    assert bytes_under(small / "data") == first
    assert not list((small / "data").glob(".*"))
    bare = item("Q1", statement("Q1$1", snak("P31", "Q5")), en="Ada", fr="Ada")
    _import(small, bare)
    text = (small / "data/sources.ttl").read_text()
    assert "/example-org" not in text
    assert text.count("<wikidata-references/from-q328") == 2
    assert "<wikidata/q2/item>" in text
    assert text.startswith(first["sources.ttl"].decode()[:500])
    names = [path.name for path in (small / "data/wikidata/q1").iterdir()]
    assert sorted(names) == ["item.ttl", "unreferenced.ttl"]
    assert open_project(small).check() == ()


def test_a_failure_changes_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the catalogue cannot be written, the folders are as they were."""
    _import(small, _ENTITIES[0])
    before = bytes_under(small / "data")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cordiale.project.import_folder.save", full)
    with pytest.raises(OSError, match="No space"):
        _import(small, *_ENTITIES)
    assert bytes_under(small / "data") == before


def test_wrong_use(small: Path, tmp_path: Path) -> None:
    """An id that is none, and a file that is not there, are told before anything is read."""
    with pytest.raises(UsageError, match='C720 "q42" is no id'):
        _import(small, *_ENTITIES, choice=Choice(ids=frozenset({"q42"})))
    with pytest.raises(MachineError, match="C901"):
        import_wikidata(small, [tmp_path / "none.json"], Choice())


def test_what_was_asked_for_and_is_not_there(small: Path) -> None:
    """An id that no file holds is told."""
    report = _import(small, *_ENTITIES, choice=Choice(ids=frozenset({"Q1", "Q77"})))
    assert _kind(report, "C722", None).message == "… was asked for and is in none of the files"


@pytest.mark.slow
def test_every_real_file_at_once(small: Path, shared: Path) -> None:
    """All real JSON: each entity once in its latest revision, the rest refused by line; all is Turtle."""
    folder = shared / "datasets/wikidata-json"
    files = sorted(folder.rglob("*.json*"), key=lambda path: path.name)
    report = import_wikidata(small, files, Choice())
    refused: dict[str, int] = {}
    for kind in report.losses.kinds():
        if kind.outcome == "refused":
            refused[kind.code] = refused.get(kind.code, 0) + kind.count
    assert refused == {"C702": 5, "C711": 1, "C712": 1}
    again = next(kind for kind in report.losses.kinds() if kind.code == "C721")
    assert again.count == 756 - report.taken
    assert len(list(report.losses.kinds())) < 1500
    written = list((small / "data/wikidata").rglob("*.ttl"))
    assert (sum(path.name == "item.ttl" for path in written), len(written)) == (report.taken, report.files)
    for path in written:
        assert list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)), path


@pytest.mark.slow
def test_imports_pass_the_checks_of_the_real_project(
    project_root: Path, shared: Path, tmp_path: Path
) -> None:
    """Real entities from JSON and RDF, whose statements have hundreds of references, break no shape."""
    root = copied_project(project_root, tmp_path)
    data = shared / "datasets"
    files = [data / "wikidata-json/edge-cases" / name for name in ("Q646148.json", "Q328212.json")]
    report = import_wikidata(root, [*files, data / "wikidata-rdf/Q42.ttl"], Choice())
    assert report.taken == 3
    kg = open_project(root)
    assert kg.check() == ()
    assert kg.closure.clashes == ()
