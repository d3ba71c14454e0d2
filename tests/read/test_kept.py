"""What files stated is kept to the letter, and found again for the same bytes alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal

from cordiale.model.terms import Node, Triple
from cordiale.read import kept
from cordiale.read.folder import read_project
from cordiale.read.kept import file_digest, kept_bytes, load_kept
from tests.small_project import small
from tests.strategies import triples

__all__ = ["small"]


def _exact(term: Node) -> tuple[str, ...]:
    """All that a term is; rdflib takes "a"@en and "a"@EN for equal."""
    if isinstance(term, Literal):
        return "literal", str(term), str(term.datatype), str(term.language)
    return type(term).__name__, str(term)


@given(st.dictionaries(st.text("abc", min_size=1), st.lists(triples(), max_size=4), max_size=3))
def test_triples_come_back(tmp_path_factory: pytest.TempPathFactory, told: dict[str, list[Triple]]) -> None:
    """In their order, every term to the letter, odd literals too, and prefixes beside them."""
    path = tmp_path_factory.getbasetemp() / "kept.json"
    path.write_bytes(kept_bytes({key: (tuple(each), {"ex": key}) for key, each in told.items()}))
    found = load_kept(path)
    for key, each in told.items():
        assert [[_exact(term) for term in triple] for triple in found.triples(key)] == [
            [_exact(term) for term in triple] for triple in each
        ]
        assert found.prefixes(key) == {"ex": key}
    assert "z" not in found


def test_the_same_content_gives_the_same_bytes(small: Path) -> None:
    """Whatever order it is told in."""
    files = read_project(small)
    content: dict[str, tuple[tuple[Triple, ...], dict[str, str]]] = {
        files.digests[path]: (told, {}) for path, told in files.statements.items()
    }
    assert kept_bytes(content) == kept_bytes(dict(reversed(content.items())))


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data.replace(b"urn", b"URN"), lambda _: b""]
)
def test_what_was_changed_is_as_none(tmp_path: Path, change: object) -> None:
    """Cut short, written over, or empty: nothing is kept, and nothing is raised."""
    assert callable(change)
    term = Literal("urn")
    data = kept_bytes({"k": (((term, term, term),), {})})
    (tmp_path / "kept.json").write_bytes(data)
    assert "k" in load_kept(tmp_path / "kept.json")
    (tmp_path / "kept.json").write_bytes(change(data))
    assert "k" not in load_kept(tmp_path / "kept.json")
    assert "k" not in load_kept(tmp_path / "absent.json")
    assert "k" not in load_kept(tmp_path)


def test_what_other_code_read_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that was mended reads all files anew."""
    (tmp_path / "kept.json").write_bytes(kept_bytes({"k": ((), {})}))
    monkeypatch.setattr(kept, "version", lambda package: f"{package} of tomorrow")
    assert "k" not in load_kept(tmp_path / "kept.json")


def test_a_digest_is_that_of_name_and_bytes() -> None:
    """Blank nodes are named after the path, and relative IRIs resolved against the base: both count."""
    digests = {
        file_digest(data, path=path, base=base)
        for data in (b"a", b"b")
        for path in ("data/x.ttl", "data/y.ttl")
        for base in ("urn:x", "urn:y")
    }
    assert len(digests) == 8


def test_kept_or_read_is_the_same(small: Path, tmp_path: Path) -> None:
    """Statements, prefixes, sources, problems and places of a project, with what was kept and without."""
    fresh = read_project(small)
    path = tmp_path / "kept.json"
    path.write_bytes(
        kept_bytes(
            {fresh.digests[path]: (fresh.statements[path], fresh.declared[path]) for path in fresh.statements}
        )
    )
    again = read_project(small, load_kept(path))
    assert again.unreadable == ()
    assert again._files == {}  # nothing was parsed
    assert again.statements == fresh.statements
    assert again.prefixes == fresh.prefixes
    assert again.sources == fresh.sources
    assert set(again.dataset.quads()) == set(fresh.dataset.quads())
    (triple, *_) = fresh.statements["data/almanac/1901.ttl"]
    assert again.places_of(triple) == fresh.places_of(triple)
    assert [*again._files] == ["data/almanac/1901.ttl"]  # its file alone was read for the place
    assert again.problems == fresh.problems
    assert dict(again.places) == dict(fresh.places)


def test_one_edited_file_is_read_again(small: Path, tmp_path: Path) -> None:
    """The others are not; an error in it is told at its place, as ever."""
    fresh = read_project(small)
    path = tmp_path / "kept.json"
    path.write_bytes(
        kept_bytes({digest: (fresh.statements[each], {}) for each, digest in fresh.digests.items()})
    )
    edited = small / "data" / "entities.ttl"
    edited.write_text(edited.read_text() + ":new-light a sea:Light .\n")
    again = read_project(small, load_kept(path))
    assert again.unreadable == ()
    assert [*again._files] == ["data/entities.ttl"]
    edited.write_text("oh dear")
    assert [problem.code for problem in read_project(small, load_kept(path)).unreadable] == ["C101"]
