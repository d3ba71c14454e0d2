"""Turtle made at random is read as Oxigraph reads it, and its objects are found where they were written."""

from hypothesis import given
from hypothesis import strategies as st

from cordiale.read.turtle import read_turtle
from tests.read.comparing import canonical, judged

BASE = "https://example.org/a/b"
HEAD = "@prefix : <n#> . @prefix a.b: <m#> . @prefix true: <k#> . @prefix is: <j#> .\n"

NAMES = st.sampled_from(
    [
        "<>",
        "<c>",
        "<../d?e#f>",
        "<urn:x>",
        "<#\\u00e9>",
        ":",
        ":g",
        "a.b:h",
        "true:i",
        "is:j",
        "a.b:k.l",
        ":m\\.",
        ":%41",
    ]
)
LABELS = st.sampled_from(["_:a", "_:b.c", "_:1-2", "[]", "()"])
NUMBERS = st.from_regex(r"[-+]?([0-9]{1,3}|[0-9]?\.[0-9]{1,2}|[0-9]\.?[0-9]?[eE][-+]?[0-9])", fullmatch=True)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)
TAILS = st.sampled_from(["", "@en", "@EN-gb", "^^:t", "^^<http://www.w3.org/2001/XMLSchema#token>"])
SPACES = st.sampled_from([" ", "\n", "\t ", "\r\n", "\r", ' # : <x> " [ .\n', "\n#\n"])


def _quoted(text: str, quote: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    if len(quote) == 1:
        escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
    return f"{quote}{escaped}{quote}"


LITERALS = st.one_of(
    NUMBERS,
    st.sampled_from(["true", "false"]),
    st.builds(
        lambda text, quote, tail: _quoted(text, quote) + tail,
        TEXTS,
        st.sampled_from(['"', "'", '"""', "'''"]),
        TAILS,
    ),
)


@st.composite
def objects(draw: st.DrawFn, depth: int = 2) -> str:
    """An object as it may be written, with what may be nested in it."""
    kinds = [NAMES, LABELS, LITERALS]
    if depth:
        inner = objects(depth - 1)
        kinds.append(st.lists(inner, max_size=3).map(lambda items: f"( {' '.join(items)} )"))
        kinds.append(properties(depth - 1).map(lambda inside: f"[{inside}]"))
    return draw(st.one_of(kinds))


@st.composite
def properties(draw: st.DrawFn, depth: int = 2) -> str:
    """Predicates and objects with ";" and "," between them, and white space of all kinds."""
    pairs = draw(
        st.lists(
            st.tuples(NAMES | st.just("a"), st.lists(objects(depth), min_size=1, max_size=3)),
            min_size=1,
            max_size=3,
        )
    )
    space, end = draw(SPACES), draw(st.sampled_from(["", " ;", " ; ;"]))
    return (
        space
        + f"{space};{space}".join(f"{name}{space}{f' ,{space}'.join(all_)}" for name, all_ in pairs)
        + end
        + space
    )


STATEMENTS = st.builds(lambda subject, rest: f"{subject}{rest}.\n", NAMES | LABELS, properties())


@given(st.lists(STATEMENTS, max_size=4))
def test_random_turtle_is_read_as_oxigraph_reads_it(statements: list[str]) -> None:
    """Whatever is nested in whatever, both parsers find one graph."""
    text = HEAD + "".join(statements)
    assert canonical(read_turtle(text, path="data/x.ttl", base=BASE).triples) == judged(text, base=BASE)


@given(st.lists(NAMES | LITERALS, min_size=1, max_size=6), SPACES)
def test_objects_are_found_where_they_are_written(written: list[str], space: str) -> None:
    """A list of objects, with any white space between them: at the place of each stands its text."""
    text = f"{HEAD}<s>{space}<p>{space}" + f"{space},{space}".join(written) + " ."
    file = read_turtle(text, path="data/x.ttl", base=BASE)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = sorted(place for all_ in file.places.values() for place in all_)
    assert len(found) == len(written)
    for place, token in zip(found, written, strict=True):
        assert place.line is not None
        assert place.column is not None
        first = token.replace("\r\n", "\n").replace("\r", "\n").split("\n")[0]
        assert lines[place.line - 1][place.column - 1 :].startswith(first)
