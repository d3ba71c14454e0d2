"""Both engines: the union of graphs as a set, values as terms, and what is refused."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from rdflib import XSD, BNode, Dataset, Literal, URIRef

from cordiale.model.errors import QuerySyntaxError, SourceError, UsageError
from cordiale.model.terms import Node
from cordiale.query.answers import Answer
from cordiale.query.engines import OxigraphEngine, QueryEngine, RdflibEngine
from tests.query.graphs import EX, ONE, PREFIX, TWO, dataset
from tests.strategies import iris, literals

ENGINES = [OxigraphEngine, RdflibEngine]
SEINE: Mapping[str, Node] = {"river": EX.seine}


@pytest.fixture(scope="module", params=ENGINES, ids=["oxigraph", "rdflib"])
def engine(request: pytest.FixtureRequest) -> QueryEngine:
    """One engine after the other, over the rivers."""
    made: QueryEngine = request.param(dataset())
    return made


def test_order_is_kept(engine: QueryEngine) -> None:
    """Rows come in the order that the query asks for, also when a parameter is in it."""
    text = "SELECT ?b { ?r :crossedBy ?b } ORDER BY ?given (IF(?b = ?first, 0, 1)) DESC(?b)"
    answer = engine.ask(PREFIX + text, {"first": EX["pont-marie"], "given": EX.seine})
    assert answer.rows == ((EX["pont-marie"],), (EX["pont-neuf"],), (EX["pont-de-joinville"],))


def test_triple_in_two_graphs_counts_once(engine: QueryEngine) -> None:
    """The default graph is the set of all triples, not their sum."""
    answer = engine.ask(PREFIX + "SELECT (COUNT(*) AS ?n) { :seine :crossedBy ?b }")
    assert answer.rows == ((Literal(2),),)


def test_named_graphs_are_visible(engine: QueryEngine) -> None:
    """GRAPH ranges over the named graphs and nothing else."""
    answer = engine.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert answer.rows == ((ONE,), (TWO,))


def test_triples_without_graph_are_in_the_default_graph(engine: QueryEngine) -> None:
    """What stands in no named graph is found, and not by GRAPH."""
    made = dataset()
    made.add((EX.a, EX.b, EX.c))
    fresh = type(engine)(made)  # type: ignore[call-arg]
    assert fresh.ask(PREFIX + "ASK { :a :b :c }").truth
    assert not fresh.ask(PREFIX + "ASK { GRAPH ?g { :a :b :c } }").truth


def test_ask(engine: QueryEngine) -> None:
    """ASK gives a boolean."""
    assert engine.ask(PREFIX + "ASK { ?river :length 777 }", SEINE) == Answer(kind="boolean", truth=True)
    assert engine.ask(PREFIX + "ASK { ?river :length 1 }", SEINE) == Answer(kind="boolean", truth=False)


def test_construct(engine: QueryEngine) -> None:
    """CONSTRUCT gives each triple once, the parameter's term in the template too."""
    answer = engine.ask(
        PREFIX + "CONSTRUCT { ?river :has :bridge ; :into ?x } { ?river :crossedBy ?b ; :flowsInto ?x }",
        SEINE,
    )
    assert answer.kind == "graph"
    assert len(answer.triples) == 2
    assert set(answer.triples) == {(EX.seine, EX.has, EX.bridge), (EX.seine, EX.into, EX.channel)}


@pytest.mark.parametrize("text", ["DESCRIBE ?river", "DESCRIBE ?river { ?river :length ?l }"])
def test_describe(engine: QueryEngine, text: str) -> None:
    """DESCRIBE of a parameter gives at least what is said of its term."""
    answer = engine.ask(PREFIX + text, {"river": EX["pont-marie"]} if "length" not in text else SEINE)
    said = (
        (EX["pont-marie"], EX.opened, Literal(1635))
        if "length" not in text
        else (EX.seine, EX.length, Literal(777))
    )
    assert answer.kind == "graph"
    assert said in answer.triples


def test_columns_of_star_are_in_order_of_appearance(engine: QueryEngine) -> None:
    """SELECT * has the same columns with every engine, in the order in which they are first written."""
    assert engine.ask(PREFIX + "SELECT * { ?z :crossedBy ?b . ?b :opened ?a }").variables == ("z", "b", "a")


def test_a_group_may_lack_a_value(engine: QueryEngine) -> None:
    """A variable that GROUP BY names and that has no value in a row is left out of the row."""
    text = "SELECT ?b ?y { :marne :crossedBy ?b OPTIONAL { ?b :opened ?y } } GROUP BY ?b ?y"
    assert engine.ask(PREFIX + text).rows == ((EX["pont-de-joinville"], None),)


def test_prefixes_need_not_be_declared(engine: QueryEngine) -> None:
    """An engine knows the prefixes that it was given."""
    fresh = type(engine)(dataset(), {"kg": str(EX)})  # type: ignore[call-arg]
    assert len(fresh.ask("SELECT ?b { kg:seine kg:crossedBy ?b }").rows) == 2


def test_lexical_forms() -> None:
    """Oxigraph answers in canonical form and finds by value; rdflib answers, and finds, as written."""
    made = Dataset(default_union=True)
    as_written = Literal("007", datatype=XSD.integer, normalize=False)
    made.graph(ONE).add((EX.bond, EX.number, as_written))
    made.graph(ONE).add((EX.bond, EX.tongue, Literal("licence", lang="en-GB")))
    oxigraph, rdflib = OxigraphEngine(made), RdflibEngine(made)

    text = PREFIX + "SELECT ?n ?t { :bond :number ?n ; :tongue ?t }"
    assert [term.n3() for term in oxigraph.ask(text).rows[0] if term is not None] == [
        '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"licence"@en-gb',
    ]
    assert str(rdflib.ask(text).rows[0][0]) == "007"

    by_number = PREFIX + "SELECT ?who { ?who :number ?n }"
    assert oxigraph.ask(by_number, {"n": Literal(7)}).rows == ((EX.bond,),)
    assert rdflib.ask(by_number, {"n": Literal(7)}).rows == ()
    assert rdflib.ask(by_number, {"n": as_written}).rows == ((EX.bond,),)


def test_blank_nodes_keep_their_labels(engine: QueryEngine) -> None:
    """A blank node of the dataset is the same in the answer."""
    made = Dataset(default_union=True)
    made.graph(ONE).add((BNode("data.x-b1"), EX.b, EX.c))
    fresh = type(engine)(made)  # type: ignore[call-arg]
    assert fresh.ask(PREFIX + "SELECT ?s { ?s :b :c }").rows == ((BNode("data.x-b1"),),)


@given(term=iris() | literals().filter(lambda literal: literal.datatype is None))
def test_any_term_is_given_whole(term: Node) -> None:
    """Whatever a value holds, it is one term of the query and never a part of its syntax."""
    text = 'SELECT ?x ("end" AS ?end) { { SELECT ?x { BIND (1 AS ?one) } } }'
    answer = OxigraphEngine(Dataset()).ask(text, {"x": term})
    assert answer.variables == ("x", "end")
    assert len(answer.rows) == 1
    given_back, end = answer.rows[0]
    assert end == Literal("end")
    assert given_back is not None
    assert str(given_back) == str(term)


@pytest.mark.parametrize(
    "value",
    [
        '" } # ',
        "\\",
        '\\"',
        "\\u0022 . } ",
        '"""',
        "'''",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "?x",
        "} UNION { ?s ?p ?o",
        "é\U0001f600",
    ],
)
def test_hostile_strings_stay_strings(engine: QueryEngine, value: str) -> None:
    """Quotation marks, escapes, comments and brackets in a value change nothing but the value."""
    answer = engine.ask("SELECT ?x (STRLEN(?x) AS ?n) { BIND (1 AS ?one) }", {"x": Literal(value)})
    assert answer.rows == ((Literal(value), Literal(len(value))),)


def test_dataset_with_an_impossible_triple() -> None:
    """A triple that RDF does not allow is named, not dropped."""
    for subject, predicate, value in (
        (URIRef("no iri at all"), EX.b, EX.c),
        (Literal("subject"), EX.b, EX.c),
        (EX.a, BNode(), EX.c),
    ):
        made = Dataset(default_union=True)
        made.graph(ONE).add((subject, predicate, value))
        with pytest.raises(SourceError, match="C450"):
            OxigraphEngine(made)


def test_unknown_function_is_told_by_oxigraph() -> None:
    """What the engine cannot do is an error with a place, never an empty answer."""
    with pytest.raises(QuerySyntaxError, match="C407"):
        OxigraphEngine(dataset()).ask("SELECT ?x { ?x ?y ?z FILTER (<https://example.org/f>(?z)) }")


def test_rdf_12_is_refused(engine: QueryEngine) -> None:
    """An answer that rdflib's terms cannot hold is refused."""
    with pytest.raises(QuerySyntaxError, match="C407"):
        engine.ask("SELECT (TRIPLE(<a:a>, <a:b>, 1) AS ?t) {}")


@pytest.mark.parametrize(
    ("text", "bindings", "code"),
    [
        ("SELECT ?b { ?r :crossedBy ?b }", {"rivr": EX.seine}, "C434"),
        ("SELECT ?b { ?r :crossedBy ?b }", {"r": BNode()}, "C435"),
        ("SELECT ?b { ?r :crossedBy ?b }", {"r": URIRef("relative")}, "C435"),
        ("SELECT ?b { ?r :crossedBy ?b }", {"r": URIRef("https://e.org/a> <b")}, "C435"),
        ("SELECT ?b { ?r :crossedBy ?b }", {"b": Literal("\ud800")}, "C435"),
        ("SELECT ?b { :seine ?p ?b }", {"p": Literal("Seine")}, "C435"),
        ("SELECT ?b { GRAPH ?g { ?r ?p ?b } }", {"g": Literal("Seine")}, "C435"),
        ("SELECT ?b { ?r :crossedBy ?b BIND (?r AS ?x) }", {"x": EX.seine}, "C436"),
        ("SELECT (?r AS ?x) { ?r :crossedBy ?b }", {"x": EX.seine}, "C436"),
        ("SELECT ?b { ?r :crossedBy ?b VALUES ?r { :seine } }", {"r": EX.seine}, "C436"),
        ("SELECT ?b { ?r :crossedBy ?b } VALUES (?x ?r) { (1 :seine) }", {"r": EX.seine}, "C436"),
        ("SELECT * { ?r :crossedBy ?b }", {"r": EX.seine}, "C437"),
        ("SELECT ?b { ?b :opened ?y FILTER (?y<?n&&?n>1) }", {"n": Literal(1)}, "C438"),
        ("SELECT ?b { ?b :opened ?y MINUS { ?r :length ?l } }", {"r": EX.seine}, "C439"),
        (
            "SELECT ?b { ?b :opened ?y . ?r :length ?l MINUS { ?r :flowsInto ?into } }",
            {"r": EX.seine},
            "C439",
        ),
    ],
)
def test_refused_bindings(engine: QueryEngine, text: str, bindings: Mapping[str, Node], code: str) -> None:
    """Where a term cannot take the variable's place without changing the question, both engines say so."""
    with pytest.raises((UsageError, QuerySyntaxError), match=code) as caught:
        engine.ask(PREFIX + text, bindings)
    assert len(caught.value.problems) == 1
