"""Candidates for texts and things, from a small register."""

from dataclasses import replace
from pathlib import Path

import pytest

from cordiale.link.candidates import Linker
from cordiale.link.identifiers import Identifier, domain_of, identifier, identifiers_of
from cordiale.link.misspelt import Speller
from cordiale.link.names import words
from cordiale.link.records import Name, Record
from cordiale.link.register import Register
from cordiale.link.register_file import make_register, open_register, register_of
from cordiale.link.ror_lines import record_of_ror_line
from tests.link.registers import LINES, small_register

_NORTHPORT, _VALMONT, _TIDES, _TIDES_FR, _WITHDRAWN, _WORKS = (
    f"https://ror.org/00000{number}12" for number in ("01", "02", "03", "04", "05", "06")
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    """A linker to the small register."""
    return Linker(small_register())


def _thing(name: str, **more: object) -> Record:
    return replace(Record(id="urn:thing", names=(Name(text=name, kind="label"),)), **more)  # type: ignore[arg-type]


def test_identifiers_come_first(linker: Linker) -> None:
    """An identifier finds its record whatever the names, and says so."""
    found = linker.same(_thing("Something else", identifiers=(("ror", _VALMONT),)))
    assert found[0].id == _VALMONT
    assert found[0].evidence[0] == "same ROR 000000212"


def test_a_domain_finds_its_record(linker: Linker) -> None:
    """The website's host, with or without www and a language."""
    found = linker.same(_thing("Northport", websites=("http://northport.example/en",)))
    assert found[0].id == _NORTHPORT
    assert "same domain northport.example" in found[0].evidence


def test_two_of_a_name_are_both_shown(linker: Linker) -> None:
    """Where nothing tells two records apart, each is told to be close to the other, and none is accepted."""
    found = linker.same(_thing("Institute of Tides"))
    assert {each.id for each in found[:2]} == {_TIDES, _TIDES_FR}
    assert not any(each.accepted for each in found)
    assert all(each.close for each in found[:2])


def test_a_place_or_a_parent_tells_them_apart(linker: Linker) -> None:
    """The country, or what the thing is part of, puts the right one first, with the evidence."""
    french = linker.same(_thing("Institute of Tides", countries=("FR",)), least=0.0)
    assert french[0].id == _TIDES_FR
    assert "same country FR" in french[0].evidence
    assert "country differs: GB" in next(each for each in french if each.id == _TIDES).evidence
    northern = linker.same(_thing("Institute of Tides", parents=(_NORTHPORT,)))
    assert northern[0].id == _TIDES
    assert f"same parent {_NORTHPORT}" in northern[0].evidence


def test_the_registers_own_country_is_no_part_of_a_name(linker: Linker) -> None:
    """ "Lantern Works (United Kingdom)" is called Lantern Works."""
    found = linker.same(_thing("Lantern Works"))
    assert found[0].id == _WORKS
    assert 'same name "Lantern Works (United Kingdom)"' in found[0].evidence


def test_what_is_not_there_has_no_candidate(linker: Linker) -> None:
    """An unknown name finds nothing; neither does a thing without a name."""
    assert linker.same(_thing("Observatory of Elsewhere")) == ()
    assert linker.same(Record(id="urn:nameless", names=())) == ()


def test_texts_name_records_in_any_order_of_words(linker: Linker) -> None:
    """An affiliation finds its records; withdrawn ones are never found; what names none has none."""
    texts = (
        "Dept. of Physics, Northport Univ., Northport, UK",
        "Old Lighthouse School",
        "",
        "nothing known here",
    )
    found = list(linker.mentions(texts, least=0.0))
    assert found[0][0].id == _NORTHPORT
    assert found[0][0].words == "Northport Univ"
    assert _WITHDRAWN not in {each.id for group in found for each in group}
    assert found[2:] == [(), ()]


def test_the_same_texts_in_other_batches_have_the_same_answer(linker: Linker) -> None:
    """A text's candidates depend on no other text."""
    texts = ["University of Northport", "Institute of Tides, Valmont, France", "TIDES"]
    together = list(linker.mentions(texts * 100))
    assert together[:3] == [next(linker.mentions([text])) for text in texts]
    assert together == together[:3] * 100


def test_misspelt_words_are_read_where_one_is_meant() -> None:
    """Run together, transliterated, a letter wrong: one word of the register; else left as it is."""
    speller = Speller(small_register().index.vocabulary)
    for text in ("UniversityNorthport", "Univeristy of Nortport"):
        assert [word.text for word in speller.read(words(text))] == ["university", "northport"]
    assert [word.text for word in speller.read(words("Zanzibar Q12"))] == ["zanzibar", "q12"]


def test_a_register_on_disk_is_the_one_in_memory(tmp_path: Path) -> None:
    """Records, names, places, identifiers and answers are the same after writing and opening."""
    make_register(map(record_of_ror_line, LINES), tmp_path / "ror", name="ror")
    opened, memory = open_register(tmp_path / "ror"), small_register()
    assert [opened.record(row) for row in range(len(opened))] == [
        memory.record(row) for row in range(len(memory))
    ]
    thing = _thing("Institute of Tides", countries=("FR",))
    assert Linker(opened).same(thing) == Linker(memory).same(thing)
    assert _rows(opened) == _rows(memory)
    assert [each.name for each in tmp_path.iterdir()] == ["ror"]


def _rows(register: Register) -> list[tuple[int, ...]]:
    return [register.identified(Identifier("wikidata", f"Q{number}")) for number in range(100, 106)]


def test_shared_identifiers_find_all_that_bear_them() -> None:
    """One item of two records finds both; an unknown one none."""
    assert _rows(small_register()) == [(), (0,), (1,), (1,), (2, 3), ()]


def test_an_empty_register_answers(tmp_path: Path) -> None:
    """No records, no candidates, no error, on disk too."""
    make_register((), tmp_path / "none", name="ror")
    for register in (register_of((), name="ror"), open_register(tmp_path / "none")):
        assert Linker(register).same(_thing("University of Northport")) == ()
        assert list(Linker(register).mentions(["University of Northport"])) == [()]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://ror.org/052gg0110", Identifier("ror", "052gg0110")),
        ("http://www.wikidata.org/entity/Q34433", Identifier("wikidata", "Q34433")),
        ("0000 0004 1936 8948", Identifier("isni", "0000000419368948")),
        ("grid.4991.5", Identifier("grid", "grid.4991.5")),
        ("https://orcid.org/0000-0002-1825-0097", Identifier("orcid", "0000-0002-1825-0097")),
        ("http://fr.wikipedia.org/wiki/%C3%89cole_normale", Identifier("wikipedia", "fr:École normale")),
        ("University of Oxford", None),
        ("https://ror.org/", None),
        ("http://[broken", None),
    ],
)
def test_identifiers_are_told_by_their_shape(written: str, expected: Identifier | None) -> None:
    """One spelling for each, whatever was written."""
    assert identifier(written) == expected


def test_only_a_site_of_ones_own_is_a_domain() -> None:
    """Hosts of many, and pages deep in another's site, say nothing of identity; broken addresses neither."""
    assert domain_of("https://www.ox.ac.uk/en") == "ox.ac.uk"
    for nothing in (
        "https://www.facebook.com/x",
        "https://a.example/b/c/d",
        "http://[broken",
        "",
        "localhost",
    ):
        assert domain_of(nothing) is None
    assert identifiers_of(_thing("x", websites=("http://[broken",))) == frozenset()
