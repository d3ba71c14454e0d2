"""Shapes on data: what is found, how it is told, and that nothing is touched."""

from collections.abc import Callable

import pytest
import rdflib
from rdflib import Dataset, Graph, URIRef

from cordiale.checks.blame import Blamed
from cordiale.checks.shapes import check_shapes
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node

EX = "https://example.org/"
FILE = EX + "source/catalogue"
PREFIXES = f"""
    @prefix : <{EX}> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BRIDGE = """
    :Bridge-opened a sh:PropertyShape ;
        sh:path :opened ;
        sh:datatype xsd:gYear ;
        sh:message "L'année est mal écrite ; écrire \\"1607\\"^^xsd:gYear."@fr ,
            "The year is no year: write \\"1607\\"^^xsd:gYear; put a doubtful one in :openedNote."@en .
    :Bridge a sh:NodeShape ; sh:targetClass :Bridge ; sh:property :Bridge-opened .
"""
ABOUT_FILE = f"""
    :Catalogue a sh:NodeShape ;
        sh:targetNode <{FILE}> ;
        sh:sparql [
            sh:message "Le catalogue ne dit pas {{?path}} ; l'écrire ailleurs."@fr ,
                "The catalogue does not tell this: write it in the file of the document."@en ;
            sh:prefixes :prefixes ;
            sh:select \"\"\"SELECT DISTINCT $this ?path ?value WHERE {{
                GRAPH $this {{ ?value ?path ?object }} FILTER (?path NOT IN (ex:issued)) }}\"\"\" ;
        ] .
    :prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "{EX}"^^xsd:anyURI ] .
"""


def parse(text: str) -> Graph:
    """The graph of a Turtle text."""
    return Graph().parse(data=PREFIXES + text)


def nowhere(_subject: Node, _predicate: Node | None, _object: Node | None) -> Blamed:
    """No place for anything."""
    return Blamed()


def check(data: Graph, shapes: str) -> tuple[Problem, ...]:
    """The problems that the shapes find, without places."""
    return check_shapes(data, parse(shapes), nowhere)


def dataset(**files: str) -> Dataset:
    """A dataset of named graphs whose default graph is their union."""
    made = Dataset(default_union=True)
    for name, text in files.items():
        made.graph(URIRef(f"{EX}source/{name}")).parse(data=PREFIXES + text)
    made.bind("", EX)
    return made


def test_result_becomes_problem_with_remedy() -> None:
    """Focus, path and value stand before the English message; what to write is the remedy."""
    (problem,) = check(parse(':arch a :Bridge ; :opened "old: very old" .'), BRIDGE)
    assert problem == Problem(
        code="C301",
        message=':arch :opened "old: very old": The year is no year',
        remedy='write "1607"^^xsd:gYear; put a doubtful one in :openedNote.',
    )


def test_nothing_wrong() -> None:
    """Data that fit give no problem."""
    assert check(parse(':arch a :Bridge ; :opened "1607"^^xsd:gYear .'), BRIDGE) == ()


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("sh:severity sh:Warning ;", Severity.WARNING),
        ("sh:severity sh:Info ;", Severity.INFO),
        ("sh:severity :Disaster ;", Severity.VIOLATION),
        ("", Severity.VIOLATION),
    ],
)
def test_severity(severity: str, expected: Severity) -> None:
    """The shape's severity is kept; one that SHACL does not know counts as a violation."""
    shapes = f':S sh:targetClass :Bridge ; {severity} sh:nodeKind sh:Literal ; sh:message "wrong; mend it" .'
    (problem,) = check(parse(":arch a :Bridge ."), shapes)
    assert problem.severity is expected


def test_blame_is_asked_for_the_triple() -> None:
    """The place is that of subject, path and value, as far as the result has them."""
    asked: set[tuple[Node, Node | None, Node | None]] = set()

    def blame(subject: Node, predicate: Node | None, object_: Node | None) -> Blamed:
        asked.add((subject, predicate, object_))
        return Blamed(places=(Place(path="data/bridges.ttl", line=3),))

    shapes = """
        :S sh:targetClass :Bridge ; sh:nodeKind sh:Literal ; sh:property :P, :Q, :R, :T .
        :P sh:path :opened ; sh:nodeKind sh:IRI .
        :Q sh:path :crosses ; sh:minCount 1 .
        :R sh:path ( :builder rdfs:label ) ; sh:maxLength 1 .
        :T sh:path [ sh:inversePath :owns ] ; sh:nodeKind sh:Literal .
    """
    data = ':arch a :Bridge ; :opened "1607" ; :builder :b . :b rdfs:label "long" . :city :owns :arch .'
    problems = check_shapes(parse(data), parse(shapes), blame)
    arch = URIRef(EX + "arch")
    assert asked == {
        (arch, None, None),
        (arch, URIRef(EX + "opened"), rdflib.Literal("1607")),
        (arch, URIRef(EX + "crosses"), None),
        (URIRef(EX + "b"), rdflib.RDFS.label, rdflib.Literal("long")),
        (URIRef(EX + "city"), URIRef(EX + "owns"), arch),
    }
    assert {problem.place for problem in problems} == {Place(path="data/bridges.ttl", line=3)}
    assert any(problem.message.startswith(':arch :builder/rdfs:label "long": ') for problem in problems)


def test_message_that_names_the_focus_stands_alone() -> None:
    """A message of SPARQL that says which node is wrong gets nothing before it, and CURIEs for its IRIs."""
    shapes = """
        :S sh:targetClass :Bridge ; sh:sparql [
            sh:message "{$this} crosses {?what}; take it out" ;
            sh:select "SELECT $this ?what WHERE { $this <https://example.org/crosses> ?what }" ] .
    """
    (problem,) = check(parse(":arch a :Bridge ; :crosses :seine ."), shapes)
    assert (problem.message, problem.remedy) == (":arch crosses :seine", "take it out")


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        ('sh:description "Bauen"@de , "Build one."@en ; rdfs:seeAlso :guide', "Build one."),
        ("rdfs:seeAlso :guide", "see :guide"),
        ("rdfs:comment 'nothing'", "see :S"),
    ],
)
def test_remedy_without_second_part(more: str, remedy: str) -> None:
    """Without a remedy in its message a shape gives its description, else a link, else itself."""
    shapes = f':S sh:targetClass :Bridge ; sh:nodeKind sh:Literal ; sh:message "wrong" ; {more} .'
    (problem,) = check(parse(":arch a :Bridge ."), shapes)
    assert (problem.message, problem.remedy) == (":arch: wrong", remedy)


def test_shape_about_a_file_reads_that_file_alone() -> None:
    """GRAPH $this holds what the file says, not the union; subject and predicate are what is wrong in it."""
    data = dataset(catalogue=":d :issued 1 . :arch :spans :seine .", other=":d :spans :seine .")
    seen: list[tuple[Node, Node | None, Node | None]] = []

    def blame(*triple: Node | None) -> Blamed:
        seen.append(triple)  # type: ignore[arg-type] # three terms, the first never None
        return Blamed()

    (problem,) = check_shapes(data, parse(ABOUT_FILE), blame)
    assert problem.message == ":arch :spans :seine: The catalogue does not tell this"
    assert problem.remedy == "write it in the file of the document."
    assert seen == [(URIRef(EX + "arch"), URIRef(EX + "spans"), URIRef(EX + "seine"))]


def test_shape_about_a_file_may_find_what_is_wrong_in_another() -> None:
    """The problem is then told of the triple in that other file, not of the file that is the target."""
    shapes = f"""
        :S a sh:NodeShape ; sh:targetNode <{FILE}> ; sh:sparql [
            sh:message "Only the catalogue dates: delete it."@en ;
            sh:select \"\"\"SELECT DISTINCT $this ?path ?value WHERE {{
                GRAPH ?graph {{ ?value ?path ?object }} FILTER (?graph != $this) }}\"\"\" ] .
    """
    data = dataset(catalogue=":d :issued 1 .", other=":arch :spans :seine , :marne .")
    seen: list[tuple[Node, Node | None, Node | None]] = []

    def blame(*triple: Node | None) -> Blamed:
        seen.append(triple)  # type: ignore[arg-type] # three terms, the first never None
        return Blamed()

    (problem,) = check_shapes(data, parse(shapes), blame)
    assert problem.message == ":arch :spans :marne: Only the catalogue dates"
    assert seen == [(URIRef(EX + "arch"), URIRef(EX + "spans"), URIRef(EX + "marne"))]


def test_shape_about_a_file_needs_a_dataset() -> None:
    """On a graph without names such a shape cannot be used, and says so."""
    (problem,) = check(parse(":d :issued 1 ."), ABOUT_FILE)
    assert problem.code == "C302"
    assert problem.message.startswith(":Catalogue cannot be used: ")


def test_union_of_named_graphs_is_checked() -> None:
    """A shape sees what several files say together, in SPARQL too, whose use of rdflib warns of nothing."""
    shapes = """
        :S sh:targetClass :Bridge ; sh:sparql [ sh:message "closed; open it" ; sh:select
            "SELECT $this WHERE { $this <https://example.org/closed> true }" ] .
    """
    problems = check(dataset(one=":arch a :Bridge .", two=":arch :closed true ."), shapes)
    assert [problem.message for problem in problems] == [":arch: closed"]


@pytest.mark.parametrize(
    ("shapes", "culprit"),
    [
        (":S a sh:PropertyShape ; sh:targetClass :Bridge .", ":S"),
        (":S sh:targetClass :Bridge ; sh:sparql [ sh:message 'x' ] .", ":S"),
        (":S sh:targetClass :Bridge ; sh:sparql [ sh:select 'SELECT $this { $this nope:x 1 }' ] .", ":S"),
        (":S sh:targetClass :Bridge ; sh:sparql [ sh:select 'SELECT $this { $this' ] .", ":S"),
        (":S sh:targetClass :Bridge ; sh:sparql [ sh:select 'SELECT $this { VALUES ?a { 1 } }' ] .", ":S"),
        (":S sh:targetClass :Bridge ; sh:or () .", ":S"),
    ],
)
def test_unusable_shape_is_one_problem(shapes: str, culprit: str) -> None:
    """A shape that pySHACL refuses is named in one problem; the sound shapes beside it are not."""
    problems = check(parse(":arch a :Bridge ."), BRIDGE + shapes)
    assert [problem.code for problem in problems] == ["C302"]
    assert problems[0].message.startswith(f"{culprit} cannot be used: ")
    assert "\n" not in problems[0].message


@pytest.mark.parametrize("use", ["sh:property", "sh:node", "sh:not", "sh:qualifiedValueShape"])
def test_missing_shape_is_one_problem(use: str) -> None:
    """A shape that another one names and nobody wrote is told, with the triple that names it."""
    asked: list[Node | None] = []

    def blame(*triple: Node | None) -> Blamed:
        asked.extend(triple)
        return Blamed(places=(Place(path="shapes/bridges.ttl", line=7, column=9),))

    shapes = parse(f":S sh:targetClass :Bridge ; {use} :Missing .")
    (problem,) = check_shapes(parse(":arch a :Bridge ."), shapes, blame)
    assert (problem.code, problem.message) == ("C304", ":S uses the shape :Missing, which is not there")
    assert problem.place == Place(path="shapes/bridges.ttl", line=7, column=9)
    assert asked == list(next(shapes.triples((None, None, URIRef(EX + "Missing")))))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { SERVICE <https://example.org/sparql> { $this ?p ?o } }",
        "SELECT $this FROM <https://example.org/data.ttl> { $this ?p ?o }",
    ],
)
def test_no_query_reaches_outside(query: str) -> None:
    """A shape that would fetch something is refused before anything runs."""
    (problem,) = check(
        parse(":a a :Bridge ."), f":S sh:targetClass :Bridge ; sh:sparql :Q . :Q sh:select '{query}' ."
    )
    assert (problem.code, problem.message.split(" reaches ")[0]) == ("C303", "the query of :Q")


def test_imports_are_not_followed() -> None:
    """owl:imports in shapes and data fetches nothing."""
    imports = "<https://example.invalid/a> owl:imports <https://example.invalid/b> ."
    assert check(parse(imports), imports + BRIDGE) == ()


@pytest.mark.parametrize(
    "make",
    [lambda: dataset(one=":arch a :Bridge ; :opened 1 ."), lambda: parse(":arch a :Bridge ; :opened 1 .")],
)
def test_graphs_are_left_alone(make: Callable[[], Graph]) -> None:
    """Neither data nor shapes gain a triple or a prefix, though a rule of the shapes would add one."""
    data = make()
    shapes = parse(
        BRIDGE
        + ":S sh:targetClass :Bridge ; sh:rule :R . :R a sh:TripleRule ;"
        + " sh:subject sh:this ; sh:predicate :x ; sh:object 1 ."
    )
    before = [(set(graph), set(graph.namespaces())) for graph in (data, shapes)]
    flag = rdflib.NORMALIZE_LITERALS
    assert check_shapes(data, shapes, nowhere)
    assert [(set(graph), set(graph.namespaces())) for graph in (data, shapes)] == before
    assert flag == rdflib.NORMALIZE_LITERALS


def test_silence_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed or logged, whatever is found."""
    check(parse(":arch a :Bridge ; :opened 1 ."), BRIDGE)
    check(parse(":arch a :Bridge ."), ":S sh:targetClass :Bridge ; sh:property :Missing .")
    assert capfd.readouterr() == ("", "")


def test_order_is_by_place() -> None:
    """Problems come by file, line and column, those without a place last, each once."""
    places = {
        "a": Place(path="b.ttl", line=2),
        "b": Place(path="a.ttl", line=10),
        "c": Place(path="a.ttl", line=9),
    }

    def blame(subject: Node, _predicate: Node | None, _object: Node | None) -> Blamed:
        place = places.get(str(subject).removeprefix(EX))
        return Blamed(places=(place,) if place else ())

    shapes = """
        :S sh:targetClass :B ; sh:nodeKind sh:Literal ; sh:message "x; y" .
        :T sh:targetClass :B ; sh:property :P .
        :U sh:targetClass :B ; sh:property :P .
        :P sh:path :p ; sh:minCount 1 ; sh:message "p; q" .
    """
    problems = check_shapes(parse(":a a :B . :b a :B . :c a :B . :d a :B ."), parse(shapes), blame)
    told = [problem.message for problem in problems]
    assert told == [":c :p: p", ":c: x", ":b :p: p", ":b: x", ":a :p: p", ":a: x", ":d :p: p", ":d: x"]
