"""The project's own graph, opened once."""

from pathlib import Path

import pytest

from cordiale.project.knowledge_graph import KnowledgeGraph, open_project

__all__ = ["kg"]


@pytest.fixture(scope="session")
def kg(project_root: Path) -> KnowledgeGraph:
    """The knowledge graph of this repository."""
    return open_project(project_root)
