"""What counts as a use of a term, and what does not."""

import pytest
from rdflib import Dataset, Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.unused import check_unused, unused_terms
from cordiale.model.places import Place
from cordiale.model.problems import Severity
from cordiale.model.terms import Node

NS = "https://example.org/ns#"
PREFIXES = f"""
    @prefix : <{NS}> .
    @prefix id: <https://example.org/id/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ONTOLOGY = """
    :Tower a owl:Class ; rdfs:label "tower" ; rdfs:subClassOf :Work .
    :Work a owl:Class .
    :crosses a owl:ObjectProperty ; rdfs:domain :Work .
    :leadsTo a owl:ObjectProperty ; owl:propertyChainAxiom ( :crosses :endsAt ) .
    :reachedBy a owl:ObjectProperty ; owl:inverseOf :leadsTo .
    :endsAt a owl:ObjectProperty .
    [] a owl:AllDisjointClasses ; owl:members ( :Tower :Work ) .
"""


def parse(text: str) -> Graph:
    """The graph of a Turtle text."""
    return Graph().parse(data=PREFIXES + text)


def unused(data: str = "", shapes: str = "", *queries: str) -> set[str]:
    """Local names of the terms of ONTOLOGY that nothing uses."""
    found = unused_terms(parse(ONTOLOGY + data), parse(shapes), queries, NS)
    assert list(found) == sorted(found)
    return {term.removeprefix(NS) for term in found}


ALL = {"Tower", "Work", "crosses", "endsAt", "leadsTo", "reachedBy"}


def test_an_ontology_alone_uses_nothing() -> None:
    """Terms that only speak of one another, or stand in a list of disjoint classes, are not used."""
    assert unused() == ALL


@pytest.mark.parametrize(
    ("data", "used"),
    [
        ("id:eiffel a :Tower .", {"Tower", "Work"}),
        ("id:neuf :crosses id:seine .", {"crosses", "Work"}),
        (
            "id:neuf :crosses id:seine ; :endsAt id:quai .",
            {"crosses", "Work", "endsAt", "leadsTo", "reachedBy"},
        ),
        ("id:claim id:about :endsAt .", {"endsAt"}),
        ('id:neuf id:height "x"^^:Tower .', {"Tower", "Work"}),
        ("[] a id:Survey ; id:of :Work .", {"Work"}),
        ("id:survey id:of [ id:kind :Work ] .", {"Work"}),
    ],
)
def test_data_use_terms_and_terms_use_terms(data: str, used: set[str]) -> None:
    """A use reaches superclasses and domains, and what a chain or an inverse concludes from all it needs."""
    assert unused(data) == ALL - used


@pytest.mark.parametrize(
    ("shapes", "used"),
    [
        ("id:Shape sh:targetClass :Work .", {"Work"}),
        (":Work a sh:NodeShape .", {"Work"}),
        ("id:Shape sh:property [ sh:path ( :endsAt id:x ) ] .", {"endsAt"}),
        ('id:Shape sh:sparql [ sh:select "SELECT $this { $this :endsAt ?end }" ] .', {"endsAt"}),
        ('id:Shape sh:message "write :endsAt" .', set()),
    ],
)
def test_shapes_use_terms(shapes: str, used: set[str]) -> None:
    """Targets, paths and queries of shapes are uses; what a message says is not."""
    assert unused("", shapes) == ALL - used


@pytest.mark.parametrize(
    ("query", "used"),
    [
        (f"PREFIX b: <{NS}> SELECT ?x {{ ?x b:endsAt ?y }}", {"endsAt"}),
        (f"ASK {{ ?x <{NS}endsAt>+ ?y }}", {"endsAt"}),
        (f"PREFIX b: <{NS}> ASK {{ ?x ?p 'b:endsAt' }} # b:endsAt", set()),
        ("PREFIX : <https://example.org/else#> ASK { ?x :endsAt ?y }", set()),
    ],
)
def test_queries_use_terms(query: str, used: set[str]) -> None:
    """A name counts by the prefix that the query declares; in strings and comments it does not count."""
    assert unused("", "", query) == ALL - used


def test_a_deprecated_term_is_left_out() -> None:
    """Nobody is told to use what is kept only because it was published."""
    assert unused(":Tower owl:deprecated true .") == ALL - {"Tower"}


def test_a_list_without_end_stops_nothing() -> None:
    """A chain whose list is its own tail concludes nothing here; the reasoner tells of it."""
    looped = "id:l rdf:first :endsAt ; rdf:rest id:l . :ends owl:propertyChainAxiom id:l ."
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    assert "ends" in unused(rdf + looped)


def test_a_use_in_any_file_counts() -> None:
    """Of a dataset all named graphs are looked at, and terms of other namespaces are nobody's business."""
    data = Dataset(default_union=True)
    data.graph(URIRef("https://example.org/source/ontology")).parse(
        data=PREFIXES + ":Work a owl:Class . :Tower a owl:Class . id:Other a owl:Class ."
    )
    data.graph(URIRef("https://example.org/source/data")).parse(data=PREFIXES + "id:eiffel a :Tower .")
    assert unused_terms(data, Graph(), [], NS) == (URIRef(NS + "Work"),)


def test_each_unused_term_is_an_info_with_a_place() -> None:
    """The problem names the term, stands where the term does, and fails no build."""
    asked: list[Node] = []

    def blame(subject: Node, _predicate: Node | None, _object: Node | None) -> Blamed:
        asked.append(subject)
        return Blamed(places=(Place(path="ontology/works.ttl", line=7),))

    graph = parse(":Tower a owl:Class .")
    graph.bind("works", NS, override=True, replace=True)
    (problem,) = check_unused(graph, Graph(), [], NS, blame)
    assert (problem.code, problem.severity) == ("C305", Severity.INFO)
    assert problem.message.startswith("nothing uses works:Tower: ")
    assert problem.place == Place(path="ontology/works.ttl", line=7)
    assert asked == [URIRef(NS + "Tower")]
