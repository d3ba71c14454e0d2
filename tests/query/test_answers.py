"""Answers: the four results formats, there and back again, and the comparison with what was expected."""

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.terms import Node
from cordiale.query.answers import Answer, AnswerFormat, compare, write_answer
from cordiale.query.terms import written
from tests.strategies import blank_nodes, iris, literals

ROWS = Answer(
    kind="rows",
    variables=("thing", "what"),
    rows=(
        (URIRef("https://example.org/a?b&c"), Literal('say "hi", <you>\n& me', lang="en-GB")),
        (BNode("N1f"), None),
        (None, Literal("01", datatype=XSD.integer, normalize=False)),
        (BNode("other"), Literal("2025-07-09", datatype=XSD.date)),
        (BNode("N1f"), Literal("tab\tcr\r", datatype=XSD.string)),
    ),
)
EMPTY = Answer(kind="rows", variables=("x",))
NAMESPACE = "{http://www.w3.org/2005/sparql-results#}"
XML_TEXT = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\t\n\r")


def rows(term: st.SearchStrategy[Node]) -> st.SearchStrategy[Answer]:
    """Answers of two columns."""
    cells = st.none() | term
    return st.lists(st.tuples(cells, cells), max_size=4).map(
        lambda drawn: Answer(kind="rows", variables=("a", "b"), rows=tuple(drawn))
    )


TERMS = iris() | blank_nodes() | literals()


def test_csv() -> None:
    """Plain values, quoted where RFC 4180 wants it, lines ended by a line feed."""
    assert write_answer(ROWS, "csv") == (
        "thing,what\n"
        'https://example.org/a?b&c,"say ""hi"", <you>\n& me"\n'
        "_:b0,\n"
        ",01\n"
        "_:b1,2025-07-09\n"
        '_:b0,"tab\tcr\r"\n'
    )
    assert write_answer(EMPTY, "csv") == "x\n"


def test_tsv() -> None:
    """Terms as SPARQL writes them, each on its line."""
    assert write_answer(ROWS, "tsv") == (
        "?thing\t?what\n"
        '<https://example.org/a?b&c>\t"say \\"hi\\", <you>\\n& me"@en-GB\n'
        "_:b0\t\n"
        "\t01\n"
        '_:b1\t"2025-07-09"^^<http://www.w3.org/2001/XMLSchema#date>\n'
        '_:b0\t"tab\\tcr\\r"\n'
    )
    assert write_answer(EMPTY, "tsv") == "?x\n"


@pytest.mark.parametrize(
    ("text", "datatype", "cell"),
    [
        ("5", XSD.integer, "5"),
        ("five", XSD.integer, '"five"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("-5.50", XSD.decimal, "-5.50"),
        ("5.", XSD.decimal, '"5."^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("1.0E6", XSD.double, "1.0E6"),
        ("INF", XSD.double, '"INF"^^<http://www.w3.org/2001/XMLSchema#double>'),
        ("true", XSD.boolean, "true"),
        ("1", XSD.boolean, '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("-3", XSD.negativeInteger, '"-3"^^<http://www.w3.org/2001/XMLSchema#negativeInteger>'),
    ],
)
def test_numbers_in_tsv(text: str, datatype: URIRef, cell: str) -> None:
    """Numbers and booleans stand bare where, so written, they are read as the same term."""
    answer = Answer(
        kind="rows", variables=("x",), rows=((Literal(text, datatype=datatype, normalize=False),),)
    )
    assert write_answer(answer, "tsv") == f"?x\n{cell}\n"


def test_json() -> None:
    """Unbound variables are left out; xsd:string goes without saying."""
    assert json.loads(write_answer(ROWS, "json")) == {
        "head": {"vars": ["thing", "what"]},
        "results": {
            "bindings": [
                {
                    "thing": {"type": "uri", "value": "https://example.org/a?b&c"},
                    "what": {"type": "literal", "value": 'say "hi", <you>\n& me', "xml:lang": "en-GB"},
                },
                {"thing": {"type": "bnode", "value": "b0"}},
                {"what": {"type": "literal", "value": "01", "datatype": str(XSD.integer)}},
                {
                    "thing": {"type": "bnode", "value": "b1"},
                    "what": {"type": "literal", "value": "2025-07-09", "datatype": str(XSD.date)},
                },
                {
                    "thing": {"type": "bnode", "value": "b0"},
                    "what": {"type": "literal", "value": "tab\tcr\r"},
                },
            ]
        },
    }


def test_xml() -> None:
    """The XML form, whose carriage returns survive a parser."""
    text = write_answer(
        Answer(kind="rows", variables=("x",), rows=((Literal("a<\r\n", lang="fr"),), (None,))), "xml"
    )
    assert text == (
        '<?xml version="1.0"?>\n'
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        '  <head>\n    <variable name="x"/>\n  </head>\n'
        "  <results>\n"
        "    <result>\n"
        '      <binding name="x"><literal xml:lang="fr">a&lt;&#13;\n</literal></binding>\n'
        "    </result>\n"
        "    <result>\n    </result>\n"
        "  </results>\n"
        "</sparql>\n"
    )


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        ("csv", "true\n"),
        ("tsv", "true\n"),
        ("json", '{\n  "head": {},\n  "boolean": true\n}\n'),
        (
            "xml",
            '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
            "  <head/>\n  <boolean>true</boolean>\n</sparql>\n",
        ),
    ],
)
def test_boolean(fmt: AnswerFormat, text: str) -> None:
    """Yes or no in each format."""
    assert write_answer(Answer(kind="boolean", truth=True), fmt) == text
    assert write_answer(Answer(kind="boolean", truth=False), fmt) == text.replace("true", "false")


@pytest.mark.parametrize("fmt", ["csv", "tsv", "json", "xml"])
def test_graph_is_refused(fmt: AnswerFormat) -> None:
    """Triples are for formats of graphs."""
    graph = Answer(kind="graph", triples=((RDF.type, RDF.type, RDF.Property),))
    with pytest.raises(UsageError, match="C440"):
        write_answer(graph, fmt)


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_xml_has_not(character: str) -> None:
    """XML cannot write them; the other formats can."""
    answer = Answer(kind="rows", variables=("name",), rows=((Literal(f"a{character}b"),),))
    with pytest.raises(UsageError, match=f"C441 column name holds the character U\\+{ord(character):04X}"):
        write_answer(answer, "xml")
    assert (
        json.loads(write_answer(answer, "json"))["results"]["bindings"][0]["name"]["value"]
        == f"a{character}b"
    )


@given(answer=rows(TERMS))
def test_tsv_is_read_back(answer: Answer) -> None:
    """Another reader finds the same terms in the TSV."""
    solutions = pyoxigraph.parse_query_results(
        write_answer(answer, "tsv").encode(), format=pyoxigraph.QueryResultsFormat.TSV
    )
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    got = [[None if row[name] is None else str(row[name]) for name in "ab"] for row in solutions]
    assert got == as_read(answer)


@given(answer=rows(TERMS))
def test_json_is_read_back(answer: Answer) -> None:
    """Another reader finds the same terms in the JSON."""
    solutions = pyoxigraph.parse_query_results(
        write_answer(answer, "json").encode(), format=pyoxigraph.QueryResultsFormat.JSON
    )
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert [[None if row[name] is None else str(row[name]) for name in "ab"] for row in solutions] == as_read(
        answer
    )


def as_read(answer: Answer) -> list[list[str | None]]:
    """The rows as Oxigraph shows them: relabelled, with language tags in lower case, a tab bare."""
    labels: dict[Node, BNode] = {}

    def shown(term: Node | None) -> str | None:
        if isinstance(term, BNode):
            term = labels.setdefault(term, BNode(f"b{len(labels)}"))
        if isinstance(term, Literal) and term.language is not None:
            term = Literal(str(term), lang=term.language.lower())
        return None if term is None else str(pyoxigraph_term(term))

    return [[shown(term) for term in row] for row in answer.rows]


def pyoxigraph_term(term: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """The same term, of Oxigraph."""
    if isinstance(term, URIRef):
        return pyoxigraph.NamedNode(str(term))
    if isinstance(term, BNode):
        return pyoxigraph.BlankNode(str(term))
    if term.language is not None:
        return pyoxigraph.Literal(str(term), language=term.language)
    return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype or XSD.string)))


@given(answer=rows(iris() | literals(XML_TEXT)))
def test_xml_is_read_back(answer: Answer) -> None:
    """An XML parser finds the same values in the XML."""
    root = ElementTree.fromstring(write_answer(answer, "xml"))
    got = [
        [
            None
            if (found := result.find(f"{NAMESPACE}binding[@name='{name}']")) is None
            else found[0].text or ""
            for name in "ab"
        ]
        for result in root.iter(f"{NAMESPACE}result")
    ]
    assert got == [[None if term is None else str(term) for term in row] for row in answer.rows]


@given(answer=rows(TERMS))
def test_csv_is_read_back(answer: Answer) -> None:
    """A CSV reader finds the same values in the CSV."""
    got = list(csv.reader(io.StringIO(write_answer(answer, "csv"), newline="")))
    plain = [[("" if term is None else str(term)) for term in row] for row in answer.rows]
    assert got[0] == ["a", "b"]
    assert [[cell if not cell.startswith("_:b") else None for cell in row] for row in got[1:]] == [
        [None if isinstance(term, BNode) else cell for term, cell in zip(row, cells, strict=True)]
        for row, cells in zip(answer.rows, plain, strict=True)
    ]


@given(answer=rows(TERMS))
def test_an_answer_is_what_it_was_written_as(answer: Answer) -> None:
    """What was written as CSV is expected, whatever its line ends and a byte order mark in front."""
    text = write_answer(answer, "csv")
    assert compare(answer, text) == ()
    assert compare(answer, "\ufeff" + text) == ()
    if "\r" not in text and '"' not in text:
        assert compare(answer, text.replace("\n", "\r\n")) == ()


@given(term=TERMS)
def test_a_single_column_keeps_its_rows(term: Node) -> None:
    """A row of one empty cell is still a row."""
    answer = Answer(kind="rows", variables=("x",), rows=((None,), (term,), (None,)))
    assert len(list(csv.reader(io.StringIO(write_answer(answer, "csv"), newline="")))) == 4
    assert compare(answer, "x\n") != ()


def test_compare_shows_what_differs() -> None:
    """A diff of lines: what was expected and is missing, what is there and was not."""
    answer = Answer(
        kind="rows",
        variables=("x", "y"),
        rows=((Literal("a"), Literal("1")), (Literal("c,d"), Literal("3")), (Literal("e"), None)),
    )
    assert compare(answer, 'x,y\na,1\nb,2\n"e",\n') == (
        "--- expected",
        "+++ got",
        "@@ -1,4 +1,4 @@",
        " x,y",
        " a,1",
        "-b,2",
        '+"c,d",3',
        " e,",
    )


def test_order_and_columns_count() -> None:
    """Rows in another order, and columns of another name, are another answer."""
    answer = Answer(kind="rows", variables=("x",), rows=((Literal("a"),), (Literal("b"),)))
    assert compare(answer, "x\nb\na\n") != ()
    assert compare(answer, "y\na\nb\n") != ()
    assert compare(answer, "x\na\nb") == ()


def test_compare_booleans_and_graphs() -> None:
    """A boolean is compared with one cell, a graph with nothing."""
    assert compare(Answer(kind="boolean", truth=True), "true\r\n") == ()
    assert "+true" in compare(Answer(kind="boolean", truth=True), "false\n")
    with pytest.raises(UsageError, match="C440"):
        compare(Answer(kind="graph"), "s,p,o\n")


def test_written_terms_have_one_line() -> None:
    """No literal breaks a line, and xsd:string is not spelt out."""
    assert written(Literal('\n\r\t"\\')) == '"\\n\\r\\t\\"\\\\"'
    assert written(Literal("a", datatype=XSD.string)) == '"a"'
    assert written(BNode("b0")) == "_:b0"
