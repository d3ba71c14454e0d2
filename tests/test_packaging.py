"""What `pip install cordiale` brings, seen from outside a clone."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.repository import tracked_files


def _wheel(project_root: Path, tmp_path: Path) -> Path:
    """A wheel built from the repository's files."""
    clone = tmp_path / "clone"  # setuptools writes beside what it builds
    for path in tracked_files(project_root):
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project_root / path, clone / path)
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "wheel", *offline, "--wheel-dir", str(tmp_path), str(clone)],
        check=True,
    )
    (wheel,) = tmp_path.glob("cordiale-*.whl")
    return wheel


@pytest.mark.slow
def test_wheel_holds_program_types_and_licences(project_root: Path, tmp_path: Path) -> None:
    """A wheel has every module, py.typed, the new project, both licences and the command."""
    files = tracked_files(project_root)
    with zipfile.ZipFile(_wheel(project_root, tmp_path)) as archive:
        held = set(archive.namelist())
        (entry_points,) = (name for name in held if name.endswith("/entry_points.txt"))
        assert "cordiale = cordiale.cli.main:run" in archive.read(entry_points).decode()
    program = {path.relative_to("src").as_posix() for path in files if path.is_relative_to("src/cordiale")}
    assert "cordiale/py.typed" in program
    assert program - held == set()
    assert {"LICENSE", "LICENSE-DATA"} <= {Path(name).name for name in held}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_stranger_begins_with_the_wheel(project_root: Path, tmp_path: Path) -> None:
    """In an empty environment, from the pinned requirements: a project is begun and builds, offline."""
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    install = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    pinned = ["--require-hashes", "--requirement", str(project_root / "requirements" / "run.txt")]
    subprocess.run([*install, *pinned], check=True)
    subprocess.run([*install, "--no-deps", "--no-index", str(_wheel(project_root, tmp_path))], check=True)
    # Whoever wanted the network would be sent to a port where nobody listens.
    nowhere = {f"{name}_proxy": "http://127.0.0.1:9" for name in ("http", "https", "all")}
    for arguments in (("init", "x"), ("build", "x"), ("query", "opened", "-C", "x")):
        done = subprocess.run(
            [str(python.with_name("cordiale")), *arguments],
            cwd=tmp_path,
            env=nowhere,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert "survey/1998" in done.stdout
