"""Things and roles as CSV: names, dates and the sources of each, odd texts as they are."""

import csv
import re
from collections.abc import Iterable

from hypothesis import given
from hypothesis.strategies import lists, text
from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef

from cordiale.model.terms import Triple
from cordiale.publish.tables import Facts, write_entities, write_roles

CORD = "https://w3id.org/cordiale/ns#"
ID = "https://example.org/id/"
PERSON, ROLE, CLAIM = (URIRef(CORD + name) for name in ("Person", "Role", "Claim"))
ADA, BOB, POST, SOCIETY = (URIRef(ID + name) for name in ("ada", "bob", "post", "society"))
HOLDS, AT, TITLE, STARTED, ENDED = (
    URIRef(CORD + name) for name in ("holdsRole", "roleAt", "roleTitle", "startedOn", "endedOn")
)
SHORT = {PERSON: "cord:Person", ROLE: "cord:Role", CLAIM: "cord:Claim"}
LABELS: tuple[Triple, ...] = (
    (ADA, RDF.type, PERSON),
    (ADA, RDFS.label, Literal('Ada, "the first"\n=1+1', lang="en")),
    (ADA, RDFS.label, Literal("Ada, la première", lang="fr")),
    (ADA, SKOS.altLabel, Literal("AAL", lang="en")),
    (ADA, SKOS.altLabel, Literal("Lady L.", lang="en")),
    (ADA, SKOS.exactMatch, URIRef("https://example.org/other")),
    (BOB, RDF.type, PERSON),
    (SOCIETY, RDFS.label, Literal("Society", lang="en")),
    (URIRef(ID + "claim"), RDF.type, CLAIM),
    (URIRef("https://elsewhere.org/cy"), RDF.type, PERSON),
    (POST, RDF.type, ROLE),
)


def year(text: str) -> Literal:
    """A year as a document writes it."""
    return Literal(text, datatype=XSD.gYear, normalize=False)


STATED: dict[str, tuple[Triple, ...]] = {
    "times/2": ((ADA, HOLDS, POST), (POST, STARTED, year("1840")), (POST, AT, SOCIETY)),
    "times/1": ((POST, STARTED, year("1840")), (POST, TITLE, Literal("reader", lang="en"))),
    "herald": ((POST, STARTED, year("1839")), (ADA, RDFS.comment, Literal("x"))),
}


def facts() -> Facts:
    """All of it."""
    triples: Iterable[Triple] = {*LABELS, *(triple for told in STATED.values() for triple in told)}
    return Facts(triples, STATED)


def test_entities() -> None:
    """Things of the namespace with a type, by IRI; what is a claim, a role or elsewhere is no entity."""
    text = write_entities(facts(), ID, SHORT, ["en", "fr"])
    assert list(csv.reader(text.splitlines(keepends=True))) == [
        [
            *("iri", "types", "label_en", "label_fr", "label_rest", "other_en", "other_fr", "other_rest"),
            *("matches", "source_count", "sources"),
        ],
        [
            *(
                str(ADA),
                "cord:Person",
                'Ada, "the first"\n=1+1',
                "Ada, la première",
                "",
                "AAL | Lady L.",
                "",
                "",
            ),
            *("https://example.org/other", "2", "herald ; times/2"),
        ],
        [str(BOB), "cord:Person", "", "", "", "", "", "", "", "0", ""],
    ]


def test_no_name_is_lost() -> None:
    """A column has its tag, or else tags that begin with it; whatever has no column is in the last one."""
    names = (
        *(Literal("Ada", lang="en"), Literal("Ada L.", lang="en-GB"), Literal("l'Ada", lang="fr-CA")),
        *(
            Literal("la Ada", lang="fr-be"),
            Literal("Ada"),
            Literal("Áda", lang="hu"),
            Literal("x", lang="frr"),
        ),
    )
    triples: list[Triple] = [(ADA, RDF.type, PERSON), *((ADA, RDFS.label, name) for name in names)]
    (row,) = csv.DictReader(write_entities(Facts(triples, {}), ID, SHORT, ["en", "fr"]).splitlines())
    assert row["label_en"] == "Ada"
    assert set(row["label_fr"].split(" | ")) == {"l'Ada", "la Ada"}
    assert set(row["label_rest"].split(" | ")) == {"Ada@", "Ada L.@en-GB", "Áda@hu", "x@frr"}
    assert row["other_rest"] == ""


@given(lists(text(alphabet="a|\\ @"), max_size=4))
def test_values_of_a_cell_can_be_told_apart(names: list[str]) -> None:
    r"""Whatever they hold: split at " | ", and without the backslash before \ and |, they are as before."""
    triples: list[Triple] = [
        (ADA, RDF.type, PERSON),
        *((ADA, RDFS.label, Literal(name, lang="en")) for name in names),
    ]
    (row,) = csv.DictReader(write_entities(Facts(triples, {}), ID, SHORT, ["en"]).splitlines())
    found = [re.sub(r"\\(.)", r"\1", part) for part in row["label_en"].split(" | ")]
    assert found == (sorted(names) or [""])


def test_roles_with_a_disputed_date() -> None:
    """Two dates stand side by side, each with its sources in the same place of the next column."""
    (row,) = csv.DictReader(write_roles(facts(), ["en"]).splitlines())
    assert row == {
        "role": str(POST),
        "title_en": "reader",
        "holder": str(ADA),
        "holder_en": 'Ada, "the first"\n=1+1'.replace("\n", ""),
        "at": str(SOCIETY),
        "at_en": "Society",
        "startedOn": "1839 | 1840",
        "startedOn_sources": "herald | times/1 ; times/2",
        "attestedOn": "",
        "attestedOn_sources": "",
        "endedOn": "",
        "endedOn_sources": "",
        "sources": "herald ; times/1 ; times/2",
    }


def test_a_line_for_each_holder_and_one_for_none() -> None:
    """Who holds a role may be told from either end; a role without a holder is still there."""
    held = URIRef(CORD + "heldBy")
    both = [*LABELS, (ADA, HOLDS, POST), (POST, held, BOB)]
    holders = [row["holder"] for row in csv.DictReader(write_roles(Facts(both, {}), []).splitlines())]
    assert holders == [str(ADA), str(BOB)]
    (row,) = csv.DictReader(write_roles(Facts(LABELS, {}), []).splitlines())
    assert (row["role"], row["holder"]) == (str(POST), "")


def test_an_added_fact_is_one_changed_line() -> None:
    """A new date changes the line of its role alone."""
    more = [(POST, ENDED, year("1843"))]
    triples = [*LABELS, *(triple for told in STATED.values() for triple in told)]
    before = write_roles(Facts(triples, STATED), ["fr"]).splitlines()
    after = write_roles(Facts([*triples, *more], {**STATED, "gazette": more}), ["fr"]).splitlines()
    assert [line for line in after if line not in before] == [after[1]]
    assert ",1843,gazette," in after[1]
