"""Mapping sets as triples, each with its place; and all that is wrong with one."""

import csv
import io
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import sssom_pydantic
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rdflib import SKOS, URIRef

from cordiale.model.errors import SourceError
from cordiale.read.folder import read_project
from cordiale.read.mappings import denied_matches, read_mappings
from cordiale.read.source_file import SourceFile
from tests.read.mapping_sets import COLUMNS, HEADER, ROW, mapping_set
from tests.read.project import HEAD, SOURCES, write_project

PATH = "data/links/ror.sssom.tsv"
OXFORD, RECORD = URIRef("https://example.org/id/oxford"), URIRef("https://ror.org/052gg0110")
TRIPLE = (OXFORD, SKOS.exactMatch, RECORD)
# Mapping sets of the suites that the library and we read alike, and where we mean to differ.
NO_TRIPLE = "says that there is no match, which is no triple"
DIFFERENT = {
    "cardinality-with-NoTermFound.sssom.tsv": NO_TRIPLE,
    "cardinality-with-unmapped-entities.sssom.tsv": NO_TRIPLE,
    "foodie-inc-2022-05-01.sssom.tsv": NO_TRIPLE,
    "no_term_found.sssom.tsv": NO_TRIPLE,
}


def read(text: str) -> SourceFile:
    """The mapping set in the text."""
    return read_mappings(text, path=PATH)


def with_row(**values: str) -> str:
    """A mapping set of one row, some of its values replaced."""
    return mapping_set(tuple(values.get(column, value) for column, value in zip(COLUMNS, ROW, strict=True)))


def problems(text: str) -> list[str]:
    """What is wrong with the mapping set, without the path and the remedies."""
    with pytest.raises(SourceError) as caught:
        read(text)
    return [str(problem).split("\n")[0].removeprefix(f"{PATH}:") for problem in caught.value.problems]


def test_a_row_is_a_triple_with_a_place() -> None:
    """Subject, predicate and object are expanded; the triple stands where its object does."""
    file = read(mapping_set(ROW))
    assert file.triples == (TRIPLE,)
    assert [str(place) for place in file.places[TRIPLE]] == [f"{PATH}:9:34"]
    assert str(file.subjects[OXFORD]) == f"{PATH}:9:1"


def test_a_row_that_is_repeated_has_two_places() -> None:
    """A triple is kept once, with each of its lines; its subject is where it comes first."""
    file = read(mapping_set(ROW, ROW))
    assert file.triples == (TRIPLE,)
    assert [place.line for place in file.places[TRIPLE]] == [9, 10]
    assert file.subjects[OXFORD].line == 9


@pytest.mark.parametrize(
    "text",
    [
        mapping_set((*ROW, "Not"), columns=(*COLUMNS, "predicate_modifier")),
        with_row(object_id="sssom:NoTermFound"),
        with_row(subject_id="sssom:NoTermFound"),
        mapping_set(("",) * 6, ()),
        mapping_set(),
    ],
)
def test_rows_that_match_nothing_make_no_triple(text: str) -> None:
    """A denied mapping, one to no term, and empty lines state no triple."""
    assert read(text).triples == ()


def test_prefixes_are_the_set_s_own_and_those_built_in() -> None:
    """A prefix that stands for all addresses is known to the set alone."""
    prefixes = read(mapping_set(ROW)).prefixes
    assert {prefix: prefixes[prefix] for prefix in ("id", "foaf", "ror")} == {
        "id": "https://example.org/id/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "ror": "https://ror.org/",
    }
    assert prefixes["skos"] == str(SKOS)
    assert "https" not in prefixes


def test_an_address_is_a_curie_of_its_scheme() -> None:
    """A web page is written as its address, once the scheme is a prefix."""
    (triple,) = read(with_row(object_id="https://www.ox.ac.uk/?a=b:c#d")).triples
    assert triple[2] == URIRef("https://www.ox.ac.uk/?a=b:c#d")


def test_a_spreadsheet_s_tabs_and_line_ends_do_no_harm() -> None:
    """Lines of the header filled up with tabs, columns without a name, and line ends of any kind."""
    text = mapping_set((*ROW, "", ""), columns=(*COLUMNS, "", "")).replace("#curie_map:", "#curie_map:\t\t\t")
    for end in ("\r\n", "\r"):
        file = read(text.replace("\n", end))
        assert [place.line for place in file.places[TRIPLE]] == [9]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_any_text_may_be_quoted(labels: list[str]) -> None:
    """Whatever a label holds, the triples after it are found, on the lines where they start."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    starts = []
    for number, label in enumerate(labels):
        starts.append(len(io.StringIO(mapping_set() + out.getvalue(), newline="").readlines()) + 1)
        writer.writerow((f"id:{number}", label, *ROW[2:]))
    file = read(mapping_set() + out.getvalue())
    assert [str(triple[0]) for triple in file.triples] == [
        f"https://example.org/id/{number}" for number in range(len(labels))
    ]
    assert [place.line for (place,) in file.places.values()] == starts


def test_behind_quotes_the_column_is_not_told() -> None:
    """Quotes and the line breaks in them make columns unsure, but not lines."""
    file = read(mapping_set(("id:x", '"a ""b""\nc"', *ROW[2:]), ROW))
    assert [str(place) for places in file.places.values() for place in places] == [
        f"{PATH}:9",
        f"{PATH}:11:34",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: C130 the file has no header"),
        (mapping_set(ROW, header=""), "1: C130 the file has no header"),
        (mapping_set(ROW, header="#license\n"), "1: C130 the header has no slots"),
        (mapping_set(ROW, header="#a: b\n#c: d: e\n"), "2:6: C130 the header is not YAML: "),
        (mapping_set(ROW, header="#a: b\n#\x01\n"), "1: C130 the header is not YAML: it holds a character"),
        (mapping_set(ROW, header="#a: b\n#curie_map: c\n"), "2:2: C131 curie_map is not a list of prefixes"),
        (
            mapping_set(ROW, header=HEADER.replace("https://ror.org/", "ror.org")),
            '5:4: C131 the prefix "ror" stands for no IRI',
        ),
        (mapping_set(columns=("subject_id", *COLUMNS)), '8: C132 the column "subject_id" is named twice'),
        (with_row(object_id="rro:052gg0110"), '9:34: C133 prefix "rro" is not in the curie_map'),
        (with_row(predicate_id="owl2:x"), '9:18: C133 prefix "owl2" is not in the curie_map'),
        (with_row(mapping_justification="x:y"), '9:48: C133 prefix "x" is not in the curie_map'),
        (with_row(subject_id=""), '9: C134 the row has no "subject_id"'),
        (mapping_set(ROW[:3]), '9: C134 the row has no "object_id"'),
        (with_row(mapping_justification="Lexical"), '9:48: C135 "Lexical" is not a CURIE'),
        (with_row(object_id="ror:052 gg0110"), '9:34: C135 "ror:052 gg0110" stands for no IRI'),
        (mapping_set((*ROW, "more")), "9: C136 the row has 7 values for 6 columns"),
        (with_row(subject_label='"a" b'), "9: C136 the row is not TSV: "),
        (mapping_set(ROW, ('"never closed',), ROW), "10: C136 the row is not TSV: "),
        ("\ufeff" + mapping_set(ROW), "1:1: C103 the file begins with a byte order mark"),
        (with_row(comment="\0"), "9:77: C105 the file holds the character NUL"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, said: str) -> None:
    """The first problem of each kind of bad mapping set, at its line."""
    assert problems(text)[0].startswith(said)


def test_commas_for_tabs_are_recognised() -> None:
    """A file of comma-separated values lacks all columns; the remedy says why."""
    with pytest.raises(SourceError) as caught:
        read(mapping_set(ROW).replace("\t", ","))
    assert [problem.code for problem in caught.value.problems] == ["C132"] * 4
    assert {problem.remedy for problem in caught.value.problems} == {
        "part the columns by tabs, not by commas"
    }


def test_all_bad_rows_are_told() -> None:
    """One bad row does not hide the next, nor one value of a row the other."""
    rows = (("x:1", "", "skos:exactMatch", "2", *ROW[4:]), ROW, ("id:3", "", "", *ROW[3:]))
    assert [said.split(" ")[0] for said in problems(mapping_set(*rows))] == ["9:1:", "9:22:", "11:"]


def test_denials_are_told_with_their_places() -> None:
    """Those of exact matches and identities; other rows deny nothing, and what is denied is no triple."""
    columns = (*COLUMNS, "predicate_modifier")
    rows = [
        (ROW[0], "", predicate, ROW[3], *ROW[4:], modifier)
        for predicate in ("skos:exactMatch", "owl:sameAs", "skos:closeMatch")
        for modifier in ("", "Not")
    ]
    text = mapping_set(*rows, columns=columns)
    denied = denied_matches(text, path=PATH)
    assert [(subject, value, place.line) for subject, value, place in denied] == [
        (OXFORD, RECORD, 10), (OXFORD, RECORD, 12)
    ]  # fmt: skip
    assert len(read(text).triples) == 3


def test_an_unknown_prefix_may_be_a_slip() -> None:
    """A near prefix is offered; without one, the line to write is."""
    remedies = []
    for value in ("rro:1", "zzzzzz:1"):
        with pytest.raises(SourceError) as caught:
            read(with_row(object_id=value))
        remedies.append(caught.value.problems[0].remedy)
    assert remedies[0].startswith('did you mean "ror"')
    assert remedies[1].startswith("add the prefix to the header")


def test_a_mapping_set_is_a_source(tmp_path: Path) -> None:
    """Its name has no ending, its rows are a named graph of that name, and its problems are the project's."""
    catalogue = f'{HEAD}<links/ror> rdfs:label "Links to ROR"@en .\n'
    bad = mapping_set(("id:x",))
    write_project(
        tmp_path, {"data/sources.ttl": catalogue, PATH: mapping_set(ROW), "data/bad.sssom.tsv": bad}
    )
    project = read_project(tmp_path)
    links = project.sources[1]
    assert (links.name, str(links.iri), links.path) == ("links/ror", f"{SOURCES}links/ror", PATH)
    assert (links.label, links.trusted) == ("Links to ROR", False)
    assert list(project.dataset.graph(links.iri)) == [TRIPLE]
    assert str(project.blame(*TRIPLE)) == f"{PATH}:9:34"
    assert dict(project.mapping_sets) == {PATH: mapping_set(ROW)}
    assert [str(problem.place) for problem in project.unreadable] == ["data/bad.sssom.tsv:9"] * 3


def test_one_name_for_a_namespace(tmp_path: Path) -> None:
    """A set that calls the project's things otherwise changes nothing elsewhere; a real conflict is told."""
    other = HEADER.replace(
        "#  ror: https://ror.org/", "#  ror: https://ror.org/\n#  schema: http://schema.org/"
    )
    project = read_project(
        write_project(tmp_path, {"data/sources.ttl": "", PATH: mapping_set(ROW, header=other)})
    )
    assert "id" not in project.prefixes
    assert project.prefixes["ror"] == "https://ror.org/"
    warning = next(problem for problem in project.problems if problem.code == "C124")
    assert (warning.place and warning.place.line, warning.severity) == (6, "warning")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """A Turtle file and a mapping set do not share a graph."""
    files = {"data/sources.ttl": "", PATH: mapping_set(ROW), "data/links/ror.ttl": ""}
    project = read_project(write_project(tmp_path, files))
    assert [str(problem).split("\n")[0] for problem in project.unreadable] == [
        f'data/links/ror.ttl: C123 the name "links/ror" is taken by {PATH}'
    ]


def test_the_library_is_not_loaded_to_read(tmp_path: Path) -> None:
    """Neither the command nor reading a project with mapping sets waits for what only the check needs."""
    write_project(tmp_path, {"data/sources.ttl": "", PATH: mapping_set(ROW)})
    code = (
        "import sys, pathlib, cordiale, cordiale.cli.main\n"
        "from cordiale.read.folder import read_project\n"
        "project = read_project(pathlib.Path(sys.argv[1]))\n"
        "print(len(project.dataset), *(name in sys.modules for name in ('sssom_pydantic', 'pydantic')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "False", "False"]


def test_the_suites_are_read_as_the_library_reads_them(
    shared: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every mapping set that the library takes without error gives the same triples, but for those listed."""
    caplog.set_level(logging.ERROR)  # the library mends some headers, and says so
    suites, data = shared / "suites", shared / "datasets" / "sssom-biomappings"
    same, different = 0, set()
    for path in sorted([*suites.glob("sssom*/**/*.tsv"), *data.glob("*.tsv")]):
        if path.stat().st_size > 400_000:  # two, over which the library takes longer than over all others
            continue
        try:
            mappings, converter, _, errors = sssom_pydantic.read(path, return_errors=True)
        except (ValueError, yaml.YAMLError):
            continue
        if errors or not mappings:
            continue
        theirs = {
            tuple(
                URIRef(str(converter.expand_reference(term))) for term in (m.subject, m.predicate, m.object)
            )
            for m in mappings
            if not m.negated
        }
        text = path.read_text(encoding="utf-8")
        if set(read_mappings(text, path=path.name).triples) == theirs:
            same += 1
        else:
            different.add(path.name)
    assert different == DIFFERENT.keys()
    assert same >= 30
