"""Every kind of bad input, in one table: its code, its place, a sentence, a remedy, an exit code.

Whatever a row does, no traceback is shown, and the last good build stays as it was.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Cordiale, cordiale
from tests.small_project import built, built_once, bytes_under

__all__ = ["built", "built_once", "cordiale"]

_ALMANAC = "data/almanac/1901.ttl"
_ENTITIES = "data/entities.ttl"
_QUESTION = "queries/taller.rq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is done to a good project, the command that is then given, and how it must end."""

    name: str
    spoil: Callable[[Path], object]
    command: tuple[str, ...] = ("build",)
    code: str
    place: str = ""  # how the place begins; nothing where there is none to tell
    exit: int = 1


def _append(path: str, text: str | bytes) -> Callable[[Path], object]:
    """Add to the end of a file, which may be new."""

    def spoil(root: Path) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as stream:
            stream.write(text if isinstance(text, bytes) else text.encode())

    return spoil


def _replace(path: str, old: str, new: str) -> Callable[[Path], object]:
    """Put one text in the place of another."""

    def spoil(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def _prepend(path: str, data: bytes) -> Callable[[Path], object]:
    return lambda root: (root / path).write_bytes(data + (root / path).read_bytes())


def _huge(root: Path) -> None:
    with (root / "data" / "almanac" / "huge.ttl").open("wb") as stream:
        stream.truncate(1 << 30)  # a gigabyte, of which the disk holds none


def _link(path: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / path).symlink_to(to)


def _elsewhere(root: Path) -> None:
    (root / "build").rename(root / "kept-build")
    (root / "build").symlink_to("/sys/cordiale")  # which nobody can write, root neither


def _in_the_way(root: Path) -> None:
    (root / "build").rename(root / "kept-build")
    (root / "build").write_text("notes")


def _nothing(_root: Path) -> None:
    """The command alone is wrong."""


_TURTLE: list[tuple[str, str | bytes, str]] = [
    ("no dot", "\n:x rdfs:label 'x'", "C101"),
    ("no predicate", "\n:x .", "C101"),
    ("no object", "\n:x rdfs:label .", "C101"),
    ("a literal as subject", '\n"x" rdfs:label "y" .', "C101"),
    ("a literal as predicate", '\n:x "label" "y" .', "C101"),
    ("a string that is not closed", '\n:x rdfs:label "y .', "C101"),
    ("a long string that is not closed", '\n:x rdfs:label """y .', "C101"),
    ("an unknown escape", '\n:x rdfs:label "\\q" .', "C101"),
    ("half a surrogate pair", '\n:x rdfs:label "\\uD800" .', "C101"),
    ("a bracket that is not closed", "\n:x rdfs:seeAlso [ rdfs:label 'y' .", "C101"),
    ("a list that is not closed", "\n:x rdfs:seeAlso ( 1 2 .", "C101"),
    ("an IRI with a space", "\n:x rdfs:seeAlso <https://example.org/a b> .", "C101"),
    ("an IRI that is not closed", "\n:x rdfs:seeAlso <https://example.org/a .", "C101"),
    ("a bad language tag", '\n:x rdfs:label "y"@- .', "C101"),
    ("half a prefix", "\n@prefix x <https://example.org/> .", "C101"),
    ("RDF 1.2", "\n<< :x rdfs:label 'y' >> rdfs:comment 'z' .", "C106"),
    ("an undeclared prefix", "\nex:x rdfs:label 'y' .", "C104"),
    (
        "brackets without end",
        "\n:x rdfs:seeAlso " + "[ rdfs:seeAlso " * 2000 + "1" + " ]" * 2000 + " .",
        "C107",
    ),
    ("NUL", "\n:x rdfs:label '\0' .", "C105"),
    ("not UTF-8", b"\n:x rdfs:label '\xe9' .", "C102"),
]

_ROWS = [
    *(
        Row(name=f"Turtle: {name}", spoil=_append(_ALMANAC, text), code=code, place=f"{_ALMANAC}:")
        for name, text, code in _TURTLE
    ),
    Row(
        name="a byte order mark",
        spoil=_prepend(_ALMANAC, b"\xef\xbb\xbf"),
        code="C103",
        place=f"{_ALMANAC}:1:1:",
    ),
    Row(
        name="a prefix that nothing uses",
        spoil=_replace(_ALMANAC, "@prefix : ", "@prefix unused: <https://example.org/> .\n@prefix : "),
        command=("check", "--fail-on", "C320", "--select", "C320"),
        code="C320",
        place=f"{_ALMANAC}:",
    ),
    Row(
        name="a literal of seventeen megabytes",
        spoil=_append(_ALMANAC, f"\n:x rdfs:label '{'x' * (17 << 20)}' ."),
        code="C108",
        place=f"{_ALMANAC}:",
    ),
    Row(name="a gigabyte", spoil=_huge, code="C127", place="data/almanac/huge.ttl:"),
    Row(
        name="a link that leads out",
        spoil=_link("data/out.ttl", "/etc/hostname"),
        code="C120",
        place="data/out.ttl:",
    ),
    Row(name="a folder that leads out", spoil=_link("data/out", "/etc"), code="C120", place="data/out:"),
    Row(
        name="a link to itself",
        spoil=_link("data/loop.ttl", "loop.ttl"),
        code="C901",
        place="data/loop.ttl:",
        exit=3,
    ),
    Row(
        name="a link to nothing",
        spoil=_link("data/gone.ttl", "nothing.ttl"),
        code="C901",
        place="data/gone.ttl:",
        exit=3,
    ),
    Row(name="an odd file name", spoil=_append("data/a b.ttl", ""), code="C122", place="data/a b.ttl:"),
    Row(
        name="a name of two files",
        spoil=_append("data/almanac/1901.sssom.tsv", ""),
        code="C123",
        place="data/almanac/1901",
    ),
    Row(
        name="not in the catalogue",
        spoil=_append("data/new/x.ttl", "<urn:a> <urn:b> <urn:c> ."),
        code="C201",
        place="data/new/x.ttl:",
    ),
    Row(
        name="read, and not there",
        spoil=lambda root: (root / _ALMANAC).unlink(),
        code="C202",
        place="data/sources.ttl:",
    ),
    Row(
        name="a cycle of sources",
        spoil=_append(
            "data/sources.ttl",
            "<almanac/1901> cord:restsOn <harbour-board/report> ."
            "<harbour-board/report> cord:restsOn <almanac/1901> .",
        ),
        code="C203",
        place="data/sources.ttl:",
    ),
    Row(
        name="an empty source",
        spoil=lambda root: (root / _ALMANAC).write_bytes(b""),
        command=("check", "--fail-on", "C526"),
        code="C526",
        place=f"{_ALMANAC}:",
    ),
    Row(
        name="a value outside its datatype",
        spoil=_replace(_ALMANAC, '"1844"', '"MDCCCXLIV"'),
        code="C601",
        place=f"{_ALMANAC}:",
    ),
    Row(
        name="what cannot be",
        spoil=_append(_ALMANAC, "\n:skerry-light a sea:Isle ."),
        code="C601",
        place=f"{_ALMANAC}:",
    ),
    Row(
        name="a shape that is none",
        spoil=_append("shapes/lights.ttl", "\nsea:LightShape sh:property sea:Nowhere ."),
        code="C304",
        place="shapes/lights.ttl:",
    ),
    Row(
        name="a shape that reaches outside",
        spoil=_append(
            "shapes/lights.ttl",
            "\nsea:LightShape sh:sparql [ sh:select"
            ' "SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }" ] .',
        ),
        code="C303",
        place="shapes/lights.ttl:",
    ),
    Row(name="SPARQL: grammar", spoil=_append(_QUESTION, "}"), code="C401", place=f"{_QUESTION}:"),
    Row(
        name="SPARQL: an undeclared prefix",
        spoil=_append("queries/x.rq", "#+ summary: What?\nSELECT ?x { ?x ex:p ?y }"),
        code="C402",
        place="queries/x.rq:",
    ),
    Row(
        name="SPARQL: a service",
        spoil=_append(
            "queries/x.rq", "#+ summary: What?\nSELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?p ?o } }"
        ),
        code="C403",
        place="queries/x.rq:",
    ),
    Row(
        name="SPARQL: an update",
        spoil=_append("queries/x.rq", "#+ summary: What?\nDELETE WHERE { ?s ?p ?o }"),
        code="C404",
        place="queries/x.rq:",
    ),
    Row(
        name="SPARQL: FROM",
        spoil=_append("queries/x.rq", "#+ summary: What?\nSELECT ?x FROM <http://127.0.0.1:9/> { ?x ?p ?o }"),
        code="C405",
        place="queries/x.rq:",
    ),
    Row(
        name="SPARQL: not UTF-8",
        spoil=_append("queries/x.rq", b"#+ summary: Qu\xe9?\nASK {}"),
        code="C417",
        place="queries/x.rq:",
    ),
    Row(
        name="a header that is no YAML",
        spoil=_replace(_QUESTION, "#+ summary: Is", "#+ summary: [Is"),
        code="C410",
        place=f"{_QUESTION}:",
    ),
    Row(
        name="two questions of one name",
        spoil=_append("queries/more/taller.rq", "#+ summary: What?\nASK {}"),
        code="C416",
        place=_QUESTION,
    ),
    Row(
        name="another answer",
        spoil=_append("queries/taller.expected.csv", "false\n"),
        code="C422",
        place=f"{_QUESTION}:",
    ),
    Row(
        name="a mapping set without a header",
        spoil=_append("data/links/x.sssom.tsv", "subject_id\tobject_id\n"),
        code="C130",
        place="data/links/x.sssom.tsv:",
    ),
    Row(
        name="a mapping set of other YAML",
        spoil=_append("data/links/x.sssom.tsv", "#curie_map: [\nsubject_id\n"),
        code="C130",
        place="data/links/x.sssom.tsv:",
    ),
    Row(
        name="settings that are no TOML",
        spoil=_append("pyproject.toml", "x = \n"),
        code="C110",
        place="pyproject.toml:",
    ),
    Row(
        name="settings with another key",
        spoil=_append("pyproject.toml", 'langages = ["en"]\n'),
        code="C113",
        place="pyproject.toml:",
    ),
    Row(
        name="settings of another type",
        spoil=_replace("pyproject.toml", '["en", "fr"]', '"en"'),
        code="C114",
        place="pyproject.toml:",
    ),
    Row(
        name="settings without a key",
        spoil=_replace("pyproject.toml", 'catalogue = "sources"', ""),
        code="C112",
        place="pyproject.toml:",
    ),
    Row(name="no project", spoil=lambda root: (root / "pyproject.toml").unlink(), code="C115", exit=2),
    Row(name="an unknown question", spoil=_nothing, command=("query", "tallr"), code="C430", exit=2),
    Row(
        name="an unknown parameter",
        spoil=_nothing,
        command=("query", "taller", "-p", "meters=3"),
        code="C431",
        exit=2,
    ),
    Row(name="an unknown thing", spoil=_nothing, command=("show", "Skery Light"), code="C501", exit=2),
    Row(name="an unknown source", spoil=_nothing, command=("without", "almanack/1901"), code="C210", exit=2),
    Row(
        name="an unknown view",
        spoil=_nothing,
        command=("query", "taller", "--view", "mine"),
        code="C654",
        exit=2,
    ),
    Row(name="an unknown verb", spoil=_nothing, command=("bild",), code="C510", exit=2),
    Row(name="an unknown flag", spoil=_nothing, command=("build", "--fast"), code="C510", exit=2),
    Row(
        name="a query without end",
        spoil=_nothing,
        command=(
            "query",
            "--time-limit",
            "0.5",
            "-e",
            "SELECT (COUNT(*) AS ?n) { " + "".join(f"?a{i} ?b{i} ?c{i} . " for i in range(8)) + "}",
        ),
        code="C593",
        exit=3,
    ),
    Row(
        name="too many rows",
        spoil=_nothing,
        command=("query", "--row-limit", "5", "-e", "SELECT * { ?s ?p ?o }"),
        code="C594",
        exit=2,
    ),
    Row(
        name="a query of one's own that is none",
        spoil=_nothing,
        command=("query", "-e", "SELECT"),
        code="C401",
        place="query:",
        exit=2,
    ),
    Row(
        name="what does not hold",
        spoil=_nothing,
        command=("why", "skerry-light", "sea:litIn", '"1999"'),
        code="C605",
    ),
    Row(
        name="a file that is not there",
        spoil=_nothing,
        command=("query", "-f", "nowhere.rq"),
        code="C901",
        place="nowhere.rq:",
        exit=3,
    ),
    Row(
        name="a folder that cannot be written",
        spoil=_elsewhere,
        code="C903",
        exit=3,
    ),
    Row(
        name="a file in the way",
        spoil=_in_the_way,
        code="C903",
        exit=3,
    ),
    Row(name="a project where one is", spoil=_nothing, command=("init", "."), code="C126", exit=2),
    Row(
        name="an output where none can be",
        spoil=_nothing,
        command=("export", "-o", "/dev/full/x"),
        code="C911",
        exit=3,
    ),
]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in _ROWS])
def test_bad_input_is_told(
    row: Row, cordiale: Cordiale, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Place, code, sentence and remedy, the exit code, no traceback, and the last build as it was."""
    before = bytes_under(built / "build")
    row.spoil(built)
    monkeypatch.chdir(built)
    done = cordiale(*row.command)
    said = done.out + done.err
    assert done.code == row.exit, said
    lines = said.splitlines()
    told = [number for number, line in enumerate(lines) if re.search(rf"(^|: ){row.code} \S", line)]
    assert told, said
    assert any(lines[number].startswith(row.place) for number in told), said
    assert all(re.match(r"  \S", lines[number + 1]) for number in told), said
    assert "Traceback" not in said
    held = built / ("kept-build" if (built / "kept-build").exists() else "build")
    assert bytes_under(held) == before
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []


def test_line_ends_and_clocks_do_not_matter(cordiale: Cordiale, built: Path) -> None:
    """Carriage returns are white space in Turtle; and a clock in the past changes nothing at all."""
    before = cordiale("query", "disputed", "-C", built)
    for path in built.rglob("*.ttl"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        os.utime(path, (0, 0))
    assert cordiale("build", built).code == 0
    assert cordiale("query", "disputed", "-C", built) == before


def test_ctrl_c_leaves_the_last_build(built: Path) -> None:
    """Pressed amid the check: 130, one word, and the last build."""
    _append(_ALMANAC, "\n# more\n")(built)
    before = bytes_under(built / "build")
    script = (
        "import os, signal, sys\n"
        "import cordiale.project.build as module\n"
        "from cordiale.cli.main import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background it is ignored
        "module.answer_all = lambda kg: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.argv = ['cordiale', 'build']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=built, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (130, "interrupted")
    assert bytes_under(built / "build") == before


def test_a_quota_leaves_the_last_build(built: Path) -> None:
    """When a file grows over a limit: one message with a remedy, exit code 3, and the last build."""
    before = bytes_under(built / "build")
    script = (
        "import resource, signal, sys\n"
        "from cordiale.cli.main import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "sys.argv = ['cordiale', 'build']\n"
        "main()\n"
    )
    (built / _ALMANAC).write_text((built / _ALMANAC).read_text() + ":skerry-light sea:lamps 9 .\n")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=built, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 3
    assert re.search(r"C9\d\d .*cannot be written: .+\n  \S", done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert bytes_under(built / "build") == before
    assert [path.name for path in built.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
@pytest.mark.needs_more("unshare", "a small disk of its own is mounted, and filled")
def test_a_full_disk_leaves_the_last_build(built: Path, tmp_path: Path) -> None:
    """Wherever the space ends: exit code 3, one message, the last build, and nothing beside it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        "import pathlib, shutil, subprocess, sys\n"
        "source, disk = map(pathlib.Path, sys.argv[1:])\n"
        "root = disk / 'project'\n"
        "shutil.copytree(source, root)\n"
        "hold = lambda: {p: p.read_bytes() for p in sorted((root / 'build').rglob('*')) if p.is_file()}\n"
        "before = hold()\n"
        "with (root / 'data/entities.ttl').open('a') as stream:\n"
        "    stream.write('# more\\n')\n"
        "for left in (0, 4096, 16384, 40960):\n"
        "    filler = disk / 'filler'\n"
        "    filler.unlink(missing_ok=True)\n"
        "    free = shutil.disk_usage(disk).free\n"
        "    filler.write_bytes(bytes(max(free - left, 0)))\n"
        "    done = subprocess.run([sys.executable, '-m', 'cordiale', 'build', str(root)],\n"
        "                          capture_output=True, text=True)\n"
        "    assert done.returncode == 3, (left, done)\n"
        "    assert 'No space left on device' in done.stderr, done.stderr\n"
        "    assert 'Traceback' not in done.stderr\n"
        "    assert hold() == before\n"
        "    assert [p.name for p in root.iterdir() if p.name.startswith('.')] == []\n"
    )
    mounted = f'mount -t tmpfs -o size=2m none {disk} && exec {sys.executable} -c "$0" {built} {disk}'
    subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted, script], check=True, timeout=200
    )


def test_the_table_is_whole() -> None:
    """No row was lost: every name once, and every code is in the reference."""
    names = [row.name for row in _ROWS]
    assert len(names) == len(set(names)) >= 60
    reference = (Path(__file__).parent.parent / "docs/reference/problems.md").read_text(encoding="utf-8")
    assert {row.code for row in _ROWS if f"`{row.code}`" not in reference} == set()
