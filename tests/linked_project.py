"""A small project whose lights are linked to items of Wikidata, of which another source speaks."""

import re
from pathlib import Path

from tests.small_project import SOURCES, THINGS

__all__ = ["LINKS", "ROWS", "link"]

LINKS = "data/links/wikidata.sssom.tsv"
_COLUMNS = (
    "subject_id",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "mapping_justification",
    "author_label",
    "reviewer_id",
    "mapping_date",
)
_BY_HAND = ("semapv:ManualMappingCuration", "Ada Lovelace", "orcid:0000-0002-1825-0097", "2026-11-23")
# Line 12 links a light, line 13 an isle; line 14 denies what would make a light an isle.
ROWS = (
    ("id:skerry-light", "skos:exactMatch", "", "wd:Q9001", *_BY_HAND),
    ("id:inner-isles", "skos:exactMatch", "", "wd:Q9002", *_BY_HAND),
    ("id:harbour-light", "skos:exactMatch", "Not", "wd:Q9002", *_BY_HAND),
)
_HEADER = f"""\
#curie_map:
#  orcid: https://orcid.org/
#  id: {THINGS}
#  wd: http://www.wikidata.org/entity/
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_set_id: {SOURCES}links/wikidata
#mapping_set_title: Lights and isles in Wikidata
#publication_date: '2026-11-30'
#mapping_set_description: Made for tests.
#subject_source: {SOURCES}entities
"""
_ENTRIES = """
<links/wikidata>
    rdfs:label "Links to Wikidata"@en , "Liens vers Wikidata"@fr ;
    cord:access :access-read ;
    dcterms:publisher :harbour-board ;
.

<wikidata/lights>
    rdfs:label "What Wikidata says"@en , "Ce que dit Wikidata"@fr ;
    cord:access :access-read ;
    dcterms:publisher :almanac ;
.
"""
_SAID = f"""\
@prefix : <{THINGS}> .
@prefix sea: <https://example.org/sea/ns#> .
@prefix wd: <http://www.wikidata.org/entity/> .

wd:Q9001 sea:lamps 3 ; sea:within wd:Q9002 .

wd:Q9002 sea:within :northern-isles .
"""


def link(
    root: Path,
    *rows: tuple[str, ...],
    keys: str = 'by_row = ["links"]\nsame_as = ["links/wikidata"]\n',
) -> Path:
    """The small project in ``root`` with a mapping set of these rows, and what the settings say of it."""
    lines = ("\t".join(values) + "\n" for values in (_COLUMNS, *(rows or ROWS)))
    (root / LINKS).parent.mkdir(parents=True, exist_ok=True)
    (root / LINKS).write_text(_HEADER + "".join(lines), encoding="utf-8")
    said = root / "data/wikidata/lights.ttl"
    said.parent.mkdir(exist_ok=True)
    said.write_text(_SAID, encoding="utf-8")
    catalogue = root / "data/sources.ttl"
    text = catalogue.read_text(encoding="utf-8")
    if "<links/wikidata>" not in text:
        catalogue.write_text(text + _ENTRIES, encoding="utf-8")
    settings = root / "pyproject.toml"
    text = re.sub(r"^(by_row|same_as) = .*\n", "", settings.read_text(encoding="utf-8"), flags=re.MULTILINE)
    settings.write_text(text.replace("[tool.cordiale]\n", f"[tool.cordiale]\n{keys}", 1), encoding="utf-8")
    return root
