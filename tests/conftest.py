"""What all tests share: where the project and the shared data lie, and what may be skipped."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

collect_ignore_glob = ["bench/*"]  # they hold no tests, and need packages that tests do not

__all__ = ["project_root", "pytest_runtest_setup", "shared"]

# A busy machine must not fail a property that holds; pytest-timeout catches what hangs. Searching at random
# is for whoever develops: CI repeats the same examples, so that it fails only for the change it was given.
settings.register_profile("cordiale", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("cordiale")


def _do_without(reason: str, *, variable: str) -> None:
    """Skip for the reason; fail instead when the environment variable says that nothing may be missing."""
    if os.environ.get(variable) == "1":
        pytest.fail(f"{reason}, and {variable}=1 forbids to skip", pytrace=False)
    pytest.skip(reason)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``needs_more(program, why)`` where the program is missing."""
    for marker in item.iter_markers("needs_more"):
        program, why = marker.args
        if shutil.which(program) is None:
            _do_without(f"needs {program}: {why}", variable="CORDIALE_REQUIRE_ALL")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of this repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared(project_root: Path) -> Path:
    """The folder of shared test data: ``CORDIALE_SHARED``, or ``shared`` beside the repository."""
    folder = Path(os.environ.get("CORDIALE_SHARED", project_root.parent / "shared"))
    if not folder.is_dir():
        _do_without("needs the shared test data: set CORDIALE_SHARED", variable="CORDIALE_REQUIRE_SHARED")
    return folder
