"""Nothing is skipped silently: the fixtures and markers of conftest.py."""

from pathlib import Path

import pytest

MISSING_PROGRAM = """
    import pytest

    @pytest.mark.needs_more("no-such-program", "to have a reason")
    def test_it():
        pass
"""
SHARED_DATA = """
    def test_it(shared):
        assert (shared / "here.txt").is_file()
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, project_root: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test run in an empty folder with our conftest.py and none of our environment."""
    for variable in ("CORDIALE_SHARED", "CORDIALE_REQUIRE_SHARED", "CORDIALE_REQUIRE_ALL"):
        monkeypatch.delenv(variable, raising=False)
    pytester.makeconftest((project_root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n  needs_more\n")
    return pytester


@pytest.mark.parametrize(
    ("code", "variable", "reason"),
    [
        (MISSING_PROGRAM, "CORDIALE_REQUIRE_ALL", "needs no-such-program: to have a reason"),
        (SHARED_DATA, "CORDIALE_REQUIRE_SHARED", "needs the shared test data: set CORDIALE_SHARED"),
    ],
    ids=["program", "shared"],
)
def test_missing_is_skipped_with_reason_or_fails(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, code: str, variable: str, reason: str
) -> None:
    """What is missing is named in the skip, and fails the test where it is required."""
    monkeypatch.setenv("CORDIALE_SHARED", str(inner.path / "nowhere"))
    inner.makepyfile(code)
    skipped = inner.runpytest("-rs")
    skipped.assert_outcomes(skipped=1)
    skipped.stdout.fnmatch_lines(f"*{reason}*")

    monkeypatch.setenv(variable, "1")
    failed = inner.runpytest()
    assert failed.ret == pytest.ExitCode.TESTS_FAILED
    failed.stdout.fnmatch_lines(f"*{reason}, and {variable}=1 forbids to skip*")


def test_shared_folder_is_found_by_variable(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """CORDIALE_SHARED names the folder that the fixture gives."""
    folder = inner.mkdir("elsewhere")
    (folder / "here.txt").touch()
    monkeypatch.setenv("CORDIALE_SHARED", str(folder))
    inner.makepyfile(SHARED_DATA)
    inner.runpytest().assert_outcomes(passed=1)
