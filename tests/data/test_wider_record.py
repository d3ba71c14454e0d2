"""Every row of the dossier's part B is accounted for: facts by source, documents, conflicts."""

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Namespace, URIRef

from cordiale.project.knowledge_graph import KnowledgeGraph

CORD = Namespace("https://w3id.org/cordiale/ns#")
THING = Namespace("https://w3id.org/cordiale/id/")

# A row that no claim makes, and why.
LEFT_OUT = {
    "F-044": "unconfirmed: the readable excerpt of the declaration stops before any passage on technology",
    "F-078": "unconfirmed: no document outside the seed article was found",
    "F-155": "the curator's own sum of two other rows; the question on fellows counts it",
    "F-156": "unconfirmed: no document outside the seed article was found",
}
# Claims that a row's remarks give to a document which the register does not list for that row.
FROM_REMARKS = {
    "F-074/S96": "the sum of the bid for Isambard-AI",
    "F-099/S36": "nearly 800 researchers",
    "F-102/S69": "the target of about ten clusters",
    "F-102/S71": "the target of about ten clusters",
    "F-165/S54": "Jirotka alone, as K-23 has it",
}


@pytest.fixture(scope="module")
def part_b(shared: Path) -> str:
    """Part B of the dossier."""
    text = (shared / "facts" / "dossier.md").read_text(encoding="utf-8")
    return text[text.index("# Part B") : text.index("# Part C")]


@pytest.fixture(scope="module")
def register(part_b: str) -> dict[str, list[str]]:
    """The cells of each document in the register B14, by its id."""
    rows = (re.split(r"(?<!\\) \| ", line.strip("| ")) for line in part_b.splitlines())
    return {row[0]: row for row in rows if re.fullmatch(r"S\d+", row[0])}


@pytest.fixture(scope="module")
def identifiers(kg: KnowledgeGraph) -> dict[str, URIRef]:
    """Each claim by its identifier."""
    return {
        str(kg.graph.value(claim, DCTERMS.identifier)): URIRef(str(claim))
        for claim in kg.graph.subjects(RDF.type, CORD.Claim)
    }


def test_each_fact_is_claimed_by_each_of_its_documents(
    register: dict[str, list[str]], identifiers: dict[str, URIRef]
) -> None:
    """For each document and each fact that the register gives it there is one claim, and no other."""
    expected = {f"{fact}/{source}" for source, row in register.items() for fact in row[7].split(", ")}
    expected = {pair for pair in expected if pair[:5] not in LEFT_OUT} | FROM_REMARKS.keys()
    assert {identifier for identifier in identifiers if identifier.startswith("F-")} == expected


def test_each_of_the_177_rows_is_in_or_left_out_with_a_reason(
    part_b: str, identifiers: dict[str, URIRef]
) -> None:
    """The rows F-001 to F-177: some document claims each, but for those that are left out."""
    rows = set(re.findall(r"^\| (F-\d{3}) \|", part_b, flags=re.MULTILINE))
    assert rows == {f"F-{number:03}" for number in range(1, 178)}
    claimed = {identifier.partition("/")[0] for identifier in identifiers}
    assert rows - claimed == LEFT_OUT.keys()


def test_what_is_unconfirmed_is_stated_by_no_file_but_the_seed(kg: KnowledgeGraph) -> None:
    """F-044, F-078 and F-156: only the article itself speaks of the launch and of six centres."""
    joint_centre = (THING["inria-ucl-joint-centre"], CORD.launchedDuring, None, None)
    assert {str(graph) for *_, graph in kg.graph.quads(joint_centre)} == {
        f"{kg.settings.sources}seed-article/p4"
    }
    centres = (THING["oxford-cdts"], CORD.memberCount, None, None)
    assert {str(graph) for *_, graph in kg.graph.quads(centres)} == {f"{kg.settings.sources}seed-article/p2"}
    declaration = kg.graph.graph(kg.names.expand("S15"))
    assert (None, None, THING["entente-cordiale-ai-initiative"]) not in declaration


def test_each_of_the_122_documents_is_catalogued(kg: KnowledgeGraph, register: dict[str, list[str]]) -> None:
    """Address, language and access as in the register; a date only where the register has one."""
    assert len(register) == 122
    for identifier, row in register.items():
        source = kg.names.expand(identifier)
        assert str(kg.graph.value(source, CORD.url)) == row[1], identifier
        assert str(kg.graph.value(source, DCTERMS.language)) == row[4], identifier
        assert kg.graph.value(source, CORD.access) == THING["access-read"], identifier
        assert kg.graph.value(source, CORD.tier), identifier
        issued = str(kg.graph.value(source, DCTERMS.issued) or "")
        if not issued:
            assert not re.match(r"\d{4}", row[3]), identifier
        elif not row[3].startswith("late Nov 2025"):
            assert issued in row[3], identifier


def test_copies_rest_on_an_entry_that_nobody_saw(kg: KnowledgeGraph) -> None:
    """What a copy rests on is read itself, or has access unseen and no file."""
    unseen = set(kg.graph.subjects(CORD.access, THING["access-unseen"]))
    assert len(unseen) >= 10
    for document in unseen:
        assert list(kg.graph.subjects(CORD.restsOn, document)), document
        assert len(kg.graph.graph(str(document))) == 0, document
    copies = set(kg.graph.subjects(CORD.tier, THING["tier-copy"]))
    assert copies
    for document in copies:
        assert list(kg.graph.objects(document, CORD.restsOn)), document


def test_each_of_the_29_conflicts_has_its_sides(part_b: str, identifiers: dict[str, URIRef]) -> None:
    """Each row that a conflict K-01 to K-29 names is claimed, but for those that are left out."""
    table = part_b[part_b.index("## B12") : part_b.index("## B13")]
    conflicts = {
        row[0]: row[-1] for row in re.findall(r"^\| (K-\d\d) \|(.*\|)* ([^|]+) \|$", table, re.MULTILINE)
    }
    assert len(conflicts) == 29
    claimed = {identifier.partition("/")[0] for identifier in identifiers}
    for conflict, cell in conflicts.items():
        named = set(re.findall(r"[A-Z]-?\d+(?:\.\d+)?", cell))
        # K-26 sets the article's "several" against four names, of which F-155 is only the sum.
        rows = (named - LEFT_OUT.keys()) or {"P2.13", "F-152", "F-154"}
        assert rows <= claimed, conflict


def test_a_label_is_wanted_in_both_languages_for_every_document(kg: KnowledgeGraph) -> None:
    """Each entry of the catalogue is labelled in English and in French."""
    for source in kg.graph.subjects(CORD.access, None, unique=True):
        languages = {getattr(label, "language", None) for label in kg.graph.objects(source, RDFS.label)}
        assert languages == {"en", "fr"}, source
