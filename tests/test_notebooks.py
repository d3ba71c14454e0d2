"""The notebooks of the documents run, and show what they showed when they were written."""

import json
from pathlib import Path

import pytest

from tests.notebooks import FOLDER, run


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.ipynb")))
def test_a_notebook_shows_what_it_showed(
    name: str, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this fails and is meant to, ``make docs`` runs it anew."""
    monkeypatch.chdir(project_root)
    notebook = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert run(notebook) == notebook


def test_there_are_notebooks() -> None:
    """Else the test above would hold of nothing."""
    assert list(FOLDER.glob("*.ipynb"))
