"""House rules that hold for the files of the repository as a whole."""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, Graph, URIRef

from tests.repository import tracked_files

FOLDERS = {
    ".ci",
    "changes",
    "data",
    "docs",
    "ontology",
    "queries",
    "requirements",
    "shapes",
    "src",
    "tests",
}
FILES = {
    ".editorconfig",
    ".git-blame-ignore-revs",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-DATA",
    "Makefile",
    "README.md",
    "pyproject.toml",
}
# What ties a file to one machine or to one package registry. "org/work/" in a web address is neither.
OUT_OF_PLACE = re.compile(
    r"(?<![\w.:/-])/(?:work|root|home|Users|opt)/"
    r"|pypi\.org|pythonhosted\.org|npmjs\.org|yarnpkg\.com|crates\.io|proxy\.golang\.org|deb\.debian\.org"
    r"|--(?:extra-)?index[-]url\b|--find[-]links\b|--trusted[-]host\b"
)
CODE = re.compile(r"C\d{3}")
LONGEST = 350  # lines


@pytest.fixture(scope="module")
def tracked(project_root: Path) -> tuple[Path, ...]:
    """The repository's files, relative to its root."""
    return tracked_files(project_root)


@pytest.fixture(scope="module")
def modules(project_root: Path) -> dict[str, ast.Module]:
    """The syntax tree of every module under src/, by its path."""
    paths = sorted((project_root / "src").rglob("*.py"))
    assert len(paths) >= 16
    return {str(path.relative_to(project_root)): ast.parse(path.read_bytes()) for path in paths}


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes that a module defines at its top level."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]


def _exported(tree: ast.Module) -> list[str] | None:
    """The names in ``__all__``, in their order; None where there is no such list."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return [str(name) for name in ast.literal_eval(node.value)]
    return None


def _codes(statement: ast.stmt) -> set[str]:
    """The problem codes that a statement gives to problems; comparing with a code gives none."""
    nodes = list(ast.walk(statement))
    compared = {part for node in nodes if isinstance(node, ast.Compare) for part in ast.walk(node)}
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in compared
        if CODE.fullmatch(node.value)
    }


@pytest.fixture(scope="module")
def codes(modules: dict[str, ast.Module]) -> dict[str, list[str]]:
    """The functions, classes and tables under src/ that give each problem code, by their places."""
    found = defaultdict(list)
    for path, tree in modules.items():
        for statement in tree.body:
            for code in _codes(statement):
                found[code].append(f"{path}:{statement.lineno}")
    return dict(found)


def test_top_level_is_as_promised(tracked: tuple[Path, ...]) -> None:
    """The top level holds what the README and the architecture speak of, and nothing else."""
    assert {path.parts[0] for path in tracked if len(path.parts) > 1} == FOLDERS
    assert {path.name for path in tracked if len(path.parts) == 1} == FILES


def test_no_machine_and_no_registry_is_named(project_root: Path, tracked: tuple[Path, ...]) -> None:
    """No file names a folder of somebody's machine, or a host or setting of a package registry."""
    findings = [
        f"{path}:{number}: {line.strip()}"
        for path in tracked
        for number, line in enumerate(
            (project_root / path).read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if OUT_OF_PLACE.search(line)
    ]
    assert findings == []


@pytest.mark.parametrize(
    "line", ["see /work" + "/x", "'/home" + "/me'", "https://pypi" + ".org/simple", "--index" + "-url x"]
)
def test_pattern_finds_machines_and_registries(line: str) -> None:
    """The search for what is out of place finds it, so that an empty result means something."""
    assert OUT_OF_PLACE.search(line)


def test_modules_are_short(project_root: Path, modules: dict[str, ast.Module]) -> None:
    """No module has outgrown its one job."""
    lengths = {path: len((project_root / path).read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_modules_say_what_they_offer(modules: dict[str, ast.Module]) -> None:
    """Every module that defines something lists it once; that the list is sorted, ruff sees (RUF022)."""
    wrong = {}
    for path, tree in modules.items():
        public, exported = {node.name for node in _public(tree)}, _exported(tree)
        if exported is None:
            if public:
                wrong[path] = "no __all__"
        elif missing := public - set(exported):
            wrong[path] = f"not in __all__: {sorted(missing)}"
        elif len(set(exported)) != len(exported):
            wrong[path] = "named twice in __all__"
    assert wrong == {}


def test_modules_say_what_they_are(modules: dict[str, ast.Module]) -> None:
    """Every module, and every public function and class of one, has a docstring."""
    wrong = [path for path, tree in modules.items() if not ast.get_docstring(tree)]
    wrong += [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        for node in _public(tree)
        if not ast.get_docstring(node)
    ]
    assert wrong == []


def test_a_problem_code_has_one_meaning(codes: dict[str, list[str]]) -> None:
    """Each code is given by one room alone, so that no two rooms give it different meanings."""
    rooms = {code: {place.split("/")[2] for place in places} for code, places in codes.items()}
    assert {code: names for code, names in rooms.items() if len(names) > 1} == {}


def test_problem_codes_are_documented(project_root: Path, codes: dict[str, list[str]]) -> None:
    """The reference lists exactly the codes that the program can give."""
    text = (project_root / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(C\d{3})` ", text, flags=re.MULTILINE)
    assert listed == sorted(codes)


def test_tests_say_what_they_test(project_root: Path) -> None:
    """Every test has a docstring."""
    paths = sorted((project_root / "tests").rglob("test_*.py"))
    assert len(paths) >= 4
    wrong = [
        f"{path.relative_to(project_root)}:{node.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert wrong == []


def test_change_notes_are_named_by_kind(project_root: Path) -> None:
    """A change note is called <what>.<kind>.md, as changes/README.md says."""
    names = [path.name for path in (project_root / "changes").iterdir() if path.name != "README.md"]
    pattern = re.compile(r"[a-z0-9-]+\.(added|changed|fixed|removed|data)\.md")
    assert [name for name in names if not pattern.fullmatch(name)] == []


def test_the_ontology_has_the_version_of_the_package(project_root: Path) -> None:
    """``owl:versionInfo``, ``owl:versionIRI`` and the package (docs/reference/addresses.md)."""
    settings = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    version = settings["project"]["version"]
    graph = Graph().parse(project_root / "ontology" / "cordiale.ttl")
    ontology = URIRef(settings["tool"]["cordiale"]["terms"].removesuffix("#"))
    assert [str(each) for each in graph.objects(None, OWL.versionInfo)] == [version]
    assert list(graph.objects(None, OWL.versionIRI)) == [URIRef(f"{ontology}/{version}")]
