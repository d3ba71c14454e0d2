"""``cordiale link``: proposals, reviews, traps, texts."""

import json
from pathlib import Path

import pytest
from rdflib import OWL, SKOS

from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.project.knowledge_graph import open_project
from tests.cli.conftest import Cordiale
from tests.copies import copied_project
from tests.link.endpoints import serving
from tests.link.registers import LINES

_NAMES = (
    ("052gg0110", "University of Oxford", "GB", "education"),
    ("013meh722", "University of Cambridge", "GB", "education"),
    ("0157aty55", "AgroParisTech", "FR", "education"),
    ("01abc0e12", "PSL University", "FR", "education"),
    ("02abc0e12", "PSL University", "US", "education"),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in the shape of ROR's with a few names of the project's own things, and made-up ones."""
    path = tmp_path_factory.mktemp("ror") / "ror.jsonl"
    first = json.loads(LINES[0])
    lines = list(LINES)
    for number, name, country, kind in _NAMES:
        lines.append(
            json.dumps(
                first
                | {
                    "id": f"https://ror.org/{number}",
                    "name": name,
                    "names": [{"value": name, "type": "label", "lang": "en", "display": True}],
                    "types": [kind],
                    "website": [],
                    "external_ids": {},
                    "locations": [{"city": None, "country_code": country, "country": None}],
                }
            )
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    """A copy of the project, that decisions are written into."""
    return copied_project(project_root, tmp_path / "copy")


def test_things_without_a_record_are_proposed_for(cordiale: Cordiale, project: Path, register: Path) -> None:
    """Candidates with their evidence; no record is said; what is linked already is not proposed.

    A name that two records bear is shown with both, as too close to call.
    """
    done = cordiale("link", "propose", "--against", f"ror:{register}", "-C", project)
    assert done.code == 0
    assert "AgroParisTech  <https://w3id.org/cordiale/id/agroparistech>" in done.out
    assert 'same name "AgroParisTech"' in done.out
    assert "  no record\n" in done.out
    assert "University of Oxford  <https://w3id.org/cordiale/id/university-of-oxford>" not in done.out
    assert "without a record in ror" in done.err
    assert done.out.count("too close to call") == 2
    # The register need not be named again.
    given = ("link", "propose", "--thing", "PSL University", "-C", project)
    (thing,) = json.loads(cordiale(*given, "--format", "json").out)
    assert [each["accepted"] for each in thing["candidates"][:2]] == [False, False]
    assert [len(each["close"]) for each in thing["candidates"][:2]] == [1, 1]


def test_a_review_writes_what_was_decided(cordiale: Cordiale, project: Path, register: Path) -> None:
    """One key a decision, undo, leave; the files are valid SSSOM; a rejected pair never comes again."""
    review = ("link", "review", "--against", f"ror:{register}", "--reviewer", "Ada Lovelace", "-C", project)
    before = cordiale(
        "link", "propose", "--against", "ror:" + str(register), "--format", "json", "-C", project
    )
    asked = sum(len(thing["candidates"]) for thing in json.loads(before.out))
    assert asked >= 3
    # The first is rejected, taken back and accepted; all others are rejected.
    done = cordiale(*review, stdin=b"nuy" + b"n" * asked)
    assert done.code == 0, done.out
    assert f"[1/{asked}] AgroParisTech" in done.err
    accepted = (project / "data/links/ror-accepted.sssom.tsv").read_text(encoding="utf-8")
    rejected = (project / "review/ror-rejected.sssom.tsv").read_text(encoding="utf-8")
    assert "thing:agroparistech\tAgroParisTech\tskos:exactMatch\t\tror:0157aty55" in accepted
    assert "Ada Lovelace" in accepted
    assert "agroparistech" not in rejected
    assert "\tNot\tror:01abc0e12" in rejected
    again = cordiale("link", "propose", "--format", "json", "-C", project)
    assert [each for thing in json.loads(again.out) for each in thing["candidates"]] == []
    assert check_mapping_sets({"accepted": accepted, "rejected": rejected}) == ()
    assert not [each for each in open_project(project)._files.problems if "ror-accepted" in str(each)]
    # Nothing more to decide leaves every byte as it is.
    assert cordiale(*review).code == 0
    assert (project / "data/links/ror-accepted.sssom.tsv").read_text(encoding="utf-8") == accepted


def test_a_withdrawn_link_stays_withdrawn(cordiale: Cordiale, project: Path, register: Path) -> None:
    """A row denied by hand, its other columns and the header outlive reviews; nobody is asked again."""
    review = ("link", "review", "--against", f"ror:{register}", "--reviewer", "Ada", "-C", project)
    assert cordiale(*review, stdin=b"yq").code == 0
    file, catalogue = project / "data/links/ror-accepted.sssom.tsv", project / "data/sources.ttl"
    text = file.read_text(encoding="utf-8").replace("licenses/by/4.0/", "publicdomain/zero/1.0/")
    head, _, row = text.rstrip("\n").rpartition("\n")
    row = row.replace("\tskos:exactMatch\t\t", "\tskos:exactMatch\tNot\t").replace(
        "semapv:ManualMappingCuration", "semapv:MappingReview"
    )
    text = f"{head}\treviewer_label\n{row}\tBea"
    file.write_text(text, encoding="utf-8")
    (project / "review").mkdir(exist_ok=True)
    before = catalogue.read_bytes()
    assert cordiale(*review, stdin=b"").code == 0
    assert (file.read_text(encoding="utf-8"), catalogue.read_bytes()) == (text, before)
    again = cordiale("link", "propose", "--thing", "AgroParisTech", "--format", "json", "-C", project)
    assert [thing["candidates"] for thing in json.loads(again.out)] == [[]]
    # Another decision adds its row, and no more; what is refused adds none.
    assert cordiale(*review, stdin=b"y" * 20).code == 1
    grown = file.read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in grown if line not in text.splitlines())
    assert row.startswith("thing:psl\t")
    assert [line for line in grown if line != row] == text.splitlines()


@pytest.mark.slow
def test_what_is_left_is_kept_as_far_as_it_went(cordiale: Cordiale, project: Path, register: Path) -> None:
    """q, or the end of the input, keeps what was decided so far and nothing else."""
    review = ("link", "review", "--against", f"ror:{register}", "--reviewer", "Ada", "-C", project)
    assert cordiale(*review, stdin=b"?q").code == 0
    unsure = (project / "review/ror-unsure.sssom.tsv").read_text(encoding="utf-8")
    assert unsure.count("semapv:ManualMappingCuration") == 1
    assert not (project / "data/links/ror-accepted.sssom.tsv").exists()


def test_a_second_record_is_refused(cordiale: Cordiale, project: Path, register: Path) -> None:
    """Of two records of a name one is kept; a college is not its university, which is linked already."""
    review = ("link", "review", "--against", f"ror:{register}", "--reviewer", "Ada", "-C", project)
    done = cordiale(*review, stdin=b"y" * 20)
    assert done.code == 1
    assert (
        "C750 https://ror.org/052gg0110 is https://w3id.org/cordiale/id/university-of-oxford already"
        in done.out
    )
    accepted = (project / "data/links/ror-accepted.sssom.tsv").read_text(encoding="utf-8")
    assert accepted.count("thing:psl") == 1


@pytest.mark.slow
def test_same_as_is_read_where_the_project_asks_for_it(
    cordiale: Cordiale, project: Path, register: Path
) -> None:
    """The file says skos:exactMatch in any case, and is a source; owl:sameAs comes by the settings alone."""
    review = ("link", "review", "--against", f"ror:{register}", "--reviewer", "Ada", "-C", project)
    assert cordiale(*review, stdin=b"yq").code == 0
    accepted = (project / "data/links/ror-accepted.sssom.tsv").read_text(encoding="utf-8")
    assert "thing:agroparistech\tAgroParisTech\tskos:exactMatch\t" in accepted
    name = "links/ror-accepted"
    (triple,) = open_project(project).stated[name]
    assert triple[1] == SKOS.exactMatch
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("[tool.cordiale]\n", f'[tool.cordiale]\nsame_as = ["{name}"]\n'), encoding="utf-8"
    )
    assert open_project(project).stated[name] == ((triple[0], OWL.sameAs, triple[2]),)


def test_an_endpoint_that_is_named_is_asked(cordiale: Cordiale, project: Path) -> None:
    """For the things alone; other verbs say that it is no list; one that is gone is told."""
    said = """\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix wd: <http://www.wikidata.org/entity/> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        wd:Q1665121 rdfs:label "AgroParisTech"@en ; wdt:P31 wd:Q3918 .
    """
    one = ("--thing", "AgroParisTech", "--format", "json", "-C", project)
    with serving(said) as endpoint:
        done = cordiale("link", "propose", "--against", endpoint.address, *one)
        (query,) = endpoint.queries
        texts = cordiale("link", "traps", "--against", f"wikidata:{endpoint.address}", "-C", project)
    (thing,) = json.loads(done.out)
    assert [each["id"] for each in thing["candidates"]] == ["http://www.wikidata.org/entity/Q1665121"]
    assert "University of Oxford" not in query
    assert (texts.code, texts.err.split()[0]) == (2, "C740")
    gone = cordiale("link", "propose", "--against", endpoint.address, *one)
    assert (gone.code, gone.err.split()[0]) == (3, "C757")


def test_traps_are_listed(cordiale: Cordiale, project: Path, register: Path) -> None:
    """What several records share, and records with several items."""
    done = cordiale("link", "traps", "--against", f"ror:{register}", "-C", project)
    assert "shared-item\tQ104\thttps://ror.org/000000312 https://ror.org/000000412\n" in done.out
    assert "several-items: 1" in done.err


def test_a_review_has_a_reviewer(cordiale: Cordiale, project: Path) -> None:
    """Nobody's decision is no decision."""
    done = cordiale("link", "review", "-C", project)
    assert (done.code, done.err[:4]) == (2, "C745")
