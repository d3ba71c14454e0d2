"""The graph for Wikidata: qualifiers, all references, and only what Wikidata lacks."""

import json
from pathlib import Path

import pyoxigraph
import pytest

from cordiale.link.wikidata_json import read_entity
from cordiale.project.export_wikidata import WikidataExport, export_wikidata
from cordiale.project.import_wikidata import Choice, import_wikidata
from cordiale.project.knowledge_graph import open_project
from tests.link.entity_json import item, reference, snak, statement
from tests.small_project import small

__all__ = ["small"]

_HEAD = """\
@base <https://example.org/sea/source/> .
@prefix : <https://example.org/sea/id/> .
@prefix cord: <https://w3id.org/cordiale/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_LINKS = """\
:ada skos:exactMatch wd:Q1 .
:trinity skos:exactMatch wd:Q2 .
:twice skos:exactMatch wd:Q3 , wd:Q4 .
"""
_ONE = """\
:ada cord:holdsDirectorship :role ; cord:affiliatedWith :unlinked .
:role cord:roleAt :trinity ; cord:startedOn "1990-05"^^xsd:gYearMonth ; cord:endedOn "1999"^^xsd:gYear .
:trinity cord:createdOn "1592-03-03"^^xsd:date .
"""
_TWO = """\
:ada cord:holdsDirectorship :role .
:role cord:roleAt :trinity .
:trinity cord:officialName "The College"@en .
"""
_THREE = ':trinity cord:createdOn "1592-03-03"^^xsd:date .\n'
_DIRECTOR = "Q2\tP1037\tQ1\tP580\t+1990-05-00T00:00:00Z/10\tP582\t+1999-00-00T00:00:00Z/9"
_FIRST, _SECOND = "https://example.org/one", "https://example.org/two"


@pytest.fixture
def linked(small: Path) -> Path:
    """A project in which two documents with addresses and one without speak of linked things."""
    files = {"links": _LINKS, "one": _ONE, "two": _TWO, "three": _THREE}
    for name, text in files.items():
        folder = small / "data/papers"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.ttl").write_text(_HEAD + text)
    with (small / "data/sources.ttl").open("a") as stream:
        for name, more in {
            "one": f'cord:url "{_FIRST}"^^xsd:anyURI ; dcterms:issued "2020-01-02"^^xsd:date',
            "two": f'cord:url "{_SECOND}"^^xsd:anyURI',
            "three": 'dcterms:language "en"',
            "links": 'dcterms:language "en"',
        }.items():
            stream.write(f"\n<papers/{name}>\n    {more} ;\n.\n")
    return small


def _export(root: Path, *missing_in: Path) -> WikidataExport:
    return export_wikidata(open_project(root), missing_in)


def _commands(made: WikidataExport) -> list[str]:
    return made.write("quickstatements")[0].splitlines()


def test_quickstatements_have_qualifiers_and_all_references(linked: Path) -> None:
    """A role of two sources is one statement with its dates and both references."""
    made = _export(linked)
    issued = "S577\t+2020-01-02T00:00:00Z/11"
    assert _commands(made) == [
        f'{_DIRECTOR}\tS854\t"{_FIRST}"\t{issued}\t!S854\t"{_SECOND}"',
        f'Q2\tP1448\ten:"The College"\tS854\t"{_SECOND}"',
        f'Q2\tP571\t+1592-03-03T00:00:00Z/11\tS854\t"{_FIRST}"\t{issued}',
    ]
    assert sorted((problem.code, problem.message.split(" ")[0]) for problem in made.problems) == [
        ("C736", "1"),
        ("C737", "1"),
        ("C738", ":twice"),
    ]
    assert [row[0] for row in made.rows()] == ["Q2", "Q2", "Q2"]


def test_rdf_is_in_the_shape_of_wikidata(linked: Path) -> None:
    """wdt:, p:, ps:, pq: and pr: of the same statements, found by a query in Wikidata's manner."""
    text, problems = _export(linked).write("wikidata")
    assert problems == ()
    store = pyoxigraph.Store()
    store.load(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    rows = store.query(
        """
        PREFIX p: <http://www.wikidata.org/prop/> PREFIX ps: <http://www.wikidata.org/prop/statement/>
        PREFIX pq: <http://www.wikidata.org/prop/qualifier/> PREFIX pr: <http://www.wikidata.org/prop/reference/>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
        SELECT ?head ?start ?url WHERE {
          ?item wdt:P1037 ?head ; p:P1037 ?statement .
          ?statement ps:P1037 ?head ; pq:P580 ?start ; prov:wasDerivedFrom/pr:P854 ?url .
        } ORDER BY ?url
        """
    )
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [[str(term) for term in row] for row in rows] == [
        [
            "<http://www.wikidata.org/entity/Q1>",
            '"1990-05-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
            f"<{address}>",
        ]
        for address in (_FIRST, _SECOND)
    ]
    assert "imp:" not in text


def _there(root: Path, *statements: dict[str, object]) -> Path:
    path = root.parent / "there.json"
    path.write_text(json.dumps(item("Q2", *statements, en="Trinity")))
    return path


def test_only_what_wikidata_lacks(linked: Path) -> None:
    """Of what is there, only qualifiers and references that are missing; a date counts by its precision."""
    cited = reference(snak("P854", f"{_FIRST}/"))
    there = _there(
        linked,
        statement("Q2$1", snak("P571", ("+1592-03-03T12:00:00Z", 11)), references=(cited,)),
        statement("Q2$2", snak("P1037", "Q1"), snak("P580", ("+1990-05-00T00:00:00Z", 10))),
    )
    assert _commands(_export(linked, there)) == [
        "Q2\tP1037\tQ1\tP582\t+1999-00-00T00:00:00Z/9"
        f'\tS854\t"{_FIRST}"\tS577\t+2020-01-02T00:00:00Z/11\t!S854\t"{_SECOND}"',
        f'Q2\tP1448\ten:"The College"\tS854\t"{_SECOND}"',
    ]


def test_an_item_that_the_dump_lacks_is_told(linked: Path) -> None:
    """Nothing is said to be lacking of an item that was not looked at."""
    there = linked.parent / "other.json"
    there.write_text(json.dumps(item("Q9", en="x")))
    made = _export(linked, there)
    assert _commands(made) == []
    assert [problem.message for problem in made.problems if problem.code == "C739"] == [
        "Q2 is not in the dump, so nothing is told of it"
    ]


def test_what_was_imported_is_told_again(small: Path, shared: Path) -> None:
    """A real entity, imported and exported: every statement, qualifier and reference is in each format."""
    path = shared / "datasets/wikidata-json/edge-cases/Q646148.json"
    import_wikidata(small, [path], Choice())
    made = _export(small)
    entity = read_entity(json.loads(path.read_text(encoding="utf-8")))
    assert [each.statements for each in made.entities] == [entity.statements]
    told = json.loads(made.write("wikidata-json")[0])["entities"]["Q646148"]
    assert told == json.loads(path.read_text(encoding="utf-8"))
    stated = [each for each in entity.statements if each.rank != "deprecated"]
    assert len(stated) == 59
    lines = _commands(made)
    assert len(lines) == len(stated)
    further = sum(max(len(each.references) - 1, 0) for each in stated)
    assert further == 3
    assert sum(line.count("\t!S") for line in lines) == further
    assert _commands(_export(small, path)) == []
