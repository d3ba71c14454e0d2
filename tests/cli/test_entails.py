"""``cordiale entails``: whether one file follows from another, and how that is told."""

from pathlib import Path

from tests.cli.conftest import Cordiale

PREMISES = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Bridge rdfs:subClassOf :Work . :Work owl:disjointWith :River . :pont-neuf a :Bridge .
"""


def _files(folder: Path, conclusion: str) -> tuple[str, str]:
    premises, wanted = folder / "premises.ttl", folder / "conclusion.ttl"
    premises.write_text(PREMISES, encoding="utf-8")
    head = PREMISES[: PREMISES.index(":Bridge")]
    wanted.write_text(head + conclusion, encoding="utf-8")
    return str(premises), str(wanted)


def test_what_the_rules_infer_is_entailed(cordiale: Cordiale, tmp_path: Path) -> None:
    """A conclusion within the closure is entailed, outside a project as well."""
    done = cordiale("entails", *_files(tmp_path, ":pont-neuf a :Work ."))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "entailed"
    assert done.out.splitlines()[1].endswith("[inferred]")


def test_what_only_refutation_shows_is_entailed_with_its_clash(cordiale: Cordiale, tmp_path: Path) -> None:
    """Disjointness is inherited, though no rule concludes it: its opposite clashes."""
    done = cordiale("entails", *_files(tmp_path, ":Bridge owl:disjointWith :River ."))
    assert done.out.startswith("entailed\n")
    assert "(rule cax-dw)" in done.out


def test_what_does_not_follow_is_not_shown(cordiale: Cordiale, tmp_path: Path) -> None:
    """The triples that are missing are named; no answer is an error."""
    done = cordiale("entails", *_files(tmp_path, ":pont-neuf a :Work , :River ."))
    assert done.code == 0
    assert done.out.splitlines()[0] == "not shown"
    assert [line for line in done.out.splitlines() if "missing" in line and line.endswith("River>")]


def test_a_file_that_is_not_there_is_told(cordiale: Cordiale, tmp_path: Path) -> None:
    """One message, and the exit code for the machine."""
    premises, _ = _files(tmp_path, "")
    done = cordiale("entails", premises, str(tmp_path / "absent.ttl"))
    assert done.code == 3
    assert "Traceback" not in done.err
