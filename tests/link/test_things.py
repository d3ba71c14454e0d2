"""What a project says of its things, as a register would have it."""

from rdflib import Graph

from cordiale.link.records import Record
from cordiale.link.things import records_of_graph

_GRAPH = """
@prefix : <https://example.org/id/> .
@prefix cord: <https://w3id.org/cordiale/ns#> .
@prefix ex: <https://example.org/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:School rdfs:subClassOf schema:CollegeOrUniversity .
ex:City rdfs:subClassOf schema:Place .

:north a ex:School ; rdfs:label "North School"@en ; cord:locatedAt :lyon ;
    cord:createdOn "1907-10-01"^^xsd:date .
:south a ex:School ; rdfs:label "South School"@en ; cord:locatedAt :north ;
    cord:createdOn "1907"^^xsd:gYear ; schema:foundingDate "1911-02"^^xsd:gYearMonth .
:east a ex:School ; rdfs:label "East School"@en ; schema:location :nowhere ; cord:foundedOn "soon" .
:lyon a ex:City ; rdfs:label "Lyon"@fr , "Lyons"@en ; schema:containedInPlace :france .
:france a ex:City ; rdfs:label "France"@fr ; cord:locatedAt :lyon .
"""


def _record(name: str) -> Record:
    graph = Graph().parse(data=_GRAPH)
    records = {record.id: record for record in records_of_graph(graph, space="https://example.org/id/")}
    return records[f"https://example.org/id/{name}"]


def test_place_and_year_are_taken_from_what_is_said() -> None:
    """Cities by all their names, the country by its code, also where places lead back to themselves."""
    record = _record("north")
    assert (record.countries, record.cities, record.established) == (("FR",), ("Lyon", "Lyons"), 1907)


def test_who_disagrees_on_the_year_says_none() -> None:
    """A thing within a thing is where that is, which is no city itself; two years are no evidence."""
    record = _record("south")
    assert (record.countries, record.cities, record.established) == (("FR",), ("Lyon", "Lyons"), None)


def test_what_is_not_known_is_left_out() -> None:
    """A place of which nothing is said, a text that is no date."""
    record = _record("east")
    assert (record.countries, record.cities, record.established) == ((), (), None)
