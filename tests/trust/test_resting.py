"""A document that only tells what others told first goes with them."""

from rdflib import URIRef

from cordiale.model.sources import Source
from cordiale.trust.resting import Resting, resting

NAMESPACE = "https://example.org/source/"


def source(name: str, *rests_on: str) -> Source:
    """A source that rests on others."""
    iris = tuple(URIRef(NAMESPACE + other) for other in rests_on)
    return Source(name=name, iri=URIRef(NAMESPACE + name), path=f"data/{name}.ttl", rests_on=iris)


def test_all_that_a_source_rests_on_must_go() -> None:
    """One of two is not enough."""
    known = Resting({"copy": frozenset({"release", "dispatch"}), "copy-of-copy": frozenset({"copy"})})
    assert known.out({"release"}) == {"release"}
    assert known.out({"release", "dispatch"}) == {"release", "dispatch", "copy", "copy-of-copy"}


def test_a_chain_says_how_it_came_to_be_out() -> None:
    """From what is out to what was withdrawn."""
    known = Resting({"copy": frozenset({"release"}), "copy-of-copy": frozenset({"copy"})})
    assert known.chain("copy-of-copy", {"release"}) == ("copy-of-copy", "copy", "release")
    assert known.chain("release", {"release"}) == ("release",)
    assert known.roots("copy-of-copy") == {"copy-of-copy", "copy", "release"}


def test_who_rests_on_a_folder_rests_on_its_files() -> None:
    """All of them must go; a folder's own entry is no file."""
    known = resting([source("news/p1"), source("news/p2"), source("blog", "news")])
    assert known.out({"news/p1"}) == {"news/p1"}
    assert known.out({"news/p1", "news/p2"}) == {"news/p1", "news/p2", "blog"}


def test_a_circle_does_not_hold_itself_up_for_ever() -> None:
    """The catalogue's check refuses circles (C203); here they end, and fall with what they rest on."""
    known = Resting({"a": frozenset({"b"}), "b": frozenset({"a"})})
    assert known.out({"a"}) == {"a", "b"}
    assert known.roots("a") == {"a", "b"}
    assert known.out(()) == frozenset()
