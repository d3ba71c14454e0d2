"""The static site where data is unusual: what is told stays readable, whole, and of a bounded size."""

import re
from pathlib import Path

import pytest

from cordiale.project.site.pages import MOST_FACTS
from cordiale.project.site.publishing import publish
from tests.project.site.reading import Page, broken_links
from tests.small_project import THINGS


def _said(small: Path, *statements: str, site: Path) -> Path:
    """The site of the small project with statements added to the almanac."""
    almanac = small / "data" / "almanac" / "1901.ttl"
    almanac.write_text("\n".join((almanac.read_text(), *statements, "")), newline="")
    publish(small, site, list[str]().append)
    return site


def test_blank_nodes_that_name_one_another_are_told_once(small: Path, tmp_path: Path) -> None:
    """However they refer to one another, each is described once within a value."""
    nodes = [f"_:b{number}" for number in range(7)]
    links = [f"{one} sea:leadsTo {other} ." for one in nodes for other in nodes if one != other]
    named = [f'{node} rdfs:comment "node {number}" .' for number, node in enumerate(nodes)]
    site = _said(small, ":skerry-light sea:within _:b0 .", *links, *named, site=tmp_path / "site")
    page = site / "en/thing/skerry-light.html"
    assert page.stat().st_size < 1_000_000
    value = Page(page).text
    assert all(f"node {number}" in value for number in range(7))
    assert "[…]" in value


def test_what_one_value_tells_of_blank_nodes_has_an_end(small: Path, tmp_path: Path) -> None:
    """A list of very many members is cut, with a sign of it."""
    members = " ".join(f'"member {number}"' for number in range(300))
    site = _said(small, f":skerry-light sea:within ( {members} ) .", site=tmp_path / "site")
    text = Page(site / "en/thing/skerry-light.html").text
    assert "member 0" in text
    assert "member 199" in text
    assert "member 200" not in text
    assert "… )" in " ".join(text.split())


def test_a_second_page_takes_no_name_of_another(small: Path, tmp_path: Path) -> None:
    """A thing that is called as the second page of another would be has its own page, and so has that."""
    many = " , ".join(f'"{number}"' for number in range(MOST_FACTS))
    other = ':harbour-light--2 rdfs:label "The other"@en .'
    site = _said(small, f":harbour-light rdfs:comment {many} .", other, site=tmp_path / "site")
    pages = [Page(path) for path in (site / "en/thing").glob("*.html")]
    abouts = [str(each["data-about"]) for page in pages for each in page.having("data-about")]
    assert abouts.count(f"{THINGS}harbour-light") == 2
    assert abouts.count(f"{THINGS}harbour-light--2") == 1
    assert broken_links(site) == []


def test_no_page_is_taken_for_a_list_where_case_does_not_count(small: Path, tmp_path: Path) -> None:
    """Some file systems take Index.html for index.html."""
    site = _said(
        small,
        ':Index rdfs:label "A thing"@en .',
        'sea:INDEX rdfs:label "A term"@en .',
        site=tmp_path / "site",
    )
    paths = [path.relative_to(site).as_posix().casefold() for path in site.rglob("*.*")]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("end", ["\u0085", "\u2028", "\x0c", "\x0b", "\x1e"])
def test_links_to_lines_count_as_the_reader_counts(small: Path, tmp_path: Path, end: str) -> None:
    """Characters that only other programs take for the end of a line end none."""
    site = _said(
        small,
        f':skerry-light skos:note "one{end}two" .\r\n# a comment\r:skerry-light skos:note "sought" .',
        site=tmp_path / "site",
    )
    html = (site / "en/thing/skerry-light.html").read_text()
    fact = html[html.index('data-value="&#34;sought&#34;"') :]
    link = re.search(r'href="\.\./\.\./en/(file/data/almanac/[^"#]*)#(L\d+)"', fact)
    assert link is not None
    page = (site / "en" / link[1]).read_text()
    line = page[page.index(f'id="{link[2]}"') :]
    assert "sought" in line[: line.index("</li>")]


def test_all_sides_of_a_dispute_stand_on_the_first_page(small: Path, tmp_path: Path) -> None:
    """However many facts a thing has, and wherever among them the disputed ones are."""
    ontology = small / "ontology" / "sea.ttl"
    ontology.write_text(f"{ontology.read_text()}\nsea:rebuilt cord:singleValued true .\n")
    many = " , ".join(f'"{number}"' for number in range(MOST_FACTS - 9))
    years = " , ".join(f'"{year}"^^xsd:gYear' for year in (1871, 1872, 1873))
    site = _said(small, f":harbour-light rdfs:comment {many} ; sea:rebuilt {years} .", site=tmp_path / "site")
    first, second = (
        Page(site / "en/thing" / name) for name in ("harbour-light.html", "harbour-light--2.html")
    )
    rebuilt = [
        [each for each in page.having("data-property") if str(each["data-property"]).endswith("#rebuilt")]
        for page in (first, second)
    ]
    assert sorted(map(len, rebuilt)) == [1, 2]
    assert sum(each["class"] == "side" for each in first.having("class")) == 3
    assert not any(each["class"] == "side" for each in second.having("class"))
    assert first.text.count("disputed") + second.text.count("disputed") == 3


def test_a_label_of_five_megabytes(small: Path, tmp_path: Path) -> None:
    """It is cut wherever it names its thing; the twin has all of it."""
    entities = small / "data" / "entities.ttl"
    long = "long " * 1_000_000
    entities.write_text(entities.read_text().replace("Skerry Light", long).replace("Feu du récif", long))
    site = _said(small, site=tmp_path / "site")
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*.*")}
    told = {name: path.stat().st_size for name, path in files.items() if name[2:8] != "/file/"}
    grown = [name for name, size in told.items() if size > 200_000]
    twins = [
        f"data/{name}.{end}"
        for name in ("document/entities", "thing/skerry-light")
        for end in ("jsonld", "ttl")
    ]
    assert sorted(grown) == twins
    page = files["en/thing/skerry-light.html"].read_text()
    assert "5000000 characters" in page
    assert "long long…</bdi></h1>" in page


def test_digits_that_make_no_number_are_shown_as_they_are(small: Path, tmp_path: Path) -> None:
    """Neither a year nor the number of a claim in superscripts can be ordered; both are told."""
    claim = '<almanac/1901> rdfs:label "Almanac"@en . :claim cord:madeIn <almanac/1901> .'
    site = _said(
        small,
        ':skerry-light sea:rebuilt "²²²²"^^xsd:gYear .',
        f'{claim} :claim dcterms:identifier "P4.²" .',
        site=tmp_path / "site",
    )
    assert "²²²²" in Page(site / "en/thing/skerry-light.html").text
    assert "P4.²" in Page(site / "en/document/almanac/1901.html").text
