"""The first screen of the README says what the command says."""

import re
import subprocess
import sys
from pathlib import Path


def test_the_question_of_the_first_screen_has_its_answer(project_root: Path) -> None:
    """Each command after a ``$`` prints what stands below it."""
    readme = (project_root / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(
        r"^```console\n\$ \.venv/bin/cordiale ([^\n]+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL
    )
    assert blocks
    for arguments, expected in blocks:
        command = [sys.executable, "-m", "cordiale", *arguments.split()]
        done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=True)
        assert done.stdout == expected, arguments


def test_the_first_screen_is_two_commands_and_a_question(project_root: Path) -> None:
    """``make`` and ``make test`` are targets of the Makefile."""
    readme = (project_root / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^(make[ a-z-]*?) +#", readme, re.MULTILINE)
    assert commands == ["make", "make test"]
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    assert ".DEFAULT_GOAL := build" in makefile
    assert re.search(r"^test:", makefile, re.MULTILINE)
