"""The project's folder and its settings."""

from pathlib import Path

import pytest

from cordiale.model.errors import MachineError, NotFoundError, SettingsError
from cordiale.model.settings import Settings
from cordiale.read.settings import find_root, read_settings
from tests.read.project import SETTINGS, write_project


def problems_of(root: Path, text: str | bytes) -> list[str]:
    """What is said of a ``pyproject.toml`` with this text."""
    write_project(root, {"pyproject.toml": text})
    with pytest.raises(SettingsError) as caught:
        read_settings(root)
    return [str(problem) for problem in caught.value.problems]


def test_settings_are_read(tmp_path: Path) -> None:
    """Every key arrives where it belongs."""
    assert read_settings(write_project(tmp_path, {})) == Settings(
        terms="https://example.org/ns#",
        things="https://example.org/id/",
        sources="https://example.org/source/",
        languages=("en", "fr"),
        catalogue="sources",
        trusted=("sources",),
    )


@pytest.mark.parametrize(
    "title", ['title = { en = "Lights", fr = "Feux" }', '[tool.cordiale.title]\nen = "Lights"\nfr = "Feux"']
)
def test_a_title_is_read(tmp_path: Path, title: str) -> None:
    """It is told by language, in a line or as a table of its own."""
    write_project(tmp_path, {}, settings=f"{SETTINGS}{title}\n")
    assert read_settings(tmp_path).title == {"en": "Lights", "fr": "Feux"}


@pytest.mark.parametrize(
    "title", ['"Lights"', "{}", '{ en = " " }', '{ "in English" = "Lights" }', "{ en = 1 }"]
)
def test_a_title_has_a_language(tmp_path: Path, title: str) -> None:
    """What is no text by language is told with an example."""
    (said,) = problems_of(tmp_path, f"{SETTINGS}title = {title}\n")
    assert said == (
        'pyproject.toml:8: C114 the value of "title" must be what the project is called, in each language\n'
        '  write, for instance: title = { en = "Bridges", fr = "Ponts" }'
    )


def test_nothing_need_be_trusted(tmp_path: Path) -> None:
    """An empty list of trusted sources is a choice, not a mistake."""
    write_project(tmp_path, {}, settings=SETTINGS.replace('trusted = ["sources"]', "trusted = []"))
    assert read_settings(tmp_path).trusted == ()


def test_root_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    """A project within a project is its own; a ``pyproject.toml`` without the table is passed over."""
    write_project(
        tmp_path, {"a/pyproject.toml": SETTINGS, "a/b/pyproject.toml": "[tool.other]\n", "a/b/c/x": ""}
    )
    assert find_root(tmp_path / "a" / "b" / "c") == (tmp_path / "a").resolve()
    assert find_root(tmp_path) == tmp_path.resolve()


@pytest.mark.parametrize("text", ["[tool.cordiale]\nterms = oops\n", 'tool = {cordiale = {terms = "x:/"}}\n'])
def test_root_is_found_by_settings_that_want_mending(tmp_path: Path, text: str) -> None:
    """The project is found, so that what is wrong with its settings can be told."""
    assert find_root(write_project(tmp_path, {"pyproject.toml": text})) == tmp_path.resolve()


def test_no_project_is_said_with_a_remedy(tmp_path: Path) -> None:
    """Outside of any project the user is told so, as wrong use."""
    with pytest.raises(NotFoundError, match=r"C115 there is no Cordiale project in .*\n  go to") as caught:
        find_root(tmp_path / "nowhere")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('terms = "https', 'term = "https'),
            [
                'pyproject.toml:2: C113 [tool.cordiale] has no key "term"\n  did you mean "terms"?',
                'pyproject.toml:1: C112 [tool.cordiale] lacks the key "terms", '
                'an IRI that ends in "#" or "/"\n'
                '  write, for instance: terms = "https://example.org/ns#"',
            ],
        ),
        (
            ("trusted = [", "colour = 1\ntrusted = ["),
            [
                'pyproject.toml:7: C113 [tool.cordiale] has no key "colour"\n'
                "  its keys are terms, things, sources, languages, catalogue, trusted, house, ignore, "
                "same_as, by_row, title"
            ],
        ),
        (
            ('["en", "fr"]', '["en", "fr", 1]'),
            [
                'pyproject.toml:5: C114 the value of "languages" must be a list of language tags\n'
                '  write, for instance: languages = ["en", "fr"]'
            ],
        ),
    ],
)
def test_wrong_keys_are_told_with_line_and_remedy(
    tmp_path: Path, change: tuple[str, str], said: list[str]
) -> None:
    """All that is wrong with the keys is told at once."""
    assert problems_of(tmp_path, SETTINGS.replace(*change)) == said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/ns#", "example.org/ns#"),
        ("https://example.org/ns#", "https://example.org/ns"),
        ("https://example.org/id/", "https://example.org/i d/"),
        ("https://example.org/source/", "https://example.org/source#"),
        ('["en", "fr"]', "[]"),
        ('["en", "fr"]', '"en"'),
        ('["en", "fr"]', '["en_GB"]'),
        ('catalogue = "sources"', "catalogue = true"),
        ('catalogue = "sources"', 'catalogue = "/sources"'),
        ('trusted = ["sources"]', 'trusted = ["a b"]'),
    ],
)
def test_wrong_values_are_refused(tmp_path: Path, old: str, new: str) -> None:
    """A value of the wrong type or form is one problem."""
    (said,) = problems_of(tmp_path, SETTINGS.replace(old, new))
    assert " C114 the value of " in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.cordiale]\nterms = oops\n", "pyproject.toml:2:9: C110 not TOML: invalid value"),
        ('[tool.cordiale]\nterms = """a\n', "pyproject.toml:2: C110 not TOML: unterminated string"),
        (b"[tool.cordiale]\n# \xe9\n", "pyproject.toml:2:3: C102 byte 0xe9 is not UTF-8"),
        ("[tool.other]\n", "pyproject.toml: C111 there is no table [tool.cordiale]"),
        ("[tool]\ncordiale = 1\n", "pyproject.toml: C111 there is no table [tool.cordiale]"),
        ("tool = 1\n", "pyproject.toml: C111 there is no table [tool.cordiale]"),
    ],
)
def test_unusable_files_are_refused_with_a_place(tmp_path: Path, text: str | bytes, said: str) -> None:
    """What is not TOML, or has no such table, is one problem with the line that tells."""
    (problem,) = problems_of(tmp_path, text)
    assert problem.startswith(said)


def test_a_file_that_is_not_there_is_the_machine(tmp_path: Path) -> None:
    """A file that cannot be read ends with the machine's exit code."""
    with pytest.raises(MachineError, match=r"pyproject.toml: C901 cannot be read") as caught:
        read_settings(tmp_path)
    assert caught.value.exit_code == 3
