"""Revisions of git as graphs: found, read without a checkout, and refused with a reason."""

import subprocess
from pathlib import Path

import pytest

from cordiale.model.errors import CordialeError, MachineError, NotFoundError, SourceError, UsageError
from cordiale.project.revisions import opened

git_needed = pytest.mark.needs_more("git", "revisions are git's")


def _git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _commit(folder: Path) -> str:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "a state")
    return _git(folder, "rev-parse", "HEAD")


@pytest.fixture
def kept(small: Path) -> Path:
    """A small project with two states, of which the first has the tag ``first``."""
    _git(small, "init", "--quiet", "--initial-branch", "trunk")
    _commit(small)
    _git(small, "tag", "first")
    path = small / "data" / "almanac" / "1901.ttl"
    path.write_text(path.read_text() + ":harbour-light sea:within :inner-isles .\n")
    _commit(small)
    return small


def _size(revision: str, project: Path) -> int:
    with opened(revision, project) as kg:
        return len(kg.graph)


@git_needed
def test_a_revision_is_read_where_it_lies(kept: Path) -> None:
    """By tag, branch, commit or in git's own way of counting; the working folder is not touched."""
    (kept / "data" / "almanac" / "1901.ttl").write_text("what I am writing")
    first = _size("first", kept)
    assert _size(_git(kept, "rev-parse", "first"), kept) == first
    assert _size("trunk~1", kept) == first
    assert _size("trunk", kept) == first + 1
    assert (kept / "data" / "almanac" / "1901.ttl").read_text() == "what I am writing"
    assert _git(kept, "status", "--porcelain") == "M data/almanac/1901.ttl"


@git_needed
def test_a_project_may_lie_in_a_folder_of_its_repository(small: Path) -> None:
    """Only that folder is read."""
    root = small.parent
    _git(root, "init", "--quiet", "--initial-branch", "trunk")
    (root / "data").mkdir()
    (root / "data" / "other.ttl").write_text("no turtle")
    _commit(root)
    assert _size("trunk", small) == _size(str(small), small)


@git_needed
def test_a_revision_that_does_not_build_is_refused(kept: Path) -> None:
    """With each place as git writes it."""
    (kept / "data" / "almanac" / "1901.ttl").write_text("<x> <y>\n")
    _commit(kept)
    with pytest.raises(SourceError) as refused, opened("trunk", kept):
        pass
    first, second, *_ = refused.value.problems
    assert first.code == "C671"
    assert second.code == "C101"
    assert str(second.place).startswith("trunk:data/almanac/1901.ttl:")
    assert _size("first", kept)


@git_needed
def test_a_wrong_conflict_rule_does_not_build_either(kept: Path) -> None:
    """It is followed when the graph is reasoned over."""
    (kept / "ontology" / "conflicts.rules").write_text("no rule")
    _commit(kept)
    with pytest.raises(SourceError) as refused, opened("trunk", kept):
        pass
    assert [problem.code for problem in refused.value.problems] == ["C671", "C610"]
    assert "trunk:ontology/conflicts.rules:1" in str(refused.value)


@git_needed
def test_a_wrong_note_does_not_build_either(kept: Path) -> None:
    """Conflicts are compared, and what is known of them is told."""
    (kept / "data" / "conflicts.toml").write_text("[[known]\n")
    _commit(kept)
    with pytest.raises(SourceError, match=r"trunk:data/conflicts\.toml:1:\d+: C140"), opened("trunk", kept):
        pass


@git_needed
@pytest.mark.parametrize(
    ("revision", "code", "said"),
    [("frist", "C670", 'did you mean "first"'), ("--all", "C670", "neither"), ("x y^{z", "C670", "neither")],
)
def test_what_is_no_revision_is_refused(kept: Path, revision: str, code: str, said: str) -> None:
    """With near names, and never taken for an option of git."""
    with pytest.raises(NotFoundError) as refused, opened(revision, kept):
        pass
    assert refused.value.problems[0].code == code
    assert said in str(refused.value)


@git_needed
def test_a_revision_before_the_project_has_none(small: Path) -> None:
    """The repository is older than the project in it."""
    root = small.parent
    _git(root, "init", "--quiet", "--initial-branch", "trunk")
    (root / "README").write_text("first")
    _git(root, "add", "README")
    _git(root, "commit", "--quiet", "--message", "first")
    with pytest.raises(UsageError) as refused, opened("trunk", small):
        pass
    assert refused.value.problems[0].code == "C672"


@git_needed
def test_links_of_a_revision_lead_nowhere(kept: Path) -> None:
    """A link to a file outside is not followed, and not written."""
    (kept / "data" / "out.ttl").symlink_to("/etc/hostname")
    _commit(kept)
    assert _size("trunk", kept) == _size("trunk~1", kept)


def test_without_git_folders_can_be_compared(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is written as one needs no git; for a revision git is missed."""
    monkeypatch.setenv("PATH", "")
    assert _size(str(small), small)
    with pytest.raises(MachineError) as refused, opened("trunk", small):
        pass
    assert refused.value.problems[0].code == "C673"


def test_a_folder_that_is_not_there_is_refused(small: Path) -> None:
    """Whatever git says of it."""
    with pytest.raises(CordialeError), opened(str(small / "nowhere"), small):
        pass
