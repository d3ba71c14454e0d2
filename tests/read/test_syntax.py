"""What a person is told of a file that is not Turtle."""

import pytest

from cordiale.model.errors import SourceError, TurtleSyntaxError
from cordiale.model.problems import Problem
from cordiale.read.syntax import check_syntax
from cordiale.read.text import decode

ORG = "@prefix org: <http://www.w3.org/ns/org#> .\n"


def problem_of(text: str) -> Problem:
    """The one problem of the text."""
    with pytest.raises(TurtleSyntaxError) as caught:
        check_syntax(text, path="data/x.ttl", base="https://example.org/x")
    (problem,) = caught.value.problems
    return problem


def test_near_prefix_is_offered() -> None:
    """A slip in a declared prefix is met with the right one."""
    assert str(problem_of(ORG + "<a>\n    orgg:unitOf <b> .")) == (
        'data/x.ttl:3:5: C104 prefix "orgg" is not bound\n  did you mean "org"?'
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("foa:name", 'did you mean "foaf"?'),
        ("skos:note", "write at the top of the file: @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."),
        ("qqq:z", "write at the top of the file: @prefix qqq: <...> . with the namespace's IRI"),
    ],
)
def test_undeclared_prefixes_have_a_remedy(name: str, remedy: str) -> None:
    """A prefix that the house knows is declared as there; of any other we say how to declare it."""
    assert problem_of(f"<a> {name} <b> .").remedy == remedy


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("<a> <b> 'c .", "1:9", "what starts here is never closed"),
        ("<a> <b> '''c\n\n.", "1:9", "what starts here is never closed"),
        ("<a> <b> <c>", "1:12", "the file ends in the middle of a statement"),
        ("<a> <b> <c>\n<d> <e> <f> .", "2:1", 'the statement before this has no "." at its end'),
        ("<a> <b> <c> ,\n<d> ;\n. <e> 'f'.", "3:7", "'f' cannot be a predicate"),
        ("<a> <b> .", "1:9", ". cannot be an object"),
        ("'a' <b> <c> .", "1:1", "'a' cannot be a subject"),
        ("@prefix a: <x:>\n<a> <b> <c> .", "2:1", 'the statement before this has no "." at its end'),
        ("<a> <b> 'c\nd' .", "1:11", "a line break in a string with one quotation mark"),
        ("<a> <b> 'é\\q' .", "1:11", 'the string has the unknown escape "\\q"'),
        ("<a> <b> '\\uD83D' .", "1:10", "\\uD83D is no character"),
        ("<a> <b> <c d> .", "1:9", "not an IRI: invalid code point ' '"),
        ("<a> <b> <http://c/%zz> .", "1:9", "not an IRI: invalid percent encoding '%zz'"),
        ("<a> <b> [ <c> <d> .", "1:19", 'the "[" before this is not closed'),
        ("PREFIX a <x:>", "1:8", "this declaration is not complete"),
        ("<a> <b> 'c'@1 .", "1:13", "a language code should always start with a letter"),
    ],
)
def test_each_error_is_one_sentence_with_a_place(text: str, place: str, message: str) -> None:
    """The parser's words are put plainly, and its place is given."""
    problem = problem_of(text)
    assert (problem.code, str(problem.place), problem.message) == ("C101", f"data/x.ttl:{place}", message)
    assert problem.remedy


def test_byte_order_mark_is_one_problem() -> None:
    """A byte order mark is named as such, at the start of the file."""
    problem = problem_of("\ufeff<a> <b> <c> .")
    assert (problem.code, str(problem.place)) == ("C103", "data/x.ttl:1:1")


def test_nul_is_one_problem() -> None:
    """The character NUL is found, be it in a string."""
    problem = problem_of("<a> <b> <c> .\n<a> <b> '\0' .")
    assert (problem.code, str(problem.place)) == ("C105", "data/x.ttl:2:10")


def test_not_utf_8_is_one_problem() -> None:
    """The first byte that is not UTF-8 is given with its place, counted in characters."""
    with pytest.raises(SourceError) as caught:
        decode("é\n<é> ".encode() + b"\xe9 .", path="data/x.ttl")
    (problem,) = caught.value.problems
    assert str(problem) == (
        "data/x.ttl:2:5: C102 byte 0xe9 is not UTF-8\n  save the file in the encoding UTF-8"
    )


def test_prefixes_of_good_turtle_are_returned() -> None:
    """A good text gives its prefixes."""
    assert dict(check_syntax(ORG, path="data/x.ttl", base="https://example.org/x")) == {
        "org": "http://www.w3.org/ns/org#"
    }
