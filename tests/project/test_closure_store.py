"""The closure kept beside the build: the same terms come back, and only for the same input."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from cordiale.closure.engine import Clash, Closure
from cordiale.model.terms import Node, Triple
from cordiale.project import closure_store
from cordiale.project.closure_store import closure_key, load_closure, save_closure
from tests.strategies import triples

_A, _B, _C = (URIRef(f"urn:x:{name}") for name in "abc")
_ONE: Closure = Closure(inferred=((_A, _B, _C),), clashes=())


def _exact(term: Node) -> tuple[str, ...]:
    """All that a term is; rdflib takes "a"@en and "a"@EN for equal."""
    if isinstance(term, Literal):
        return "literal", str(term), str(term.datatype), str(term.language)
    return type(term).__name__, str(term)


def _spelled(found: tuple[Triple, ...]) -> list[list[tuple[str, ...]]]:
    return [[_exact(term) for term in triple] for triple in found]


_CLASHES = st.builds(
    lambda rule, message, found: Clash(rule=rule, message=message, triples=tuple(found)),
    st.sampled_from(["prp-irp", "cax-dw"]),
    st.text(max_size=8).filter(lambda text: text.isprintable()),
    st.lists(triples(), max_size=2),
)


@given(st.lists(triples(), max_size=5), st.lists(_CLASHES, max_size=2))
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, inferred: list[Triple], clashes: list[Clash]
) -> None:
    """Triples and clashes come back in their order, every term to the letter, odd literals too."""
    path = tmp_path_factory.getbasetemp() / "closure.json"
    save_closure(path, "k", Closure(inferred=tuple(inferred), clashes=tuple(clashes)))
    found = load_closure(path, "k")
    assert found is not None
    assert _spelled(found.inferred) == _spelled(tuple(inferred))
    assert [(each.rule, each.message) for each in found.clashes] == [(c.rule, c.message) for c in clashes]
    assert [_spelled(each.triples) for each in found.clashes] == [_spelled(c.triples) for c in clashes]


@given(st.lists(triples(), max_size=4), st.lists(triples(), max_size=4), st.randoms())
def test_a_key_is_that_of_one_graph(one: list[Triple], other: list[Triple], random: Random) -> None:
    """Two graphs have one key exactly when they hold the same triples to the letter, in whatever order."""
    shuffled = list(one)
    random.shuffle(shuffled)
    assert closure_key(one, "owlrl") == closure_key(shuffled, "owlrl")
    same = sorted(_spelled(tuple(one))) == sorted(_spelled(tuple(other)))
    assert (closure_key(one, "owlrl") == closure_key(other, "owlrl")) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("1", datatype=XSD.integer), Literal("01", datatype=XSD.integer, normalize=False)),
        (Literal("a", lang="en"), Literal("a", lang="EN")),
        (Literal("urn:x:a"), URIRef("urn:x:a")),
        (Literal("a"), Literal("a", datatype=XSD.string)),
    ],
)
def test_terms_that_are_nearly_equal_give_other_keys(one: Node, other: Node) -> None:
    """Neither value nor text alone makes two terms the same."""
    assert closure_key([(_A, _B, one)], "owlrl") != closure_key([(_A, _B, other)], "owlrl")


def test_an_engine_has_its_own_key() -> None:
    """What one engine made is not taken for another's."""
    assert closure_key([(_A, _B, _C)], "owlrl") != closure_key([(_A, _B, _C)], "other")


def test_other_rules_give_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the code of the reasoner changes, what it made before is not used."""
    before = closure_key([(_A, _B, _C)], "owlrl")
    (tmp_path / "rules.py").write_text("# one rule more\n")
    monkeypatch.setattr(closure_store, "files", lambda _package: tmp_path)
    assert closure_key([(_A, _B, _C)], "owlrl") != before


def test_another_key_finds_nothing(tmp_path: Path) -> None:
    """A closure is given back for its own key alone."""
    path = tmp_path / "closure.json"
    save_closure(path, "mine", _ONE)
    assert load_closure(path, "mine") == _ONE
    assert load_closure(path, "yours") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"key": "k"}',
        '{"key": "k", "terms": [], "inferred": [[0, 1, 2]], "clashes": []}',
        '{"key": "k", "terms": [["iri"]], "inferred": [], "clashes": []}',
        '{"key": "k", "terms": [["iri", "a:b"]], "inferred": [[0, 0]], "clashes": []}',
        '{"key": "k", "terms": [], "inferred": [], "clashes": ["clash"]}',
        "\udcff",
    ],
)
def test_a_broken_store_is_as_none(tmp_path: Path, content: str) -> None:
    """What was cut short, or written by another version, is not there."""
    path = tmp_path / "closure.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    assert load_closure(path, "k") is None


def test_a_store_that_is_not_there_is_as_none(tmp_path: Path) -> None:
    """Neither a missing file nor a folder in its place is an error."""
    assert load_closure(tmp_path / "closure.json", "k") is None
    assert load_closure(tmp_path, "k") is None


def test_each_term_is_written_once(tmp_path: Path) -> None:
    """The store is small: a term that stands in many triples is written once."""
    path = tmp_path / "closure.json"
    save_closure(path, "k", Closure(inferred=((_A, _B, _A), (_A, _B, _B)), clashes=()))
    assert json.loads(path.read_text())["terms"] == [["iri", str(_A)], ["iri", str(_B)]]
