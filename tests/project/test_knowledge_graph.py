"""A project opened: its sources, questions, facts and closure."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest
from rdflib import XSD, Literal, URIRef

import cordiale
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sourced import supported
from cordiale.closure.sourced.supported import SupportedClosure, close_supported
from cordiale.model.errors import NotFoundError, QuerySyntaxError, SourceError, UsageError
from cordiale.model.problems import Severity
from cordiale.model.terms import Triple
from cordiale.project.knowledge_graph import Choice, KnowledgeGraph, open_project
from tests.small_project import SOURCES, TERMS, THINGS

_SKERRY = URIRef(f"{THINGS}skerry-light")
_HEIGHT = f"SELECT ?height {{ <{_SKERRY}> sea:height ?height }}"


@pytest.fixture(scope="module")
def kg(built_once: Path) -> KnowledgeGraph:
    """The small project, opened."""
    return open_project(built_once)


@pytest.fixture
def reasoned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with every run of the reasoner."""
    runs: list[int] = []

    def counted(
        stated: Mapping[str, Iterable[Triple]],
        trusted: Collection[str],
        rules: Iterable[Rule],
        conflicting: Iterable[Rule],
    ) -> SupportedClosure:
        runs.append(len(stated))
        return close_supported(stated, trusted, rules, conflicting)

    monkeypatch.setattr(supported, "close_supported", counted)
    return runs


def test_package_opens_a_project(built_once: Path) -> None:
    """``cordiale.open`` takes a path or a text, of the project's folder or of one inside it."""
    kg = cordiale.open(str(built_once / "data" / "almanac"))
    assert isinstance(kg, cordiale.KnowledgeGraph)
    assert kg.root == built_once.resolve()
    assert kg.settings.terms == TERMS


def test_a_folder_without_project_is_told(tmp_path: Path) -> None:
    """Where there is no project, the error says so and what to do."""
    with pytest.raises(NotFoundError, match="C115 there is no Cordiale project"):
        open_project(tmp_path)


def test_all_unreadable_files_are_told_at_once(small: Path) -> None:
    """One error names every file that cannot be read, each with its place."""
    (small / "data/almanac/1901.ttl").write_text("@prefix : <x:> .\n:a :b\n")
    (small / "data/harbour-board/report.ttl").write_text("<a> seaa:height 1 .\n")
    with pytest.raises(SourceError) as caught:
        open_project(small)
    assert [(str(p.place), p.code) for p in caught.value.problems] == [
        ("data/almanac/1901.ttl:3:1", "C101"),
        ("data/harbour-board/report.ttl:1:5", "C104"),
    ]


def test_each_file_is_a_named_graph(kg: KnowledgeGraph) -> None:
    """The sources are the files, by name, each a graph of its own with what the catalogue says of it."""
    assert [source.name for source in kg.sources] == [
        "almanac/1901",
        "entities",
        "harbour-board/report",
        "ontology/sea",
        "sources",
    ]
    almanac = kg.sources[0]
    assert (almanac.label, almanac.publisher, almanac.issued) == ("Almanac for 1901", "Sea Almanac", "1901")
    said = kg.graph.graph(URIRef(f"{SOURCES}almanac/1901"))
    assert set(said.objects(_SKERRY, URIRef(f"{TERMS}litIn"))) == {Literal("1844", datatype=XSD.gYear)}


@pytest.mark.parametrize(("triples", "known"), [("asserted", False), ("inferred", True), ("both", True)])
def test_queries_see_what_is_chosen(kg: KnowledgeGraph, triples: Choice, known: bool) -> None:
    """What only follows is seen with the inferred triples, and not among the asserted ones."""
    query = "ASK { :skerry-light sea:within :western-isles }"
    assert kg.query(query, triples=triples).truth is known


def test_a_misspelt_choice_is_refused(kg: KnowledgeGraph) -> None:
    """A choice that there is not gives a sentence, never the answer to another choice."""
    asked = "ASK { ?s ?p ?o }"
    with pytest.raises(UsageError, match='C592 triples cannot be "assertd"\n  did you mean "asserted"'):
        kg.query(asked, triples="assertd")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="C592 engine"):
        kg.query(asked, engine="jena")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="C592 triples"):
        kg.show("skerry-light", triples="all")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="C592 triples"):
        kg.export("turtle", triples="all")  # type: ignore[arg-type]


def test_what_is_inferred_has_its_own_graph(kg: KnowledgeGraph) -> None:
    """Inferred triples stand in one graph that no source has, and none of them is asserted too."""
    (row,) = kg.query("SELECT ?g { GRAPH ?g { :harbour-light sea:neighbourOf :skerry-light } }").rows
    assert row == (URIRef(f"{SOURCES}inferred"),)
    twice = "ASK { GRAPH <%s> { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } FILTER (?g != <%s>) }"
    assert not kg.query(twice % (row[0], row[0])).truth


def test_engines_differ_in_lexical_forms(kg: KnowledgeGraph) -> None:
    """Oxigraph gives the canonical form of a number, rdflib the one that the source has."""
    assert [str(row[0]) for row in kg.query(_HEIGHT).rows] == ["41.5"]
    assert [str(row[0]) for row in kg.query(_HEIGHT, engine="rdflib").rows] == ["041.50"]


def test_a_query_is_bound_by_terms(kg: KnowledgeGraph) -> None:
    """Bindings are terms for variables of the query."""
    found = kg.query("SELECT ?year { ?light sea:litIn ?year } ORDER BY ?year", {"light": _SKERRY})
    assert [str(year) for (year,) in found.rows] == ["1844", "1845"]


def test_a_bad_query_is_told_by_its_name(kg: KnowledgeGraph) -> None:
    """The message names the file that the query comes from, when it is told."""
    with pytest.raises(QuerySyntaxError, match=r"^ask\.rq:1:10: C402 prefix \"see\" is not bound"):
        kg.query("ASK { ?s see:within ?o }", path="ask.rq")


@pytest.mark.parametrize("area", [":inner-isles", "Inner Isles", URIRef(f"{THINGS}inner-isles")])
def test_questions_take_names_and_terms(kg: KnowledgeGraph, area: str | URIRef) -> None:
    """A parameter is a term, or a name as one types it."""
    assert kg.ask("standing-in", area=area).rows == ((_SKERRY,),)


def test_unknown_questions_and_parameters_are_told(kg: KnowledgeGraph) -> None:
    """What is not there is answered with near names; what is missing or of another type, with an example."""
    with pytest.raises(NotFoundError, match=r'C430 .*\n  did you mean "standing-in"'):
        kg.ask("standing")
    with pytest.raises(NotFoundError, match=r'C431 .*\n  did you mean "area"'):
        kg.ask("standing-in", aera=":inner-isles")
    with pytest.raises(UsageError, match=r"C432 .*\n.*area=:western-isles"):
        kg.ask("standing-in")
    with pytest.raises(UsageError, match="C433 metres is of type decimal"):
        kg.ask("taller", metres="high")


def test_a_question_that_cannot_be_read_is_told(small: Path) -> None:
    """Asked for a question whose file is wrong, the error says what is wrong, not that it is not there."""
    (small / "queries/taller.rq").write_text("#+ summary: Taller?\nASK { ?s see:height ?o }\n")
    with pytest.raises(SourceError, match=r"^queries/taller\.rq:2:10: C402 "):
        open_project(small).ask("taller")


def test_a_parameter_may_have_any_name(small: Path) -> None:
    """A question whose parameters are called as Python's own are told them in a mapping."""
    (small / "queries/odd.rq").write_text(
        "#+ summary: Odd?\n#+ params:\n#+   engine: {type: iri}\n#+   triples: {type: iri}\n"
        "ASK { ?engine ?p ?triples }\n"
    )
    kg = open_project(small)
    assert kg.ask("odd", {"engine": ":skerry-light", "triples": ":inner-isles"}).truth
    assert not kg.ask("odd", {"engine": ":inner-isles", "triples": ":skerry-light"}).truth


def test_a_thing_is_shown_with_its_sources(kg: KnowledgeGraph) -> None:
    """Each fact says which sources state it; one that follows from them has none and is marked."""
    shown = kg.show("Skerry Light")
    facts = {
        (str(f.predicate).removeprefix(TERMS), str(f.object).removeprefix(THINGS)): f for f in shown.facts
    }
    assert facts["litIn", "1844"].sources == (URIRef(f"{SOURCES}almanac/1901"),)
    assert facts["litIn", "1845"].sources == (URIRef(f"{SOURCES}harbour-board/report"),)
    assert not facts["within", "inner-isles"].inferred
    assert facts["within", "western-isles"].inferred
    assert [(str(fact.object).removeprefix(TERMS), fact.inferred) for fact in shown.types] == [
        ("Light", False),
        ("Structure", True),
    ]
    assert {str(fact.object) for fact in shown.labels} == {"Skerry Light", "Feu du récif"}


def test_a_fact_of_two_sources_has_both(small: Path) -> None:
    """What two files state is one fact with two sources, in order."""
    with (small / "data/almanac/1901.ttl").open("a") as file:
        file.write(":skerry-light sea:within :inner-isles .\n")
    (fact,) = (
        fact
        for fact in open_project(small).show("skerry-light", triples="asserted").facts
        if fact.predicate == URIRef(f"{TERMS}within")
    )
    assert fact.sources == (URIRef(f"{SOURCES}almanac/1901"), URIRef(f"{SOURCES}harbour-board/report"))


def test_what_is_shown_can_be_chosen(kg: KnowledgeGraph) -> None:
    """Asserted and inferred facts part what is shown of both."""
    both, asserted, inferred = (
        kg.show("skerry-light", triples=choice) for choice in ("both", "asserted", "inferred")
    )
    assert {*asserted.facts, *inferred.facts} == set(both.facts)
    assert not any(fact.inferred for fact in asserted.facts)
    assert inferred.facts
    assert all(fact.inferred for fact in (*inferred.facts, *inferred.types))


@pytest.mark.parametrize("name", ["skerry-lihgt", "<urn:x:nowhere>"])
def test_what_is_not_there_cannot_be_shown(kg: KnowledgeGraph, name: str) -> None:
    """A name that nothing has is an error, and so is an IRI that the graph does not hold."""
    with pytest.raises(NotFoundError, match="C501 nothing is called"):
        kg.show(name)


def test_a_build_saves_reasoning(built: Path, reasoned: list[int]) -> None:
    """After a build the closure is read and not reasoned, until a file has other bytes."""
    stored = open_project(built).closure
    assert reasoned == []
    report = built / "data/harbour-board/report.ttl"
    report.write_text(f"{report.read_text()}\n:harbour-light sea:within :inner-isles .\n")
    assert len(open_project(built).closure.inferred) == len(stored.inferred) + 1
    assert len(reasoned) == 1


def test_a_damaged_build_is_reasoned_anew(built: Path, reasoned: list[int]) -> None:
    """A closure that cannot be read is as none: it is made again, and is the same."""
    whole = open_project(built).closure
    for store in (built / "build/closure/triple.parquet", built / "build/kept.json"):
        store.write_bytes(store.read_bytes()[:-40])
    assert open_project(built).closure == whole
    assert len(reasoned) == 1


def test_one_object_reasons_once(small: Path, reasoned: list[int]) -> None:
    """Without a build the closure is made when it is first needed, and once."""
    kg = open_project(small)
    kg.query("ASK { ?s ?p ?o }", triples="asserted")
    assert reasoned == []
    kg.query("ASK { ?s ?p ?o }")
    kg.show("skerry-light")
    kg.ask("disputed")
    assert len(reasoned) == 1


def test_opening_writes_nothing(small: Path) -> None:
    """Whatever is asked of a project, its folder stays as it is."""
    before = sorted(small.rglob("*"))
    kg = open_project(small)
    kg.check()
    kg.ask("disputed")
    kg.export("trig", triples="both")
    assert sorted(small.rglob("*")) == before


@pytest.mark.parametrize("fmt", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_exports_are_stable(kg: KnowledgeGraph, built_once: Path, fmt: str) -> None:
    """The same files give the same bytes in each format, whichever triples are chosen."""
    again = open_project(built_once)
    seen = set()
    for triples in ("asserted", "inferred", "both"):
        written = kg.export(fmt, triples=triples)
        assert written == again.export(fmt, triples=triples)
        seen.add(written)
    assert len(seen) == 3


def test_what_is_wrong_is_told_gravest_first(small: Path) -> None:
    """Checks tell problems of all kinds with place and remedy, violations before warnings."""
    almanac = small / "data/almanac/1901.ttl"
    almanac.write_text(almanac.read_text().replace('"041.50"^^xsd:decimal', "410.5"))
    report = small / "data/harbour-board/report.ttl"
    report.write_text(report.read_text().replace('"1851"^^xsd:gYear', '"1851"'))
    (small / "queries/broken.rq").write_text("#+ summary: Broken?\nASK { ?s ?p }\n")
    problems = open_project(small).check()
    assert {(str(p.place).rpartition(":")[0], p.code, p.severity) for p in problems} == {
        ("data/harbour-board/report.ttl:18", "C301", Severity.VIOLATION),
        ("queries/broken.rq:2", "C401", Severity.VIOLATION),
        ("data/almanac/1901.ttl:14", "C301", Severity.WARNING),
    }
    assert problems[-1].severity is Severity.WARNING
    assert all(problem.remedy for problem in problems)


def test_what_cannot_be_reasoned_with_is_told_with_the_rest(small: Path) -> None:
    """An axiom that an engine refuses stands in the list, and the other problems do too."""
    ontology = small / "ontology/sea.ttl"
    ontology.write_text(
        ontology.read_text()
        + "sea:Light rdfs:subClassOf [ owl:onProperty sea:p ; owl:maxCardinality sea:none ] .\n"
    )
    report = small / "data/harbour-board/report.ttl"
    report.write_text(report.read_text().replace('"1851"^^xsd:gYear', '"1851"'))
    codes = {problem.code for problem in open_project(small, engine="owlrl").check()}
    assert {"C301", "C602"} <= codes
