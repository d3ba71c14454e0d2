"""The closure kept beside the build: the same terms and supports come back, and only for their key."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, Literal, URIRef

from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.sourced.supported import SupportedClosure, close_supported
from cordiale.model.terms import Node, Triple
from cordiale.project.closure_store import load_closure, save_closure
from tests.strategies import triples

_A, _B, _C = (URIRef(f"urn:x:{name}") for name in "abc")


def _closed(stated: dict[str, list[Triple]]) -> SupportedClosure:
    return close_supported(stated, ["trusted"], read_rule_set("owl2rl"))


def _exact(term: Node) -> tuple[str, ...]:
    """All that a term is; rdflib takes "a"@en and "a"@EN for equal."""
    if isinstance(term, Literal):
        return "literal", str(term), str(term.datatype), str(term.language)
    return type(term).__name__, str(term)


def _spelled(found: tuple[Triple, ...]) -> list[list[tuple[str, ...]]]:
    return [[_exact(term) for term in triple] for triple in found]


_SPREAD = st.dictionaries(
    st.sampled_from(["trusted", "one", "two"]), st.lists(triples(), max_size=4), max_size=3
)


@settings(max_examples=25)
@given(_SPREAD)
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, stated: dict[str, list[Triple]]
) -> None:
    """Triples, supports and sources come back in their order, every term to the letter."""
    folder = tmp_path_factory.mktemp("kept") / "closure"
    closure = _closed(stated)
    save_closure(folder, "k", closure)
    found = load_closure(folder, "k")
    assert found is not None
    assert found.triples.equals(closure.triples)
    assert (found.supports, found.sources, found.clashes) == (
        closure.supports,
        closure.sources,
        closure.clashes,
    )
    assert _spelled(found.inferred()) == _spelled(closure.inferred())


def test_clashes_come_back_with_their_supports(tmp_path: Path) -> None:
    """Rule, sentence, premises, and the sets of sources."""
    closure = _closed(
        {
            "trusted": [(_A, OWL.disjointWith, _B)],
            "one": [(_C, RDF.type, _A)],
            "two": [(_C, RDF.type, _B)],
        }
    )
    save_closure(tmp_path / "closure", "k", closure)
    found = load_closure(tmp_path / "closure", "k")
    assert found is not None
    assert found.clashes == closure.clashes
    assert [found.names(clash.support) for clash in found.clashes] == [(("one", "two"),)]


def test_another_key_finds_nothing(tmp_path: Path) -> None:
    """A closure is given back for its own key alone."""
    save_closure(tmp_path / "closure", "mine", _closed({"one": [(_A, _B, _C)]}))
    assert load_closure(tmp_path / "closure", "mine") is not None
    assert load_closure(tmp_path / "closure", "yours") is None


@pytest.mark.parametrize("name", ["source", "term", "support", "triple", "clash"])
def test_a_broken_store_is_as_none(tmp_path: Path, name: str) -> None:
    """What was cut short, is missing, or written by another version, is not there."""
    folder = tmp_path / "closure"
    save_closure(folder, "k", _closed({"one": [(_A, _B, _C)]}))
    file = folder / f"{name}.parquet"
    file.write_bytes(file.read_bytes()[:40])
    assert load_closure(folder, "k") is None
    pq.write_table(pa.table({"other": pa.array([1])}, metadata={b"cordiale.key": b"k"}), file)
    assert load_closure(folder, "k") is None
    file.unlink()
    assert load_closure(folder, "k") is None


def test_a_store_that_is_not_there_is_as_none(tmp_path: Path) -> None:
    """Neither a missing folder nor an empty one is an error."""
    assert load_closure(tmp_path / "closure", "k") is None
    assert load_closure(tmp_path, "k") is None


def test_the_same_closure_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever order the triples were told in."""
    one: list[Triple] = [(_A, _B, _C), (_C, _B, _A)]
    trusted: list[Triple] = [(_B, RDF.type, OWL.TransitiveProperty)]
    for name, told in (("first", one), ("second", one[::-1])):
        save_closure(tmp_path / name, "k", _closed({"one": told, "trusted": trusted}))
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    names = ("clash", "conflict", "fault", "source", "support", "term", "triple")
    assert files == [f"{name}.parquet" for name in names]
    for name in files:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
