"""House rules for questions: what they find, and that a fix keeps the query."""

import pytest

from cordiale.query.questions import Question
from cordiale.query.style import check_query_style
from cordiale.query.style_fixes import fixed_query

GOOD = """\
#+ summary: Which lights are high?
#+ summary_fr: Quels feux sont hauts ?

# Heights are in metres; select, and owl:Thing, mean nothing here.
PREFIX cord: <https://w3id.org/cordiale/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT DISTINCT ?light
WHERE {
  ?light a cord:Light ; cord:height ?height .
  FILTER (?height > "1.0"^^xsd:decimal && ?lit = true)
}
ORDER BY ?light
"""


def told(text: str, name: str = "high-lights") -> list[str]:
    """Code, line and column of each problem."""
    question = Question(
        id=name,
        path="q.rq",
        summary={lang: "x" for lang, key in (("en", "summary:"), ("fr", "summary_fr:")) if key in text},
        text=text,
    )
    prefixes = {"cord": "https://w3id.org/cordiale/ns#"}
    problems = check_query_style([question], ("en", "fr"), prefixes)
    return [f"{each.code} {str(each.place).removeprefix('q.rq:')}" for each in problems]


def test_good_style() -> None:
    """Comments, strings, ``a`` and truth values are no reason to complain."""
    assert told(GOOD) == []
    assert told("#+ summary: x\n#+ summary_fr: y\nASK { ?s ?p ?o }\n") == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("DISTINCT ?light", "DISTINCT *", ["C460 8:1"]),
        ("FILTER", "filter", ["C461 11:3"]),
        ("PREFIX xsd", "PREFIX owl: <x:>\nPREFIX xsd", ["C462 6:1"]),
        ("PREFIX cord: <https://w3id.org/cordiale/ns#>\n", "", []),
        ("ORDER BY ?light\n", "", ["C464 8:1"]),
        ("#+ summary_fr: Quels", "# Quels", ["C465 1:1"]),
        ("cordiale/ns#", "cordiale/ns/", ["C466 5:1"]),
        ("PREFIX cord", "PREFIX zz: <x:>\nPREFIX cord", ["C462 5:1", "C463 6:1"]),
    ],
)
def test_what_is_told(before: str, after: str, expected: list[str]) -> None:
    """Each rule tells its place."""
    assert told(GOOD.replace(before, after, 1)) == expected


def test_names_of_files() -> None:
    """A file is named in small letters, digits and hyphens."""
    assert told(GOOD, "High_lights") == ["C467 1:1"]


def test_a_fix_keeps_the_query() -> None:
    """Prefixes go or change places, with their comments; what stands above the first stays."""
    untidy = GOOD.replace("PREFIX cord", "PREFIX zz: <x:>\n# Ours.\nPREFIX cord").replace(
        "PREFIX xsd", "PREFIX aa: <y:> # unused\nPREFIX xsd"
    )
    fixed = fixed_query(untidy, {"C462", "C463"})
    assert fixed == GOOD.replace("PREFIX cord", "# Ours.\nPREFIX cord")
    swapped = fixed_query("PREFIX b: <x:b>\n# A.\nPREFIX a: <x:a>\nASK { a:s ?p b:o }\n", {"C463"})
    assert swapped == "# A.\nPREFIX a: <x:a>\nPREFIX b: <x:b>\nASK { a:s ?p b:o }\n"
    together = "PREFIX b: <x:b> PREFIX a: <x:a>\nASK { a:s ?p b:o }\n"
    assert fixed_query(together, {"C462", "C463"}) == together
