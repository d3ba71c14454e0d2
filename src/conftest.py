"""What the doctests of the package share: this repository's own graph, opened once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cordiale

__all__ = ["opened_once"]


@pytest.fixture(scope="session", autouse=True)
def opened_once(doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """``kg`` in every doctest, the same that ``cordiale.open(".")`` gives there; reasoning takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parent.parent)
        patch.setattr(cordiale, "open", cache(cordiale.open))
        doctest_namespace["kg"] = cordiale.open(".")
        yield
