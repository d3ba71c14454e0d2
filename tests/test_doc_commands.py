"""What the documents tell one to type works, and prints what they say."""

import doctest
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Namespace

from cordiale.project.closure_store import CLOSURE, save_closure
from cordiale.project.knowledge_graph import open_project
from tests.cli.conftest import Cordiale, cordiale
from tests.copies import copied_project

__all__ = ["cordiale"]  # the fixture that runs the command

CORD = Namespace("https://w3id.org/cordiale/ns#")
ID = Namespace("https://w3id.org/cordiale/id/")
DOCS = Path(__file__).resolve().parent.parent / "docs"


def blocks(document: str, language: str) -> list[str]:
    """The code blocks in a language of one document, in order."""
    text = (DOCS / document).read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert found, document
    return [str(block) for block in found]


def commands(block: str) -> Iterator[list[str]]:
    """The arguments of each ``cordiale`` in a block; nothing else stands there."""
    for line in block.splitlines():
        name, *arguments = shlex.split(line.removeprefix("$ "), comments=True)
        assert name == "cordiale", line
        yield arguments


@pytest.fixture(scope="module")
def reasoned(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its closure, as a build leaves it, so that no command has to reason."""
    copy = copied_project(project_root, tmp_path_factory.mktemp("reasoned"))
    kg = open_project(project_root)
    (copy / "build").mkdir()
    save_closure(copy / "build" / CLOSURE, kg.closure_key, kg.supported)
    return copy


@pytest.fixture
def copy(reasoned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, which is the current folder."""
    shutil.copytree(reasoned, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_link_is_shown_and_taken_back_so(copy: Path, cordiale: Cordiale) -> None:
    """The page on links, with the settings that it tells: what is printed, and what else is typed."""
    (keys,) = blocks("how-to/undo-a-link.md", "toml")
    settings = copy / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("[tool.cordiale]\n", keys, 1), "utf-8")
    kg = open_project(copy)
    shutil.rmtree(copy / "build" / CLOSURE)
    save_closure(copy / "build" / CLOSURE, kg.closure_key, kg.supported)
    for block in blocks("how-to/undo-a-link.md", "console"):
        command, _, expected = block.partition("\n")
        ((*arguments,),) = commands(command)
        assert cordiale(*arguments).out.strip() == expected.strip()
    (typed,) = blocks("how-to/undo-a-link.md", "sh")
    first, _, whole = commands(typed)
    assert "51 triples fall" in cordiale(*first).out
    assert cordiale(*whole).code == 0


def test_the_disagreement_is_answered_so(copy: Path, cordiale: Cordiale) -> None:
    """The page on disagreements shows what the command prints, and triples that the files have."""
    for block in blocks("explanation/disagreement.md", "console"):
        command, _, expected = block.partition("\n")
        ((*arguments,),) = commands(command)
        assert cordiale(*arguments).out == expected
    claim, single = blocks("explanation/disagreement.md", "turtle")
    file = (copy / "data/ens-paris-saclay/galap-election.ttl").read_text(encoding="utf-8")
    assert [line for line in claim.splitlines() if line not in file] == []
    assert "cord:singleValued true" in single


def test_supports_are_as_the_page_says(copy: Path, cordiale: Cordiale) -> None:
    """The page on supports shows what the command prints, and what triples of the first graph rest on."""
    for block in blocks("explanation/supports.md", "console"):
        command, _, expected = block.partition("\n")
        ((*arguments,),) = commands(command)
        assert cordiale(*arguments).out == expected
    kg = open_project(copy)
    text = (DOCS / "explanation/supports.md").read_text(encoding="utf-8")
    told = [re.findall(r"\{(.*?)\}", row) for row in re.findall(r"^\| .* \| (\{.*\}) \|$", text, flags=re.M)]
    asked = [
        ("inria-ucl-joint-centre", CORD.launchedDuring, ID["macron-state-visit-uk-2025"]),
        ("geraint-rees", CORD.holdsRole, ID["role-rees-vice-provost-ucl"]),
        ("geraint-rees", CORD.affiliatedWith, ID["university-college-london"]),
        ("huw-price", CORD.tiedTo, ID["university-of-cambridge"]),
        ("inria-ucl-joint-centre", RDF.type, CORD.JointCentre),
    ]
    supports = [kg.supports(ID[subject], predicate, value) for subject, predicate, value in asked]
    assert [[", ".join(sources) for sources in sets] for sets in supports] == told


@pytest.mark.usefixtures("copy")
def test_a_person_can_be_looked_up(cordiale: Cordiale) -> None:
    """The commands of the page on living people show something."""
    for block in blocks("explanation/living-people.md", "sh"):
        for arguments in commands(block):
            done = cordiale(*arguments)
            assert done.code == 0
            assert len(done.out.splitlines()) > 5


@pytest.mark.slow
def test_a_source_is_added_as_described(copy: Path, cordiale: Cordiale) -> None:
    """Following the page from start to end gives a source with nothing wrong, whose fact is answered."""
    begin, check, ask = (list(commands(block)) for block in blocks("how-to/add-a-source.md", "sh"))
    assert [cordiale(*arguments).code for arguments in begin] == [0]
    entry, entity, claim = blocks("how-to/add-a-source.md", "turtle")
    name = entry.splitlines()[0].strip("<>")
    catalogue = copy / "data/sources.ttl"
    written = catalogue.read_text(encoding="utf-8")
    (begun,) = (part for part in written.split("\n\n") if part.startswith(f"<{name}>\n"))
    catalogue.write_text(written.replace(begun, entry.strip()), encoding="utf-8")
    for path, block in {"data/entities.ttl": entity, f"data/{name}.ttl": claim}.items():
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{block}")
    told = [cordiale(*arguments).out for arguments in check]
    assert [text for text in told if name in text or "claim-example" in text] == []
    assert [name in cordiale(*arguments).out for arguments in ask] == [True]


@pytest.mark.slow
def test_a_question_is_added_as_described(copy: Path, cordiale: Cordiale) -> None:
    """The question of the page can be stored, kept with its answer, and asked about another institution."""
    (text,) = blocks("how-to/add-a-question.md", "sparql")
    trial, keep, (check, *asks) = (
        list(commands(block)) for block in blocks("how-to/add-a-question.md", "sh")
    )
    assert [":inria-ucl-joint-centre" in cordiale(*arguments).out for arguments in trial] == [True]
    path = copy / "queries/institutions/joint-structures.rq"
    path.write_text(text, encoding="utf-8")
    assert [cordiale(*arguments).code for arguments in keep] == [0]
    assert "inria-ucl-joint-centre" in path.with_suffix(".expected.csv").read_text(encoding="utf-8")
    assert "joint-structures" not in cordiale(*check).out
    assert [cordiale(*arguments).code for arguments in asks] == [0, 0]


@pytest.mark.slow
@pytest.mark.usefixtures("copy")
def test_the_notebook_runs() -> None:
    """The Python of the page gives what stands below it."""
    source = "\n".join(blocks("how-to/use-from-a-notebook.md", "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "use-from-a-notebook.md", None, 0)
    assert len(test.examples) >= 15
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert told == []
