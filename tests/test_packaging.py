"""What `pip install cordiale` brings, seen from outside a clone."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.repository import tracked_files


@pytest.mark.slow
def test_wheel_holds_program_types_and_licences(project_root: Path, tmp_path: Path) -> None:
    """A wheel built from the repository's files has every module, py.typed, both licences and the command."""
    clone = tmp_path / "clone"  # setuptools writes beside what it builds
    files = tracked_files(project_root)
    for path in files:
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project_root / path, clone / path)
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "wheel", *offline, "--wheel-dir", str(tmp_path), str(clone)],
        check=True,
    )
    (wheel,) = tmp_path.glob("cordiale-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        (entry_points,) = (name for name in held if name.endswith("/entry_points.txt"))
        assert "cordiale = cordiale.cli.main:main" in archive.read(entry_points).decode()
    program = {path.relative_to("src").as_posix() for path in files if path.is_relative_to("src/cordiale")}
    assert "cordiale/py.typed" in program
    assert program - held == set()
    assert {"LICENSE", "LICENSE-DATA"} <= {Path(name).name for name in held}
