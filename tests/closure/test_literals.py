"""Values of literals: what is equal, what is different, what is none."""

import pytest

from cordiale.closure.values.literals import (
    DATATYPE_MAP,
    RDF_NS,
    XSD_NS,
    canonical,
    is_less,
    is_value_of,
    order_key,
    split_literal,
)


def key(literal: str) -> str | None:
    """The value of ``form^type``, of ``form@tag``, or of a plain form."""
    form, caret, name = literal.partition("^")
    if caret:
        return canonical(form, (RDF_NS if name in ("XMLLiteral", "PlainLiteral") else XSD_NS) + name, "")
    form, _, tag = literal.partition("@")
    return canonical(form, RDF_NS + "langString" if tag else XSD_NS + "string", tag)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1^integer", "01^byte"),
        ("+1^int", "1.0^decimal"),
        ("-0^integer", "0^integer"),
        (".5^decimal", "0.50^decimal"),
        ("1^boolean", "true^boolean"),
        ("1e2^double", "100.0^double"),
        ("INF^double", "+INF^double"),
        ("1e400^double", "INF^double"),
        ("1e39^float", "INF^float"),
        ("1.00000001^float", "1^float"),
        ("0a^hexBinary", "0A^hexBinary"),
        ("YQ==^base64Binary", "Y Q = =^base64Binary"),
        ("a", "a^token"),
        ("a", "a@^PlainLiteral"),
        ("a@EN-gb", "a@en-GB"),
        ("a@en", "a@en^PlainLiteral"),
        ("2000-01-01T00:00:00Z^dateTime", "2000-01-01T00:00:00.00+00:00^dateTime"),
        ("1999-12-31T24:00:00^dateTime", "2000-01-01T00:00:00^dateTime"),
        ("P1Y^duration", "P12M^duration"),
        ("P1DT1H^duration", "PT25H^dayTimeDuration"),
        ("2000-01-01T00:00:00Z^dateTimeStamp", "2000-01-01T00:00:00Z^dateTime"),
    ],
)
def test_equal_values(one: str, other: str) -> None:
    """Two forms of one value have one key."""
    assert key(one) == key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1^integer", "1^float"),
        ("1^float", "1^double"),
        ("0.0^double", "-0.0^double"),
        ("a", "a@en"),
        ("a", "a^anyURI"),
        ("0a^hexBinary", "Cg==^base64Binary"),
        ("2000-01-01T00:00:00Z^dateTime", "2000-01-01T01:00:00+01:00^dateTime"),
        ("2000-01-01T00:00:00Z^dateTime", "2000-01-01T00:00:00^dateTime"),
        ("2000-01-01^date", "2000-01^gYearMonth"),
        ("0.1^float", "0.1^double"),
        ("1^integer", "true^boolean"),
        ("P1M^duration", "P30D^duration"),
    ],
)
def test_different_values(one: str, other: str) -> None:
    """Different values have different keys, also where XSD calls them equal and not identical."""
    assert key(one) is not None
    assert key(other) is not None
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "literal",
    [
        "a^integer",
        " 1^integer",
        "1.0^integer",
        "256^unsignedByte",
        "-1^nonNegativeInteger",
        "0^positiveInteger",
        "1e1^decimal",
        "^decimal",
        ".^decimal",
        "inf^double",
        "nan^float",
        "TRUE^boolean",
        "0^hexBinary",
        "a^base64Binary",
        "2001-02-29^date",
        "2000-13-01^date",
        "0000^gYearx",
        "2000-1-1^date",
        "24:00:01^time",
        "2000-01-01T00:00:00^dateTimeStamp",
        "P^duration",
        "P1YT^duration",
        "P1M^dayTimeDuration",
        "a b^Name",
        "1a^NCName",
        "a:b^NCName",
        " a^token",
        "a\tb^normalizedString",
        "<a^XMLLiteral",
        "a^PlainLiteral",
        "x@y@1^PlainLiteral",
        "en_GB^language",
        "2000-01-01T00:00:00+15:00^dateTime",
    ],
)
def test_ill_typed(literal: str) -> None:
    """A form outside the lexical space has no value."""
    assert key(literal) is None


@pytest.mark.parametrize(
    "literal", ["0.0^float", "INF^float", "NaN^double", "-0001-01-01^date", "0000-01-01^date"]
)
def test_values_that_owlrl_calls_ill_typed(literal: str) -> None:
    """Zero, infinity and NaN of floats, and the years before 1, are values (XSD 1.1)."""
    assert key(literal) is not None


@pytest.mark.parametrize(
    ("literal", "names"),
    [
        ("200^integer", "integer decimal short unsignedByte positiveInteger"),
        ("0^byte", "nonNegativeInteger nonPositiveInteger integer"),
        ("1.5^decimal", "decimal"),
        ("en", "string normalizedString token language Name NCName NMTOKEN"),
        ("a b", "string normalizedString token"),
        ("P1D^duration", "duration dayTimeDuration"),
        ("P1M^duration", "duration yearMonthDuration"),
        ("2000-01-01T00:00:00Z^dateTime", "dateTime dateTimeStamp"),
    ],
)
def test_datatypes_of_a_value(literal: str, names: str) -> None:
    """A value lies in those datatypes."""
    value = key(literal)
    assert value is not None
    assert all(is_value_of(value, XSD_NS + name) for name in names.split())


def test_datatypes_that_a_value_is_not_in() -> None:
    """The bounds of the integers, and the value spaces that share nothing, are kept."""
    value = key("128^integer")
    assert value is not None
    found = {name.rpartition("#")[2] for name in DATATYPE_MAP if is_value_of(value, name)}
    assert not found & {
        "byte",
        "negativeInteger",
        "nonPositiveInteger",
        "string",
        "double",
        "boolean",
        "date",
    }


def test_order() -> None:
    """Numbers of all datatypes have one order, dates one by the instant, and NaN none."""

    def order(literal: str) -> object:
        value = key(literal)
        assert value is not None
        return order_key(value)

    assert order("1^integer") < order("1.5^decimal") < order("2e0^double") < order("10^byte")  # type: ignore[operator]
    assert order("2000-01-01T01:00:00+01:00^dateTime") == order("2000-01-01T00:00:00Z^dateTime")
    assert order("-0001-01-01^date") < order("2000-02-29^date")  # type: ignore[operator]
    assert order("NaN^double") is None


def test_split_literal() -> None:
    """Escapes are undone, and the parts told apart."""
    assert split_literal('"a\\"\\u00E9\\n"^^<x:y>') == ('a"é\n', "x:y", "")


def test_a_year_is_in_no_order_with_its_own_days() -> None:
    """A span of time is less than what begins when it is over, and than nothing that lies in it."""

    def less(one: str, other: str) -> bool:
        first, second = key(one), key(other)
        assert first is not None
        assert second is not None
        return is_less(order_key(first), order_key(second))

    assert less("2024^gYear", "2025-07-08^date")
    assert less("2023-12^gYearMonth", "2024-01-01^date")
    assert less("2024-01-01^date", "2024-01-02T00:00:00Z^dateTime")
    assert less("2016-10-19^date", "2017^gYear")
    for one, other in (
        ("2016^gYear", "2016-10-19^date"),
        ("2016-10^gYearMonth", "2016-10-19^date"),
        ("2016^gYear", "2016^gYear"),
        ("2024-01-01T00:00:00Z^dateTime", "2024-01-01^date"),
        ("2024^gYear", "3^integer"),
        ("2024^gYear", "2025^string"),
    ):
        assert not less(one, other), (one, other)
        assert not less(other, one), (other, one)
