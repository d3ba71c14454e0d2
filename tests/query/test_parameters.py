"""The values that a question is asked with: read by type, refused with a sentence and a remedy."""

from datetime import date
from decimal import Decimal

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.query.engines import OxigraphEngine
from cordiale.query.parameters import Value, bind
from cordiale.query.questions import Question
from cordiale.query.values import Kind, Parameter
from tests.query.graphs import EX, PREFIX, dataset


def expand(name: str) -> URIRef:
    """The names of a tiny project."""
    if name != "ex:seine":
        raise NotFoundError(
            Problem(code="C599", message=f'nothing is called "{name}"', remedy="try ex:seine")
        )
    return EX.seine


def question(*parameters: Parameter, text: str = "ASK {}") -> Question:
    """A question with these parameters."""
    return Question(id="bridges", path="queries/bridges.rq", summary={}, parameters=parameters, text=text)


def parameter(kind: Kind, **more: str | bool) -> Parameter:
    """A parameter x of that kind."""
    return Parameter(name="x", variable="x", kind=kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("iri", "ex:seine", EX.seine),
        ("string", ' a "b" ', Literal(' a "b" ')),
        ("integer", "-07", Literal("-07", datatype=XSD.integer, normalize=False)),
        ("integer", " 7 ", Literal("7", datatype=XSD.integer)),
        ("decimal", "1.50", Literal("1.50", datatype=XSD.decimal, normalize=False)),
        ("decimal", "2", Literal("2", datatype=XSD.decimal, normalize=False)),
        ("date", "2025-07-09", Literal("2025-07-09", datatype=XSD.date)),
        ("date", "2024-02-29Z", Literal("2024-02-29Z", datatype=XSD.date, normalize=False)),
        ("boolean", "true", Literal("true", datatype=XSD.boolean)),
        ("boolean", "0", Literal("0", datatype=XSD.boolean, normalize=False)),
    ],
)
def test_values_are_read_by_type(kind: Kind, value: str, term: Node) -> None:
    """A value becomes a term of the parameter's type, its lexical form as given."""
    assert bind(question(parameter(kind)), {"x": value}, expand) == {"x": term}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("integer", 7, "7"),
        ("decimal", 1.5, "1.5"),
        ("decimal", Decimal("1.50"), "1.50"),
        ("date", date(2025, 7, 9), "2025-07-09"),
        ("boolean", True, "true"),
        ("string", 7, "7"),
    ],
)
def test_values_of_python_are_read_as_typed(kind: Kind, value: Value, text: str) -> None:
    """A number, a day or a truth value stands for what one would type for it."""
    asked = question(parameter(kind))
    assert bind(asked, {"x": value}, expand) == bind(asked, {"x": text}, expand)


@pytest.mark.parametrize(
    ("kind", "value"), [("integer", 1.5), ("boolean", 2), ("decimal", 1e30), ("date", 2025)]
)
def test_values_of_python_have_to_fit_too(kind: Kind, value: Value) -> None:
    """A value of another type is refused with the sentence that a text would get."""
    with pytest.raises(UsageError, match=f"C433 x is of type {kind}"):
        bind(question(parameter(kind)), {"x": value}, expand)


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        ("integer", "seven", "a whole number, such as 12"),
        ("integer", "1.0", "a whole number"),
        ("integer", "", "a whole number"),
        ("integer", "٣", "a whole number"),
        ("decimal", "1e3", "a number, such as 1.5"),
        ("decimal", "1,5", "a number"),
        ("date", "2025-7-9", "a day, such as 2025-07-09"),
        ("date", "2025-02-29", "a day"),
        ("date", "2025", "a day"),
        ("boolean", "yes", "true or false"),
    ],
)
def test_ill_typed_values_are_refused(kind: Kind, value: str, remedy: str) -> None:
    """A value of another form is named with its parameter, and the remedy shows a right one."""
    with pytest.raises(UsageError) as caught:
        bind(question(parameter(kind, example="EX")), {"x": value}, expand)
    (problem,) = caught.value.problems
    assert problem.code == "C433"
    assert problem.message == f'x is of type {kind}, and "{value}" is not'
    assert problem.remedy.startswith(f"give {remedy}")
    assert problem.remedy.endswith("for example x=EX")


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("iri", EX.seine),
        ("string", Literal("a", lang="fr")),
        ("string", Literal("a", datatype=XSD.string)),
        ("integer", Literal(7)),
        ("date", Literal("2025-07-09", datatype=XSD.date)),
    ],
)
def test_terms_of_the_type_are_taken_as_they_are(kind: Kind, term: Node) -> None:
    """A caller who has a term may give it."""
    assert bind(question(parameter(kind)), {"x": term}, expand) == {"x": term}


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("iri", Literal("ex:seine")),
        ("iri", BNode()),
        ("string", URIRef("https://example.org/")),
        ("string", Literal(7)),
        ("integer", Literal("7")),
        ("integer", Literal("7", datatype=XSD.decimal)),
        ("date", BNode()),
    ],
)
def test_terms_of_another_type_are_refused(kind: Kind, term: Node) -> None:
    """A term is not converted."""
    with pytest.raises(UsageError, match=f"C433 x is of type {kind}"):
        bind(question(parameter(kind)), {"x": term}, expand)


def test_defaults_and_optional_parameters() -> None:
    """What is not given is the default; what is optional and has none stays a variable."""
    asked = question(
        Parameter(name="river", variable="_river_iri", kind="iri", default="ex:seine"),
        Parameter(name="name", variable="__name_en", kind="string", language="en", optional=True),
    )
    assert bind(asked, {}, expand) == {"_river_iri": EX.seine}
    assert bind(asked, {"name": "Seine"}, expand) == {
        "_river_iri": EX.seine,
        "__name_en": Literal("Seine", lang="en"),
    }


def test_missing_value() -> None:
    """A question says what it must be told, with its example."""
    with pytest.raises(UsageError) as caught:
        bind(question(parameter("iri", example="ex:seine")), {}, expand)
    assert str(caught.value) == (
        'C432 question "bridges" must be told "x"\n  give it a value of type iri, for example x=ex:seine'
    )


def test_unknown_parameter() -> None:
    """A slip of the pen is answered with near names, or with all there are."""
    asked = question(Parameter(name="river", variable="river", kind="iri", default="ex:seine"))
    with pytest.raises(
        NotFoundError, match='C431 question "bridges" has no parameter "rivr"\n  did you mean "river"'
    ):
        bind(asked, {"rivr": "ex:seine"}, expand)
    with pytest.raises(NotFoundError, match="it has river"):
        bind(asked, {"xyzzy": "ex:seine"}, expand)
    with pytest.raises(NotFoundError, match="it has none"):
        bind(question(), {"river": "ex:seine"}, expand)


def test_all_that_is_wrong_is_told() -> None:
    """Missing and ill-typed values stand in one error; what expand says is passed on."""
    asked = question(
        Parameter(name="a", variable="a", kind="iri"),
        Parameter(name="b", variable="b", kind="integer"),
        Parameter(name="c", variable="c", kind="iri"),
    )
    with pytest.raises(UsageError) as caught:
        bind(asked, {"b": "many", "c": "ex:thames"}, expand)
    assert [problem.code for problem in caught.value.problems] == ["C432", "C433", "C599"]
    with pytest.raises(NotFoundError, match="C599"):
        bind(asked, {"a": "ex:seine", "b": "1", "c": "ex:thames"}, expand)


def test_from_value_to_answer() -> None:
    """A question, a value as one types it, and the rows."""
    text = (
        PREFIX + "SELECT ?b { ?_river_iri :crossedBy ?b FILTER (!BOUND(?__not) || ?b != ?__not) } ORDER BY ?b"
    )
    asked = question(
        Parameter(name="river", variable="_river_iri", kind="iri"),
        Parameter(name="not", variable="__not", kind="iri", optional=True),
        text=text,
    )
    engine = OxigraphEngine(dataset())
    assert len(engine.ask(text, bind(asked, {"river": "ex:seine"}, expand)).rows) == 2
    given: dict[str, str | Node] = {"river": "ex:seine", "not": EX["pont-neuf"]}
    assert engine.ask(text, bind(asked, given, expand)).rows == ((EX["pont-marie"],),)
