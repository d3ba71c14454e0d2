"""Errors to be planted in copies of the project's own graph, one of each kind: what is changed where, which line
must be named, which words its remedy must have, and what following the remedy makes of the file.

Errors of one batch are planted together: no other problem may appear than theirs, one each.
"""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["BATCHES", "Planted", "mended", "plant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One error: ``old`` becomes ``new`` in the file, or the file is made when ``old`` is empty."""

    code: str
    path: str
    old: str
    new: str
    remedy: str
    at: str = ""  # a text on the line that must be named, in the changed file; by default how ``new`` begins
    mend: tuple[str, str] | None = None  # what is replaced to follow the remedy; by default all is as before
    line: int | None = -1  # the line, where no text tells it


def _row(
    code: str,
    path: str,
    old: str,
    new: str,
    remedy: str,
    *,
    at: str = "",
    line: int | None = -1,
    mend: tuple[str, str] | None = None,
) -> Planted:
    return Planted(code=code, path=path, old=old, new=new, remedy=remedy, at=at, line=line, mend=mend)


def plant(root: Path, error: Planted) -> int | None:
    """Change the file; the line that must be named."""
    file = root / error.path
    if not error.old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(error.new.encode())
        return _line(error, error.new)
    before = file.read_bytes().decode()
    assert error.old in before, error
    after = before.replace(error.old, error.new, 1)
    if error.code in ("C102", "C417"):
        file.write_bytes(before.encode().replace(error.old.encode(), error.new.encode("latin-1"), 1))
    else:
        file.write_bytes(after.encode())
    return _line(error, after)


def _line(error: Planted, text: str) -> int | None:
    if error.line != -1:
        return error.line
    at = error.at or error.new.lstrip("\n").splitlines()[0]
    return text.count("\n", 0, text.index(at)) + 1


def mended(root: Path, error: Planted, original: Path) -> None:
    """Change the file as the remedy says."""
    file = root / error.path
    if error.mend is not None:
        text = file.read_bytes().decode()
        assert error.mend[0] in text, error
        file.write_bytes(text.replace(*error.mend, 1).encode())
    elif (original / error.path).exists():
        file.write_bytes((original / error.path).read_bytes())
    else:
        file.unlink()


_SETTINGS = "pyproject.toml"
_THINGS = "data/entities.ttl"
_TERMS = "ontology/cordiale.ttl"
_SOURCES = "data/sources.ttl"
_LICENSE = "#license: https://creativecommons.org/licenses/by/4.0/"
_CABIN = """\
cord:Cabin
    a owl:Class ;
    rdfs:label "cabin"@en ,
        "cabane"@fr ;
    skos:definition "A small house of wood."@en ,
        "Petite maison de bois."@fr ;
.

"""
_NOBLE = """\
:alison-noble
    a cord:Person ;
    rdfs:label "Alison Noble"@en ,
        "Alison Noble"@fr ;
.

"""
_WINFIELD = '    a cord:Person ;\n    rdfs:label "Alan Winfield"@en ,\n        "Alan Winfield"@fr ;\n.\n\n'
_NOBODY = """\
:ainley_john
    a cord:Person ;
    rdfs:label "John Ainley"@en ,
        "John Ainley"@fr ;
.

"""
_AGENCY = """\
    rdfs:label "Agency text on the supercomputing partnership, agency unknown"@en ,
        "Texte d’agence sur le partenariat de supercalcul, agence inconnue"@fr ;
"""

BATCHES: dict[str, tuple[Planted, ...]] = {
    "settings that are no TOML": (
        _row("C110", _SETTINGS, 'catalogue = "', "catalogue = ", "toml.io", at="catalogue ="),
    ),
    "settings": (
        _row("C112", _SETTINGS, 'catalogue = "sources"\n', "", 'catalogue = "sources"', at="[tool.cordiale]"),
        _row("C113", _SETTINGS, "trusted = [", "trusty = []\ntrusted = [", '"trusted"', at="trusty"),
        _row("C114", _SETTINGS, 'languages = ["en", "fr"]', 'languages = "en"', 'languages = ["en", "fr"]'),
    ),
    "files that cannot be read": (
        _row("C101", "data/allschool/vice-chancellor-pay.ttl", "cord:Claim ;", "cord:Claim", '";"', line=14),
        _row("C102", "data/ensae/2024-06-20.ttl", "é", "é", "UTF-8"),
        _row("C103", "data/cherwell/2023-11-16.ttl", "@base", "\ufeff@base", "without one"),
        _row("C104", "data/cam/cfi-launch.ttl", "cord:claimKind", "cordd:claimKind", '"cord"', at="cordd:"),
        _row("C105", "data/cam/csah-cfi.ttl", "# F-", "# \0F-", "take it out"),
        _row(
            "C106", "data/cnrs/abel.ttl", "cord:madeIn <cnrs/abel>", "cord:madeIn << :a :b :c >>", "RDF 1.2"
        ),
        _row("C122", "data/new one.ttl", "", "", "letters a-z", line=None),
        _row("C123", "data/inferred.ttl", "", "", "another name", line=None),
        _row("C130", "data/links/grid.sssom.tsv", "#curie_map:", "#curie_map: [", "YAML", line=3),
        _row("C131", "data/links/isni.sssom.tsv", "isni: https://isni.org/isni/", "isni: 7", "curie_map"),
        _row("C132", "data/links/orcid.sssom.tsv", "\tpredicate_id\t", "\tpredicate\t", "predicate_id"),
        _row("C133", "data/links/ror.sssom.tsv", "ror:019tcpt25", "rorr:019tcpt25", '"ror"'),
        _row("C134", "data/links/ror.sssom.tsv", "ror:02feahw73", "", "write it", at="cordiale:cnrs\t"),
        _row("C135", "data/links/ror.sssom.tsv", "ror:05hy3tk52", "05hy3tk52", "prefix"),
        _row("C136", "data/links/wikidata.sssom.tsv", "\nsubject_id", '\n"subject_id', "quotation"),
    ),
    "what files say": (
        _row("C124", "data/parliament-today/2025-07-10.ttl", "skos/core#", "skos/core/", "alike"),
        _row("C125", _SETTINGS, '"entities"]', '"entities", "press"]', "trusted", line=None),
        _row("C137", "data/links/isni.sssom.tsv", _LICENSE, "#license: free", "sssom/license"),
        _row("C138", "data/links/orcid.sssom.tsv", "#license", "#licence: free\n#license", '"license"'),
        _row("C201", "data/gazette/2025.ttl", "", "# Nothing yet.\n", "add <", line=None),
        _row(
            "C202",
            _SOURCES,
            'visite d’État à venir"@fr ;\n    cord:access :access-unseen ;',
            'visite d’État à venir"@fr ;\n    cord:access :access-read ;',
            "data/afp/2025-05-13.ttl",
            at="access-read ;\n    cord:tier :tier-press ;\n    dcterms:language",
        ),
        _row(
            "C203",
            _SOURCES,
            "cord:access :access-unseen ;\n    cord:tier :tier-partner ;",
            "cord:access :access-unseen ;\n    cord:restsOn <ekole/partenariat-franco-britannique> ;\n"
            "    cord:tier :tier-partner ;",
            "take out",
            line=485,
        ),
        _row(
            "C204",
            _SOURCES,
            "<ip-paris/release-2024-05> ;",
            "<ip-paris/release-2024-15> ;",
            "release-2024-05",
        ),
        # Of the shapes: a datatype, a class, too few values, too many, a query.
        _row("C301", "data/ox/2021-07-30.ttl", '"2021-07-30"^^xsd:date', '"2021-07-30"', "^^xsd:date"),
        _row(
            "C301", "data/thotis/peyrache-interview.ttl", "cord:roleAt :hec-paris", "cord:roleAt :cnrs-x", "x"
        ),
        _row(
            "C301",
            _SOURCES,
            _AGENCY + "    cord:access :access-unseen ;\n",
            _AGENCY,
            "cord:access",
            at=_AGENCY,
        ),
        _row(
            "C301",
            "data/varsity/25857.ttl",
            "    dcterms:identifier",
            "    cord:madeIn <x> ;\n    dcterms:identifier",
            "x",
        ),
        _row("C301", "data/tf1-info/emmanuel-macron.ttl", "", "", "x"),
        _row("C305", _TERMS, "cord:Campus\n", _CABIN + "cord:Campus\n", "use it", at="cord:Cabin\n"),
        _row(
            "C306",
            _TERMS,
            "rdfs:subClassOf cord:Site ;",
            "rdfs:subClassOf cord:Site ,\n        [ owl:unionOf ( cord:Site ) ] ;",
            "name a class",
            at="[ owl:unionOf",
        ),
        _row("C313", "data/thotis/peyrache-interview.ttl", "# F-128", "# waive C301", "for instance"),
        _row(
            "C314", "data/varsity/25857.ttl", "# F-", "# waive C301: it was so\n# F-", "take the waiver out"
        ),
        _row("C601", _THINGS, "    a cord:City ;", "    a cord:City , cord:Person ;", "withdraw"),
    ),
    "house rules of Turtle": (
        _row(
            "C320",
            "data/123dok/2020-09-15.ttl",
            "@prefix rdf:",
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdf:",
            "take it out",
        ),
        _row(
            "C321",
            "data/bbc-news/2022-05.ttl",
            "@prefix : <https://w3id.org/cordiale/id/> .\n@prefix cord: <https://w3id.org/cordiale/ns#> .\n",
            "@prefix cord: <https://w3id.org/cordiale/ns#> .\n@prefix : <https://w3id.org/cordiale/id/> .\n",
            "alphabetical",
            at="@prefix : ",
        ),
        _row(
            "C322",
            _THINGS,
            ":alan-winfield\n" + _WINFIELD + _NOBLE,
            _NOBLE + ":alan-winfield\n" + _WINFIELD,
            "order",
            at=":alan-winfield\n",
        ),
        _row(
            "C323",
            "data/cam/2023-07-05.ttl",
            "\n    a cord:Claim",
            " a cord:Claim",
            "begin a line",
            at=" a cord:Claim",
        ),
        _row(
            "C324",
            "data/cherwell/2023-11-16.ttl",
            " ;\n    cord:madeIn",
            " ; cord:madeIn",
            "begin a line",
            at=" ; cord:madeIn",
        ),
        _row(
            "C325",
            "data/allschool/vice-chancellor-pay.ttl",
            "    a cord:Claim ;\n",
            '    cord:inLanguage "en" ;\n    a cord:Claim ;\n',
            "the order is",
            at="    a cord:Claim",
        ),
        _row(
            "C326",
            "data/thotis/peyrache-interview.ttl",
            'cord:describedAs "second term"@en ,\n        "second mandat"@fr',
            'cord:describedAs "second mandat"@fr ,\n        "second term"@en',
            "en, fr",
            at='"second term"@en',
        ),
        _row(
            "C327",
            "data/varsity/25857.ttl",
            "\n# F-",
            "\n[]\n    rdfs:seeAlso :hec-paris ;\n.\n\n# F-",
            "IRI",
            at="[]",
        ),
    ),
    "house rules of terms": (
        _row("C330", _THINGS, ' ,\n        "aivancity"@fr', "", "@fr", at=":aivancity\n"),
        _row(
            "C331",
            _THINGS,
            '"Alan Winfield"@en ,',
            '"Alan Winfield"@en ,\n        "A. Winfield"@en ,',
            "altLabel",
            at="A. W",
        ),
        _row(
            "C332",
            _TERMS,
            ' ,\n        "Site où un établissement enseigne ou mène ses recherches."@fr',
            "",
            "@fr",
            at="cord:Campus\n",
        ),
        _row("C333", _TERMS, '"A densely settled place with a government of its own."', '"A city."', "kind"),
        _row(
            "C334",
            _TERMS,
            "cord:Campus\n",
            _CABIN.replace("Cabin", "cabin") + "cord:Campus\n",
            "rename",
            at="cord:cabin\n",
        ),
        _row("C335", _THINGS, ":aivancity\n", _NOBODY + ":aivancity\n", "like-this", at=":ainley_john\n"),
        _row(
            "C336",
            _TERMS,
            "rdfs:subClassOf cord:Site ;",
            "rdfs:subClassOf cord:Site ;\n    owl:deprecated true ;",
            "isReplacedBy",
            at="cord:Campus\n",
        ),
        _row(
            "C337",
            _THINGS,
            ":agroparistech\n",
            _NOBODY.replace("_", "-") + ":agroparistech\n",
            "use it",
            at=":ainley-john\n",
        ),
        _row(
            "C338",
            _THINGS,
            ":allschool\n    a cord:Publisher ;",
            ":allschool\n    a cord:Publisher ;\n    owl:sameAs :alliancy ;",
            "exactMatch",
            at="owl:sameAs :all",
        ),
    ),
    "shapes that are silent, and house rules of shapes": (
        _row("C307", "shapes/concepts.ttl", "    sh:class skos:", "    sh:klass skos:", '"class"'),
        _row("C308", "shapes/concepts.ttl", "cord:Theme ,", "cord:Thema ,", "correct the name"),
        _row(
            "C309",
            "shapes/events.ttl",
            "    sh:property cordsh:Election-elected ;\n",
            "",
            "asks for",
            at="cordsh:Election\n",
        ),
        _row(
            "C310",
            "shapes/institutions.ttl",
            "cord:bringsTogether cord:",
            "cord:bringTogether cord:",
            "correct",
        ),
        _row("C340", "shapes/money.ttl", "", "", "Class-property"),
        _row("C341", "shapes/money.ttl", "", "", "Class-property"),
        _row("C342", "shapes/labels.ttl", "", "", "@fr"),
        _row(
            "C343",
            "shapes/events.ttl",
            "An election elects a person: write cord:elected.",
            "An election elects a person.",
            "what to write",
        ),
        _row("C344", "shapes/people.ttl", "    sh:severity sh:Violation ;\n", "", "sh:severity"),
    ),
    "shapes that lead nowhere": (
        _row(
            "C303",
            "shapes/links.ttl",
            "WHERE {\n              { GRAPH $this",
            "WHERE {\n              SERVICE <https://example.org/> { ?a ?b ?c }\n              { GRAPH $this",
            "offline",
            at="cordsh:Link-unique",
        ),
        _row(
            "C304",
            "shapes/concepts.ttl",
            "sh:property cordsh:Concept-inScheme ;",
            "sh:property cordsh:Concept-inSchema ;",
            "correct the name",
        ),
        _row(
            "C312",
            "shapes/events.ttl",
            '    sh:class cord:Person ;\n    sh:message "An election',
            '    sh:node cordsh:Election ;\n    sh:message "An election',
            "references",
            at="cordsh:Election\n",
        ),
    ),
    "a shape that cannot be used": (
        _row(
            "C302",
            "shapes/concepts.ttl",
            "    sh:maxCount 1 ;",
            '    sh:maxCount "one" ;',
            "correct it",
            at="cordsh:Concept-inScheme\n",
        ),
    ),
    "questions": (
        _row("C401", "queries/people/directors.rq", "ORDER BY ?name", "ORDER ?name", "BY"),
        _row("C402", "queries/people/alumni.rq", "?person cord:undertook", "?person cordd:undertook", "cord"),
        _row(
            "C403",
            "queries/money/total.rq",
            "  ?call cord:costs",
            "  SERVICE <https://example.org/> { ?a ?b ?c }\n  ?call cord:costs",
            "data/",
        ),
        _row("C404", "queries/sources/not-readable.rq", "SELECT", "DELETE", "SELECT"),
        _row("C405", "queries/people/fellows.rq", "WHERE {", "FROM <https://example.org/> WHERE {", "GRAPH"),
        _row("C406", "queries/people/roles.rq", '"en"', '"\\u0065n"', "itself"),
        _row(
            "C410",
            "queries/people/ties.rq",
            "#+ tags: [people, institutions]",
            "#+ tags: [people, institutions",
            "x",
            line=4,
        ),
        _row("C411", "queries/people/said-of.rq", "#+ tags:", "#+ tag:", '"tags"'),
        _row("C412", "queries/people/statements.rq", "#+ summary: ", "#+ summary: [] #", "x"),
        _row("C413", "queries/people/at-event.rq", "#+   event:", "#+   evant:", "event"),
        _row("C414", "queries/initiative/counts.rq", "type: iri", "type: iry", "iri"),
        _row("C415", "queries/initiative/partners.rq", "#+ tags:", "#+ method: GET\n#+ tags:", "stay"),
        _row(
            "C416", "queries/zoo/partners.rq", "", "#+ summary: Who?\nASK { ?s ?p ?o }\n", "rename", line=None
        ),
        _row("C417", "queries/dates/beginning.rq", "é", "é", "UTF-8", line=None),
        _row("C460", "queries/people/heads-of-structures.rq", "SELECT ?", "SELECT * #", "columns"),
        _row("C461", "queries/people/missing-from.rq", "FILTER", "filter", "FILTER"),
        _row(
            "C462",
            "queries/claims/unsupported.rq",
            "PREFIX rdfs:",
            "PREFIX owl: <http://www.w3.org/2002/07/owl#>\nPREFIX rdfs:",
            "take it out",
        ),
        _row(
            "C463",
            "queries/claims/judgements.rq",
            "PREFIX : <https://w3id.org/cordiale/id/>\nPREFIX cord: <https://w3id.org/cordiale/ns#>\n",
            "PREFIX cord: <https://w3id.org/cordiale/ns#>\nPREFIX : <https://w3id.org/cordiale/id/>\n",
            "alphabetical",
            at="PREFIX : ",
        ),
        _row("C464", "queries/claims/judgements.rq", "ORDER BY ?id\n", "", "ORDER BY", at="SELECT"),
        _row("C465", "queries/claims/backed-elsewhere.rq", "#+ summary_fr:", "# ", "summary_fr", line=1),
        _row(
            "C466",
            "queries/claims/lost-without.rq",
            "https://w3id.org/cordiale/ns#",
            "https://w3id.org/cordiale/ns/",
            "PREFIX cord:",
        ),
        _row(
            "C467",
            "queries/zoo/Partners_all.rq",
            "",
            "#+ summary: Who?\n#+ summary_fr: Qui ?\nASK { ?s ?p ?o }\n",
            "like-this",
        ),
    ),
}
