"""A stranger's graph: a university's researchers as VIVO has them, one language, its own namespaces."""

from pathlib import Path

from tests.read.project import write_project

__all__ = ["write_university"]

_SETTINGS = """\
[tool.cordiale]
terms = "http://vivo.somewhere.example/ontology/local#"
things = "http://vivo.somewhere.example/individual/"
sources = "http://vivo.somewhere.example/graph/"
languages = ["en-US"]
catalogue = "feeds"
trusted = ["ontology", "feeds"]

[tool.cordiale.views.registrar]
without = ["hr"]
"""
_HEAD = """\
@base <http://vivo.somewhere.example/graph/> .
@prefix : <http://vivo.somewhere.example/individual/> .
@prefix bfo: <http://purl.obolibrary.org/obo/> .
@prefix cord: <https://w3id.org/cordiale/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix local: <http://vivo.somewhere.example/ontology/local#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vivo: <http://vivoweb.org/ontology/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
_TURTLE = {
    "ontology/vivo.ttl": """\
vivo:FacultyMember a owl:Class ; rdfs:label "Faculty Member"@en-US ; rdfs:subClassOf foaf:Person .
vivo:AcademicDepartment a owl:Class ; rdfs:label "Academic Department"@en-US .
vivo:relates a owl:ObjectProperty ; rdfs:label "relates"@en-US ; owl:inverseOf vivo:relatedBy .
vivo:relatedBy a owl:ObjectProperty ; rdfs:label "related by"@en-US .
bfo:BFO_0000050 a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "part of"@en-US .
local:officeHours a owl:DatatypeProperty ; rdfs:label "office hours"@en-US .
""",
    "data/feeds.ttl": """\
<hr/2024-09> rdfs:label "Payroll"@en-US ; cord:access :read ; dcterms:issued "2024-09"^^xsd:gYearMonth .
<registrar/2024> rdfs:label "Course catalog"@en-US ; cord:access :read ; dcterms:issued "2024"^^xsd:gYear .
:read rdfs:label "read"@en-US .
""",
    "data/hr/2024-09.ttl": """\
:n1001 a vivo:FacultyMember ; rdfs:label "Okafor, Ada"@en-US ; vivo:relatedBy :position7 .
:position7 a vivo:Position ; vivo:relates :physics ; rdfs:label "Associate Professor"@en-US .
:physics a vivo:AcademicDepartment ; rdfs:label "Physics"@en-US ; bfo:BFO_0000050 :sciences .
:sciences bfo:BFO_0000050 :university .
""",
    "data/registrar/2024.ttl": """\
:n1001 local:officeHours "Tue 14:00" ; rdfs:label "Ada Okafor"@en-US .
:physics a vivo:AcademicDepartment ; rdfs:label "Department of Physics"@en-US .
""",
    "shapes/people.ttl": """\
<shapes/faculty> a sh:NodeShape ; sh:targetClass vivo:FacultyMember ; sh:property <shapes/faculty-label> .
<shapes/faculty-label> a sh:PropertyShape ;
    sh:path rdfs:label ; sh:minCount 1 ; sh:severity sh:Violation ;
    sh:message "A faculty member has a name: write rdfs:label."@en-US .
""",
}
_QUERIES = {
    "queries/part-of.rq": """\
#+ summary: What is this department part of?
#+ params:
#+   department: {type: iri, default: "http://vivo.somewhere.example/individual/physics"}
SELECT ?whole WHERE {
  ?department <http://purl.obolibrary.org/obo/BFO_0000050> ?whole
} ORDER BY ?whole
""",
    "queries/part-of.expected.csv": "whole\n"
    "http://vivo.somewhere.example/individual/sciences\n"
    "http://vivo.somewhere.example/individual/university\n",
    "queries/hours.rq": """\
#+ summary: When are the office hours of faculty?
PREFIX local: <http://vivo.somewhere.example/ontology/local#>
SELECT ?person ?hours WHERE { ?person local:officeHours ?hours } ORDER BY ?person ?hours
""",
    "queries/hours.expected.csv": "person,hours\nhttp://vivo.somewhere.example/individual/n1001,Tue 14:00\n",
}


def write_university(root: Path) -> Path:
    """Its folder, as it was written."""
    turtle = {path: _HEAD + text for path, text in _TURTLE.items()}
    return write_project(root, {**turtle, **_QUERIES}, settings=_SETTINGS)
