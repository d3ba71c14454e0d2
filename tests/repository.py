"""The files of this repository, as git knows them."""

import subprocess
from pathlib import Path

__all__ = ["tracked_files"]


def tracked_files(root: Path) -> tuple[Path, ...]:
    """The files that are committed or about to be, relative to the root, in order; deleted ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    return tuple(Path(name) for name in sorted(listed) if name and (root / name).is_file())
