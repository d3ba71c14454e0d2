"""What the tests of the command line share: a way to run it, and a small project to run it on."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from cordiale.cli.main import main
from tests.small_project import built, built_once, small

__all__ = ["Cordiale", "Done", "built", "built_once", "cordiale", "small"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run of the command left: its exit code, its data and its messages."""

    code: int
    out: str
    err: str


Cordiale: TypeAlias = Callable[..., Done]


@pytest.fixture
def cordiale(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Cordiale:
    """Runs the command in this process, with its arguments as text and ``stdin`` as bytes."""

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["cordiale", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsysbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Done(code=left.value.code, out=out.decode(), err=err.decode())

    return run
