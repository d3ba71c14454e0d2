"""Rule files: what they say, and what is said of a wrong one."""

import pytest

from cordiale.closure.rulebook.rule_parser import RULE_SETS, parse_rules, read_rule_set
from cordiale.closure.rulebook.rules import Constant, Tuple
from cordiale.model.errors import SourceError

# The names in tables 4 to 9 of OWL 2 Profiles, section 4.3.
W3C_NAMES = (
    "eq-ref", "eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o", "eq-diff1", "eq-diff2",
    "eq-diff3", "prp-ap", "prp-dom", "prp-rng", "prp-fp", "prp-ifp", "prp-irp", "prp-symp",
    "prp-asyp", "prp-trp", "prp-spo1", "prp-spo2", "prp-eqp1", "prp-eqp2", "prp-pdw", "prp-adp",
    "prp-inv1", "prp-inv2", "prp-key", "prp-npa1", "prp-npa2", "cls-thing", "cls-nothing1",
    "cls-nothing2", "cls-int1", "cls-int2", "cls-uni", "cls-com", "cls-svf1", "cls-svf2",
    "cls-avf", "cls-hv1", "cls-hv2", "cls-maxc1", "cls-maxc2", "cls-maxqc1", "cls-maxqc2",
    "cls-maxqc3", "cls-maxqc4", "cls-oo", "cax-sco", "cax-eqc1", "cax-eqc2", "cax-dw", "cax-adc",
    "dt-type1", "dt-type2", "dt-eq", "dt-diff", "dt-not-type", "scm-cls", "scm-sco", "scm-eqc1",
    "scm-eqc2", "scm-op", "scm-dp", "scm-spo", "scm-eqp1", "scm-eqp2", "scm-dom1", "scm-dom2",
    "scm-rng1", "scm-rng2", "scm-hv", "scm-svf1", "scm-svf2", "scm-avf1", "scm-avf2", "scm-int",
    "scm-uni",
)  # fmt: skip

HELPERS = ("list-", "chain-", "key-", "part-")


def test_every_rule_of_the_tables_is_there() -> None:
    """The file has the rules of tables 4 to 9, and no other but those of its helper relations."""
    names = [rule.name for rule in read_rule_set("owl2rl")]
    assert sorted({name for name in names if not name.startswith(HELPERS)}) == sorted(W3C_NAMES)
    assert len(W3C_NAMES) == 78


def test_rules_with_false_name_their_variables() -> None:
    """Every variable in the sentence of a clash is one of the rule's."""
    for rule in read_rule_set("owl2rl"):
        if rule.is_clash:
            known = {name for atom in rule.body for name in atom.variables}
            words = {word.strip("?,") for word in rule.message.split() if word.startswith("?")}
            assert words <= known
            assert words, rule.name


@pytest.mark.parametrize("name", RULE_SETS)
def test_rule_sets_are_safe(name: str) -> None:
    """Each rule set that comes with the program can be read."""
    assert read_rule_set(name)


def test_terms() -> None:
    """Prefixed names, IRIs, literals, tuples and continued lines."""
    (rule,) = parse_rules(
        '@prefix ex: <http://e/>\nr: ?x ex:a "1"^^xsd:int, ?x <http://e/b> "a\\"b"@en,\n'
        "    ?x rdf:type ?y -> held(?x, tuple(?y, ex:a)) # a note\n",
        path="my.rules",
    )
    assert rule.body[0].terms[2] == Constant('"1"^^<http://www.w3.org/2001/XMLSchema#int>')
    assert rule.body[1].terms[2] == Constant('"a\\"b"@en')
    assert isinstance(rule.head[0].terms[1], Tuple)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("r: ?x ?p ?y -> ?x ?p ?z", "my.rules:1:22: C610 r: ?z stands in a conclusion and in no premise"),
        ("r: ?x ?p ?y, ?z != ?x -> false", "C610 r: ?z stands in a comparison and in no premise"),
        ("r: near(?x, ?y) -> ?x rdf:type ?y", 'C610 r: no rule makes the relation "near"'),
        ("r: value(?x) -> ?x rdf:type ?x", 'the relation "value" has 2 arguments, not 1'),
        ("r: ?x ?p ?y -> value(?x, ?y)", 'the relation "value" cannot be added to'),
        ("\nr: ?x ex:p ?y -> false", 'my.rules:2:7: C610 prefix "ex" is not bound'),
        ("r: ?x ?p -> false", 'my.rules:1:10: C610 "->" is no term'),
        ("r: ?x ?p ?y ->", "my.rules:1:15: C610 the rule ends too early"),
        ("r: ?x ?p ?y -> ?x ?p tuple(?x)", "a tuple cannot stand in a triple"),
        ("r @often: ?x ?p ?y -> ?y ?p ?x", "there is no mark @often"),
        ("r: ?x ?p ?y -> ?y ?p ?x ?x", 'my.rules:1:25: C610 "?x" is too much'),
        ('r: ?x ?p "a"^^?y -> false', "C610"),
        ("r: ?x ?p ?y -> ?y ?p %", 'my.rules:1:22: C610 "%" cannot stand here'),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(text: str, told: str) -> None:
    """The message names what is wrong, and file, line and column."""
    with pytest.raises(SourceError) as caught:
        parse_rules(text, path="my.rules")
    assert told in str(caught.value)


def test_all_wrong_rules_are_told() -> None:
    """One reading finds every wrong line."""
    with pytest.raises(SourceError) as caught:
        parse_rules("a: ?x ?p ?y -> ?z ?p ?y\nb: ?x -> false\nc: ?x ?p ?y -> ?w ?p ?y", path="my.rules")
    assert len(caught.value.problems) == 3
