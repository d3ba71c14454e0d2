"""The mapping sets of data/links hold what was verified, all of it and nothing else."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
import sssom_pydantic
from rdflib import FOAF, RDFS, SKOS, Dataset, Graph, Literal, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.checks.shapes import check_shapes
from cordiale.project.knowledge_graph import KnowledgeGraph
from tests.data.bare import NAMES, read_shapes

THINGS = "https://w3id.org/cordiale/id/"
# Of each scheme in scope: the set, and the namespace of its identifiers.
IN_SCOPE = {
    "GRID": ("grid", "https://www.grid.ac/institutes/"),
    "ISNI": ("isni", "https://isni.org/isni/"),
    "ORCID": ("orcid", "https://orcid.org/"),
    "ROR": ("ror", ""),
    "Wikidata": ("wikidata", "http://www.wikidata.org/entity/"),
    "Wikipedia": ("wikipedia", "https://en.wikipedia.org/wiki/"),
    "Wikipedia(fr)": ("wikipedia", "https://fr.wikipedia.org/wiki/"),
    "website": ("websites", ""),
}
LEFT_OUT = {
    "CrossrefFunder": "a register that the record does not link to yet",
    "IdRef": "a register that the record does not link to yet",
    "SIREN": "a register that the record does not link to yet",
    "UAI": "a register that the record does not link to yet",
    "Wikidata(other)": "a part, a press or a duplicate of the thing, not the thing",
    "web page": "a document about the thing: those that were used are sources of their own",
}
# Names under which the list of identifiers has things that bear another label here.
NAMED = {
    "DataIA": "dataia-institute",
    "EPSRC": "epsrc",
    "Eloïc Peyrache": "eloic-peyrache",
    "UC Berkeley": "uc-berkeley",
    "UKRI": "ukri",
}


@pytest.fixture(scope="module")
def rows(shared: Path) -> tuple[Mapping[str, str], ...]:
    """The list of identifiers, verified and not."""
    with (shared / "facts" / "identifiers.tsv").open(encoding="utf-8", newline="") as file:
        found = tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(found) >= 250
    return found


@pytest.fixture(scope="module")
def sets(project_root: Path) -> Mapping[str, Path]:
    """The files of the mapping sets, by the last part of their names."""
    found = sorted((project_root / "data" / "links").glob("*.sssom.tsv"))
    return {path.name.removesuffix(".sssom.tsv"): path for path in found}


@pytest.fixture(scope="module")
def linked(kg: KnowledgeGraph, sets: Mapping[str, Path]) -> set[tuple[str, str, str]]:
    """Each link of the graph: the set, the thing, what it is linked to."""
    return {
        (name, str(subject), str(value))
        for name in sets
        for subject, value in kg.graph.graph(URIRef(f"{NAMES}links/{name}")).subject_objects()
    }


def link(row: Mapping[str, str], entities: Mapping[str, str]) -> tuple[str, str, str]:
    """What a row of the list says, as a link of the graph."""
    name, space = IN_SCOPE[row["scheme"]]
    identifier = row["id"]
    if name == "isni":
        identifier = identifier.replace(" ", "")
    elif name == "wikipedia":
        identifier = quote(identifier.replace(" ", "_"), safe=",!()-")
    elif name == "websites" and re.fullmatch(r"https?://[^/]+", identifier):
        identifier += "/"  # RFC 3986, section 6.2.3: an empty path is "/"
    return name, THINGS + entities[row["entity"]], space + identifier


@pytest.fixture(scope="module")
def entities(kg: KnowledgeGraph) -> Mapping[str, str]:
    """The last parts of the IRIs of things, by their English labels and by what the list calls them."""
    labelled = kg.graph.graph(URIRef(NAMES + "entities")).subject_objects(RDFS.label)
    return {
        str(label): str(thing).removeprefix(THINGS)
        for thing, label in labelled
        if isinstance(label, Literal) and label.language == "en"
    } | NAMED


def test_every_scheme_is_in_or_left_out_for_a_reason(rows: tuple[Mapping[str, str], ...]) -> None:
    """The schemes of the verified rows are those in scope and those left out."""
    verified = {row["scheme"] for row in rows if row["verified"] == "yes"}
    assert verified == IN_SCOPE.keys() | LEFT_OUT.keys()


def test_every_thing_of_the_list_is_an_entity(
    rows: tuple[Mapping[str, str], ...], entities: Mapping[str, str]
) -> None:
    """Nothing that the list identifies is unknown to the graph."""
    assert {row["entity"] for row in rows} - entities.keys() == set()


def test_all_verified_identifiers_and_no_others(
    rows: tuple[Mapping[str, str], ...],
    entities: Mapping[str, str],
    linked: set[tuple[str, str, str]],
    sets: Mapping[str, Path],
) -> None:
    """The links are the verified rows in scope; each set is used."""
    expected = {link(row, entities) for row in rows if row["verified"] == "yes" and row["scheme"] in IN_SCOPE}
    assert sorted(linked - expected) == []
    assert sorted(expected - linked) == []
    assert len(linked) >= 160
    assert sorted(sets) == sorted({name for name, _ in IN_SCOPE.values()})


def test_nothing_unverified_is_linked(
    rows: tuple[Mapping[str, str], ...], linked: set[tuple[str, str, str]]
) -> None:
    """No identifier of an unverified row, and no further Wikidata item, stands in any set."""
    doubtful = [
        row["id"].replace(" ", "_")
        for row in rows
        if row["id"] and (row["verified"] != "yes" or row["scheme"] == "Wikidata(other)")
    ]
    assert len(doubtful) >= 20
    ends = {re.split(r"[/=]", value)[-1] for _, _, value in linked} | {value for _, _, value in linked}
    assert set(doubtful) & ends == set()


def test_predicates_say_what_is_linked(kg: KnowledgeGraph, sets: Mapping[str, Path]) -> None:
    """Registers are exact matches, but for a second ISNI; pages are pages (docs/adr/0007)."""
    used = {
        name: {str(each) for each in kg.graph.graph(URIRef(f"{NAMES}links/{name}")).predicates()}
        for name in sets
    }
    exact = {str(SKOS.exactMatch)}
    assert used == {
        "grid": exact,
        "isni": exact | {str(SKOS.closeMatch)},
        "orcid": exact,
        "ror": exact,
        "websites": {str(FOAF.homepage), str(FOAF.page)},
        "wikidata": exact,
        "wikipedia": {str(FOAF.isPrimaryTopicOf)},
    }


def test_the_sets_are_sssom(kg: KnowledgeGraph, sets: Mapping[str, Path]) -> None:
    """The library reads every row, each with evidence in words and our label; the rows are sorted."""
    for name, path in sets.items():
        mappings, converter, described, errors = sssom_pydantic.read(path, return_errors=True)
        assert errors == []
        assert str(described.id) == f"{NAMES}links/{name}"
        assert described.title
        assert str(described.license) == "https://creativecommons.org/licenses/by/4.0/"
        assert mappings == sorted(mappings)
        theirs = {
            tuple(converter.expand_reference(it) for it in (m.subject, m.predicate, m.object))
            for m in mappings
        }
        graph = kg.graph.graph(URIRef(f"{NAMES}links/{name}"))
        assert theirs == {tuple(str(term) for term in triple) for triple in graph}
        for mapping in mappings:
            assert mapping.comment
            subject = URIRef(str(converter.expand_reference(mapping.subject)))
            assert (subject, RDFS.label, Literal(mapping.subject_name, lang="en")) in kg.graph.graph(
                URIRef(NAMES + "entities")
            )


def test_the_check_finds_nothing(sets: Mapping[str, Path]) -> None:
    """No slot of the sets is wrong or unknown."""
    assert check_mapping_sets({str(path): path.read_text("utf-8") for path in sets.values()}) == ()


def shared_links(*triples: str) -> list[str]:
    """What the shape says of mapping sets with these triples, one a set."""
    data = Dataset(default_union=True)
    head = f"@prefix : <{THINGS}> . @prefix ror: <https://ror.org/> ."
    head += f"@prefix foaf: <{FOAF}> . @prefix skos: <{SKOS}> ."
    for number, triple in enumerate(triples):
        data.graph(URIRef(f"{NAMES}links/{number}")).parse(data=head + triple)
    data.bind("", THINGS)
    data.bind("ror", "https://ror.org/")
    shapes = read_shapes(Path(__file__).resolve().parents[2])
    return [problem.message for problem in check_shapes(data, _only_links(shapes), lambda *_: Blamed())]


def _only_links(shapes: Graph) -> Graph:
    """The shapes without the targets of the others."""
    own = URIRef("https://w3id.org/cordiale/shapes#Link-unique")
    kept = Graph()
    for subject, predicate, value in shapes:
        if subject == own or "#target" not in str(predicate):
            kept.add((subject, predicate, value))
    return kept


@pytest.mark.parametrize("predicate", ["skos:exactMatch", "foaf:homepage", "foaf:isPrimaryTopicOf"])
def test_two_things_do_not_share_a_link(predicate: str) -> None:
    """Whether in one set or in two, both sides are told, and of several links the one that is shared."""
    said = shared_links(f":a {predicate} ror:1 , ror:9 .", f":b {predicate} ror:1 .")
    shown = f"<{SKOS if predicate.startswith('skos') else FOAF}{predicate.partition(':')[2]}>"
    assert [message.replace(shown, predicate) for message in said] == [
        f":a {predicate} ror:1: :b has ror:1 too",
        f":b {predicate} ror:1: :a has ror:1 too",
    ]
    assert len(shared_links(f":a {predicate} ror:1 . :b {predicate} ror:1 .")) == 2


def test_links_that_may_be_shared_or_repeated() -> None:
    """One thing may have many links, and be given one by two sets; near matches and pages may be shared."""
    assert shared_links(":a skos:exactMatch ror:1 , ror:2 .", ":a skos:exactMatch ror:1 .") == []
    assert shared_links(":a skos:closeMatch ror:1 .", ":b skos:closeMatch ror:1 .") == []
    assert shared_links(":a foaf:page ror:1 .", ":b foaf:page ror:1 ; foaf:homepage ror:1 .") == []
