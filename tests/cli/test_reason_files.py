"""``cordiale reason FILE…``: any RDF files, outside a project."""

import gzip
import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cordiale.cli.main import main
from cordiale.project import reasoning

TURTLE = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Bridge rdfs:subClassOf :Work .
:pont-neuf a :Bridge .
"""
INFERRED = "@prefix : <https://example.org/> .\n\n:pont-neuf\n    a :Work ;\n.\n"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LINE = f"<https://example.org/pont-neuf> {RDF_TYPE} <https://example.org/Work> .\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run left: exit code, data, messages."""

    code: int
    out: str
    err: str


@pytest.fixture
def reason(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[..., Done]:
    """Runs ``cordiale reason`` in an empty folder that is no project."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["cordiale", "reason", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsysbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Done(code=left.value.code, out=out.decode(), err=err.decode())

    return run


@pytest.mark.parametrize("engine", ["duckdb", "owlrl"])
def test_a_file(reason: Callable[..., Done], tmp_path: Path, engine: str) -> None:
    """What follows goes to stdout, what was left out to stderr, by either engine."""
    (tmp_path / "a.ttl").write_text(TURTLE)
    done = reason("a.ttl", "--engine", engine)
    assert (done.code, done.out) == (0, INFERRED)
    assert "2 triples asserted, 1 inferred" in done.err
    assert "left out" in done.err


def test_formats_in(reason: Callable[..., Done], tmp_path: Path) -> None:
    """Each format by the end of the name, packed or not, gives the same."""
    first = reason("-", "--triples", "asserted", stdin=TURTLE.encode())
    for fmt, end in {
        "turtle": "ttl",
        "trig": "trig",
        "ntriples": "nt",
        "nquads": "nq",
        "rdfxml": "rdf",
        "jsonld": "jsonld",
    }.items():
        made = reason("-", "--triples", "asserted", "--format", fmt, stdin=TURTLE.encode())
        (tmp_path / f"a.{end}").write_text(made.out)
        (tmp_path / f"a.{end}.gz").write_bytes(gzip.compress(made.out.encode()))
        for name in (f"a.{end}", f"a.{end}.gz"):
            assert reason(name, "--format", "ntriples").out == LINE
        assert reason("-", "--format", "ntriples", stdin=made.out.encode()).out == LINE
    assert first.code == 0


def test_several_files_and_stdin(reason: Callable[..., Done], tmp_path: Path) -> None:
    """Axioms in one file and facts from a pipe are reasoned on together; blank nodes stay apart."""
    (tmp_path / "axioms.nt").write_text(
        "<x:A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <x:B> .\n_:a <x:p> _:a .\n"
    )
    done = reason("axioms.nt", "-", "--format", "ntriples", stdin=b"_:a a <x:A> .")
    assert re.fullmatch(r"_:n\w+ <http://www\.w3\.org/1999/02/22-rdf-syntax-ns#type> <x:B> \.\n", done.out)


def test_output_file_and_choice(reason: Callable[..., Done], tmp_path: Path) -> None:
    """-o writes there and nothing to stdout; both are asserted and inferred."""
    (tmp_path / "a.ttl").write_text(TURTLE)
    done = reason("a.ttl", "-o", "out.nt", "--triples", "both", "--format", "ntriples")
    assert (done.code, done.out) == (0, "")
    assert len((tmp_path / "out.nt").read_text().splitlines()) == 3


def test_large_graphs_are_written_in_passing(
    reason: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the limit, lines come sorted; the graph is the same."""
    (tmp_path / "a.ttl").write_text(TURTLE)
    style = reason("a.ttl", "--triples", "both")
    monkeypatch.setattr(reasoning, "HOUSE_STYLE_LIMIT", 2)
    lines = reason("a.ttl", "--triples", "both")
    assert lines.out != style.out
    again = [
        reason("-", "--triples", "asserted", "--format", "nquads", stdin=each.out.encode())
        for each in (style, lines)
    ]
    assert again[0].out == again[1].out != ""


def test_clashes(reason: Callable[..., Done], tmp_path: Path) -> None:
    """A clash goes to stderr with its place, the rest is written all the same, and the exit code is 1."""
    (tmp_path / "a.ttl").write_text(TURTLE + ":Work owl:disjointWith :Bridge .\n")
    done = reason("a.ttl")
    assert (done.code, done.out) == (1, INFERRED)
    assert "a.ttl:5:14: C601" in done.err
    assert "(rule cax-dw)" in done.err


def test_the_proof_of_a_clash_is_told(reason: Callable[..., Done], tmp_path: Path) -> None:
    """Under the clash stands what it follows from, down to lines of the file; owlrl keeps no proofs."""
    (tmp_path / "a.ttl").write_text(
        TURTLE + ':Work owl:disjointWith :Bridge . :x :p "a"^^<http://www.w3.org/2001/XMLSchema#int> .\n'
    )
    done = reason("a.ttl")
    proof = done.err.partition("  false  [cax-dw]\n")[2].partition("\n\n")[0].splitlines()
    assert proof[0] == "    :Work owl:disjointWith :Bridge  [a.ttl:6:24]"
    assert any(line.endswith(":Work  [cax-sco]") for line in proof)
    slow = reason("a.ttl", "--engine", "owlrl")
    assert (slow.code, slow.err.count("C601")) == (1, 2)
    assert "[cax-dw]" not in slow.err
    assert "Traceback" not in slow.err


def test_imports_are_told_and_not_fetched(reason: Callable[..., Done], tmp_path: Path) -> None:
    """An ontology that is not among the files is named; one that is, is not."""
    (tmp_path / "a.ttl").write_text(
        TURTLE + "<x:o> a owl:Ontology ; owl:imports <x:here> , <x:there> . <x:here> a owl:Ontology ."
    )
    done = reason("a.ttl")
    assert done.code == 0
    assert "C631 <x:there>" in done.err
    assert "<x:here>" not in done.err


def test_rules_of_ones_own(reason: Callable[..., Done], tmp_path: Path) -> None:
    """Rules of a file are followed beside those of OWL 2 RL; what is no rule is told with its place."""
    (tmp_path / "my.rules").write_text("mine: ?x <x:p> ?y, ?x != ?y -> ?y <x:q> ?x\n")
    stdin = b"<x:a> <x:p> <x:a> , <x:b> ."
    done = reason("-", "--rules", "my.rules", "--format", "ntriples", stdin=stdin)
    assert (done.code, done.out) == (0, "<x:b> <x:q> <x:a> .\n")
    (tmp_path / "my.rules").write_text("mine: ?x <x:p> ?y -> ?y <x:q> ?z\n")
    wrong = reason("-", "--rules", "my.rules", stdin=stdin)
    assert wrong.code == 1
    assert "my.rules:1:" in wrong.err
    assert "?z" in wrong.err


def test_full(reason: Callable[..., Done]) -> None:
    """--full concludes what says nothing as well."""
    full = reason("-", "--full", "--format", "ntriples", stdin=b"<x:a> <x:p> <x:b> .")
    assert "<x:a> <http://www.w3.org/2002/07/owl#sameAs> <x:a> ." in full.out.splitlines()
    assert reason("-", "--format", "ntriples", stdin=b"<x:a> <x:p> <x:b> .").out == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["absent.ttl"], 3, "C920"),
        (["a.txt"], 2, "C623"),
        (["--input-format", "turtle"], 2, "C513"),
        (["-", "--engine", "owlrl", "--full"], 2, "C630"),
        (["-", "--engine", "other"], 2, "C510"),
        ([], 2, "C115"),
    ],
)
def test_wrong_use(reason: Callable[..., Done], arguments: list[str], code: int, said: str) -> None:
    """Exit codes tell wrong use from what the machine refuses; there is nothing on stdout."""
    done = reason(*arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_remote_contexts_are_refused(reason: Callable[..., Done]) -> None:
    """A JSON-LD context on the network is a problem, not a request."""
    done = reason("-", stdin=b'{"@context": "https://schema.org/", "name": "a"}')
    assert done.code == 1
    assert "C624" in done.err
