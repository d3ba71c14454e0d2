"""How results are worded: names, paths, languages, and where a message parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef

from cordiale.checks.wording import Names, in_english, parted

PREFIXES = "@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"


@pytest.fixture
def names() -> Names:
    """Names by two prefixes of which one namespace begins with the other."""
    graph = Graph(bind_namespaces="none")
    graph.bind("", "https://example.org/")
    graph.bind("part", "https://example.org/part/")
    return Names(graph)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (URIRef("https://example.org/arch"), ":arch"),
        (URIRef("https://example.org/part/span"), "part:span"),
        (URIRef("https://example.org/other/span"), "<https://example.org/other/span>"),
        (URIRef("https://example.org/"), "<https://example.org/>"),
        (Literal("pont", lang="fr-CA"), '"pont"@fr-CA'),
        (Literal("01", datatype=URIRef("https://example.org/dt"), normalize=False), '"01"^^:dt'),
        (Literal("x" * 61), '"' + "x" * 59 + '…"'),
        (Literal("x" * 60), '"' + "x" * 60 + '"'),
        (BNode("b1"), "_:b1"),
    ],
)
def test_term(names: Names, term: URIRef | Literal | BNode, expected: str) -> None:
    """A term is written as in Turtle, with the longest namespace that leaves a plain name."""
    assert names.term(term) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (":a", ":a"),
        ("( :a :b )", ":a/:b"),
        ("[ sh:inversePath :a ]", "^:a"),
        ("[ sh:alternativePath ( :a [ sh:inversePath :b ] ) ]", "(:a|^:b)"),
        ("( [ sh:zeroOrMorePath :a ] [ sh:oneOrMorePath :b ] [ sh:zeroOrOnePath :c ] )", ":a*/:b+/:c?"),
    ],
)
def test_path(names: Names, path: str, expected: str) -> None:
    """A path is written as in SPARQL."""
    shapes = Graph().parse(data=f"{PREFIXES}:S sh:path {path} .")
    ((_, _, node),) = shapes.triples((None, URIRef("http://www.w3.org/ns/shacl#path"), None))
    assert isinstance(node, URIRef | BNode)
    assert names.path(shapes, node) == expected


def test_shortened(names: Names) -> None:
    """IRIs in a text become CURIEs, and the punctuation after them stays."""
    text = "https://example.org/arch spans <https://example.org/part/s>; not https://other.org/x, see (https://example.org/y)."
    assert names.shortened(text) == ":arch spans part:s; not https://other.org/x, see (:y)."


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([Literal("oui", lang="fr"), Literal("yes", lang="en-GB")], "yes"),
        ([Literal("oui", lang="fr"), Literal("yes")], "yes"),
        ([Literal("oui", lang="fr"), Literal("ja", lang="de")], "ja"),
        ([Literal("42 est faux"), Literal("42 is wrong")], "42 is wrong"),
        ([], ""),
    ],
)
def test_in_english(messages: list[Literal], expected: str) -> None:
    """English first, then what has no language; a filled-in message has the language of its template."""
    templates = [Literal("{?value} est faux", lang="fr"), Literal("{?value} is wrong", lang="en")]
    assert in_english(messages, templates) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("no label; write one", ("no label", "write one")),
        ("no label: write one: here", ("no label", "write one: here")),
        ('"a; b" is: wrong', ('"a; b" is', "wrong")),
        ("12:30 and cord:x are wrong; mend", ("12:30 and cord:x are wrong", "mend")),
        ('an odd " sign; mend', ('an odd " sign', "mend")),
        ("no sign", ("no sign", "")),
        ("", ("", "")),
        ("; write", ("; write", "")),
    ],
)
def test_parted(message: str, expected: tuple[str, str]) -> None:
    """The first sign that is followed by a space and stands outside quotes parts a message."""
    assert parted(message) == expected


@given(st.text(alphabet='ab";: \n', max_size=300))
def test_parted_keeps_every_word(message: str) -> None:
    """Whatever a message is, parting it loses nothing but the sign and the space around it."""
    wrong, remedy = parted(message)
    rest = message.removeprefix(wrong)
    assert message.startswith(wrong)
    assert rest.endswith(remedy)
    assert rest.removesuffix(remedy).strip() in {"", ";", ":"}
