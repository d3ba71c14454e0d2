"""The whole registry: its traps, the project's own organisations, names that no model was fitted to."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from cordiale.link.candidates import Linker
from cordiale.link.identity import Link, objections, traps
from cordiale.link.records import Name, Record
from cordiale.link.register import Register
from cordiale.project.knowledge_graph import open_project
from cordiale.project.linking import Proposed, propose
from cordiale.project.registers import register_named
from tests.cli.conftest import Cordiale, cordiale

__all__ = ["cordiale"]

pytestmark = pytest.mark.slow
_FILE = "datasets/ror/ror_reconstructed_v2.9.jsonl.gz"
_ENSTA, _ENSTA_PARIS = "https://ror.org/0309cs235", "https://ror.org/0106ccb15"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the register is kept."""
    return tmp_path_factory.mktemp("registers")


@pytest.fixture(scope="module")
def ror(shared: Path, kept: Path) -> Register:
    """All of ROR."""
    return register_named(f"ror:{shared / _FILE}", kept)


@pytest.fixture(scope="module")
def proposed(project_root: Path, ror: Register) -> dict[str, Proposed]:
    """What is proposed for the project's organisations as if nothing was linked, by IRI."""
    return {each.thing.id: each for each in propose(open_project(project_root), ror, again=True)}


def test_all_traps_are_caught(ror: Register) -> None:
    """383 organisations with several items, 52 items of several organisations, and every shared name."""
    found = traps(ror.record(row) for row in range(len(ror)))
    kinds = defaultdict(list)
    for trap in found:
        kinds[trap.kind].append(trap)
    assert (len(kinds["several-items"]), len(kinds["shared-item"])) == (383, 52)
    # Counted here to the letter; our reader takes spaces off a name's ends, which lets some more agree.
    assert len(kinds["shared-name"]) >= 8593
    assert len({trap.key for trap in kinds["shared-name"]}) == len(kinds["shared-name"])


def test_the_seed_is_found_and_what_is_not_there_has_no_record(
    shared: Path, proposed: dict[str, Proposed]
) -> None:
    """The 24 organisations that ROR has are found first, by their names alone; the five others have none."""
    with (shared / "facts/identifiers.tsv").open(encoding="utf-8") as lines:
        wanted = {
            row["entity"]: row["id"]
            for row in csv.DictReader(lines, delimiter="\t")
            if row["scheme"] == "ROR"
        }
    short = {
        "UKRI": "UK Research and Innovation",
        "EPSRC": "Engineering and Physical Sciences Research Council",
        "UC Berkeley": "University of California, Berkeley",
    }
    by_name = {name.text.casefold(): each for each in proposed.values() for name in each.thing.names}
    answers = {}
    for entity in wanted:
        candidates = by_name[short.get(entity, entity).casefold()].candidates
        answers[entity] = candidates[0].id if candidates else ""
    assert answers == wanted
    assert (len(wanted), sum(not iri for iri in wanted.values())) == (29, 5)


def test_two_active_records_for_ensta(proposed: dict[str, Proposed], ror: Register) -> None:
    """Both are shown; once one is accepted the other is refused."""
    ensta = next(each for iri, each in proposed.items() if iri.endswith("/ensta"))
    assert {_ENSTA, _ENSTA_PARIS} <= {each.id for each in ensta.candidates}
    second = Link(thing=ensta.thing.id, record=_ENSTA_PARIS)
    record = ror.record(ror.row[_ENSTA_PARIS])
    first = Link(thing=ensta.thing.id, record=_ENSTA)
    assert [each.code for each in objections(second, [first], kinds=ensta.thing.types, record=record)] == [
        "C751"
    ]
    by_site = Linker(ror).same(replace(ensta.thing, websites=("https://www.ensta-paris.fr/",)))
    assert {each.id for each in by_site if "same domain ensta-paris.fr" in each.evidence} == {
        _ENSTA,
        _ENSTA_PARIS,
    }


def test_two_items_for_paris_saclay(ror: Register) -> None:
    """A second item of Wikidata beside the one that ROR knows is refused, whichever was first."""
    saclay = "https://ror.org/03xjwb503"
    record = ror.record(ror.row[saclay])
    item = record.values("wikidata")[0]
    thing = "https://w3id.org/cordiale/id/universite-paris-saclay"
    other = "http://www.wikidata.org/entity/Q2974455"
    own = Link(thing=thing, record=f"http://www.wikidata.org/entity/{item}")
    second = Link(thing=thing, record=other)
    assert [each.code for each in objections(second, [own], kinds=(), record=None)] == ["C751"]
    codes = {
        each.code for each in objections(Link(thing=thing, record=saclay), [second], kinds=(), record=record)
    }
    assert "C754" in codes


def test_unseen_universities_are_found(shared: Path, ror: Register) -> None:
    """Names and countries that no model was fitted to: nine in ten of the links that count are right."""
    linker = Linker(ror)
    with (shared / "datasets/linking-gold/university_domains_to_ror.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))[2::16]
    answers = []
    for row in rows:
        thing = Record(
            id="urn:x", names=(Name(text=row["university"], kind="label"),), countries=(row["country_code"],)
        )
        found = linker.same(thing)
        if found and found[0].accepted:
            answers.append(found[0].id == row["ror"])
    assert len(rows) >= 400
    assert len(answers) >= 0.75 * len(rows)
    assert sum(answers) >= 0.9 * len(answers)


def test_affiliations_are_linked_from_the_command_line(
    cordiale: Cordiale, project_root: Path, ror: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line a link, with the number of the text, the record and the evidence."""
    monkeypatch.setattr("cordiale.cli.link.register_named", lambda *_: ror)
    texts = (
        "Département de physique, École polytechnique, 91128 Palaiseau, France\n"
        "nothing that is known\n"
        "Dept. of Computer Science, Univ. of Oxford and The Alan Turing Institute, London\n"
    )
    done = cordiale("link", "texts", "-", "-C", project_root, stdin=texts.encode())
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert {(row[0], row[1]) for row in rows} == {
        ("1", "https://ror.org/05hy3tk52"),
        ("3", "https://ror.org/052gg0110"),
        ("3", "https://ror.org/035dkdb55"),
    }
    assert all("its name" in row[4] for row in rows)
