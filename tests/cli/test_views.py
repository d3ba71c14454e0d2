"""Views on the command line: the same flags wherever they stand."""

import json
from pathlib import Path

from tests.cli.conftest import Cordiale

YEARS = "SELECT ?year { :skerry-light sea:litIn ?year } ORDER BY ?year"


def test_a_query_sees_what_the_view_believes(cordiale: Cordiale, built_once: Path) -> None:
    """Both years; without one document, the other's."""
    asked = ("query", "-C", built_once, "-e", YEARS, "--format", "csv")
    assert cordiale(*asked).out == "year\n1844\n1845\n"
    assert cordiale(*asked, "--without", "[1]").out == "year\n1845\n"
    assert cordiale(*asked, "--without", "harbour-board").out == "year\n1844\n"
    assert cordiale(*asked, "--without", "Sea Almanac").out == "year\n1845\n"
    assert cordiale(*asked, "--min-sources", "2").out == "year\n"


def test_what_follows_falls_with_what_it_follows_from(cordiale: Cordiale, built_once: Path) -> None:
    """The light stands in the western isles by the report alone."""
    asked = ("query", "-C", built_once, "-e", "ASK { :skerry-light sea:within :western-isles }")
    assert cordiale(*asked).out == "yes\n"
    assert cordiale(*asked, "--without", "almanac").out == "yes\n"
    assert cordiale(*asked, "--without", "harbour-board").out == "no\n"


def test_a_date_tells_which_sources_have_none(cordiale: Cordiale, built_once: Path) -> None:
    """They stay, unless only dated ones are asked for."""
    asked = ("query", "-C", built_once, "-e", YEARS, "--format", "csv", "--as-of", "1901")
    done = cordiale(*asked)
    assert done.out == "year\n1844\n1845\n"
    assert done.err == "undated, and believed: harbour-board/report (--dated-only leaves them out)\n"
    dated = cordiale(*asked, "--dated-only")
    assert (dated.out, dated.err) == ("year\n1844\n", "")


def test_a_view_has_a_name(cordiale: Cordiale, built: Path) -> None:
    """In the settings; other flags add to it; a wrong name is told near ones."""
    settings = built / "pyproject.toml"
    settings.write_text(settings.read_text() + '\n[tool.cordiale.views.board]\nwithout = ["almanac"]\n')
    asked = ("query", "-C", built, "-e", YEARS, "--format", "csv")
    assert cordiale(*asked, "--view", "board").out == "year\n1845\n"
    done = cordiale(*asked, "--view", "bord")
    assert (done.code, done.out) == (2, "")
    assert done.err == 'C654 there is no view "bord"\n  did you mean "board"?\n'
    none = cordiale(*asked, "--view", "board", "--without", "harbour-board")
    assert none.code == 2
    assert none.err.startswith("C652 ")


def test_wrong_views_in_the_settings_are_told_with_their_line(cordiale: Cordiale, built: Path) -> None:
    """A key that no view has, and a value of the wrong kind."""
    settings = built / "pyproject.toml"
    line = settings.read_text().count("\n") + 2
    settings.write_text(
        settings.read_text() + "\n[tool.cordiale.views.board]\nwithot = []\nmin_sources = 0\n"
    )
    done = cordiale("query", "-C", built, "-e", YEARS)
    assert done.code == 1
    assert done.err.splitlines() == [
        f'pyproject.toml:{line}: C113 the view "board" has no key "withot"',
        '  did you mean "without"?',
        f'pyproject.toml:{line}: C114 the value of "min_sources" of the view "board" must be a number from 1',
        "  write, for instance: min_sources = 2",
    ]


def test_show_export_and_check_take_a_view(cordiale: Cordiale, built_once: Path) -> None:
    """What is out is not shown, not written, and not checked."""
    assert (
        '"1845"' not in cordiale("show", "-C", built_once, "Skerry Light", "--without", "harbour-board").out
    )
    text = cordiale("export", "-C", built_once, "--format", "ntriples", "--without", "harbour-board").out
    assert '"1844"' in text
    assert '"1845"' not in text
    assert cordiale("check", built_once).code == 0
    done = cordiale("check", built_once, "--without", "harbour-board")
    assert done.code == 1  # the harbour light has no year any more
    assert "A light is lit in a year" in done.out


def test_wrong_values_are_wrong_use(cordiale: Cordiale, built_once: Path) -> None:
    """One message each."""
    for flags, code in {
        ("--min-reliability", "1.5"): "C651",
        ("--as-of", "soon"): "C651",
        ("--min-sources", "0"): "C651",
        ("--dated-only",): "C651",
    }.items():
        done = cordiale("query", "-C", built_once, "-e", YEARS, *flags)
        assert (done.code, done.out) == (2, ""), flags
        assert done.err.startswith(f"{code} "), flags


def test_without_tells_what_falls_and_what_survives(cordiale: Cordiale, built_once: Path) -> None:
    """With what it rested on; as JSON and CSV too."""
    done = cordiale("without", "-C", built_once, "harbour-board", "--answers", "--checks", "--format", "json")
    assert done.code == 0
    told = json.loads(done.out)
    assert told["withdrawn"] == ["harbour-board/report"]
    fallen = [each for each in told["triples"] if each["fate"] == "falls"]
    inferred = [each["subject"].rpartition("/")[2] for each in fallen if not each["asserted"]]
    assert "skerry-light>" in inferred
    assert all(each["before"] == [["harbour-board/report"]] for each in fallen)
    assert {each["question"] for each in told["answers"]} == {"disputed", "standing-in"}
    assert any("A light is lit in a year" in each["message"] for each in told["checks_start"])
    rows = cordiale("without", "-C", built_once, "harbour-board", "--format", "csv").out.splitlines()
    assert rows[0] == "fate,subject,predicate,object,kind,before,left"
    assert len(rows) == 1 + len(told["triples"])
    assert "triples fall" in cordiale("without", "-C", built_once, "harbour-board").out


def test_without_an_unknown_source_is_wrong_use(cordiale: Cordiale, built_once: Path) -> None:
    """With near names."""
    done = cordiale("without", "-C", built_once, "almanak/1901")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('C210 there is no source "almanak/1901"\n  did you mean "almanac/1901"')


def test_sources_counts_what_each_carries(cordiale: Cordiale, built_once: Path, tmp_path: Path) -> None:
    """As a table, CSV and JSON, sorted, and drawn."""
    chart = tmp_path / "chart.svg"
    asked = ("sources", "-C", built_once, "--sort", "inferred", "--answers", "--chart", chart)
    listed = json.loads(cordiale(*asked, "--format", "json").out)
    assert listed[0]["source"] == "harbour-board/report"
    assert (listed[0]["states"], listed[0]["alone"]) == (6, 6)
    assert listed[0]["answers"] == ["disputed", "standing-in"]
    assert chart.read_text().startswith("<svg")
    rows = cordiale("sources", "-C", built_once, "--format", "csv").out.splitlines()
    assert rows[0] == "source,states,alone,inferred,answers,tier,issued,access"
    assert "almanac/1901,4,4,0,,low,1901,read" in rows
    assert "harbour-board/report" in cordiale("sources", "-C", built_once).out


def test_supports_are_exported_as_provenance(cordiale: Cordiale, built_once: Path) -> None:
    """Each inferred triple is derived from a collection of sources."""
    text = cordiale("export", "-C", built_once, "--supports").out
    assert "prov:hadMember <https://example.org/sea/source/harbour-board/report>" in text
    assert "prov:wasDerivedFrom support:set-" in text


def test_why_tells_all_sets_of_sources(cordiale: Cordiale, built_once: Path) -> None:
    """And a proof for each, with --all; not in a format that holds one."""
    asked = ("why", "-C", built_once, "Skerry Light", "sea:within", "Western Isles")
    assert cordiale(*asked).out.endswith("\nrests on\n  harbour-board/report\n")
    assert cordiale(*asked, "--all").out.startswith("1 of 1: by harbour-board/report\n")
    assert json.loads(cordiale(*asked, "--all", "--format", "json").out)[0]["support"] == [
        "harbour-board/report"
    ]
    assert cordiale(*asked, "--all", "--format", "mermaid").err.startswith("C655 ")


def test_why_not_names_the_premise_that_is_missing(cordiale: Cordiale, built_once: Path) -> None:
    """The nearest instances of rules."""
    done = cordiale("why", "-C", built_once, "Harbour Light", "sea:within", "Western Isles")
    assert (done.code, done.out) == (1, "")
    assert "prp-trp would conclude it from:" in done.err
    assert "what is missing is :harbour-light sea:within :inner-isles" in done.err


def test_what_sources_at_odds_carry_is_contested(cordiale: Cordiale, built: Path) -> None:
    """Two documents that cannot both be right lead to nothing together, unless that is asked for."""
    head = (built / "data/almanac/1901.ttl").read_text().partition(":skerry-light")[0]
    for name, said in {
        "almanac/1902": ":reef a sea:Light ; sea:within :inner-isles .\n",
        "rumour/reef": ":reef a sea:Isle .\n:inner-isles sea:within :far-isles .\n",
    }.items():
        file = built / f"data/{name}.ttl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(head + said)
        with (built / "data/sources.ttl").open("a") as catalogue:
            catalogue.write(f'\n<{name}> rdfs:label "{name}"@en , "{name}"@fr ; cord:access :access-read .\n')
    asked = ("query", "-C", built, "-e", "ASK { :reef sea:within :far-isles }")
    assert cordiale(*asked).out == "no\n"
    assert cordiale(*asked, "--contested").out == "yes\n"
    stated = ("query", "-C", built, "-e", "ASK { :reef a sea:Light , sea:Isle }")
    assert cordiale(*stated).out == "yes\n"
    assert cordiale(*stated, "--without", "rumour").out == "no\n"
    assert cordiale("query", "-C", built, "-e", "ASK { :inner-isles sea:within :far-isles }").out == "yes\n"


def test_a_view_leaves_out_what_only_sources_at_odds_still_carry(cordiale: Cordiale, built: Path) -> None:
    """As if the file were not there: of two ways, the one that is left leads through a contradiction."""
    head = (built / "data/almanac/1901.ttl").read_text().partition(":skerry-light")[0]
    for name, said in {
        "almanac/1902": ":reef a sea:Light ; sea:within :inner-isles .\n",
        "chart/reef": ":reef sea:within :bank . :bank sea:within :far-isles .\n",
        "rumour/reef": ":reef a sea:Isle .\n:inner-isles sea:within :far-isles .\n",
    }.items():
        file = built / f"data/{name}.ttl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(head + said)
    asked = ("query", "-C", built, "-e", "ASK { :reef sea:within :far-isles }")
    assert cordiale(*asked).out == "yes\n"
    assert cordiale(*asked, "--min-sources", "2").out == "no\n"
    assert cordiale(*asked, "--without", "chart").out == "no\n"
    assert cordiale(*asked, "--without", "chart", "--contested").out == "yes\n"
    told = cordiale("without", "-C", built, "chart", "--format", "csv").out
    assert "falls,:reef,sea:within,:far-isles,inferred,chart/reef,\n" in told
    (built / "data/chart/reef.ttl").unlink()
    assert cordiale(*asked).out == "no\n"


def test_supports_in_a_view_of_several_sources(cordiale: Cordiale, built: Path) -> None:
    """What follows in two ways, of one source each, is believed; what they state is not."""
    head = (built / "data/almanac/1901.ttl").read_text().partition(":skerry-light")[0]
    for name, by in {"almanac/1902": ":bank", "chart/reef": ":shoal"}.items():
        file = built / f"data/{name}.ttl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{head}:reef sea:within {by} . {by} sea:within :far-isles .\n")
    done = cordiale("export", "-C", built, "--supports", "--min-sources", "2")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("rdf:object :far-isles") == 1
    asked = ("check", built, "--triples", "both", "--min-sources", "2")
    assert cordiale(*asked).code in (0, 1)
    settings = built / "pyproject.toml"
    settings.write_text(settings.read_text() + "\n[tool.cordiale.views.two]\nmin_sources = 2\n")
    seen = ("query", "-C", built, "-e", "ASK { :reef sea:within :bank }", "--view", "two")
    assert cordiale(*seen).out == "no\n"
    assert cordiale(*seen, "--min-sources", "1").out == "yes\n"


def test_a_support_that_was_cut_says_so(cordiale: Cordiale, built: Path) -> None:
    """Four facts in a chain, each of six sources, have 1,296 minimal sets; 256 are kept."""
    head = (built / "data/almanac/1901.ttl").read_text().partition(":skerry-light")[0]
    for at in range(4):
        (built / f"data/f{at}").mkdir()
        for number in range(6):
            said = f":n{at} sea:within :n{at + 1} .\n"
            (built / f"data/f{at}/s{number}.ttl").write_text(head + said)
    fact = ("-C", built, ":n0", "sea:within", ":n4")
    assert "any of 256 sets of sources, and maybe of others" in cordiale("why", *fact).out
    assert json.loads(cordiale("why", *fact, "--format", "json").out)["truncated"]
    assert "support:truncated true" in cordiale("export", "-C", built, "--supports").out
    gone = ("f0/s0", "f0/s1")  # all the sets that are kept have one of them
    done = cordiale("without", "-C", built, *gone, "--format", "json")
    assert "a closure without the sources decided" in " ".join(done.err.split())
    told = json.loads(done.out)
    assert told["decided_by_closure"] == 1
    assert {each["fate"] for each in told["triples"] if not each["asserted"]} == {"survives"}
    fallen = json.loads(cordiale("without", "-C", built, "f0", "--format", "json").out)
    assert {each["fate"] for each in fallen["triples"]} == {"falls"}
    asked = ("query", "-C", built, "-e", "ASK { :n0 sea:within :n4 }")
    assert cordiale(*asked, "--without", gone[0], "--without", gone[1]).out == "yes\n"
    assert cordiale(*asked, "--without", "f0").out == "no\n"
    several = cordiale(*asked, "--min-sources", "2")
    assert several.out == "yes\n"
    assert "only the kept ones count here" in " ".join(several.err.split())
