"""Every row of the dossier's parts A and C stands in the graph, and nothing else claims to."""

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Namespace, URIRef

from cordiale.project.knowledge_graph import KnowledgeGraph

CORD = Namespace("https://w3id.org/cordiale/ns#")
THING = Namespace("https://w3id.org/cordiale/id/")

KINDS = {
    "fact": "claim-kind-fact",
    "aim": "claim-kind-aim",
    "speech": "claim-kind-speech",
    "evaluative": "claim-kind-judgement",
}


@pytest.fixture(scope="module")
def dossier(shared: Path) -> str:
    """The dossier's text."""
    return (shared / "facts" / "dossier.md").read_text(encoding="utf-8")


def rows(text: str, pattern: str) -> list[list[str]]:
    """The cells of each table row whose first cell matches the pattern."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("|") and re.fullmatch(pattern, cells[0].strip("| `")):
            found.append([cell.strip("| ") for cell in cells])
    return found


def claims(kg: KnowledgeGraph) -> dict[str, URIRef]:
    """Each claim by its dossier identifier."""
    return {
        str(kg.graph.value(claim, DCTERMS.identifier)): URIRef(str(claim))
        for claim in kg.graph.subjects(RDF.type, CORD.Claim)
    }


def test_each_claim_of_the_article_is_in(kg: KnowledgeGraph, dossier: str) -> None:
    """The 91 rows of part A1, each with its kind, its paragraph and the documents cited for it."""
    expected = rows(dossier, r"(H|P\d|M)\.\d+")
    assert len(expected) == 91
    found = claims(kg)
    for row in expected:
        claim = found[row[0]]
        assert kg.graph.value(claim, CORD.claimKind) == THING[KINDS[row[7]]], row[0]
        part = {"H": "headline", "M": "end-matter"}.get(row[1], f"p{row[1]}")
        assert kg.graph.value(claim, CORD.madeIn) == kg.names.expand(f"seed-article/{part}"), row[0]
        cited = {kg.names.expand(f"[{number}]") for number in re.findall(r"\[(\d)\]", row[2])}
        assert set(kg.graph.objects(claim, CORD.cites)) == cited, row[0]


def test_each_claim_of_the_bibliography_is_in(kg: KnowledgeGraph, dossier: str) -> None:
    """The 65 rows of part A2."""
    expected = {row[0] for row in rows(dossier, r"B\d\.\d+")}
    assert len(expected) == 65
    assert {identifier for identifier in claims(kg) if identifier.startswith("B")} == expected


def test_each_visible_support_is_in(kg: KnowledgeGraph, dossier: str) -> None:
    """The last column of part A1: which readable summaries show the claim, wholly or in part."""
    found = claims(kg)
    for row in rows(dossier, r"(H|P\d)\.\d+"):
        column = row[8] if len(row) > 8 else ""
        # What stands in brackets comments on a summary; its numbers in square brackets outside of them count.
        shown = re.sub(r"\([^)]*\)", "", column)
        numbers = set() if column.startswith("none") else set(re.findall(r"\[(\d)\]", shown))
        predicate = CORD.partlyShownBy if column.startswith("partial") else CORD.shownBy
        if column.startswith("partial"):
            numbers = set(re.findall(r"\[(\d)\]", column))
        expected = {kg.names.expand(f"[{number}]") for number in numbers}
        assert set(kg.graph.objects(found[row[0]], predicate)) == expected, row[0]


def test_each_entity_is_in(kg: KnowledgeGraph, dossier: str) -> None:
    """The 135 entities of part C, each with a label in English and in French."""
    part = dossier[dossier.index("# Part C") : dossier.index("# Part D")]
    expected = rows(part, r"[a-z0-9-]+")
    assert len(expected) == 135
    for row in expected:
        thing = kg.names.expand(row[0].strip("`"))
        languages = {getattr(label, "language", None) for label in kg.graph.objects(thing, RDFS.label)}
        assert languages == {"en", "fr"}, row[0]


def test_a_french_label_of_the_curator_is_marked(kg: KnowledgeGraph, dossier: str) -> None:
    """Where the dossier says "(curator)", the label is repeated as ``cord:coinedLabel``."""
    part = dossier[dossier.index("# Part C") : dossier.index("# Part D")]
    coined = [row for row in rows(part, r"[a-z0-9-]+") if row[3].startswith("(curator)")]
    assert len(coined) >= 10
    for row in coined:
        thing = kg.names.expand(row[0].strip("`"))
        marked = set(kg.graph.objects(thing, CORD.coinedLabel))
        french = {
            label for label in kg.graph.objects(thing, RDFS.label) if getattr(label, "language", "") == "fr"
        }
        assert marked == french, row[0]


def test_the_reference_map_is_what_paragraphs_rest_on(kg: KnowledgeGraph) -> None:
    """In the catalogue each paragraph rests on the items that the article's reference map gives it."""
    for paragraph, numbers in {1: "1234", 2: "14", 3: "14", 4: "1", 5: "6", 6: "5", 7: "1234"}.items():
        source = kg.names.expand(f"seed-article/p{paragraph}")
        rests_on = {kg.names.expand(f"[{number}]") for number in numbers}
        assert set(kg.graph.objects(source, CORD.restsOn)) == rests_on
        assert set(kg.graph.objects(source, DCTERMS.references)) == rests_on
