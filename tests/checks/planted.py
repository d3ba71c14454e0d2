"""Errors to be planted in copies of the project's own graph, one of each kind.

A row says what is changed where, which line must be named, and which words its remedy must have. Who follows
the remedy has the file as it was.

Errors of one batch are planted together: no other problem may appear than theirs, one each.
"""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["BATCHES", "Planted", "line_of", "mended", "plant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One error: ``old`` becomes ``new`` in the file, or the file is made when ``old`` is empty."""

    code: str
    path: str
    old: str
    new: str
    remedy: str
    at: str = ""  # a text on the line that must be named, in the changed file; by default how ``new`` begins
    line: int | None = -1  # the line, where no text tells it
    also: tuple[str, str, str] | None = (
        None  # a path, and what is replaced there so that nothing else is wrong
    )


def _row(
    code: str,
    path: str,
    old: str,
    new: str,
    remedy: str,
    *,
    at: str = "",
    line: int | None = -1,
    also: tuple[str, str, str] | None = None,
) -> Planted:
    return Planted(code=code, path=path, old=old, new=new, remedy=remedy, at=at, line=line, also=also)


def plant(root: Path, error: Planted) -> None:
    """Change the file."""
    file = root / error.path
    if not error.old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(error.new.encode())
        return
    before = file.read_bytes()
    old, new = error.old.encode(), error.new.encode("latin-1" if error.code in ("C102", "C417") else "utf-8")
    assert old in before, error
    file.write_bytes(before.replace(old, new, 1))
    if error.also:
        path, before_it, after_it = error.also
        other = (root / path).read_bytes().decode()
        assert before_it in other, error
        (root / path).write_bytes(other.replace(before_it, after_it, 1).encode())


def line_of(root: Path, error: Planted) -> int | None:
    """The line that must be named, once all is planted."""
    if error.line != -1:
        return error.line
    text = (root / error.path).read_bytes().decode("utf-8", errors="replace")
    at = error.at or error.new.lstrip("\n").splitlines()[0]
    return text.count("\n", 0, text.index(at)) + 1


def mended(root: Path, error: Planted, original: Path) -> None:
    """Change the files as the remedy says, which is back."""
    for path in {error.path, *(error.also[:1] if error.also else ())}:
        if (original / path).exists():
            (root / path).write_bytes((original / path).read_bytes())
        else:
            (root / path).unlink()


_SETTINGS = "pyproject.toml"
_THINGS = "data/entities.ttl"
_TERMS = "ontology/cordiale.ttl"
_TYPE = "    a cord:Claim ;\n"
_LABEL = """\
    rdfs:label "Irene Tracey is Vice-Chancellor of the University of Oxford from 1 January 2023."@en ,
        "Irene Tracey est vice-chancelière de l’université d’Oxford à compter du 1er janvier 2023."@fr ;
"""
_AREA = """\
    sh:property cordsh:CooperationArea-notation ;
    sh:targetClass cord:CooperationArea ;
.

cordsh:CooperationArea-notation
"""
_NAMELESS = """\
sh:property cordsh:Concept-inScheme ,
        [ sh:maxCount 9 ;
            sh:message "A concept has nine notes at most: keep nine."@en ,
                "Un concept a neuf notes au plus : gardez-en neuf."@fr ;
            sh:path skos:notation ;
            sh:severity sh:Info ;
        ] ;"""
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
_PROPERTY = """\
cord:alumni_of
    a owl:ObjectProperty ;
    rdfs:label "has studied at"@en ,
        "a étudié à"@fr ;
    skos:definition "Relates a person to a place of study, however short."@en ,
        "Relie une personne à un lieu d’études, si brèves soient-elles."@fr ;
.

"""
_NOBODY = """\
:ainley_john
    a cord:Publisher ;
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
        _row("C102", "data/ensae/2024-06-20.ttl", "bénéficiaire", "bénéficiaire", "UTF-8", at="\ufffd"),
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
        _row("C128", _SETTINGS, "house = [", 'by_row = ["links/rro"]\nhouse = [', '"links/ror"', line=None),
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
            at="cord:restsOn <partners/release-2025-07-09>",
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
            "C301",
            "data/thotis/peyrache-interview.ttl",
            "cord:roleAt :hec-paris",
            "cord:roleAt :cnrs-x",
            "write cord:roleAt",
        ),
        _row(
            "C301",
            _SOURCES,
            _AGENCY + "    cord:access :access-unseen ;\n",
            _AGENCY,
            "cord:access",
            at="<agency/supercomputing-partnership>\n",
        ),
        _row(
            "C301",
            "data/varsity/25857.ttl",
            "    cord:madeIn <varsity/25857> ;\n",
            "",
            "write cord:madeIn",
            at=":claim-",
        ),
        _row(
            "C301",
            _SOURCES,
            "    cord:tier :tier-copy ;\n",
            "    cord:tier :tier-copy ;\n    rdfs:seeAlso :cnrs ;\n",
            "file",
            at="rdfs:seeAlso :cnrs",
        ),
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
            "C314",
            "data/bitlyfool/google-cambridge.ttl",
            "# F-",
            "# waive C301: it was so\n# F-",
            "take the waiver out",
        ),
        _row(
            "C601",
            _THINGS,
            "    a cord:City ;",
            "    a cord:Person , cord:City ;",
            "withdraw",
            at="    a cord:Person , cord:City",
        ),
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
            _TYPE + _LABEL,
            _LABEL + _TYPE,
            "the order is",
            at=_TYPE,
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
        _row(
            "C330",
            _TERMS,
            '"city"@en ,\n        "ville"@fr ;',
            '"city"@en ;',
            "@fr",
            at='    a owl:Class ;\n    rdfs:label "city"',
        ),
        _row(
            "C331",
            _TERMS,
            '"has amount"@en ,',
            '"has amount"@en ,\n        "has sum"@en ,',
            "altLabel",
            at='"has sum"',
        ),
        _row(
            "C332",
            _TERMS,
            ' ,\n        "Site où un établissement enseigne ou mène ses recherches."@fr',
            "",
            "@fr",
            at="cord:Campus\n",
        ),
        _row(
            "C333",
            _TERMS,
            '"A densely settled place with a government of its own."',
            '"A city."',
            "kind",
            at='"A city."',
        ),
        _row(
            "C334",
            _TERMS,
            "cord:alumnusOf\n",
            _PROPERTY + "cord:alumnusOf\n",
            "rename",
            at="cord:alumni_of\n",
            also=(
                _TERMS,
                "    owl:inverseOf cord:hasAlumnus ;",
                "    rdfs:subPropertyOf cord:alumni_of ;\n    owl:inverseOf cord:hasAlumnus ;",
            ),
        ),
        _row(
            "C337",
            _THINGS,
            ":aivancity\n",
            _NOBODY.replace("_", "-") + ":aivancity\n",
            "use it",
            at=":ainley-john\n",
        ),
        _row(
            "C336",
            _TERMS,
            "rdfs:subClassOf cord:Place ;\n",
            "rdfs:subClassOf cord:Place ;\n    owl:deprecated true ;\n",
            "isReplacedBy",
            at='    a owl:Class ;\n    rdfs:label "city"',
        ),
        _row(
            "C335",
            _THINGS,
            ":aivancity\n",
            _NOBODY + ":aivancity\n",
            "like-this",
            at=":ainley_john\n",
            also=(
                "data/sources.ttl",
                "    dcterms:publisher :ekole ;",
                "    dcterms:publisher :ainley_john ;",
            ),
        ),
        _row(
            "C338",
            "data/varsity/25857.ttl",
            "\n# F-",
            "\n:hec-paris\n    owl:sameAs <https://www.hec.edu/> ;\n.\n\n# F-",
            "exactMatch",
            at="owl:sameAs",
            also=(
                "data/varsity/25857.ttl",
                "@prefix rdf:",
                "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdf:",
            ),
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
        _row(
            "C340",
            "shapes/concepts.ttl",
            "sh:property cordsh:Concept-inScheme ;",
            _NAMELESS,
            "Class-property",
            at="[ sh:maxCount",
        ),
        _row(
            "C341",
            "shapes/concepts.ttl",
            _AREA,
            _AREA.replace("CooperationArea-notation", "areaNotation"),
            "Class-property",
            at="cordsh:areaNotation\n",
        ),
        _row(
            "C342",
            "shapes/undertakings.ttl",
            '@fr ;\n    sh:name "occasion"@en',
            '@de ;\n    sh:name "occasion"@en',
            "@fr",
            at="cordsh:Undertaking-cameAboutDuring\n    a",
        ),
        _row("C343", "shapes/money.ttl", ": write", ", write", "what to write"),
        _row(
            "C344",
            "shapes/people.ttl",
            "    sh:severity sh:Violation ;\n",
            "",
            "sh:severity",
            at="cordsh:Award-recipient\n",
        ),
    ),
    "shapes that lead nowhere": (
        _row(
            "C303",
            "shapes/links.ttl",
            "WHERE {\n              { GRAPH $this",
            "WHERE {\n              SERVICE <https://example.org/> { ?a ?b ?c }\n              { GRAPH $this",
            "offline",
            at="sh:select",
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
        _row("C401", "queries/people/directors.rq", "ORDER BY ?name", "ORDER ?name", "grammar"),
        _row("C402", "queries/people/alumni.rq", "?person cord:undertook", "?person cordd:undertook", "cord"),
        _row(
            "C403",
            "queries/money/total.rq",
            "  {\n    SELECT ?call (COUNT",
            "  SERVICE <https://example.org/> { ?a ?b ?c }\n  {\n    SELECT ?call (COUNT",
            "data/",
        ),
        _row("C404", "queries/sources/not-readable.rq", "SELECT", "DELETE", "SELECT"),
        _row("C405", "queries/people/fellows.rq", "WHERE {", "FROM <https://example.org/> WHERE {", "GRAPH"),
        _row("C406", "queries/people/said-of.rq", '"en"', '"\\u0065n"', "itself"),
        _row(
            "C410",
            "queries/people/ties.rq",
            "#+ tags: [people, institutions]",
            "#+ tags: [people, institutions",
            "quotation marks",
            line=4,
        ),
        _row("C411", "queries/institutions/routes.rq", "#+ tags:", "#+ tag:", '"tags"'),
        _row("C412", "queries/people/statements.rq", "#+ summary: ", "#+ summary: [] #", "after the colon"),
        _row("C413", "queries/people/at-event.rq", "#+   event:", "#+   evant:", "event"),
        _row("C414", "queries/initiative/counts.rq", "type: iri", "type: iry", "iri"),
        _row("C415", "queries/initiative/partners.rq", "#+ tags:", "#+ method: GET\n#+ tags:", "stay"),
        _row(
            "C416", "queries/zoo/partners.rq", "", "#+ summary: Who?\nASK { ?s ?p ?o }\n", "rename", line=None
        ),
        _row("C417", "queries/dates/beginning.rq", "é", "é", "UTF-8", line=None),
        _row(
            "C460",
            "queries/people/heads-of-structures.rq",
            "SELECT DISTINCT ?",
            "SELECT DISTINCT * #",
            "columns",
        ),
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
