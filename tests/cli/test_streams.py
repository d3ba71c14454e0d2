"""The installed command as a shell runs it: pipes, terminals, signals, full disks."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_COMMAND = Path(sys.executable).with_name("cordiale")


@pytest.fixture(autouse=True)
def _installed() -> None:
    """The command stands beside the Python that runs the tests; without it there is nothing to test."""
    assert _COMMAND.is_file()


def _environment(**more: str) -> dict[str, str]:
    """As a person's, but without what would ask for colours or forbid them."""
    plain = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "NO_COLOR"}}
    return {**plain, "COLUMNS": "60", "TERM": "xterm", **more}


def _run(root: Path, line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in a project, ``cordiale`` being the installed command."""
    script = f'cordiale() {{ "{_COMMAND}" "$@"; }}\n{line}'
    return subprocess.run(
        ["bash", "-c", script], cwd=root, capture_output=True, env=_environment(**more), check=False
    )


def test_data_and_messages_part(built: Path) -> None:
    """In a pipe there is data alone: no colour, no bar, no message."""
    done = _run(built, "cordiale reason --format ntriples")
    assert done.returncode == 0
    assert done.stdout == (built / "build/inferred.nt").read_bytes()
    assert done.stderr == b"60 triples asserted, 4 inferred\n"


def test_a_reader_may_go(built: Path) -> None:
    """``| head`` closes the pipe early: no message, and the command's own exit code."""
    # Long enough that the pipe cannot hold it.
    many = "SELECT ?a ?b ?c ?d { ?a ?p ?q . ?b ?r ?s . ?c ?t ?u } LIMIT 1000"
    for fmt in ("table", "csv"):
        line = f"cordiale query -e '{many}' --format {fmt} | head -1; echo ${{PIPESTATUS[0]}} >&2"
        done = _run(built, line)
        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b"0\n"


def test_text_is_utf_8_everywhere(built: Path) -> None:
    """A locale without accents does not change the data, nor end the command."""
    line = "cordiale query -e 'SELECT ?l { :skerry-light rdfs:label ?l }' -o -"
    done = _run(built, line, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Feu du récif" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_a_terminal_has_colours_and_a_width(built: Path) -> None:
    """On a terminal the heads of a table stand out, and it is no wider than the window."""
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [_COMMAND, "query", "--list"], cwd=built, stdout=theirs, stderr=subprocess.PIPE, env=_environment()
    ) as command:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(mine, 4096):
                shown += piece
        except OSError:  # how Linux says that the other end was closed
            pass
        os.close(mine)
    assert command.returncode == 0
    assert b"\x1b[1m" in shown
    plain = shown.replace(b"\x1b[1m", b"").replace(b"\x1b[0m", b"").decode()
    assert {len(line) for line in plain.splitlines()} <= set(range(61))


def test_an_interrupt_ends_the_command(built: Path, tmp_path: Path) -> None:
    """Ctrl-C while the command waits for its query: 130, one word, no traceback."""
    fifo = tmp_path / "query.rq"
    os.mkfifo(fifo)
    command = subprocess.Popen(
        [_COMMAND, "query", "-f", fifo],
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A run in the background hands on that Ctrl-C is ignored; a person at a terminal does not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with command, fifo.open("wb"):  # opens when the command begins to read
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)
    assert (command.returncode, out, err) == (130, b"", b"interrupted\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_a_full_disk_is_told(built: Path) -> None:
    """What stdout cannot take is an error of the machine, told once."""
    done = _run(built, "cordiale export > /dev/full")
    assert done.returncode == 3
    assert done.stderr.startswith(b"C904 the machine failed: No space left on device\n  ")
    assert done.stderr.count(b"\n") == 2
