"""Copies of the real project, for tests that change it."""

import shutil
from pathlib import Path

__all__ = ["copied_project"]


def copied_project(project_root: Path, target: Path) -> Path:
    """The repository's own graph in another folder, without what is built from it."""
    for name in ("ontology", "data", "queries", "shapes"):
        shutil.copytree(project_root / name, target / name)
    shutil.copy(project_root / "pyproject.toml", target)
    return target
