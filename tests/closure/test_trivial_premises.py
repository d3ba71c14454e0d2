"""What says nothing by itself may be a premise of what says something: then the rules are followed.

Each case is small, and also held against the naive evaluation of all rules.
"""

import pytest

from cordiale.closure.consequences import close
from cordiale.closure.loading.nodes import text_of
from cordiale.closure.rulebook.rule_parser import parse_rules, read_rule_set
from tests.closure.graphs import EX, triples
from tests.closure.naive import TextTriple, close_naively

__all__: list[str] = []

_NAMES = {
    "type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "sub": "http://www.w3.org/2000/01/rdf-schema#subClassOf",
    "domain": "http://www.w3.org/2000/01/rdf-schema#domain",
    "same": "http://www.w3.org/2002/07/owl#sameAs",
}
_ON_P = "owl:onProperty :p"
_SOME, _ALL = (f"{_ON_P} ; owl:{name}ValuesFrom" for name in ("some", "all"))


def _text(line: str) -> TextTriple:
    s, p, o = (f"<{_NAMES.get(name, EX + name)}>" for name in line.split())
    return s, p, o


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        # reflexive axioms, of names made the same and of what two restrictions share
        (":C a owl:Class ; owl:sameAs :R .", "C sub R"),
        (
            f":r1 owl:hasValue :i ; {_ON_P} . :r2 owl:hasValue :i ; {_ON_P} . :p a owl:ObjectProperty .",
            "r1 sub r2",
        ),
        (
            f":r1 {_SOME} :C . :r2 {_SOME} :C . :C a owl:Class .",
            "r2 sub r1",
        ),
        # owl:Thing as what a restriction asks for
        (
            f":r1 {_SOME} :C . :r2 {_SOME} owl:Thing . :C a owl:Class .",
            "r1 sub r2",
        ),
        (
            f":r1 {_ALL} :C . :r2 {_ALL} owl:Thing . :C a owl:Class .",
            "r1 sub r2",
        ),
        # owl:Nothing is in every class
        (":C rdfs:subClassOf owl:Nothing . :D a owl:Class .", "C sub D"),
        (":K owl:intersectionOf (:A owl:Nothing) . :D a owl:Class .", "K sub D"),
        (":p rdfs:domain owl:Nothing . :C a owl:Class .", "p domain C"),
        (
            f":r1 {_SOME} owl:Nothing . :r2 {_SOME} :C . :C a owl:Class .",
            "r1 sub r2",
        ),
        # a name of the vocabulary that only the rules find out
        (":f a owl:FunctionalProperty . :a :f :X , owl:Thing . :b a :D . :D a owl:Class .", "b type X"),
        (":f a owl:FunctionalProperty . :a :f :X , rdfs:subClassOf . :C a owl:Class .", "C X C"),
        (
            ":f a owl:FunctionalProperty . :a :f :X , xsd:integer . :b :q 1 ."
            " :r owl:someValuesFrom :X ; owl:onProperty :q .",
            "b type r",
        ),
    ],
)
def test_followed_where_needed(graph: str, expected: str) -> None:
    """The triple follows by the rules, and is in the closure."""
    given = triples(graph)
    naive, _ = close_naively([tuple(map(text_of, triple)) for triple in given], read_rule_set("owl2rl"))  # type: ignore[misc]
    assert _text(expected) in naive
    assert _text(expected) in {tuple(map(text_of, triple)) for triple in close(given)}


@pytest.mark.parametrize(
    ("rule", "graph", "expected"),
    [
        ("?x owl:sameAs ?y, ?x != ?y -> ?x :alias ?y", ":a owl:sameAs :b .", set()),  # one thing, to !=
        (
            "?x owl:sameAs ?y -> ?x :alias ?y",
            ":a :r :b .",
            {f"{x} alias {x}" for x in ("a", "b", "r", "alias")},
        ),
        (":a owl:sameAs :b -> :a :is :one", ":a owl:sameAs :b .", {"a is one", "b is one"}),
        (":a owl:sameAs :b -> :a :is :one", ":a owl:differentFrom :b .", set()),
        ("?x rdf:type owl:Thing, ?x :p ?y -> ?y :of ?x", ":a :p :b ; a :C . :C a owl:Class .", {"b of a"}),
    ],
)
def test_own_rules_may_start_from_what_says_nothing(rule: str, graph: str, expected: set[str]) -> None:
    """A rule of one's own with such a premise fires as the rules have it."""
    rules = (*read_rule_set("owl2rl"), *parse_rules(f"@prefix : <{EX}>\nown: {rule}\n", path="own.rules"))
    found = {tuple(map(text_of, triple)) for triple in close(triples(graph), rules=rules)}
    made = {f"<{EX}{name}>" for name in ("alias", "is", "of")}
    ours = {triple for triple in found if triple[1] in made and triple[0].startswith(f"<{EX}")}
    assert ours == set(map(_text, expected))
