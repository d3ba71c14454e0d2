"""Stored questions: what a header may say, what is wrong with one, and where."""

from pathlib import Path

import pytest

from cordiale.model.errors import MachineError, NotFoundError
from cordiale.model.problems import Problem, Severity
from cordiale.query.questions import Question, find_question, read_questions
from cordiale.query.values import Parameter

BRIDGES = """\
#+ summary: Which bridges cross this river, oldest first?
#+ summary_fr: Quels ponts franchissent ce cours d'eau, du plus ancien au plus récent ?
#+ description: >-
#+   A bridge of unknown age
#+   is still an answer.
#+ tags: [bridges, rivers]
#+ params:
#+   river: {type: iri, example: "ex:seine", description: the river that is crossed}
#+   after:
#+     type: date
#+     default: 1600-01-01

PREFIX ex: <https://example.org/kg/>

SELECT ?bridge ?opened
WHERE {
  ?bridge ex:crosses ?river ; ex:opened ?opened .
  FILTER (?opened > ?after)
}
ORDER BY ?opened ?bridge
"""
BODY = "SELECT ?x { ?x ?y ?z }\n"


def write(root: Path, files: dict[str, str]) -> list[Path]:
    """The paths of files written under root."""
    paths = [root / name for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return [path for path in paths if path.suffix == ".rq"]


def one(root: Path, text: str) -> tuple[Question | None, tuple[Problem, ...]]:
    """The one question of that text, and its problems."""
    questions, problems = read_questions(write(root, {"queries/q.rq": text}), root)
    return (questions[0] if questions else None), problems


def test_header(tmp_path: Path) -> None:
    """All that a header may say is read."""
    paths = write(
        tmp_path, {"queries/rivers/bridges.rq": BRIDGES, "queries/rivers/bridges.expected.csv": "a\r\n"}
    )
    questions, problems = read_questions(paths, tmp_path)
    assert problems == ()
    (question,) = questions
    assert question.summary == {
        "en": "Which bridges cross this river, oldest first?",
        "fr": "Quels ponts franchissent ce cours d'eau, du plus ancien au plus récent ?",
    }
    assert (question.id, question.path) == ("bridges", "queries/rivers/bridges.rq")
    assert question.description == "A bridge of unknown age is still an answer."
    assert question.tags == ("bridges", "rivers")
    assert question.parameters == (
        Parameter(
            name="river",
            variable="river",
            kind="iri",
            example="ex:seine",
            description="the river that is crossed",
        ),
        Parameter(name="after", variable="after", kind="date", default="1600-01-01"),
    )
    assert [parameter.required for parameter in question.parameters] == [True, False]
    assert question.text == BRIDGES
    assert question.expected == "a\r\n"


def test_no_header(tmp_path: Path) -> None:
    """A query without a header is a question without words; a comment is no header."""
    question, problems = one(tmp_path, f"# summary: no\n{BODY}#+ tags: [late]\n")
    assert problems == ()
    assert question is not None
    assert (dict(question.summary), question.tags, question.expected) == ({}, (), None)


def test_plain_summary_is_in_the_first_language(tmp_path: Path) -> None:
    """A project in another language says so once."""
    paths = write(
        tmp_path, {"queries/q.rq": f"#+ summary: Wer mit wem?\n#+ summary_en: Who with whom?\n{BODY}"}
    )
    (question,), _ = read_questions(paths, tmp_path, language="de")
    assert question.summary == {"de": "Wer mit wem?", "en": "Who with whom?"}


def test_values_stay_as_written(tmp_path: Path) -> None:
    """YAML's numbers, dates and yes-words are the text that they look like."""
    question, problems = one(
        tmp_path, f"#+ params: {{x: {{type: integer, default: 007, example: +08}}}}\n{BODY}"
    )
    assert problems == ()
    assert question is not None
    assert (question.parameters[0].default, question.parameters[0].example) == ("007", "+08")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"#+ sumary: x\n{BODY}", '1:4: C411 the header has no key "sumary"\n  did you mean "summary"'),
        (f"#+ xyzzy: x\n{BODY}", '1:4: C411 the header has no key "xyzzy"\n  known are summary'),
        (f"#+summary_f: x\n{BODY}", "1:3: C411"),
        (
            f"#+ summary: a: b\n{BODY}",
            "1:14: C410 the header is not YAML: mapping values are not allowed here",
        ),
        (f"# a comment\n\n#+ tags: [a\n{BODY}", "3:12: C410 the header is not YAML"),
        (f"#+ summary: \x07\n{BODY}", "1:4: C410 the header is not YAML"),
        (f"#+ just words\n{BODY}", "1:4: C412 this should be names with values"),
        (f"#+ tags: a\n{BODY}", "1:10: C412 this should be a list"),
        (f"#+ tags: [a, [b]]\n{BODY}", "1:14: C412 this should be a text"),
        (f"#+ summary:\n{BODY}", "1:12: C412 this should be a text"),
        (f"#+ summary: {{a: b}}\n{BODY}", "1:13: C412 this should be a text"),
        (f"#+ summary: a\n#+ summary: b\n{BODY}", '2:4: C412 "summary" stands here twice'),
        (f"#+ [a]: b\n{BODY}", "1:4: C412 this cannot be a name"),
        (f"#+ params: {{w: {{type: iri}}}}\n{BODY}", "1:13: C413 the query has no variable ?w"),
        (
            f"#+ params:\n#+   xx: {{type: iri}}\n{BODY}",
            '2:6: C413 the query has no variable ?xx\n  did you mean "x"?',
        ),
        (f"#+ params: {{x: {{}}}}\n{BODY}", '1:13: C414 parameter "x" has no type'),
        (
            f"#+ params: {{x: {{type: ri}}}}\n{BODY}",
            '1:23: C414 the type "ri" is not known\n  did you mean "iri"?',
        ),
        (
            f"#+ params: {{x: {{typ: iri}}}}\n{BODY}",
            '1:17: C411 a parameter has no key "typ"\n  did you mean "type"?',
        ),
        (f"#+ params: {{x: iri}}\n{BODY}", "1:16: C412 this should be names with values"),
        (f"#+ params: {{x: {{type: integer, default: many}}}}\n{BODY}", "1:41: C433 x is of type integer"),
        (f"#+ params: {{x: {{type: date, example: 2025-02-30}}}}\n{BODY}", "1:38: C433 x is of type date"),
        ("#+ params: {x: {type: iri}}\nSELECT * { ?x ?y ?z }", "2:8: C437"),
        ("#+ params: {z: {type: iri}}\nSELECT ?x { ?x ?y ?w BIND (?w AS ?z) }", "2:34: C436"),
        ("SELECT ?x { ?x ?y ?_z_foo }", '1:19: C414 the type "foo" of ?_z_foo is not known'),
        ("SELECT ?x { ?_z_en ?y ?_z_iri }", "1:23: C414 ?_z_iri and ?_z_en are one parameter"),
        ("#+ params: {z: {type: date}}\nSELECT ?x { ?x ?y ?_z_iri }", '1:23: C414 "z" is of type iri'),
        ("SELECT ?x {\n  ?x ex:y ?z }", "2:6: C402"),
        ("SELECT ?x {\n  SERVICE ?x { ?x ?y ?z } }", "2:3: C403"),
    ],
)
def test_problems_have_places(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong with a question is told at its line and column, and the question is left out."""
    question, problems = one(tmp_path, text)
    assert question is None
    assert str(problems[0]).startswith(f"queries/q.rq:{told}")
    assert all(problem.severity is Severity.VIOLATION for problem in problems)


def test_all_problems_of_a_header_are_told(tmp_path: Path) -> None:
    """One mistake does not hide another."""
    text = "#+ sumary: x\n#+ tags: a\n#+ params:\n#+   w: {type: iri}\n#+   x: {type: nothing}\n" + BODY
    _, problems = one(tmp_path, text)
    assert [(problem.code, problem.place.line if problem.place else None) for problem in problems] == [
        ("C411", 1),
        ("C412", 2),
        ("C413", 4),
        ("C414", 5),
    ]


def test_parameters_the_way_of_grlc(tmp_path: Path) -> None:
    """A variable that begins with an underscore is a parameter, which the header may say more of."""
    text = (
        "#+ defaults:\n#+   - lang: fr\n#+ params:\n#+   river: {example: ex:seine, description: which}\n"
        "SELECT ?b { ?b ?_river_iri ?_lang, ?__name_en, ?_n_integer, ?_d_xsd_date, ?_s_literal, ?__t_string }"
    )
    question, problems = one(tmp_path, text)
    assert problems == ()
    assert question is not None
    assert question.parameters == (
        Parameter(name="river", variable="_river_iri", kind="iri", example="ex:seine", description="which"),
        Parameter(name="lang", variable="_lang", kind="string", default="fr"),
        Parameter(name="name", variable="__name_en", kind="string", language="en", optional=True),
        Parameter(name="n", variable="_n_integer", kind="integer"),
        Parameter(name="d", variable="_d_xsd_date", kind="date"),
        Parameter(name="s", variable="_s_literal", kind="string"),
        Parameter(name="t", variable="__t_string", kind="string", optional=True),
    )


def test_what_only_grlc_uses_is_ignored_openly(tmp_path: Path) -> None:
    """grlc's other keys do no harm, and a note says that they do nothing."""
    text = f"#+ endpoint: https://example.org/sparql\n#+ enumerate:\n#+   - x\n#+ pagination: 100\n{BODY}"
    question, problems = one(tmp_path, text)
    assert question is not None
    assert [(problem.code, problem.severity, str(problem.place)) for problem in problems] == [
        ("C415", Severity.INFO, f"queries/q.rq:{line}:4") for line in (1, 2, 4)
    ]


def test_an_id_is_taken_once(tmp_path: Path) -> None:
    """Two files of one name in two folders are a problem, and the first in order is asked."""
    paths = write(tmp_path, {"queries/b/who.rq": BODY, "queries/a/who.rq": BODY, "queries/what.rq": BODY})
    questions, problems = read_questions(paths, tmp_path)
    assert [question.path for question in questions] == ["queries/what.rq", "queries/a/who.rq"]
    assert [str(problem) for problem in problems] == [
        'queries/b/who.rq: C416 queries/a/who.rq is called "who" too\n  rename one of the two files'
    ]


@pytest.mark.parametrize("name", ["q.rq", "q.expected.csv"])
def test_files_are_utf_8(tmp_path: Path, name: str) -> None:
    """Another encoding is refused with the place of its first byte."""
    paths = write(tmp_path, {"queries/q.rq": BODY, "queries/q.expected.csv": "x\n"})
    (tmp_path / "queries" / name).write_bytes(b"# caf\xe9\n")
    questions, problems = read_questions(paths, tmp_path)
    assert questions == ()
    assert str(problems[0]).startswith(f"queries/{name}: C417 byte 6 of the file is not UTF-8")


def test_byte_order_mark_is_refused(tmp_path: Path) -> None:
    """SPARQL tools would stumble over it."""
    _, problems = one(tmp_path, f"\ufeff{BODY}")
    assert str(problems[0]).startswith("queries/q.rq: C417 the file begins with a byte order mark")


def test_line_breaks_of_yaml_only(tmp_path: Path) -> None:
    """What is a line break to YAML and not to editors moves no place out of the file."""
    _, problems = one(tmp_path, f"#+ summary: a\u2028\u2028#+ tags: [b\n#+ tags: b\n{BODY}")
    assert problems
    assert all(problem.place and problem.place.line in (1, 2) for problem in problems)


def test_unreadable_file(tmp_path: Path) -> None:
    """What the machine does not hand over is the machine's fault."""
    with pytest.raises(MachineError, match=r"queries/gone\.rq: C901"):
        read_questions([tmp_path / "queries" / "gone.rq"], tmp_path)


def test_windows_line_ends(tmp_path: Path) -> None:
    """Line ends of either kind give the same question and the same places."""
    question, problems = one(tmp_path, BRIDGES.replace("\n", "\r\n"))
    assert problems == ()
    assert question is not None
    assert question.parameters[1].default == "1600-01-01"


def test_find_question(tmp_path: Path) -> None:
    """A question is found by its id; a slip of the pen is answered with near names."""
    paths = write(tmp_path, {"queries/partners.rq": BODY, "queries/people.rq": BODY})
    questions, _ = read_questions(paths, tmp_path)
    assert find_question("people", questions).path == "queries/people.rq"
    with pytest.raises(NotFoundError, match='C430 there is no question "partnrs"\n  did you mean "partners"'):
        find_question("partnrs", questions)
    with pytest.raises(NotFoundError, match="--list"):
        find_question("xyzzy", questions)
