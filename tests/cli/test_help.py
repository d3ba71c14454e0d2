"""What the command offers is what is promised, and it says so itself."""

import re

import pytest

from cordiale.cli.main import VERBS
from tests.cli.conftest import Cordiale

# All that will be there one day; a verb that is not yet there must not be listed.
_PROMISED = {
    *("build", "check", "query", "show", "why", "without", "conflicts", "sources", "diff", "verify"),
    *("reason", "entails", "link", "import", "export", "publish", "serve", "init", "new"),
}
_VERBS = {
    *("build", "check", "query", "show", "why", "without", "conflicts", "sources", "diff", "verify"),
    *("reason", "entails", "link", "import", "export", "publish", "init", "new"),
}
_ROWS = ["table", "csv", "tsv", "json", "xml"]
_GRAPHS = ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"]
_EXPORTS = ["jsonld-expanded", "jsonld-compacted", "context", "canonical", "csv-entities", "csv-roles"]
_WIKIDATA = ["quickstatements", "wikidata", "wikidata-json"]
_REGISTERS = ("ror", "sssom", "wikidata")
_COMMANDS = [
    *((verb,) for verb in sorted(_VERBS)),
    ("new", "source"),
    *(("import", register) for register in _REGISTERS),
]
_COMMANDS += [("link", name) for name in ("propose", "review", "serve", "texts", "traps")]


def _listed(text: str) -> list[tuple[str, str]]:
    """The commands of a help text, each with what is said of it."""
    commands = text.partition("Commands:\n")[2]
    return re.findall(r"^  ([a-z]+) +(\S.*)$", commands, flags=re.MULTILINE)


def _choices(text: str, option: str) -> list[str]:
    """The values that an option takes."""
    found = re.search(rf"{option} <([a-z|-]+)>", text)
    return found[1].split("|") if found else []


def test_verbs_are_those_promised_so_far(cordiale: Cordiale) -> None:
    """The help lists the verbs that are there, each of them promised, with a whole sentence each."""
    done = cordiale("--help")
    assert done.code == 0
    assert done.err == ""
    listed = dict(_listed(done.out))
    assert set(listed) == _VERBS
    assert _VERBS <= _PROMISED
    assert [verb for verb, said in listed.items() if not said.endswith(".") or said.endswith("...")] == []


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_the_same_of_itself(cordiale: Cordiale, verb: str) -> None:
    """What the list says, without importing the verb, is the first sentence of the verb's own help."""
    assert " ".join(cordiale(verb, "--help").out.split("\n\n")[1].split()).startswith(VERBS[verb])


def test_new_begins_sources(cordiale: Cordiale) -> None:
    """``new`` lists what can be begun."""
    assert [name for name, _ in _listed(cordiale("new", "--help").out)] == ["source"]


def test_import_takes_registers(cordiale: Cordiale) -> None:
    """``import`` lists the registers, each of which reports as text or JSON."""
    assert [name for name, _ in _listed(cordiale("import", "--help").out)] == ["wikidata", "ror", "sssom"]
    for register in _REGISTERS:
        assert _choices(cordiale("import", register, "--help").out, "--format") == ["text", "json"]


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_every_verb_explains_itself(cordiale: Cordiale, command: tuple[str, ...]) -> None:
    """``--help`` of a verb goes to stdout, with its usage and a sentence for every option."""
    done = cordiale(*command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: cordiale {' '.join(command)} ")
    assert "\x1b" not in done.out
    options = done.out.partition("Options:\n")[2].partition("\nCommands:")[0]
    rows = re.split(r"\n(?=  -)", options)
    assert [row for row in rows if not re.search(r"[a-z.]\.(\s+\[.*\])?\s*$", row, re.DOTALL)] == []


@pytest.mark.parametrize("verb", sorted(_PROMISED - _VERBS))
def test_verbs_to_come_are_not_there_yet(cordiale: Cordiale, verb: str) -> None:
    """A verb that is not yet there is wrong use, with one message."""
    done = cordiale(verb)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"C510 no such command '{verb}'")


def test_formats_are_those_promised(cordiale: Cordiale) -> None:
    """Rows, graphs and reports have the same formats wherever they are written."""
    assert _choices(cordiale("query", "--help").out, "--format") == [*_ROWS, *_GRAPHS]
    assert _choices(cordiale("reason", "--help").out, "--format") == _GRAPHS
    assert _choices(cordiale("export", "--help").out, "--format") == [*_GRAPHS, *_EXPORTS, *_WIKIDATA]
    assert _choices(cordiale("show", "--help").out, "--format") == ["text", "json"]
    assert _choices(cordiale("check", "--help").out, "--format") == ["text", "json", "sarif", "github"]


@pytest.mark.parametrize(
    ("verb", "default"),
    [
        ("query", "both"),
        ("show", "both"),
        ("export", "asserted"),
        ("reason", "inferred"),
        ("check", "asserted"),
    ],
)
def test_the_choice_of_triples_has_its_default(cordiale: Cordiale, verb: str, default: str) -> None:
    """``--triples`` takes the same values everywhere; what it is without saying is in the help."""
    text = cordiale(verb, "--help").out
    assert _choices(text, "--triples") == ["asserted", "inferred", "both"]
    said = re.search(r"--triples <[^>]*>.*?\[default:\s+(\w+)\]", text, re.DOTALL)
    assert said
    assert said[1] == default


@pytest.mark.parametrize("command", [(), ("new",), ("import",)])
def test_without_a_verb_help_is_a_message(cordiale: Cordiale, command: tuple[str, ...]) -> None:
    """The command alone is wrong use: its help goes to stderr, so that a pipe gets nothing."""
    done = cordiale(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: cordiale")
    assert "Traceback" not in done.err
