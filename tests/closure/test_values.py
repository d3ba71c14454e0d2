"""When literals are different values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from cordiale.closure.values.values import are_different


def literal(text: str, datatype: str = "", lang: str | None = None) -> Literal:
    """A literal as it is written."""
    return Literal(text, datatype=XSD[datatype] if datatype else None, lang=lang, normalize=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (literal("1", "integer"), literal("2", "integer")),
        (literal("1.5", "decimal"), literal("1.6", "double")),
        (literal("2025-07-09", "date"), literal("2025-07-10", "date")),
        (literal("2025", "gYear"), literal("2026", "gYear")),
        (literal("2025-07", "gYearMonth"), literal("2025", "gYear")),
        (literal("2025-07-09", "date"), literal("2025-07-09T00:00:00", "dateTime")),
        (literal("--07", "gMonth"), literal("--08", "gMonth")),
        (literal("pont", lang="fr"), literal("pont", lang="en")),
        (literal("pont", lang="fr"), literal("pont")),
        (literal("true", "boolean"), literal("1", "integer")),
        (literal("true", "boolean"), literal("0", "boolean")),
        (literal("PT1H", "duration"), literal("PT2H", "duration")),
        (literal("2025", "gYear"), literal("2025")),
    ],
)
def test_different(one: Literal, other: Literal) -> None:
    """Values that differ, in one datatype or across two."""
    assert are_different(one, other)
    assert are_different(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (literal("01", "integer"), literal("1", "integer")),
        (literal("1.50", "decimal"), literal("1.5", "decimal")),
        (literal("1", "integer"), literal("1.0", "double")),
        (literal("true", "boolean"), literal("1", "boolean")),
        (literal("a"), literal("a", "string")),
        (literal("a", lang="en-GB"), literal("a", lang="en-gb")),
        (literal("PT60M", "duration"), literal("PT1H", "duration")),
        (literal("2025-07-09T12:00:00Z", "dateTime"), literal("2025-07-09T13:00:00+01:00", "dateTime")),
        (literal("2025Z", "gYear"), literal("2025+00:00", "gYear")),
        (literal("NaN", "decimal"), literal("1", "decimal")),
        (literal("sNaN", "decimal"), literal("1", "decimal")),
        (Literal("a", datatype=URIRef("x:dt")), Literal("b", datatype=URIRef("x:dt"))),
    ],
)
def test_not_known_to_differ(one: Literal, other: Literal) -> None:
    """Two forms of one value, and values of which nothing is known."""
    assert not are_different(one, other)
    assert not are_different(other, one)


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.sampled_from(["", "0", "000"]))
def test_integers_differ_by_value(one: int, other: int, zeros: str) -> None:
    """Integers differ exactly when their numbers do, however they are padded."""
    padded = literal(f"{'-' if other < 0 else ''}{zeros}{abs(other)}", "integer")
    assert are_different(literal(str(one), "integer"), padded) == (one != other)
