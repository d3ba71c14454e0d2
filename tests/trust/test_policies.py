"""From what somebody wants to believe to the sources that are out."""

from decimal import Decimal

import pytest
from rdflib import URIRef

from cordiale.model.errors import NotFoundError, UsageError
from cordiale.model.sources import Source
from cordiale.model.views import Policy, View
from cordiale.trust.policies import view_of
from cordiale.trust.resting import resting

NAMESPACE = "https://example.org/source/"


def source(
    name: str,
    *,
    issued: str = "",
    publisher: str = "",
    tier: str = "",
    reliability: str = "",
    identifier: str = "",
    trusted: bool = False,
    has_file: bool = True,
    rests_on: tuple[str, ...] = (),
) -> Source:
    """A source with what the catalogue says of it."""
    return Source(
        name=name,
        iri=URIRef(NAMESPACE + name),
        path=f"data/{name}.ttl" if has_file else "",
        trusted=trusted,
        issued=issued,
        publisher=publisher,
        tier=tier,
        reliability=Decimal(reliability) if reliability else None,
        identifiers=(identifier,) if identifier else (),
        rests_on=tuple(URIRef(NAMESPACE + other) for other in rests_on),
    )


SOURCES = (
    source("entities", trusted=True),
    source(
        "cam/2025-07-09", issued="2025-07-09", publisher="Cambridge", tier="institution", reliability="0.9"
    ),
    source("cam/2024", issued="2024", publisher="Cambridge", tier="institution", reliability="0.9"),
    source("blog/july", issued="2025-07", tier="low", reliability="0.2", identifier="S07"),
    source("copy/undated", tier="copy", reliability="0.5", rests_on=("agency/release",)),
    source("agency/release", tier="press", reliability="0.7", issued="2025-07-10", has_file=False),
)


def view(policy: Policy) -> View:
    """The view of these sources; the one query there is selects what is of 2025."""
    found = {str(each.iri) for each in SOURCES if each.issued.startswith("2025")}
    return view_of(policy, SOURCES, resting(SOURCES), lambda _query: found)


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("cam/2024", {"cam/2024"}),
        ("data/cam/2024.ttl", {"cam/2024"}),
        ("cam", {"cam/2024", "cam/2025-07-09"}),
        ("s07", {"blog/july"}),
        ("cambridge", {"cam/2024", "cam/2025-07-09"}),
        ("LOW", {"blog/july"}),
        ("agency/release", {"agency/release", "copy/undated"}),
        (
            "SELECT ?document { ?document ?p ?o }",
            {"cam/2025-07-09", "blog/july", "agency/release", "copy/undated"},
        ),
    ],
)
def test_what_a_name_means(name: str, out: set[str]) -> None:
    """A source, a path, a folder, an identifier, a publisher, a tier, a query; and who rests on them."""
    assert view(Policy(without=(name,))).out == out


def test_the_trusted_base_stays() -> None:
    """It is the curator's own word, which is told to whom asks to leave it out."""
    assert view(Policy(without=("SELECT ?d { ?d ?p ?o }",))).out.isdisjoint({"entities"})
    with pytest.raises(UsageError) as error:
        view(Policy(without=("entities",)))
    assert error.value.problems[0].code == "C657"


@pytest.mark.parametrize(
    ("name", "code"), [("PREFIX : <x:> SELECT ?none { ?none a :None }", "C656"), ("Select Committee", "C210")]
)
def test_a_query_that_selects_nothing_is_told(name: str, code: str) -> None:
    """It is no view of everything; and what is called a select committee is no query."""
    with pytest.raises(NotFoundError) as error:
        view_of(Policy(without=(name,)), SOURCES, resting(SOURCES), lambda _query: ())
    assert error.value.problems[0].code == code


def test_reliability_is_that_of_the_tier() -> None:
    """What is said to be less is out."""
    assert view(Policy(min_reliability=Decimal("0.5"))).out == {"blog/july"}
    assert view(Policy(min_reliability=Decimal("0.9"))).out == {"blog/july", "copy/undated", "agency/release"}


@pytest.mark.parametrize(
    ("date", "out"),
    [
        ("2025-07-09", {"agency/release", "copy/undated"}),
        ("2025-07-08", {"cam/2025-07-09", "agency/release", "copy/undated"}),
        ("2025-06", {"cam/2025-07-09", "blog/july", "agency/release", "copy/undated"}),
        ("2025", set()),
    ],
)
def test_what_was_published_later_is_out(date: str, out: set[str]) -> None:
    """A month that has begun by then is not certainly later."""
    assert view(Policy(as_of=date)).out == out


def test_what_shows_no_date_stays_and_is_told() -> None:
    """Unless only dated sources are asked for."""
    assert view(Policy(as_of="2025")).undated == ("copy/undated",)
    dated = view(Policy(as_of="2025", dated_only=True))
    assert dated.out == {"copy/undated"}
    assert dated.undated == ()


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (Policy(min_sources=0), "C651"),
        (Policy(min_reliability=Decimal("1.5")), "C651"),
        (Policy(as_of="July"), "C651"),
        (Policy(as_of="2025-13"), "C651"),
        (Policy(dated_only=True), "C651"),
        (Policy(without=("cam", "blog", "copy")), "C652"),
    ],
)
def test_a_view_that_cannot_be(policy: Policy, code: str) -> None:
    """A sentence and a remedy."""
    with pytest.raises(UsageError) as error:
        view(policy)
    assert error.value.problems[0].code == code
    assert error.value.problems[0].remedy


def test_near_names() -> None:
    """Also those of publishers."""
    with pytest.raises(NotFoundError, match="Cambridge"):
        view(Policy(without=("cambrige",)))
