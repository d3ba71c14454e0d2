"""The static site: its links, its twins, what it shows of sources, and hostile data shown as text."""

import json
import re
import shlex
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from cordiale.model.errors import UsageError
from cordiale.project.knowledge_graph import open_project
from cordiale.project.site.pages import MOST_FACTS
from cordiale.project.site.proofs import Prover
from cordiale.project.site.publishing import MARKER, publish
from cordiale.publish.site.question_graph import RESULTS
from cordiale.publish.site.wording import WORDING
from cordiale.publish.term_text import term_text
from tests.cli.conftest import Cordiale
from tests.isomorphism import canonical, parsed
from tests.project.site.reading import Page, broken_links, pages
from tests.small_project import SOURCES, TERMS, THINGS, bytes_under

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202eevil"


@pytest.fixture
def site(small: Path, tmp_path: Path) -> Path:
    """The site of a small project."""
    publish(small, tmp_path / "site", list[str]().append)
    return tmp_path / "site"


def different_twins(site: Path) -> list[str]:
    """The pages of things and documents whose facts are not those of their twins, in Turtle or JSON-LD."""
    different = []
    for folder in ("thing", "document"):
        for path in sorted((site / "en" / folder).rglob("*.html")):
            page = Page(path)
            said: set[tuple[str, ...]] = set()
            subject = next((str(each["data-about"]) for each in page.having("data-about")), None)
            if subject is None or "--" in path.name:
                continue
            for each in page.having("data-property"):
                about = each.get("data-subject") or f"<{subject}>"
                fact = (about, f"<{each['data-property']}>", str(each["data-value"]))
                said.add(tuple(map(_folded, fact)))
            twin = site / "data" / path.relative_to(site / "en")
            for ending, fmt in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
                quads = parsed(twin.with_suffix(f".{ending}").read_text(encoding="utf-8"), fmt)
                # Oxigraph writes language tags in lower case.
                told = {tuple(_folded(term_text(term)) for term in quad[:3]) for quad in quads}
                named = {triple for triple in told if not any(term.startswith("_:") for term in triple)}
                shown = {triple for triple in said if not any(term in ("", "none") for term in triple)}
                shown = {triple for triple in shown if not any(term.startswith("_:") for term in triple)}
                if not shown <= told or (len(told) < 300 and shown != named):
                    different.append(f"{path.relative_to(site)} {ending}: {sorted(shown ^ named)[:4]}")
    return different


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each internal link leads to a file of the site, and to an element that is there."""
    assert broken_links(site) == []
    assert len(pages(site)) > 40


def test_a_page_and_its_twins_say_the_same(site: Path) -> None:
    """The facts on the page of a thing or document are those of the Turtle and of the JSON-LD."""
    assert different_twins(site) == []
    own = Graph().parse(site / "data" / "thing" / "skerry-light.ttl")
    assert (URIRef(f"{THINGS}skerry-light"), URIRef("https://example.org/sea/ns#within"), None) in own


def test_a_question_and_its_twin_say_the_same(site: Path) -> None:
    """The rows of the answer on the page are those of the result set."""
    page = Page(site / "en" / "question" / "disputed.html")
    graph = Graph().parse(site / "data" / "question" / "disputed.ttl")
    shown = sorted(str(each["data-value"]) for each in page.having("data-value"))
    assert shown == sorted(term_text(value) for value in graph.objects(None, RESULTS["value"]))  # type: ignore[arg-type]
    assert len(shown) == 4


def test_the_command_of_a_question_asks_it(small: Path, tmp_path: Path, cordiale: Cordiale) -> None:
    """What a page shows to be copied runs as it is, with the values that the answer on the page is for."""
    name = "It's *the* $Light"
    said = f'#+ summary: Is a light called so?\n#+ params:\n#+   name: {{type: string, default: "{name}"}}'
    query = f"ASK {{ ?light <{RDFS.label}> ?label . FILTER (STR(?label) = ?name) }}"
    (small / "queries" / "called.rq").write_text(f"{said}\n{query}\n")
    publish(small, tmp_path / "site", list[str]().append)
    out = {}
    for path in (tmp_path / "site/en/question").glob("*.html"):
        shown = re.search(r'<code id="command">(.*?)</code>', path.read_text())
        if shown is not None:
            program, *words = shlex.split(unescape(shown[1]))
            done = cordiale(*words, "-C", small)
            assert (program, done.code, done.err) == ("cordiale", 0, "")
            out[path.stem] = done.out
    assert set(out) == {"called", "disputed", "standing-in", "taller"}
    assert "1844" in out["disputed"]
    assert "skerry-light" in out["standing-in"]


def test_a_page_shows_what_each_fact_rests_on(site: Path) -> None:
    """Each fact tells its sources; an inferred one has its proof, down to a line."""
    page = Page(site / "en" / "thing" / "skerry-light.html")
    assert "Almanac for 1901" in page.text
    assert "one source" in page.text
    links = [str(each["href"]) for each in page.having("href")]
    lines = {link.rpartition("#")[2] for link in links if "/file/data/harbour-board/report" in link}
    assert "L15" in lines  # :skerry-light sea:within :inner-isles
    assert "by the rule" in page.text
    assert any(each["id"] == "L15" for each in Page(_file(site, "harbour-board/report")).having("id"))


def test_a_row_tells_its_sources(site: Path) -> None:
    """The light is in the western isles by what one report says, and no source is without conflict there."""
    page = Page(site / "en/question/standing-in.html")
    (cell,) = [each for each in page.having("class") if each["class"] == "rests"]
    assert cell
    assert any(
        (each["href"] or "").endswith("document/harbour-board/report.html") for each in page.having("href")
    )
    assert "None were found." in Page(site / "en/conflict/index.html").text


def test_disputed_values_stand_side_by_side(small: Path, tmp_path: Path) -> None:
    """A property that takes one value and has two is told as a disagreement, in both languages."""
    ontology = small / "ontology" / "sea.ttl"
    ontology.write_text(f"{ontology.read_text()}\nsea:litIn cord:singleValued true .\n")
    publish(small, tmp_path / "site", list[str]().append)
    for language, said in (("en", "disputed"), ("fr", "controversé")):
        page = Page(tmp_path / "site" / language / "thing" / "skerry-light.html")
        assert page.text.count(said) >= 2
        assert sum(each["class"] == "side" for each in page.having("class")) == 2


def test_each_conflict_has_a_page(small: Path, tmp_path: Path) -> None:
    """It shows who says what at which line; the list, the thing and its twins tell the same."""
    _dispute(small)
    publish(small, tmp_path / "site", list[str]().append)
    (path,) = (tmp_path / "site/en/conflict/one-year").glob("*.html")
    page = Page(path)
    assert sum(each["class"] == "side" for each in page.having("class")) == 2
    links = [str(each["href"]) for each in page.having("href")]
    assert any("file/data/almanac/" in link and "#L" in link for link in links)
    assert "is lit in two years" in page.text
    assert "Not yet acknowledged" in page.text
    for beside in ("conflict/index.html", "thing/skerry-light.html"):
        to = [str(each["href"]) for each in Page(tmp_path / "site/en" / beside).having("href")]
        assert any(link.endswith(f"one-year/{path.name}") for link in to)
    shown = {
        (str(each["data-subject"]), str(each["data-property"]), str(each["data-value"]))
        for each in page.having("data-subject")
    }
    twin = tmp_path / "site/data/conflict/one-year" / path.name
    own = Graph().parse(twin.with_suffix(".ttl"))
    told = {
        (f"<{own.value(each, RDF.subject)}>", str(own.value(each, RDF.predicate)), _text(own, each))
        for each in own.subjects(RDF.type, RDF.Statement)
    }
    assert told == shown
    matters = [each for each in page.having("class") if each["class"] == "matter"]
    about = {term_text(term) for term in own.objects(None, DCTERMS.subject)}  # type: ignore[arg-type]
    assert about == {str(each["data-value"]) for each in matters}
    formats = (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD))
    one, other = (parsed(twin.with_suffix(f".{ending}").read_text(), fmt) for ending, fmt in formats)
    assert canonical(one, fold_tags=True) == canonical(other, fold_tags=True)
    assert broken_links(tmp_path / "site") == []


def test_the_terms_stand_on_one_page(small: Path, tmp_path: Path) -> None:
    """Each under its fragment, in both languages: what is laid down of it in words, and where it is used."""
    _dispute(small)
    (small / "shapes").mkdir(exist_ok=True)
    shape = "sea:Lit a sh:NodeShape ; sh:targetClass sea:Light ;\n  sh:property [ sh:path sea:litIn ] .\n"
    heads = "".join(
        f"@prefix {prefix}: <{space}> .\n"
        for prefix, space in (("sea", TERMS), ("sh", "http://www.w3.org/ns/shacl#"))
    )
    (small / "shapes" / "sea.ttl").write_text(heads + shape)
    publish(small, tmp_path / "site", list[str]().append)
    english = ("It is a kind of: structure.", "Nothing is both this and: isle.", "holds in both directions.")
    french = ("C’est une sorte de : ouvrage.", "Rien n’est à la fois cela et : île.", "dans les deux sens.")
    for language, said in (("en", english), ("fr", french)):
        page = Page(tmp_path / "site" / language / "term/index.html")
        terms = {"Light", "Structure", "Isle", "neighbourOf", "within"}
        assert terms <= page.ids
        assert any("hierarchy" in str(each["class"]) for each in page.having("class"))
        text = " ".join(page.text.split())
        for each in (*said, "sea:Lit", "one-year"):
            assert each in text
        own = Page(tmp_path / "site" / language / "term/Light.html")
        assert said[0] in " ".join(own.text.split())
        assert "sea:Lit" in own.text
        assert any(str(each["href"]).endswith("term/index.html#Light") for each in own.having("href"))
    assert broken_links(tmp_path / "site") == []


def test_uses_by_inference_count_too(site: Path) -> None:
    """No document says of a light that it is a structure: that is known of two by reasoning alone."""
    for term, said in (("Structure", "0 stated, 2 inferred"), ("Light", "2 stated, 0 inferred")):
        assert f"Facts about things that use it: {said}." in Page(site / f"en/term/{term}.html").text


def test_french_sets_marks_apart_without_a_break(site: Path) -> None:
    """Before a colon and the like stands a space at which no line ends."""
    text = Page(site / "fr/question/disputed.html").text
    assert "Paramètres\u00a0: " in text
    assert "Cette page en données\u00a0: " in text
    assert "Fichier\u00a0: " in Page(site / "fr/document/almanac/1901.html").text
    assert not [each for each in WORDING["fr"].values() if re.search(" [:;?!»]|« ", each)]
    assert "This page as data: " in Page(site / "en/question/disputed.html").text


def test_the_front_page_says_what_the_dataset_is(small: Path, tmp_path: Path) -> None:
    """As a trusted file describes it, whatever a document says; or else what the ontology is."""
    ontology, almanac = small / "ontology/sea.ttl", small / "data/almanac/1901.ttl"
    header = f'<{TERMS}> a owl:Ontology ; dcterms:description "The words."@en .'
    ontology.write_text(f"{ontology.read_text()}\n{header}\n")
    almanac.write_text(f'{almanac.read_text()}\n<> dcterms:description "Buy the almanac."@en .\n')
    publish(small, tmp_path / "site", list[str]().append)
    assert '<p class="lead"><bdi lang="en">The words.' in (tmp_path / "site/en/index.html").read_text()
    ontology.write_text(f'{ontology.read_text()}<{SOURCES}> dcterms:description "All lights."@en .\n')
    publish(small, tmp_path / "site", list[str]().append)
    page = (tmp_path / "site/en/index.html").read_text()
    assert '<p class="lead"><bdi lang="en">All lights.' in page
    assert "The words." not in page
    assert "Buy the almanac." not in page


def test_the_title_is_that_of_the_settings(small: Path, tmp_path: Path) -> None:
    """In the language of the page, or in one that there is; without one, what the ontology is called."""
    settings = small / "pyproject.toml"
    text = settings.read_text()
    settings.write_text(f'{text}title = {{ fr = "Feux" }}\n')
    publish(small, tmp_path / "site", list[str]().append)
    assert "<title>Feux</title>" in (tmp_path / "site/en/index.html").read_text()
    settings.write_text(f'{text}title = {{ en = "Lights", fr = "Feux" }}\n')
    publish(small, tmp_path / "site", list[str]().append)
    assert "<title>Lights</title>" in (tmp_path / "site/en/index.html").read_text()
    assert "<title>Feux</title>" in (tmp_path / "site/fr/index.html").read_text()


def test_a_literal_of_five_megabytes(small: Path, tmp_path: Path) -> None:
    """Pages show its beginning, and its twin has all of it."""
    almanac = small / "data" / "almanac" / "1901.ttl"
    almanac.write_text(f'{almanac.read_text()}\n:skerry-light rdfs:comment "{"long " * 1_000_000}" .\n')
    publish(small, tmp_path / "site", list[str]().append)
    page = tmp_path / "site/en/thing/skerry-light.html"
    assert "5000000 characters" in page.read_text()
    assert page.stat().st_size < 1_000_000
    assert (tmp_path / "site/data/thing/skerry-light.ttl").stat().st_size > 5_000_000


def test_an_iri_may_have_every_legal_character(small: Path, tmp_path: Path) -> None:
    """Each gets a page that every file system takes, which links lead to, and which says the IRI."""
    odd = [f"{THINGS}a{each}b" for each in "-._~!$&'()*+,;=:@/?#%é漢😀"]
    odd = [each.replace("%", "%25") for each in odd]
    almanac = small / "data" / "almanac" / "1901.ttl"
    lines = "".join(f"<{each}> sea:within :skerry-light .\n" for each in odd)
    almanac.write_text(f"{almanac.read_text()}\n{lines}")
    publish(small, tmp_path / "site", list[str]().append)
    assert broken_links(tmp_path / "site") == []
    pages = [Page(path) for path in (tmp_path / "site/en/thing").rglob("*.html")]
    told = {str(each["data-about"]) for page in pages for each in page.having("data-about")}
    assert told.issuperset(odd)
    assert different_twins(tmp_path / "site") == []


def test_a_document_tells_what_falls_without_it(site: Path) -> None:
    """What it states alone, and what is inferred from it alone."""
    page = Page(site / "en" / "document" / "harbour-board" / "report.html")
    assert "facts fall without it" in page.text
    assert sum(each.get("class") == "stated" for each in page.having("class")) == 6


def test_hostile_data_is_shown_as_text(small: Path, tmp_path: Path) -> None:
    """Markup, scripts, other schemes and overrides of direction are text wherever they stand."""
    almanac = small / "data" / "almanac" / "1901.ttl"
    quoted = json.dumps(HOSTILE)
    odd = "https://example.org/sea/id/a%22'()*,;=@!$&x~é"
    almanac.write_text(
        almanac.read_text()
        + f":evil rdfs:label {quoted}@en , {quoted}@fr ; rdfs:seeAlso <javascript:alert(1)> ;\n"
        + f'  rdfs:comment "javascript:alert(1)"^^xsd:anyURI , "{"x" * 3000}" ; sea:within <{odd}> .\n'
        + f"<{odd}> sea:within :skerry-light .\n"
    )
    publish(small, tmp_path / "site", list[str]().append)
    for page in pages(tmp_path / "site").values():
        assert not any(tag in ("img", "iframe", "style") for tag, _ in page.elements)
        for tag, attributes in page.elements:
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert tag != "script" or attributes.get("src") or attributes["type"] == "application/ld+json"
            assert urlsplit(attributes.get("href") or "").scheme in ("", "http", "https")
        assert "\u202e" not in page.text
        policy = next(page.having("http-equiv"))["content"]
        assert policy is not None
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
    page = Page(tmp_path / "site" / "en" / "thing" / "evil.html")
    assert "<img src=x onerror=alert(2)>⟨U+202E⟩evil" in page.text
    assert "3000 characters" in page.text
    assert broken_links(tmp_path / "site") == []
    assert "<img" not in (tmp_path / "site" / "en" / "names.js").read_text()


def test_many_facts_are_paged(small: Path, tmp_path: Path) -> None:
    """A thing with very many facts has several pages, each linked from the others."""
    almanac = small / "data" / "almanac" / "1901.ttl"
    many = " , ".join(f'"{number}"' for number in range(10_000))
    almanac.write_text(f"{almanac.read_text()}\n:skerry-light rdfs:comment {many} .\n")
    publish(small, tmp_path / "site", list[str]().append)
    parts = sorted(path.name for path in (tmp_path / "site/en/thing").glob("skerry-light*.html"))
    last = 10_000 // MOST_FACTS + 1
    assert parts == sorted(
        ["skerry-light.html", *(f"skerry-light--{part}.html" for part in range(2, last + 1))]
    )
    pages = [Page(tmp_path / "site/en/thing" / part) for part in parts]
    shown = {str(each["data-value"]) for page in pages for each in page.having("data-property")}
    assert shown.issuperset(f'"{number}"' for number in range(10_000))
    assert broken_links(tmp_path / "site") == []


def test_names_that_differ_in_case_have_two_pages(small: Path, tmp_path: Path) -> None:
    """No page is lost on a file system that takes two names for one."""
    almanac = small / "data" / "almanac" / "1901.ttl"
    almanac.write_text(f'{almanac.read_text()}\n:Skerry-Light rdfs:label "Another"@en .\n')
    publish(small, tmp_path / "site", list[str]().append)
    paths = [path.relative_to(tmp_path).as_posix().lower() for path in (tmp_path / "site").rglob("*.*")]
    assert len(paths) == len(set(paths))


def test_the_same_project_gives_the_same_bytes(small: Path, site: Path) -> None:
    """A site is made anew in its own folder, byte for byte; what others put there stays."""
    before = bytes_under(site)
    (site / "CNAME").write_text("example.org")
    (site / "en" / "old.html").write_text("a page of before")
    publish(small, site, list[str]().append)
    assert bytes_under(site) == {**before, "CNAME": b"example.org"}


def test_a_folder_of_others_is_left_alone(small: Path, tmp_path: Path) -> None:
    """A folder that has something in it, or a file, is refused and keeps what it has."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("years of work")
    for target in (folder, folder / "chapter.txt", small):
        before = bytes_under(folder)
        with pytest.raises(UsageError, match="C570"):
            publish(small, target, list[str]().append)
        assert bytes_under(folder) == before
    shutil.rmtree(folder)
    folder.mkdir()
    publish(small, folder, list[str]().append)
    assert (folder / MARKER).is_file()


def test_no_other_host_is_asked(site: Path) -> None:
    """Whatever a page loads by itself lies in its folder."""
    for page in pages(site).values():
        for tag, attributes in page.elements:
            if tag in ("script", "link"):
                address = attributes.get("src") or attributes.get("href") or ""
                assert not urlsplit(address).netloc


def test_a_proof_made_from_another_is_one(small: Path) -> None:
    """Each step of a proof with other names stands on what is stated or was concluded before."""
    kg = open_project(small)
    prover = Prover(kg)
    stated = {triple for triples in kg.stated.values() for triple in triples}
    assert kg.closure.inferred
    for triple in kg.closure.inferred:
        proof = prover.proof(triple)
        assert proof is not None
        assert proof.conclusion == triple
        assert set(proof.asserted) <= stated
        held = set(stated)
        for step in proof.steps:
            assert held.issuperset(step.premises)
            held.add(step.conclusion)  # type: ignore[arg-type]


def test_schema_org_is_told_without_a_remote_context(site: Path) -> None:
    """The JSON-LD in a page parses, names the thing, and its context is no address."""
    text = (site / "en" / "thing" / "skerry-light.html").read_text()
    start = text.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    told = json.loads(text[start : text.index("</script>", start)])
    assert told["@id"] == f"{THINGS}skerry-light"
    assert told["@context"] == {"@vocab": "https://schema.org/"}
    assert {"@language": "fr", "@value": "Feu du récif"} in told["name"]


@pytest.mark.slow
def test_the_own_site_is_whole(project_root: Path, tmp_path: Path) -> None:
    """On the project's own graph every link leads somewhere, and every twin says what its page says."""
    publish(project_root, tmp_path / "site", list[str]().append)
    assert broken_links(tmp_path / "site") == []
    assert different_twins(tmp_path / "site") == []
    cave = Graph().parse(tmp_path / "site" / "data" / "thing" / "stephen-cave.ttl")
    assert (None, RDF.type, None) in cave


def _dispute(small: Path) -> None:
    """Have a rule by which the two years of the light are a conflict."""
    rule = (
        f'one-year: ?x <{TERMS}litIn> ?a, ?x <{TERMS}litIn> ?b, ?a < ?b -> false "?x is lit in two years"\n'
    )
    (small / "ontology" / "conflicts.rules").write_text(rule)
    ontology = small / "ontology" / "sea.ttl"
    ontology.write_text(f"{ontology.read_text()}\nsea:litIn a owl:DatatypeProperty .\n")


def _text(graph: Graph, statement: Node) -> str:
    """The value of a statement, in N-Triples."""
    return term_text(graph.value(statement, RDF.object))  # type: ignore[arg-type]


def _folded(text: str) -> str:
    """A term in lower case, and without the datatype that every plain text has."""
    return text.lower().removesuffix("^^<http://www.w3.org/2001/xmlschema#string>")


def _file(site: Path, name: str) -> Path:
    return next(
        path for path in (site / "en" / "file" / "data").rglob("*.html") if name.split("/")[1] in path.name
    )
