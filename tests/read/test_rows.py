"""Rows of mapping sets as sources: their names, what the catalogue says of them, how they are found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, SKOS, URIRef

from cordiale.model.errors import NotFoundError
from cordiale.model.sources import source_of
from cordiale.model.terms import Triple
from cordiale.read.catalogue import catalogued, find_sources
from cordiale.read.folder import ProjectFiles, read_project
from cordiale.read.mappings import read_mappings
from cordiale.read.rows import row_keys
from tests.read.mapping_sets import COLUMNS, ROW, mapping_set
from tests.read.project import HEAD, SETTINGS, SOURCES, write_project

PATH = "data/links/ror.sssom.tsv"
OTHER = ("id:cam", "Cambridge", "skos:closeMatch", "ror:013meh722", *ROW[4:])
CATALOGUE = f"""{HEAD}
<links/ror> rdfs:label "Links to ROR"@en ; cord:tier :tier-low ; dcterms:issued "2026"^^xsd:gYear ;
    dcterms:identifier "S9" ; cord:restsOn <register> .
<register> rdfs:label "The register"@en .
<page> rdfs:label "A page"@en ; cord:restsOn <links/ror> .
"""


def project(
    root: Path, *rows: tuple[str, ...], keys: str = 'by_row = ["links"]', **files: str
) -> ProjectFiles:
    """A project with one mapping set of these rows, and further files."""
    content = {
        "data/sources.ttl": CATALOGUE,
        "data/page.ttl": f"{HEAD}:a :b :c .\n",
        PATH: mapping_set(*(rows or (ROW, OTHER))),
    }
    return read_project(write_project(root, {**content, **files}, settings=f"{SETTINGS}{keys}\n"))


def _triple(subject: str, value: str, predicate: URIRef = SKOS.exactMatch) -> Triple:
    return URIRef(subject), predicate, URIRef(value)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abAB"), st.sampled_from(["x:1", "x:2", "y:1", "http://z/Z/", "http://z/z"])
        ),
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_names_do_not_depend_on_the_order_of_rows(pairs: list[tuple[str, str]], chance: object) -> None:
    """Each row has a name of its own, in any case of letters, and the same one wherever it stands."""
    triples = [_triple(f"https://example.org/{subject}", value) for subject, value in pairs]
    keys = row_keys(triples)
    assert len({key.casefold() for key in keys.values()}) == len(triples)
    shuffled = [*triples]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert row_keys(shuffled) == keys


@pytest.mark.parametrize(
    ("subject", "value", "key"),
    [
        ("https://example.org/id/cnrs", "https://ror.org/02feahw73", "cnrs-02feahw73"),
        ("https://example.org/id#a", "https://www.cnrs.fr/", "a-www.cnrs.fr"),
        ("urn:isbn:1", "https://fr.wikipedia.org/wiki/%C3%89cole_d%E2%80%99%C3%A9t%C3%A9", "1-Ecole_dete"),
        ("https://example.org/id/北", "https://example.org/a?b=c&d", "x-a-b-c-d"),
    ],
)
def test_a_name_is_made_of_what_is_linked(subject: str, value: str, key: str) -> None:
    """In letters that every shell and IRI takes as they are."""
    triple = _triple(subject, value)
    assert row_keys([triple])[triple] == key


def test_rows_of_one_name_are_told_apart_by_a_digest() -> None:
    """That of what each says, so that it stays when rows are added elsewhere."""
    one, other = _triple("x:a", "x:b"), _triple("x:a", "x:b", SKOS.closeMatch)
    keys = row_keys([one, other, _triple("x:a", "x:c")])
    assert keys[one] == "a-b-" + keys[one][-8:] != keys[other]
    assert row_keys([other, one])[one] == keys[one]


def test_each_row_is_a_source_below_the_set(tmp_path: Path) -> None:
    """With a graph, what the catalogue says of the set, and a place that tells it; the set itself is none."""
    files = project(tmp_path)
    names = [source.name for source in files.sources]
    assert names == ["links/ror/cam-013meh722", "links/ror/oxford-052gg0110", "page", "sources"]
    row = files.sources[1]
    assert (str(row.iri), row.path) == (f"{SOURCES}links/ror/oxford-052gg0110", PATH)
    assert (row.label, row.issued, row.tier) == ("Links to ROR: oxford-052gg0110", "2026", "tier-low")
    (triple,) = files.stated[row.name]
    assert set(files.dataset.graph(row.iri)) == {triple}
    assert [source_of(place) for place in files.places_of(triple)] == [row.name]
    assert [str(iri) for iri in row.rests_on] == [f"{SOURCES}register"]
    assert files.problems == ()


def test_a_set_without_entry_is_told_once(tmp_path: Path) -> None:
    """Its rows need none; they may have one, which is then theirs."""
    entry = f'{HEAD}<page> rdfs:label "A page"@en .\n'
    (problem,) = project(tmp_path, **{"data/sources.ttl": entry}).problems
    assert str(problem).startswith(f'{PATH}: C201 the catalogue does not describe "links/ror"\n')
    own = f'{CATALOGUE}<links/ror/cam-013meh722> rdfs:label "Cambridge, checked by hand"@en .\n'
    files = project(tmp_path, **{"data/sources.ttl": own})
    assert [source.label for source in files.sources][:2] == [
        "Cambridge, checked by hand", "Links to ROR: oxford-052gg0110"
    ]  # fmt: skip


def test_rows_are_found_by_the_names_of_row_and_set(tmp_path: Path) -> None:
    """A row by its own name, all by the set's name, path, IRI or identifier; a near name is offered."""
    files = project(tmp_path)
    every = catalogued(files.sources, files.describing, files.settings)
    one = find_sources("links/ror/OXFORD-052gg0110", every)
    assert [source.name for source in one] == ["links/ror/oxford-052gg0110"]
    for name in ("links/ror", "links/ror/", PATH, f"{SOURCES}links/ror", "S9", "links"):
        assert len(find_sources(name, every)) == 2, name
    with pytest.raises(NotFoundError, match=r'did you mean "links/ror/oxford-052gg0110"'):
        find_sources("links/ror/oxford-52gg0110", every)


def test_a_row_may_be_trusted(tmp_path: Path) -> None:
    """One, or all with their set."""
    settings = SETTINGS.replace('["sources"]', '["sources", "links/ror/cam-013meh722"]')
    project(tmp_path)
    (tmp_path / "pyproject.toml").write_text(f'{settings}by_row = ["links/ror"]\n', encoding="utf-8")
    files = read_project(tmp_path)
    assert [source.name for source in files.sources if source.trusted] == [
        "links/ror/cam-013meh722",
        "sources",
    ]


def test_rows_that_say_the_same_are_one_source(tmp_path: Path) -> None:
    """It stands at both places; a row that denies a match is none."""
    no = ("id:no", "", "skos:exactMatch", "ror:1", *ROW[4:], "Not")
    columns = (*COLUMNS, "predicate_modifier")
    text = mapping_set((*ROW, ""), (*ROW, ""), no, columns=columns)
    files = project(tmp_path, **{PATH: text}, keys='by_row = ["links"]\nsame_as = ["links"]')
    assert [name for name in files.stated if name.startswith("links/")] == ["links/ror/oxford-052gg0110"]
    (triple,) = files.stated["links/ror/oxford-052gg0110"]
    assert [place.line for place in files.places_of(triple)] == [9, 10]


@pytest.mark.parametrize("rows", [(("id:no", "", "skos:exactMatch", "ror:1", *ROW[4:], "Not"),), ()])
def test_a_set_whose_rows_state_nothing_is_one_source(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...]
) -> None:
    """Its file is there and is read, so that nothing is missed, and it can be named."""
    text = mapping_set(*rows, columns=(*COLUMNS, "predicate_modifier"))
    entry = CATALOGUE.replace('"S9" ;', '"S9" ; cord:access :access-read ;')
    files = project(tmp_path, **{PATH: text, "data/sources.ttl": entry})
    assert [(source.name, files.stated[source.name]) for source in files.sources if source.path == PATH] == [
        ("links/ror", ())
    ]
    assert files.problems == ()


def test_exact_matches_are_identities_where_the_project_asks(tmp_path: Path) -> None:
    """In that set alone, exact ones alone, in the place of the match; by default none is."""
    same = read_mappings(mapping_set(ROW, OTHER), path=PATH, same_as=True)
    plain = read_mappings(mapping_set(ROW, OTHER), path=PATH)
    assert [triple[1] for triple in same.triples] == [OWL.sameAs, SKOS.closeMatch]
    assert [triple[1] for triple in plain.triples] == [SKOS.exactMatch, SKOS.closeMatch]
    assert [*same.places.values()] == [*plain.places.values()]
    files = project(tmp_path, keys='same_as = ["links/ror"]')
    assert {triple[1] for triple in files.stated["links/ror"]} == {OWL.sameAs, SKOS.closeMatch}


def test_what_is_kept_is_kept_for_its_settings(tmp_path: Path) -> None:
    """A file that is read otherwise has another digest, so that nothing old is taken for new."""
    digests = {
        project(tmp_path, keys=keys).digests[PATH]
        for keys in (
            "",
            'by_row = ["links"]',
            'same_as = ["links"]',
            'same_as = ["links"]\nby_row = ["links"]',
        )
    }
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            'by_row = ["links/rro"]',
            '"links/rro" in by_row is no mapping set, nor a folder with one\n  did you',
        ),
        ('same_as = ["ror"]', '"ror" in same_as is no mapping set, nor a folder with one'),
        ('by_row = ["page"]', '"page" in by_row is no mapping set, nor a folder with one\n  correct the key'),
    ],
)
def test_an_unknown_mapping_set_is_told(tmp_path: Path, keys: str, said: str) -> None:
    """With near names; a source that is no mapping set has no rows."""
    (problem,) = project(tmp_path, keys=keys).problems
    assert str(problem).startswith(f"pyproject.toml: C128 {said}")


@pytest.mark.parametrize("name", ["links/ror-accepted", "links/wikidata-accepted"])
def test_a_set_of_decisions_may_be_named_before_the_first(tmp_path: Path, name: str) -> None:
    """As the how-to recommends: nothing is wrong as long as nothing is accepted."""
    assert project(tmp_path, keys=f'by_row = ["{name}"]\nsame_as = ["{name}"]').problems == ()


def test_a_folder_does_not_share_its_name_with_rows(tmp_path: Path) -> None:
    """What lies below the set's name is told from its rows; without rows, it may."""
    below = {"data/links/ror/note.ttl": f"{HEAD}:a :b :c .\n"}
    (problem,) = project(tmp_path, **below).unreadable
    assert str(problem).startswith(
        f'data/links/ror/note.ttl: C123 the name "links/ror/note" is taken by the rows of {PATH}'
    )
    assert project(tmp_path, **below, keys="").unreadable == ()


def test_evidence_is_read_from_row_and_header(tmp_path: Path) -> None:
    """The row's word goes before that of the header, and what says nothing is left out."""
    columns = (*COLUMNS, "author_id", "mapping_date", "confidence")
    text = mapping_set((*ROW, "orcid:1", "", "0.9"), (*OTHER, "", "2026-01-02", ""), columns=columns)
    text = text.replace("#license", "#creator_label:\n#- Ada\n#- Bob\n#mapping_date: 2025-01-01\n#license")
    files = project(tmp_path, **{PATH: text})
    told = [
        dict(files.evidence(place))
        for name in ("links/ror/oxford-052gg0110", "links/ror/cam-013meh722")
        for place in files.places_of(files.stated[name][0])
    ]
    justified = {"mapping_justification": "semapv:ManualMappingCuration", "creator_label": "Ada|Bob"}
    assert told == [
        {**justified, "author_id": "orcid:1", "mapping_date": "2025-01-01", "confidence": "0.9"},
        {**justified, "mapping_date": "2026-01-02"},
    ]
    assert files.evidence(files.blame(URIRef(f"{SOURCES}page"))) == {}  # type: ignore[arg-type]
