"""The documents name what there is, and their links lead somewhere."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from cordiale.model.settings import Settings
from tests.reference_pages import PAGES
from tests.repository import tracked_files

PIN = r"^([a-z0-9-]+)==\S+.* \\\n    --hash=sha256:[0-9a-f]{64}"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def settings(project_root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def requirements(settings: dict[str, Any]) -> dict[str, set[str]]:
    """The names of the packages that the project asks for, by the file that must pin them."""
    project = settings["project"]

    def names(lines: list[str]) -> set[str]:
        found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
        return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match} - {"cordiale"}

    run = names(project["dependencies"]) | names(settings["build-system"]["requires"])
    extra = project["optional-dependencies"]
    test = run | names(extra["serve"]) | names(extra["test"])
    extras = {name: test | names(project["optional-dependencies"][name]) for name in ("dev", "bench")}
    return {"run": run, "test": test, **extras}


@pytest.mark.parametrize("page", PAGES)
def test_references_are_those_of_the_code(project_root: Path, page: str) -> None:
    """Where this fails, ``make docs`` writes the page anew."""
    assert (project_root / "docs" / "reference" / page).read_text(encoding="utf-8") == PAGES[page]()


def _links(root: Path, document: Path) -> set[Path]:
    """The files and folders that a document links to, relative to the root."""
    text = (root / document).read_text(encoding="utf-8")
    targets = (target.partition("#")[0] for target in LINK.findall(text) if "://" not in target)
    return {(root / document.parent / target).resolve() for target in targets if target}


def test_every_setting_is_described(project_root: Path) -> None:
    """The page on settings has each key of the settings, in their order."""
    page = (project_root / "docs/reference/settings.md").read_text(encoding="utf-8")
    keys = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert keys == [field.name for field in fields(Settings) if field.name != "views"]


def test_links_lead_somewhere(project_root: Path) -> None:
    """Every relative link in a document names a file that exists."""
    documents = [path for path in tracked_files(project_root) if path.suffix == ".md"]
    assert len(documents) >= 8
    broken = {
        str(document): missing
        for document in documents
        if (missing := [str(path) for path in _links(project_root, document) if not path.exists()])
    }
    assert broken == {}


def test_index_lists_every_document(project_root: Path) -> None:
    """docs/README.md links to each document under docs/."""
    listed = _links(project_root, Path("docs/README.md"))
    documents = set((project_root / "docs").rglob("*.md"))
    assert documents - listed == {project_root / "docs" / "README.md"}


def test_decisions_are_numbered_without_gaps(project_root: Path) -> None:
    """Decision records count from 0001; each says context, choice and cost."""
    records = sorted((project_root / "docs" / "adr").glob("*.md"))
    assert [record.name[:4] for record in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    for record in records:
        headings = re.findall(r"^## (.+)$", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert headings == ["Context", "Choice", "Cost"], record.name


def test_architecture_names_every_room_and_folder(project_root: Path, settings: dict[str, Any]) -> None:
    """The architecture speaks of each top-level folder and each room, and the layers hold all rooms."""
    text = (project_root / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (project_root / "src" / "cordiale").glob("*/__init__.py")}
    folders = {path.parts[0] for path in tracked_files(project_root) if len(path.parts) > 1} - {".ci"}
    assert {name for name in rooms | folders if f"`{name}/`" not in text} == set()
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert {name for layer in layers for name in layer.split(" | ")} == rooms


def test_every_dependency_is_explained(project_root: Path, requirements: dict[str, set[str]]) -> None:
    """The reference says of each direct dependency why it is there, and of no other package."""
    text = (project_root / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([^`]+)` ", text, flags=re.MULTILINE)
    assert sorted(explained) == sorted(requirements["dev"] | requirements["bench"])


@pytest.mark.parametrize("name", ["run", "test", "dev", "bench"])
def test_every_dependency_is_pinned(project_root: Path, requirements: dict[str, set[str]], name: str) -> None:
    """Each list of versions holds what pyproject.toml asks for, each line one version with its hashes.

    A package may have a version for some Pythons and one for the others.
    """
    text = (project_root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.findall(PIN, text, flags=re.MULTILINE)
    assert requirements[name] - set(pinned) == set()
    assert len(re.findall(r"^[^#\s]", text, flags=re.MULTILINE)) == len(pinned)


def test_every_code_of_a_check_is_explained(project_root: Path) -> None:
    """Each code that a check can tell has its meaning, reason, remedy and example in the reference."""
    reference = project_root / "docs" / "reference"
    problems = (reference / "problems.md").read_text("utf-8")
    listed = re.findall(r"^\| `(C\d{3})` ", problems, re.MULTILINE)
    checks = (reference / "checks.md").read_text("utf-8")
    sections = re.findall(r"^### (C\d{3}), .+\n\n(.+)", checks, re.MULTILINE)
    rows = re.findall(
        r"^\| `(C\d{3})` \|([^|]+)\|([^|]+)\|(.+)\|$",
        (reference / "problems-of-files.md").read_text("utf-8"),
        re.MULTILINE,
    )
    explained = [*(code for code, _ in sections), *(code for code, *_ in rows)]
    assert len(set(explained)) == len(explained)
    told = re.compile(r"C1[0-3]|C20|C3|C41|C46|C40|C601")
    assert {code for code in listed if told.match(code)} - set(explained) == set()
    assert set(explained) - set(listed) == set()
