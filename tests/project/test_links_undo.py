"""Identities drawn from mapping sets: what they rest on, and that withdrawing a row un-merges all of it."""

import json
import random
from pathlib import Path

import pytest
from rdflib import OWL, SKOS, URIRef

from cordiale.model.terms import Triple
from cordiale.model.views import Policy
from cordiale.project.build import build
from cordiale.project.differences import differences
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from tests.linked_project import LINKS, ROWS, link
from tests.small_project import SOURCES, THINGS, bytes_under, small

__all__ = ["small"]

LIGHT, ISLE, Q_LIGHT, Q_ISLE = "skerry-light", "inner-isles", "Q9001", "Q9002"
ROW, OTHER = f"links/wikidata/{LIGHT}-{Q_LIGHT}", f"links/wikidata/{ISLE}-{Q_ISLE}"
_WD = "http://www.wikidata.org/entity/"


def _holds(kg: KnowledgeGraph) -> set[Triple]:
    return {(s, p, o) for s, p, o, _ in kg.dataset("both").quads()}  # type: ignore[misc]


def test_an_identity_has_supports_like_any_triple(small: Path) -> None:
    """What follows from a merge rests on the row beside what is said; the negative row merges nothing."""
    kg = open_project(link(small))
    light, item = URIRef(THINGS + LIGHT), URIRef(_WD + Q_LIGHT)
    assert kg.supports(light, OWL.sameAs, item) == ((ROW,),)
    lamps = kg.names.expand("sea:lamps")
    (three,) = (triple[2] for triple in kg.stated["wikidata/lights"] if triple[:2] == (item, lamps))
    assert kg.supports(light, lamps, three) == ((ROW, "wikidata/lights"),)
    north = URIRef(THINGS + "northern-isles")
    assert kg.supports(light, kg.names.expand("sea:within"), north) == (
        (ROW, "wikidata/lights"),
        ("harbour-board/report", OTHER, "wikidata/lights"),
    )
    assert kg.supports(URIRef(THINGS + "harbour-light"), OWL.sameAs, URIRef(_WD + Q_ISLE)) == ()


def test_a_proof_tells_the_row_its_reason_and_its_author(small: Path) -> None:
    """In each format: place, justification, author, reviewer, date; and the row is what is quoted."""
    kg = open_project(link(small))
    why = kg.why(LIGHT, "sea:lamps", "3")
    told = (
        f"{LINKS}:12:34 (manual mapping curation, by Ada Lovelace,"
        " reviewed by orcid:0000-0002-1825-0097, 2026-11-23)"
    )
    assert f"owl:sameAs wd:{Q_LIGHT}  [{told}]" in str(why)
    assert str(why).endswith(f"rests on\n  {ROW} + wikidata/lights\n")
    assert URIRef(SOURCES + ROW) in why.sources
    (place,) = (
        place
        for each in json.loads(why.write("json"))["asserted"]
        for place in each["places"]
        if place["path"] == LINKS
    )
    assert place["mapping"] == {
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_label": "Ada Lovelace",
        "reviewer_id": "orcid:0000-0002-1825-0097",
        "mapping_date": "2026-11-23",
        "publication_date": "2026-11-30",
    }
    prov = why.write("prov")
    assert told in prov
    assert f"prov:wasQuotedFrom <{SOURCES}{ROW}>" in prov
    assert "by Ada Lovelace" in why.write("mermaid")


def test_a_set_as_a_whole_tells_its_rows_reasons_too(small: Path) -> None:
    """Where rows are no sources, the file is; and by default nothing is merged."""
    kg = open_project(link(small, keys=""))
    why = kg.why(LIGHT, SKOS.exactMatch, URIRef(_WD + Q_LIGHT))
    assert "(manual mapping curation, by Ada Lovelace" in str(why)
    assert kg.supports(URIRef(THINGS + LIGHT), SKOS.exactMatch, URIRef(_WD + Q_LIGHT)) == (
        ("links/wikidata",),
    )
    assert not any(predicate == OWL.sameAs for _, predicate, _ in _holds(kg))


def test_withdrawing_a_row_unmerges_all_that_followed(small: Path) -> None:
    """It and nothing else: what the other row leads to stands, and is told to survive."""
    kg = open_project(link(small))
    found = kg.without(ROW).withdrawal
    fallen = {each.triple for each in found.falls}
    assert found.withdrawn == (ROW,)
    assert fallen == {
        triple for triple in _holds(kg) if all(ROW in each for each in kg.supports(*triple))
    } - {triple for triple in _holds(kg) if () in kg.supports(*triple)}
    assert any(each.left == (("harbour-board/report", OTHER, "wikidata/lights"),) for each in found.survives)
    left = kg.view(Policy(without=(ROW,)))
    assert _holds(left) == _holds(kg) - fallen
    assert _holds(open_project(link(small, *ROWS[1:]))) == _holds(left)


@pytest.mark.parametrize("seed", range(4))
def test_withdrawn_rows_leave_the_closure_without_them(small: Path, seed: int) -> None:
    """Random sets of random rows: what a view holds is what a project without these rows does."""
    chance = random.Random(seed)
    things = [f"id:{name}" for name in (LIGHT, "harbour-light", ISLE, "western-isles", "northern-isles")]
    items = [f"wd:Q900{number}" for number in range(1, 6)]
    pairs = [(one, other) for one in things for other in items]
    chosen = [
        (one, chance.choice(("skos:exactMatch", "skos:closeMatch")), "", other, *ROWS[0][4:])
        for one, other in chance.sample(pairs, 6)
    ]
    kg = open_project(link(small, *chosen))
    names = {f"links/wikidata/{row[0][3:]}-{row[3][3:]}": row for row in chosen}
    assert names.keys() <= {source.name for source in kg.sources}
    for number in (1, 2, 4):
        out = chance.sample(sorted(names), number)
        left = [row for name, row in names.items() if name not in out]
        view = kg.view(Policy(without=tuple(out)), contested=True)
        assert _holds(view) == set(kg.closed_without(frozenset(out)))
        assert _holds(view) == _holds(open_project(link(small, *left)))


def test_differences_tell_the_row(small: Path) -> None:
    """A row less: its line is responsible for what was inferred."""
    before = open_project(link(small))
    after = open_project(link(small, *ROWS[1:]))
    found = differences(before, after)
    assert [str(place) for change in found.stated_lost for place in change.places] == [f"{LINKS}:12:34"]
    lamps = next(each for each in found.inferred_lost if str(each.triple[2]) == "3")
    assert f"{LINKS}:12:34" in map(str, lamps.places)


def test_conflicts_name_the_row_that_brings_sources_together(small: Path) -> None:
    """Two years of one light, told of two things, are at odds by the row that makes them one."""
    root = link(small)
    said = root / "data/wikidata/lights.ttl"
    said.write_text(said.read_text() + 'wd:Q9001 sea:lastLit "1999" .\n')
    report = root / "data/harbour-board/report.ttl"
    report.write_text(report.read_text() + '\n:skerry-light sea:lastLit "2001" .\n')
    (root / "ontology/conflicts.rules").write_text(
        "@prefix sea: <https://example.org/sea/ns#>\n"
        'last-lit: ?x sea:lastLit ?a, ?x sea:lastLit ?b, ?a < ?b -> false "?x was lit last in two years"\n'
    )
    kg = open_project(root)
    sets = {sources for each in kg.conflicts() for sources in each.sets}
    assert sets == {("harbour-board/report", ROW, "wikidata/lights")}
    assert kg.view(Policy(without=(ROW,))).conflicts() == ()


@pytest.mark.parametrize(
    ("row", "code", "line"),
    [
        (("id:harbour-light", "skos:exactMatch", "", f"wd:{Q_LIGHT}"), "C750", 14),
        ((f"id:{LIGHT}", "skos:exactMatch", "", "wd:Q9003"), "C751", 14),
        ((f"id:{LIGHT}", "skos:exactMatch", "Not", f"wd:{Q_LIGHT}"), "C758", 14),
    ],
)
def test_a_merge_that_cannot_be_is_refused(small: Path, row: tuple[str, ...], code: str, line: int) -> None:
    """The build tells the lines, and leaves the last one as it is; without identities there is no merge."""
    root = link(small, keys="")
    assert build(root, list[str]().append).ok
    before = bytes_under(root / "build")
    link(small, *ROWS[:2], (*row, *ROWS[0][4:]))
    (root / "queries/lights/standing-in.expected.csv").unlink()
    report = build(root, list[str]().append)
    refused = [problem for problem in report.problems if problem.code.startswith(("C75", "C601"))]
    assert [problem.code for problem in refused] == [code]
    assert {str(at).split(":")[1] for at in (refused[0].place, *refused[0].related)} == {"12", str(line)}
    assert bytes_under(root / "build") == before


@pytest.mark.parametrize("keys", ['same_as = ["links"]\n', 'same_as = ["links"]\nby_row = ["links"]\n'])
def test_a_denial_is_withdrawn_with_its_set(small: Path, keys: str) -> None:
    """What it stood against stands again, whether the set's rows are sources, state something, or not."""
    root = link(small, *ROWS[:2], keys=keys)
    text = (root / LINKS).read_text(encoding="utf-8")
    deny = "\t".join((f"id:{LIGHT}", "skos:exactMatch", "Not", f"wd:{Q_LIGHT}", *ROWS[0][4:]))
    other = "\t".join((f"id:{ISLE}", "skos:closeMatch", "", "wd:Q9003", *ROWS[0][4:]))
    head = text[: text.index("id:skerry-light")]
    catalogue = root / "data/sources.ttl"
    entry = '\n<links/no>\n    rdfs:label "Denials"@en , "Refus"@fr ;\n    cord:access :access-read ;\n.\n'
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + entry, encoding="utf-8")
    for rows in ((deny,), (deny, other)):
        (root / "data/links/no.sssom.tsv").write_text(
            "\n".join((head + rows[0], *rows[1:], "")), encoding="utf-8"
        )
        kg = open_project(root)
        assert [each.code for each in kg.refused_merges.problems] == ["C758"]
        left = kg.view(Policy(without=("links/no",)))
        assert left.refused_merges.problems == ()
        assert "C758" not in {each.code for each in left.check()}
        other_out = kg.view(Policy(without=("almanac/1901",)))
        assert [each.code for each in other_out.refused_merges.problems] == ["C758"]


def test_the_builds_files_name_the_row(small: Path) -> None:
    """Its graph stands in the datasets; a build with rows as sources is read back as it was."""
    root = link(small, keys='by_row = ["links"]\n')
    assert build(root, list[str]().append).problems == ()
    assert f"<{SOURCES}{ROW}> .\n" in (root / "build/graph.nq").read_text(encoding="utf-8")
    warm = open_project(root)
    assert warm.supports(URIRef(THINGS + LIGHT), SKOS.exactMatch, URIRef(_WD + Q_LIGHT)) == ((ROW,),)
    names = {str(row[0]) for row in warm.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows}
    assert SOURCES + ROW in names
    link(root, keys="")
    assert open_project(root).supports(URIRef(THINGS + LIGHT), SKOS.exactMatch, URIRef(_WD + Q_LIGHT)) == (
        ("links/wikidata",),
    )
