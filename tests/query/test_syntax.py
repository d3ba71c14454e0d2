"""What is refused before an engine sees it, and how a query that is no SPARQL is told of."""

import pytest

from cordiale.model.errors import QuerySyntaxError
from cordiale.query.engines import OxigraphEngine, QueryEngine, RdflibEngine
from cordiale.query.syntax import read_query
from cordiale.query.tokens import read_tokens
from tests.query.graphs import dataset

PREFIX = "PREFIX ex: <https://example.org/>\n"


@pytest.fixture(scope="module", params=[OxigraphEngine, RdflibEngine], ids=["oxigraph", "rdflib"])
def engine(request: pytest.FixtureRequest) -> QueryEngine:
    """One engine after the other."""
    made: QueryEngine = request.param(dataset())
    return made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELEC ?x { ?x ?y ?z }", '1:1: C401 SPARQL has no word SELEC\n  did you mean "SELECT"?'),
        ("ASK\n{ ?x ?y ?z OPTINAL {} }", '2:12: C401 SPARQL has no word OPTINAL\n  did you mean "OPTIONAL"?'),
        (
            "SELECT x { ?x ?y ?z }",
            "1:8: C401 SPARQL has no word x\n  a variable is written ?x, a string in quotation marks",
        ),
        ("SELECT ?x {\n  ?x ?y\n}", '2:3: C401 what begins with "?x" cannot stand here, or is not complete'),
        ("SELECT ?x, ?y { ?x ?y ?z }", '1:10: C401 what begins with ","'),
        ("SELECT ?x { ?x ?y ?z } ORDER ?x", '1:24: C401 what begins with "ORDER"'),
        ("SELECT ?x { ?x ?y ?z", '1:11: C401 this "{" has no partner\n  write the missing "}"'),
        ("SELECT ?x { ?x ?y ?z }}", '1:23: C401 this "}" has no partner'),
        ("SELECT ?x { ?x ?y ?z ]}", '1:22: C401 this "]" has no partner'),
        ("SELECT ?x { ?x ?y (1 2 }", '1:19: C401 this "(" has no partner'),
        ('SELECT ?x { ?x ?y "é\n" }', "1:19: C401 what starts here is never closed"),
        ("SELECT ?x { ?x ?y '''a'' }", "1:19: C401 what starts here is never closed"),
        ("SELECT ?x {\n  ?x ?y \\u00e9 }", "2:9: C401 a backslash outside a string"),
        ("SELECT ?x { ?x ?y <relative> }", "1:19: C401 not an absolute IRI"),
        ("SELECT ?x { ?x ?y ?z } GROUP BY ?z", "1:33: C401 a column is neither grouped nor aggregated"),
        ("SELECT ?x ?x { ?x ?y ?z }", "1:25: C401 SELECT names a variable twice"),
        ("SELECT (1 AS ?x) { ?x ?y ?z }", "1:29: C401 AS names a variable that the pattern has already"),
        ("SELECT ?x { ?x ?y ?z BIND (1 AS ?z) }", "1:1: C401 a rule beyond the grammar is broken"),
        ("", "1:1: C401 the query ends too early"),
        ("# nothing", "1:10: C401 the query ends too early"),
        (
            "SELECT ?x { ?x exx:y ?z }",
            '1:16: C402 prefix "exx" is not bound\n  write at the top: PREFIX exx:',
        ),
        (
            "PREFIX ex: <https://example.org/>\nASK { ?x exx:y ?z }",
            '2:10: C402 prefix "exx" is not bound\n  did you mean "ex"?',
        ),
        ("ASK { ?x foaf:name ?z }", "write at the top: PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
        ('ASK { ?x ?y "\\u0022" }', "1:14: C406 the escape \\u0022 may be read in two ways"),
        ('ASK { ?x ?y "\\\\U0000005C" }', "C406"),
    ],
)
def test_errors_have_a_place_and_a_remedy(engine: QueryEngine, text: str, told: str) -> None:
    """Both engines tell of a wrong query in the same words, at its line and column."""
    with pytest.raises(QuerySyntaxError) as caught:
        engine.ask(text, path="queries/x.rq")
    assert told in str(caught.value)
    assert str(caught.value).startswith("queries/x.rq:")
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { SERVICE <https://example.org/sparql> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE SILENT ?s { ?x ?y ?z } }",
        "select ?x { { select ?x { ?x ?y ?z optional { service ex:e { ?x ?y ?z } } } } }",
        "ASK { FILTER NOT EXISTS { SERVICE ex:e { ?x ?y ?z } } }",
        "ASK { SERVICEex:e { ?x ?y ?z } }",
        "ASK { SERVICE:e { ?x ?y ?z } }",
        "ASK { SERVICESILENT<https://example.org/> { ?x ?y ?z } }",
        "ASK { ?x ?y trueSERVICE<https://example.org/> { ?x ?y ?z } }",
        "ASK { ?x ?y 1SERVICE<https://example.org/> { ?x ?y ?z } }",
        'ASK { ?x ?y "a"@en--ltrSERVICE<https://example.org/> { ?x ?y ?z } }',
        "ASK { SERVICE#\n<https://example.org/> { ?x ?y ?z } }",
    ],
)
def test_service_is_refused(engine: QueryEngine, text: str) -> None:
    """No way to write SERVICE reaches an engine, run into other words or not."""
    with pytest.raises(QuerySyntaxError, match="C403"):
        engine.ask(PREFIX + text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ex:service 'SERVICE <https://example.org/> {}' } # SERVICE",
        "ASK { ?x <https://example.org/service> ex:CustomerService }",
    ],
)
def test_the_word_service_is_no_crime(engine: QueryEngine, text: str) -> None:
    """Variables, local names, IRIs, strings and comments may speak of services."""
    assert engine.ask(PREFIX + text).kind == "boolean"


def test_what_looks_like_a_string_cannot_hide_service() -> None:
    """Read as IRI and string, this is harmless; read as comparison and comment, it would ask elsewhere.

    Oxigraph is given the query without comments and with "#" escaped, so that it reads what was checked.
    """
    text = 'ASK { ?a ?y ?z FILTER (?a<?b#c>"""\n) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #"""'
    assert "SERVICE" not in {token.text for token in read_tokens(text, path="q.rq").tokens}
    with pytest.raises(QuerySyntaxError, match="C401"):
        OxigraphEngine(dataset()).ask(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT DATA { ex:a ex:b ex:c }", "2:1"),
        ("# a comment\nLOAD <https://example.org/>", "3:1"),
        ("BASE <https://example.org/> WITH ex:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "2:29"),
        ("clear all", "2:1"),
    ],
)
def test_updates_are_refused(engine: QueryEngine, text: str, place: str) -> None:
    """A question only reads."""
    with pytest.raises(QuerySyntaxError, match=f"query:{place}: C404"):
        engine.ask(PREFIX + text)


def test_from_is_refused(engine: QueryEngine) -> None:
    """Which graphs there are is the project's to say; rdflib would fetch them."""
    for clause in ("FROM ex:g", "from named <https://example.org/g>"):
        with pytest.raises(QuerySyntaxError, match="query:2:11: C405"):
            engine.ask(f"{PREFIX}SELECT ?x {clause} {{ ?x ?y ?z }}")


def test_tokens_end_where_the_grammar_says() -> None:
    """Names may hold dots, percent signs and escapes; numbers, tags and strings end where they should."""
    text = "ex:a.b%41\\-c. _:b.1 ?é1.$b 1.5e3.2 <a:b#c>'''x'y''' 'a\\'b'@en-GB^^ex: a<b"
    expected = [
        "ex:a.b%41\\-c",
        ".",
        "_:b.1",
        "?é1",
        ".",
        "$b",
        "1.5e3",
        ".2",
        "<a:b#c>",
        "'''x'y'''",
        "'a\\'b'",
    ]
    found = [token.text for token in read_query(text, path="q.rq").tokens]
    assert found == [*expected, "@en-GB", "^", "^", "ex:", "a", "<", "b"]
