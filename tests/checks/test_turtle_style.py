"""House rules for Turtle: what they find and where, and that a fix keeps every fact and comment."""

import random
from collections import Counter
from pathlib import Path

import pytest

from cordiale.checks.layout import read_layout
from cordiale.checks.turtle_fixes import fixed_turtle
from cordiale.checks.turtle_style import StyleFile, check_turtle_style
from tests.repository import tracked_files

ROOT = Path(__file__).resolve().parents[2]
FILES = [p for p in tracked_files(ROOT) if p.suffix == ".ttl" and p.parts[0] in ("shapes", "ontology")]
HEAD = """\
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

"""
GOOD = """\
# About a.
ex:a
    a ex:Bridge ;
    rdfs:label "one; two."@en , # behind
        "un"@fr ;
    # About b.
    ex:b [ ex:c ( 1 2.5 <x#y> ) ; ex:d \'\'\'it's\'\'\' ] ;
.

ex:b
    ex:c ex:a.b , ex:c\\,d ;
.
"""
CODES = ("C320", "C321", "C322", "C325", "C326")


def told(text: str, *, is_ordered: bool = True, is_data: bool = True) -> list[str]:
    """Code, line and column of each problem."""
    file = StyleFile(path="x.ttl", text=text, is_ordered=is_ordered, may_have_blank_subjects=not is_data)
    problems = check_turtle_style(file, ("en", "fr"))
    return [f"{each.code} {str(each.place).removeprefix('x.ttl:')}" for each in problems]


def test_good_style() -> None:
    """Strings, brackets, escapes and comments are no reason to complain."""
    assert told(HEAD + GOOD) == []
    assert told(HEAD + "# To be written.\n") == []
    assert told(HEAD + GOOD.replace("ex:b\n", "ex:B\n"), is_ordered=False) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (HEAD, HEAD.replace("@prefix rdfs", "@prefix owl: <x:> .\n@prefix rdfs"), ["C320 2:1"]),
        (HEAD, "".join(sorted(HEAD.splitlines(keepends=True), reverse=True)), ["C321 2:1"]),
        (HEAD, f"PREFIX owl: <x:>\nBASE <x:>\n{HEAD}", ["C320 1:1", "C321 3:1"]),
        ("ex:b\n    ex:c", "ex:B\n    ex:c", ["C322 13:1"]),
        ("ex:b\n    ex:c", "_:b\n    ex:c", ["C327 13:1"]),
        ("ex:b\n    ex:c", "ex:b ex:c", ["C323 13:6"]),
        ("a ex:Bridge ;\n    rdfs", "a ex:Bridge ; rdfs", ["C324 6:19"]),
        ("ex:c\\,d ;\n.", "ex:c\\,d .", ["C324 14:27"]),
        ("ex:c\\,d ;\n.", "ex:c\\,d\n.", ["C324 15:1"]),
        ("a ex:Bridge", "ex:is ex:Bridge", ["C325 7:5"]),
        ('"un"@fr', '"un"@en', []),
        ('"one; two."@en , # behind\n        "un"@fr', '"un"@fr , "one"@en', ["C326 7:26"]),
    ],
)
def test_what_is_told(before: str, after: str, expected: list[str]) -> None:
    """Each rule tells its place."""
    assert before in HEAD + GOOD
    assert told((HEAD + GOOD).replace(before, after)) == expected


def test_an_ontology_stands_first() -> None:
    """Whatever its IRI, the block of an ontology is the first."""
    head = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix z: <x:a> .\n\n"
    text = f"{head}<x:z>\n    a owl:Ontology ;\n.\n\nz:a\n    a owl:Class ;\n.\n"
    assert told(text) == []
    assert told(text.replace("owl:Ontology", "owl:Class")) == ["C322 8:1"]


def shuffled(text: str, chance: random.Random) -> str:
    """The text with prefixes and blocks in another order, and the predicates of each block as well."""
    head, _, body = text.partition("\n\n")
    prefixes = head.splitlines()
    blocks = body.rstrip("\n").split("\n\n")
    chance.shuffle(prefixes)
    mixed = []
    for block in blocks:
        whole = f"{head}\n{block}\n"
        statements = read_layout(whole).statements
        if len(statements) == 1 and block.endswith("\n."):
            starts = [whole.rindex("\n", 0, verb.start) + 1 for verb in statements[0].verbs]
            parts = [whole[a:b] for a, b in zip(starts, [*starts[1:], len(whole) - 2], strict=True)]
            chance.shuffle(parts)
            block = f"{whole[len(head) + 1 : starts[0]]}{''.join(parts)}."
        mixed.append(block)
    chance.shuffle(mixed)
    return "\n".join(prefixes) + "\n\n" + "\n\n".join(mixed) + "\n"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_fix_keeps_everything(path: Path) -> None:
    """A file of the project, shuffled, is put in order: the same lines and nothing to tell.

    That it says the same is what ``fixed_turtle`` itself makes sure of; a lost line would be a lost fact.
    """
    text = (ROOT / path).read_text(encoding="utf-8")
    mixed = shuffled(text, random.Random(7))
    assert Counter(mixed.splitlines()) == Counter(text.splitlines())
    assert {each[:4] for each in told(mixed, is_data=False)} & {"C321", "C322", "C325"}
    fixed = fixed_turtle(mixed, CODES, ("en", "fr"))
    assert [each for each in told(fixed, is_data=False) if each[:4] in CODES] == []
    assert Counter(fixed.splitlines()) == Counter(text.splitlines())
    assert fixed_turtle(fixed, CODES, ("en", "fr")) == fixed


def test_a_fix_moves_comments_with_their_lines() -> None:
    """A comment above a part, or behind it, goes where the part goes; the head of the file stays."""
    text = """\
# The file.
@prefix z: <https://example.org/z#> . # behind z
# About ex.
@prefix ex: <https://example.org/> .
@prefix no: <https://example.org/no#> .

# A heading.

# About z.
z:a
    ex:b 1 ; # one
    # The type.
    a ex:Bridge ;
.

# About a.
ex:a
    ex:b "un"@fr ,
        "one"@en ;
.
"""
    fixed = """\
# The file.
# About ex.
@prefix ex: <https://example.org/> .
@prefix z: <https://example.org/z#> . # behind z

# A heading.

# About a.
ex:a
    ex:b "one"@en ,
        "un"@fr ;
.

# About z.
z:a
    # The type.
    a ex:Bridge ;
    ex:b 1 ; # one
.
"""
    assert fixed_turtle(text, CODES, ("en", "fr")) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "@prefix b: <x:b> . @prefix a: <x:a> .\nb:s a:p 1 .\n",
        "@prefix a: <x:a> .\na:b a:p 1 . a:a a:p 1 .\n",
        "@prefix a: <x:a> .\na:b a:p 1 .\na:a a:p 1 .",
        "@prefix a: <x:1> .\n@prefix a: <x:2> .\na:s a:p 1 .\n",
    ],
)
def test_what_cannot_be_moved_stays(text: str) -> None:
    """Where parts share lines, or one prefix is declared twice, the text is left alone."""
    assert fixed_turtle(text, ("C321", "C322"), ("en", "fr")) == text
