"""A small complete project: two lights at sea, and two documents that disagree on the year of one."""

import shutil
from pathlib import Path

import pytest

from cordiale.project.build import build
from tests.read.project import write_project

__all__ = ["SOURCES", "TERMS", "THINGS", "built", "built_once", "bytes_under", "small"]

TERMS = "https://example.org/sea/ns#"
THINGS = "https://example.org/sea/id/"
SOURCES = "https://example.org/sea/source/"
_SETTINGS = f"""\
[tool.cordiale]
terms = "{TERMS}"
things = "{THINGS}"
sources = "{SOURCES}"
languages = ["en", "fr"]
catalogue = "sources"
trusted = ["ontology", "sources", "entities"]
"""
_HEAD = f"""\
@base <{SOURCES}> .
@prefix : <{THINGS}> .
@prefix cord: <https://w3id.org/cordiale/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sea: <{TERMS}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
_TURTLE = {
    "ontology/sea.ttl": """\
sea:Light a owl:Class ; rdfs:label "light"@en , "feu"@fr ; rdfs:subClassOf sea:Structure .
sea:Structure a owl:Class ; rdfs:label "structure"@en , "ouvrage"@fr .
sea:Isle a owl:Class ; rdfs:label "isle"@en , "île"@fr ; owl:disjointWith sea:Structure .
sea:neighbourOf a owl:ObjectProperty , owl:SymmetricProperty .
sea:within a owl:ObjectProperty , owl:TransitiveProperty .
""",
    "data/sources.ttl": """\
# The catalogue.

<almanac/1901>
    rdfs:label "Almanac for 1901"@en , "Almanach de 1901"@fr ;
    cord:access :access-read ;
    cord:tier :tier-low ;
    dcterms:identifier "[1]" ;
    dcterms:issued "1901"^^xsd:gYear ;
    dcterms:publisher :almanac ;
.

# The board prints it every year.
<harbour-board/report>
    rdfs:label "Report of the board"@en , "Rapport du bureau"@fr ;
    cord:access :access-read ;
    dcterms:identifier "[2]" ;
    dcterms:publisher :harbour-board ;
.
""",
    "data/entities.ttl": """\
:access-read rdfs:label "read"@en , "lu"@fr .
:access-unconfirmed rdfs:label "unconfirmed"@en , "non confirmé"@fr .
:tier-low rdfs:label "low"@en , "bas"@fr .
:almanac rdfs:label "Sea Almanac"@en , "Almanach de la mer"@fr .
:harbour-board rdfs:label "Harbour Board"@en , "Bureau du port"@fr .
:skerry-light a sea:Light ; rdfs:label "Skerry Light"@en , "Feu du récif"@fr .
:skerry-light skos:altLabel "The Old Tower"@en .
:harbour-light a sea:Light ; rdfs:label "Harbour Light"@en , "Feu du port"@fr .
:inner-isles a sea:Isle ; rdfs:label "Inner Isles"@en , "Îles intérieures"@fr .
:western-isles a sea:Isle ; rdfs:label "Western Isles"@en , "Îles de l’ouest"@fr .
""",
    "data/almanac/1901.ttl": """\
:skerry-light
    sea:litIn "1844"^^xsd:gYear ;
    sea:height "041.50"^^xsd:decimal ;
    sea:lamps "007"^^xsd:integer ;
    rdfs:comment "A tower, grey."@en-GB ;
.
""",
    "data/harbour-board/report.ttl": """\
:skerry-light
    sea:litIn "1845"^^xsd:gYear ;
    sea:neighbourOf :harbour-light ;
    sea:within :inner-isles ;
.

:harbour-light sea:litIn "1851"^^xsd:gYear ; sea:height "12.0"^^xsd:decimal .

:inner-isles sea:within :western-isles .
""",
    "shapes/lights.ttl": """\
sea:LightShape a sh:NodeShape ; sh:targetClass sea:Light ; sh:property sea:Light-litIn , sea:Light-height .
sea:Light-litIn a sh:PropertyShape ;
    sh:path sea:litIn ;
    sh:minCount 1 ;
    sh:datatype xsd:gYear ;
    sh:severity sh:Violation ;
    sh:message "A light is lit in a year: write \\"1844\\"^^xsd:gYear."@en ;
.
sea:Light-height a sh:PropertyShape ;
    sh:path sea:height ;
    sh:maxInclusive 99.0 ;
    sh:severity sh:Warning ;
    sh:message "So high a light is rare: look again."@en ;
.
""",
}
_SPARQL = f"""\
PREFIX sea: <{TERMS}>

"""
_FILES = {
    **{path: _HEAD + text for path, text in _TURTLE.items()},
    "queries/lights/disputed.rq": f"""\
#+ summary: In which years was a light lit, and who says so?
#+ summary_fr: En quelles années un feu fut-il allumé, et qui le dit ?
#+ params:
#+   light: {{type: iri, default: ":skerry-light"}}
{_SPARQL}SELECT ?year ?source WHERE {{ GRAPH ?source {{ ?light sea:litIn ?year }} }} ORDER BY ?year
""",
    "queries/lights/disputed.expected.csv": (
        f"year,source\r\n1844,{SOURCES}almanac/1901\r\n1845,{SOURCES}harbour-board/report\r\n"
    ),
    # Only reasoning knows that the light stands in the wider group of isles; the area has no default.
    "queries/lights/standing-in.rq": f"""\
#+ summary: Which lights stand in this area?
#+ summary_fr: Quels feux se trouvent dans cette zone ?
#+ params:
#+   area: {{type: iri, example: ":western-isles"}}
{_SPARQL}SELECT ?light WHERE {{ ?light a sea:Light ; sea:within ?area }} ORDER BY ?light
""",
    "queries/lights/standing-in.expected.csv": f"light\n{THINGS}skerry-light\n",
    "queries/taller.rq": f"""\
#+ summary: Is any light taller than this, in metres?
#+ summary_fr: Un feu dépasse-t-il cette hauteur, en mètres ?
#+ params:
#+   metres: {{type: decimal, default: "40"}}
{_SPARQL}ASK {{ ?light sea:height ?height . FILTER (?height > ?metres) }}
""",
    "queries/taller.expected.csv": "true\n",
}


def bytes_under(folder: Path) -> dict[str, bytes]:
    """The content of every file in a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a small project, as it was written."""
    return write_project(tmp_path / "sea", _FILES, settings=_SETTINGS)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small project with its build, to be read only."""
    root = write_project(tmp_path_factory.mktemp("built") / "sea", _FILES, settings=_SETTINGS)
    assert build(root, list[str]().append).problems == ()
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """The folder of a small project with its build."""
    return Path(shutil.copytree(built_once, tmp_path / "built"))
